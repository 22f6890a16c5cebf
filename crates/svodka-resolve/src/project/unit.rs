//! What one report says of each thing that it names.

use std::collections::{BTreeMap, BTreeSet};

use svodka_model::{Aspect, ClaimOut, Contract, Edtf, NameType, Polarity, SmolStr, Tells};

/// A sentence with more names than this is a list: that two stand in it tells nothing.
const CROWD: usize = 10;

/// A thing as one report names it, with what that report says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The report, by its place among those looked at.
    pub report: usize,
    /// The entity's id in the report.
    pub entity: SmolStr,
    /// What it is.
    pub kind: NameType,
    /// The fullest form of its name.
    pub name: SmolStr,
    /// All forms that the report uses.
    pub forms: Vec<SmolStr>,
    /// What claims say of it, as written; each once.
    pub told: Vec<(Aspect, SmolStr)>,
    /// What else is named in one sentence with it and in no claim about it.
    pub beside: Vec<SmolStr>,
    /// The first and last year in which claims put it; the report's if none has a date.
    pub years: Option<(i16, i16)>,
}

impl Unit {
    /// What claims say of one aspect of it.
    pub fn told(&self, aspect: Aspect) -> impl Iterator<Item = &SmolStr> {
        let of = self.told.iter().filter(move |(its, _)| *its == aspect);
        of.map(|(_, text)| text)
    }
}

/// The units of a report, in the order of its entities. `report` is what they are to be known by.
pub fn units(report: usize, contract: &Contract, tells: &[Tells]) -> Vec<Unit> {
    let number: BTreeMap<&str, usize> = (contract.entities.iter().enumerate())
        .map(|(at, entity)| (entity.id.as_str(), at))
        .collect();
    let mut units: Vec<Unit> = (contract.entities.iter())
        .map(|entity| Unit {
            report,
            entity: entity.id.as_str().into(),
            kind: entity.kind,
            name: entity.name.as_str().into(),
            forms: entity.names.iter().map(SmolStr::from).collect(),
            told: Vec::new(),
            beside: Vec::new(),
            years: None,
        })
        .collect();
    let mut company: BTreeSet<(usize, usize)> = BTreeSet::new();
    for claim in &contract.claims {
        let part = claim.roles.values().flatten();
        let named: BTreeSet<usize> = part
            .filter_map(|filler| number.get(filler.entity.as_deref()?).copied())
            .collect();
        for &it in &named {
            company.extend(named.iter().map(|&other| (it, other)));
            if let Some(years) = claim.when.as_ref().and_then(|when| years(&when.edtf)) {
                let known = units[it].years.get_or_insert(years);
                *known = (known.0.min(years.0), known.1.max(years.1));
            }
        }
        // What is said not to be so tells with whom, not what.
        if claim.polarity == Polarity::Positive {
            for tells in tells.iter().filter(|it| it.kind == claim.kind) {
                note(claim, tells, contract, &number, &mut units);
            }
        }
    }
    beside(contract, &number, &company, &mut units);
    let date = contract.report.date.as_deref().and_then(years);
    for unit in &mut units {
        unit.years = unit.years.or(date);
    }
    units
}

/// Notes what a claim tells of whoever plays the role that the table names.
fn note(
    claim: &ClaimOut,
    tells: &Tells,
    contract: &Contract,
    number: &BTreeMap<&str, usize>,
    units: &mut [Unit],
) {
    let of = claim.roles.get(tells.of.as_str()).into_iter().flatten();
    let described = of.filter_map(|filler| number.get(filler.entity.as_deref()?).copied());
    for it in described.collect::<BTreeSet<usize>>() {
        for role in &tells.from {
            for filler in claim.roles.get(role.as_str()).into_iter().flatten() {
                let other = filler.entity.as_deref().and_then(|id| number.get(id));
                // Kin and company are people with names; "his wife" is anybody's.
                let nameless =
                    other.is_none() && matches!(tells.aspect, Aspect::Kin | Aspect::Company);
                if other == Some(&it) || nameless {
                    continue;
                }
                let text = other.map_or(filler.text.as_str(), |&it| &contract.entities[it].name);
                let told = (tells.aspect, SmolStr::from(text));
                if !units[it].told.contains(&told) {
                    units[it].told.push(told);
                }
            }
        }
    }
}

/// Notes who stands in one sentence and in no claim together.
fn beside(
    contract: &Contract,
    number: &BTreeMap<&str, usize>,
    company: &BTreeSet<(usize, usize)>,
    units: &mut [Unit],
) {
    let mut found: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut mentions = contract.mentions.iter().peekable();
    for sentence in &contract.sentences {
        let mut named: BTreeSet<usize> = BTreeSet::new();
        while let Some(mention) = mentions.next_if(|it| it.place.start < sentence.end) {
            let entity = mention.entity.as_deref().and_then(|id| number.get(id));
            named.extend(entity.filter(|_| mention.place.start >= sentence.start));
        }
        if named.len() <= CROWD {
            let pairs = named
                .iter()
                .flat_map(|&it| named.iter().map(move |&other| (it, other)));
            found.extend(pairs.filter(|(it, other)| it != other));
        }
    }
    for (it, other) in found.difference(company) {
        units[*it]
            .beside
            .push(contract.entities[*other].name.as_str().into());
    }
}

/// The first and last year of a date.
fn years(edtf: &str) -> Option<(i16, i16)> {
    let date: Edtf = edtf.parse().ok()?;
    let (from, to) = date.bounds();
    let (from, to) = (from.or(to)?.year(), to.or(from)?.year());
    Some((from.min(to), from.max(to)))
}
