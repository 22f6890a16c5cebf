//! One decision for each name over the whole report.

use std::collections::{BTreeMap, BTreeSet};

use svodka_model::{Layout, NameType, Parse};
use svodka_pack::NameWords;

use super::candidates::Candidate;
use super::evidence::{Evidence, Votes, Witness};
use super::page::{Kind, Page};

/// A candidate that is a name, with its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub candidate: Candidate,
    pub kind: NameType,
}

/// A candidate with the type that most speaks for it, whether or not it is a name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Heard {
    pub words: std::ops::Range<usize>,
    pub kind: NameType,
    /// The votes for the type.
    pub strength: f32,
    /// How many votes more than for the next type.
    pub lead: f32,
    /// Whether its own form or its place leaves no doubt of the type.
    pub sure: bool,
}

/// How much the same words elsewhere count beside what is said here.
const ELSEWHERE: f32 = 1.6;
/// How much the neighbours in a list count.
const COMPANY: f32 = 0.6;
/// Fewer votes than this for the best type: no name.
const ENOUGH: f32 = 0.9;

/// The same for an ordinary word with a capital.
const ORDINARY: f32 = 2.0;

pub(super) fn decide(
    page: &Page<'_>,
    layout: &Layout,
    parse: &Parse,
    pack: &NameWords,
    candidates: Vec<Candidate>,
) -> (Vec<Named>, Vec<Heard>) {
    let witness = Witness { page, parse, pack };
    let candidates: Vec<Candidate> = candidates
        .into_iter()
        .filter(|candidate| !is_vessel(page, pack, candidate))
        .collect();
    let mut heard: Vec<Evidence> = candidates
        .iter()
        .map(|candidate| witness.hear(candidate))
        .collect();
    let companies = companies(page, pack, &candidates);
    introductions(page, layout, pack, &candidates, &companies, &mut heard);
    shared_heads(pack, page, &candidates, &companies, &mut heard);

    let keys: Vec<String> = candidates
        .iter()
        .map(|c| page.phrase(c.words.clone()))
        .collect();
    let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, key) in keys.iter().enumerate() {
        by_key.entry(key).or_default().push(at);
    }
    // The report's opinion of each form.
    let mut opinions: BTreeMap<&str, Votes> = BTreeMap::new();
    for (key, members) in &by_key {
        let mut votes = heard[members[0]].form;
        let share = 1.0 / (members.len() as f32).sqrt();
        for &at in members {
            let mut place = heard[at].place;
            // What is a publication here may be a body elsewhere.
            if heard[at].here == Some(NameType::Work) {
                place.0[NameType::Work as usize] = 0.0;
            }
            if heard[at].here == Some(NameType::Workplace) {
                place.add(NameType::Workplace, 2.0);
            }
            votes.plus(place, share);
        }
        opinions.insert(key, votes);
    }
    // Parts of longer names speak for the shorter ones.
    let longer: Vec<(usize, Votes)> = (0..candidates.len())
        .filter(|&at| candidates[at].words.len() > 1)
        .map(|at| (at, opinions[keys[at].as_str()]))
        .collect();
    let mut lent: BTreeMap<String, Votes> = BTreeMap::new();
    for (at, votes) in longer {
        let words = &page.words[candidates[at].words.clone()];
        let (kind, strength) = votes.best();
        let part = match kind {
            NameType::Person if candidates[at].inverted => words.first(),
            NameType::Person if words.last().is_some_and(|w| w.kind == Kind::Initial) => {
                words.first()
            }
            NameType::Person => words.last(),
            NameType::Workplace => {
                let mut prefix = candidates[at].words.clone();
                while prefix.len() > 2 {
                    prefix.end -= 1;
                    if prefix.clone().all(|at| page.words[at].kind < Kind::Initial) {
                        let entry = lent.entry(page.phrase(prefix.clone())).or_default();
                        if entry.of(kind) < 4.0 {
                            entry.add(kind, 4.0 - entry.of(kind));
                        }
                    }
                }
                words.iter().find(|word| word.kind == Kind::Capital)
            }
            _ => None,
        };
        if let Some(part) = part.filter(|part| strength > 3.0 && part.kind < Kind::Initial) {
            let weight = if kind == NameType::Person { 3.0 } else { 1.5 };
            let entry = lent.entry(part.lower.clone()).or_default();
            if entry.of(kind) < weight {
                entry.add(kind, weight - entry.of(kind));
            }
        }
    }
    for (key, votes) in &mut opinions {
        if let Some(lent) = lent.get(*key) {
            votes.plus(*lent, 1.0);
        }
    }
    // What the company of a name is counts too.
    let mut company_votes = vec![Votes::default(); candidates.len()];
    for company in &companies {
        for &at in company {
            let mut votes = Votes::default();
            for &other in company.iter().filter(|&&other| other != at) {
                let (kind, strength) = opinions[keys[other].as_str()].best();
                votes.add(kind, strength.clamp(0.0, 4.0) / (company.len() - 1) as f32);
            }
            company_votes[at] = votes;
        }
    }
    // Another name of the same thing has its type.
    for at in 1..candidates.len() {
        let other = (at.saturating_sub(2)..at)
            .rev()
            .find(|&other| bracketed(page, pack, &candidates[other], &candidates[at]));
        let Some(other) = other else { continue };
        let (mut first, mut second) = (opinions[keys[other].as_str()], opinions[keys[at].as_str()]);
        let (kind, strength) = first.best();
        let (their, theirs) = second.best();
        // "Kamensky (Kolpino)" may say where he is from.
        let between = &page.words[candidates[other].words.end..candidates[at].words.start];
        let bare = between.iter().all(|word| word.kind == Kind::Mark);
        let single = candidates[at].words.len() == 1 && !candidates[at].quoted;
        if kind == NameType::Person && bare && single && strength > 3.0 {
            continue;
        }
        if kind == NameType::Place || their == NameType::Place && theirs > 3.0 {
            continue;
        }
        let formerly = page.words[candidates[other].words.end..candidates[at].words.start]
            .iter()
            .any(|word| pack.bygone.contains(&word.lower));
        if formerly && kind != NameType::Person {
            first.add(NameType::Workplace, 2.0);
            second.add(NameType::Workplace, 2.0);
        }
        let (kind, strength) = first.best();
        let (their, theirs) = second.best();
        second.add(kind, strength.clamp(0.0, 6.0));
        first.add(their, theirs.clamp(0.0, 6.0));
        opinions.insert(&keys[other], first);
        opinions.insert(&keys[at], second);
    }
    let mut named = Vec::new();
    let mut judged = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let mut votes = heard[at].form;
        votes.plus(heard[at].place, 1.0);
        votes.plus(opinions[keys[at].as_str()], ELSEWHERE);
        votes.plus(company_votes[at], COMPANY);
        if let Some(kind) = heard[at].here {
            votes.add(kind, 20.0);
        }
        let (kind, strength) = votes.best();
        judged.push(Heard {
            words: candidate.words.clone(),
            kind,
            strength,
            lead: votes.lead(),
            sure: candidate.certain.is_some() || heard[at].here.is_some(),
        });
        // An ordinary word with a capital needs more: "the Executive".
        let first = &page.words[candidate.words.start];
        let ordinary = candidate.words.len() == 1
            && !candidate.quoted
            && !candidate.titled
            && !candidate.generic
            && super::candidates::common(&first.lower, pack)
            && !pack.tables.given.contains(&first.fold);
        if strength < if ordinary { ORDINARY } else { ENOUGH } {
            continue;
        }
        named.push(Named {
            candidate: candidate.clone(),
            kind,
        });
    }
    drop_generic(page, pack, &mut named);
    (named, judged)
}

