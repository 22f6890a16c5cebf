//! What Python says of characters, where it differs from Rust.
//!
//! Letters and digits come from the Unicode version of the tables compiled in here. A Python of
//! another version disagrees only about characters that one of the two does not have.

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
    )
}

/// Whether Python's `str.isupper` holds for the character alone.
pub(crate) fn is_upper(c: char) -> bool {
    c.is_uppercase()
}

/// Whether `\d` of Python's `re` matches: decimal digits of any script.
pub(crate) fn is_decimal(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    get_general_category(c) == GeneralCategory::DecimalNumber
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
    is_alpha(c)
        || matches!(
            get_general_category(c),
            GeneralCategory::DecimalNumber
                | GeneralCategory::LetterNumber
                | GeneralCategory::OtherNumber
        )
}

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
        let unassigned = ranges("unassigned");
        type Predicate = fn(char) -> bool;
        for (name, predicate) in [
            ("isalpha", is_alpha as Predicate),
            ("isupper", is_upper),
            ("isdecimal", is_decimal),
            ("isdigit", is_digit),
            ("isspace", is_space),
            ("word", is_word),
        ] {
            let holds = ranges(name);
            for c in '\0'..=char::MAX {
                let index = c as usize;
                if !unassigned[index] {
                    assert_eq!(predicate(c), holds[index], "{name} of U+{index:04X}");
                }
            }
        }
    }

    #[test]
    fn lower_case_is_what_python_makes_of_it() {
        let unassigned = ranges("unassigned");
        let mut lower: Vec<_> = ('\0'..=char::MAX).map(String::from).collect();
        let position = |code: u32| if code < 0xd800 { code } else { code - 0x800 } as usize;
        for line in section("lower") {
            let (from, to) = line.split_once(' ').unwrap();
            lower[position(code(from))] = to
                .split('+')
                .map(|hex| char::from_u32(code(hex)).unwrap())
                .collect();
        }
        for (c, expected) in ('\0'..=char::MAX).zip(lower) {
            if !unassigned[c as usize] {
                assert_eq!(
                    String::from(c).to_lowercase(),
                    expected,
                    "U+{:04X}",
                    c as u32
                );
            }
        }
        for (text, lower) in [
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
            ("ΑΣ.Β", "ασ.β"),
            ("ΑΣ'", "ας'"),
            ("Σ", "σ"),
        ] {
            assert_eq!(text.to_lowercase(), lower);
        }
    }
}
