//! `svodka show`: all that is claimed of one thing.

use serde_json::json;
use svodka::KindWords;
use svodka::agree::Support;
use svodka::store::{Joined, Told, Verdict};

use super::args::Show;
use super::support::{self, Labels, Quotes};
use super::table::told_apart;
use super::{count, problem, reader};
use crate::output::{self, Output, Sink};
use crate::page::{QUOTE, TITLE, mark, marked, sentence, singular};
use crate::problem::Problem;
use crate::setup;

/// Prints a dossier in the order of time: every claim with its words, on whose word it is, and how sure.
pub fn run(arguments: &Show) -> Result<u8, Problem> {
    let reader = reader(&arguments.which, &arguments.eyes, arguments.json)?;
    let dossier = reader
        .dossier(&arguments.name)
        .map_err(|error| problem(&error))?;
    let pack = setup::built_in()?;
    let supports = svodka::supports(&reader, &pack.agreement, &dossier.claims)
        .map_err(|error| problem(&error))?;
    let labels = Labels::of(&reader, &supports).map_err(|error| problem(&error))?;
    if arguments.json {
        let mut output = Output::new(Sink::Plain);
        let quotes = Quotes::of(&reader, &supports).map_err(|error| problem(&error))?;
        let claims = dossier.claims.iter().zip(&supports);
        let claims: Vec<_> = claims
            .map(|(told, support)| support::claim_json(told, support, &labels, &quotes))
            .collect();
        let value = json!({"thing": dossier.thing, "forms": dossier.forms, "claims": claims});
        output.write(&format!("{value:#}\n"))?;
        output.finish()?;
        return Ok(0);
    }
    let mut output = Output::new(Sink::Styled);
    let thing = &dossier.thing;
    let living = if thing.may_live { ", may be alive" } else { "" };
    let joined = match thing.joined {
        Joined::Judged => ", judged to mean one",
        Joined::Name => ", taken together by name only",
        Joined::OneReport => "",
    };
    output.write(&format!(
        "{}{} ({}{living}; number {}; {}{joined})\n",
        TITLE.of(&thing.label),
        told_apart(thing),
        singular(thing.kind),
        thing.number,
        count(thing.reports as usize, "report"),
    ))?;
    if dossier.forms.len() > 1 {
        output.write(&format!("met as: {}\n", dossier.forms.join(", ")))?;
    }
    for (told, support) in dossier.claims.iter().zip(&supports) {
        output.write(&entry(told, &pack.kind_words))?;
        output.write(&standing(told, support, &labels))?;
    }
    output.write(&format!(
        "\n{}, each what a report says and not what is known to be true\n",
        count(dossier.claims.len(), "claim")
    ))?;
    output.finish()?;
    Ok(0)
}

/// A claim with its words, its report and what was decided about it.
pub fn entry(told: &Told, words: &KindWords) -> String {
    let claim = &told.claim;
    let width = output::width();
    let said = sentence(claim, words.get(claim.kind.as_str()));
    let mut entry = format!(
        "\n{} {}\n",
        marked(claim, mark(claim.certainty)),
        wrapped(&said, "  ", width)
    );
    let quote: Vec<&str> = claim.evidence.text.split_whitespace().collect();
    entry += &format!(
        "  {}\n",
        QUOTE.of(&wrapped(&format!("“{}”", quote.join(" ")), "  ", width))
    );
    let date = told
        .date
        .as_deref()
        .map(|date| format!(", {date}"))
        .unwrap_or_default();
    let living = if told.may_live {
        "  (names somebody who may be alive)"
    } else {
        ""
    };
    entry += &format!("  {}{date}  {}{living}\n", told.label, told.key);
    if let Some(read) = &told.read {
        let said = sentence(read, words.get(read.kind.as_str()));
        entry += &format!(
            "  corrected; the machine read: {}\n",
            wrapped(&said, "    ", width)
        );
    }
    for decision in &told.decisions {
        let value = match &decision.verdict {
            Verdict::Grade(value) | Verdict::Note(value) => format!(" {value}"),
            Verdict::Accept | Verdict::Reject | Verdict::Correct(_) => String::new(),
        };
        entry += &format!(
            "  → {}{value}, because: {} (operation {})\n",
            decision.verdict.word(),
            decision.reason,
            decision.operation
        );
    }
    entry
}

/// What is known of a claim besides itself: on what it stands, its grade, its review.
pub fn standing(told: &Told, support: &Support, labels: &Labels) -> String {
    let line = format!(
        "{} · {}",
        support::told(support, labels),
        support::judged(told)
    );
    format!(
        "  {}\n",
        wrapped(&line, "  ", output::width().saturating_sub(2))
    )
}

fn wrapped(text: &str, indent: &str, width: usize) -> String {
    let options = textwrap::Options::new(width).subsequent_indent(indent);
    textwrap::fill(text, options)
}
