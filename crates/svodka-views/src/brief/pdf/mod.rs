//! A briefing as PDF: tagged for whoever has it read aloud, with an outline, and each footnote at the foot of the page of its number. The same
//! briefing always gives the same bytes.

mod fonts;
mod lines;
mod pages;

use std::io::{self, Write};
use std::num::NonZeroU16;

use krilla::Document;
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Stroke;
use krilla::surface::Surface;
use krilla::tagging::{
    ArtifactType, ContentTag, Identifier, Node, SpanTag, Tag, TagGroup, TagTree,
};

use self::fonts::{Face, Fonts};
use self::lines::{Line, Span, broken};
use self::pages::{Block, Filler, Page, Part};
use super::Briefing;
use super::bibliography::line;

/// A4, and what is left free around the text. Points.
const WIDE: f32 = 595.28;
const HIGH: f32 = 841.89;
const MARGIN: f32 = 76.0;

/// Sizes and the leading of each.
const TITLE: (f32, f32) = (19.0, 24.0);
const HEADING: (f32, f32) = (13.0, 17.0);
const TEXT: (f32, f32) = (10.8, 14.6);
const NOTE: (f32, f32) = (8.6, 10.8);

/// How far entries of the list of reports hang in.
const HANGING: f32 = 18.0;

/// Writes the whole document.
pub fn write(briefing: &Briefing, out: &mut dyn Write) -> io::Result<()> {
    let fonts = Fonts::read()?;
    let wide = WIDE - 2.0 * MARGIN;
    let notes = briefing.notes.iter().enumerate().map(|(at, note)| {
        let text = format!(" {}", briefing.footnote(note));
        let spans = [
            Span::number(at + 1, NOTE.0, None),
            Span::new(text, Face::Regular, NOTE.0),
        ];
        broken(&fonts, &spans, wide, 0.0)
    });
    let notes: Vec<Vec<Line>> = notes.collect();
    let blocks = blocks(briefing, &fonts, wide);
    let filler = Filler {
        height: HIGH - 2.0 * MARGIN,
        note_leading: NOTE.1,
        notes: &notes,
    };
    let pages = filler.fill(&blocks);
    let mut document = Document::new();
    let metadata = Metadata::new()
        .title(briefing.title.clone())
        .description(briefing.notice.clone())
        .creator("Svodka".to_owned())
        .language("en".to_owned());
    document.set_metadata(metadata);
    let mut drawn = Drawn {
        of_blocks: vec![Vec::new(); blocks.len()],
        of_notes: vec![Vec::new(); notes.len()],
        outline: Outline::new(),
    };
    for (number, page) in pages.iter().enumerate() {
        draw(&mut document, &fonts, number, page, &mut drawn)?;
    }
    document.set_outline(drawn.outline);
    document.set_tag_tree(tree(&blocks, drawn.of_blocks, drawn.of_notes));
    let bytes = document
        .finish()
        .map_err(|error| io::Error::other(format!("{error:?}")))?;
    out.write_all(&bytes)
}

/// The text in lines.
fn blocks(briefing: &Briefing, fonts: &Fonts, wide: f32) -> Vec<Block> {
    let block = |part, spans: &[Span], (_, leading): (f32, f32), before| Block {
        part,
        lines: broken(fonts, spans, wide, 0.0),
        leading,
        before,
        hanging: 0.0,
        keeps: matches!(part, Part::Title | Part::Heading),
    };
    let heading = |words: &str| {
        let span = Span::new(words, Face::Bold, HEADING.0);
        block(Part::Heading, &[span], HEADING, 14.0)
    };
    let plain = |words: &str, face, before| {
        block(Part::Text, &[Span::new(words, face, TEXT.0)], TEXT, before)
    };
    let title = Span::new(&*briefing.title, Face::Bold, TITLE.0);
    let mut blocks = vec![
        block(Part::Title, &[title], TITLE, 0.0),
        plain(&briefing.notice, Face::Italic, 6.0),
    ];
    for section in &briefing.sections {
        blocks.push(heading(&section.heading));
        for sentences in &section.paragraphs {
            let mut spans = Vec::new();
            for (at, sentence) in sentences.iter().enumerate() {
                let blank = if at == 0 { "" } else { " " };
                let words = format!("{blank}{}", sentence.text.trim());
                spans.push(Span::new(words, Face::Regular, TEXT.0));
                spans.push(Span::number(sentence.note + 1, TEXT.0, Some(sentence.note)));
            }
            blocks.push(block(Part::Text, &spans, TEXT, 5.0));
        }
    }
    if briefing.notes.is_empty() {
        blocks.push(plain("No report says anything of it.", Face::Regular, 10.0));
        return blocks;
    }
    blocks.push(heading("Reports"));
    for (at, work) in briefing.works.iter().enumerate() {
        let words = Span::new(format!("{}. {}", at + 1, line(work)), Face::Regular, TEXT.0);
        blocks.push(Block {
            hanging: HANGING,
            lines: broken(fonts, &[words], wide - HANGING, 0.0),
            ..block(Part::Work, &[], TEXT, 3.0)
        });
    }
    blocks
}

