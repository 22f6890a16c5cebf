//! The words that the layout stage of reading needs.

use serde::Deserialize;

/// The contents of a pack's `layout.toml`. All words and phrases are in lower case.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutWords {
    /// What a report calls itself in its title: "survey", "report", "on".
    pub title: TitleWords,
    /// The report's frame: salutations, signatures, file numbers, degrees of secrecy.
    pub matter: MatterWords,
    /// A modern editor's or web page's text around the report.
    pub foreign: ForeignWords,
    /// Lists and quotations.
    pub lists: ListWords,
}

/// How a title is known.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleWords {
    /// Nouns for a kind of report.
    pub nouns: Vec<String>,
    /// Words a title may open with, such as "on" or "concerning".
    pub openings: Vec<String>,
    /// What stands before a title and its colon: "subject", "re".
    pub labels: Vec<String>,
}

/// How the report's frame is known.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatterWords {
    /// Openings of a letter: "sir", "dear".
    pub salutations: Vec<String>,
    /// Openings of an address: "to the", "to his".
    pub addresses: Vec<String>,
    /// Words of a stamp or file number: "secret", "copy no".
    pub stamps: Vec<String>,
    /// Words of a closing: "yours", "signed", "chief", "secretary".
    pub signatures: Vec<String>,
}

/// How text that is not the report's is known.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignWords {
    /// Whole lines after which nothing is the report's: "comments".
    pub tails: Vec<String>,
    /// Openings of a line of an editor or page.
    pub openings: Vec<String>,
    /// Openings that are foreign only beside a year of the web's time: "submitted by".
    pub dated_openings: Vec<String>,
    /// Phrases that only an editor or page uses.
    pub phrases: Vec<String>,
}

/// How lists and quotations are known.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListWords {
    /// Words that a label before a colon never holds: verbs of speech, "following".
    pub not_in_labels: Vec<String>,
    /// What may be quoted at length after a colon: "letter", "report", "statement".
    pub quotations: Vec<String>,
    /// Words before such a noun that make it the report itself, or a verb: "my report", "to report".
    pub own: Vec<String>,
    /// Words that look back at a quotation just ended: "this", "the above".
    pub back_references: Vec<String>,
    /// Words that no sentence ends with: "the", "of", "and".
    pub unfinished: Vec<String>,
    /// Abbreviations whose full stop ends no sentence unless a capital follows: "inst", "ult".
    pub abbreviations: Vec<String>,
    /// Letters that make a sum of the digits before them, and keep their full stop so too: "s", "d".
    pub coins: Vec<String>,
}
