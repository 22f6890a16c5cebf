//! Why something was read so, and what another rule would read.

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use svodka::store::Audience;
use svodka::{Document, Engine, PackFile, ReadOptions};
use utoipa::{IntoParams, ToSchema};

use super::app::App;
use super::ask::{Json, Path, Query};
use super::failure::{Failure, Wrong};
use super::shape::{one_line, polarity};
use super::who::{Role, Who};

/// Longer texts are read as reports.
const LONGEST: usize = 20_000;

/// How words are read.
#[derive(Serialize, ToSchema)]
pub struct Explained {
    /// The words that were read: the sentences that a claim rests on, or what was sent.
    pub text: String,
    /// The words one by one, with what they depend on.
    pub tokens: Vec<Token>,
    /// What is claimed by them, read alone.
    pub claims: Vec<ReadClaim>,
    /// The rule that was asked for; empty for a claim that no rule of the pack drew.
    pub rule: String,
    /// What came of trying that rule at each place where its words stand, in words.
    pub trials: Vec<String>,
}

/// A word.
#[derive(Serialize, ToSchema)]
pub struct Token {
    /// As it stands.
    pub text: String,
    /// Its base form.
    pub lemma: String,
    /// Its part of speech (Universal Dependencies).
    pub pos: String,
    /// Its relation to the word it depends on.
    pub relation: String,
    /// The place of the word it depends on among these; its own if it depends on none.
    pub head: usize,
}

/// A claim that was read.
#[derive(Serialize, ToSchema)]
pub struct ReadClaim {
    /// Its kind.
    pub kind: String,
    /// What is claimed, in the words of the pack.
    pub said: String,
    /// asserted, probable, possible or unestablished.
    pub certainty: String,
    /// positive or negative.
    pub polarity: String,
    /// The rule that drew it.
    pub rule: String,
}

/// Which claim is asked about.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Why {
    /// The report's number.
    report: i64,
    /// The claim's name in the project.
    claim: String,
}

/// Why a claim was read: its sentences word by word, and what came of its rule there.
#[utoipa::path(get, path = "/api/explain", tag = "packs", params(Why), responses((status = 200, body = Explained), (status = 404, body = Wrong), (status = 503, body = Wrong)))]
pub async fn explain(
    State(app): State<Arc<App>>,
    who: Who,
    Query(why): Query<Why>,
) -> Result<Json<Explained>, Failure> {
    let key = why.claim.parse().map_err(Failure::wrong)?;
    let (text, rule) = app
        .ask(&who, move |asked| {
            let told = asked.reader.claim(why.report, key)?;
            let contract = asked.reader.report(&why.report.to_string())?;
            let place = told.claim.evidence.place;
            let mut sentences = contract
                .sentences
                .iter()
                .filter(|it| it.start < place.end && it.end > place.start);
            let start = sentences
                .next()
                .map_or(place.start, |it| it.start.min(place.start));
            let end = sentences
                .next_back()
                .map_or(place.end, |it| it.end)
                .max(place.end);
            let end = contract
                .sentences
                .iter()
                .find(|it| it.start <= start && it.end >= end)
                .map_or(end, |it| it.end);
            let words = contract.text.chars().skip(start).take(end - start);
            Ok((words.collect::<String>(), told.claim.frame.clone()))
        })
        .await?;
    app.blocking(move |app| Ok(Json(explained(app, &*app.engine()?, &text, &rule))))
        .await
}

fn explained(app: &App, engine: &Engine, text: &str, rule: &str) -> Explained {
    let document = Document::kept(text.to_owned(), String::new());
    let reading = engine.read(document, &ReadOptions::default());
    let parse = &reading.parse;
    let words = |index: usize| {
        parse
            .tokens
            .get(index)
            .map_or("", |token| token.span.of(&reading.text.text))
    };
    let shown: Vec<usize> = (0..parse.tokens.len())
        .filter(|index| !words(*index).trim().is_empty())
        .collect();
    let tokens = shown.iter().filter_map(|&index| {
        let token = parse.tokens.get(index)?;
        Some(Token {
            text: words(index).to_owned(),
            lemma: token.lemma.to_string(),
            pos: token.pos.to_string(),
            relation: token.dep.to_string(),
            head: shown.binary_search(&token.head).unwrap_or_default(),
        })
    });
    let contract = reading.contract();
    let claims = contract.claims.iter().map(|claim| ReadClaim {
        kind: claim.kind.to_string(),
        said: crate::page::said(claim, app.words().get(claim.kind.as_str())),
        certainty: claim.certainty.word().to_owned(),
        polarity: polarity(claim).to_owned(),
        rule: claim.frame.clone(),
    });
    let sentence = engine.sentence(text);
    let trials = engine.why(rule, &sentence).unwrap_or_default();
    Explained {
        text: text.to_owned(),
        tokens: tokens.collect(),
        claims: claims.collect(),
        rule: rule.to_owned(),
        trials: trials
            .iter()
            .map(|trial| one_line(&crate::pack::told(trial, &sentence)))
            .collect(),
    }
}

