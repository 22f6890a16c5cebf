//! Two names: in which reports both are met, in which claims together, what else they share, and what is claimed of each.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use svodka::agree::At;
use svodka::store::{Dossier, Reader, Told};
use svodka::{Compared, NameType, Pack};

use super::super::{count, problem};
use super::{heading, wrapped};
use crate::page::{QUOTE, TITLE, mark, marked, sentence, singular};
use crate::problem::{Problem, Status};

/// How many claims about something shared are told of each.
const TOLD: usize = 5;

/// Two things, compared.
pub struct Both {
    /// All that is claimed of each.
    pub dossiers: [Dossier; 2],
    /// The reports that name both: label and date.
    pub reports: Vec<(String, Option<String>)>,
    /// The claims of both dossiers, each once.
    pub claims: BTreeMap<At, Told>,
    /// In which both have a part.
    pub together: Vec<At>,
    /// What stands in claims about each.
    pub shared: Vec<Shared>,
    /// Claims in which nothing has a part that the other's have too.
    pub alone: [Vec<At>; 2],
}

/// Something that has a part in claims about each.
pub struct Shared {
    /// Its number.
    pub number: i64,
    /// What it is.
    pub kind: NameType,
    /// What it is called.
    pub label: String,
    /// The claims about each.
    pub claims: [Vec<At>; 2],
}

impl Both {
    /// Compares them.
    pub fn new(reader: &Reader, pack: &Pack, a: &str, b: &str) -> Result<Both, Problem> {
        let dossier = |name: &str| reader.dossier(name).map_err(|error| problem(&error));
        let dossiers = [dossier(a)?, dossier(b)?];
        let numbers = dossiers.each_ref().map(|dossier| dossier.thing.number);
        if numbers[0] == numbers[1] {
            return Err(Problem::new(Status::Usage, "both names mean one thing")
                .with_remedy("`svodka show` tells all that is claimed of it"));
        }
        let mut claims: BTreeMap<At, Told> = BTreeMap::new();
        for told in dossiers.iter().flat_map(|dossier| &dossier.claims) {
            claims.insert(svodka::at(told), told.clone());
        }
        let with = parts(reader, &claims)?;
        let (mut together, mut alone) = (Vec::new(), [Vec::new(), Vec::new()]);
        let mut met: BTreeMap<i64, [Vec<At>; 2]> = BTreeMap::new();
        for (at, parts) in &with {
            if numbers.iter().all(|number| parts.contains(number)) {
                together.push(*at);
                continue;
            }
            let whose = usize::from(!parts.contains(&numbers[0]));
            for part in parts.iter().filter(|part| !numbers.contains(part)) {
                met.entry(*part).or_default()[whose].push(*at);
            }
        }
        met.retain(|_, claims| claims.iter().all(|claims| !claims.is_empty()));
        for (at, parts) in &with {
            if !together.contains(at) && !parts.iter().any(|part| met.contains_key(part)) {
                alone[usize::from(!parts.contains(&numbers[0]))].push(*at);
            }
        }
        let names = reader
            .names(&met.keys().copied().collect())
            .map_err(|error| problem(&error))?;
        let mut shared: Vec<Shared> = met
            .into_iter()
            .filter_map(|(number, claims)| {
                let (kind, label) = names.get(&number)?.clone();
                Some(Shared {
                    number,
                    kind,
                    label,
                    claims,
                })
            })
            .collect();
        shared.sort_by(|a, b| (a.kind.code(), &a.label).cmp(&(b.kind.code(), &b.label)));
        let naming = |number: i64| reader.reports_with(number).map_err(|error| problem(&error));
        let both: BTreeSet<i64> = naming(numbers[0])?
            .intersection(&naming(numbers[1])?)
            .copied()
            .collect();
        let mut reports: Vec<(String, Option<String>)> = reader
            .labels(&both)
            .map_err(|error| problem(&error))?
            .into_values()
            .collect();
        reports.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
        let order = |told: &Told| {
            let kind = pack.kind_words.get_index_of(&told.claim.kind);
            (
                kind.unwrap_or(usize::MAX),
                told.date.clone(),
                svodka::at(told),
            )
        };
        let sorted = |list: &mut Vec<At>| list.sort_by_key(|at| claims.get(at).map(order));
        sorted(&mut together);
        alone.iter_mut().for_each(sorted);
        for list in shared.iter_mut().flat_map(|shared| &mut shared.claims) {
            sorted(list);
        }
        Ok(Both {
            dossiers,
            reports,
            together,
            shared,
            alone,
            claims,
        })
    }

