//! Marks, colours and the words for types. Colour repeats what a mark or a word says; it never says anything alone.

use anstyle::{AnsiColor, Style};
use svodka::{Certainty, ClaimOut, NameType, Polarity};

/// A colour or weight.
#[derive(Debug, Clone, Copy)]
pub struct Paint(Style);

pub const TITLE: Paint = Paint(Style::new().bold());
pub const HEADING: Paint = Paint(Style::new().bold().underline());
pub const CLAIM: Paint = Paint(Style::new().italic());
pub const QUOTE: Paint = Paint(Style::new().dimmed());

impl Paint {
    /// The words in this colour.
    pub fn of(self, words: &str) -> String {
        let style = self.0;
        format!("{style}{words}{style:#}")
    }
}

/// All four, the surest first.
pub const CERTAINTIES: [Certainty; 4] = [
    Certainty::Asserted,
    Certainty::Probable,
    Certainty::Possible,
    Certainty::Unestablished,
];

/// The mark of a certainty.
pub fn mark(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Asserted => "●",
        Certainty::Probable => "◐",
        Certainty::Possible => "○",
        Certainty::Unestablished => "?",
    }
}

/// A claim's mark in its colour.
pub fn marked(claim: &ClaimOut, mark: &str) -> String {
    let color = match (claim.polarity, claim.certainty) {
        (Polarity::Negative, _) => AnsiColor::Red,
        (_, Certainty::Asserted) => AnsiColor::Green,
        (_, Certainty::Probable) => AnsiColor::Cyan,
        (_, Certainty::Possible) => AnsiColor::Yellow,
        (_, Certainty::Unestablished) => AnsiColor::Magenta,
    };
    Paint(Style::new().fg_color(Some(color.into()))).of(mark)
}

/// What things of a type are called together.
pub fn plural(kind: NameType) -> &'static str {
    match kind {
        NameType::Person => "People",
        NameType::Org => "Organisations",
        NameType::Workplace => "Workplaces",
        NameType::Place => "Places",
        NameType::Work => "Writings",
        NameType::Event => "Events",
    }
}

/// What one of them is called.
pub fn singular(kind: NameType) -> &'static str {
    match kind {
        NameType::Person => "person",
        NameType::Org => "organisation",
        NameType::Workplace => "workplace",
        NameType::Place => "place",
        NameType::Work => "writing",
        NameType::Event => "event",
    }
}