fn is_vessel(page: &Page<'_>, pack: &NameWords, candidate: &Candidate) -> bool {
    let from = candidate.words.start;
    let block = page.words[from].block;
    if !candidate.quoted {
        return false;
    }
    let near: Vec<&str> = page.words[from.saturating_sub(8)..from]
        .iter()
        .filter(|word| word.block == block)
        .map(|word| word.lower.as_str())
        .collect();
    let glued = near.concat();
    near.iter().any(|word| pack.vessels.contains(*word))
        || pack
            .vessels
            .iter()
            .any(|vessel| vessel.contains('.') && glued.contains(vessel.as_str()))
}

/// Names that stand side by side in one list.
fn companies(page: &Page<'_>, pack: &NameWords, candidates: &[Candidate]) -> Vec<Vec<usize>> {
    let mut companies: Vec<Vec<usize>> = Vec::new();
    let (inner, outer): (Vec<usize>, Vec<usize>) =
        (0..candidates.len()).partition(|&at| in_brackets(page, &candidates[at]));
    for level in [outer, inner] {
        let mut last: Option<usize> = None;
        for at in level {
            let joined =
                last.is_some_and(|last| together(page, pack, &candidates[last], &candidates[at]));
            match companies.last_mut().filter(|_| joined) {
                Some(company) => company.push(at),
                None => companies.push(vec![at]),
            }
            last = Some(at);
        }
    }
    companies.retain(|company| company.len() > 1);
    companies
}

