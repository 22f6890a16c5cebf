//! Of several candidates only one can be right.

use std::collections::BTreeMap;

use super::model::Proposal;

/// What the odds of proposals are shared with: of several candidates for one record only one can be right.
pub struct Rivals {
    /// For each proposal, by its records, the likeliest rival and its odds.
    against: hashbrown::HashMap<(u32, u32), (u32, f64)>,
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
        let mut candidates: Vec<Vec<(u32, f64)>> = vec![Vec::new(); reports.len()];
        for it in likely {
            let odds = it.probability / (1.0 - it.probability).max(1e-12);
            candidates[it.a].push((u32::try_from(it.b).unwrap_or(u32::MAX), odds));
            candidates[it.b].push((u32::try_from(it.a).unwrap_or(u32::MAX), odds));
        }
        let mut against: hashbrown::HashMap<(u32, u32), (u32, f64)> = hashbrown::HashMap::new();
        for (unit, candidates) in candidates.iter().enumerate() {
            let unit = u32::try_from(unit).unwrap_or(u32::MAX);
            // The likeliest of each name, and the two likeliest of each report.
            let mut of_name: BTreeMap<u32, (u32, f64)> = BTreeMap::new();
            let mut of_report: BTreeMap<u32, [(u32, f64); 2]> = BTreeMap::new();
            for &(other, odds) in candidates {
                let name = of_name
                    .entry(names[other as usize])
                    .or_insert((other, odds));
                if odds > name.1 {
                    *name = (other, odds);
                }
                let none = (u32::MAX, 0.0);
                let report = of_report
                    .entry(reports[other as usize])
                    .or_insert([none; 2]);
                if odds > report[0].1 {
                    *report = [(other, odds), report[0]];
                } else if odds > report[1].1 {
                    report[1] = (other, odds);
                }
            }
            for &(other, odds) in candidates {
                let name = names[other as usize];
                let mut worst = (u32::MAX, 0.0);
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
                if worst.0 != u32::MAX && worst.1 > odds * 0.01 {
                    against.insert((unit, other), worst);
                }
            }
        }
        Rivals { against }
    }

    fn pair(it: &Proposal) -> [(u32, u32); 2] {
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        [(number(it.a), number(it.b)), (number(it.b), number(it.a))]
    }

    /// How probable a proposal is beside its rivals.
    pub fn shared(&self, it: &Proposal) -> f64 {
        let odds = it.probability / (1.0 - it.probability).max(1e-12);
        let beside = Rivals::pair(it).map(|key| self.against.get(&key).map_or(0.0, |it| it.1));
        odds / (1.0 + odds + beside[0] + beside[1])
    }

    /// The rivals of a proposal, by their records.
    pub fn of(&self, it: &Proposal) -> Vec<usize> {
        let found = Rivals::pair(it)
            .into_iter()
            .filter_map(|key| self.against.get(&key));
        let mut units: Vec<usize> = found.map(|it| it.0 as usize).collect();
        units.sort_unstable();
        units.dedup();
        units
    }
}