/// What was drawn, for the tags and the outline.
struct Drawn {
    of_blocks: Vec<Vec<Identifier>>,
    of_notes: Vec<Vec<Identifier>>,
    outline: Outline,
}

fn draw(
    document: &mut Document,
    fonts: &Fonts,
    number: usize,
    page: &Page,
    drawn: &mut Drawn,
) -> io::Result<()> {
    let settings = PageSettings::from_wh(WIDE, HIGH);
    let settings = settings.ok_or_else(|| io::Error::other("a page has no size"))?;
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    for placed in &page.placed {
        let (x, y) = (MARGIN + placed.x, MARGIN + placed.y);
        let tag = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        put(&mut surface, fonts, &placed.line, x, y);
        surface.end_tagged();
        match (placed.block, placed.part) {
            (_, Part::Note(note)) => drawn.of_notes[note].push(tag),
            (Some(block), part) => {
                if part == Part::Heading && drawn.of_blocks[block].is_empty() {
                    let words = placed.line.runs.iter().map(|run| run.text.as_str());
                    let place = XyzDestination::new(number, Point::from_xy(0.0, y - HEADING.1));
                    let words = words.collect::<String>().trim().to_owned();
                    drawn.outline.push_child(OutlineNode::new(words, place));
                }
                drawn.of_blocks[block].push(tag);
            }
            (None, _) => {}
        }
    }
    surface.start_tagged(ContentTag::Artifact(ArtifactType::Footer));
    if let Some(y) = page.rule {
        let mut path = PathBuilder::new();
        path.move_to(MARGIN, MARGIN + y);
        path.line_to(MARGIN + 90.0, MARGIN + y);
        if let Some(path) = path.finish() {
            surface.set_stroke(Some(Stroke {
                paint: rgb::Color::new(90, 80, 70).into(),
                width: 0.5,
                ..Stroke::default()
            }));
            surface.draw_path(&path);
            surface.set_stroke(None);
        }
    }
    let folio = [Span::new((number + 1).to_string(), Face::Regular, NOTE.0)];
    for line in broken(fonts, &folio, WIDE, 0.0) {
        put(
            &mut surface,
            fonts,
            &line,
            (WIDE - line.width) / 2.0,
            HIGH - MARGIN * 0.55,
        );
    }
    surface.end_tagged();
    surface.finish();
    sheet.finish();
    Ok(())
}

/// Draws a line.
fn put(surface: &mut Surface<'_>, fonts: &Fonts, line: &Line, x: f32, y: f32) {
    for run in &line.runs {
        let start = Point::from_xy(x + run.x, y - run.raised);
        let font = fonts.drawn(run.face);
        surface.draw_glyphs(start, &run.glyphs, font, &run.text, run.size, false);
    }
}

/// What belongs together, in the order in which it is read: the footnotes after the paragraph that has their numbers.
fn tree(
    blocks: &[Block],
    of_blocks: Vec<Vec<Identifier>>,
    of_notes: Vec<Vec<Identifier>>,
) -> TagTree {
    let leaves = |tags: Vec<Identifier>| tags.into_iter().map(Node::from).collect::<Vec<Node>>();
    let mut notes: Vec<Option<Vec<Identifier>>> = of_notes.into_iter().map(Some).collect();
    let mut tree = TagTree::new();
    for (block, tags) in blocks.iter().zip(of_blocks) {
        let level = |level| Tag::Hn(level, None);
        let group = match block.part {
            Part::Title => TagGroup::with_children(level(NonZeroU16::MIN), leaves(tags)),
            Part::Heading => {
                let second = NonZeroU16::MIN.saturating_add(1);
                TagGroup::with_children(level(second), leaves(tags))
            }
            Part::Work => TagGroup::with_children(Tag::BibEntry, leaves(tags)),
            Part::Text | Part::Note(_) => TagGroup::with_children(Tag::P, leaves(tags)),
        };
        tree.push(group);
        for note in block.lines.iter().flat_map(|line| &line.notes) {
            if let Some(tags) = notes.get_mut(*note).and_then(Option::take) {
                tree.push(TagGroup::with_children(Tag::Note, leaves(tags)));
            }
        }
    }
    tree
}
