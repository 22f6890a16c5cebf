//! What a reader does to a project.

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use svodka::store::{self, Audience, ClaimKey, Decided, Relation, Rule, Verdict};
use utoipa::ToSchema;

use super::app::App;
use super::ask::{Json, Path};
use super::failure::{Failure, Wrong};
use super::shape::{Decision, LifeRule, LivingRule};
use super::who::{Role, Who};

/// What was done.
#[derive(Serialize, ToSchema)]
pub struct Done {
    /// Its entry in the log.
    pub operation: i64,
}

/// A judgement of a claim.
#[derive(Deserialize, ToSchema)]
pub struct Decide {
    /// The claim's name in the project.
    pub claim: String,
    /// accept, reject, correct, grade or note.
    pub verdict: String,
    /// The grade or the remark.
    #[serde(default)]
    pub value: String,
    /// What should be otherwise: roles, fields, when, polarity, certainty.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub correction: Option<serde_json::Value>,
    #[serde(default)]
    pub reason: String,
    /// The newest entry of the log that its reader had seen: if somebody has judged the claim after it, nothing is kept.
    pub seen: Option<i64>,
}

/// Judges a claim.
#[utoipa::path(post, tag = "decisions", path = "/api/decisions", request_body = Decide,
    responses((status = 200, body = Done), (status = 409, description = "Somebody has judged it meanwhile: their decisions are given, and nothing was kept", body = Wrong), (status = 404, body = Wrong), (status = 422, body = Wrong)))]
pub async fn decide(
    State(app): State<Arc<App>>,
    who: Who,
    Json(asked): Json<Decide>,
) -> Result<Json<Done>, Failure> {
    who.must_be(Role::Reviewer)?;
    let claim: ClaimKey = asked.claim.parse().map_err(Failure::wrong)?;
    let verdict = match asked.verdict.as_str() {
        "accept" => Verdict::Accept,
        "reject" => Verdict::Reject,
        "grade" => Verdict::Grade(asked.value),
        "note" => Verdict::Note(asked.value),
        "correct" => Verdict::Correct(asked.correction.unwrap_or_default()),
        other => return Err(Failure::wrong(format!("'{other}' is no judgement"))),
    };
    let decided = app
        .change(&who, move |writer, stamp| {
            Ok(writer.decide_unless_judged(claim, verdict, &asked.reason, asked.seen, stamp)?)
        })
        .await?;
    match decided {
        Decided::Kept(operation) => Ok(Json(Done { operation })),
        Decided::Meanwhile(decisions) if who.audience == Audience::Others => {
            let told = decisions.iter().map(Decision::bare);
            Err(Failure::meanwhile(told.collect()))
        }
        Decided::Meanwhile(decisions) => Err(Failure::meanwhile(
            decisions.iter().map(Decision::from).collect(),
        )),
    }
}

/// Something that is put into a report's reading by hand, or taken out of it.
#[derive(Deserialize, ToSchema)]
pub struct ByHand {
    /// Where its words begin, in code points.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// The words there, as the reader sees them.
    pub quote: String,
    /// `{"what": "name", "type": "PERSON", "name": "Ivan Orlov"}`, `{"what": "no-name"}` or `{"what": "claim", "kind": "office", "says":
    /// {"roles": {"person": ["Orlov"]}, "fields": {}, "when": "1923", "polarity": "positive", "certainty": "probable"}, "sources": []}`.
    #[schema(value_type = Object)]
    pub put: serde_json::Value,
}

/// Puts a name or a claim into a report's reading, or takes a name out. It stays when the report is read again by another program or pack.
#[utoipa::path(post, tag = "decisions", path = "/api/reports/{id}/by-hand", params(("id" = i64, Path, description = "The report's number")), request_body = ByHand,
    responses((status = 200, body = Done), (status = 403, body = Wrong), (status = 404, body = Wrong), (status = 422, body = Wrong)))]
pub async fn by_hand(
    State(app): State<Arc<App>>,
    who: Who,
    Path(id): Path<i64>,
    Json(asked): Json<ByHand>,
) -> Result<Json<Done>, Failure> {
    who.must_be(Role::Reviewer)?;
    let put: store::ByHand =
        serde_json::from_value(asked.put).map_err(|error| Failure::wrong(error.to_string()))?;
    let label = app.ask_for(Audience::Owner, move |asked| {
        let row = asked.reports()?.iter().find(|row| row.id == id);
        let label = row.map(|row| row.label.clone());
        label.ok_or_else(|| {
            Failure::from(store::StoreError::Unknown {
                what: "report",
                name: id.to_string(),
            })
        })
    });
    let label = label.await?;
    let place = svodka::Place {
        start: asked.start,
        end: asked.end,
    };
    app.change(&who, move |writer, stamp| {
        let operation = writer.put_by_hand(&label, (place, &asked.quote), &put, stamp)?;
        Ok(Json(Done { operation }))
    })
    .await
}

/// A judgement of two names.
#[derive(Deserialize, ToSchema)]
pub struct Relate {
    /// A name, or a thing's number.
    pub a: String,
    pub b: String,
    /// same, distinct or unsure.
    pub verdict: String,
    #[serde(default)]
    pub reason: String,
}

