//! A briefing as Office Open XML, with footnotes where word processors put them.

use std::io::{self, Cursor, Write};

use docx_rs::{
    Docx, Footnote, Paragraph, Run, RunFonts, RunProperty, Style, StyleType, VertAlignType,
};

use super::Briefing;
use super::bibliography::line;

/// Half points.
const TEXT: usize = 22;

/// Writes the whole document.
pub fn write(briefing: &Briefing, out: &mut dyn Write) -> io::Result<()> {
    let mut document = Docx::new()
        .default_fonts(
            RunFonts::new()
                .ascii("Georgia")
                .hi_ansi("Georgia")
                .cs("Georgia"),
        )
        .default_size(TEXT)
        .add_style(heading("Title", "Title", 36))
        .add_style(heading("Heading1", "heading 1", 28).outline_lvl(0))
        .add_style(raised())
        .add_paragraph(styled("Title", &briefing.title))
        .add_paragraph(
            Paragraph::new().add_run(Run::new().add_text(plain(&briefing.notice)).italic()),
        );
    for section in &briefing.sections {
        document = document.add_paragraph(styled("Heading1", &section.heading));
        for sentences in &section.paragraphs {
            let mut paragraph = Paragraph::new();
            for sentence in sentences {
                paragraph = paragraph.add_run(Run::new().add_text(plain(&sentence.text)));
                if let Some(note) = briefing.notes.get(sentence.note) {
                    let text = Run::new().add_text(plain(&briefing.footnote(note)));
                    let footnote = Footnote::new().add_content(Paragraph::new().add_run(text));
                    paragraph = paragraph.add_run(Run::new().add_footnote_reference(footnote));
                }
                paragraph = paragraph.add_run(Run::new().add_text(" "));
            }
            document = document.add_paragraph(paragraph);
        }
    }
    if briefing.notes.is_empty() {
        document = document.add_paragraph(
            Paragraph::new().add_run(Run::new().add_text("No report says anything of it.")),
        );
    } else {
        document = document.add_paragraph(styled("Heading1", "Reports"));
        for (at, work) in briefing.works.iter().enumerate() {
            let text = format!("{}. {}", at + 1, plain(&line(work)));
            document = document.add_paragraph(Paragraph::new().add_run(Run::new().add_text(text)));
        }
    }
    let mut bytes = Cursor::new(Vec::new());
    document
        .build()
        .pack(&mut bytes)
        .map_err(io::Error::other)?;
    out.write_all(&bytes.into_inner())
}

fn heading(id: &str, name: &str, size: usize) -> Style {
    Style::new(id, StyleType::Paragraph)
        .name(name)
        .size(size)
        .bold()
}

/// The style that references to footnotes have.
fn raised() -> Style {
    let mut style =
        Style::new("FootnoteReference", StyleType::Character).name("footnote reference");
    style.run_property = RunProperty::new().vert_align(VertAlignType::SuperScript);
    style
}

fn styled(style: &str, text: &str) -> Paragraph {
    Paragraph::new()
        .style(style)
        .add_run(Run::new().add_text(plain(text)))
}

/// What XML has no characters for becomes a blank.
fn plain(text: &str) -> String {
    let allowed = |c: char| match crate::formats::xml::allows(c) && !c.is_control() {
        true => c,
        false => ' ',
    };
    text.chars().map(allowed).collect()
}
