//! Capture histories for [multiple-systems estimation](https://en.wikipedia.org/wiki/Mark_and_recapture): people in rows, lists in columns, 1 where a
//! list has a person. A list is a report, or all reports of the same compilers, since those who write twice do not witness twice. A report has a person
//! if it claims something of them that is so and that no reader rejected.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use indexmap::IndexMap;
use serde_json::{Value, json};
use svodka_model::{Filed, NameType};

use super::{Job, harmless, polarity};
use crate::{ExportError, Sink, Things};

/// The columns of `captures.csv`: of every claim that names a person, which list that puts them on.
const CAPTURES: [(&str, &str); 10] = [
    ("person", "integer"),
    ("list", "string"),
    ("report", "integer"),
    ("claim", "string"),
    ("kind", "string"),
    ("role", "string"),
    ("certainty", "string"),
    ("polarity", "string"),
    ("counts", "boolean"),
    ("quotation", "string"),
];
const LISTS: [(&str, &str); 4] = [
    ("list", "string"),
    ("compilers", "string"),
    ("reports", "integer"),
    ("people", "integer"),
];
const PEOPLE: [(&str, &str); 4] = [
    ("person", "integer"),
    ("name", "string"),
    ("may_live", "boolean"),
    ("lists", "integer"),
];

/// The people and lists met.
#[derive(Default)]
struct Captured {
    things: Things,
    /// By compilers, or by report: how many reports.
    lists: IndexMap<Compilers, usize>,
    /// For each person, the lists they are on, by their places above.
    people: BTreeMap<i64, BTreeSet<usize>>,
}

/// Whose list it is: people who sign together, or a report that nobody signed.
#[derive(PartialEq, Eq, Hash)]
enum Compilers {
    Named(Vec<String>),
    Of(i64),
}

/// Writes the matrix, what it was made from, and a description of all.
pub fn write(job: &Job<'_>, sink: &mut dyn Sink) -> Result<(), ExportError> {
    let mut captured = Captured::default();
    let mut file = csv::Writer::from_writer(sink.file("captures.csv")?);
    file.write_record(CAPTURES.map(|(name, _)| name))?;
    for filed in job.source.readings().map_err(ExportError::Source)? {
        let filed = filed.map_err(ExportError::Source)?;
        captured.things.gather(&filed);
        of_report(&filed, &mut captured, &mut file)?;
    }
    file.flush()?;
    let on = captured.people.values().filter(|lists| !lists.is_empty());
    let mut counts = vec![0_usize; captured.lists.len()];
    on.flatten().for_each(|list| counts[*list] += 1);
    let mut file = csv::Writer::from_writer(sink.file("lists.csv")?);
    file.write_record(LISTS.map(|(name, _)| name))?;
    for (place, (whose, reports)) in captured.lists.iter().enumerate() {
        let compilers = match whose {
            Compilers::Named(names) => harmless(&names.join("|")),
            Compilers::Of(_) => String::new(),
        };
        file.write_record([
            list(place),
            compilers,
            reports.to_string(),
            counts[place].to_string(),
        ])?;
    }
    file.flush()?;
    let mut file = csv::Writer::from_writer(sink.file("matrix.csv")?);
    let used: Vec<usize> = (0..counts.len())
        .filter(|place| counts[*place] > 0)
        .collect();
    let heads = PEOPLE.map(|(name, _)| name.to_owned());
    file.write_record(heads.into_iter().chain(used.iter().copied().map(list)))?;
    for (person, lists) in captured
        .people
        .iter()
        .filter(|(_, lists)| !lists.is_empty())
    {
        let thing = captured.things.get(*person);
        let about = [
            person.to_string(),
            harmless(thing.map_or("", |thing| &thing.name)),
            thing.is_some_and(|thing| thing.may_live).to_string(),
            lists.len().to_string(),
        ];
        for cell in &about {
            file.write_field(cell)?;
        }
        for place in &used {
            file.write_field(if lists.contains(place) { "1" } else { "0" })?;
        }
        file.write_record(None::<&[u8]>)?;
    }
    file.flush()?;
    let mut out = sink.file("datapackage.json")?;
    writeln!(out, "{:#}", described(job, &used))?;
    Ok(out.flush()?)
}

fn of_report<W: Write>(
    filed: &Filed,
    captured: &mut Captured,
    file: &mut csv::Writer<W>,
) -> Result<(), ExportError> {
    let mut compilers = filed.contract.report.compiler.clone();
    compilers.sort_unstable();
    let whose = match compilers.is_empty() {
        true => Compilers::Of(filed.number),
        false => Compilers::Named(compilers),
    };
    let entry = captured.lists.entry(whose);
    let place = entry.index();
    *entry.or_default() += 1;
    for (cited, claim) in filed.cited() {
        let rejected = cited.judged().is_some_and(|it| it.verdict == "reject");
        let counts = !rejected && polarity(claim.polarity) == "positive";
        for (role, fillers) in &claim.roles {
            let named = fillers.iter().filter_map(|filler| filler.entity.as_deref());
            for number in named.filter_map(|entity| filed.thing(entity)) {
                let number = number.number;
                let thing = captured.things.get(number);
                if thing.is_none_or(|thing| thing.kind != NameType::Person) {
                    continue;
                }
                let lists = captured.people.entry(number).or_default();
                if counts {
                    lists.insert(place);
                }
                file.write_record([
                    number.to_string(),
                    list(place),
                    filed.number.to_string(),
                    cited.key.clone(),
                    claim.kind.to_string(),
                    role.to_string(),
                    claim.certainty.word().to_owned(),
                    polarity(claim.polarity).to_owned(),
                    counts.to_string(),
                    harmless(&claim.evidence.text),
                ])?;
            }
        }
    }
    Ok(())
}

/// What a list is called.
fn list(place: usize) -> String {
    format!("L{}", place + 1)
}

fn described(job: &Job<'_>, used: &[usize]) -> Value {
    let fields = |columns: &[(&str, &str)]| -> Vec<Value> {
        let fields = columns.iter();
        fields
            .map(|(name, sort)| json!({"name": name, "type": sort}))
            .collect()
    };
    let resource = |name: &str, fields: Vec<Value>, what: &str| {
        json!({
            "name": name,
            "path": format!("{name}.csv"),
            "description": what,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {"fields": fields, "missingValues": [""]},
        })
    };
    let mut matrix = fields(&PEOPLE);
    matrix.extend(
        used.iter()
            .map(|place| json!({"name": list(*place), "type": "integer"})),
    );
    json!({
        "profile": "tabular-data-package",
        "name": "svodka-capture",
        "title": job.about.title,
        "description": job.about.notice(),
        "created_by": job.about.program,
        "resources": [
            resource("matrix", matrix, "people who are on some list; 1 where the list of that column has them"),
            resource("lists", fields(&LISTS), "a list is all reports of the same compilers, or a report that nobody signed"),
            resource("captures", fields(&CAPTURES), "the claims that name people; one that is denied or that a reader rejected does not count"),
        ],
    })
}
