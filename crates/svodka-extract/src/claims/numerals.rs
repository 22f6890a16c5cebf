//! Numbers written out: "thirty-one", "two thousand", "one hundred and twenty", "five-and-twenty".

use std::ops::Range;

use svodka_model::TokenId;

use super::scene::Scene;

/// No numeral has more tokens than this.
const LONGEST: usize = 9;

impl Scene<'_> {
    /// The tokens of the numeral that holds a number word, and its value in digits. Of several readings the longest:
    /// "one hundred and twenty" is one numeral, "forty and fifty" two.
    pub fn numeral(&self, token: TokenId) -> Option<(Range<TokenId>, String)> {
        let alone = (token..token + 1, self.digits(token)?);
        if !self
            .pack
            .attribution
            .numbers
            .contains_key(&self.forms[token])
        {
            return Some(alone);
        }
        let sentence = self.reading.parse.sentence_of(token);
        let sentence = self.reading.parse.sentences[sentence].clone();
        let from = sentence.start.max((token + 1).saturating_sub(LONGEST));
        let to = sentence.end.min(token + LONGEST);
        let mut best: Option<(Range<TokenId>, u64)> = None;
        for start in from..=token {
            for end in token + 1..=to {
                let longer = best
                    .as_ref()
                    .is_none_or(|(known, _)| known.len() < end - start);
                let short = end - start <= LONGEST;
                let value = (longer && short)
                    .then(|| self.written_out(start..end))
                    .flatten();
                if let Some(value) = value {
                    best = Some((start..end, value));
                }
            }
        }
        best.filter(|(range, _)| range.len() > 1)
            .map(|(range, value)| (range, value.to_string()))
            .or(Some(alone))
    }

    /// The value of number words that make one numeral.
    fn written_out(&self, tokens: Range<TokenId>) -> Option<u64> {
        let joint = |at: TokenId| {
            self.pack
                .attribution
                .number_joints
                .contains(&self.forms[at])
        };
        let (mut thousands, mut rest) = (0_u64, 0_u64);
        let mut joined = false;
        for at in tokens.clone() {
            if joint(at) && at > tokens.start {
                joined = true;
                continue;
            }
            let value: u64 = self.digits(at)?.parse().ok()?;
            // "Two dozen", "three score": nouns that count by so many.
            let times = matches!(value, 100 | 1000 | 1_000_000)
                || (value > 10 && &*self.token(at).pos == "NOUN");
            if times && value >= 1000 {
                thousands = thousands.checked_add(rest.max(1).checked_mul(value)?)?;
                rest = 0;
            } else if times {
                if rest > 99 {
                    return None;
                }
                rest = rest.max(1) * value;
            } else {
                let units = (1..10).contains(&value);
                let tens = (20..100).contains(&value) && value.is_multiple_of(10);
                let adds = rest == 0
                    || (rest.is_multiple_of(100) && value < 100)
                    || (rest.is_multiple_of(10) && rest % 100 >= 20 && units)
                    // "five-and-twenty"
                    || (rest < 10 && tens && joined);
                if !adds {
                    return None;
                }
                rest += value;
            }
            joined = false;
        }
        (!joined).then(|| thousands.checked_add(rest))?
    }
}
