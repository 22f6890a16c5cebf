//! What Python says of characters, where it differs from Rust.
//!
//! Python 3.11 knows Unicode 14. A character that came later is to it no letter, no number, no
//! punctuation and has no lower case, whatever the tables compiled in here say.

use unicode_general_category::{GeneralCategory, get_general_category};

/// Whether Python's `str.isalpha` holds: letters of any kind, but no marks and no letter numbers.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    matches!(
        get_general_category(c),
        GeneralCategory::UppercaseLetter
            | GeneralCategory::LowercaseLetter
            | GeneralCategory::TitlecaseLetter
            | GeneralCategory::ModifierLetter
            | GeneralCategory::OtherLetter
    ) && !is_newer(c)
}

/// Whether Python's `str.isupper` holds for the character alone.
pub(crate) fn is_upper(c: char) -> bool {
    c.is_uppercase() && !is_newer(c)
}

/// Whether `\d` of Python's `re` matches: decimal digits of any script.
pub(crate) fn is_decimal(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    get_general_category(c) == GeneralCategory::DecimalNumber && !is_newer(c)
}

/// Whether Python's `str.isdigit` holds: decimal digits, and digits in circles, brackets or indices.
pub(crate) fn is_digit(c: char) -> bool {
    is_decimal(c) || (!c.is_ascii() && is_dressed_digit(c))
}

/// Whether the numeric type of a character is "digit". Unicode gives the type to no further ones.
fn is_dressed_digit(c: char) -> bool {
    matches!(c,
        '\u{b2}' | '\u{b3}' | '\u{b9}'
        | '\u{1369}'..='\u{1371}'
        | '\u{19da}'
        | '\u{2070}' | '\u{2074}'..='\u{2079}' | '\u{2080}'..='\u{2089}'
        | '\u{2460}'..='\u{2468}' | '\u{2474}'..='\u{247c}' | '\u{2488}'..='\u{2490}'
        | '\u{24ea}' | '\u{24f5}'..='\u{24fd}' | '\u{24ff}'
        | '\u{2776}'..='\u{277e}' | '\u{2780}'..='\u{2788}' | '\u{278a}'..='\u{2792}'
        | '\u{10a40}'..='\u{10a43}'
        | '\u{10e60}'..='\u{10e68}'
        | '\u{11052}'..='\u{1105a}'
        | '\u{1f100}'..='\u{1f10a}')
}

/// Whether Python's `str.isspace` holds: white space, and the four information separators.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// Whether `\w` of Python's `re` matches: letters and numbers of any kind, and the low line.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    let is_number = matches!(
        get_general_category(c),
        GeneralCategory::DecimalNumber
            | GeneralCategory::LetterNumber
            | GeneralCategory::OtherNumber
    );
    is_alpha(c) || (is_number && !is_newer(c))
}

/// Whether Unicode calls the character punctuation, of any kind.
pub(crate) fn is_punctuation(c: char) -> bool {
    let is_punctuation = matches!(
        get_general_category(c),
        GeneralCategory::ConnectorPunctuation
            | GeneralCategory::DashPunctuation
            | GeneralCategory::OpenPunctuation
            | GeneralCategory::ClosePunctuation
            | GeneralCategory::InitialPunctuation
            | GeneralCategory::FinalPunctuation
            | GeneralCategory::OtherPunctuation
    );
    is_punctuation && !is_newer(c)
}

/// What Python's `str.lower` gives.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut lower = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, newer)) = rest.char_indices().find(|&(_, c)| is_newer(c)) {
        lower.push_str(&rest[..at].to_lowercase());
        lower.push(newer);
        rest = &rest[at + newer.len_utf8()..];
    }
    lower.push_str(&rest.to_lowercase());
    lower
}

/// Whether the character is a letter, a number or punctuation that was added to Unicode after version 14.
fn is_newer(c: char) -> bool {
    let next = NEWER.partition_point(|&(_, last)| last < c);
    NEWER.get(next).is_some_and(|&(first, _)| first <= c)
}

