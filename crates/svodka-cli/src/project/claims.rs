//! `svodka claims`: claims by what they say.

use svodka::Polarity;
use svodka::store::{ClaimFilter, Told};

use super::args::Claims;
use super::show::{entry, standing};
use super::support::{self, Labels, Quotes};
use super::table::row;
use super::{count, problem, reader};
use crate::output::{Output, Sink};
use crate::problem::Problem;
use crate::setup;

/// Prints the claims that fit.
pub fn run(arguments: &Claims) -> Result<u8, Problem> {
    let export = arguments.form.json || arguments.form.csv;
    let filter = ClaimFilter {
        limit: arguments.limit,
        ..arguments.filters.filter()
    };
    let reader = reader(&arguments.which, &arguments.eyes, export)?;
    let claims = reader.claims(&filter).map_err(|error| problem(&error))?;
    let pack = setup::built_in()?;
    let supports =
        svodka::supports(&reader, &pack.agreement, &claims).map_err(|error| problem(&error))?;
    let mut output = Output::new(if export { Sink::Plain } else { Sink::Styled });
    if arguments.form.json {
        let labels = Labels::of(&reader, &supports).map_err(|error| problem(&error))?;
        let quotes = Quotes::of(&reader, &supports).map_err(|error| problem(&error))?;
        let claims: Vec<_> = claims
            .iter()
            .zip(&supports)
            .map(|(told, support)| support::claim_json(told, support, &labels, &quotes))
            .collect();
        output.write(&(serde_json::to_string_pretty(&claims).unwrap_or_default() + "\n"))?;
    } else if arguments.form.csv {
        output.write(&head())?;
        for (told, support) in claims.iter().zip(&supports) {
            output.write(&line(told, support.count()))?;
        }
    } else {
        let labels = Labels::of(&reader, &supports).map_err(|error| problem(&error))?;
        for (told, support) in claims.iter().zip(&supports) {
            output.write(&entry(told, &pack.kind_words))?;
            output.write(&standing(told, support, &labels))?;
        }
        output.write(&format!(
            "\n{}, each what a report says and not what is known to be true\n",
            count(claims.len(), "claim")
        ))?;
    }
    output.finish()?;
    Ok(0)
}

/// The names of the columns.
pub fn head() -> String {
    row(&[
        "claim",
        "kind",
        "roles",
        "when",
        "polarity",
        "certainty",
        "sources",
        "quotation",
        "report",
        "report date",
        "support",
        "grade",
        "review",
    ])
}

/// A claim as a line of the table, with how many sources it stands on.
pub fn line(told: &Told, support: usize) -> String {
    let claim = &told.claim;
    let roles: Vec<String> = claim
        .roles
        .iter()
        .flat_map(|(role, fillers)| {
            fillers
                .iter()
                .map(move |filler| format!("{role}: {}", filler.text))
        })
        .collect();
    let sources: Vec<&str> = claim
        .sources
        .iter()
        .map(|source| source.text.as_str())
        .collect();
    row(&[
        &told.key.to_string(),
        &claim.kind,
        &roles.join("; "),
        claim.when.as_ref().map_or("", |when| when.edtf.as_str()),
        if claim.polarity == Polarity::Negative {
            "negative"
        } else {
            "positive"
        },
        claim.certainty.word(),
        &sources.join(" < "),
        &claim.evidence.text,
        &told.label,
        told.date.as_deref().unwrap_or(""),
        &support.to_string(),
        told.grade(),
        told.review().word(),
    ])
}
