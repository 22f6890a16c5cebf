//! Which claims are about the same thing.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use svodka_model::{Account, Certainty, Said, SmolStr};
use svodka_pack::{Agreement, Likeness};

use crate::days::{self, Days};
use crate::number::Amount;

/// Of how many things in one role at most a claim can be known: a list of hundreds is no way to know anything.
const FILLERS: usize = 24;

/// A claim by its report's number and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The report.
    pub report: i64,
    /// The place of the claim in it.
    pub ordinal: usize,
}

/// What must be asked for to find what a claim may be compared with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct About {
    /// The kind.
    pub kind: SmolStr,
    /// The things that all have a part in it.
    pub things: Vec<i64>,
    /// Not before this day.
    pub first: Option<Date>,
    /// Not after this day.
    pub last: Option<Date>,
}

/// What a claim is about: its kind, by which roles, and who or what plays them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    kind: usize,
    roles: usize,
    things: [i64; 3],
}

/// A claim made ready to be compared.
#[derive(Debug, Clone)]
pub(crate) struct Ready {
    account: usize,
    claim: usize,
    /// By its place in the table.
    pub kind: usize,
    pub days: Days,
    /// The date that it gives itself.
    pub own: Option<Days>,
    /// What it says, by the roles and fields that the kind names for that, in their order.
    pub values: Vec<String>,
    /// Those that exclude each other, in the order of the table.
    pub exclusive: Vec<String>,
    /// Its numbers, by the roles that the kind names for that.
    pub amounts: Vec<Option<Amount>>,
    /// What its numbers are of; nothing if it does not say.
    pub of: Option<Vec<String>>,
    /// Whether it names only somebody by a name that others may share, and so can be compared only within its report.
    bare: bool,
    /// Whether its date only says that it was at some time within a longer one.
    pub vague: bool,
    /// Whether something may be compared with it at all: it is neither rejected nor left open.
    pub counts: bool,
}

/// The claims of many reports, lined up.
#[derive(Debug)]
pub struct Lineup<'a> {
    agreement: &'a Agreement,
    accounts: Vec<&'a Account>,
    /// By account, where its claims begin.
    begins: Vec<usize>,
    ready: Vec<Ready>,
    /// What claims are about, with the claims that are, in order.
    about: Vec<(Key, usize)>,
    /// By claim, its places in `about`.
    keys: Vec<Range<usize>>,
    /// `about` in the order of claims.
    by_claim: Vec<(usize, Key)>,
}

