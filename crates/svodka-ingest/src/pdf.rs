//! PDF: the text layer, page by page.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use oxidize_pdf::parser::{ParseError, ParseOptions, PdfDocument, PdfReader};
use oxidize_pdf::text::{ExtractedText, ExtractionOptions};

use crate::draft::Draft;
use crate::limits::{LARGEST_PDF, LONGEST_TEXT, MOST_PAGES};
use crate::metadata::told;
use crate::{Format, IngestError, Metadata, Warning};

type Drawn = (Draft, Metadata, Vec<Warning>);

/// Reads a PDF.
///
/// The library is large and the format allows nearly anything, so a panic inside it is caught and becomes an error: one bad file must not
/// stop the reading of the others. Nothing of it outlives the call, so nothing half done is seen.
pub(crate) fn read(bytes: &[u8]) -> Result<Drawn, IngestError> {
    if bytes.len() > LARGEST_PDF {
        return Err(IngestError::OverLimit {
            what: format!("the PDF has {} MiB", bytes.len() >> 20),
            most: format!("{} MiB", LARGEST_PDF >> 20),
        });
    }
    let read = catch_unwind(AssertUnwindSafe(|| pages(bytes)));
    read.unwrap_or(Err(IngestError::ReaderFailed {
        format: Format::Pdf,
    }))
}

fn refused(error: &ParseError) -> IngestError {
    match error {
        ParseError::EncryptionNotSupported | ParseError::WrongPassword | ParseError::PdfLocked => {
            IngestError::Encrypted {
                format: Format::Pdf,
            }
        }
        error => IngestError::Damaged {
            format: "PDF",
            reason: error.to_string().chars().take(200).collect(),
        },
    }
}

fn pages(bytes: &[u8]) -> Result<Drawn, IngestError> {
    let mut reader = PdfReader::new_with_options(Cursor::new(bytes), ParseOptions::lenient())
        .map_err(|error| refused(&error))?;
    // Many a PDF is locked with no password at all, only against printing.
    if reader.is_encrypted()
        && !reader.is_unlocked()
        && !reader.try_empty_password().unwrap_or(false)
    {
        return Err(IngestError::Encrypted {
            format: Format::Pdf,
        });
    }
    let metadata = metadata(&mut reader);
    let document = PdfDocument::new(reader);
    let count = document.page_count().map_err(|error| refused(&error))?;
    if count > MOST_PAGES {
        return Err(IngestError::OverLimit {
            what: format!("the PDF has {count} pages"),
            most: MOST_PAGES.to_string(),
        });
    }
    let mut draft = Draft::new();
    let mut warnings = Vec::new();
    let mut blank = Vec::new();
    let mut first_error = None;
    let (mut letters, mut unmapped) = (0, 0);
    for page in 0..count {
        let options = ExtractionOptions {
            preserve_layout: true,
            max_extracted_bytes: Some(LONGEST_TEXT.saturating_sub(draft.len())),
            ..ExtractionOptions::default()
        };
        let text = match document.extract_text_from_page_with_options(page, options) {
            Ok(text) => text,
            Err(error) => {
                let error = refused(&error);
                warnings.push(Warning::Skipped {
                    what: format!("page {}", page + 1),
                    why: error.to_string(),
                });
                first_error.get_or_insert(error);
                continue;
            }
        };
        if text.truncated {
            return Err(IngestError::OverLimit {
                what: format!("page {} is past the last text that is read", page + 1),
                most: format!("{} MiB", LONGEST_TEXT >> 20),
            });
        }
        if text.text.trim().is_empty() {
            blank.push(page + 1);
            continue;
        }
        letters += text.text.chars().filter(|c| !c.is_whitespace()).count();
        unmapped += text.text.chars().filter(|&c| c == '\u{fffd}').count();
        draft.spot.page = page + 1;
        let lines = lines(&text);
        let leading = leading(&lines);
        for (index, line) in lines.iter().enumerate() {
            if index > 0 && apart(&lines[index - 1], line, leading) {
                draft.paragraph();
            }
            draft.spot.line = index as u32 + 1;
            draft.words(line.words);
            draft.line_break();
        }
    }
    if draft.len() == 0 {
        return Err(match first_error {
            Some(error) => error,
            None if pictures(&document, count) => IngestError::Scan {
                format: Format::Pdf,
            },
            None => IngestError::NoWords {
                format: Format::Pdf,
            },
        });
    }
    if unmapped * 10 > letters {
        return Err(IngestError::Unmapped {
            format: Format::Pdf,
        });
    }
    let pages: Vec<u32> = blank
        .into_iter()
        .filter(|&page| picture(&document, page - 1))
        .collect();
    if !pages.is_empty() {
        warnings.push(Warning::Pictures { pages });
    }
    Ok((draft, metadata, warnings))
}

