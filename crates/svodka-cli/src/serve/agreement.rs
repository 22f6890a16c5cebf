//! What svodka-agree finds: on how many independent witnesses claims stand, and what cannot both hold.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use svodka::agree::{self, At, Reach, Slot, Tie};
use svodka::store::{ClaimKey, Reader, Selection, Told};
use utoipa::{IntoParams, ToSchema};

use super::app::App;
use super::ask::{Json, Path, Query};
use super::claims::{ClaimsQuery, MOST};
use super::failure::{Failure, Wrong};
use super::shape::{Claim, Filler, Shaper, Supported};
use super::who::Who;
use crate::project;

/// How many claims and reports of a witness are named.
const NAMED: usize = 20;

/// How many contradictions are kept to be looked through: whoever wants others asks of a kind, a thing or a time.
const LOOKED_THROUGH: usize = 2000;

/// How many contradictions are given if nobody says.
const PAGE: usize = 20;

/// On what a claim stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Support {
    /// How many independent witnesses there are: at least one.
    pub witnesses: usize,
    /// How many claims say the same, itself included.
    pub claims: usize,
    /// Each witness.
    pub independent: Vec<Witness>,
}

/// What may be told several times and was seen once.
#[derive(Debug, Serialize, ToSchema)]
pub struct Witness {
    /// The people and bodies in the chains that are named; if there are none, the report itself is the witness.
    pub sources: Vec<Filler>,
    /// How many claims rest on it.
    pub count: usize,
    /// These claims, 20 at most.
    pub claims: Vec<Resting>,
    /// Why they are one witness.
    pub why_one: Vec<Why>,
}

/// A claim that rests on a witness.
#[derive(Debug, Serialize, ToSchema)]
pub struct Resting {
    /// Its name in the project.
    pub key: String,
    /// Its report.
    pub report: i64,
    /// That report's path.
    pub label: String,
    /// That report's date, EDTF.
    pub date: String,
    /// The words it rests on.
    pub quote: String,
}

/// Why claims rest on one witness.
#[derive(Debug, Serialize, ToSchema)]
pub struct Why {
    /// What is the same: `source`, `author`, `report` or `words`.
    pub same: &'static str,
    /// The source or author.
    pub who: Option<Filler>,
    /// Of the same words: the claim that repeats them and the one that they are from; of the same report: one claim of it.
    pub claims: Vec<Resting>,
}

/// Claims that supports speak of.
struct Spoken(BTreeMap<At, Told>);

impl Spoken {
    fn of<'s>(
        reader: &Reader,
        supports: impl IntoIterator<Item = &'s agree::Support>,
    ) -> Result<Spoken, Failure> {
        let mut wanted: BTreeSet<At> = BTreeSet::new();
        for witness in supports.into_iter().flat_map(|it| &it.witnesses) {
            wanted.extend(witness.claims.iter().take(NAMED));
            for tie in &witness.ties {
                if let Tie::Echo(echo) = tie {
                    wanted.extend([echo.of, echo.by]);
                }
            }
        }
        let places: Vec<(i64, usize)> = wanted.iter().map(|at| (at.report, at.ordinal)).collect();
        let told = reader.claims_at(&places)?;
        Ok(Spoken(wanted.into_iter().zip(told).collect()))
    }

    fn resting(&self, at: At) -> Option<Resting> {
        let told = self.0.get(&at)?;
        Some(Resting {
            key: told.key.to_string(),
            report: told.report,
            label: told.label.clone(),
            date: told.date.clone().unwrap_or_default(),
            quote: told.claim.evidence.text.clone(),
        })
    }

    fn support(&self, support: &agree::Support) -> Support {
        let named = |voice: &agree::Voice| Filler {
            text: voice.text.clone(),
            thing: voice.thing,
        };
        let why = |witness: &agree::Witness, tie: &Tie| match tie {
            Tie::Voice(voice) => Why {
                same: "source",
                who: Some(named(voice)),
                claims: Vec::new(),
            },
            Tie::Author(voice) => Why {
                same: "author",
                who: Some(named(voice)),
                claims: Vec::new(),
            },
            Tie::Report(report) => {
                let mut inside = witness.claims.iter().filter(|at| at.report == *report);
                Why {
                    same: "report",
                    who: None,
                    claims: inside
                        .find_map(|at| self.resting(*at))
                        .into_iter()
                        .collect(),
                }
            }
            Tie::Echo(echo) => Why {
                same: "words",
                who: None,
                claims: [echo.by, echo.of]
                    .into_iter()
                    .filter_map(|at| self.resting(at))
                    .collect(),
            },
        };
        let witness = |witness: &agree::Witness| Witness {
            sources: witness.voices.iter().map(named).collect(),
            count: witness.claims.len(),
            claims: witness
                .claims
                .iter()
                .take(NAMED)
                .filter_map(|at| self.resting(*at))
                .collect(),
            why_one: witness
                .ties
                .iter()
                .take(NAMED)
                .map(|tie| why(witness, tie))
                .collect(),
        };
        Support {
            witnesses: support.count(),
            claims: support.claims.len(),
            independent: support.witnesses.iter().map(witness).collect(),
        }
    }
}

