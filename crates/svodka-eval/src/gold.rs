//! A gold document: a report with its names and dates marked, and the claims a person found in it.

use std::sync::LazyLock;

use indexmap::IndexMap;
use regex::Regex;
use serde::Deserialize;
use svodka_model::Edtf;

/// A mark: `⟦TYPE:entity-or-EDTF|surface⟧`.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"⟦([A-Z]+):([^|⟧]*)\|([^⟦⟧]*)⟧").expect("the pattern is constant and well formed")
});

/// A report as a person read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Gold {
    /// The report.
    pub text: String,
    /// The marks, in the order of the text.
    pub mentions: Vec<GoldMention>,
    /// The claims.
    pub claims: Vec<GoldClaim>,
}

/// A name or date that a person marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldMention {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// A name type, or `DATE`.
    pub kind: String,
    /// The entity, or the date's value.
    pub value: String,
}

/// A claim that a person found.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GoldClaim {
    /// Its kind.
    pub kind: String,
    /// Role → fillers.
    pub roles: IndexMap<String, Vec<String>>,
    /// Of a membership.
    #[serde(default)]
    pub status: Option<String>,
    /// EDTF.
    #[serde(default)]
    pub when: Option<String>,
    /// `positive` or `negative`.
    pub polarity: String,
    /// One of the four.
    pub certainty: String,
    /// Nearest speaker first.
    #[serde(default)]
    pub sources: Vec<String>,
    /// A quotation that occurs in the text once.
    pub evidence: String,
    /// Where it stands, in code points; one before the text if it does not.
    #[serde(skip)]
    pub(crate) span: (i64, i64),
}

/// What `NAME.meta.json` says of a gold document. Other fields are for people.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Meta {
    /// The report's date.
    #[serde(default)]
    pub date: Option<Edtf>,
}

/// What is wrong with a gold document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GoldError {
    /// Without its marks the marked text is not the text.
    #[error(
        "the marked text differs from the text at line {line}: {found:?} stands there instead of {expected:?}"
    )]
    TextDiffers {
        /// From 1.
        line: usize,
        /// The line of the text.
        expected: String,
        /// The line of the marked text without its marks.
        found: String,
    },
    /// A line of the claims is no claim.
    #[error("line {line} of the claims: {reason}")]
    Claim {
        /// From 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// The file beside the report is not what it should be.
    #[error("the metadata: {reason}")]
    Meta {
        /// What is wrong.
        reason: String,
    },
}

impl Gold {
    /// From the contents of `NAME.txt`, `NAME.mentions.txt` and `NAME.claims.jsonl`.
    pub fn parse(text: &str, marked: &str, claims: &str) -> Result<Gold, GoldError> {
        let (plain, mentions) = unmark(marked);
        if plain.trim_end_matches('\n') != text.trim_end_matches('\n') {
            return Err(difference(text, &plain));
        }
        let mut parsed = Vec::new();
        for (index, line) in claims.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let mut claim: GoldClaim =
                serde_json::from_str(line).map_err(|error| GoldError::Claim {
                    line: index + 1,
                    reason: error.to_string(),
                })?;
            let length = signed(claim.evidence.chars().count());
            let start = text
                .find(&claim.evidence)
                .map_or(-1, |at| signed(text[..at].chars().count()));
            claim.span = (start, start + length);
            parsed.push(claim);
        }
        Ok(Gold {
            text: text.to_owned(),
            mentions,
            claims: parsed,
        })
    }
}

impl Meta {
    /// From the contents of `NAME.meta.json`.
    pub fn parse(json: &str) -> Result<Meta, GoldError> {
        serde_json::from_str(json).map_err(|error| GoldError::Meta {
            reason: error.to_string(),
        })
    }
}

/// The text without its marks, and the marks.
fn unmark(marked: &str) -> (String, Vec<GoldMention>) {
    let (mut plain, mut size, mut last) = (String::new(), 0, 0);
    let mut mentions = Vec::new();
    for mark in MARK.captures_iter(marked) {
        let (Some(whole), surface) = (mark.get(0), &mark[3]) else {
            continue;
        };
        let before = &marked[last..whole.start()];
        plain.push_str(before);
        plain.push_str(surface);
        let start = size + before.chars().count();
        size = start + surface.chars().count();
        mentions.push(GoldMention {
            start,
            end: size,
            kind: mark[1].to_owned(),
            value: mark[2].to_owned(),
        });
        last = whole.end();
    }
    plain.push_str(&marked[last..]);
    (plain, mentions)
}

fn difference(text: &str, plain: &str) -> GoldError {
    let (mut expected, mut found) = (text.lines(), plain.lines());
    let mut line = 1;
    loop {
        let (a, b) = (expected.next(), found.next());
        if a != b || a.is_none() {
            let words = |line: Option<&str>| line.unwrap_or("the end").to_owned();
            return GoldError::TextDiffers {
                line,
                expected: words(a),
                found: words(b),
            };
        }
        line += 1;
    }
}

/// A count of characters, which is far below the limit of either type.
pub(crate) fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_counted_in_code_points_of_the_text_without_them() {
        let marked = "Ночь: ⟦PERSON:o|Ольга⟧ left on ⟦DATE:1923-08-30|30 August⟧.\n";
        let gold =
            Gold::parse("Ночь: Ольга left on 30 August.", marked, "\n").expect("it is sound");
        let mark = |start, end, kind: &str, value: &str| GoldMention {
            start,
            end,
            kind: kind.to_owned(),
            value: value.to_owned(),
        };
        assert_eq!(
            gold.mentions,
            [
                mark(6, 11, "PERSON", "o"),
                mark(20, 29, "DATE", "1923-08-30")
            ]
        );
    }

    #[test]
    fn a_marked_text_that_differs_is_refused_with_its_line() {
        let error = Gold::parse("one\ntwo\n", "one\n⟦PLACE:x|too⟧\n", "").expect_err("they differ");
        assert_eq!(
            error.to_string(),
            "the marked text differs from the text at line 2: \"too\" stands there instead of \"two\""
        );
    }

    #[test]
    fn a_broken_claim_is_refused_with_its_line() {
        let error = Gold::parse("x", "x", "\n{\"kind\": 1}\n").expect_err("a kind is a word");
        assert!(
            error
                .to_string()
                .starts_with("line 2 of the claims: invalid type"),
            "{error}"
        );
    }
}
