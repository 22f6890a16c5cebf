//! Which encoding, if neither a mark nor a person says it?
//!
//! A guess is taken only if it is beyond doubt: a wrong one would put characters into the text that nobody wrote.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use crate::decode;

/// What the bytes look like.
pub(crate) enum Guess {
    /// Beyond doubt.
    Convincing(&'static Encoding),
    /// The nearest, if there is one, but without proof.
    Doubtful(Option<&'static Encoding>),
}

/// UTF-16 without a mark: nearly every second byte is the upper half of a Latin or Cyrillic letter, and some are zero.
pub(crate) fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 4 || !sample.contains(&0) {
        return None;
    }
    let half = sample.len() / 2;
    let upper = |parity: usize| {
        let halves = sample.iter().skip(parity).step_by(2);
        halves
            .filter(|byte| matches!(byte, 0x00 | 0x04 | 0x20))
            .count()
    };
    let zeros = |parity: usize| {
        sample
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    // 0x20 is also the lower half of a space: the parity with the zeros is the upper half.
    if upper(1) * 10 >= half * 9 && zeros(1) > 0 && zeros(0) * 10 < half {
        Some(UTF_16LE)
    } else if upper(0) * 10 >= half * 9 && zeros(0) > 0 && zeros(1) * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// An encoding of one byte a character (or of East Asia), for bytes that are not UTF-8.
pub(crate) fn older(bytes: &[u8]) -> Guess {
    if is_damaged_utf8(bytes) {
        return Guess::Doubtful(None);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    match decode::fits(bytes, encoding) {
        Some(text) if is_convincing(&text) => Guess::Convincing(encoding),
        Some(_) => Guess::Doubtful(Some(encoding)),
        None => Guess::Doubtful(None),
    }
}

/// Whether there are proper UTF-8 sequences of several bytes: in older encodings they hardly ever arise by chance.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut proper, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        proper += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    proper >= broken
}

/// Whether what is not ASCII is set as letters and marks are set in prose: letters of one alphabet inside words, small
/// after small, quotation marks and dashes; no symbol that a wrong decoding typically shows.
fn is_convincing(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let neighbour = |index: usize, step: isize| {
        index
            .checked_add_signed(step)
            .and_then(|at| characters.get(at))
            .copied()
            .unwrap_or(' ')
    };
    let (mut wide, mut sound, mut foreign, mut latin) = (0_usize, 0_usize, 0_usize, 0_usize);
    for (index, &c) in characters.iter().enumerate().filter(|(_, c)| !c.is_ascii()) {
        wide += 1;
        let (before, after) = (neighbour(index, -1), neighbour(index, 1));
        let fits = if c.is_alphabetic() {
            let is_latin = matches!(c, '\u{c0}'..='\u{24f}');
            latin += usize::from(is_latin);
            foreign += usize::from(!is_latin);
            letter_fits(c, before, after)
        } else {
            mark_fits(c, before, after)
        };
        sound += usize::from(fits);
    }
    // A word or two in another alphabet prove nothing: any byte is a letter in some encoding.
    sound * 50 >= wide * 49 && (foreign == 0 || (foreign >= 12 && foreign > 8 * latin))
}

fn letter_fits(c: char, before: char, after: char) -> bool {
    let rare = matches!(
        c,
        'ÿ' | 'þ' | 'Þ' | 'ð' | 'Ð' | 'ƒ' | 'ª' | 'º' | 'µ' | 'ˆ' | '×' | '÷'
    );
    let alone = !before.is_alphabetic() && !after.is_alphabetic();
    let same_alphabet =
        |other: char| !other.is_alphabetic() || (is_cyrillic(other) == is_cyrillic(c));
    if rare || !same_alphabet(before) || !same_alphabet(after) {
        return false;
    }
    if c.is_uppercase() {
        !before.is_lowercase() && (!alone || is_cyrillic(c))
    } else {
        !alone || is_cyrillic(c) || matches!(c, 'à' | 'é' | 'ó')
    }
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

fn mark_fits(c: char, before: char, after: char) -> bool {
    match c {
        '\u{a0}' | '…' | '•' | '§' | '№' | '°' | '·' | '–' | '—' | '«' | '»' => true,
        '“' | '‘' | '„' | '‚' | '”' | '’' | '‹' | '›' => {
            !before.is_whitespace() || !after.is_whitespace()
        }
        '£' | '€' | '½' | '¼' | '¾' => before.is_ascii_digit() || after.is_ascii_digit(),
        '\u{ad}' => before.is_alphabetic() && after.is_alphabetic(),
        _ => false,
    }
}