/// On what a claim stands: its independent witnesses, and why claims are counted as one.
#[utoipa::path(get, path = "/api/reports/{id}/claims/{key}/support", tag = "agreement",
    params(("id" = i64, Path, description = "The report's number"), ("key" = String, Path, description = "The claim's name in the project")),
    responses((status = 200, body = Support), (status = 404, body = Wrong), (status = 422, body = Wrong)))]
pub async fn support(
    State(app): State<Arc<App>>,
    who: Who,
    Path((id, key)): Path<(i64, String)>,
) -> Result<Json<Support>, Failure> {
    let key: ClaimKey = key.parse().map_err(Failure::wrong)?;
    app.ask(&who, move |asked| {
        let told = asked.reader.claim(id, key)?;
        let agreement = &asked.app.rules().agreement;
        let supports = svodka::supports(asked.tabled()?, agreement, &[told])?;
        let spoken = Spoken::of(asked.reader, &supports)?;
        let support = supports.first().ok_or_else(Failure::broken)?;
        Ok(Json(spoken.support(support)))
    })
    .await
}

/// On how many witnesses each claim of a report stands, by the claims' names: it is asked for apart from the report, for other reports must be
/// looked at.
#[utoipa::path(get, path = "/api/reports/{id}/support", tag = "agreement", params(("id" = i64, Path, description = "The report's number")),
    responses((status = 200, body = BTreeMap<String, Supported>), (status = 404, body = Wrong)))]
pub async fn supports(
    State(app): State<Arc<App>>,
    who: Who,
    Path(id): Path<i64>,
) -> Result<Json<BTreeMap<String, Supported>>, Failure> {
    app.ask(&who, move |asked| {
        let mut wanted = Selection::default();
        wanted.filter.report = Some(id.to_string());
        let (_, places) = asked.reader.selected(&wanted, 0, usize::MAX)?;
        let told = asked.reader.claims_at(&places)?;
        let agreement = &asked.app.rules().agreement;
        let supports = svodka::supports(asked.tabled()?, agreement, &told)?;
        let each = told.iter().zip(&supports);
        Ok(Json(
            each.map(|(told, support)| (told.key.to_string(), Supported::from(support)))
                .collect(),
        ))
    })
    .await
}

/// Which contradictions are wanted; what is not given does not matter.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ContradictionsQuery {
    /// Between claims of this kind.
    pub kind: Option<String>,
    /// With this thing on either side: a name, or a thing's number.
    pub about: Option<String>,
    /// EDTF: of something that may have been then or later.
    pub from: Option<String>,
    /// EDTF: then or earlier.
    pub to: Option<String>,
    /// So many are left out at the beginning.
    pub skip: Option<usize>,
    /// Not more than so many; 20 if not given, 500 at most.
    pub limit: Option<usize>,
}

