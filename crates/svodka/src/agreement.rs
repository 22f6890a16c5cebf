//! What stands between a project and the comparing of claims: which reports must be looked at to know on what a claim stands, and
//! what contradicts what.

use std::collections::{BTreeMap, BTreeSet};

use svodka_agree::{At, Contradiction, Lineup, Reach, Support};
use svodka_model::{Account, NameType, SmolStr};
use svodka_pack::Agreement;
use svodka_store::{Reader, Selection, StoreError, Told};

/// Claims of a project with the reports that they must be compared with.
#[derive(Debug)]
pub struct Compared {
    accounts: Vec<Account>,
}

impl Compared {
    /// Of all reports, claims of these kinds.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn all(reader: &Reader, kinds: &BTreeSet<SmolStr>) -> Result<Compared, StoreError> {
        let accounts = reader.accounts_of(None, Some(kinds))?;
        Ok(Compared { accounts })
    }

    /// Of these reports alone.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn of_reports(reader: &Reader, reports: &BTreeSet<i64>) -> Result<Compared, StoreError> {
        let accounts = reader.accounts(Some(reports))?;
        Ok(Compared { accounts })
    }

    /// Of the reports that make these claims, and of those that say something of the same.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn of(
        reader: &Reader,
        agreement: &Agreement,
        claims: &[Told],
    ) -> Result<Compared, StoreError> {
        let reports: BTreeSet<i64> = claims.iter().map(|told| told.report).collect();
        let mut accounts = reader.accounts(Some(&reports))?;
        let wanted: BTreeSet<At> = claims.iter().map(at).collect();
        let lineup = Lineup::new(agreement, &accounts);
        let (mut more, mut kinds) = (BTreeSet::new(), BTreeSet::new());
        for about in lineup.about(&wanted) {
            kinds.insert(about.kind.clone());
            more.extend(reader.reports_claiming(
                &about.kind,
                &about.things,
                about.first,
                about.last,
            )?);
        }
        more.retain(|report| !reports.contains(report));
        // Of other reports, claims of other kinds are compared with none of these.
        accounts.extend(reader.accounts_of(Some(&more), Some(&kinds))?);
        Ok(Compared { accounts })
    }

    /// The claims lined up by a pack's table.
    pub fn lineup<'a>(&'a self, agreement: &'a Agreement) -> Lineup<'a> {
        Lineup::new(agreement, &self.accounts)
    }

    /// What reports say.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }
}

/// Where a claim stands.
pub fn at(told: &Told) -> At {
    At {
        report: told.report,
        ordinal: told.ordinal,
    }
}

/// On what each of these claims stands.
///
/// # Errors
///
/// If the project cannot be read.
pub fn supports(
    reader: &Reader,
    agreement: &Agreement,
    claims: &[Told],
) -> Result<Vec<Support>, StoreError> {
    let compared = Compared::of(reader, agreement, claims)?;
    let lineup = compared.lineup(agreement);
    // What was asked for is among what is lined up; were it not, it would stand on itself.
    let support = |told: &Told| {
        lineup
            .support(at(told))
            .unwrap_or_else(|| Support::alone(at(told)))
    };
    Ok(claims.iter().map(support).collect())
}

/// The contradictions within reach, and how many there are.
///
/// # Errors
///
/// If the project cannot be read.
pub fn contradictions(
    reader: &Reader,
    agreement: &Agreement,
    reach: &Reach,
) -> Result<(Vec<Contradiction>, usize), StoreError> {
    let compared = match reach.between {
        Some((a, b)) => Compared::of_reports(reader, &BTreeSet::from([a, b]))?,
        None => {
            // Claims of different kinds are not compared.
            let known = agreement.kinds.keys();
            let wanted = known.filter(|kind| reach.kind.as_ref().is_none_or(|only| only == *kind));
            Compared::all(reader, &wanted.cloned().collect())?
        }
    };
    Ok(compared.lineup(agreement).contradictions(reach))
}

/// How many claims are compared at once by [`weighed`]: some 100 MB.
const AT_ONCE: u32 = 80_000;

/// All that [`supports`] and [`contradictions`] find in a project.
#[derive(Debug, Default)]
pub struct Weighed {
    /// On how many independent witnesses a claim stands, and how many claims say the same; nothing of those that stand by themselves.
    pub supports: BTreeMap<At, (usize, usize)>,
    /// The contradictions, the clearest first, as many as were wanted.
    pub contradictions: Vec<Contradiction>,
    /// How many there are.
    pub number: usize,
}

/// The same for all claims, for whoever needs the whole: reports are gone through several times, for some kinds of claim each time, so that no more
/// than a part of the claims is in memory at once.
///
/// # Errors
///
/// If the project cannot be read.
pub fn weighed(
    reader: &Reader,
    agreement: &Agreement,
    limit: usize,
) -> Result<Weighed, StoreError> {
    let counts = reader.counts(&Selection::default())?.kinds;
    let mut parts: Vec<(u32, BTreeSet<SmolStr>)> = Vec::new();
    for (kind, count) in counts {
        let kind = SmolStr::new(kind);
        // Claims of a kind that is not compared stand by themselves.
        if !agreement.kinds.contains_key(&kind) {
            continue;
        }
        match parts.last_mut() {
            Some((sum, kinds)) if *sum + count <= AT_ONCE => {
                *sum += count;
                kinds.insert(kind);
            }
            _ => parts.push((count, BTreeSet::from([kind]))),
        }
    }
    let reach = Reach {
        limit,
        ..Reach::default()
    };
    let mut weighed = Weighed::default();
    for (_, kinds) in parts {
        let compared = Compared::all(reader, &kinds)?;
        let lineup = compared.lineup(agreement);
        let (found, number) = lineup.contradictions(&reach);
        weighed.contradictions.extend(found);
        weighed.number += number;
        for account in compared.accounts() {
            for said in &account.claims {
                let at = At {
                    report: account.report,
                    ordinal: said.ordinal,
                };
                if let Some(support) = lineup.support(at)
                    && support.claims.len() > 1
                {
                    let counted = (support.count(), support.claims.len());
                    weighed.supports.insert(at, counted);
                }
            }
        }
    }
    weighed.contradictions.sort_by_key(Contradiction::place);
    if limit > 0 {
        weighed.contradictions.truncate(limit);
    }
    Ok(weighed)
}

/// How many independent sources the claims about each thing of some sort have.
///
/// # Errors
///
/// If the project cannot be read.
pub fn sources(reader: &Reader, kinds: &[NameType]) -> Result<BTreeMap<i64, usize>, StoreError> {
    let chains = reader.chains(kinds)?.into_iter();
    Ok(chains
        .map(|(number, told)| (number, svodka_agree::sources(&told)))
        .collect())
}
