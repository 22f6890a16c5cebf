//! The project: what it holds, what was done to it, its rule for the living, and a copy of it.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use serde::Deserialize;
use svodka::store::{self, Audience};
use utoipa::IntoParams;

use super::app::App;
use super::ask::{Json, Query};
use super::exports::{beside, sent};
use super::failure::{Failure, Wrong};
use super::shape::{Count, Exception, Field, LifeRule, LivingRule, LogEntry, ProjectInfo, ReadBy};
use super::who::{Role, Who};
use crate::project;

/// What the project holds.
#[utoipa::path(get, path = "/api/project", tag = "project", responses((status = 200, body = ProjectInfo)))]
pub async fn project(State(app): State<Arc<App>>, who: Who) -> Result<Json<ProjectInfo>, Failure> {
    let others = who.audience == Audience::Others;
    app.ask(&who, move |asked| {
        let status = asked.ready()?.status()?;
        let count = |(value, count)| Count { value, count };
        let read_by = |(by, reports): (store::Provenance, u32)| ReadBy {
            program: by.program,
            pack: by.pack,
            model: by.model,
            reports,
        };
        let shield = asked.reader.policy()?.rule.shield;
        Ok(Json(ProjectInfo {
            name: status.name,
            reports: status.reports,
            versions: status.versions,
            claims: status.claims,
            things: status.things.into_iter().map(count).collect(),
            may_live: status.may_live,
            shielded: others && shield,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            read_by: status.read_by.into_iter().map(read_by).collect(),
            decisions: status.decisions,
            newest: asked.newest(),
            kinds: asked.words().keys().map(ToString::to_string).collect(),
        }))
    })
    .await
}

/// How many.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Limit {
    /// Not more than so many; 50 if not given, 1000 at most.
    limit: Option<usize>,
}

/// What was done, the newest first.
#[utoipa::path(get, path = "/api/log", tag = "project", params(Limit), responses((status = 200, body = Vec<LogEntry>)))]
pub async fn log(
    State(app): State<Arc<App>>,
    who: Who,
    Query(query): Query<Limit>,
) -> Result<Json<Vec<LogEntry>>, Failure> {
    app.ask(&who, move |asked| {
        let entry = |it: store::Entry| LogEntry {
            id: it.id,
            at: it.at,
            author: it.author,
            kind: it.kind,
            what: it.what,
            reason: it.reason,
            undoes: it.undoes,
            undone: it.undone,
        };
        let log = asked.reader.log(query.limit.unwrap_or(50).min(1000))?;
        Ok(Json(log.into_iter().map(entry).collect()))
    })
    .await
}

/// The rule for people who may be alive.
#[utoipa::path(get, path = "/api/policy", tag = "project", responses((status = 200, body = LivingRule)))]
pub async fn policy(State(app): State<Arc<App>>, who: Who) -> Result<Json<LivingRule>, Failure> {
    app.ask(&who, |asked| {
        let policy = asked.reader.policy()?;
        let rules = |rules: Vec<store::LifeRule>| {
            let rule = |rule: store::LifeRule| LifeRule {
                kind: rule.kind,
                role: rule.role,
                with: rule.with.map(|(field, value)| Field { field, value }),
                behind: rule.behind,
                before: rule.before,
                not_behind: rule.not_behind,
                between: rule.between,
                unless: rule.unless,
            };
            Some(rules.into_iter().map(rule).collect())
        };
        let exception = |(person, shield, reason, operation)| Exception {
            person,
            shield,
            reason,
            operation,
        };
        Ok(Json(LivingRule {
            shield: policy.rule.shield,
            claim_years: policy.rule.claim_years,
            birth_years: policy.rule.birth_years,
            births: rules(policy.rule.births),
            deaths: rules(policy.rule.deaths),
            reason: policy.rule.reason,
            may_live: policy.may_live,
            exceptions: policy.exceptions.into_iter().map(exception).collect(),
        }))
    })
    .await
}

/// A copy of the whole project, as a file. Nobody is shielded in it, so only an owner gets it.
#[utoipa::path(get, path = "/api/backup", tag = "project",
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/vnd.sqlite3"), (status = 403, body = Wrong)))]
pub async fn backup(State(app): State<Arc<App>>, who: Who) -> Result<impl IntoResponse, Failure> {
    who.must_be(Role::Owner)?;
    if who.audience == Audience::Others {
        return Err(Failure::forbidden(
            "a copy in which nobody is shielded does not leave this machine",
        )
        .with_remedy("`svodka backup` makes one where the project lies"));
    }
    let (file, folder, name) = app
        .blocking(|app| {
            let failed =
                |error: std::io::Error| Failure::from(store::StoreError::Disk(error.to_string()));
            let stem = app.path().file_stem().unwrap_or_default().to_string_lossy();
            let time = project::now().replace([':', '-'], "");
            let name: String = format!("{stem}-{time}.svodka")
                .chars()
                .map(|c| {
                    if c.is_ascii_alphanumeric() || "-_.".contains(c) {
                        c
                    } else {
                        '_'
                    }
                })
                .collect();
            let folder = beside(app.path())?;
            let copy = folder.path().join("copy.svodka");
            store::backup(app.path(), &copy, Duration::from_secs(10))?;
            Ok((std::fs::File::open(copy).map_err(failed)?, folder, name))
        })
        .await?;
    Ok(sent("application/vnd.sqlite3", &name, file, folder))
}
