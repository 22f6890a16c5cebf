//! Are the claims right?
//!
//! Compared by role facts — this kind, this role, this filler, at about this place — so that a claim half understood
//! counts half. A claim counts as whole when at least half of both sides' facts agree.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::Value;
use svodka_model::{ClaimOut, Contract, EntityOut};

use crate::dates;
use crate::gold::signed;
use crate::words::same_filler;
use crate::{ClaimScores, Figure, GoldClaim, Share};

/// How many characters may lie between a gold claim's evidence and that of the claim found.
const REACH: i64 = 240;

/// A role's filler in a claim found.
struct Fact<'a> {
    claim: usize,
    kind: &'a str,
    role: &'a str,
    names: Vec<&'a str>,
    span: (i64, i64),
}

/// The figures, the gold claims missed and the claims found that are not in the gold.
pub(crate) fn score(
    gold: &[GoldClaim],
    report: &Contract,
) -> (ClaimScores, Vec<usize>, Vec<usize>) {
    let entities: BTreeMap<&str, &EntityOut> = report
        .entities
        .iter()
        .map(|entity| (entity.id.as_str(), entity))
        .collect();
    let found = &report.claims;
    let facts: Vec<Fact<'_>> = found
        .iter()
        .enumerate()
        .flat_map(|(index, claim)| facts(index, claim, &entities))
        .collect();

    let mut by_kind: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut index: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (number, fact) in facts.iter().enumerate() {
        index
            .entry((fact.kind, fact.role))
            .or_default()
            .push(number);
        by_kind.entry(fact.kind).or_default()[1] += 1;
    }

    // Each gold fact takes the nearest fact found that says the same and that no other took.
    let mut used = vec![false; facts.len()];
    let mut pairs: IndexMap<(usize, usize), usize> = IndexMap::new();
    let mut hits = 0;
    let mut gold_facts = 0;
    for (number, claim) in gold.iter().enumerate() {
        for (role, fillers) in &claim.roles {
            for filler in fillers {
                gold_facts += 1;
                by_kind.entry(&claim.kind).or_default()[2] += 1;
                let candidates = index.get(&(claim.kind.as_str(), role.as_str()));
                let nearest = candidates
                    .into_iter()
                    .flatten()
                    .filter(|&&fact| {
                        !used[fact]
                            && near(claim.span, facts[fact].span)
                            && same_filler(filler, &facts[fact].names)
                    })
                    .min_by_key(|&&fact| distance(claim.span, facts[fact].span));
                if let Some(&fact) = nearest {
                    used[fact] = true;
                    hits += 1;
                    *pairs.entry((number, facts[fact].claim)).or_default() += 1;
                    by_kind.entry(&claim.kind).or_default()[0] += 1;
                }
            }
        }
    }

    let matched = whole(gold, found, &pairs);
    let mut figures = IndexMap::new();
    figures.insert(
        "role facts".to_owned(),
        Figure::new(hits, facts.len(), gold_facts),
    );
    figures.insert(
        "whole claims".to_owned(),
        Figure::new(matched.len(), found.len(), gold.len()),
    );
    for (kind, [right, given, of]) in by_kind {
        figures.insert(format!("  {kind}"), Figure::new(right, given, of));
    }
    let taken: (BTreeSet<usize>, BTreeSet<usize>) = matched.iter().copied().unzip();
    let scores = ClaimScores {
        figures,
        qualifiers: qualifiers(gold, found, &matched, &entities),
    };
    let missed = (0..gold.len())
        .filter(|claim| !taken.0.contains(claim))
        .collect();
    let spurious = (0..found.len())
        .filter(|claim| !taken.1.contains(claim))
        .collect();
    (scores, missed, spurious)
}

fn facts<'a>(
    index: usize,
    claim: &'a ClaimOut,
    entities: &BTreeMap<&str, &'a EntityOut>,
) -> Vec<Fact<'a>> {
    let span = (
        signed(claim.evidence.place.start),
        signed(claim.evidence.place.end),
    );
    claim
        .roles
        .iter()
        .flat_map(|(role, fillers)| fillers.iter().map(move |filler| (role, filler)))
        .map(|(role, filler)| Fact {
            claim: index,
            kind: &claim.kind,
            role,
            names: names(&filler.text, filler.entity.as_deref(), entities),
            span,
        })
        .collect()
}

/// What something goes by: its own words and all names of its entity.
fn names<'a>(
    text: &'a str,
    entity: Option<&str>,
    entities: &BTreeMap<&str, &'a EntityOut>,
) -> Vec<&'a str> {
    let entity = entity.and_then(|id| entities.get(id));
    let of_entity = entity.into_iter().flat_map(|entity| {
        std::iter::once(entity.name.as_str()).chain(entity.names.iter().map(String::as_str))
    });
    std::iter::once(text).chain(of_entity).collect()
}