/// A file of the pack.
#[derive(Serialize, ToSchema)]
pub struct PackFileInfo {
    /// Its path in the pack.
    pub file: String,
    /// The pack it belongs to.
    pub pack: String,
    /// How many bytes it has.
    pub size: usize,
    /// Whether it can be saved here: it is of a pack of one's own, and who asks is the owner at the machine itself.
    pub writable: bool,
}

/// The files of the pack by which reports are read.
#[utoipa::path(get, path = "/api/packs", tag = "packs", responses((status = 200, body = Vec<PackFileInfo>)))]
pub async fn packs(State(app): State<Arc<App>>, who: Who) -> Json<Vec<PackFileInfo>> {
    let info = |file: &svodka::PackFile| PackFileInfo {
        writable: who.audience == Audience::Owner && own(&app, file).is_some(),
        file: file.path.clone(),
        pack: file.pack.clone(),
        size: file.text.len(),
    };
    Json(app.pack().iter().map(info).collect())
}

/// A kind of claim.
#[derive(Serialize, ToSchema)]
pub struct KindInfo {
    /// Its name.
    pub kind: String,
    /// What its claims stand under.
    pub heading: String,
    /// Its roles, in their order.
    pub roles: Vec<String>,
    /// Its fields, with the values that each has; any value if there are none.
    pub fields: std::collections::BTreeMap<String, Vec<String>>,
    /// What roles and fields are called in a form.
    pub called: std::collections::BTreeMap<String, String>,
}

/// The kinds of claim that the pack knows.
#[utoipa::path(get, path = "/api/kinds", tag = "packs", responses((status = 200, body = Vec<KindInfo>)))]
pub async fn kinds(State(app): State<Arc<App>>, _who: Who) -> Json<Vec<KindInfo>> {
    let info = |kind: &svodka::Kind| KindInfo {
        kind: kind.name.to_string(),
        heading: app
            .words()
            .get(&kind.name)
            .map_or_else(|| kind.name.to_string(), |words| words.heading.clone()),
        roles: kind.roles.keys().map(ToString::to_string).collect(),
        fields: kind
            .field_values()
            .into_iter()
            .map(|(field, values)| {
                (
                    field.to_owned(),
                    values.into_iter().map(str::to_owned).collect(),
                )
            })
            .collect(),
        called: app
            .words()
            .get(&kind.name)
            .map(|words| words.called.clone())
            .unwrap_or_default(),
    };
    Json(app.rules().kinds.iter().map(info).collect())
}

/// What a file of the pack holds.
#[derive(Serialize, ToSchema)]
pub struct PackText {
    /// Its path in the pack.
    pub file: String,
    /// What it holds.
    pub text: String,
}

/// A file of the pack, by its path there (`frames%2Fstrike.toml`). No file beside the pack can be had.
#[utoipa::path(get, path = "/api/packs/{file}", tag = "packs", params(("file" = String, Path, description = "Its path in the pack, with %2F for its slashes")),
    responses((status = 200, body = PackText), (status = 404, body = Wrong)))]
pub async fn pack_file(
    State(app): State<Arc<App>>,
    _who: Who,
    Path(file): Path<String>,
) -> Result<Json<PackText>, Failure> {
    // Looked for among the files that were read when the server began: a path is never opened.
    let pack = app.pack();
    let found = pack.iter().rev().find(|it| it.path == file);
    let found = found.ok_or_else(|| {
        Failure::new(
            axum::http::StatusCode::NOT_FOUND,
            "unknown",
            "the pack has no such file",
        )
    })?;
    Ok(Json(PackText {
        file,
        text: found.text.clone(),
    }))
}

