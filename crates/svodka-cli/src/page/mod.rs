//! The page for people: what a report claims, thing by thing.
//!
//! Made from the output contract, so it can say nothing that the JSON does not but where in the original a quotation
//! stands. Pure: a contract, a pack's wording and a width in, a page with colours out.

mod contents;
mod sentence;
mod style;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use svodka::{Certainty, ClaimOut, Contract, KindWords, NameType, Polarity};
use textwrap::{Options, WordSeparator, WordSplitter};

use self::contents::{Contents, Entry};
pub use self::sentence::{said, sentence};
use self::style::HEADING;
pub use self::style::{CERTAINTIES, CLAIM, QUOTE, TITLE, mark, marked, singular};

/// How far claims are set in, so that their marks and numbers stand in a column of their own.
const INDENT: &str = "           ";

/// The page, at most `width` columns wide. `whence` tells where in the original a code point of the text stands.
pub fn page(
    contract: &Contract,
    words: &KindWords,
    width: usize,
    whence: &dyn Fn(usize) -> String,
) -> String {
    let mut page = Page {
        whence,
        contract,
        words,
        width,
        contents: Contents::new(contract, words),
        out: String::new(),
    };
    page.head();
    page.things();
    page.nameless();
    page.without_claims();
    page.counts();
    page.out
}

struct Page<'a> {
    contract: &'a Contract,
    words: &'a KindWords,
    width: usize,
    whence: &'a dyn Fn(usize) -> String,
    contents: Contents<'a>,
    out: String,
}