/// Whether an opening bracket before the candidate is still open.
fn in_brackets(page: &Page<'_>, candidate: &Candidate) -> bool {
    let start = candidate.words.start;
    let block = page.blocks[page.words[start].block].start;
    let mut depth = 0i32;
    for word in page.words[block..start].iter().rev().take(40) {
        match word.lower.as_str() {
            ")" => depth -= 1,
            "(" => depth += 1,
            _ => {}
        }
        if depth > 0 {
            return true;
        }
    }
    false
}

fn together(page: &Page<'_>, pack: &NameWords, left: &Candidate, right: &Candidate) -> bool {
    let between = &page.words[left.words.end..right.words.start];
    if between.is_empty()
        || between.len() > 16
        || page.words[left.words.start].block != page.words[right.words.start].block
    {
        return false;
    }
    let mut depth = 0i32;
    let mut joint = false;
    for word in between {
        match word.lower.as_str() {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ if depth > 0 => {}
            "," | ";" => joint = true,
            lower if pack.grammar.list.contains(lower) => joint = true,
            lower if pack.grammar.unheeded.contains(lower) => {}
            _ if word.kind == Kind::Mark
                && matches!(word.lower.as_str(), "\"" | "“" | "”" | "ʺ" | "«" | "»") => {}
            _ if left.outside.is_some()
                && word.kind == Kind::Capital
                && word.span.start == page.words[left.words.end].span.start => {}
            _ if word.kind == Kind::Lower
                && word.span.start == between[0].span.start
                && pack.heads.last_type(&word.lower) == Some(NameType::Workplace) => {}
            _ => return false,
        }
    }
    joint && depth == 0
}

/// "at the following factories: …", "members include …"
fn introductions(
    page: &Page<'_>,
    layout: &Layout,
    pack: &NameWords,
    candidates: &[Candidate],
    companies: &[Vec<usize>],
    heard: &mut [Evidence],
) {
    let kind_of = |lower: &str| {
        let single = lower.strip_suffix('s').unwrap_or(lower);
        if let Some(kind @ (NameType::Workplace | NameType::Work)) = pack
            .heads
            .last_type(lower)
            .or_else(|| pack.heads.first_type(lower))
            .or_else(|| pack.heads.last_type(single))
        {
            return Some(kind);
        }
        (pack.occupations.contains(single) || pack.occupations.contains(lower))
            .then_some(NameType::Person)
    };
    let mut groups: Vec<Vec<usize>> = companies.to_vec();
    let in_company: BTreeSet<usize> = companies.iter().flatten().copied().collect();
    groups.extend(
        (0..candidates.len())
            .filter(|at| !in_company.contains(at))
            .map(|at| vec![at]),
    );
    for group in &groups {
        let Some(&first) = group.first() else {
            continue;
        };
        let start = candidates[first].words.start;
        let block = page.words[start].block;
        let mut kind = None;
        let mut included = false;
        for at in (page.blocks[block].start..start).rev().take(7) {
            let word = &page.words[at];
            if pack.including.contains(&word.lower) || word.lower == ":" {
                included = true;
            } else if matches!(word.lower.as_str(), "." | ";") {
                break;
            } else if word.kind == Kind::Lower && included {
                let plural = word.lower.ends_with('s');
                if let Some(found) =
                    kind_of(&word.lower).filter(|&kind| plural || kind == NameType::Person)
                {
                    kind = Some(found);
                    break;
                }
            } else if word.kind == Kind::Capital && word.starts && included {
                kind = kind_of(&word.lower);
                break;
            }
        }
        if let Some(kind) = kind {
            for &at in group {
                heard[at]
                    .place
                    .add(kind, if kind == NameType::Person { 2.0 } else { 4.0 });
            }
        }
        // A list item's label.
        let labelled = layout.blocks[block]
            .label
            .is_some_and(|label| label.contains(page.span(candidates[first].words.clone())));
        let introduced = layout.blocks[block].introduced_by.filter(|_| {
            labelled
                || layout.blocks[block].label.is_none() && start <= page.blocks[block].start + 1
        });
        if let Some(by) = introduced.and_then(|by| page.blocks.get(by)) {
            let nouns: Vec<NameType> = page.words[by.clone()]
                .iter()
                .rev()
                .take(14)
                .filter_map(|word| kind_of(&word.lower))
                .collect();
            if nouns.contains(&NameType::Workplace) {
                for &at in group {
                    heard[at].place.add(NameType::Workplace, 4.0);
                }
            }
        }
    }
}