impl<'a> Lineup<'a> {
    /// Lines up what reports say; in which order they are given does not matter.
    pub fn new(agreement: &'a Agreement, accounts: &'a [Account]) -> Lineup<'a> {
        let mut accounts: Vec<&Account> = accounts.iter().collect();
        accounts.sort_by_key(|account| account.report);
        accounts.dedup_by_key(|account| account.report);
        let mut lineup = Lineup {
            agreement,
            accounts,
            begins: Vec::new(),
            ready: Vec::new(),
            about: Vec::new(),
            keys: Vec::new(),
            by_claim: Vec::new(),
        };
        for account in 0..lineup.accounts.len() {
            lineup.begins.push(lineup.ready.len());
            for claim in 0..lineup.accounts[account].claims.len() {
                lineup.add(account, claim);
            }
        }
        lineup.about.sort_unstable();
        lineup
    }

    fn add(&mut self, account: usize, claim: usize) {
        let (told, agreement) = (self.accounts[account], self.agreement);
        let said = &told.claims[claim];
        let index = self.ready.len();
        let begin = self.by_claim.len();
        let known = agreement.kinds.get_full(&said.kind);
        let ready = known.and_then(|(kind, _, likeness)| {
            let ready = Ready::of(agreement, told, said, kind, likeness)?;
            Some(Ready {
                account,
                claim,
                ..ready
            })
        });
        let ready = match (ready, known) {
            (Some(mut ready), Some((kind, _, likeness))) => {
                let mut found = keys(said, kind, likeness);
                // Where one way to know it names more than a bare name, the others are not needed.
                if found.iter().any(|(_, bare)| !bare) {
                    found.retain(|(_, bare)| !bare);
                } else {
                    ready.bare = true;
                }
                found.sort_unstable();
                found.dedup();
                for (key, _) in found {
                    self.by_claim.push((index, key));
                    self.about.push((key, index));
                }
                ready
            }
            _ => Ready::alone(account, claim),
        };
        self.keys.push(begin..self.by_claim.len());
        self.ready.push(ready);
    }

    /// What these claims are about, for whoever keeps other reports; nothing of claims that can be compared within their own alone.
    pub fn about(&self, claims: &BTreeSet<At>) -> BTreeSet<About> {
        let mut found = BTreeSet::new();
        for index in claims.iter().filter_map(|&at| self.find(at)) {
            let Some(likeness) = self.likeness(index) else {
                continue;
            };
            // With claims of other reports it is not compared.
            if self.ready[index].bare || !self.ready[index].counts {
                continue;
            }
            let days = self.ready[index].days;
            let slack = likeness.days + 2 * self.agreement.dates.approximate;
            for (_, key) in &self.by_claim[self.keys[index].clone()] {
                let roles = likeness.about.get(key.roles).map_or(0, Vec::len);
                found.insert(About {
                    kind: self.claim(index).1.kind.clone(),
                    things: key.things[..roles.min(3)].to_vec(),
                    first: days::date(days.first, -slack),
                    last: days::date(days.last, slack),
                });
            }
        }
        found
    }

    /// How many claims there are.
    pub(crate) fn len(&self) -> usize {
        self.ready.len()
    }

    pub(crate) fn agreement(&self) -> &'a Agreement {
        self.agreement
    }

    /// A claim and its report.
    pub(crate) fn claim(&self, index: usize) -> (&'a Account, &'a Said) {
        let ready = &self.ready[index];
        let account = self.accounts[ready.account];
        (account, &account.claims[ready.claim])
    }

    pub(crate) fn ready(&self, index: usize) -> &Ready {
        &self.ready[index]
    }

    pub(crate) fn likeness(&self, index: usize) -> Option<&'a Likeness> {
        let (_, likeness) = self.agreement.kinds.get_index(self.ready[index].kind)?;
        Some(likeness)
    }

    pub(crate) fn at(&self, index: usize) -> At {
        let (account, said) = self.claim(index);
        At {
            report: account.report,
            ordinal: said.ordinal,
        }
    }

    /// By which of two claims was told first: by the days of their reports, then by their numbers.
    pub(crate) fn told(&self, index: usize) -> impl Ord + use<> {
        let (account, said) = self.claim(index);
        let day = account.last.or(account.first);
        (day.is_none(), day, account.report, said.ordinal)
    }

    /// Where a claim stands; `None` if it is not among those lined up.
    pub(crate) fn find(&self, at: At) -> Option<usize> {
        let account = self
            .accounts
            .partition_point(|account| account.report < at.report);
        let begin = self.begins.get(account).copied()?;
        let account = self
            .accounts
            .get(account)
            .filter(|account| account.report == at.report)?;
        let claim = account
            .claims
            .iter()
            .position(|claim| claim.ordinal == at.ordinal)?;
        Some(begin + claim)
    }

    /// Sets of claims about the same, each with what they are about; those of one claim are left out.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = &[(Key, usize)]> {
        self.about
            .chunk_by(|(a, _), (b, _)| a == b)
            .filter(|block| block.len() > 1)
    }

    /// The claims that are about the same as this one, itself included if anything is known of that, in order.
    pub(crate) fn beside(&self, index: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for (_, key) in &self.by_claim[self.keys[index].clone()] {
            let from = self.about.partition_point(|(other, _)| other < key);
            let same = self.about[from..]
                .iter()
                .take_while(|(other, _)| other == key);
            found.extend(same.map(|(_, claim)| *claim));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether two claims that are about the same may be compared: neither is known by a shared name alone, unless in one report.
    pub(crate) fn comparable(&self, a: usize, b: usize) -> bool {
        let (one, other) = (&self.ready[a], &self.ready[b]);
        one.counts
            && other.counts
            && a != b
            && (one.account == other.account || !(one.bare || other.bare))
    }

    /// Whether two claims name just the same things for one of the ways to know them: what is said of two together is not said of one.
    pub(crate) fn same_things(&self, a: usize, b: usize) -> bool {
        let of = |claim: usize, roles: usize| {
            let keys = self.by_claim[self.keys[claim].clone()].iter();
            keys.filter(move |(_, key)| key.roles == roles)
                .map(|(_, key)| key)
        };
        let mut ways = self.by_claim[self.keys[a].clone()]
            .iter()
            .map(|(_, key)| key.roles);
        ways.any(|roles| of(a, roles).eq(of(b, roles)))
    }

    /// Whether a claim is known by more than one thing.
    pub(crate) fn known_by_several(&self, claim: usize) -> bool {
        let mut keys = self.by_claim[self.keys[claim].clone()].iter();
        keys.any(|(_, key)| key.things[1] != 0)
    }

    /// Whether two claims about the same say the same.
    pub(crate) fn agrees(&self, a: usize, b: usize) -> bool {
        let (one, other) = (&self.ready[a], &self.ready[b]);
        self.comparable(a, b)
            && one.days.overlaps(other.days)
            && self.claim(a).1.polarity == self.claim(b).1.polarity
            && one.values == other.values
            && one.exclusive == other.exclusive
            && self.same_numbers(one, other)
    }

    fn same_numbers(&self, one: &Ready, other: &Ready) -> bool {
        let both = one.amounts.iter().zip(&other.amounts);
        let differ = both
            .filter_map(|(a, b)| Some((a.as_ref()?, b.as_ref()?)))
            .any(|(a, b)| a.unit != b.unit || a.excludes(b, &self.agreement.numbers));
        !differ && (one.amounts.iter().all(Option::is_none) || one.of == other.of)
    }
}

impl Ready {
    fn of(
        agreement: &Agreement,
        account: &Account,
        said: &Said,
        kind: usize,
        likeness: &Likeness,
    ) -> Option<Ready> {
        if likeness
            .ignore
            .iter()
            .any(|(name, value)| words(said, name) == *value)
        {
            return None;
        }
        let days = days::of(account, said, likeness, agreement)?;
        let amounts = likeness.numbers.iter().map(|role| {
            let fillers = said.roles.get(role).map_or(&[][..], Vec::as_slice);
            // Of several numbers none is the number.
            match fillers {
                [one] => Amount::of(one, &agreement.numbers),
                _ => None,
            }
        });
        let of: Vec<String> = likeness
            .equal
            .iter()
            .map(|role| words(said, role))
            .collect();
        let exclusive = likeness.exclusive.keys();
        let own = days::own(said, agreement);
        Some(Ready {
            account: 0,
            claim: 0,
            kind,
            days,
            vague: own.is_some() && !days.within(likeness.days),
            own,
            values: likeness
                .values
                .iter()
                .filter(|name| !likeness.exclusive.contains_key(*name))
                .map(|name| words(said, name))
                .collect(),
            exclusive: exclusive.map(|name| words(said, name)).collect(),
            amounts: amounts.collect(),
            of: of
                .first()
                .is_none_or(|words| !words.is_empty())
                .then_some(of),
            bare: false,
            counts: !said.rejected && said.certainty != Certainty::Unestablished,
        })
    }

    /// A claim that is compared with nothing.
    fn alone(account: usize, claim: usize) -> Ready {
        Ready {
            account,
            claim,
            kind: usize::MAX,
            days: Days::ALL,
            own: None,
            values: Vec::new(),
            exclusive: Vec::new(),
            amounts: Vec::new(),
            of: None,
            bare: true,
            vague: false,
            counts: false,
        }
    }
}

/// What fills a role or a field, as one string in lower case that does not depend on order.
pub(crate) fn words(said: &Said, name: &SmolStr) -> String {
    let fold = |text: &str| {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        words.join(" ")
    };
    if let Some(value) = said.fields.get(name) {
        return fold(value);
    }
    let fillers = said.roles.get(name).map_or(&[][..], Vec::as_slice);
    let mut all: Vec<String> = fillers
        .iter()
        .map(|filler| match filler.thing {
            Some(thing) => format!("{}", thing.number),
            None => fold(&filler.text),
        })
        .collect();
    all.sort_unstable();
    all.join("; ")
}

/// What a claim is about, in every way in which its kind can be known, and whether that is only bare names.
fn keys(said: &Said, kind: usize, likeness: &Likeness) -> Vec<(Key, bool)> {
    let mut found = Vec::new();
    for (roles, names) in likeness.about.iter().enumerate() {
        let mut ways: Vec<([i64; 3], bool)> = vec![([0; 3], true)];
        for (place, role) in names.iter().enumerate() {
            let fillers = said.roles.get(role).map_or(&[][..], Vec::as_slice);
            let things: Vec<_> = fillers.iter().filter_map(|filler| filler.thing).collect();
            if things.len() > FILLERS {
                ways.clear();
            }
            let with = |(way, bare): &([i64; 3], bool)| {
                let (way, bare) = (*way, *bare);
                let extended = things.iter().map(move |thing| {
                    let mut way = way;
                    if let Some(slot) = way.get_mut(place) {
                        *slot = thing.number;
                    }
                    (way, bare && thing.bare)
                });
                extended.collect::<Vec<_>>()
            };
            ways = ways.iter().flat_map(with).collect();
        }
        for (mut things, bare) in ways {
            let filled = &mut things[..names.len().min(3)];
            if likeness.mutual {
                filled.sort_unstable();
            }
            // Something and itself are no pair.
            if filled.windows(2).any(|pair| pair[0] == pair[1]) {
                continue;
            }
            found.push((
                Key {
                    kind,
                    roles,
                    things,
                },
                bare,
            ));
        }
    }
    found
}