    /// The page for people.
    pub fn page(&self, pack: &Pack) -> String {
        let mut page = String::new();
        for (letter, dossier) in ["A", "B"].iter().zip(&self.dossiers) {
            let thing = &dossier.thing;
            let living = if thing.may_live { ", may be alive" } else { "" };
            page += &wrapped(
                &format!(
                    "{} {} ({}{living}; number {}; {}, {})",
                    TITLE.of(letter),
                    TITLE.of(&thing.label),
                    singular(thing.kind),
                    thing.number,
                    count(thing.reports as usize, "report"),
                    count(dossier.claims.len(), "claim"),
                ),
                "",
                "  ",
            );
        }
        page += &heading(&format!(
            "Both are named in ({})",
            count(self.reports.len(), "report")
        ));
        for (label, date) in &self.reports {
            let date = date
                .as_deref()
                .map(|date| format!(", {date}"))
                .unwrap_or_default();
            page += &format!("  {label}{date}\n");
        }
        page += &heading(&format!(
            "Claimed of both together ({})",
            self.together.len()
        ));
        for told in self.together.iter().filter_map(|at| self.claims.get(at)) {
            page += &self.line("", told, pack);
            let quote = format!(
                "“{}” {}, {}",
                super::words(&told.claim.evidence.text),
                told.label,
                told.key
            );
            page += &QUOTE.of(&wrapped(&quote, "      ", "      "));
        }
        page += &heading(&format!(
            "What claims about each have in common ({})",
            self.shared.len()
        ));
        for shared in &self.shared {
            page += &format!("  {} ({})\n", shared.label, singular(shared.kind));
            for (letter, claims) in ["A ", "B "].iter().zip(&shared.claims) {
                page += &self.lines(letter, claims, pack);
                if claims.len() > TOLD {
                    page += &format!("      {letter} and {} more\n", claims.len() - TOLD);
                }
            }
        }
        page += &heading("Claimed of one alone, kind by kind");
        let kinds = |of: &[At]| {
            of.iter()
                .filter_map(|at| Some(self.claims.get(at)?.claim.kind.clone()))
                .collect::<BTreeSet<_>>()
        };
        let mut all = kinds(&self.alone[0]);
        all.extend(kinds(&self.alone[1]));
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by_key(|kind| pack.kind_words.get_index_of(kind).unwrap_or(usize::MAX));
        for kind in all {
            let name = pack
                .kind_words
                .get(&kind)
                .map_or(kind.as_str(), |wording| wording.heading.as_str());
            page += &format!("  {name}\n");
            for (letter, claims) in ["A ", "B "].iter().zip(&self.alone) {
                for told in claims
                    .iter()
                    .filter_map(|at| self.claims.get(at))
                    .filter(|told| told.claim.kind == kind)
                {
                    page += &self.line(letter, told, pack);
                }
            }
        }
        page
    }

    fn lines(&self, letter: &str, claims: &[At], pack: &Pack) -> String {
        let told = claims
            .iter()
            .filter_map(|at| self.claims.get(at))
            .take(TOLD);
        told.map(|told| self.line(letter, told, pack)).collect()
    }

    fn line(&self, letter: &str, told: &Told, pack: &Pack) -> String {
        let claim = &told.claim;
        let said = sentence(claim, pack.kind_words.get(&claim.kind));
        let date = told
            .date
            .as_deref()
            .map(|date| format!(" [report of {date}]"))
            .unwrap_or_default();
        wrapped(
            &format!(
                "{letter}{} {said}{date}",
                marked(claim, mark(claim.certainty))
            ),
            "    ",
            "        ",
        )
    }

    /// The same as JSON.
    pub fn json(&self, _pack: &Pack) -> Value {
        let keys = |claims: &[At]| {
            let keys = claims
                .iter()
                .filter_map(|at| Some(self.claims.get(at)?.key));
            keys.collect::<Vec<_>>()
        };
        let told = |claims: &[At]| {
            claims
                .iter()
                .filter_map(|at| self.claims.get(at))
                .cloned()
                .collect::<Vec<Told>>()
        };
        let shared: Vec<Value> = self
            .shared
            .iter()
            .map(|it| {
                json!({"number": it.number, "type": it.kind, "name": it.label, "a": keys(&it.claims[0]), "b": keys(&it.claims[1])})
            })
            .collect();
        let reports: Vec<Value> = self
            .reports
            .iter()
            .map(|(label, date)| json!({"label": label, "date": date}))
            .collect();
        json!({
            "things": self.dossiers.each_ref().map(|dossier| &dossier.thing),
            "reports": reports,
            "together": told(&self.together),
            "shared": shared,
            "claims": {"a": self.dossiers[0].claims, "b": self.dossiers[1].claims},
            "only_a": keys(&self.alone[0]),
            "only_b": keys(&self.alone[1]),
        })
    }
}

/// Which things have a part in each of these claims.
fn parts(
    reader: &Reader,
    claims: &BTreeMap<At, Told>,
) -> Result<BTreeMap<At, BTreeSet<i64>>, Problem> {
    let reports: BTreeSet<i64> = claims.keys().map(|at| at.report).collect();
    let compared = Compared::of_reports(reader, &reports).map_err(|error| problem(&error))?;
    let mut parts = BTreeMap::new();
    for account in compared.accounts() {
        for said in &account.claims {
            let at = At {
                report: account.report,
                ordinal: said.ordinal,
            };
            if claims.contains_key(&at) {
                let fillers = said
                    .roles
                    .values()
                    .flatten()
                    .filter_map(|filler| filler.thing);
                let sources = said.sources.iter().filter_map(|voice| voice.thing);
                parts.insert(
                    at,
                    fillers.map(|named| named.number).chain(sources).collect(),
                );
            }
        }
    }
    Ok(parts)
}
