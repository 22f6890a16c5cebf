//! `svodka search`: reports by their words.

use std::collections::BTreeMap;

use serde_json::json;
use svodka::store::{Hit, Query};

use super::args::Search;
use super::{problem, reader};
use crate::output::{Output, Sink};
use crate::page::{CLAIM, TITLE};
use crate::problem::{Problem, Status};

/// Prints the reports that hold the words, with what stands around them.
pub fn run(arguments: &Search) -> Result<u8, Problem> {
    let query = Query::parse(&arguments.words.join(" ")).map_err(|error| problem(&error))?;
    let reader = reader(&arguments.which, &arguments.eyes, arguments.json)?;
    let spellings = if arguments.exact {
        BTreeMap::new()
    } else {
        let spelling = svodka::spelling(&svodka::built_in_pack())
            .map_err(|error| Problem::new(Status::Data, error.to_string()))?;
        svodka::spellings(&query, &reader, &spelling).map_err(|error| problem(&error))?
    };
    let query = query.spelled(&spellings);
    let found = reader
        .search(&query, arguments.limit)
        .map_err(|error| problem(&error))?;
    let sink = if arguments.json {
        Sink::Plain
    } else {
        Sink::Styled
    };
    let mut output = Output::new(sink);
    if arguments.json {
        let hits: Vec<_> = found
            .hits
            .iter()
            .map(|hit| json!({"report": hit.report, "label": hit.label, "title": hit.title, "date": hit.date, "snippet": hit.snippet}))
            .collect();
        output.write(&format!(
            "{:#}\n",
            json!({"total": found.total, "hits": hits, "spellings": spellings})
        ))?;
        output.finish()?;
        return Ok(0);
    }
    for (typed, others) in &spellings {
        let others = others.join(", ");
        output.write(&format!(
            "{typed} is sought as {others} too, for so names are spelled here; --exact seeks it alone\n"
        ))?;
    }
    for hit in &found.hits {
        let date = hit
            .date
            .as_deref()
            .map(|date| format!(" · {date}"))
            .unwrap_or_default();
        let title = hit
            .title
            .as_deref()
            .map(|title| format!(" · {title}"))
            .unwrap_or_default();
        output.write(&format!(
            "{}{date}{title}\n    {}\n",
            TITLE.of(&hit.label),
            marked(hit)
        ))?;
    }
    let shown = found.hits.len();
    let told = match found.total {
        _ if shown == 0 => "nothing found\n".to_owned(),
        Some(total) if total > shown as u64 => {
            format!("{shown} of {total} reports; --limit N shows more\n")
        }
        _ => String::new(),
    };
    output.write(&told)?;
    output.finish()?;
    Ok(0)
}

/// The snippet with what was found in it set off.
fn marked(hit: &Hit) -> String {
    let (mut marked, mut at) = (String::new(), 0);
    for mark in &hit.marks {
        marked += hit.snippet.get(at..mark.start).unwrap_or_default();
        marked += &CLAIM.of(&format!("[{}]", mark.of(&hit.snippet)));
        at = mark.end;
    }
    marked + hit.snippet.get(at..).unwrap_or_default()
}
