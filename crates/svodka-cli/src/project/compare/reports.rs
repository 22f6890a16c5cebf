//! Two reports: what both say, what one repeats of the other's words, what contradicts, what one alone says.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use svodka::agree::{At, Contradiction, Reach, passages};
use svodka::store::{Reader, ReportRow, Told};
use svodka::{Compared, Pack};

use super::super::contradictions::Opposed;
use super::super::{count, problem};
use super::{heading, told, words, wrapped};
use crate::page::{QUOTE, TITLE, mark, marked, sentence};
use crate::problem::Problem;

/// Two reports, compared.
pub struct Both {
    reports: [ReportRow; 2],
    /// Claims that say the same.
    same: Vec<(Told, Told)>,
    contradictions: Vec<Contradiction>,
    opposed: Opposed,
    shared: Shared,
    alone: [Vec<Told>; 2],
}

/// Words in a row that both have.
struct Shared {
    passages: Vec<String>,
    /// How many words of each those are, and of how many.
    parts: [(usize, usize); 2],
}

impl Both {
    /// Compares them.
    pub fn new(
        reader: &Reader,
        pack: &Pack,
        a: &ReportRow,
        b: &ReportRow,
    ) -> Result<Both, Problem> {
        let wanted = BTreeSet::from([a.id, b.id]);
        let compared = Compared::of_reports(reader, &wanted).map_err(|error| problem(&error))?;
        let lineup = compared.lineup(&pack.agreement);
        let claims = |report: i64| {
            let account = compared
                .accounts()
                .iter()
                .find(move |account| account.report == report);
            let claims = account.map_or(&[][..], |account| &account.claims);
            claims
                .iter()
                .map(move |claim| At {
                    report,
                    ordinal: claim.ordinal,
                })
                .collect::<Vec<At>>()
        };
        let reach = Reach {
            between: Some((a.id, b.id)),
            ..Reach::default()
        };
        let (contradictions, _) = lineup.contradictions(&reach);
        let mut met: BTreeSet<At> = BTreeSet::new();
        for side in contradictions.iter().flat_map(|it| &it.sides) {
            met.extend(&side.support.claims);
        }
        let mut same = Vec::new();
        for at in claims(a.id) {
            let support = lineup.support(at);
            let with = support.iter().flat_map(|support| &support.claims);
            let with: Vec<At> = with.copied().filter(|other| other.report == b.id).collect();
            if let Some(&other) = with.first() {
                same.push((at, other));
                met.insert(at);
                met.extend(with);
            }
        }
        let alone = |report: i64| {
            let mut alone = claims(report);
            alone.retain(|at| !met.contains(at));
            told(reader, &alone)
        };
        let (firsts, seconds): (Vec<At>, Vec<At>) = same.into_iter().unzip();
        let shared = shared(reader, [a, b])?;
        Ok(Both {
            same: told(reader, &firsts)?
                .into_iter()
                .zip(told(reader, &seconds)?)
                .collect(),
            opposed: Opposed::new(reader, &contradictions)?,
            contradictions,
            shared,
            alone: [alone(a.id)?, alone(b.id)?],
            reports: [a.clone(), b.clone()],
        })
    }

