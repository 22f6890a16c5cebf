//! The text, with its names, dates and anchors.

use std::collections::BTreeSet;
use std::fmt::Write;

use quick_xml::escape::escape;
use svodka_model::{CodePoints, Filed, MentionOut, NameType};

use super::{anchor, thing};
use crate::formats::xml;

/// The content of `<body>`: a `<div>` for each section, with a `<head>` and a `<p>` for each paragraph. Its characters are those of the
/// text, in their order; save that a form feed is a `<pb/>`, and another character that XML does not have a `<g/>` with its number.
pub fn body(filed: &Filed) -> String {
    let text = &filed.contract.text;
    let points = CodePoints::new(text);
    let mut writer = Writer {
        filed,
        text,
        points: &points,
        anchors: anchors(filed),
        mentions: inline(filed),
        out: String::with_capacity(text.len() * 2),
    };
    let length = points.of_byte(text.len());
    let mut sections: Vec<_> = filed.contract.sections.iter().collect();
    sections.sort_by_key(|section| section.place.start);
    let first = sections
        .first()
        .map_or(length, |section| section.place.start);
    if first > 0 || sections.is_empty() {
        writer.out += "<div>";
        writer.blocks(0, first, None);
        writer.out += "</div>";
    }
    for (place, section) in sections.iter().enumerate() {
        let end = sections
            .get(place + 1)
            .map_or(length, |next| next.place.start);
        let _ = write!(
            writer.out,
            "<div n=\"{}\" corresp=\"#{}\">",
            section.level,
            anchor(filed, section.place.end)
        );
        writer.blocks(section.place.start, end, Some(&section.heading));
        writer.out += "</div>";
    }
    writer.out
}

/// The offsets, in code points, that something beside the text points to.
fn anchors(filed: &Filed) -> BTreeSet<usize> {
    let mut anchors = BTreeSet::new();
    let mut put = |place: svodka_model::Place| anchors.extend([place.start, place.end]);
    for (_, claim) in filed.cited() {
        put(claim.evidence.place);
        for filler in claim.roles.values().flatten() {
            filler.place.iter().copied().for_each(&mut put);
            filler
                .quote
                .iter()
                .map(|quote| quote.place)
                .for_each(&mut put);
        }
    }
    for mention in beside(filed) {
        put(mention.place);
    }
    filed.contract.sentences.iter().copied().for_each(&mut put);
    anchors.extend(
        filed
            .contract
            .sections
            .iter()
            .map(|section| section.place.end),
    );
    anchors
}

/// The mentions that elements of the text can hold: those that neither overlap an earlier one nor go over the end of a paragraph.
fn inline(filed: &Filed) -> Vec<&MentionOut> {
    let points = CodePoints::new(&filed.contract.text);
    let starts: BTreeSet<usize> = filed
        .contract
        .sections
        .iter()
        .map(|section| section.place.start)
        .collect();
    let mut mentions: Vec<&MentionOut> = filed.contract.mentions.iter().collect();
    mentions.sort_by_key(|mention| (mention.place.start, mention.place.end));
    let mut end = 0;
    mentions.retain(|mention| {
        let words = points
            .to_span(mention.place.start..mention.place.end)
            .of(&filed.contract.text);
        let splits = trimmed(words) != words
            || words.is_empty()
            || blocks(words).len() != 1
            || starts
                .range(mention.place.start + 1..mention.place.end)
                .next()
                .is_some();
        let fits = mention.place.start >= end && !splits;
        if fits {
            end = mention.place.end;
        }
        fits
    });
    mentions
}

/// The other mentions.
pub fn beside(filed: &Filed) -> Vec<&MentionOut> {
    let inline = inline(filed);
    let is_inline =
        |mention: &&MentionOut| !inline.iter().any(|held| std::ptr::eq(*held, *mention));
    filed.contract.mentions.iter().filter(is_inline).collect()
}

/// What may stand between paragraphs: XML's white space, and the form feed, for which there is an element.
const BLANK: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];

fn trimmed(text: &str) -> &str {
    text.trim_matches(BLANK)
}

