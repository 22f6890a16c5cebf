//! How far headings, introductions and quotations reach.

use std::collections::BTreeMap;

use svodka_model::{Block, BlockId, BlockKind, Section, Span};
use svodka_pack::LayoutWords;

use super::frame;
use super::markers::{self, Marker, Style};

/// Gives each heading its reach: to the next of the same or a higher level, or to the end of the report's own text.
pub(super) fn sections(text: &str, blocks: &[Block]) -> Vec<Section> {
    let own = |block: &&Block| block.kind != BlockKind::Foreign;
    let end = blocks
        .iter()
        .rfind(own)
        .map_or(text.len(), |block| block.span.end);
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut last = 0;
    for (heading, block) in blocks.iter().enumerate() {
        if let BlockKind::Heading { level } = block.kind {
            let start = block.marker.map_or(block.span.start, |marker| marker.start);
            while let Some(&above) = open.last()
                && sections[above].level >= level
            {
                sections[above].span.end = last;
                open.pop();
            }
            open.push(sections.len());
            let span = Span::new(start, end);
            sections.push(Section {
                heading,
                level,
                span,
            });
        }
        last = block.span.end;
    }
    sections
}

/// Gives each item the block that introduces its list.
pub(super) fn introduce(text: &str, blocks: &mut [Block]) {
    let mut runs: BTreeMap<Style, (u32, Option<BlockId>)> = BTreeMap::new();
    for at in 0..blocks.len() {
        if matches!(blocks[at].kind, BlockKind::Heading { .. }) {
            runs.clear();
        }
        if blocks[at].kind != BlockKind::Item {
            continue;
        }
        let before = at.checked_sub(1);
        let colon = before.filter(|&before| {
            blocks[before].kind != BlockKind::Foreign && blocks[before].span.of(text).ends_with(':')
        });
        let introduced_by = match marker_of(text, &blocks[at]) {
            Some(marker) => {
                let run = runs.get(&marker.style).copied();
                let found = match run {
                    Some((number, found)) if follows(marker, number) && colon.is_none() => found,
                    _ => colon,
                };
                runs.insert(marker.style, (marker.number, found));
                found
            }
            None => colon.or_else(|| blocks[before?].introduced_by),
        };
        blocks[at].introduced_by = introduced_by;
    }
}

fn follows(marker: Marker, number: u32) -> bool {
    marker.style == Style::Bullet || marker.number == number + 1
}

fn marker_of(text: &str, block: &Block) -> Option<Marker> {
    let start = block.marker?.start;
    markers::marker(text, Span::new(start, block.span.end))
}

/// Gives each block of a letter or statement quoted at length the block that announces it.
///
/// A quotation in quotation marks reaches to the closing mark; one without reaches over bare paragraphs, to the
/// next heading or number, or to a paragraph that looks back at it ("This report …").
pub(super) fn quote(text: &str, blocks: &mut [Block], words: &LayoutWords) {
    let mut at = 0;
    while at + 1 < blocks.len() {
        let from = at;
        at += 1;
        if !announces(text, &blocks[from], words) {
            continue;
        }
        let marked = blocks[at].span.of(text);
        let in_marks = marked.starts_with(['“', '"', '«', '„'])
            && (balance(marked) != 0 || marked.ends_with(['”', '"', '»']));
        let start = at;
        while at < blocks.len() {
            let block = &blocks[at];
            let bare = block.kind == BlockKind::Paragraph && block.marker.is_none();
            let span = block.span.of(text);
            if !bare || at > start && looks_back(span, words) {
                break;
            }
            blocks[at].quoted_from = Some(from);
            at += 1;
            if in_marks && span.ends_with(['”', '"', '»']) {
                break;
            }
        }
    }
}

/// Openings less closings of quotation marks; straight ones count as open when their number is odd.
fn balance(words: &str) -> i64 {
    words.chars().fold(0, |balance, c| match c {
        '“' | '«' | '„' => balance + 1,
        '”' | '»' => balance - 1,
        '"' => balance ^ 1,
        _ => balance,
    })
}

fn announces(text: &str, block: &Block, words: &LayoutWords) -> bool {
    let whole = block.span.of(text);
    let running = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
    if !running || !whole.ends_with(':') {
        return false;
    }
    let sentence = whole.rsplit(". ").next().unwrap_or(whole);
    frame::lower(sentence, 600).is_some_and(|lower| {
        let mut before = "";
        lower.split(|c: char| !c.is_alphanumeric()).any(|word| {
            let own = words.lists.own.iter().any(|own| own == before);
            before = word;
            !own && words.lists.quotations.iter().any(|noun| noun == word)
        })
    })
}

fn looks_back(words: &str, lists: &LayoutWords) -> bool {
    let opening: String = words.chars().take(60).collect::<String>().to_lowercase();
    let lists = &lists.lists;
    lists.back_references.iter().any(|reference| {
        opening
            .strip_prefix(reference.as_str())
            .is_some_and(|rest| {
                let next = rest.split_whitespace().next().unwrap_or("");
                let next = next.trim_matches(|c: char| !c.is_alphanumeric());
                lists.quotations.iter().any(|noun| noun == next)
            })
    })
}
