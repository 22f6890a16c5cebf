//! `svodka contradictions`: claims that cannot both hold, side by side.

use serde_json::{Value, json};
use svodka::agree::{Amount, Contradiction, Reach, Side, Slot};
use svodka::store::{Reader, Told};
use svodka::{Edtf, KindWords, Wording};

use super::args::Contradictions;
use super::support::{self, Labels, Quotes};
use super::table::row;
use super::{count, problem, reader};
use crate::output::{self, List, Output, Sink};
use crate::page::{QUOTE, TITLE, mark, marked, sentence};
use crate::problem::Problem;
use crate::setup;

/// How many contradictions have their words in memory: a large project has tens of thousands.
const AT_ONCE: usize = 256;

/// Prints the contradictions within reach, the clearest first.
pub fn run(arguments: &Contradictions) -> Result<u8, Problem> {
    let export = arguments.form.json || arguments.form.csv;
    let reader = reader(&arguments.which, &arguments.eyes, export)?;
    let thing = arguments.about.as_deref().map(|name| reader.number(name));
    let reach = Reach {
        kind: arguments.kind.as_deref().map(Into::into),
        thing: thing.transpose().map_err(|error| problem(&error))?,
        from: arguments
            .from
            .as_ref()
            .and_then(|date| Edtf::bounds(date).0),
        to: arguments.to.as_ref().and_then(|date| Edtf::bounds(date).1),
        between: None,
        limit: arguments.limit,
    };
    let pack = setup::built_in()?;
    let (found, number) = svodka::contradictions(&reader, &pack.agreement, &reach)
        .map_err(|error| problem(&error))?;
    let mut output = Output::new(if export { Sink::Plain } else { Sink::Styled });
    if arguments.form.json {
        output.write(&format!(
            "{{\n  \"total\": {number},\n  \"contradictions\": "
        ))?;
        let mut list = List::begin(&mut output)?;
        for part in found.chunks(AT_ONCE) {
            let told = Opposed::new(&reader, part)?;
            for it in part {
                list.write(&told.json(it, &pack.kind_words))?;
            }
        }
        list.end()?;
        output.write("}\n")?;
    } else {
        if arguments.form.csv {
            output.write(&row(&HEAD))?;
        }
        for (at, part) in found.chunks(AT_ONCE).enumerate() {
            let told = Opposed::new(&reader, part)?;
            for (number, it) in (at * AT_ONCE + 1..).zip(part) {
                output.write(&if arguments.form.csv {
                    told.rows(number, it, &pack.kind_words)
                } else {
                    told.page(number, it, &pack.kind_words)
                })?;
            }
        }
        if !arguments.form.csv {
            output.write(&summary(found.len(), number))?;
        }
    }
    output.finish()?;
    Ok(0)
}

fn summary(shown: usize, number: usize) -> String {
    match number {
        0 => "no contradictions found: claims are compared only where both name what they are about\n".to_owned(),
        _ if shown < number => format!("\n{shown} of {}; --limit N shows more\n", count(number, "contradiction")),
        _ => format!("\n{}; which side is right is for you to say\n", count(number, "contradiction")),
    }
}

const HEAD: [&str; 15] = [
    "contradiction",
    "kind",
    "in what",
    "side",
    "claim",
    "says",
    "when",
    "certainty",
    "support",
    "grade",
    "review",
    "sources",
    "quotation",
    "report",
    "report date",
];

/// Contradictions with the words of their claims.
pub struct Opposed {
    labels: Labels,
    quotes: Quotes,
}

impl Opposed {
    /// Looks up what the contradictions speak of.
    pub fn new(reader: &Reader, found: &[Contradiction]) -> Result<Opposed, Problem> {
        let supports = || {
            found
                .iter()
                .flat_map(|it| it.sides.iter().map(|side| &side.support))
        };
        Ok(Opposed {
            labels: Labels::of(reader, supports()).map_err(|error| problem(&error))?,
            quotes: Quotes::of(reader, supports()).map_err(|error| problem(&error))?,
        })
    }

    /// One under the other: what each says, in which words, where, how sure, and who stands there.
    pub fn page(&self, number: usize, it: &Contradiction, words: &KindWords) -> String {
        let wording = words.get(&it.kind);
        let heading = wording.map_or(it.kind.as_str(), |wording| wording.heading.as_str());
        let mut page = format!(
            "\n{} {}\n",
            TITLE.of(&format!("{number}. {heading} —")),
            TITLE.of(&why(&it.slot, wording))
        );
        for (place, side) in it.sides.iter().enumerate() {
            if place > 0 {
                page += "  against\n";
            }
            if let Some(told) = self.quotes.get(side.claim) {
                page += &self.side(told, side, wording);
            }
        }
        page
    }