/// Where letters, numbers and punctuation were added to Unicode after version 14; all unassigned in it.
#[rustfmt::skip]
const NEWER: [(char, char); 52] = [
    ('\u{558}', '\u{558}'), ('\u{58b}', '\u{58c}'), ('\u{88f}', '\u{88f}'), ('\u{c5c}', '\u{c5c}'),
    ('\u{cdc}', '\u{cdc}'), ('\u{1b4e}', '\u{1b4f}'), ('\u{1b7f}', '\u{1b7f}'), ('\u{1c89}', '\u{1c8a}'), ('\u{208f}', '\u{208f}'), ('\u{209d}', '\u{209f}'),
    ('\u{a7cb}', '\u{a7cf}'), ('\u{a7d2}', '\u{a7d2}'), ('\u{a7d4}', '\u{a7d4}'), ('\u{a7da}', '\u{a7f1}'),
    ('\u{ab6c}', '\u{ab6d}'), ('\u{105c0}', '\u{105f3}'), ('\u{107bb}', '\u{107bf}'), ('\u{10940}', '\u{10959}'),
    ('\u{10d40}', '\u{10d85}'), ('\u{10ec2}', '\u{10eee}'), ('\u{1123f}', '\u{11240}'), ('\u{11380}', '\u{113d8}'),
    ('\u{116d0}', '\u{116e3}'), ('\u{11b00}', '\u{11bf9}'), ('\u{11db0}', '\u{11df1}'), ('\u{11f02}', '\u{11f59}'),
    ('\u{1246f}', '\u{1246f}'), ('\u{12475}', '\u{1247f}'), ('\u{12550}', '\u{12686}'), ('\u{1342f}', '\u{1342f}'),
    ('\u{13441}', '\u{143fa}'), ('\u{16100}', '\u{16139}'), ('\u{16d40}', '\u{16d79}'), ('\u{16ea0}', '\u{16ed3}'),
    ('\u{16ff2}', '\u{16ff6}'), ('\u{187f8}', '\u{187ff}'), ('\u{18cd6}', '\u{18cff}'), ('\u{18d09}', '\u{191d2}'),
    ('\u{1b123}', '\u{1b132}'), ('\u{1b155}', '\u{1b155}'), ('\u{1b168}', '\u{1b168}'), ('\u{1ccf0}', '\u{1ccf9}'),
    ('\u{1d2c0}', '\u{1d2d3}'), ('\u{1d6a6}', '\u{1d6a6}'), ('\u{1df1f}', '\u{1dfff}'), ('\u{1e030}', '\u{1e06d}'),
    ('\u{1e4d0}', '\u{1e6ff}'), ('\u{2b739}', '\u{2b73f}'), ('\u{2b81e}', '\u{2b81e}'), ('\u{2cea2}', '\u{2cead}'),
    ('\u{2ebf0}', '\u{2ee5d}'), ('\u{31350}', '\u{3fc3f}'),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// What Python 3.11 says of every character, as `tools/parity/record.py` wrote it down: under
    /// the name of a predicate the ranges for which it holds, under `lower` the characters that have
    /// another lower-case form, under `unassigned` those its version of Unicode lacks.
    const PYTHON: &str = include_str!("../tests/data/python-3.11-characters.txt");

    fn code(hex: &str) -> u32 {
        u32::from_str_radix(hex, 16).unwrap()
    }

    fn section(name: &str) -> impl Iterator<Item = &'static str> {
        PYTHON
            .lines()
            .skip_while(move |line| line.strip_prefix('[') != Some(name))
            .skip(1)
            .take_while(|line| !line.starts_with('['))
    }

    fn ranges(name: &str) -> Vec<bool> {
        let mut holds = vec![false; 0x11_0000];
        for line in section(name) {
            let (first, last) = line.split_once('-').unwrap_or((line, line));
            holds[code(first) as usize..=code(last) as usize].fill(true);
        }
        assert!(holds.contains(&true), "{name}");
        holds
    }

    #[test]
    fn characters_are_what_python_says_they_are() {
        type Predicate = fn(char) -> bool;
        for (name, predicate) in [
            ("isalpha", is_alpha as Predicate),
            ("isupper", is_upper),
            ("isdecimal", is_decimal),
            ("isdigit", is_digit),
            ("isspace", is_space),
            ("word", is_word),
            ("punctuation", is_punctuation),
        ] {
            let holds = ranges(name);
            for c in '\0'..=char::MAX {
                let index = c as usize;
                assert_eq!(predicate(c), holds[index], "{name} of U+{index:04X}");
            }
        }
    }

    #[test]
    fn what_counts_as_newer_was_not_there_in_unicode_14() {
        let unassigned = ranges("unassigned");
        for (first, last) in NEWER {
            assert!((first..=last).all(|c| unassigned[c as usize]), "{first:?}");
        }
    }

    #[test]
    fn lower_case_is_what_python_makes_of_it() {
        let mut expected: Vec<_> = ('\0'..=char::MAX).map(String::from).collect();
        let position = |code: u32| if code < 0xd800 { code } else { code - 0x800 } as usize;
        for line in section("lower") {
            let (from, to) = line.split_once(' ').unwrap();
            expected[position(code(from))] = to
                .split('+')
                .map(|hex| char::from_u32(code(hex)).unwrap())
                .collect();
        }
        for (c, expected) in ('\0'..=char::MAX).zip(expected) {
            assert_eq!(
                lower(c.encode_utf8(&mut [0; 4])),
                expected,
                "U+{:04X}",
                c as u32
            );
        }
        for (text, expected) in [
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
            ("ΑΣ.Β", "ασ.β"),
            ("ΑΣ'", "ας'"),
            ("Σ", "σ"),
            ("A\u{a7cb}ΑΣ\u{10d50}B", "a\u{a7cb}ας\u{10d50}b"),
        ] {
            assert_eq!(lower(text), expected);
        }
    }
}