impl Page<'_> {
    /// A paragraph, wrapped, with its later lines set in by `indent`.
    fn wrapped(&mut self, text: &str, first: &str, indent: &str) {
        let options = Page::options(self.width)
            .initial_indent(first)
            .subsequent_indent(indent);
        for line in textwrap::wrap(text, options) {
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    /// Lines break at spaces alone: a hyphen in a name or a quotation is part of it.
    fn options(width: usize) -> Options<'static> {
        Options::new(width)
            .break_words(false)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation)
    }

    fn heading(&mut self, text: &str) {
        self.out
            .push_str(&format!("\n{}\n", HEADING.of(&text.to_uppercase())));
    }

    fn head(&mut self) {
        let report = &self.contract.report;
        let source = if report.source.is_empty() {
            "-"
        } else {
            &report.source
        };
        let title = report.title.as_deref().unwrap_or(source);
        let title = TITLE.of(title);
        let mut facts = vec![format!(
            "Dated {}",
            report.date.as_deref().unwrap_or("nowhere in the text")
        )];
        if !report.compiler.is_empty() {
            facts.push(format!("by {}", report.compiler.join(", ")));
        }
        if !report.addressee.is_empty() {
            facts.push(format!("to {}", report.addressee.join(", ")));
        }
        facts.extend(report.kept_at());
        facts.push(format!("read from {source}"));
        self.wrapped(&title, "", "");
        self.wrapped(&facts.join(" · "), "", "");
        self.out.push('\n');
        self.wrapped(
            "What follows is what the report says, not what is known to be true.",
            "",
            "",
        );
        // The spaces inside each part do not break.
        let legend = "●\u{a0}asserted  ◐\u{a0}probable  ○\u{a0}possible  ?\u{a0}unestablished  ✗\u{a0}said\u{a0}not\u{a0}to\u{a0}be\u{a0}so";
        self.wrapped(legend, "", "");
    }

    /// Every thing that some claim is about, by type.
    fn things(&mut self) {
        for kind in NameType::ALL {
            let entries = self.contents.of_type(kind);
            if entries.is_empty() {
                continue;
            }
            self.heading(style::plural(kind));
            for entry in &entries {
                self.thing(entry);
            }
        }
    }

    fn thing(&mut self, entry: &Entry<'_>) {
        let entity = entry.entity;
        let mut name = TITLE.of(&entity.name);
        let others: Vec<&str> = entity
            .names
            .iter()
            .filter(|name| **name != entity.name)
            .map(String::as_str)
            .collect();
        if !others.is_empty() {
            name += &QUOTE.of(&format!("  also written {}", others.join(", ")));
        }
        self.out.push('\n');
        self.wrapped(&name, "", "    ");
        self.claims(&entry.claims);
        if !entry.elsewhere.is_empty() {
            let numbers: Vec<String> = entry.elsewhere.iter().map(usize::to_string).collect();
            let see = format!("see also {}", numbers.join(", "));
            self.wrapped(&QUOTE.of(&see), "    ", "    ");
        }
    }

    /// Claims under one thing: by kind, each kind with its heading.
    fn claims(&mut self, claims: &[usize]) {
        let mut heading = None;
        let mut quoted = None;
        for &index in claims {
            let claim = &self.contract.claims[index];
            let of_kind = self
                .words
                .get(&claim.kind)
                .map_or(claim.kind.as_str(), |words| words.heading.as_str());
            if heading != Some(of_kind) {
                self.out.push_str(&format!("  {}\n", CLAIM.of(of_kind)));
                heading = Some(of_kind);
            }
            self.claim(index, claim, &mut quoted);
        }
    }

    /// A claim: mark, number, sentence, when, on whose word, how sure; below it its quotation with its place.
    fn claim(&mut self, index: usize, claim: &ClaimOut, quoted: &mut Option<(usize, usize)>) {
        let negative = claim.polarity == Polarity::Negative;
        let mark = format!(
            "{}{}",
            style::mark(claim.certainty),
            if negative { "✗" } else { " " }
        );
        let first = format!(
            "  {} {:>4}  ",
            marked(claim, &mark),
            self.contents.number(index)
        );
        let sentence = sentence::sentence(claim, self.words.get(&claim.kind));
        self.wrapped(&sentence, &first, INDENT);
        let whence = (self.whence)(claim.evidence.place.start);
        let place = (claim.evidence.place.start, claim.evidence.place.end);
        let quotation = if *quoted == Some(place) {
            format!("the same words, {whence}")
        } else {
            let words: Vec<&str> = claim.evidence.text.split_whitespace().collect();
            format!("“{}” {whence}", words.join(" "))
        };
        *quoted = Some(place);
        for line in textwrap::wrap(
            &quotation,
            Page::options(self.width.saturating_sub(INDENT.len())),
        ) {
            self.out.push_str(INDENT);
            self.out.push_str(&QUOTE.of(line.trim_end()));
            self.out.push('\n');
        }
    }

    /// Claims that name no thing.
    fn nameless(&mut self) {
        let claims = self.contents.nameless().to_vec();
        if !claims.is_empty() {
            self.heading("Without a name");
            self.claims(&claims);
        }
    }

    /// The things that are named and nothing is claimed of.
    fn without_claims(&mut self) {
        let silent = self.contents.silent();
        if silent.is_empty() {
            return;
        }
        self.heading("Named, with no claim");
        for (kind, names) in silent {
            let text = format!("{}: {}", style::plural(kind), names.join(" · "));
            self.wrapped(&text, "  ", "    ");
        }
    }

    fn counts(&mut self) {
        let claims = &self.contract.claims;
        let of = |certainty: Certainty| {
            claims
                .iter()
                .filter(|claim| claim.certainty == certainty)
                .count()
        };
        let sure: Vec<String> = style::CERTAINTIES
            .iter()
            .map(|&certainty| (of(certainty), certainty.word()))
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| format!("{number} {word}"))
            .collect();
        let mut facts = vec![match sure.is_empty() {
            true => "no claims".to_owned(),
            false => format!("{} ({})", counted(claims.len(), "claim"), sure.join(", ")),
        }];
        let negative = claims
            .iter()
            .filter(|claim| claim.polarity == Polarity::Negative)
            .count();
        let sourced = claims
            .iter()
            .filter(|claim| !claim.sources.is_empty())
            .count();
        if negative > 0 {
            facts.push(format!("{negative} said not to be so"));
        }
        if sourced > 0 {
            facts.push(format!("{sourced} on somebody's word"));
        }
        let mut types: BTreeMap<NameType, usize> = BTreeMap::new();
        for entity in &self.contract.entities {
            *types.entry(entity.kind).or_default() += 1;
        }
        let named: Vec<String> = types
            .iter()
            .map(|(kind, number)| counted(*number, style::singular(*kind)))
            .collect();
        if !named.is_empty() {
            facts.push(format!("named: {}", named.join(", ")));
        }
        let dates = self
            .contract
            .mentions
            .iter()
            .filter(|mention| mention.edtf.is_some())
            .count();
        facts.push(counted(dates, "date"));
        self.out.push('\n');
        self.wrapped(&facts.join("; "), "", "");
    }
}

/// "1 claim", "2 claims".
fn counted(number: usize, word: &str) -> String {
    match (number, word) {
        (1, _) => format!("1 {word}"),
        (_, "person") => format!("{number} people"),
        _ => format!("{number} {word}s"),
    }
}
