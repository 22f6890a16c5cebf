//! What cannot both hold: that it is so and that it is not, values that exclude each other, numbers, dates.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashSet;
use jiff::civil::Date;
use svodka_model::{Certainty, Polarity, SmolStr};
use svodka_pack::Likeness;

use crate::lineup::{At, Lineup};
use crate::number::Amount;
use crate::support::Support;

/// Two claims that cannot both hold, with those that stand beside each.
#[derive(Debug, Clone, PartialEq)]
pub struct Contradiction {
    /// The kind of both.
    pub kind: SmolStr,
    /// In what they contradict each other; of two values, the first is that of the first side.
    pub slot: Slot,
    /// How clear it is: the clearer, the smaller.
    pub weight: u32,
    /// Who says what: the side of the report that was written first stands first.
    pub sides: [Side; 2],
}

/// One side of a contradiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The claim that is quoted.
    pub claim: At,
    /// Who stands on this side, by independent witnesses.
    pub support: Support,
}

/// In what claims contradict each other.
#[derive(Debug, Clone, PartialEq)]
pub enum Slot {
    /// One says that it is so, the other that it is not.
    Denial,
    /// A role or field has values that exclude each other.
    Value {
        /// Which.
        name: SmolStr,
        /// Both values.
        values: [String; 2],
    },
    /// Numbers that lie apart.
    Number {
        /// The role.
        role: SmolStr,
        /// Both numbers.
        amounts: [Amount; 2],
    },
    /// Dates of what happens once.
    Date,
}

/// Which contradictions are wanted; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Between claims of this kind.
    pub kind: Option<SmolStr>,
    /// In which this thing plays a part on either side.
    pub thing: Option<i64>,
    /// Of what may have been on this day or later.
    pub from: Option<Date>,
    /// Of what may have been on this day or earlier.
    pub to: Option<Date>,
    /// Between these two reports.
    pub between: Option<(i64, i64)>,
    /// Not more than so many; 0 for all.
    pub limit: usize,
}

/// In what, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Clash {
    Denial,
    Value(usize),
    Number(usize),
    Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    /// The weightier the smaller.
    weight: u32,
    a: usize,
    b: usize,
    clash: Clash,
}

impl Contradiction {
    /// Where it stands among those of other kinds: the clearest first, then by the places of its claims.
    pub fn place(&self) -> (u32, At, At) {
        let [a, b] = &self.sides;
        (self.weight, a.claim.min(b.claim), a.claim.max(b.claim))
    }
}