/// The paragraphs of a text, as bytes: what stands between empty lines, without the white space around it.
fn blocks(text: &str) -> Vec<(usize, usize)> {
    let mut blocks: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = trimmed(line);
        if words.is_empty() {
            blocks.extend(open.take());
        } else {
            let start = at + (line.len() - line.trim_start_matches(BLANK).len());
            let end = start + words.len();
            open = Some((open.map_or(start, |(start, _)| start), end));
        }
        at += line.len();
    }
    blocks.extend(open);
    blocks
}

struct Writer<'a> {
    filed: &'a Filed,
    text: &'a str,
    points: &'a CodePoints,
    anchors: BTreeSet<usize>,
    mentions: Vec<&'a MentionOut>,
    out: String,
}

impl Writer<'_> {
    /// What stands from one code point to another, in paragraphs, the first of them a heading if it says what that does.
    fn blocks(&mut self, start: usize, end: usize, heading: Option<&str>) {
        let span = self.points.to_span(start..end);
        let part = span.of(self.text);
        let mut found: Vec<(usize, usize)> = blocks(part)
            .into_iter()
            .map(|(start, end)| (start + span.start, end + span.start))
            .collect();
        let mut head = false;
        if let (Some(heading), Some(&(first, last))) = (heading.map(trimmed), found.first()) {
            // A heading may have a number before it, and share its paragraph with what it stands above.
            let words = &self.text[first..last];
            let line = words.lines().next().unwrap_or(words);
            let cut = line
                .find(heading)
                .map_or(first, |at| first + at + heading.len());
            if !heading.is_empty() && cut > first && !self.inside_mention(cut) {
                head = true;
                found[0] = (first, cut);
                let rest = trimmed(&self.text[cut..last]);
                if !rest.is_empty() {
                    found.insert(1, (last - rest.len(), last));
                }
            }
        }
        let mut at = span.start;
        for (place, (first, last)) in found.iter().enumerate() {
            self.run(at, *first, false);
            let element = if head && place == 0 { "head" } else { "p" };
            let _ = write!(self.out, "<{element}>");
            self.run(*first, *last, true);
            let _ = write!(self.out, "</{element}>");
            at = *last;
        }
        if found.is_empty() {
            self.out += "<p>";
        }
        self.run(at, span.end, false);
        if found.is_empty() {
            self.out += "</p>";
        }
    }

    fn inside_mention(&self, byte: usize) -> bool {
        let at = self.points.of_byte(byte);
        self.mentions
            .iter()
            .any(|mention| mention.place.start < at && at < mention.place.end)
    }

    /// The characters between two bytes, with the anchors before them and, in a paragraph, the mentions among them. An anchor at the end of a
    /// paragraph stands after it.
    fn run(&mut self, start: usize, end: usize, paragraph: bool) {
        let mut at = self.points.of_byte(start);
        let mut closing: Option<(usize, &'static str)> = None;
        let text = self.text;
        let last = start == end;
        for c in text[start..end].chars() {
            if let Some((_, element)) = closing.take_if(|(end, _)| *end == at) {
                let _ = write!(self.out, "</{element}>");
            }
            self.anchor(at);
            if paragraph
                && let Ok(found) = self
                    .mentions
                    .binary_search_by_key(&at, |mention| mention.place.start)
            {
                let mention = self.mentions[found];
                closing = Some((mention.place.end, self.open(mention)));
            }
            self.character(c);
            at += 1;
        }
        if let Some((_, element)) = closing {
            let _ = write!(self.out, "</{element}>");
        }
        // At the very end of the text no character follows that an anchor could stand before.
        if !last && end == text.len() {
            self.anchor(at);
        }
    }

    fn anchor(&mut self, at: usize) {
        if self.anchors.remove(&at) {
            let _ = write!(self.out, "<anchor xml:id=\"{}\"/>", anchor(self.filed, at));
        }
    }

    fn character(&mut self, c: char) {
        match c {
            '\u{c}' => self.out += "<pb/>",
            '\r' => self.out += "&#13;",
            c if xml::allows(c) => self.out += &escape(c.encode_utf8(&mut [0; 4]) as &str),
            c => {
                let _ = write!(self.out, "<g n=\"{}\"/>", u32::from(c));
            }
        }
    }

    /// Begins the element of a mention.
    fn open(&mut self, mention: &MentionOut) -> &'static str {
        let (element, kind) = match NameType::from_code(&mention.kind) {
            Some(NameType::Person) => ("persName", None),
            Some(NameType::Org) => ("orgName", None),
            Some(NameType::Workplace) => ("orgName", Some("workplace")),
            Some(NameType::Place) => ("placeName", None),
            Some(NameType::Work) => ("title", None),
            Some(NameType::Event) => ("rs", Some("event")),
            None => ("date", None),
        };
        let _ = write!(self.out, "<{element}");
        if let Some(kind) = kind {
            let _ = write!(self.out, " type=\"{kind}\"");
        }
        if let Some(thing) = thing(self.filed, mention.entity.as_deref()) {
            let _ = write!(self.out, " ref=\"#{thing}\"");
        }
        if let Some(edtf) = &mention.edtf {
            let _ = write!(self.out, " when-custom=\"{}\"", xml::plain(edtf));
        }
        self.out.push('>');
        element
    }
}