/// Judges whether two names name one thing.
#[utoipa::path(post, tag = "decisions", path = "/api/relations", request_body = Relate,
    responses((status = 200, body = Done), (status = 404, body = Wrong), (status = 409, body = Wrong)))]
pub async fn relate(
    State(app): State<Arc<App>>,
    who: Who,
    Json(asked): Json<Relate>,
) -> Result<Json<Done>, Failure> {
    who.must_be(Role::Reviewer)?;
    let verdict = match asked.verdict.as_str() {
        "same" => Relation::Same,
        "distinct" => Relation::Distinct,
        "unsure" => Relation::Unsure,
        other => return Err(Failure::wrong(format!("'{other}' is no judgement"))),
    };
    app.change(&who, move |writer, stamp| {
        let (a, b) = (writer.find(&asked.a)?, writer.find(&asked.b)?);
        let operation = writer.relate(&a, &b, verdict, &asked.reason, stamp)?;
        Ok(Json(Done { operation }))
    })
    .await
}

/// What is taken back.
#[derive(Deserialize, ToSchema)]
pub struct Undo {
    /// Entries of the log; the newest is taken back first.
    pub operations: Vec<i64>,
    #[serde(default)]
    pub reason: String,
}

/// Takes something back.
#[utoipa::path(post, tag = "decisions", path = "/api/undo", request_body = Undo, responses((status = 200, body = Done), (status = 409, body = Wrong)))]
pub async fn undo(
    State(app): State<Arc<App>>,
    who: Who,
    Json(mut asked): Json<Undo>,
) -> Result<Json<Done>, Failure> {
    who.must_be(Role::Reviewer)?;
    asked.operations.sort_unstable();
    if who.role < Role::Owner {
        let (name, operations) = (who.name.clone(), asked.operations.clone());
        let theirs = app.ask(&who, move |asked| {
            let back = operations.first().map_or(0, |first| asked.newest() - first);
            let log = asked.reader.log(usize::try_from(back + 1).unwrap_or(0))?;
            let theirs = |id: &i64| {
                log.iter()
                    .any(|entry| entry.id == *id && entry.author == name)
            };
            Ok(operations.iter().all(theirs))
        });
        if !theirs.await? {
            return Err(Failure::forbidden(
                "a reviewer takes back their own judgements alone",
            ));
        }
    }
    app.change(&who, move |writer, stamp| {
        let mut last = None;
        for operation in asked.operations.iter().rev() {
            last = Some(writer.undo(*operation, &asked.reason, stamp)?);
        }
        let operation = last.ok_or_else(|| Failure::wrong("nothing was named to be undone"))?;
        Ok(Json(Done { operation }))
    })
    .await
}

/// Sets the rule for people who may be alive.
#[utoipa::path(put, tag = "decisions", path = "/api/policy", request_body = LivingRule, responses((status = 200, body = Done), (status = 422, body = Wrong)))]
pub async fn set_policy(
    State(app): State<Arc<App>>,
    who: Who,
    Json(asked): Json<LivingRule>,
) -> Result<Json<Done>, Failure> {
    who.must_be(Role::Owner)?;
    if asked.reason.trim().is_empty() {
        return Err(Failure::wrong("a change of the rule needs a reason"));
    }
    let old = app
        .ask_for(Audience::Owner, |asked| Ok(asked.reader.policy()?.rule))
        .await?;
    let rule = Rule {
        shield: asked.shield,
        claim_years: asked.claim_years,
        birth_years: asked.birth_years,
        births: asked.births.map_or(old.births, rules),
        deaths: asked.deaths.map_or(old.deaths, rules),
        reason: asked.reason,
    };
    app.change(&who, move |writer, stamp| {
        let operation = writer.set_rule(&rule, stamp)?;
        Ok(Json(Done { operation }))
    })
    .await
}

fn rules(rules: Vec<LifeRule>) -> Vec<store::LifeRule> {
    let rule = |rule: LifeRule| store::LifeRule {
        kind: rule.kind,
        role: rule.role,
        with: rule.with.map(|it| (it.field, it.value)),
        behind: rule.behind,
        before: rule.before,
        not_behind: rule.not_behind,
        between: rule.between,
        unless: rule.unless,
    };
    rules.into_iter().map(rule).collect()
}

/// An exception from the rule for people who may be alive.
#[derive(Deserialize, ToSchema)]
pub struct Except {
    /// A name, or a thing's number.
    pub person: String,
    /// Whether they are shielded in any case, or never.
    pub shield: bool,
    /// Why; must be said.
    pub reason: String,
}

/// Makes an exception from the rule for people who may be alive.
#[utoipa::path(post, tag = "decisions", path = "/api/policy/exceptions", request_body = Except,
    responses((status = 200, body = Done), (status = 404, body = Wrong), (status = 422, body = Wrong)))]
pub async fn except(
    State(app): State<Arc<App>>,
    who: Who,
    Json(asked): Json<Except>,
) -> Result<Json<Done>, Failure> {
    who.must_be(Role::Owner)?;
    if asked.reason.trim().is_empty() {
        return Err(Failure::wrong("an exception needs a reason"));
    }
    app.change(&who, move |writer, stamp| {
        let person = writer.find(&asked.person)?;
        let operation = writer.except(&person, asked.shield, &asked.reason, stamp)?;
        Ok(Json(Done { operation }))
    })
    .await
}
