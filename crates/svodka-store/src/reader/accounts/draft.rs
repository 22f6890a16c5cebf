//! A report as it can be compared, before it is known who is who in the project, who may be seen and what readers rejected: nothing of that
//! is in what a report says, so a draft holds as long as the report is not read or corrected anew.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use svodka_model::{
    Account, ClaimOut, CodePoints, Edtf, EntityOut, NameType, Named, Place, Played, ReportInfo,
    Said, SmolStr, Span, Voice,
};

use crate::correction::Correction;
use crate::fold::{Word, words};
use crate::state::folded_name;
use crate::{StoreError, content};

/// How many words before a number are given with it.
const BEFORE: usize = 3;

/// What a report says; things have the numbers of their names, and are called what the report calls them.
#[derive(Debug, PartialEq)]
pub struct Draft {
    /// Of report and date it says nothing, of authors only what they are called.
    pub account: Account,
    /// What those are whose word is reported.
    pub speakers: BTreeMap<i64, NameType>,
    /// Whether every name was found in the project.
    pub whole: bool,
}

/// A draft that takes little room: thousands are kept.
#[derive(Debug)]
pub struct Packed(Vec<u8>);

/// How a draft is packed. Each claim is packed by itself, so that one of a kind that is not wanted is passed over.
#[derive(Serialize, Deserialize)]
struct Parts<'a> {
    authors: Vec<Voice>,
    speakers: BTreeMap<i64, NameType>,
    /// Four bytes each: these numbers are as good as drawn by lot, and would be longer if short ones were made shorter.
    words: &'a [u8],
    #[serde(borrow)]
    claims: Vec<(&'a str, &'a [u8])>,
}

impl Packed {
    /// Packs a draft.
    pub fn new(draft: &Draft) -> Result<Packed, StoreError> {
        let account = &draft.account;
        let words: Vec<u8> = account
            .words
            .iter()
            .flat_map(|it| it.to_le_bytes())
            .collect();
        let claims = account.claims.iter().map(postcard::to_stdvec);
        let claims = claims.collect::<Result<Vec<_>, _>>().map_err(unpackable)?;
        let parts = Parts {
            authors: account.authors.clone(),
            speakers: draft.speakers.clone(),
            words: &words,
            claims: account
                .claims
                .iter()
                .map(|said| said.kind.as_str())
                .zip(claims.iter().map(Vec::as_slice))
                .collect(),
        };
        Ok(Packed(postcard::to_stdvec(&parts).map_err(unpackable)?))
    }

    /// How many bytes it takes.
    pub fn size(&self) -> usize {
        self.0.len()
    }

    /// The draft, with its claims of some kinds.
    pub fn draft(&self, kinds: Option<&BTreeSet<SmolStr>>) -> Result<Draft, StoreError> {
        let parts: Parts = postcard::from_bytes(&self.0).map_err(unpackable)?;
        let wanted = |kind: &str| kinds.is_none_or(|kinds| kinds.contains(kind));
        let claims = parts.claims.iter().filter(|(kind, _)| wanted(kind));
        let claims = claims.map(|(_, said)| postcard::from_bytes(said));
        let words = parts.words.chunks_exact(4);
        let words = words.filter_map(|bytes| Some(u32::from_le_bytes(bytes.try_into().ok()?)));
        Ok(Draft {
            account: Account {
                authors: parts.authors,
                words: words.collect(),
                claims: claims.collect::<Result<_, _>>().map_err(unpackable)?,
                ..Account::default()
            },
            speakers: parts.speakers,
            whole: true,
        })
    }
}

fn unpackable(error: postcard::Error) -> StoreError {
    StoreError::Damaged(format!(
        "what is compared of a report cannot be kept in memory: {error}"
    ))
}

/// Of a reading what a draft is made of.
#[derive(Deserialize)]
struct Reading {
    #[serde(default)]
    report: ReportInfo,
    #[serde(default)]
    entities: Vec<EntityOut>,
    #[serde(default)]
    claims: Vec<ClaimOut>,
}

/// A text with its words.
struct Text<'t> {
    text: &'t str,
    points: CodePoints,
    words: Vec<Word>,
}

impl Draft {
    /// What is compared of a reading and its text, both by their digests, as readers corrected it: its claims of some kinds. Most of the work is
    /// done claim by claim.
    pub fn new(
        conn: &Connection,
        (reading, text): (&str, &str),
        corrections: &[(usize, Correction)],
        kinds: Option<&BTreeSet<SmolStr>>,
    ) -> Result<Draft, StoreError> {
        let mut read: Reading = serde_json::from_slice(&content::get(conn, reading)?)?;
        for (ordinal, correction) in corrections {
            if let Some(claim) = read.claims.get_mut(*ordinal) {
                correction.correct(claim, &mut read.entities);
            }
        }
        let text = String::from_utf8(content::get(conn, text)?)
            .map_err(|_| StoreError::Damaged(format!("the text {text} is not UTF-8")))?;
        let text = Text {
            text: &text,
            points: CodePoints::new(&text),
            words: words(&text),
        };
        let claims = read.claims.iter().enumerate();
        let claims: Vec<(usize, &ClaimOut)> = claims
            .filter(|(_, claim)| kinds.is_none_or(|kinds| kinds.contains(&claim.kind)))
            .collect();
        let named: BTreeSet<&str> = claims
            .iter()
            .flat_map(|(_, claim)| {
                let fillers = claim.roles.values().flatten().map(|it| &it.entity);
                fillers.chain(claim.sources.iter().map(|it| &it.entity))
            })
            .filter_map(|entity| entity.as_deref())
            .collect();
        let entities = read.entities.iter();
        let entities = entities.filter(|entity| named.contains(entity.id.as_str()));
        let met = Met::all(conn, entities)?;
        let claims = claims.into_iter();
        let claims: Vec<Said> = claims
            .map(|(ordinal, claim)| said(ordinal, claim, &text, &met))
            .collect();
        let speakers = claims.iter().flat_map(|said| &said.sources);
        let speakers = speakers.filter_map(|voice| {
            let thing = voice.thing?;
            let met = met.values().find(|met| met.named.number == thing)?;
            Some((thing, met.kind))
        });
        let authors = read.report.compiler.into_iter();
        Ok(Draft {
            speakers: speakers.collect(),
            whole: met.len() == named.len(),
            account: Account {
                authors: authors.map(|text| Voice { text, thing: None }).collect(),
                words: text
                    .words
                    .iter()
                    .map(|word| numbered(&word.folded))
                    .collect(),
                claims,
                ..Account::default()
            },
        })
    }
}

