//! `svodka resolve`: who may be the same, with the reasons.

use clap::ValueEnum;
use serde_json::{Value, json};
use svodka::resolve::{Found, Judged, ProposalPart, Proposed, Sort, Tables, propose};
use svodka::store::{Audience, Judgement, Pair, Reader, Side, Unit as Key};
use svodka::{Gathered, Pack, tables};

use super::args::{Kinds, Resolve};
use super::table::row;
use super::{count, opened, problem, reader, stamp, writer};
use crate::output::{List, Output, Sink};
use crate::page::TITLE;
use crate::problem::{Problem, Status};
use crate::setup;

/// Proposes who may be the same, or judges by a rule.
pub fn run(arguments: &Resolve) -> Result<u8, Problem> {
    let files = setup::pack(arguments.pack.as_deref())?;
    let pack = Pack::load(&files).map_err(|mistakes| setup::pack_problem(&mistakes))?;
    let tables = tables(&pack).map_err(|error| {
        let what = format!("the pack cannot tell who is the same: {error}");
        Problem::new(Status::Data, what)
            .with_remedy("let pack.toml say `needs = [\"base\"]`, whose tables those are")
    })?;
    match arguments.accept_above {
        Some(least) => accept(arguments, least, &pack, &tables),
        None => list(arguments, &pack, &tables),
    }
}

/// All that a project names, and what was judged of it.
struct Looked {
    gathered: Gathered,
    judgements: Vec<Judgement>,
}

impl Looked {
    fn at(reader: &Reader, pack: &Pack) -> Result<Looked, Problem> {
        Ok(Looked {
            gathered: Gathered::from(reader, pack).map_err(|error| problem(&error))?,
            judgements: reader.judgements().map_err(|error| problem(&error))?,
        })
    }

    /// What is proposed of each sort, one after the other: each takes much memory.
    fn proposed<'a>(
        &'a self,
        arguments: &Resolve,
        least: f64,
        tables: &'a Tables,
    ) -> impl Iterator<Item = (Sort, Proposed<'a>)> {
        let judged = if arguments.all {
            Judged::default()
        } else {
            self.gathered.judged(&self.judgements)
        };
        let units = &self.gathered.units;
        sorts(arguments.kind)
            .into_iter()
            .map(move |sort| (sort, propose(units, sort, &judged, tables, least)))
    }
}

/// How much was proposed.
#[derive(Default)]
struct Counted {
    all: usize,
    shown: usize,
    /// Pairs that judgements keep apart.
    left: usize,
    first: Option<Found>,
}

impl Looked {
    /// Hands over the proposals of one sort after the other, of each as many as are wanted.
    fn each(
        &self,
        arguments: &Resolve,
        tables: &Tables,
        mut write: impl FnMut(Sort, &Found) -> Result<(), Problem>,
    ) -> Result<Counted, Problem> {
        let wanted = match arguments.limit {
            0 => usize::MAX,
            limit => limit,
        };
        let mut counted = Counted::default();
        for (sort, proposed) in self.proposed(arguments, arguments.least, tables) {
            counted.all += proposed.len();
            counted.left += proposed.left.len();
            for it in proposed.iter().take(wanted) {
                write(sort, &it)?;
                counted.shown += 1;
                counted.first.get_or_insert(it);
            }
        }
        Ok(counted)
    }
}

/// Judges all that is probable enough, as one decision.
fn accept(arguments: &Resolve, least: f64, pack: &Pack, tables: &Tables) -> Result<u8, Problem> {
    let reader = opened(&arguments.which, Audience::Owner)?;
    let looked = Looked::at(&reader, pack)?;
    drop(reader);
    let gathered = &looked.gathered;
    let mut pairs = Vec::new();
    let mut left = Vec::new();
    for (_, it) in looked.proposed(arguments, least, tables) {
        for it in it.iter() {
            pairs.push(Pair {
                a: gathered.keys[it.a],
                b: gathered.keys[it.b],
                probability: it.probability,
                reasons: it.parts.iter().map(weighed).collect(),
            });
        }
        left.extend(it.left.iter().copied());
    }
    let words = arguments.kind.to_possible_value();
    let words = words.map_or_else(String::new, |it| it.get_name().to_owned());
    let reason = arguments.reason.clone().unwrap_or_default();
    let rule = format!("accept {words} from {least} on: {reason}");
    let mut writer = writer(
        &arguments.which,
        &arguments.doing,
        "judging who is the same",
    )?;
    let done = writer.relate_all(&rule, least, &pairs, &stamp(&arguments.doing));
    let closed = writer.close();
    let related = done.map_err(|error| problem(&error))?;
    closed.map_err(|error| problem(&error))?;
    let mut output = Output::new(Sink::Styled);
    let named = |key: Key| {
        let at = gathered.keys.iter().position(|it| *it == key);
        at.map_or_else(String::new, |at| named(at, gathered))
    };
    for (place, chain) in &related.left {
        let pair = &pairs[*place];
        output.write(&format!(
            "left out: {} = {}\n",
            named(pair.a),
            named(pair.b)
        ))?;
        for earlier in chain {
            output.write(&format!("          {earlier}\n"))?;
        }
    }
    for (a, b, _) in left {
        let (a, b) = (gathered.keys[a], gathered.keys[b]);
        output.write(&format!(
            "left out, for a judgement keeps them apart: {} = {}\n",
            named(a),
            named(b)
        ))?;
    }
    output.write(&match related.operation {
        Some(number) => format!(
            "{} judged to be the same; `svodka undo {number}` takes it back\n",
            count(related.kept, "pair")
        ),
        None => format!("nothing is so probable as {least}; nothing was judged\n"),
    })?;
    output.finish()?;
    Ok(0)
}

