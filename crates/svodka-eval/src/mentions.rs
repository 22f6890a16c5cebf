//! Are the names and dates right?

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use svodka_model::MentionOut;

use crate::dates;
use crate::{Figure, GoldMention};

const DATE: &str = "DATE";

type Names<'a> = BTreeSet<(usize, usize, &'a str)>;

/// Names strictly (span and type), by span alone, by type; dates found, and with the right value.
pub(crate) fn score(gold: &[GoldMention], found: &[MentionOut]) -> IndexMap<String, Figure> {
    let mut figures = IndexMap::new();
    let in_gold: Names = gold
        .iter()
        .filter(|mention| mention.kind != DATE)
        .map(|mention| (mention.start, mention.end, mention.kind.as_str()))
        .collect();
    let in_report: Names = found
        .iter()
        .filter(|mention| mention.kind != DATE)
        .map(|mention| {
            (
                mention.place.start,
                mention.place.end,
                mention.kind.as_str(),
            )
        })
        .collect();
    figures.insert("names strict".to_owned(), overlap(&in_report, &in_gold));
    let spans = |names: &Names| -> BTreeSet<(usize, usize)> {
        names.iter().map(|name| (name.0, name.1)).collect()
    };
    figures.insert(
        "names span".to_owned(),
        overlap(&spans(&in_report), &spans(&in_gold)),
    );
    let kinds: BTreeSet<&str> = in_gold.iter().map(|name| name.2).collect();
    for kind in kinds {
        let of_kind = |names: &Names<'_>| -> BTreeSet<(usize, usize)> {
            names
                .iter()
                .filter(|name| name.2 == kind)
                .map(|name| (name.0, name.1))
                .collect()
        };
        figures.insert(
            format!("  {kind}"),
            overlap(&of_kind(&in_report), &of_kind(&in_gold)),
        );
    }
    score_dates(gold, found, &mut figures);
    figures
}

fn overlap<T: Ord>(found: &BTreeSet<T>, gold: &BTreeSet<T>) -> Figure {
    Figure::new(found.intersection(gold).count(), found.len(), gold.len())
}

/// Each gold date takes the first date found that overlaps it and that no other took.
fn score_dates(gold: &[GoldMention], found: &[MentionOut], figures: &mut IndexMap<String, Figure>) {
    let in_gold: Vec<_> = gold.iter().filter(|mention| mention.kind == DATE).collect();
    let in_report: Vec<_> = found
        .iter()
        .filter(|mention| mention.kind == DATE)
        .collect();
    let (mut hit, mut exact, mut close) = (0, 0, 0);
    let mut used = vec![false; in_report.len()];
    for date in &in_gold {
        let first = in_report.iter().enumerate().position(|(index, other)| {
            !used[index] && other.place.start < date.end && date.start < other.place.end
        });
        if let Some(index) = first {
            used[index] = true;
            hit += 1;
            let value = in_report[index].edtf.as_deref().unwrap_or("");
            exact += usize::from(dates::same(&date.value, value));
            close += usize::from(dates::close(&date.value, value));
        }
    }
    for (name, right) in [
        ("dates found", hit),
        ("dates value exact", exact),
        ("dates value close", close),
    ] {
        figures.insert(
            name.to_owned(),
            Figure::new(right, in_report.len(), in_gold.len()),
        );
    }
}

/// B-cubed over the names that both sides mark with the same span.
pub(crate) fn entities(gold: &[GoldMention], found: &[MentionOut]) -> Figure {
    let in_gold: IndexMap<(usize, usize), &str> = gold
        .iter()
        .filter(|mention| mention.kind != DATE)
        .map(|mention| ((mention.start, mention.end), mention.value.as_str()))
        .collect();
    let in_report: BTreeMap<(usize, usize), Option<&str>> = found
        .iter()
        .filter(|mention| mention.kind != DATE)
        .map(|mention| {
            (
                (mention.place.start, mention.place.end),
                mention.entity.as_deref(),
            )
        })
        .collect();
    let both: Vec<(&str, Option<&str>)> = in_gold
        .iter()
        .filter_map(|(span, entity)| Some((*entity, *in_report.get(span)?)))
        .collect();
    if both.is_empty() {
        return Figure::new(0, 0, in_gold.len());
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for pair in &both {
        let common = both.iter().filter(|other| *other == pair).count() as f64;
        precision += common / both.iter().filter(|other| other.1 == pair.1).count() as f64;
        recall += common / both.iter().filter(|other| other.0 == pair.0).count() as f64;
    }
    let number = both.len() as f64;
    Figure::of_shares(
        precision / number,
        recall / number,
        both.len(),
        in_report.len(),
        in_gold.len(),
    )
}
