//! Proposals over a project, with their parts in words.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use svodka_model::SmolStr;

use super::rows::{GENERATION, GIVEN, LOOKUP, NAME, PATRONYMIC, Row, row, schema};
use super::sounds::Sounds;
use super::tables::{Sort, Tables};
use super::unit::Unit;
use crate::engine::{Bar, Model, Proposal, Records, Rivals, Schema, Sets, Training};
use crate::names::Sex;

/// What is looked at as a possible rival of another proposal, at least.
const RIVAL: f64 = 0.02;

/// How many of the pairs of bodies that are compared, those with a word in common, are expected to be one.
const BODY_SHARE: f64 = 1.0 / 30.0;

/// How likely names of bodies must be one for each level above disagreement.
const BODY_LEVELS: [f64; 4] = [0.2, 0.5, 0.85, 0.97];

/// What is decided about units already, by their places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// Units that are one.
    pub same: Vec<(usize, usize)>,
    /// Units that are two.
    pub distinct: Vec<(usize, usize)>,
    /// Units that were looked at without being decided.
    pub unsure: Vec<(usize, usize)>,
}

/// What is proposed, and what is not because of judgements. What a proposal is made of is worked out when it is asked for: of
/// thousands of proposals few are looked at together.
pub struct Proposed<'a> {
    /// What the proposals were found in; nothing where nothing was to be found.
    looked: Option<Looked<'a>>,
    /// The proposals, the most probable first, by the places of `looked`, each with those that it cannot be right beside.
    links: Vec<(Proposal, Vec<usize>)>,
    /// Pairs that are probable enough but that a judgement keeps apart, or that would join what one keeps apart.
    pub left: Vec<(usize, usize, f64)>,
}

/// What a field says about a proposal.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is about; `to begin with` for how rare it is that any two are one.
    pub what: String,
    /// How it agrees, in words.
    pub level: String,
    /// What it adds to the logarithm, to the base 2, of the odds.
    pub bits: f64,
    /// What both have in common, as the first has it written; only for what is compared by that.
    pub common: Vec<String>,
    /// What the one says.
    pub a: Vec<String>,
    /// What the other says.
    pub b: Vec<String>,
}

/// Two units that may be one.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// One unit, by its place.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// How probable it is, from 0 to 1.
    pub probability: f64,
    /// What it is made of. The bits sum up to the logarithm of the odds.
    pub parts: Vec<Part>,
    /// Units that either may be instead, of which only one can be right.
    pub rivals: Vec<usize>,
}

impl Proposed<'_> {
    /// How many proposals there are.
    pub fn len(&self) -> usize {
        self.links.len()
    }

    /// Whether nothing is proposed.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// How probable each is, the most probable first.
    pub fn probabilities(&self) -> impl Iterator<Item = f64> {
        self.links.iter().map(|(it, _)| it.probability)
    }

    /// The proposal at a place, with what it is made of.
    pub fn told(&self, at: usize) -> Option<Found> {
        let (it, rivals) = self.links.get(at)?;
        Some(self.looked.as_ref()?.told(it, rivals))
    }

    /// All proposals, the most probable first.
    pub fn iter(&self) -> impl Iterator<Item = Found> {
        (0..self.len()).filter_map(|at| self.told(at))
    }
}

/// Proposals of one sort that are at least so probable and join no two of a report and nothing that judgements keep apart. What
/// follows from two proposals, or from judgements, is not proposed once more.
pub fn propose<'a>(
    units: &'a [Unit],
    sort: Sort,
    judged: &Judged,
    tables: &'a Tables,
    least: f64,
) -> Proposed<'a> {
    let chosen: Vec<usize> = (0..units.len())
        .filter(|&it| Sort::of(units[it].kind) == sort)
        .collect();
    if chosen.len() < 2 {
        return Proposed {
            looked: None,
            links: Vec::new(),
            left: Vec::new(),
        };
    }
    let place: BTreeMap<usize, usize> = chosen
        .iter()
        .enumerate()
        .map(|(at, &it)| (it, at))
        .collect();
    let inside = |pairs: &[(usize, usize)]| -> Vec<(usize, usize)> {
        let known = pairs
            .iter()
            .filter_map(|(a, b)| Some((*place.get(a)?, *place.get(b)?)));
        known.collect()
    };
    let judged = Judged {
        same: inside(&judged.same),
        distinct: inside(&judged.distinct),
        unsure: inside(&judged.unsure),
    };
    Looked::at(units, chosen, sort, tables).links(&judged, least)
}

/// How many units' rows are there at a time.
const ROWS: usize = 4096;

