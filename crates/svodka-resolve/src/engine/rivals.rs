//! Of several candidates only one can be right.

use std::collections::BTreeMap;

use super::model::Proposal;

/// The likeliest rival of a proposal on one side, [`NOBODY`] if it has none, and its odds. There are millions of them.
type Rival = (u32, f32);

/// No rival.
const NOBODY: u32 = u32::MAX;

/// What the odds of proposals are shared with: of several candidates for one record only one can be right.
pub struct Rivals {
    /// For each proposal, in their order, the likeliest rival of each of its two records.
    against: Vec<[Rival; 2]>,
}

impl Rivals {
    /// Of two candidates for one record only one can be right if their names contradict or one report has both. `reports` and
    /// `names` are numbers of each record's.
    pub fn among(
        likely: &[Proposal],
        reports: &[u32],
        names: &[u32],
        contradict: &mut impl FnMut(u32, u32) -> bool,
    ) -> Rivals {
        let mut against: Vec<[Rival; 2]> = vec![[(NOBODY, 0.0); 2]; likely.len()];
        let (starts, of_record) = by_record(likely, reports.len());
        for record in 0..reports.len() {
            let candidates = &of_record[starts[record]..starts[record + 1]];
            // The likeliest of each name, and the two likeliest of each report.
            let mut of_name: BTreeMap<u32, (u32, f64)> = BTreeMap::new();
            let mut of_report: BTreeMap<u32, [(u32, f64); 2]> = BTreeMap::new();
            let candidate = |at: u32| {
                let it = &likely[at as usize];
                let side = usize::from(it.a != record);
                let other = if side == 0 { it.b } else { it.a };
                let odds = it.probability / (1.0 - it.probability).max(1e-12);
                (side, u32::try_from(other).unwrap_or(u32::MAX), odds)
            };
            for &at in candidates {
                let (_, other, odds) = candidate(at);
                let name = of_name
                    .entry(names[other as usize])
                    .or_insert((other, odds));
                if odds > name.1 {
                    *name = (other, odds);
                }
                let none = (NOBODY, 0.0);
                let report = of_report
                    .entry(reports[other as usize])
                    .or_insert([none; 2]);
                if odds > report[0].1 {
                    *report = [(other, odds), report[0]];
                } else if odds > report[1].1 {
                    report[1] = (other, odds);
                }
            }
            for &at in candidates {
                let (side, other, odds) = candidate(at);
                let name = names[other as usize];
                let mut worst = (NOBODY, 0.0);
                for (&rival, &it) in &of_name {
                    if it.1 > worst.1 && contradict(name, rival) {
                        worst = it;
                    }
                }
                let report = of_report[&reports[other as usize]];
                let beside = if report[0].0 == other {
                    report[1]
                } else {
                    report[0]
                };
                if beside.0 != other && beside.1 > worst.1 {
                    worst = beside;
                }
                if worst.0 != NOBODY && worst.1 > odds * 0.01 {
                    against[at as usize][side] = (worst.0, worst.1 as f32);
                }
            }
        }
        Rivals { against }
    }

    /// How probable the proposal at a place is beside its rivals.
    pub fn shared(&self, at: usize, it: &Proposal) -> f64 {
        let odds = it.probability / (1.0 - it.probability).max(1e-12);
        let beside: f64 = self.against[at].iter().map(|it| f64::from(it.1)).sum();
        odds / (1.0 + odds + beside)
    }

    /// The rivals of the proposal at a place, by their records.
    pub fn of(&self, at: usize) -> Vec<usize> {
        let mut records: Vec<usize> = self.against[at]
            .iter()
            .filter(|it| it.0 != NOBODY)
            .map(|it| it.0 as usize)
            .collect();
        records.sort_unstable();
        records.dedup();
        records
    }
}

/// The places of the proposals that each record is in, one record's behind the other's, and where each record's begin.
fn by_record(likely: &[Proposal], records: usize) -> (Vec<usize>, Vec<u32>) {
    let mut starts = vec![0; records + 1];
    for it in likely {
        starts[it.a + 1] += 1;
        starts[it.b + 1] += 1;
    }
    for record in 0..records {
        starts[record + 1] += starts[record];
    }
    let mut next = starts.clone();
    let mut of_record = vec![0; 2 * likely.len()];
    for (at, it) in likely.iter().enumerate() {
        for record in [it.a, it.b] {
            of_record[next[record]] = u32::try_from(at).unwrap_or(u32::MAX);
            next[record] += 1;
        }
    }
    (starts, of_record)
}
