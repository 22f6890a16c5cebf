//! When was it? The date in the claim's own words, or else the day that the story has reached.

use jiff::civil::Date;
use svodka_model::{DateMention, Span, TokenId, When};

use super::scene::Scene;

/// A story that names no new day keeps to the last one for at most this many sentences.
const STORY_REACH: usize = 6;
/// A span of more days than these is no day that a story could be at.
const LONGEST_MOMENT: i32 = 10;
/// A dateline stands at most this many characters from its block's start.
const DATELINE: usize = 60;

impl Scene<'_> {
    /// The date that stands in the trigger's clause, or in a clause that shares its verb's circumstances; for an
    /// event that is told without one, the day that the story has reached.
    pub fn when(&self, trigger: TokenId, event: bool) -> Option<When> {
        let own = self.own_date(trigger);
        own.or_else(|| self.lone_date(trigger))
            .or_else(|| event.then(|| self.told_date(trigger)).flatten())
    }

    /// The only date of the trigger's part of its sentence, where the parser hung it elsewhere or on another verb that
    /// tells of the same thing: "Moss was arrested July 10"; "the tool shop, 210 men, laid down tools on the 4th".
    fn lone_date(&self, trigger: TokenId) -> Option<When> {
        let parse = self.reading.parse;
        let sentence = parse.sentences[parse.sentence_of(trigger)].clone();
        let parts = |&at: &TokenId| self.forms[at] == ";";
        let start = (sentence.start..trigger)
            .rev()
            .find(parts)
            .map_or(sentence.start, |at| at + 1);
        let end = (trigger..sentence.end).find(parts).unwrap_or(sentence.end);
        let bracket = self.bracket(trigger);
        let mut dates = self.dates_in(parse.span(start..end));
        let date = dates.next().filter(|_| dates.next().is_none())?;
        let main = self.main_of(date.span)?;
        (self.bracket(main) == bracket && self.tells_past(trigger) && self.is_told(date))
            .then(|| when(date))
    }

    /// Whether a date lies after the report's own.
    pub fn is_to_come(&self, when: &When) -> bool {
        let first = when.value.bounds().0;
        first
            .zip(self.today())
            .is_some_and(|(first, today)| first > today)
    }

    /// The last day that the report's own date can mean.
    fn today(&self) -> Option<Date> {
        self.reading.layout.date.as_ref()?.bounds().1
    }

    fn own_date(&self, trigger: TokenId) -> Option<When> {
        let sentence = self.sentence_span(trigger);
        let clauses = self.clauses(trigger);
        let place = self.token(trigger).span.start;
        let mut best: Option<(usize, usize, When)> = None;
        for date in self.dates_in(sentence) {
            let Some(main) = self.main_of(date.span) else {
                continue;
            };
            let below = std::iter::successors(Some(main), |&at| self.head(at))
                .take(12)
                .any(|at| at == trigger);
            let clause = self.clause(main);
            let rank = if below && clause == self.clause(trigger) {
                0
            } else {
                match clauses.iter().position(|&own| own == clause) {
                    Some(rank) => rank + 1,
                    None => continue,
                }
            };
            let distance = place.abs_diff(date.span.start);
            if best
                .as_ref()
                .is_none_or(|(r, d, _)| (rank, distance) < (*r, *d))
            {
                best = Some((rank, distance, when(date)));
            }
        }
        best.map(|(_, _, when)| when)
    }

    /// The day that the story has reached: the last one it named, in the sentence or in those before it in the
    /// block, or else the day of the dateline that it stands under. What is told in the present, of the future or
    /// with no word of time is at no such day.
    fn told_date(&self, trigger: TokenId) -> Option<When> {
        if !self.tells_past(trigger) {
            return None;
        }
        let parse = self.reading.parse;
        let place = self.token(trigger).span.start;
        let sentence = parse.sentence_of(trigger);
        let block = self.blocks.get(sentence)?;
        let first = sentence.saturating_sub(STORY_REACH);
        let tells = |date: &&DateMention| self.is_moment(date) && self.is_told(date);
        for number in (first..=sentence)
            .rev()
            .take_while(|&number| self.blocks[number] == *block)
        {
            let span = parse.span(parse.sentences[number].clone());
            let mut dates = self.dates_in(span).filter(tells);
            let found = if number == sentence {
                let (before, after): (Vec<_>, Vec<_>) =
                    dates.partition(|date| date.span.start < place);
                before.last().copied().or(after.first().copied())
            } else {
                dates.next_back()
            };
            if let Some(date) = found {
                return Some(when(date));
            }
        }
        let above = self
            .datelines
            .partition_point(|&date| self.reading.dates[date].span.start < place);
        let dateline = *self.datelines[..above].last()?;
        Some(when(&self.reading.dates[dateline]))
    }

    fn dates_in(&self, span: Span) -> impl DoubleEndedIterator<Item = &DateMention> {
        let dates = self.reading.dates;
        let start = dates.partition_point(|date| date.span.start < span.start);
        dates[start..]
            .iter()
            .take_while(move |date| date.span.start < span.end)
            .filter(move |date| span.contains(date.span))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The token of a date that the rest of it hangs on.
    fn main_of(&self, date: Span) -> Option<TokenId> {
        let tokens = self.reading.parse.tokens_in(date);
        tokens
            .clone()
            .find(|&token| !tokens.contains(&self.token(token).head))
    }

    /// Whether a date is a day, or a few days, not after the report's own.
    fn is_moment(&self, date: &DateMention) -> bool {
        let (Some(first), Some(last)) = date.value.bounds() else {
            return false;
        };
        let days = (last - first).get_days();
        days <= LONGEST_MOMENT && self.today().is_none_or(|today| first <= today)
    }

    /// Whether a date is that of a main event: not of a noun that it describes, nor of what is said by the way.
    fn is_told(&self, date: &DateMention) -> bool {
        let Some(main) = self.main_of(date.span) else {
            return false;
        };
        let mut at = main;
        while let Some(head) = self.head(at) {
            let of_a_noun = self.forms[at] == "of"
                && matches!(&*self.token(head).pos, "NOUN" | "PROPN")
                && self.dep(head) != "pobj";
            if of_a_noun || matches!(self.dep(at), "relcl" | "acl" | "appos" | "ccomp" | "nmod") {
                return false;
            }
            at = head;
        }
        self.tells_past(at)
    }

    /// Whether a date opens its block as the place and day of writing do: "TROY, May 7.—".
    pub fn is_dateline(&self, date: &DateMention) -> bool {
        let Some(block) = self.reading.layout.block_at(date.span.start) else {
            return false;
        };
        let block = self.reading.layout.blocks[block].span;
        let text = self.reading.text;
        let rest = Span::new(date.span.end, block.end).of(text);
        let rest = rest.trim_start_matches(['.', ':', ' ', ']', ')']);
        date.span.start.saturating_sub(block.start) <= DATELINE
            && rest.starts_with(['—', '–'])
            && self.is_moment(date)
    }

    /// Whether the clause tells what happened: not what is, has been, will or would be.
    pub fn tells_past(&self, trigger: TokenId) -> bool {
        let mut verb = self.clause(trigger);
        loop {
            if !matches!(&*self.token(verb).pos, "VERB" | "AUX") {
                return true;
            }
            let mut auxiliaries = self.children_by(verb, &["aux", "auxpass"]).peekable();
            let tense = |token: TokenId| &*self.token(token).tag;
            let past = |token: TokenId| matches!(tense(token), "VBD" | "VBN");
            match tense(verb) {
                "VBD" => return true,
                "VBN" | "VB" if auxiliaries.peek().is_some() => return auxiliaries.all(past),
                "VBN" => return true,
                // What is not finite is told at the time of what it hangs on.
                "VBG" | "VB" => match self.head(verb) {
                    Some(head) => verb = self.clause(head),
                    None => return true,
                },
                _ => return false,
            }
        }
    }

    /// The verb (or root) whose clause a token belongs to.
    pub fn clause(&self, token: TokenId) -> TokenId {
        let mut at = token;
        while let Some(head) = self.head(at) {
            let verb = matches!(&*self.token(at).pos, "VERB" | "AUX");
            if verb
                && matches!(
                    self.dep(at),
                    "ccomp" | "advcl" | "relcl" | "acl" | "conj" | "parataxis" | "csubj" | "pcomp"
                )
            {
                break;
            }
            at = head;
        }
        at
    }

    /// The clauses whose time is the trigger's: its own, those it is joined to, and those it only describes.
    fn clauses(&self, trigger: TokenId) -> Vec<TokenId> {
        let mut clauses = vec![self.clause(trigger)];
        let mut at = clauses[0];
        while let (Some(head), "conj" | "acl" | "relcl" | "advcl") = (self.head(at), self.dep(at)) {
            at = self.clause(head);
            clauses.push(at);
            if clauses.len() > 4 {
                break;
            }
        }
        clauses
    }
}

fn when(date: &DateMention) -> When {
    When {
        value: date.value.clone(),
        span: date.span,
    }
}
