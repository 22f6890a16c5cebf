//! The JSON that `svodka read` prints: format 1. Offsets count Unicode code points, half open.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use smol_str::SmolStr;

use crate::{Certainty, CodePoints, Filler, NameType, Polarity, Span};

/// What is known of a report besides its text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReportInfo {
    /// Stable for the same bytes: the first 16 hexadecimal digits of the SHA-256.
    pub id: String,
    /// The title found in the text or given beside it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// The report's date, EDTF.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date: Option<String>,
    /// BCP 47.
    pub language: String,
    /// Path or address.
    pub source: String,
    /// Of the original bytes, hexadecimal.
    pub sha256: String,
    /// Who wrote it, if known.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub compiler: Vec<String>,
    /// To whom, if known.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub addressee: Vec<String>,
    /// Which archive keeps it, if that was told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub repository: Option<String>,
    /// Under what shelf mark, if that was told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reference: Option<String>,
    /// Where the words stand in the original, from one place to the next, if a project keeps it and that is not told by the lines of the text.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub origins: Vec<OriginOut>,
}

/// Where in the original words come from; what its format does not tell is absent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OriginOut {
    /// The first code point that comes from there.
    pub start: usize,
    /// The file inside an EPUB, or the part of an e-mail.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub part: Option<String>,
    /// What the original calls the page, or else its number from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page: Option<String>,
    /// From 1: of the file, or of the page if there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// From 1, for word processor files.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub paragraph: Option<u32>,
}

impl ReportInfo {
    /// Where it lies: archive and shelf mark, as far as they were told.
    pub fn kept_at(&self) -> Option<String> {
        let known = [&self.repository, &self.reference].into_iter().flatten();
        let known: Vec<&str> = known.map(String::as_str).collect();
        (!known.is_empty()).then(|| known.join(", "))
    }
}

/// One report read: the whole of the output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contract {
    /// Always 1.
    pub format: u32,
    /// What is known of the report.
    #[serde(default)]
    pub report: ReportInfo,
    /// The text the offsets count in.
    #[serde(default)]
    pub text: String,
    /// The headings with their reach.
    #[serde(default)]
    pub sections: Vec<SectionOut>,
    /// The sentences.
    #[serde(default)]
    pub sentences: Vec<Place>,
    /// The names and dates.
    #[serde(default)]
    pub mentions: Vec<MentionOut>,
    /// The things named.
    #[serde(default)]
    pub entities: Vec<EntityOut>,
    /// The claims.
    #[serde(default)]
    pub claims: Vec<ClaimOut>,
}

/// A half-open range of code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

impl Place {
    /// The place of a span of bytes.
    pub fn of(points: &CodePoints, span: Span) -> Place {
        let range = points.of_span(span);
        Place {
            start: range.start,
            end: range.end,
        }
    }
}

/// A heading and how far it reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionOut {
    /// Its words.
    pub heading: String,
    /// 1 for the highest.
    pub level: u8,
    /// Where it and its text stand.
    #[serde(flatten)]
    pub place: Place,
}

/// A name or a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionOut {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// The words there.
    pub text: String,
    /// One of the six name types, or `DATE`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The id of what is named; absent for dates.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub entity: Option<String>,
    /// The value of a date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub edtf: Option<String>,
}

/// A thing named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityOut {
    /// A slug, unique in the report.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: NameType,
    /// The fullest form.
    pub name: String,
    /// Every form used.
    #[serde(default)]
    pub names: Vec<String>,
}

/// What fills a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FillerOut {
    /// The words or the value.
    pub text: String,
    /// What is named.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub entity: Option<String>,
    /// Where `text` stands, if it stands there letter for letter.
    #[serde(flatten, skip_serializing_if = "Option::is_none", default)]
    pub place: Option<Place>,
    /// The words a value was drawn from, where it is not itself in the text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub quote: Option<Quote>,
}

impl FillerOut {
    /// The output form of a filler; `entities` are the ids in the report's order.
    pub fn of(
        filler: &Filler,
        text: &str,
        points: &CodePoints,
        entities: &[EntityOut],
    ) -> FillerOut {
        let verbatim = filler.span.is_some_and(|span| span.of(text) == filler.text);
        let quote = filler
            .span
            .filter(|_| !verbatim)
            .map(|span| Quote::of(text, points, span));
        FillerOut {
            text: filler.text.clone(),
            entity: filler
                .entity
                .and_then(|entity| Some(entities.get(entity.0)?.id.clone())),
            place: filler
                .span
                .filter(|_| verbatim)
                .map(|span| Place::of(points, span)),
            quote,
        }
    }
}

/// Words at their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// The words there.
    pub text: String,
}

impl Quote {
    /// The words at a span of bytes.
    pub fn of(text: &str, points: &CodePoints, span: Span) -> Quote {
        Quote {
            place: Place::of(points, span),
            text: span.of(text).to_owned(),
        }
    }
}

/// Who is said to have said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceOut {
    /// The words.
    pub text: String,
    /// Who is named.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub entity: Option<String>,
}

/// When the thing claimed was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhenOut {
    /// The value.
    pub edtf: String,
    /// The expression.
    pub text: String,
}

/// What stands in the place of the rule of a claim that a language model proposed.
pub const PROPOSED: &str = "proposed";

/// A claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimOut {
    /// Unique in the report.
    pub id: String,
    /// The kind.
    pub kind: SmolStr,
    /// Role → fillers.
    pub roles: BTreeMap<SmolStr, Vec<FillerOut>>,
    /// Status, action, relation, former: whatever the kind has.
    #[serde(flatten)]
    pub fields: BTreeMap<String, Value>,
    /// When it was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub when: Option<WhenOut>,
    /// So, or not so.
    pub polarity: Polarity,
    /// How sure the text is.
    pub certainty: Certainty,
    /// On whose word, nearest first.
    #[serde(default)]
    pub sources: Vec<SourceOut>,
    /// The words it rests on.
    pub evidence: Quote,
    /// The frame that drew it.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub frame: String,
}