/// A page of what cannot both hold.
#[derive(Serialize, ToSchema)]
pub struct Contradictions {
    /// How many there are.
    pub total: usize,
    /// How many of them can be looked through with `skip`, the clearest: 2,000 at most.
    pub reachable: usize,
    /// The clearest first, from `skip` on.
    pub contradictions: Vec<Contradiction>,
    /// The newest entry of the log when this was read.
    pub seen: i64,
}

/// Claims that cannot both hold. Which is right is for the reader to say.
#[derive(Serialize, ToSchema)]
pub struct Contradiction {
    /// The kind of both.
    pub kind: String,
    /// In what: `denial`, `value`, `number` or `date`.
    pub slot: &'static str,
    /// Of values and numbers: which field or role; else empty.
    pub name: String,
    /// In what they contradict each other, in words.
    pub why: String,
    /// Both sides; that of the report that was written first stands first.
    pub sides: Vec<Opposed>,
}

/// One side of a contradiction.
#[derive(Serialize, ToSchema)]
pub struct Opposed {
    /// The claim that stands for it.
    pub claim: Claim,
    /// Who stands on this side.
    pub support: Support,
}

/// What is asked if nothing is chosen.
pub fn all() -> Reach {
    Reach {
        kind: None,
        thing: None,
        from: None,
        to: None,
        between: None,
        limit: LOOKED_THROUGH,
    }
}

/// Claims that cannot both hold, the clearest first.
#[utoipa::path(get, path = "/api/contradictions", tag = "agreement", params(ContradictionsQuery),
    responses((status = 200, body = Contradictions), (status = 404, body = Wrong), (status = 422, body = Wrong)))]
pub async fn contradictions(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<ContradictionsQuery>,
) -> Result<Json<Contradictions>, Failure> {
    app.ask_long(&who, move |asked| {
        let choice = ClaimsQuery {
            kind: query.kind,
            about: query.about,
            from: query.from,
            to: query.to,
            ..ClaimsQuery::default()
        };
        let filter = choice.selection()?.filter;
        let thing = filter
            .about
            .as_deref()
            .map(|name| asked.reader.number(name));
        let reach = Reach {
            kind: filter.kind.as_deref().map(Into::into),
            thing: thing.transpose()?,
            from: filter.from,
            to: filter.to,
            ..all()
        };
        let found = asked.contradictions(&reach)?;
        let (list, total) = (&found.0, found.1);
        let shown: Vec<&agree::Contradiction> = list
            .iter()
            .skip(query.skip.unwrap_or(0))
            .take(query.limit.unwrap_or(PAGE).min(MOST))
            .collect();
        let sides = || shown.iter().flat_map(|it| &it.sides);
        let places: Vec<(i64, usize)> = sides()
            .map(|side| (side.claim.report, side.claim.ordinal))
            .collect();
        let told = asked.reader.claims_at(&places)?;
        let spoken = Spoken::of(asked.reader, sides().map(|side| &side.support))?;
        let mut claims = Shaper::new(&asked).claims(&told)?.into_iter();
        let words = asked.words();
        let shape = |it: &&agree::Contradiction| {
            let sides = it.sides.iter().zip(claims.by_ref());
            let sides = sides.map(|(side, claim)| Opposed {
                claim: Claim {
                    support: Some(Supported::from(&side.support)),
                    ..claim
                },
                support: spoken.support(&side.support),
            });
            let (slot, name) = match &it.slot {
                Slot::Denial => ("denial", String::new()),
                Slot::Date => ("date", String::new()),
                Slot::Value { name, .. } => ("value", name.to_string()),
                Slot::Number { role, .. } => ("number", role.to_string()),
            };
            Contradiction {
                kind: it.kind.to_string(),
                slot,
                name,
                why: project::why(&it.slot, words.get(&it.kind)),
                sides: sides.collect(),
            }
        };
        Ok(Json(Contradictions {
            total,
            reachable: list.len(),
            contradictions: shown.iter().map(shape).collect(),
            seen: asked.newest(),
        }))
    })
    .await
}
