//! The reports of a briefing: as lines to read, as CSL-JSON (1.0.2) and as BibLaTeX.

use serde_json::{Value, json};
use svodka_model::Edtf;

use super::Work;

/// A report in a line: who, what, when, where it lies.
pub fn line(work: &Work) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !work.authors.is_empty() {
        parts.push(work.authors.join(", "));
    }
    if let Some(title) = &work.title {
        parts.push(format!("“{title}”"));
    }
    parts.push(work.date.clone().unwrap_or_else(|| "undated".to_owned()));
    parts.extend(work.repository.clone());
    parts.extend(work.reference.clone());
    parts.push(format!(
        "{} (no. {} of the project)",
        work.label, work.number
    ));
    parts.join(", ") + "."
}

fn id(work: &Work) -> String {
    format!("report-{}", work.number)
}

/// The reports as CSL-JSON.
pub fn csl(works: &[Work]) -> Value {
    let item = |work: &Work| {
        let mut item = json!({
            "id": id(work), "type": "report",
            "title": work.title.as_ref().unwrap_or(&work.label),
            "language": work.language, "note": work.label,
        });
        if !work.authors.is_empty() {
            let authors = work.authors.iter().map(|name| json!({"literal": name}));
            item["author"] = authors.collect();
        }
        if let Some(date) = &work.date {
            item["issued"] = issued(date);
        }
        if let Some(archive) = &work.repository {
            item["archive"] = json!(archive);
        }
        if let Some(mark) = &work.reference {
            item["archive_location"] = json!(mark);
        }
        item
    };
    works.iter().map(item).collect()
}

/// A date as CSL has it: parts as far as they are known for certain, else the EDTF as it is.
fn issued(edtf: &str) -> Value {
    let exact = |text: &str| -> Option<Vec<i32>> {
        let parts: Option<Vec<i32>> = text.split('-').map(|part| part.parse().ok()).collect();
        parts.filter(|parts| (1..=3).contains(&parts.len()) && parts[0] > 0)
    };
    let sides: Option<Vec<Vec<i32>>> = edtf.split('/').map(exact).collect();
    match sides.filter(|_| edtf.parse::<Edtf>().is_ok()) {
        Some(sides) => json!({"date-parts": sides}),
        None => json!({"literal": edtf}),
    }
}

/// The reports as BibLaTeX, whose dates are EDTF.
pub fn bib(works: &[Work]) -> String {
    let mut text = String::new();
    for work in works {
        let mut fields = vec![(
            "title",
            format!("{{{}}}", plain(work.title.as_ref().unwrap_or(&work.label))),
        )];
        if !work.authors.is_empty() {
            let authors: Vec<String> = work
                .authors
                .iter()
                .map(|it| format!("{{{}}}", plain(it)))
                .collect();
            fields.push(("author", authors.join(" and ")));
        }
        fields.push(("type", "report".to_owned()));
        if let Some(date) = &work.date {
            fields.push(("date", plain(date)));
        }
        let kept = [&work.repository, &work.reference];
        let kept: Vec<&str> = kept.into_iter().flatten().map(String::as_str).collect();
        if !kept.is_empty() {
            fields.push(("library", plain(&kept.join(", "))));
        }
        fields.push(("note", plain(&work.label)));
        text += &format!("@report{{{},\n", id(work));
        for (name, value) in fields {
            text += &format!("  {name} = {{{value}}},\n");
        }
        text += "}\n\n";
    }
    text
}

/// Text in which nothing means anything to TeX.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => plain.push_str("\\textbackslash{}"),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => plain.extend(['\\', c]),
            '~' => plain.push_str("\\textasciitilde{}"),
            '^' => plain.push_str("\\textasciicircum{}"),
            c if c.is_control() => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}