/// Prints what is proposed.
fn list(arguments: &Resolve, pack: &Pack, tables: &Tables) -> Result<u8, Problem> {
    let export = arguments.form.json || arguments.form.csv;
    let reader = reader(&arguments.which, &arguments.eyes, export)?;
    let looked = Looked::at(&reader, pack)?;
    let Looked {
        gathered,
        judgements,
    } = &looked;
    let before = |it: &Found| {
        let (a, b) = (gathered.keys[it.a], gathered.keys[it.b]);
        let about = |side: &Side, key: Key| {
            side.thing == key.thing && side.report.is_none_or(|it| it == key.report)
        };
        judgements
            .iter()
            .find(|it| (about(&it.a, a) && about(&it.b, b)) || (about(&it.a, b) && about(&it.b, a)))
    };
    let mut output = Output::new(if export { Sink::Plain } else { Sink::Styled });
    if arguments.form.json {
        let mut list = List::begin(&mut output)?;
        looked.each(arguments, tables, |sort, it| {
            list.write(&value(sort, it, before(it), gathered))
        })?;
        list.end()?;
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
        looked.each(arguments, tables, |sort, it| {
            let (a, b) = (&gathered.units[it.a], &gathered.units[it.b]);
            output.write(&row(&[
                sort.word(),
                &format!("{:.4}", it.probability),
                &a.name,
                &gathered.reports[a.report].label,
                &b.name,
                &gathered.reports[b.report].label,
                &it.parts.iter().map(weighed).collect::<Vec<_>>().join("; "),
            ]))
        })?;
    } else {
        let counted = looked.each(arguments, tables, |_, it| {
            output.write(&told(it, before(it), gathered))
        })?;
        output.write(&ended(&counted, gathered))?;
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

/// What is said at the end: how much there was, and how to decide.
fn ended(counted: &Counted, gathered: &Gathered) -> String {
    let &Counted {
        all, shown, left, ..
    } = counted;
    let among = format!(
        "among {} of {}",
        count(gathered.units.len(), "name"),
        count(gathered.reports.len(), "report")
    );
    let mut text = match &counted.first {
        None => format!("nothing is proposed {among}\n"),
        Some(first) => {
            let shown = if shown < all {
                format!("; {shown} are shown, --limit 0 shows all")
            } else {
                String::new()
            };
            let example = [first.a, first.b].map(|it| {
                let unit = &gathered.units[it];
                format!(
                    "'{}:{}@{}'",
                    unit.kind, unit.name, gathered.reports[unit.report].label
                )
            });
            format!(
                "{} {among}{shown}. Nothing was changed; what they come to, you decide:\n  svodka relate {} same {} --reason '…'\n",
                count(all, "proposal"),
                example[0],
                example[1]
            )
        }
    };
    if left > 0 {
        text += &format!(
            "{} left out, for judgements keep apart what would be joined; --all shows what was judged\n",
            count(left, "pair")
        );
    }
    text
}

/// A name with its report.
fn named(unit: usize, gathered: &Gathered) -> String {
    let unit = &gathered.units[unit];
    format!(
        "{} ({})",
        TITLE.of(&unit.name),
        gathered.reports[unit.report].label
    )
}

/// A proposal for people to read.
fn told(it: &Found, before: Option<&Judgement>, gathered: &Gathered) -> String {
    let (a, b) = (named(it.a, gathered), named(it.b, gathered));
    let mut text = format!("{}  {a} = {b}\n", percent(it.probability));
    for part in &it.parts {
        text += &format!("  {:>9}  {}\n", factor(part.bits), reason(part));
    }
    for &rival in &it.rivals {
        text += &format!("             or instead {}\n", named(rival, gathered));
    }
    if let Some(judgement) = before {
        text += &format!(
            "          →  judged {} by {} (operation {})\n",
            judgement.verdict.word(),
            judgement.author,
            judgement.operation
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

/// The same with what it weighs.
fn weighed(part: &ProposalPart) -> String {
    match factor(part.bits) {
        none if none.is_empty() => reason(part),
        factor => format!("{factor} {}", reason(part)),
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

fn value(sort: Sort, it: &Found, before: Option<&Judgement>, gathered: &Gathered) -> Value {
    let side = |at: usize| {
        let unit = &gathered.units[at];
        let report = &gathered.reports[unit.report];
        json!({"name": unit.name, "type": unit.kind, "forms": unit.forms, "entity": unit.entity,
            "thing": gathered.keys[at].thing, "report": report.id, "label": report.label, "date": report.date})
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
        "judged": before.map(|it| json!({"verdict": it.verdict, "author": it.author, "operation": it.operation})),
        "parts": parts, "rivals": it.rivals.iter().map(|&it| side(it)).collect::<Vec<_>>()})
}