/// Units of one sort, as records that were learned from.
struct Looked<'a> {
    units: &'a [Unit],
    /// Which of the units these are.
    chosen: Vec<usize>,
    tables: &'a Tables,
    sounds: Sounds<'a>,
    schema: Schema,
    records: Records,
    model: Model,
    reports: Vec<u32>,
    /// For each unit a number for its name, and the first unit with each.
    names: Vec<u32>,
    first: Vec<usize>,
    sexes: Vec<Option<Sex>>,
    sort: Sort,
}

impl<'a> Looked<'a> {
    fn at(units: &'a [Unit], chosen: Vec<usize>, sort: Sort, tables: &'a Tables) -> Looked<'a> {
        let texts = chosen.iter().flat_map(|&it| {
            let unit = &units[it];
            let told = unit
                .told
                .iter()
                .map(|(_, text)| text)
                .chain(&unit.beside)
                .chain(&unit.forms);
            told.chain([&unit.name]).map(SmolStr::as_str)
        });
        let sounds = Sounds::new(&tables.words, texts);
        let schema = schema(sort, tables);
        // Each name as it is in its parts, with its number.
        let mut numbers: BTreeMap<Vec<Option<String>>, u32> = BTreeMap::new();
        let (mut names, mut first, mut sexes) = (Vec::new(), Vec::new(), Vec::new());
        let rows = chosen.chunks(ROWS).flat_map(|some| {
            let rows = some.par_iter();
            let rows = rows.map(|&it| row(&units[it], sort, tables, &sounds));
            rows.collect::<Vec<Row>>()
        });
        let cells = rows.enumerate().map(|(at, row)| {
            let last = match sort {
                Sort::People => GENERATION,
                _ => NAME,
            };
            let name = &row.cells[..=last];
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let number = numbers.get(name).copied().unwrap_or_else(|| {
                numbers.insert(name.to_vec(), next);
                first.push(at);
                sexes.push(row.person.as_ref().and_then(|it| tables.words.sex(it)));
                next
            });
            names.push(number);
            row.cells
        });
        let mut records = Records::new(&schema, &tables.words, cells);
        if sort != Sort::People {
            records.compare_bodies(NAME, LOOKUP, &tables.words, &tables.bodies, BODY_LEVELS);
        }
        let model = match sort {
            Sort::People => {
                let reports = chosen.iter().map(|&it| units[it].report);
                let model = Model::learned(&schema, &records, &training());
                Model {
                    share: between_reports(model.share, reports),
                    ..model
                }
            }
            // A telling name tells a body whatever the project: how often two bear it says how often reports name it.
            _ => Model {
                share: BODY_SHARE,
                ..Model::expected(&schema)
            },
        };
        let reports = chosen
            .iter()
            .map(|&it| u32::try_from(units[it].report).unwrap_or(u32::MAX))
            .collect();
        Looked {
            units,
            chosen,
            tables,
            sounds,
            schema,
            records,
            model,
            reports,
            names,
            first,
            sexes,
            sort,
        }
    }

    /// Whether two names, by their numbers, cannot be one person's: another given name, patronymic, generation or sex.
    fn contradict(&self, a: u32, b: u32) -> bool {
        if self.sort != Sort::People || a == b {
            return false;
        }
        let (a, b) = (a as usize, b as usize);
        if let (Some(a), Some(b)) = (self.sexes[a], self.sexes[b])
            && a != b
        {
            return true;
        }
        let (a, b) = (self.first[a], self.first[b]);
        let differs = |field| self.records.level(&self.schema, field, a, b) == Some(0);
        [GIVEN, PATRONYMIC, GENERATION].into_iter().any(differs)
    }

    fn links(self, judged: &Judged, least: f64) -> Proposed<'a> {
        let mut memory: hashbrown::HashMap<(u32, u32), bool> = hashbrown::HashMap::new();
        let mut contradict = |a: u32, b: u32| {
            let key = (a.min(b), a.max(b));
            *memory
                .entry(key)
                .or_insert_with(|| self.contradict(key.0, key.1))
        };
        let mut sets = Sets::new(&self.reports, &self.names);
        for &(a, b) in &judged.same {
            sets.join(a, b);
        }
        for &(a, b) in judged.distinct.iter().chain(&judged.unsure) {
            sets.keep_apart(a, b);
        }
        let mut likely = self
            .model
            .propose(&self.schema, &self.records, RIVAL.min(least));
        likely.retain(|it| {
            self.reports[it.a] != self.reports[it.b]
                && !contradict(self.names[it.a], self.names[it.b])
        });
        let rivals = Rivals::among(&likely, &self.reports, &self.names, &mut contradict);
        let shared = likely.into_iter().enumerate().filter_map(|(at, it)| {
            let probability = rivals.shared(at, &it);
            (probability >= least).then_some((at, Proposal { probability, ..it }))
        });
        let mut likely: Vec<(usize, Proposal)> = shared.collect();
        likely.sort_by(|(_, x), (_, y)| {
            (y.probability.total_cmp(&x.probability)).then_with(|| (x.a, x.b).cmp(&(y.a, y.b)))
        });
        let (mut links, mut apart) = (Vec::new(), Vec::new());
        let mut left: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (at, it) in likely {
            match sets.bar(it.a, it.b, &mut contradict) {
                None => {
                    sets.join(it.a, it.b);
                    links.push((it, rivals.of(at)));
                }
                Some(Bar::Judged) => {
                    let (a, b) = (sets.root(it.a), sets.root(it.b));
                    if left.insert((a.min(b), a.max(b))) {
                        apart.push((self.chosen[it.a], self.chosen[it.b], it.probability));
                    }
                }
                Some(Bar::Together | Bar::Report | Bar::Names) => {}
            }
        }
        Proposed {
            looked: Some(self),
            links,
            left: apart,
        }
    }

    /// What a unit is as a record.
    fn row(&self, at: usize) -> Row {
        row(
            &self.units[self.chosen[at]],
            self.sort,
            self.tables,
            &self.sounds,
        )
    }

    /// A proposal with its parts in words.
    fn told(&self, it: &Proposal, rivals: &[usize]) -> Found {
        let share = self.model.share;
        let among = match self.sort {
            Sort::People => "of any two in two reports",
            _ => "of two whose names share a word",
        };
        let mut parts = Vec::new();
        let mut sum = (share / (1.0 - share)).log2();
        parts.push(Part {
            what: "to begin with".to_owned(),
            level: format!("{among}, 1 pair in {} is one", round(1.0 / share)),
            bits: sum,
            common: Vec::new(),
            a: Vec::new(),
            b: Vec::new(),
        });
        let (a, b) = (self.row(it.a), self.row(it.b));
        for told in self.model.parts(&self.schema, &self.records, it.a, it.b) {
            let field = &self.schema.fields[told.field];
            if !field.weighs {
                continue;
            }
            sum += told.bits;
            let says = |row: &Row| row.shown.get(told.field).cloned().unwrap_or_default();
            let in_common = self.records.in_common(told.field, it.a, it.b);
            let written = |token: &&str| {
                let key = (told.field, (*token).to_owned());
                a.tokens.get(&key).cloned()
            };
            let mut common: Vec<String> = in_common.iter().filter_map(written).collect();
            common.sort();
            common.dedup();
            let worth = told.bits != 0.0
                || (told.level == "omitted"
                    && told.field <= GENERATION
                    && self.sort == Sort::People);
            if worth {
                parts.push(Part {
                    what: field.name.clone(),
                    level: told.level.to_owned(),
                    bits: told.bits,
                    common,
                    a: says(&a),
                    b: says(&b),
                });
            }
        }
        let shared = (it.probability / (1.0 - it.probability).max(1e-15)).log2();
        let rivals: Vec<usize> = rivals.iter().map(|&it| self.chosen[it]).collect();
        if shared < sum - 0.01 && !rivals.is_empty() {
            parts.push(Part {
                what: "rivals".to_owned(),
                level: "only one of several can be it".to_owned(),
                bits: shared - sum,
                common: Vec::new(),
                a: Vec::new(),
                b: Vec::new(),
            });
        }
        Found {
            a: self.chosen[it.a],
            b: self.chosen[it.b],
            probability: it.probability,
            parts,
            rivals,
        }
    }
}

/// The share of pairs that are one among those of two reports, from the share among all pairs. Two of one report never are; that every
/// fourth unit has one other elsewhere is what is expected, and counts for ten pairs.
fn between_reports(share: f64, reports: impl Iterator<Item = usize>) -> f64 {
    let mut sizes: BTreeMap<usize, f64> = BTreeMap::new();
    for report in reports {
        *sizes.entry(report).or_default() += 1.0;
    }
    let units: f64 = sizes.values().sum();
    let pairs = |of: f64| of * (of - 1.0) / 2.0;
    let between = pairs(units) - sizes.values().map(|&it| pairs(it)).sum::<f64>();
    if between < 1.0 {
        return share;
    }
    let expected = (units / 8.0 / between).min(0.25);
    let share = (share * pairs(units) + 10.0) / (between + 10.0 / expected);
    share.clamp(1e-15, 0.5)
}

/// What is expected counts for much: a project must be large to say otherwise.
fn training() -> Training {
    Training {
        prior_pairs: 2000.0,
        ..Training::default()
    }
}

/// To two digits.
fn round(number: f64) -> u64 {
    let scale = 10_f64.powf((number.log10().floor() - 1.0).max(0.0));
    ((number / scale).round() * scale) as u64
}
