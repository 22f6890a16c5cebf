//! A person's name in its parts, and whether two of them can be one person's.

use svodka_pack::NameWords;

use super::page::{Kind, Word};

/// Surname and forenames as far as they are given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PersonName {
    surname: Option<String>,
    /// Given names and patronymics in order; an initial is one letter (or two, as "ya").
    forenames: Vec<String>,
    /// The spelling of the whole, for exact comparison.
    whole: String,
}

/// How two names go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// Nothing in them speaks against one person, and they share a name.
    Same,
    /// They have nothing in common.
    Strange,
    /// They cannot be one person's.
    Contradicts,
}

impl PersonName {
    pub fn read(words: &[Word], inverted: bool, pack: &NameWords) -> PersonName {
        let parts: Vec<&Word> = words
            .iter()
            .filter(|word| word.kind < Kind::Possessive)
            .collect();
        let whole = parts
            .iter()
            .map(|word| word.fold.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let letters = |word: &Word| -> Vec<String> {
            if word.kind == Kind::Initial && !pack.dotted_given.contains(&word.lower) {
                word.fold
                    .split(['.', '-'])
                    .filter(|part| !part.is_empty())
                    .map(str::to_owned)
                    .collect()
            } else {
                vec![word.fold.clone()]
            }
        };
        let given = |word: &Word| pack.tables.given.contains(&word.fold);
        let last_initial = parts.last().is_some_and(|word| word.kind == Kind::Initial);
        let (surname, forenames): (Option<String>, Vec<&Word>) = match parts.as_slice() {
            [] => (None, Vec::new()),
            all if all.iter().all(|word| word.kind == Kind::Initial) => (None, all.to_vec()),
            [only] if given(only) => (None, vec![only]),
            [first, rest @ ..] if inverted || last_initial => {
                (Some(first.fold.clone()), rest.to_vec())
            }
            all => {
                // A second surname in Spanish style counts as part of the first.
                let cut = all
                    .iter()
                    .position(|word| {
                        !given(word) && word.kind != Kind::Initial && !patronymic(word, pack)
                    })
                    .unwrap_or(all.len() - 1);
                let cut = if cut == 0 && all.len() > 1 && all[0].kind == Kind::Initial {
                    all.len() - 1
                } else {
                    cut
                };
                let surname = all[cut..]
                    .iter()
                    .map(|word| word.fold.as_str())
                    .collect::<Vec<_>>()
                    .join(" ");
                (Some(surname), all[..cut].to_vec())
            }
        };
        PersonName {
            surname,
            forenames: forenames.into_iter().flat_map(letters).collect(),
            whole,
        }
    }

    /// A name of these parts.
    #[cfg(test)]
    pub fn of(surname: Option<String>, forenames: Vec<String>) -> PersonName {
        let parts = forenames.iter().chain(&surname).cloned();
        PersonName {
            whole: parts.collect::<Vec<String>>().join(" "),
            surname,
            forenames,
        }
    }

    /// More of a name is fuller.
    pub fn fullness(&self) -> usize {
        let forenames: usize = self
            .forenames
            .iter()
            .map(|name| if name.len() > 2 { 3 } else { 1 })
            .sum();
        usize::from(self.surname.is_some()) * 4 * usize::from(!self.forenames.is_empty())
            + forenames
            + usize::from(self.surname.is_some())
    }

    pub fn forms(&self) -> &str {
        &self.whole
    }

    pub fn surname(&self) -> Option<&str> {
        self.surname.as_deref()
    }

    pub fn forenames(&self) -> &[String] {
        &self.forenames
    }

    /// Whether one of the two is an assumed name that need not resemble the other.
    pub fn may_be_alias(&self, other: &PersonName) -> bool {
        self.forenames.is_empty()
            || other.forenames.is_empty()
            || self.surname.is_none()
            || other.surname.is_none()
    }

    pub fn fit(&self, other: &PersonName) -> Fit {
        if self.whole == other.whole {
            return Fit::Same;
        }
        match (&self.surname, &other.surname) {
            (Some(a), Some(b)) => {
                let same = a == b
                    || a.split(' ').next() == Some(b.as_str())
                    || b.split(' ').next() == Some(a.as_str())
                    || a.split(' ').next_back() == Some(b.as_str())
                    || b.split(' ').next_back() == Some(a.as_str());
                if !same {
                    return Fit::Contradicts;
                }
                agree(&self.forenames, &other.forenames)
            }
            (None, None) => {
                if self.forenames.len() == other.forenames.len()
                    && agree(&self.forenames, &other.forenames) == Fit::Same
                    && self.forenames.len() > 1
                {
                    Fit::Same
                } else {
                    Fit::Strange
                }
            }
            (None, Some(surname)) => alone(&self.forenames, &other.forenames, surname),
            (Some(surname), None) => alone(&other.forenames, &self.forenames, surname),
        }
    }
}

fn patronymic(word: &Word, pack: &NameWords) -> bool {
    pack.patronymics
        .iter()
        .any(|end| word.fold.len() > end.len() + 3 && word.fold.ends_with(end.as_str()))
}

/// A given name standing alone is that of a person whose given name is written out; three initials or more
/// are those of one whose names begin so.
fn alone(alone: &[String], full: &[String], surname: &str) -> Fit {
    if alone.len() >= 3 && alone.len() == full.len() + 1 && alone.iter().all(|name| name.len() == 1)
    {
        let fits = alone
            .iter()
            .zip(full.iter().map(String::as_str).chain([surname]))
            .all(|(letter, name)| name.starts_with(letter.as_str()));
        return if fits { Fit::Same } else { Fit::Strange };
    }
    match (alone.first(), full.first()) {
        (Some(a), Some(b)) if alone.len() == 1 && a.len() > 2 && a == b => Fit::Same,
        _ => Fit::Strange,
    }
}

/// Forenames agree if those that both have begin alike, in order.
fn agree(a: &[String], b: &[String]) -> Fit {
    let fits = |a: &String, b: &String| {
        a == b
            || (a.len() <= 2 && b.starts_with(a.as_str()))
            || (b.len() <= 2 && a.starts_with(b.as_str()))
    };
    if a.iter().zip(b).all(|(a, b)| fits(a, b)) {
        Fit::Same
    } else {
        Fit::Contradicts
    }
}
