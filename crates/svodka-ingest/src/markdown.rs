//! Markdown: CommonMark with tables, footnotes and a head of metadata.

use pulldown_cmark::{CodeBlockKind, Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use crate::draft::Draft;
use crate::limits::LONGEST_TEXT;
use crate::{IngestError, Metadata, Told, Witness, html};

/// Whether a text without a telling name is Markdown is never guessed: a report's own `*` and `#` would vanish.
pub(crate) fn read(text: &str) -> Result<(Draft, Metadata), IngestError> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut draft = Draft::new();
    let mut metadata = Metadata::default();
    let mut lists: Vec<Option<u64>> = Vec::new();
    let (mut line, mut counted) = (1, 0);
    let (mut in_head, mut in_html) = (false, String::new());
    let mut first_cell = true;
    // The mark of a footnote stands in its first paragraph.
    let mut note_begins = false;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        // Events come in the order of the file but for those that end a block.
        if range.start > counted {
            line += text.as_bytes()[counted..range.start]
                .iter()
                .filter(|&&byte| byte == b'\n')
                .count() as u32;
            counted = range.start;
        }
        draft.spot.line = line;
        // References repeat what they refer to, and can do so without measure.
        if draft.len() > LONGEST_TEXT {
            return Err(IngestError::OverLimit {
                what: format!("line {line} is past the last text that is read"),
                most: format!("{} MiB", LONGEST_TEXT >> 20),
            });
        }
        match event {
            Event::Start(Tag::Paragraph) if std::mem::take(&mut note_begins) => {}
            Event::Start(Tag::MetadataBlock(MetadataBlockKind::YamlStyle)) => in_head = true,
            Event::End(TagEnd::MetadataBlock(_)) => in_head = false,
            Event::Text(words) if in_head => metadata = head(&words),
            Event::Start(Tag::List(first)) => {
                if lists.is_empty() {
                    draft.paragraph();
                }
                lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                if lists.is_empty() {
                    draft.paragraph();
                }
            }
            Event::Start(Tag::Item) => {
                let mark = match lists.last_mut() {
                    Some(Some(number)) => {
                        *number = number.saturating_add(1);
                        format!("{}.", *number - 1)
                    }
                    _ => "-".to_owned(),
                };
                draft.item(&mark);
            }
            Event::End(TagEnd::Item) => draft.line_break(),
            Event::Start(Tag::TableHead | Tag::TableRow) => first_cell = true,
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => draft.line_break(),
            Event::Start(Tag::TableCell) => {
                draft.open_cell(first_cell);
                first_cell = false;
            }
            Event::End(TagEnd::TableCell) => draft.close_cell(),
            Event::Start(Tag::FootnoteDefinition(name)) => {
                draft.paragraph();
                draft.words(&format!("[{name}] "));
                note_begins = true;
            }
            Event::FootnoteReference(name) => draft.words(&format!(" [{name}]")),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_))) => {
                draft.paragraph()
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. })
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => {
                if lists.is_empty() {
                    draft.paragraph();
                } else {
                    draft.break_in_item();
                }
            }
            Event::End(
                TagEnd::CodeBlock
                | TagEnd::Table
                | TagEnd::FootnoteDefinition
                | TagEnd::BlockQuote(_),
            )
            | Event::Start(Tag::Table(_))
            | Event::Rule => draft.paragraph(),
            Event::Text(words) | Event::Code(words) => draft.lines(&words),
            Event::Html(source) => in_html.push_str(&source),
            Event::End(TagEnd::HtmlBlock) => {
                let tree = crate::soup::tree(&std::mem::take(&mut in_html), false)?;
                draft.words(&html_words(&tree));
                draft.paragraph();
            }
            Event::SoftBreak => draft.words(" "),
            Event::HardBreak => draft.line_break(),
            _ => {}
        }
    }
    draft.paragraph();
    Ok((draft, metadata))
}

/// The words of a block of HTML within the Markdown.
fn html_words(tree: &crate::tree::Tree) -> String {
    let mut draft = Draft::new();
    html::write(tree, &mut draft);
    draft.finish().0
}

/// The `key: value` lines at the top. Anything deeper is left alone.
fn head(text: &str) -> Metadata {
    let mut metadata = Metadata::default();
    for (key, value) in text.lines().filter_map(|line| line.split_once(':')) {
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        if value.is_empty() || key.starts_with([' ', '-', '#']) {
            continue;
        }
        let key = key.trim();
        let told = Some(Told {
            value,
            by: Witness::Document(format!("Markdown: {key}")),
        });
        match key {
            "title" => metadata.title = told,
            "author" => metadata.authors.extend(told),
            "lang" | "language" => metadata.language = told,
            "reference" => metadata.reference = told,
            // Sites use it for the day of the page.
            "date" => metadata.published = told,
            _ => {}
        }
    }
    metadata
}