/// What a report names.
struct Met<'e> {
    named: Named,
    kind: NameType,
    name: &'e str,
}

impl<'e> Met<'e> {
    /// By their ids in the reading; those that the project does not have are left out.
    fn all(
        conn: &Connection,
        entities: impl Iterator<Item = &'e EntityOut>,
    ) -> Result<BTreeMap<&'e str, Met<'e>>, StoreError> {
        let mut query =
            conn.prepare_cached("SELECT id FROM thing WHERE kind = ?1 AND folded = ?2")?;
        let mut all = BTreeMap::new();
        for entity in entities {
            let folded = folded_name(&entity.name);
            let number: Option<i64> = query
                .query_row(params![entity.kind.code(), folded], |row| row.get(0))
                .optional()?;
            let Some(number) = number else {
                continue;
            };
            let met = Met {
                named: Named {
                    number,
                    bare: entity.kind == NameType::Person && !folded.contains(' '),
                },
                kind: entity.kind,
                name: &entity.name,
            };
            all.insert(entity.id.as_str(), met);
        }
        Ok(all)
    }
}

fn said(ordinal: usize, claim: &ClaimOut, text: &Text, met: &BTreeMap<&str, Met>) -> Said {
    let met = |entity: &Option<String>| met.get(entity.as_deref()?);
    let roles = claim.roles.iter().map(|(role, fillers)| {
        let played = fillers.iter().map(|filler| {
            let quoted = filler.quote.as_ref().map(|quote| quote.place);
            match met(&filler.entity) {
                Some(met) => Played {
                    thing: Some(met.named),
                    ..Played::default()
                },
                None => Played {
                    text: filler.text.clone(),
                    before: (filler.place.or(quoted))
                        .map(|place| text.before(place, claim))
                        .unwrap_or_default(),
                    thing: None,
                },
            }
        });
        (role.clone(), played.collect())
    });
    let fields = claim.fields.iter().map(|(name, value)| {
        let value = match value {
            serde_json::Value::String(value) => value.clone(),
            other => other.to_string(),
        };
        (SmolStr::new(name), value)
    });
    let sources = claim
        .sources
        .iter()
        .map(|source| match met(&source.entity) {
            Some(met) => Voice {
                text: met.name.to_owned(),
                thing: Some(met.named.number),
            },
            None => Voice {
                text: source.text.clone(),
                thing: None,
            },
        });
    let when = claim.when.as_ref().map(|when| when.edtf.as_str());
    let (first, last) = days(when);
    Said {
        ordinal,
        kind: claim.kind.clone(),
        roles: roles.collect(),
        fields: fields.collect(),
        first,
        last,
        approximate: when.is_some_and(|when| when.contains(['~', '?', '%'])),
        polarity: claim.polarity,
        certainty: claim.certainty,
        sources: sources.collect(),
        words: text.at(claim.evidence.place),
        rejected: false,
    }
}

impl Text<'_> {
    fn span(&self, place: Place) -> Span {
        self.points.to_span(place.start..place.end)
    }

    /// Which words stand at a place.
    fn at(&self, place: Place) -> std::ops::Range<usize> {
        let span = self.span(place);
        let start = self
            .words
            .partition_point(|word| word.span.end <= span.start);
        let end = self
            .words
            .partition_point(|word| word.span.start < span.end);
        start..end.max(start)
    }

    /// The words before a number, in lower case, as far as they belong to the claim's quotation.
    fn before(&self, place: Place, claim: &ClaimOut) -> String {
        let (number, quotation) = (self.at(place), self.at(claim.evidence.place));
        let filler = self.span(place).of(self.text);
        if !filler.starts_with(|c: char| c.is_ascii_digit()) {
            return String::new();
        }
        let from = number.start.saturating_sub(BEFORE).max(quotation.start);
        let before = self.words.get(from..number.start).unwrap_or_default();
        let before: Vec<&str> = before.iter().map(|word| word.span.of(self.text)).collect();
        before.join(" ").to_lowercase()
    }
}

/// The first and last day that a date can mean.
pub fn days(date: Option<&str>) -> (Option<Date>, Option<Date>) {
    match date.map(str::parse::<Edtf>) {
        Some(Ok(date)) => date.bounds(),
        _ => (None, None),
    }
}

/// A number for a word: FNV-1a of its letters.
fn numbered(folded: &str) -> u32 {
    folded.bytes().fold(0x811c_9dc5, |sum, byte| {
        (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