/// "the Kazan, Kursk, and Nikolaev railways": the head at the end counts for all.
fn shared_heads(
    pack: &NameWords,
    page: &Page<'_>,
    candidates: &[Candidate],
    companies: &[Vec<usize>],
    heard: &mut [Evidence],
) {
    for company in companies {
        let Some(&last) = company.last() else {
            continue;
        };
        let after = candidates[last].words.end;
        let plural = page.words.get(after).is_some_and(|word| {
            word.kind == Kind::Lower
                && word.lower.ends_with('s')
                && pack.heads.last_type(&word.lower) == Some(NameType::Workplace)
        });
        let certain = candidates[last].certain.filter(|_| {
            let head = &page.words[candidates[last].words.end - 1];
            head.kind == Kind::Lower && head.lower.ends_with('s')
        });
        let kind = if plural { heard[last].here } else { certain };
        if let Some(kind) = kind {
            for &at in company {
                if candidates[at].words.len() <= 2 {
                    heard[at].here = Some(kind);
                    heard[at].place.add(kind, 2.0);
                }
            }
        }
    }
}

/// "the Federation" is a name only after "the Workers' Socialist Federation".
fn drop_generic(page: &Page<'_>, pack: &NameWords, named: &mut Vec<Named>) {
    let mut kept: Vec<Named> = Vec::new();
    // The last body, and the last workplace or work, of several words of which one is this.
    let mut bodies: BTreeMap<&str, usize> = BTreeMap::new();
    let mut houses: BTreeMap<&str, usize> = BTreeMap::new();
    for mut name in std::mem::take(named) {
        if name.candidate.generic {
            let start = name.candidate.words.start;
            let head = &page.words[start].lower;
            // A firm or a newspaper is meant only by "the Company", "the Herald".
            let definite = start
                .checked_sub(1)
                .is_some_and(|at| pack.grammar.definite.contains(&page.words[at].lower));
            let house = page
                .words
                .get(name.candidate.words.end)
                .is_some_and(|word| pack.reporters.contains(&word.lower));
            let body = bodies.get(head.as_str());
            let named_house = houses.get(head.as_str()).filter(|_| definite);
            match body.max(named_house).map(|&at| &kept[at]) {
                Some(earlier) if earlier.kind == NameType::Work && house => {
                    name.kind = NameType::Org;
                }
                Some(earlier) => name.kind = earlier.kind,
                None => continue,
            }
        }
        let last = match name.kind {
            NameType::Org => Some(&mut bodies),
            NameType::Work | NameType::Workplace => Some(&mut houses),
            _ => None,
        };
        let words = &page.words[name.candidate.words.clone()];
        if let Some(last) = last.filter(|_| words.len() > 1) {
            last.extend(words.iter().map(|word| (word.lower.as_str(), kept.len())));
        }
        kept.push(name);
    }
    *named = kept;
}

/// Whether the second name stands in brackets (or after "alias", "formerly") as another name of the first.
pub(super) fn bracketed(
    page: &Page<'_>,
    pack: &NameWords,
    left: &Candidate,
    right: &Candidate,
) -> bool {
    if page.words[left.words.start].block != page.words[right.words.start].block {
        return false;
    }
    let between = &page.words[left.words.end..right.words.start];
    if between.is_empty() || between.len() > 8 {
        return false;
    }
    let mut opened = false;
    let mut led = false;
    for word in between {
        let mark = word
            .lower
            .chars()
            .all(|c| super::page::opens_quote(c) || super::page::closes_quote(c));
        match word.lower.as_str() {
            "(" => opened = true,
            "," if !opened => led = false,
            _ if word.kind == Kind::Mark && mark => {}
            _ if pack.formerly.contains(&word.lower) => led = true,
            _ if !opened && left.outside.is_some() && word.kind == Kind::Capital => {}
            _ if !opened
                && word.kind == Kind::Lower
                && pack.heads.last_type(&word.lower).is_some() => {}
            _ => return false,
        }
    }
    let close = page.words[right.words.end..]
        .iter()
        .take(3)
        .any(|word| matches!(word.lower.as_str(), ")" | ","));
    let whole = page.words[right.words.end..]
        .iter()
        .take_while(|word| word.kind == Kind::Mark)
        .any(|word| word.lower == ")");
    if opened {
        whole || led && close
    } else {
        led && between
            .iter()
            .any(|word| pack.aliasing.contains(&word.lower))
    }
}