impl Lineup<'_> {
    /// The contradictions within reach, the clearest first, and how many there are. Claims that stand together against others are told once.
    pub fn contradictions(&self, reach: &Reach) -> (Vec<Contradiction>, usize) {
        let mut pairs = self.pairs(reach);
        pairs.sort_unstable();
        let mut against: BTreeMap<(usize, Clash), Vec<usize>> = BTreeMap::new();
        for pair in &pairs {
            against
                .entry((pair.a, pair.clash))
                .or_default()
                .push(pair.b);
            against
                .entry((pair.b, pair.clash))
                .or_default()
                .push(pair.a);
        }
        let mut told: HashSet<(usize, usize, Clash)> = HashSet::new();
        let (mut found, mut number) = (Vec::new(), 0);
        for Pair {
            a,
            b,
            clash,
            weight,
        } in pairs
        {
            if told.contains(&(a, b, clash)) {
                continue;
            }
            let beside = |claim: usize, other: usize| {
                let opposed = against.get(&(other, clash)).map_or(&[][..], Vec::as_slice);
                let with = opposed.iter().copied();
                let mut side: Vec<usize> = with
                    .filter(|&it| it == claim || self.agrees(it, claim))
                    .collect();
                side.sort_unstable();
                side
            };
            let (one, other) = (beside(a, b), beside(b, a));
            for &x in &one {
                told.extend(other.iter().map(|&y| (x.min(y), x.max(y), clash)));
            }
            number += 1;
            if reach.limit == 0 || found.len() < reach.limit {
                found.push(Contradiction {
                    weight,
                    ..self.contradiction((a, &one), (b, &other), clash)
                });
            }
        }
        (found, number)
    }

    fn contradiction(
        &self,
        a: (usize, &[usize]),
        b: (usize, &[usize]),
        clash: Clash,
    ) -> Contradiction {
        let (a, b) = if self.told(b.0) < self.told(a.0) {
            (b, a)
        } else {
            (a, b)
        };
        let side = |(claim, with): (usize, &[usize])| Side {
            claim: self.at(claim),
            support: self.witnesses(with),
        };
        let (one, other) = (self.ready(a.0), self.ready(b.0));
        let name = |names: Option<&SmolStr>| names.cloned().unwrap_or_default();
        let likeness = self.likeness(a.0);
        let slot = match clash {
            Clash::Denial => Slot::Denial,
            Clash::Date => Slot::Date,
            Clash::Value(place) => Slot::Value {
                name: name(likeness.and_then(|likeness| likeness.exclusive.keys().nth(place))),
                values: [one.exclusive[place].clone(), other.exclusive[place].clone()],
            },
            Clash::Number(place) => match (&one.amounts[place], &other.amounts[place]) {
                (Some(a), Some(b)) => Slot::Number {
                    role: name(likeness.and_then(|likeness| likeness.numbers.get(place))),
                    amounts: [a.clone(), b.clone()],
                },
                _ => Slot::Denial,
            },
        };
        Contradiction {
            kind: self.claim(a.0).1.kind.clone(),
            slot,
            weight: 0,
            sides: [side(a), side(b)],
        }
    }

    fn pairs(&self, reach: &Reach) -> Vec<Pair> {
        let wanted: Vec<bool> = (0..self.len())
            .map(|index| self.wanted(index, reach))
            .collect();
        let mut pairs = BTreeSet::new();
        let mut found = Vec::new();
        for block in self.blocks() {
            let first = block[0].1;
            let Some(likeness) = self.likeness(first) else {
                continue;
            };
            let other_kind = reach
                .kind
                .as_ref()
                .is_some_and(|kind| *kind != self.claim(first).1.kind);
            if other_kind || !self.may_differ(block.iter().map(|(_, claim)| *claim), likeness) {
                continue;
            }
            let mut claims: Vec<usize> = block.iter().map(|(_, claim)| *claim).collect();
            claims.retain(|&claim| self.ready(claim).counts);
            claims.sort_by_key(|&claim| (self.ready(claim).days, claim));
            let slack = if likeness.once.is_empty() {
                0
            } else {
                likeness.once_days
            };
            for (place, &a) in claims.iter().enumerate() {
                let until = self.ready(a).days.last.saturating_add(slack);
                for &b in claims[place + 1..]
                    .iter()
                    .take_while(|&&b| self.ready(b).days.first <= until)
                {
                    if !(wanted[a] || wanted[b]) || !self.between(a, b, reach) {
                        continue;
                    }
                    if let Some(clash) = self.clash(a, b, likeness) {
                        found.push((a.min(b), a.max(b), clash));
                    }
                }
            }
            // The same two may be known to be about one thing in several ways.
            if found.len() > 1 << 20 {
                pairs.extend(found.drain(..));
            }
        }
        pairs.extend(found);
        let pairs = pairs.into_iter().map(|(a, b, clash)| Pair {
            weight: self.weight(a, b),
            a,
            b,
            clash,
        });
        pairs.collect()
    }

    /// Whether claims about one thing differ in anything that is compared.
    fn may_differ(&self, claims: impl Iterator<Item = usize>, likeness: &Likeness) -> bool {
        if !likeness.numbers.is_empty() || !likeness.once.is_empty() {
            return true;
        }
        let mut seen = claims.map(|claim| {
            let ready = self.ready(claim);
            (
                self.claim(claim).1.polarity,
                &ready.values,
                &ready.exclusive,
            )
        });
        let first = seen.next();
        seen.any(|other| Some(other) != first)
    }

    fn wanted(&self, index: usize, reach: &Reach) -> bool {
        let (account, said) = self.claim(index);
        let plays = |thing: i64| {
            let fillers = said.roles.values().flatten();
            fillers
                .filter_map(|filler| filler.thing)
                .any(|named| named.number == thing)
        };
        let first = said.first.or(said.last).or(account.first).or(account.last);
        let last = said.last.or(said.first).or(account.last).or(account.first);
        reach.thing.is_none_or(plays)
            && reach
                .from
                .is_none_or(|from| last.is_some_and(|last| last >= from))
            && reach
                .to
                .is_none_or(|to| first.is_some_and(|first| first <= to))
    }

    fn between(&self, a: usize, b: usize, reach: &Reach) -> bool {
        let Some((one, other)) = reach.between else {
            return true;
        };
        let (a, b) = (self.claim(a).0.report, self.claim(b).0.report);
        (a, b) == (one, other) || (b, a) == (one, other)
    }

    /// In what two claims about the same thing contradict each other.
    fn clash(&self, a: usize, b: usize, likeness: &Likeness) -> Option<Clash> {
        let (one, other) = (self.ready(a), self.ready(b));
        let ((account_a, said_a), (account_b, said_b)) = (self.claim(a), self.claim(b));
        // A report that contradicts itself in one voice was most likely misread.
        let one_voice = account_a.report == account_b.report && said_a.sources == said_b.sources;
        if one_voice || one.values != other.values || !self.comparable(a, b) {
            return None;
        }
        let overlap = one.days.overlaps(other.days);
        if said_a.polarity != said_b.polarity {
            let told = likeness.denial && overlap && one.exclusive == other.exclusive;
            return told.then_some(Clash::Denial);
        }
        if said_a.polarity == Polarity::Negative {
            return None;
        }
        if !overlap {
            return self.dates_clash(a, b, likeness).then_some(Clash::Date);
        }
        if one.exclusive != other.exclusive {
            return self.values_clash(a, b, likeness).map(Clash::Value);
        }
        let short = |days: crate::days::Days| {
            days.within(likeness.number_days + 2 * self.agreement().dates.approximate)
        };
        if one.of.is_none()
            || one.of != other.of
            || !short(one.days)
            || !short(other.days)
            || !self.same_things(a, b)
        {
            return None;
        }
        let amounts = one.amounts.iter().zip(&other.amounts);
        let differ = |(a, b): (&Option<Amount>, &Option<Amount>)| matches!((a, b), (Some(a), Some(b)) if a.excludes(b, &self.agreement().numbers));
        amounts
            .map(differ)
            .position(|differ| differ)
            .map(Clash::Number)
    }

    fn dates_clash(&self, a: usize, b: usize, likeness: &Likeness) -> bool {
        let (one, other) = (self.ready(a), self.ready(b));
        let (Some(first), Some(second)) = (one.own, other.own) else {
            return false;
        };
        let once = |index: usize| {
            let (_, said) = self.claim(index);
            likeness.once.iter().any(|values| {
                let mut values = values.iter();
                values.all(|(name, value)| crate::lineup::words(said, name) == *value)
            })
        };
        let near = first
            .apart(second)
            .is_some_and(|days| days <= likeness.once_days);
        near && one.exclusive == other.exclusive && once(a) && once(b)
    }

    fn values_clash(&self, a: usize, b: usize, likeness: &Likeness) -> Option<usize> {
        let (one, other) = (self.ready(a), self.ready(b));
        if one.vague || other.vague {
            return None;
        }
        let mut differ = (0..one.exclusive.len())
            .filter(|&place| one.exclusive[place] != other.exclusive[place]);
        let place = differ.next()?;
        let sets = likeness.exclusive.values().nth(place)?;
        let excluded = sets.iter().any(|set| {
            set.contains(&one.exclusive[place]) && set.contains(&other.exclusive[place])
        });
        (excluded && differ.next().is_none()).then_some(place)
    }

    /// The clearest first: of different reports, about more than one named thing, sure, dated.
    fn weight(&self, a: usize, b: usize) -> u32 {
        let sure = |claim: usize| match self.claim(claim).1.certainty {
            Certainty::Asserted => 0,
            Certainty::Probable => 1,
            Certainty::Possible | Certainty::Unestablished => 2,
        };
        let dated = |claim: usize| u32::from(self.ready(claim).own.is_none());
        let one_report = self.claim(a).0.report == self.claim(b).0.report;
        sure(a)
            + sure(b)
            + dated(a)
            + dated(b)
            + 3 * u32::from(one_report)
            + 2 * u32::from(!self.known_by_several(a))
    }
}
