//! E-mail: the text of a message, its headers as metadata.

use mail_parser::{Address, Encoding, MessageParser, MimeHeaders, PartType};

use crate::draft::Draft;
use crate::limits::LARGEST_MARKUP;
use crate::metadata::told;
use crate::{Format, IngestError, Metadata, Told, Warning, html, soup};

fn people(address: Option<&Address<'_>>, field: &str) -> Vec<Told> {
    let Some(address) = address else {
        return Vec::new();
    };
    let names = address
        .iter()
        .filter_map(|it| it.name().or_else(|| it.address()));
    names
        .filter_map(|name| told(name, &format!("e-mail: {field}")))
        .collect()
}

/// Reads a message: its plain text if it has one, else the words of its page.
pub(crate) fn read(bytes: &[u8]) -> Result<(Draft, Metadata, Vec<Warning>), IngestError> {
    if bytes.len() > LARGEST_MARKUP {
        return Err(IngestError::OverLimit {
            what: format!("the e-mail has {} MiB", bytes.len() >> 20),
            most: format!("{} MiB", LARGEST_MARKUP >> 20),
        });
    }
    let damaged = |reason: String| IngestError::Damaged {
        format: "e-mail",
        reason,
    };
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| damaged("it has no headers".to_owned()))?;
    let mut draft = Draft::new();
    let mut warnings = Vec::new();
    for (index, &number) in message.text_body.iter().enumerate() {
        let Some(part) = message.part(number) else {
            continue;
        };
        let kind = part.content_type().map_or_else(
            || "text/plain".to_owned(),
            |kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("plain")),
        );
        let words = match &part.body {
            PartType::Text(words) | PartType::Html(words) => words.as_ref(),
            _ => continue,
        };
        if words.contains('\u{fffd}') {
            return Err(damaged(format!(
                "part {} ({kind}) is not valid in the encoding it is said to be in",
                index + 1
            )));
        }
        draft.spot.part = draft.map.name(&format!("part {} ({kind})", index + 1));
        if matches!(part.body, PartType::Html(_)) {
            html::write(&soup::tree(words, false)?, &mut draft);
            continue;
        }
        // In an encoded part the lines are no longer those of the file.
        let plain = part.encoding == Encoding::None;
        let start = (part.offset_body as usize).min(bytes.len());
        let first = 1 + bytes[..start].iter().filter(|&&byte| byte == b'\n').count() as u32;
        for (row, line) in words.split_inclusive('\n').zip(first..) {
            draft.spot.line = if plain { line } else { 0 };
            draft.lines(row);
        }
        draft.paragraph();
    }
    for part in message.attachments() {
        let name = part
            .attachment_name()
            .unwrap_or("an attachment without a name");
        warnings.push(Warning::Skipped {
            what: name.chars().take(200).collect(),
            why: "attachments are not read: save it and read it by itself".to_owned(),
        });
    }
    if draft.len() == 0 {
        return Err(IngestError::NoWords {
            format: Format::Email,
        });
    }
    let metadata = Metadata {
        title: message.subject().and_then(|it| told(it, "e-mail: Subject")),
        authors: people(message.from(), "From"),
        addressees: people(message.to(), "To"),
        date: message.date().and_then(|it| {
            // The day by the sender's own clock.
            let day = format!("{:04}-{:02}-{:02}", it.year, it.month, it.day);
            told(&day, "e-mail: Date")
        }),
        identifier: message
            .message_id()
            .and_then(|it| told(it, "e-mail: Message-ID")),
        ..Metadata::default()
    };
    Ok((draft, metadata, warnings))
}
