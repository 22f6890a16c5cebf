//! `svodka explain`: what one stage of reading makes of a report.

use svodka::{BlockKind, Polarity, ReadOptions, Reading, Span};

use crate::args::{Explain, Stage};
use crate::lines::Lines;
use crate::output::{Output, Sink};
use crate::problem::Problem;
use crate::{files, setup};

/// Reads the report and prints the stage, one thing a line, each with its place as line:column.
pub fn run(arguments: &Explain) -> Result<u8, Problem> {
    let text = files::document(&arguments.file, arguments.encoding.as_deref())?;
    let engine = setup::engine(&arguments.means)?;
    let options = ReadOptions {
        date: arguments.date.clone(),
        source: arguments.file.display().to_string(),
    };
    let reading = engine.read(text, &options);
    let view = View {
        lines: Lines::new(&reading.text.text),
        reading: &reading,
    };
    let told = match arguments.stage {
        Stage::Layout => view.layout(),
        Stage::Parse => view.parse(),
        Stage::Names => view.names(),
        Stage::Dates => view.dates(),
        Stage::Claims => view.claims(),
    };
    let mut output = Output::new(Sink::Plain);
    output.write(&told)?;
    output.finish()?;
    Ok(0)
}

struct View<'a> {
    reading: &'a Reading,
    lines: Lines<'a>,
}

impl View<'_> {
    fn place(&self, span: Span) -> String {
        let position = self.lines.position(span.start);
        format!("{}:{}", position.line, position.column)
    }

    fn words(&self, span: Span) -> String {
        span.of(&self.reading.text.text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn layout(&self) -> String {
        let layout = &self.reading.layout;
        let date = self
            .reading
            .date
            .as_ref()
            .map_or("not found", |date| date.as_str());
        let mut told = format!("report's date: {date}\n");
        for (index, block) in layout.blocks.iter().enumerate() {
            let kind = match block.kind {
                BlockKind::Title => "title".to_owned(),
                BlockKind::Heading { level } => format!("heading {level}"),
                BlockKind::Paragraph => "paragraph".to_owned(),
                BlockKind::Item => "item".to_owned(),
                BlockKind::Matter => "matter".to_owned(),
                BlockKind::Foreign => "foreign".to_owned(),
            };
            told += &format!("{index:4}  {:9} {kind:10}", self.place(block.span));
            if let Some(marker) = block.marker {
                told += &format!(" [{}]", self.words(marker));
            }
            if let Some(introduction) = block.introduced_by {
                told += &format!(" <- {introduction}");
            }
            if let Some(announcement) = block.quoted_from {
                told += &format!(" quoted <- {announcement}");
            }
            if let Some(label) = block.label {
                told += &format!(" {{{}}}", self.words(label));
            }
            let words = self.words(block.span);
            let short: String = words.chars().take(100).collect();
            told += &format!(
                " {short}{}\n",
                if short.len() < words.len() { "…" } else { "" }
            );
        }
        told
    }

    fn parse(&self) -> String {
        let parse = &self.reading.parse;
        let mut told = String::new();
        for sentence in &parse.sentences {
            told += &format!(
                "# {} {}\n",
                self.place(parse.span(sentence.clone())),
                self.words(parse.span(sentence.clone()))
            );
            for (index, token) in sentence
                .clone()
                .filter_map(|index| Some((index, parse.tokens.get(index)?)))
            {
                let number = index + 1 - sentence.start;
                let head = if token.head == index {
                    0
                } else {
                    token.head + 1 - sentence.start
                };
                let words = token.span.of(&self.reading.text.text).escape_debug();
                told += &format!(
                    "{number}\t{words}\t{}\t{}\t{}\t{head}\t{}\n",
                    token.lemma.escape_debug(),
                    token.pos,
                    token.tag,
                    token.dep
                );
            }
            told.push('\n');
        }
        for proposal in &parse.proposals {
            let span = parse.span(proposal.tokens.clone());
            told += &format!(
                "# proposed {:9} {:12} {}\n",
                self.place(span),
                proposal.label,
                self.words(span)
            );
        }
        told
    }

    fn names(&self) -> String {
        let mut told = String::new();
        for mention in &self.reading.mentions {
            let entity = self
                .reading
                .entities
                .get(mention.entity.0)
                .map_or("", |entity| entity.slug.as_str());
            told += &format!(
                "{:9} {:10} {:30} {entity}\n",
                self.place(mention.span),
                mention.kind.code(),
                self.words(mention.span)
            );
        }
        told.push('\n');
        for entity in &self.reading.entities {
            let names = entity.names.join(" | ");
            told += &format!(
                "{:10} {:30} {} = {names}\n",
                entity.kind.code(),
                entity.slug,
                entity.name
            );
        }
        told
    }

    fn dates(&self) -> String {
        let anchor = self
            .reading
            .date
            .as_ref()
            .map_or("no date", |date| date.as_str());
        let mut told = format!("reckoned from {anchor}\n");
        for date in &self.reading.dates {
            told += &format!(
                "{:9} {:40} {}\n",
                self.place(date.span),
                self.words(date.span),
                date.value
            );
        }
        told
    }

    fn claims(&self) -> String {
        let mut told = String::new();
        for (index, claim) in self.reading.claims.iter().enumerate() {
            let trigger = claim.derivation.trigger;
            told += &format!(
                "c{:<4} {:9} {}",
                index + 1,
                self.place(claim.evidence),
                claim.kind
            );
            told += &format!(
                "  by {} at “{}” {}\n",
                claim.derivation.frame,
                self.words(trigger),
                self.place(trigger)
            );
            for (role, fillers) in &claim.roles {
                let fillers: Vec<String> = fillers
                    .iter()
                    .map(|filler| {
                        match filler
                            .entity
                            .and_then(|entity| self.reading.entities.get(entity.0))
                        {
                            Some(entity) => format!("{} ({})", filler.text, entity.slug),
                            None => filler.text.clone(),
                        }
                    })
                    .collect();
                told += &format!("      {role} = {}\n", fillers.join(" | "));
            }
            for (field, value) in &claim.fields {
                told += &format!("      {field}: {value}\n");
            }
            if let Some(when) = &claim.when {
                told += &format!("      when {} “{}”\n", when.value, self.words(when.span));
            }
            let so = if claim.polarity == Polarity::Negative {
                "not so, "
            } else {
                ""
            };
            told += &format!("      {so}{}", claim.certainty.word());
            let sources: Vec<&str> = claim
                .sources
                .iter()
                .map(|source| source.text.as_str())
                .collect();
            if !sources.is_empty() {
                told += &format!(", on the word of {}", sources.join(" < "));
            }
            told += &format!("\n      “{}”\n", self.words(claim.evidence));
        }
        told
    }
}
