//! From bytes to characters.

use encoding_rs::{DecoderResult, Encoding, UTF_8};

use crate::guess::{self, Guess};
use crate::{IngestError, Place};

/// The text and its encoding.
pub(crate) fn decode(
    bytes: &[u8],
    label: Option<&str>,
) -> Result<(String, &'static Encoding), IngestError> {
    if let Some(label) = label {
        let encoding = Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| {
            IngestError::UnknownEncoding {
                name: label.to_owned(),
            }
        })?;
        return strictly(bytes, encoding, None);
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return strictly(bytes, encoding, None);
    }
    if let Some(encoding) = guess::wide(bytes) {
        return strictly(bytes, encoding, None);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return strictly(bytes, UTF_8, None);
    }
    match guess::older(bytes) {
        Guess::Convincing(encoding) => strictly(bytes, encoding, None),
        Guess::Doubtful(encoding) => strictly(bytes, UTF_8, encoding),
    }
}

/// Decodes every byte or fails at the first that does not fit. A byte order mark at the start is left out.
fn strictly(
    bytes: &[u8],
    encoding: &'static Encoding,
    resembles: Option<&'static Encoding>,
) -> Result<(String, &'static Encoding), IngestError> {
    let bom = match Encoding::for_bom(bytes) {
        Some((of_bom, length)) if of_bom == encoding => length,
        _ => 0,
    };
    if encoding == UTF_8 {
        // The quick way, and the one that knows how many bytes are wrong.
        let body = &bytes[bom..];
        return match std::str::from_utf8(body) {
            Ok(text) => Ok((text.to_owned(), encoding)),
            Err(error) => {
                let valid = error.valid_up_to();
                let before = String::from_utf8_lossy(&body[..valid]);
                let wrong = error.error_len().unwrap_or(body.len() - valid);
                Err(undecodable(
                    encoding,
                    &before,
                    &body[valid..valid + wrong],
                    bom + valid,
                    resembles,
                ))
            }
        };
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let body = &bytes[bom..];
    let mut text = String::with_capacity(body.len() + body.len() / 2);
    let mut read = 0;
    loop {
        let (result, used) =
            decoder.decode_to_string_without_replacement(&body[read..], &mut text, true);
        read += used;
        match result {
            DecoderResult::InputEmpty => return Ok((text, encoding)),
            DecoderResult::OutputFull => text.reserve(body.len().max(64)),
            DecoderResult::Malformed(wrong, after) => {
                let end = read - usize::from(after);
                let start = end - usize::from(wrong).min(end);
                return Err(undecodable(
                    encoding,
                    &text,
                    &body[start..end],
                    bom + start,
                    resembles,
                ));
            }
        }
    }
}

fn undecodable(
    encoding: &'static Encoding,
    before: &str,
    wrong: &[u8],
    byte: usize,
    resembles: Option<&'static Encoding>,
) -> IngestError {
    let found: Vec<String> = wrong.iter().map(|byte| format!("0x{byte:02X}")).collect();
    IngestError::Undecodable {
        encoding: encoding.name(),
        place: Place::after(before, byte),
        found: match found.len() {
            1 => format!("the byte {}", found[0]),
            _ => format!("the bytes {}", found.join(" ")),
        },
        resembles: resembles.map(Encoding::name),
    }
}

/// Whether the bytes fit the encoding throughout, and the text if so.
pub(crate) fn fits(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    strictly(bytes, encoding, None).ok().map(|(text, _)| text)
}