/// A sentence to be read, by the pack or by a changed one.
#[derive(Deserialize, ToSchema)]
pub struct Try {
    /// The sentence. Names and dates may be marked: `⟦PERSON:x|Ivan Orlov⟧`.
    pub sentence: String,
    /// The rule to be tried, such as `strike/struck`.
    #[serde(default)]
    pub rule: String,
    /// A file of the pack that is to be otherwise.
    #[serde(default)]
    pub file: Option<String>,
    /// What it is to hold.
    #[serde(default)]
    pub text: Option<String>,
}

/// Reads a sentence by the pack, or by the pack with one file otherwise. Nothing is kept.
#[utoipa::path(post, path = "/api/packs/try", tag = "packs", request_body = Try,
    responses((status = 200, body = Explained), (status = 422, body = Wrong), (status = 503, body = Wrong)))]
pub async fn try_sentence(
    State(app): State<Arc<App>>,
    _who: Who,
    Json(asked): Json<Try>,
) -> Result<Json<Explained>, Failure> {
    if asked.sentence.len() > LONGEST {
        return Err(Failure::wrong(format!(
            "more than {LONGEST} bytes are no sentence"
        )));
    }
    app.blocking(move |app| {
        let (Some(file), Some(text)) = (&asked.file, &asked.text) else {
            return Ok(Json(explained(
                app,
                &*app.engine()?,
                &asked.sentence,
                &asked.rule,
            )));
        };
        let (_, engine) = changed(app, file, text)?;
        Ok(Json(explained(app, &engine, &asked.sentence, &asked.rule)))
    })
    .await
}

/// The pack with one of its files otherwise, and an engine that reads by it.
pub fn changed(app: &App, file: &str, text: &str) -> Result<(Vec<PackFile>, Engine), Failure> {
    let mut pack = app.pack().to_vec();
    let found = pack.iter_mut().rev().find(|it| it.path == file);
    let found = found.ok_or_else(|| Failure::wrong("the pack has no such file"))?;
    text.clone_into(&mut found.text);
    svodka::Pack::load(&pack).map_err(|mistakes| {
        let mistakes: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
        Failure::new(status, "pack", mistakes.join("\n"))
    })?;
    let engine = app.engine_with(&pack)?;
    Ok((pack, engine))
}

/// Where a file of a pack of one's own lies; none for what is in the program.
fn own(app: &App, file: &PackFile) -> Option<std::path::PathBuf> {
    let folder = app.pack_folder()?;
    let shown = folder.display().to_string();
    // What it needs may come from elsewhere.
    (shown.trim_end_matches(['/', '\\']) == file.pack).then(|| folder.join(&file.path))
}

/// A file of the pack as it is to be.
#[derive(Deserialize, ToSchema)]
pub struct ChangedFile {
    /// Its path in the pack.
    pub file: String,
    /// What it is to hold.
    pub text: String,
}

/// Saves a file of a pack of one's own. Reports that are added from now on are read by it; `svodka reread` reads those that are there already.
#[utoipa::path(put, tag = "packs", path = "/api/packs", request_body = ChangedFile,
    responses((status = 200, body = PackFileInfo), (status = 403, body = Wrong), (status = 422, body = Wrong), (status = 503, body = Wrong)))]
pub async fn save(
    State(app): State<Arc<App>>,
    who: Who,
    Json(asked): Json<ChangedFile>,
) -> Result<Json<PackFileInfo>, Failure> {
    who.must_be(Role::Owner)?;
    app.blocking(move |app| {
        let pack = app.pack();
        let found = pack.iter().rev().find(|it| it.path == asked.file);
        let path = found.filter(|_| who.audience == Audience::Owner);
        let path = path.and_then(|file| own(app, file)).ok_or_else(|| {
            Failure::forbidden("this file cannot be saved here").with_remedy(
                "`svodka pack new DIR` begins a pack of your own; serve the project with --pack DIR at the machine itself",
            )
        })?;
        let (pack, engine) = changed(app, &asked.file, &asked.text)?;
        let failed = |error: std::io::Error| {
            Failure::from(svodka::store::StoreError::Disk(error.to_string()))
        };
        // Whole or not at all.
        let folder = path.parent().unwrap_or(std::path::Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        std::io::Write::write_all(&mut file, asked.text.as_bytes()).map_err(failed)?;
        file.persist(&path).map_err(|error| failed(error.error))?;
        let info = PackFileInfo {
            file: asked.file,
            pack: String::new(),
            size: asked.text.len(),
            writable: true,
        };
        app.read_by(pack, engine);
        Ok(Json(info))
    })
    .await
}
