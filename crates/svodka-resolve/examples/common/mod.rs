//! What the measuring examples share: tables of the base pack, and right and wrong pairs.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;

use svodka_resolve::{Clusters, NameWords, Proposal, Spelling};

/// The words of the base pack.
pub fn words() -> Result<NameWords, Box<dyn Error>> {
    let base = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/base");
    Ok(NameWords::parse(
        Spelling::parse(tables(&format!("{base}/transliteration"))?.iter().map(pair))?,
        tables(&format!("{base}/names"))?.iter().map(pair),
    )?)
}

fn pair((name, text): &(String, String)) -> (&str, &str) {
    (name, text)
}

fn tables(folder: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|it| it.to_str()).unwrap_or("");
        found.push((name.to_owned(), fs::read_to_string(&path)?));
    }
    found.sort();
    Ok(found)
}

/// Precision, recall and F1.
#[allow(dead_code, reason = "not every example measures pairs")]
pub fn figures(right: f64, found: f64, all: f64) -> String {
    let (precision, recall) = (right / found.max(1.0), right / all.max(1.0));
    let f1 = 2.0 * right / (found + all).max(1.0);
    format!("precision {precision:.4}  recall {recall:.4}  F1 {f1:.4}")
}

/// How right proposals are from a probability on.
#[allow(dead_code, reason = "not every example has floors")]
pub struct Measured {
    /// The probability.
    pub least: f64,
    /// Precision and F1, pair by pair.
    pub pairs: (f64, f64),
    /// The same of clusters.
    pub clusters: (f64, f64),
}

/// Prints how right proposals are, pair by pair and as clusters.
#[allow(dead_code, reason = "not every example measures pairs")]
pub fn measure<T: Ord + Copy>(
    truth: &[T],
    proposals: &[Proposal],
    thresholds: &[f64],
) -> Vec<Measured> {
    let pairs = |sizes: BTreeMap<(usize, T), f64>| -> f64 {
        sizes.values().map(|it| it * (it - 1.0) / 2.0).sum()
    };
    let count = |of: &dyn Fn(usize) -> (usize, T)| {
        let mut sizes = BTreeMap::new();
        for record in 0..truth.len() {
            *sizes.entry(of(record)).or_insert(0.0) += 1.0;
        }
        pairs(sizes)
    };
    let all = count(&|it| (0, truth[it]));
    let short = |right: f64, found: f64| {
        let f1 = 2.0 * right / (found + all).max(1.0);
        (right / found.max(1.0), f1)
    };
    let Some(&none) = truth.first() else {
        return Vec::new();
    };
    let mut measured = Vec::new();
    for &least in thresholds {
        let (mut right, mut found) = (0.0, 0.0);
        for it in proposals.iter().filter(|it| it.probability >= least) {
            found += 1.0;
            right += f64::from(u8::from(truth[it.a] == truth[it.b]));
        }
        let clusters = Clusters::with_rule(truth.len(), &[], proposals, least);
        let taken = count(&|it| (clusters.of[it], none));
        let both = count(&|it| (clusters.of[it], truth[it]));
        println!("at {least:<8}  pairs: {}", figures(right, found, all));
        println!("             clusters: {}", figures(both, taken, all));
        measured.push(Measured {
            least,
            pairs: short(right, found),
            clusters: short(both, taken),
        });
    }
    measured
}

/// How right it is to take records together, pair by pair; `of` is what stands for each record's set.
#[allow(dead_code, reason = "not every example joins")]
pub fn joined<T: Ord + Copy>(truth: &[T], of: &[usize]) -> String {
    fn pairs<K: Ord>(keys: impl Iterator<Item = K>) -> f64 {
        let mut sizes: BTreeMap<K, f64> = BTreeMap::new();
        keys.for_each(|key| *sizes.entry(key).or_default() += 1.0);
        sizes.values().map(|it| it * (it - 1.0) / 2.0).sum()
    }
    let both = pairs(of.iter().zip(truth));
    figures(both, pairs(of.iter()), pairs(truth.iter()))
}
