//! `svodka resolve`: who may be the same, with the reasons.

use serde_json::{Value, json};
use svodka::resolve::{Found, Judged, Options, ProposalPart, Sort, Unit, propose};
use svodka::{Gathered, Pack, tables};

use super::args::{Kinds, Resolve};
use super::table::row;
use super::{count, problem, reader};
use crate::output::{Output, Sink};
use crate::page::TITLE;
use crate::problem::{Problem, Status};
use crate::setup;

/// Proposes who may be the same.
pub fn run(arguments: &Resolve) -> Result<u8, Problem> {
    let files = setup::pack(arguments.pack.as_deref())?;
    let pack = Pack::load(&files).map_err(|mistakes| setup::pack_problem(&mistakes))?;
    let tables = tables(&pack).map_err(|error| {
        Problem::new(
            Status::Data,
            format!("the pack cannot tell who is the same: {error}"),
        )
        .with_remedy("let pack.toml say `needs = [\"base\"]`, whose tables those are")
    })?;
    let export = arguments.form.json || arguments.form.csv;
    let reader = reader(&arguments.which, &arguments.eyes, export)?;
    let gathered = Gathered::from(&reader, &pack).map_err(|error| problem(&error))?;
    let options = Options {
        least: arguments.least,
        judged_too: arguments.all,
    };
    let mut found: Vec<(Sort, Found)> = Vec::new();
    for sort in sorts(arguments.kind) {
        let proposals = propose(&gathered.units, sort, &Judged::default(), &tables, options);
        found.extend(proposals.into_iter().map(|it| (sort, it)));
    }
    let all = found.len();
    if arguments.limit > 0 && !export {
        found.truncate(arguments.limit);
    }
    let mut output = Output::new(if export { Sink::Plain } else { Sink::Styled });
    if arguments.form.json {
        let values: Vec<Value> = found
            .iter()
            .map(|(sort, it)| value(*sort, it, &gathered))
            .collect();
        output.write(&(serde_json::to_string_pretty(&values).unwrap_or_default() + "\n"))?;
    } else if arguments.form.csv {
        output.write(&row(&[
            "kind",
            "probability",
            "name",
            "report",
            "other name",
            "other report",
            "reasons",
        ]))?;
        for (sort, it) in &found {
            let (a, b) = (&gathered.units[it.a], &gathered.units[it.b]);
            output.write(&row(&[
                sort.word(),
                &format!("{:.4}", it.probability),
                &a.name,
                &gathered.reports[a.report].label,
                &b.name,
                &gathered.reports[b.report].label,
                &it.parts.iter().map(reason).collect::<Vec<_>>().join("; "),
            ]))?;
        }
    } else {
        for (_, it) in &found {
            output.write(&told(it, &gathered))?;
        }
        output.write(&ended(found.len(), all, &gathered))?;
    }
    output.finish()?;
    Ok(0)
}

fn sorts(kinds: Kinds) -> Vec<Sort> {
    match kinds {
        Kinds::People => vec![Sort::People],
        Kinds::Groups => vec![Sort::Groups],
        Kinds::Places => vec![Sort::Places],
        Kinds::Works => vec![Sort::Works],
        Kinds::Events => vec![Sort::Events],
        Kinds::All => Sort::ALL.to_vec(),
    }
}

fn ended(shown: usize, all: usize, gathered: &Gathered) -> String {
    let among = format!(
        "among {} of {}",
        count(gathered.units.len(), "name"),
        count(gathered.reports.len(), "report")
    );
    if all == 0 {
        return format!("nothing is proposed {among}\n");
    }
    let shown = if shown < all {
        format!("; the first {shown} are shown, --limit 0 shows all")
    } else {
        String::new()
    };
    format!(
        "{} {among}{shown}. Nothing was changed: `svodka relate` decides.\n",
        count(all, "proposal")
    )
}

/// A proposal for people to read.
fn told(it: &Found, gathered: &Gathered) -> String {
    let named = |unit: &Unit| {
        format!(
            "{} ({})",
            TITLE.of(&unit.name),
            gathered.reports[unit.report].label
        )
    };
    let (a, b) = (&gathered.units[it.a], &gathered.units[it.b]);
    let mut text = format!("{}  {} = {}\n", percent(it.probability), named(a), named(b));
    for part in &it.parts {
        text += &format!("  {:>9}  {}\n", factor(part.bits), reason(part));
    }
    for &rival in &it.rivals {
        text += &format!(
            "             or instead {}\n",
            named(&gathered.units[rival])
        );
    }
    text.push('\n');
    text
}

/// What a part says, in words.
fn reason(part: &ProposalPart) -> String {
    let list = |of: &[String]| {
        let mut shown = of.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
        if of.len() > 4 {
            shown += &format!(" and {} more", of.len() - 4);
        }
        if shown.is_empty() {
            "—".to_owned()
        } else {
            shown
        }
    };
    let what = format!("{}: {}", part.what, part.level);
    if !part.common.is_empty() {
        format!("{what} ({})", list(&part.common))
    } else if part.a.is_empty() && part.b.is_empty() {
        what
    } else {
        format!("{what} ({} | {})", list(&part.a), list(&part.b))
    }
}

/// How many times likelier or less likely a part makes it.
fn factor(bits: f64) -> String {
    let number = |bits: f64| {
        let factor = bits.exp2();
        if factor < 9.95 {
            format!("{factor:.1}")
        } else {
            format!("{factor:.0}")
        }
    };
    if bits.abs() < 0.07 {
        String::new()
    } else if bits > 0.0 {
        format!("× {}", number(bits))
    } else {
        format!("÷ {}", number(-bits))
    }
}

/// A probability, never rounded up to certainty.
fn percent(probability: f64) -> String {
    let hundredths = (probability * 1000.0).floor() / 10.0;
    format!("{:>5.1} %", hundredths.min(99.9))
}

fn value(sort: Sort, it: &Found, gathered: &Gathered) -> Value {
    let side = |unit: usize| {
        let unit = &gathered.units[unit];
        let report = &gathered.reports[unit.report];
        json!({"name": unit.name, "type": unit.kind, "forms": unit.forms, "entity": unit.entity,
            "report": report.id, "label": report.label, "date": report.date})
    };
    let parts: Vec<Value> = it
        .parts
        .iter()
        .map(|part| {
            json!({"what": part.what, "level": part.level, "bits": (part.bits * 100.0).round() / 100.0,
                "common": part.common, "a": part.a, "b": part.b})
        })
        .collect();
    json!({"kind": sort.word(), "probability": it.probability, "a": side(it.a), "b": side(it.b),
        "parts": parts, "rivals": it.rivals.iter().map(|&it| side(it)).collect::<Vec<_>>()})
}