#[cfg(test)]
mod tests {
    use svodka_model::{Contract, Place, SectionOut};

    use super::*;

    fn mention(text: &str, words: &str, kind: &str) -> MentionOut {
        let start = text.find(words).expect("the words stand in the text");
        let start = text[..start].chars().count();
        let end = start + words.chars().count();
        MentionOut {
            place: Place { start, end },
            text: words.to_owned(),
            kind: kind.to_owned(),
            entity: None,
            edtf: None,
        }
    }

    fn filed(text: &str, sections: &[(&str, usize, usize)], mentions: &[(&str, &str)]) -> Filed {
        let sections = sections.iter().map(|(heading, start, end)| SectionOut {
            heading: (*heading).to_owned(),
            level: 1,
            place: Place {
                start: *start,
                end: *end,
            },
        });
        let mentions = mentions
            .iter()
            .map(|(words, kind)| mention(text, words, kind));
        let contract = Contract {
            format: 1,
            report: Default::default(),
            text: text.to_owned(),
            sections: sections.collect(),
            sentences: Vec::new(),
            mentions: mentions.collect(),
            entities: Vec::new(),
            claims: Vec::new(),
        };
        Filed {
            number: 3,
            label: "a.txt".to_owned(),
            version: 1,
            read_at: "1911-05-03T10:00:00Z".to_owned(),
            contract,
            things: Vec::new(),
            claims: Vec::new(),
        }
    }

    #[test]
    fn names_and_headings_become_elements_and_every_character_stays() {
        let text = "I. Strikes\n\nIvan\nOrlov came\u{c}\n\nA & B";
        let filed = filed(text, &[("Strikes", 0, 35)], &[("Ivan\nOrlov", "PERSON")]);
        assert_eq!(
            body(&filed),
            "<div n=\"1\" corresp=\"#r3.o35\"><head>I. Strikes</head>\n\n<p><persName>Ivan\nOrlov</persName> came</p><pb/>\n\n<p>A &amp; B<anchor xml:id=\"r3.o35\"/></p></div>"
        );
    }

    #[test]
    fn a_name_across_paragraphs_or_in_another_stands_beside_the_text() {
        let text = "Bank\n\nof Tula Mills";
        let filed = filed(
            text,
            &[],
            &[
                ("Bank\n\nof Tula", "ORG"),
                ("Tula Mills", "WORKPLACE"),
                ("Tula", "PLACE"),
            ],
        );
        let beside: Vec<&str> = beside(&filed)
            .iter()
            .map(|mention| mention.kind.as_str())
            .collect();
        assert_eq!(beside, ["ORG", "WORKPLACE"]);
        assert!(body(&filed).contains("<placeName>Tula</placeName>"));
    }
}
