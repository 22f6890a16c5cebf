//! Sets of characters, as a regular expression names them.

use crate::unicode;

/// The characters that one place of an expression admits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CharSet {
    /// One bit for each ASCII character.
    ascii: u128,
    /// The other characters, as sorted ranges that do not touch.
    ranges: Vec<(char, char)>,
    /// Kinds of characters besides those listed.
    kinds: Vec<Kind>,
    negated: bool,
}

/// A kind of characters that has an escape of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Decimal,
    Space,
    Word,
    NotDecimal,
    NotSpace,
    NotWord,
}

impl Kind {
    /// The kind with the escape `\letter`.
    pub(super) fn escaped(letter: char) -> Option<Self> {
        Some(match letter {
            'd' => Self::Decimal,
            's' => Self::Space,
            'w' => Self::Word,
            'D' => Self::NotDecimal,
            'S' => Self::NotSpace,
            'W' => Self::NotWord,
            _ => return None,
        })
    }

    fn admits(self, c: char) -> bool {
        match self {
            Self::Decimal => unicode::is_decimal(c),
            Self::Space => unicode::is_space(c),
            Self::Word => unicode::is_word(c),
            Self::NotDecimal => !unicode::is_decimal(c),
            Self::NotSpace => !unicode::is_space(c),
            Self::NotWord => !unicode::is_word(c),
        }
    }
}

impl CharSet {
    /// The set of `c` alone.
    pub(super) fn single(c: char) -> Self {
        Self::of([(c, c)], [], false)
    }

    /// All characters of a kind.
    pub(super) fn kind(kind: Kind) -> Self {
        Self::of([], [kind], false)
    }

    /// The characters in `ranges` and of `kinds`, or all others if `negated`.
    pub(super) fn of(
        ranges: impl IntoIterator<Item = (char, char)>,
        kinds: impl IntoIterator<Item = Kind>,
        negated: bool,
    ) -> Self {
        let mut set = Self {
            negated,
            kinds: kinds.into_iter().collect(),
            ..Self::default()
        };
        let mut ranges: Vec<_> = ranges.into_iter().collect();
        ranges.sort_unstable();
        for (first, last) in ranges {
            let mut c = first as u32;
            while c <= last as u32 && c < 128 {
                set.ascii |= 1 << c;
                c += 1;
            }
            let first = first.max('\u{80}');
            if first > last {
                continue;
            }
            match set.ranges.last_mut() {
                Some((_, end)) if first as u32 <= *end as u32 + 1 => *end = last.max(*end),
                _ => set.ranges.push((first, last)),
            }
        }
        set
    }

    /// Whether `c` is in the set.
    pub(super) fn contains(&self, c: char) -> bool {
        let listed = if c.is_ascii() {
            self.ascii & (1 << (c as u32)) != 0
        } else {
            let behind = self.ranges.partition_point(|&(first, _)| first <= c);
            behind > 0 && c <= self.ranges[behind - 1].1
        };
        (listed || self.kinds.iter().any(|kind| kind.admits(c))) != self.negated
    }

    /// The only character of the set, if it was made of one.
    pub(super) fn only(&self) -> Option<char> {
        if self.negated || !self.kinds.is_empty() {
            return None;
        }
        match self.ranges[..] {
            [] if self.ascii.count_ones() == 1 => {
                Some(char::from(self.ascii.trailing_zeros() as u8))
            }
            [(first, last)] if self.ascii == 0 && first == last => Some(first),
            _ => None,
        }
    }

    /// Whether a character outside ASCII may be in the set.
    pub(super) fn reaches_beyond_ascii(&self) -> bool {
        self.negated || !self.kinds.is_empty() || !self.ranges.is_empty()
    }
}
