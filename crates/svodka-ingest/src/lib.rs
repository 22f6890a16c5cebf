//! What does the file say? Turns the bytes of a report into text, or says why they are none.
//!
//! This crate works on bytes: it opens no file and knows no path. It changes no character: what it returns is the
//! file itself in Unicode, without the mark at its start that only names the encoding. It never guesses in silence:
//! bytes that are not convincingly text in one encoding are refused with the place of the first doubtful one.

mod decode;
mod disguise;
mod error;
mod guess;
mod place;

use sha2::{Digest, Sha256};

pub use error::IngestError;
pub use place::Place;

/// The largest file that is read, in bytes: 256 MiB.
pub const LARGEST_FILE: usize = 256 << 20;

/// The longest line that is read, in bytes: 256 KiB, some 90 printed pages without a line break.
pub const LONGEST_LINE: usize = 256 << 10;

/// A report's words, with what is known of the bytes they came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The words, never empty, never changed.
    pub text: String,
    /// The encoding they were in, by its name on the web: `UTF-8`, `UTF-16LE`, `windows-1251` …
    pub encoding: &'static str,
    /// Of the original bytes, in hexadecimal.
    pub sha256: String,
}

/// Reads the bytes of a plain-text file.
///
/// The encoding is `encoding` if given (any label of the WHATWG standard, such as `windows-1251`), else what a byte
/// order mark says, else UTF-8, else UTF-16 or an older encoding if the bytes show it beyond doubt.
pub fn read(bytes: &[u8], encoding: Option<&str>) -> Result<Text, IngestError> {
    if bytes.len() > LARGEST_FILE {
        return Err(IngestError::TooLarge { bytes: bytes.len() });
    }
    if bytes.is_empty() {
        return Err(IngestError::Empty { blank: false });
    }
    if let Some(kind) = disguise::document(bytes) {
        return Err(kind);
    }
    let (text, encoding) = decode::decode(bytes, encoding)?;
    if text.trim().is_empty() {
        return Err(IngestError::Empty { blank: true });
    }
    if let Some(error) = disguise::binary(&text, bytes) {
        return Err(error);
    }
    check_lines(&text)?;
    Ok(Text {
        text,
        encoding: encoding.name(),
        sha256: sha256(bytes),
    })
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn check_lines(text: &str) -> Result<(), IngestError> {
    let long = text
        .split('\n')
        .enumerate()
        .find(|(_, line)| line.len() > LONGEST_LINE);
    match long {
        Some((index, line)) => Err(IngestError::LineTooLong {
            line: index + 1,
            bytes: line.len(),
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