fn near(a: (i64, i64), b: (i64, i64)) -> bool {
    a.0 - REACH < b.1 && b.0 - REACH < a.1
}

fn distance(a: (i64, i64), b: (i64, i64)) -> i64 {
    (a.0 - b.0).abs() + (a.1 - b.1).abs()
}

/// Pairs of a gold claim and a claim found, the best first, each used once.
fn whole(
    gold: &[GoldClaim],
    found: &[ClaimOut],
    pairs: &IndexMap<(usize, usize), usize>,
) -> Vec<(usize, usize)> {
    let in_gold = |claim: usize| gold[claim].roles.values().map(Vec::len).sum::<usize>();
    let in_report = |claim: usize| found[claim].roles.values().map(Vec::len).sum::<usize>();
    let mut ordered: Vec<(f64, (usize, usize), usize)> = pairs
        .iter()
        .map(|(&(g, f), &common)| {
            let union = (in_gold(g) + in_report(f)).saturating_sub(common).max(1);
            (common as f64 / union as f64, (g, f), common)
        })
        .collect();
    // Stable: pairs of equal agreement stay in the order of the gold.
    ordered.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut taken_gold, mut taken_found) = (vec![false; gold.len()], vec![false; found.len()]);
    let mut matched = Vec::new();
    for (_, (g, f), common) in ordered {
        if !taken_gold[g] && !taken_found[f] && 4 * common >= in_gold(g) + in_report(f) {
            taken_gold[g] = true;
            taken_found[f] = true;
            matched.push((g, f));
        }
    }
    matched
}

/// How many of the claims found whole have the right certainty, polarity, status, date and sources.
fn qualifiers(
    gold: &[GoldClaim],
    found: &[ClaimOut],
    matched: &[(usize, usize)],
    entities: &BTreeMap<&str, &EntityOut>,
) -> IndexMap<String, Share> {
    let mut counts: IndexMap<&str, [usize; 2]> = IndexMap::new();
    let mut count = |name: &'static str, right: bool| {
        let [rights, of] = counts.entry(name).or_default();
        *rights += usize::from(right);
        *of += 1;
    };
    for &(g, f) in matched {
        let (gold, found) = (&gold[g], &found[f]);
        let certainty = gold.certainty == found.certainty.word();
        let polarity = gold.polarity == polarity(found);
        count("certainty", certainty);
        count("polarity", polarity);
        if let Some(status) = gold.status.as_deref().filter(|status| !status.is_empty()) {
            count(
                "status",
                found.fields.get("status").and_then(Value::as_str) == Some(status),
            );
        }
        let when = gold.when.as_deref().filter(|when| !when.is_empty());
        let when_fits = when.is_none_or(|when| {
            let found = found.when.as_ref().map_or("", |when| when.edtf.as_str());
            !found.is_empty() && dates::close(when, found)
        });
        if when.is_some() {
            count("when", when_fits);
        }
        let sourced = gold.sources.is_empty() == found.sources.is_empty();
        count(
            "sources",
            sourced && (gold.sources.is_empty() || first_source(gold, found, entities)),
        );
        count(
            "all qualifiers",
            certainty && polarity && when_fits && sourced,
        );
    }
    let of = |claims: &[(usize, usize)], right: &dyn Fn(&GoldClaim, &ClaimOut) -> bool| {
        let rights = claims
            .iter()
            .filter(|(g, f)| right(&gold[*g], &found[*f]))
            .count();
        Share::new(rights, claims.len())
    };
    let hedged: Vec<_> = matched
        .iter()
        .copied()
        .filter(|(g, _)| gold[*g].certainty != "asserted")
        .collect();
    let sourced: Vec<_> = matched
        .iter()
        .copied()
        .filter(|(g, _)| !gold[*g].sources.is_empty())
        .collect();
    let mut shares: IndexMap<String, Share> = counts
        .iter()
        .map(|(name, [right, of])| ((*name).to_owned(), Share::new(*right, *of)))
        .collect();
    let same_certainty =
        |gold: &GoldClaim, found: &ClaimOut| gold.certainty == found.certainty.word();
    shares.insert(
        "certainty, hedged gold only".to_owned(),
        of(&hedged, &same_certainty),
    );
    shares.insert(
        "sources, sourced gold only".to_owned(),
        of(&sourced, &|gold, found| first_source(gold, found, entities)),
    );
    shares
}

/// Whether the gold's nearest speaker is among the sources found.
fn first_source(gold: &GoldClaim, found: &ClaimOut, entities: &BTreeMap<&str, &EntityOut>) -> bool {
    gold.sources.first().is_some_and(|source| {
        found.sources.iter().any(|other| {
            same_filler(
                source,
                &names(&other.text, other.entity.as_deref(), entities),
            )
        })
    })
}

fn polarity(claim: &ClaimOut) -> &'static str {
    match claim.polarity {
        svodka_model::Polarity::Positive => "positive",
        svodka_model::Polarity::Negative => "negative",
    }
}