    /// The page for people.
    pub fn page(&self, pack: &Pack) -> String {
        let mut page = String::new();
        for (letter, report) in ["A", "B"].iter().zip(&self.reports) {
            let date = report
                .date
                .as_deref()
                .map(|date| format!(", {date}"))
                .unwrap_or_default();
            let title = report
                .title
                .as_deref()
                .map(|title| format!(" · {}", words(title)))
                .unwrap_or_default();
            page += &wrapped(
                &format!(
                    "{} {}{date}{title} · {}",
                    TITLE.of(letter),
                    report.label,
                    count(report.claims as usize, "claim")
                ),
                "",
                "  ",
            );
        }
        page += &heading(&format!("Both say ({})", self.same.len()));
        for (one, other) in &self.same {
            let claim = &one.claim;
            let said = sentence(claim, pack.kind_words.get(&claim.kind));
            page += &wrapped(
                &format!("{} {said}", marked(claim, mark(claim.certainty))),
                "  ",
                "    ",
            );
            for (letter, told) in [("A", one), ("B", other)] {
                let quote = format!(
                    "{letter} “{}” {}",
                    words(&told.claim.evidence.text),
                    told.key
                );
                page += &QUOTE.of(&wrapped(&quote, "    ", "      "));
            }
        }
        page += &heading(&format!("Contradict ({})", self.contradictions.len()));
        for (index, it) in self.contradictions.iter().enumerate() {
            page += &self.opposed.page(index + 1, it, &pack.kind_words);
        }
        page += &heading(&format!(
            "In the same words ({})",
            self.shared.passages.len()
        ));
        if !self.shared.passages.is_empty() {
            let part = |(shared, of): (usize, usize)| format!("{shared} of {of}");
            let [a, b] = self.shared.parts.map(part);
            page += &wrapped(
                &format!("{}: {a} words of A, {b} of B", self.direction()),
                "  ",
                "  ",
            );
        }
        for passage in &self.shared.passages {
            page += &QUOTE.of(&wrapped(&format!("“{passage}”"), "    ", "    "));
        }
        for (letter, alone) in ["A", "B"].iter().zip(&self.alone) {
            page += &heading(&format!("Only {letter} says ({})", alone.len()));
            for told in alone {
                let claim = &told.claim;
                let said = sentence(claim, pack.kind_words.get(&claim.kind));
                page += &wrapped(
                    &format!(
                        "{} {said} · {}",
                        marked(claim, mark(claim.certainty)),
                        told.key
                    ),
                    "  ",
                    "    ",
                );
            }
        }
        page
    }

    /// Who has it from whom, as far as their dates tell.
    fn direction(&self) -> String {
        let [a, b] = self.reports.each_ref().map(|report| report.date.as_deref());
        match (a, b) {
            (Some(a), Some(b)) if a < b => "B, the later, repeats A".to_owned(),
            (Some(a), Some(b)) if b < a => "A, the later, repeats B".to_owned(),
            _ => "one repeats the other, or both a third".to_owned(),
        }
    }

    /// The same as JSON.
    pub fn json(&self, pack: &Pack) -> Value {
        let contradictions = self
            .contradictions
            .iter()
            .map(|it| self.opposed.json(it, &pack.kind_words));
        let same = self.same.iter().map(|(a, b)| json!({"a": a, "b": b}));
        let [a, b] = &self.alone;
        let words = |(shared, of): (usize, usize)| json!({"shared": shared, "of": of});
        json!({
            "reports": self.reports,
            "both_say": same.collect::<Vec<_>>(),
            "contradictions": contradictions.collect::<Vec<_>>(),
            "same_words": {"passages": self.shared.passages, "a": words(self.shared.parts[0]), "b": words(self.shared.parts[1])},
            "only_a": a,
            "only_b": b,
        })
    }
}

/// The words that both reports have in a row, as the policy lets them be seen.
fn shared(reader: &Reader, reports: [&ReportRow; 2]) -> Result<Shared, Problem> {
    let text = |report: &ReportRow| {
        reader
            .report(&report.id.to_string())
            .map(|it| it.text)
            .map_err(|error| problem(&error))
    };
    let texts = [text(reports[0])?, text(reports[1])?];
    let found = texts.each_ref().map(|text| svodka::store::words(text));
    let mut seen: Vec<&str> = found
        .iter()
        .flatten()
        .map(|word| word.folded.as_str())
        .collect();
    seen.sort_unstable();
    seen.dedup();
    let number = |word: &svodka::store::Word| {
        seen.binary_search(&word.folded.as_str())
            .map_or(0, |at| u32::try_from(at).unwrap_or(0))
    };
    let [a, b] = found
        .each_ref()
        .map(|words| words.iter().map(number).collect::<Vec<u32>>());
    let common = passages(&a, &b);
    let covered = |ranges: &mut dyn Iterator<Item = std::ops::Range<usize>>| {
        ranges.flatten().collect::<BTreeSet<usize>>().len()
    };
    let parts = [
        (
            covered(&mut common.iter().map(|(of_a, _)| of_a.clone())),
            a.len(),
        ),
        (
            covered(&mut common.iter().map(|(_, of_b)| of_b.clone())),
            b.len(),
        ),
    ];
    let quoted = common.iter().filter_map(|(_, range)| {
        let (first, last) = (
            found[1].get(range.start)?,
            found[1].get(range.end.checked_sub(1)?)?,
        );
        Some(words(first.span.cover(last.span).of(&texts[1])))
    });
    Ok(Shared {
        passages: quoted.collect(),
        parts,
    })
}
