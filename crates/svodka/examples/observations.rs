//! What the program sees in reports where it learns to read claims; `tools/learn/claims.py` runs it and asks.
//!
//! `observations PACK MODEL` reads one question a line from standard input, as JSON, and answers each in one line:
//! - `{"read": "PATH", "date": "1923-09-01"}`: the words that could set off claims with their features, and what could fill roles in
//!   each sentence; the report keeps its number, from 0
//! - `{"report": 0, "parts": [[TOKEN, "strike"], …]}`: for each, the features of every part of its sentence
//! - `{"report": 0, "proposals": true}`: what the pack's tables propose, with features and whether a frame has it already
//! - `{"pack": "PATH"}`: from now on these tables

use std::error::Error;
use std::io::{BufRead, Write};
use std::path::Path;

use serde_json::{Value, json};
use svodka::{CodePoints, Engine, Pack, ReadOptions, Reading, pack_from};
use svodka_extract::learned::{Extent, Learner, once};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (pack, model) = arguments
        .next()
        .zip(arguments.next())
        .ok_or("usage: observations PACK MODEL")?;
    let engine = Engine::load(Path::new(&model), &pack_from(Path::new(&pack))?)?;
    let mut tables: Option<Pack> = None;
    let mut reports: Vec<Reading> = Vec::new();
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let question: Value = serde_json::from_str(&line?)?;
        let answer = if let Some(path) = question["read"].as_str() {
            let options = ReadOptions {
                date: question["date"].as_str().map(str::parse).transpose()?,
                source: path.to_owned(),
            };
            let text = svodka::ingest(&std::fs::read(path)?, None)?;
            reports.push(engine.read(text, &options));
            let pack = tables.as_ref().unwrap_or(engine.pack());
            let report = &reports[reports.len() - 1];
            look(report, pack, |learner| seen(report, learner))
        } else if let Some(path) = question["pack"].as_str() {
            let files = pack_from(Path::new(path))?;
            tables = Some(Pack::load(&files).map_err(|mistakes| format!("{mistakes:?}"))?);
            Value::Null
        } else {
            let number = question["report"].as_u64().ok_or("which report?")?;
            let report = reports.get(number as usize).ok_or("no such report")?;
            let pack = tables.as_ref().unwrap_or(engine.pack());
            look(report, pack, |learner| match question["parts"].as_array() {
                Some(wanted) => wanted.iter().map(|it| parts(report, learner, it)).collect(),
                None => proposals(report, learner),
            })
        };
        writeln!(output, "{answer}")?;
        output.flush()?;
    }
    Ok(())
}

fn look(report: &Reading, pack: &Pack, ask: impl FnOnce(&Learner<'_>) -> Value) -> Value {
    let grounds = svodka_extract::Reading {
        text: &report.text.text,
        layout: &report.layout,
        parse: &report.parse,
        mentions: &report.mentions,
        entities: &report.entities,
        dates: &report.dates,
    };
    svodka_extract::observe(grounds, pack, ask)
}

/// The words, the triggers with their features, and the parts of each sentence.
fn seen(report: &Reading, learner: &Learner<'_>) -> Value {
    let text = &report.text.text;
    let points = CodePoints::new(text);
    let place = |span: svodka::Span| {
        let range = points.of_span(span);
        json!([range.start, range.end])
    };
    let filler = |filler: &svodka_model::Filler| {
        let names = filler.entity.map_or_else(Vec::new, |entity| {
            let entity = &report.entities[entity.0];
            let mut names = vec![entity.name.clone()];
            names.extend(entity.names.iter().cloned());
            names
        });
        json!({"text": filler.text, "names": names, "at": filler.span.map(place)})
    };
    let words = report.parse.tokens.iter().map(|token| {
        json!({"at": place(token.span), "head": token.head, "pos": &*token.pos, "word": token.span.of(text)})
    });
    let triggers = learner.triggers().map(|token| {
        let mut features: Vec<String> = Vec::new();
        learner.trigger(token, &mut features);
        json!([token, once(features)])
    });
    let parts = (0..report.parse.sentences.len()).map(|sentence| {
        let parts = learner.parts(sentence);
        let told = parts.iter().map(|part| {
            let extent = match part.extent {
                Extent::Number => "number",
                Extent::Amount => "amount",
                _ => "",
            };
            json!({"token": part.token, "extent": extent, "fillers": part.fillers.iter().map(filler).collect::<Vec<_>>()})
        });
        told.collect::<Vec<_>>()
    });
    let sentences = report
        .parse
        .sentences
        .iter()
        .map(|sentence| json!([sentence.start, sentence.end]));
    json!({
        "words": words.collect::<Vec<_>>(),
        "triggers": triggers.collect::<Vec<_>>(),
        "sentences": sentences.collect::<Vec<_>>(),
        "parts": parts.collect::<Vec<_>>(),
    })
}

fn parts(report: &Reading, learner: &Learner<'_>, wanted: &Value) -> Value {
    let token = wanted[0].as_u64().unwrap_or_default() as usize;
    let kind = wanted[1].as_str().unwrap_or_default();
    let parts = learner.parts(report.parse.sentence_of(token));
    let features = parts.iter().map(|part| {
        let mut features: Vec<String> = Vec::new();
        learner.part(token, kind, part, &mut features);
        once(features)
    });
    features.collect::<Vec<_>>().into()
}

fn proposals(report: &Reading, learner: &Learner<'_>) -> Value {
    let points = CodePoints::new(&report.text.text);
    let told = learner.proposals().into_iter().map(|proposal| {
        let mut features: Vec<String> = Vec::new();
        learner.sound(&proposal, &mut features);
        let facts = proposal.roles.iter().flat_map(|(role, _, fillers)| {
            fillers.iter().map(move |filler| {
                let entity = filler.entity.map(|entity| &report.entities[entity.0]);
                let names: Vec<&String> = entity.iter().flat_map(|entity| &entity.names).collect();
                json!([&**role, filler.text, names])
            })
        });
        let sentence = report.parse.sentences[report.parse.sentence_of(proposal.trigger)].clone();
        let range = points.of_span(report.parse.span(sentence));
        json!({
            "kind": &*proposal.kind,
            "framed": learner.is_framed(&proposal),
            "facts": facts.collect::<Vec<_>>(),
            "span": [range.start, range.end],
            "features": once(features),
        })
    });
    told.collect::<Vec<_>>().into()
}