/// A line of a page and where its first words stand: the baseline and the size of the letters, in points.
struct Line<'a> {
    words: &'a str,
    place: Option<(f64, f64)>,
}

/// The lines of a page's text. The library gives the words and their places apart; a line whose words are not found again among the
/// places has none.
fn lines(text: &ExtractedText) -> Vec<Line<'_>> {
    let mut fragments = text.fragments.iter().peekable();
    let mut lines = Vec::new();
    for words in text.text.lines().filter(|line| !line.trim().is_empty()) {
        let mut rest = words;
        let mut place = None;
        while let Some(fragment) = fragments.peek() {
            let Some(at) = rest.find(fragment.text.trim()) else {
                break;
            };
            rest = &rest[at + fragment.text.trim().len()..];
            if place.is_none() && fragment.font_size > 0.0 {
                place = Some((fragment.y, fragment.font_size));
            }
            fragments.next();
        }
        lines.push(Line { words, place });
    }
    lines
}

/// How far a line stands below the one before it, in heights of its letters, if both have the same.
fn step(before: &Line<'_>, line: &Line<'_>) -> Option<f64> {
    let ((above, size), (below, same)) = (before.place?, line.place?);
    ((size - same).abs() < size * 0.15 && above > below).then(|| (above - below) / size)
}

/// The usual step from line to line on a page.
fn leading(lines: &[Line<'_>]) -> Option<f64> {
    let mut steps: Vec<f64> = lines
        .windows(2)
        .filter_map(|pair| step(&pair[0], &pair[1]))
        .collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied()
}

/// Whether a paragraph ends between two lines: by a wider step than usual, or letters of another size. A new column or page does not
/// tell.
fn apart(before: &Line<'_>, line: &Line<'_>, leading: Option<f64>) -> bool {
    let (Some((above, size)), Some((below, other))) = (before.place, line.place) else {
        return false;
    };
    match (step(before, line), leading) {
        (Some(step), Some(leading)) => step > leading * 1.3,
        _ => above > below && (size - other).abs() >= size * 0.15,
    }
}

fn pictures(document: &PdfDocument<Cursor<&[u8]>>, count: u32) -> bool {
    (0..count).any(|page| picture(document, page))
}

/// Whether a page shows an image or another object drawn apart, in which scanners often put theirs.
fn picture(document: &PdfDocument<Cursor<&[u8]>>, page: u32) -> bool {
    let Ok(page) = document.get_page(page) else {
        return false;
    };
    let Some(resources) = page.dict.get("Resources") else {
        return page
            .inherited_resources
            .is_some_and(|resources| resources.contains_key("XObject"));
    };
    let Ok(resources) = document.resolve(resources) else {
        return false;
    };
    resources
        .as_dict()
        .is_some_and(|resources| resources.contains_key("XObject"))
}

fn metadata(reader: &mut PdfReader<Cursor<&[u8]>>) -> Metadata {
    let Ok(info) = reader.metadata() else {
        return Metadata::default();
    };
    let value = |value: Option<String>, field: &str| {
        value.and_then(|value| told(&value, &format!("PDF: Info/{field}")))
    };
    Metadata {
        title: value(info.title, "Title"),
        authors: value(info.author, "Author").into_iter().collect(),
        file_created: value(info.creation_date, "CreationDate"),
        file_changed: value(info.modification_date, "ModDate"),
        ..Metadata::default()
    }
}