    fn side(&self, told: &Told, side: &Side, wording: Option<&Wording>) -> String {
        let claim = &told.claim;
        let width = output::width();
        let line = |text: &str| {
            let options = textwrap::Options::new(width)
                .initial_indent("    ")
                .subsequent_indent("    ");
            textwrap::fill(text, options) + "\n"
        };
        let said = textwrap::fill(
            &sentence(claim, wording),
            textwrap::Options::new(width.saturating_sub(4)).subsequent_indent("    "),
        );
        let mut page = format!("  {} {said}\n", marked(claim, mark(claim.certainty)));
        let quote: Vec<&str> = claim.evidence.text.split_whitespace().collect();
        for quoted in line(&format!("“{}”", quote.join(" "))).lines() {
            page += &format!("{}\n", QUOTE.of(quoted));
        }
        let date = told
            .date
            .as_deref()
            .map(|date| format!(", {date}"))
            .unwrap_or_default();
        let living = if told.may_live {
            " · names somebody who may be alive"
        } else {
            ""
        };
        page += &line(&format!(
            "{}{date} · {} · {}{living}",
            told.label,
            support::judged(told),
            told.key
        ));
        page += &line(&support::told(&side.support, &self.labels));
        page
    }

    /// A contradiction with both sides in full.
    pub fn json(&self, it: &Contradiction, words: &KindWords) -> Value {
        let sides = it.sides.iter().map(|side| {
            let told = self.quotes.get(side.claim);
            told.map_or(Value::Null, |told| {
                support::claim_json(told, &side.support, &self.labels, &self.quotes)
            })
        });
        json!({
            "kind": it.kind,
            "slot": slot(&it.slot),
            "why": why(&it.slot, words.get(&it.kind)),
            "sides": sides.collect::<Vec<_>>(),
        })
    }

    fn rows(&self, number: usize, it: &Contradiction, words: &KindWords) -> String {
        let mut rows = String::new();
        for (place, side) in it.sides.iter().enumerate() {
            let Some(told) = self.quotes.get(side.claim) else {
                continue;
            };
            let claim = &told.claim;
            let sources: Vec<&str> = claim
                .sources
                .iter()
                .map(|source| source.text.as_str())
                .collect();
            rows += &row(&[
                &number.to_string(),
                &it.kind,
                &why(&it.slot, words.get(&it.kind)),
                ["a", "b"][place.min(1)],
                &told.key.to_string(),
                &sentence(claim, words.get(&it.kind)),
                claim.when.as_ref().map_or("", |when| when.edtf.as_str()),
                claim.certainty.word(),
                &side.support.count().to_string(),
                told.grade(),
                told.review().word(),
                &sources.join(" < "),
                &claim.evidence.text,
                &told.label,
                told.date.as_deref().unwrap_or(""),
            ]);
        }
        rows
    }
}

/// In what they contradict each other, in words.
pub fn why(slot: &Slot, wording: Option<&Wording>) -> String {
    let called = |name: &str, value: &str| {
        let words = wording.and_then(|wording| wording.words.get(name)?.get(value).cloned());
        words.unwrap_or_else(|| {
            if value.is_empty() {
                "not said".to_owned()
            } else {
                value.to_owned()
            }
        })
    };
    match slot {
        Slot::Denial => "it is so, or it is not".to_owned(),
        Slot::Date => "two dates of what happens once".to_owned(),
        Slot::Value {
            name,
            values: [a, b],
        } => format!("“{}” or “{}”", called(name, a), called(name, b)),
        Slot::Number {
            role,
            amounts: [a, b],
        } => format!("{role}: {} or {}", number(a), number(b)),
    }
}

fn number(amount: &Amount) -> String {
    let about = if amount.round { "about " } else { "" };
    let unit = if amount.unit.is_empty() {
        String::new()
    } else {
        format!(" {}", amount.unit)
    };
    let value = match (amount.low, amount.high) {
        (low, high) if high.is_infinite() => format!("{low} or more"),
        (0.0, high) if high > 0.0 => format!("up to {high}"),
        (low, high) if low == high => format!("{low}"),
        (low, high) => format!("{low}–{high}"),
    };
    format!("{about}{value}{unit}")
}

fn slot(slot: &Slot) -> Value {
    let amount = |amount: &Amount| {
        let high = amount.high.is_finite().then_some(amount.high);
        json!({"low": amount.low, "high": high, "approximate": amount.round, "unit": amount.unit})
    };
    match slot {
        Slot::Denial => json!({"type": "denial"}),
        Slot::Date => json!({"type": "date"}),
        Slot::Value { name, values } => json!({"type": "value", "name": name, "values": values}),
        Slot::Number {
            role,
            amounts: [a, b],
        } => json!({"type": "number", "name": role, "values": [amount(a), amount(b)]}),
    }
}
