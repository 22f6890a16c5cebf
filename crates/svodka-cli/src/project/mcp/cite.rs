//! Claims as clients are told them: what is claimed, and where it stands.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde_json::{Value, json};
use svodka::store::{Reader, StoreError, Told};
use svodka::{Contract, KindWords};

use crate::page::sentence;

/// Reports that claims are cited from, each read once.
pub struct Citing<'a> {
    reader: &'a Reader,
    words: &'a KindWords,
    reports: BTreeMap<i64, Contract>,
}

impl<'a> Citing<'a> {
    /// From this project, in the words of this pack.
    pub fn new(reader: &'a Reader, words: &'a KindWords) -> Citing<'a> {
        Citing {
            reader,
            words,
            reports: BTreeMap::new(),
        }
    }

    fn report(&mut self, number: i64) -> Result<&Contract, StoreError> {
        match self.reports.entry(number) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => Ok(new.insert(self.reader.report(&number.to_string())?)),
        }
    }

    /// A claim with its citation, and on how many independent sources it stands.
    pub fn claim(&mut self, told: &Told, witnesses: usize) -> Result<Value, StoreError> {
        let claim = &told.claim;
        let mut of_report = self.reader.parts(told.report)?;
        let things = of_report.remove(&told.ordinal).unwrap_or_default();
        let chain: Vec<&str> = claim.sources.iter().map(|it| it.text.as_str()).collect();
        let roles: BTreeMap<&str, Vec<&str>> = claim
            .roles
            .iter()
            .map(|(role, fillers)| {
                let texts = fillers.iter().map(|filler| filler.text.as_str());
                (role.as_str(), texts.collect())
            })
            .collect();
        let says = sentence(claim, self.words.get(claim.kind.as_str()));
        let citation = self.citation(told, &chain)?;
        let mut value = json!({
            "claim": told.key,
            "says": says,
            "kind": claim.kind,
            "roles": roles,
            "names": things,
            "polarity": claim.polarity,
            "certainty": claim.certainty,
            "on_the_word_of": chain,
            "citation": citation,
            "witnesses": witnesses,
            "grade": told.grade(),
            "review": told.review(),
        });
        if let Some(fields) = value.as_object_mut() {
            if let Some(when) = &claim.when {
                fields.insert("when".to_owned(), json!(when));
            }
            if !claim.fields.is_empty() {
                fields.insert("fields".to_owned(), json!(claim.fields));
            }
        }
        Ok(value)
    }

    /// Where a claim stands, in parts and as a note that can be set under a sentence.
    fn citation(&mut self, told: &Told, chain: &[&str]) -> Result<Value, StoreError> {
        let evidence = &told.claim.evidence;
        let place = evidence.place;
        let contract = self.report(told.report)?;
        let (first, last) = lines(&contract.text, place.start, place.end);
        let title = contract.report.title.as_deref();
        let kept_at = contract.report.kept_at();
        let quotation: Vec<&str> = evidence.text.split_whitespace().collect();
        let at = if first == last {
            format!("line {first}")
        } else {
            format!("lines {first}–{last}")
        };
        let mut cite: Vec<String> = vec![told.label.clone()];
        cite.extend(title.map(|title| format!("“{title}”")));
        cite.extend(told.date.clone());
        cite.extend(kept_at.clone());
        cite.push(at);
        let voice = if chain.is_empty() {
            "in the report's own voice".to_owned()
        } else {
            format!("on the word of {}", chain.join(", who had it from "))
        };
        let cite = format!(
            "{}: “{}” ({voice}; {})",
            cite.join(", "),
            quotation.join(" "),
            told.claim.certainty.word()
        );
        Ok(json!({
            "report": told.report,
            "path": told.label,
            "title": title,
            "date": told.date,
            "kept_at": kept_at,
            "lines": [first, last],
            "start": place.start,
            "end": place.end,
            "quotation": evidence.text,
            "cite": cite,
        }))
    }
}

/// The lines of a text, from 1, in which code points `start` to `end` stand.
pub fn lines(text: &str, start: usize, end: usize) -> (usize, usize) {
    let breaks = |to: usize| text.chars().take(to).filter(|&c| c == '\n').count();
    (
        1 + breaks(start),
        1 + breaks(end.saturating_sub(1).max(start)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one_to_the_last_character_of_a_place() {
        let text = "ä\nbc\nd\n";
        assert_eq!(lines(text, 0, 1), (1, 1));
        assert_eq!(lines(text, 0, 2), (1, 1));
        assert_eq!(lines(text, 2, 6), (2, 3));
        assert_eq!(lines(text, 5, 5), (3, 3));
        assert_eq!(lines("", 0, 0), (1, 1));
    }
}
