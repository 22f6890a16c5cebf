use std::io::{Cursor, Read};

use serde_json::json;
use svodka_model::{Cited, ClaimOut, Contract, Decided, Filed};

use super::{Briefing, BriefingWords, Form};
use crate::{About, Job, Living, Readings, Source, SourceError, Telling};

struct Reports(Vec<Filed>);

impl Source for Reports {
    fn readings(&self) -> Result<Readings<'_>, SourceError> {
        Ok(Box::new(self.0.iter().cloned().map(Ok)))
    }
}

struct Words;

impl Telling for Words {
    fn sentence(&self, claim: &ClaimOut) -> String {
        self.said(claim)
    }

    fn heading(&self, kind: &str) -> String {
        format!("All of {kind}")
    }
}

impl BriefingWords for Words {
    fn said(&self, claim: &ClaimOut) -> String {
        format!("Something of the kind {}", claim.kind)
    }

    fn rank(&self, kind: &str) -> usize {
        kind.len()
    }
}

/// A report of two lines, with a claim on the second that is as `claim` says.
fn report(
    number: i64,
    date: &str,
    claim: serde_json::Value,
    verdict: Option<&'static str>,
) -> Filed {
    let mut whole = json!({
        "id": "c1", "kind": "strike", "roles": {}, "polarity": "positive", "certainty": "asserted",
        "evidence": {"start": 8, "end": 20, "text": "They\nstruck *all*"}
    });
    for (field, value) in claim.as_object().expect("fields") {
        whole[field] = value.clone();
    }
    let contract: Contract = serde_json::from_value(json!({
        "format": 1, "text": "A line.\nThey struck.",
        "report": {"id": "x", "title": "On <strikes> & {wages}", "date": date, "language": "en", "source": "", "sha256": "",
            "compiler": ["Captain Lang"], "repository": "State Archive", "reference": "F. 1 op. 2"},
        "mentions": [], "entities": [], "claims": [whole]
    }))
    .expect("a contract");
    let decided = |verdict| Decided {
        operation: 1,
        verdict,
        value: String::new(),
        reason: String::new(),
        at: String::new(),
        author: "Anna".to_owned(),
    };
    Filed {
        number,
        label: format!("{number}.txt"),
        version: 1,
        read_at: "1911-05-03T10:00:00Z".to_owned(),
        contract,
        things: Vec::new(),
        claims: vec![Cited {
            ordinal: 0,
            key: format!("c{number}"),
            read: None,
            decisions: verdict.map(decided).into_iter().collect(),
        }],
    }
}

fn briefing(reports: Vec<Filed>) -> Briefing {
    let about = About {
        title: "strikes".to_owned(),
        program: "svodka".to_owned(),
        base: "urn:x:".to_owned(),
        living: Living::Shielded,
    };
    let source = Reports(reports);
    let job = Job {
        source: &source,
        telling: &Words,
        about: &about,
    };
    Briefing::of("Strikes", &job, &Words).expect("it can be read")
}

fn written(briefing: &Briefing, form: Form) -> Vec<u8> {
    let mut out = Vec::new();
    briefing.write(form, &mut out).expect("there is room");
    out
}

fn text(briefing: &Briefing, form: Form) -> String {
    String::from_utf8(written(briefing, form)).expect("text")
}

#[test]
fn every_sentence_says_first_who_says_so_and_how_surely() {
    let told = [
        (json!({}), "“On <strikes> & {wages}” (1911-05-03) says: "),
        (json!({"certainty": "possible"}), "calls it possible: "),
        (json!({"polarity": "negative"}), "says that it is not so: "),
        (
            json!({"polarity": "negative", "certainty": "probable"}),
            "calls it probable that it is not so: ",
        ),
        (
            json!({"sources": [{"text": "Orlov"}, {"text": "an\n agent"}]}),
            "On the word of Orlov, from an agent, “On <strikes> & {wages}” (1911-05-03) says: ",
        ),
    ];
    for (claim, lead) in told {
        let briefing = briefing(vec![report(1, "1911-05-03", claim, None)]);
        let sentence = &briefing.sections[0].paragraphs[0][0].text;
        assert!(
            sentence.contains(lead) && sentence.ends_with("Something of the kind strike."),
            "{sentence}"
        );
    }
}

#[test]
fn sentences_stand_by_kind_and_time_and_what_was_rejected_is_left_out() {
    let dated = |edtf: &str| json!({"when": {"edtf": edtf, "text": edtf}});
    let briefing = briefing(vec![
        report(1, "1911-05-03", dated("1911-05-02"), None),
        report(2, "1911-04-01", dated("1911-04-01"), Some("accept")),
        report(3, "1911-05-04", dated("1911-05-01"), Some("reject")),
        report(4, "1911-06-01", json!({"kind": "arrest"}), None),
    ]);
    let headings: Vec<&str> = briefing
        .sections
        .iter()
        .map(|it| it.heading.as_str())
        .collect();
    // By the rank of the kind, which is here the same, then by its heading.
    assert_eq!(headings, ["All of arrest", "All of strike"]);
    let order: Vec<&str> = briefing.notes.iter().map(|it| it.claim.as_str()).collect();
    assert_eq!(order, ["c4", "c2", "c1"]);
    assert_eq!(
        briefing.sections[1].paragraphs.len(),
        2,
        "a paragraph a month"
    );
    let works: Vec<i64> = briefing.works.iter().map(|it| it.number).collect();
    assert_eq!(
        works,
        [2, 1, 4],
        "the earliest first, and none of which nothing is told"
    );
    let footnote = briefing.footnote(&briefing.notes[1]);
    assert_eq!(
        footnote,
        "“On <strikes> & {wages}” (1911-04-01), line 2: “They struck *all*” — the report's own word; asserted; grade F6; accepted by Anna. Claim c2."
    );
}

#[test]
fn signs_in_reports_mean_nothing_to_any_form() {
    let briefing = briefing(vec![report(1, "1911-05-03", json!({}), None)]);
    let page = text(&briefing, Form::Markdown);
    assert!(
        page.contains("struck \\*all\\*") && page.contains("On \\<strikes\\> \\& {wages}"),
        "{page}"
    );
    assert!(
        page.contains("[^1]\n") && page.contains("\n[^1]: "),
        "{page}"
    );
    let page = text(&briefing, Form::Html);
    assert!(
        page.contains("On &lt;strikes&gt; &amp; {wages}") && !page.contains("<strikes>"),
        "{page}"
    );
    let entry = text(&briefing, Form::Bib);
    assert!(
        entry.contains("title = {{On <strikes> \\& \\{wages\\}}},"),
        "{entry}"
    );
    assert!(
        entry.contains("library = {State Archive, F. 1 op. 2},")
            && entry.contains("date = {1911-05-03},"),
        "{entry}"
    );
    let items: serde_json::Value = serde_json::from_str(&text(&briefing, Form::Csl)).expect("JSON");
    assert_eq!(items[0]["issued"], json!({"date-parts": [[1911, 5, 3]]}));
    assert_eq!(items[0]["archive_location"], "F. 1 op. 2");
}

#[test]
fn a_document_has_a_footnote_for_every_sentence() {
    let briefing = briefing(vec![
        report(1, "1911-05-03", json!({}), None),
        report(2, "1911", json!({}), None),
    ]);
    let bytes = written(&briefing, Form::Docx);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    let mut part = |name: &str| {
        let mut text = String::new();
        let mut file = archive.by_name(name).expect(name);
        file.read_to_string(&mut text).expect("text");
        text
    };
    assert_eq!(
        part("word/document.xml")
            .matches("<w:footnoteReference")
            .count(),
        2
    );
    assert_eq!(
        part("word/footnotes.xml")
            .matches("They struck *all*")
            .count(),
        2
    );
}

#[test]
fn where_nothing_is_said_that_is_told() {
    let briefing = briefing(Vec::new());
    for form in [Form::Markdown, Form::Html] {
        assert!(text(&briefing, form).contains("No report says anything of it."));
    }
}

/// The pages of a PDF, as our own reader of PDFs has them: words with single blanks.
fn pages(bytes: &[u8]) -> Vec<String> {
    let intake = svodka_ingest::read(bytes, &svodka_ingest::Hint::default()).expect("a PDF");
    let document = &intake.documents[0];
    let mut pages: Vec<String> = Vec::new();
    let mut starts: Vec<usize> = document.map.starts().collect();
    starts.push(document.text.len());
    for part in starts.windows(2) {
        let page = document.origin(part[0]).page.expect("a page") as usize;
        pages.resize(pages.len().max(page), String::new());
        pages[page - 1].push_str(&document.text[part[0]..part[1]]);
    }
    let plain = |page: &String| page.split_whitespace().collect::<Vec<_>>().join(" ");
    pages.iter().map(plain).collect()
}

/// A briefing of so many claims, each of a kind of its own and with a quotation of so many words.
fn quoting(claims: i64, words: fn(i64) -> usize) -> Briefing {
    let reports = (0..claims).map(|at| {
        let words: Vec<String> = (0..words(at)).map(|word| format!("w{at}x{word}")).collect();
        let evidence = json!({"start": 8, "end": 20, "text": words.join(" ")});
        let claim = json!({"kind": format!("deed{at}x"), "evidence": evidence});
        report(at + 1, "1911-05-03", claim, None)
    });
    briefing(reports.collect())
}

#[test]
fn in_a_pdf_each_footnote_begins_on_the_page_of_its_number_and_nothing_is_lost() {
    for long in [
        (|at| 3 + usize::try_from(at * 37 % 90).unwrap_or_default()) as fn(i64) -> usize,
        |_| 1,
        |at| if at == 4 { 6000 } else { 20 },
    ] {
        let briefing = quoting(40, long);
        let pages = pages(&written(&briefing, Form::Pdf));
        for at in 0..40 {
            let page_of = |words: &str| pages.iter().position(|page| page.contains(words));
            let sentence = page_of(&format!("deed{at}x."));
            assert!(sentence.is_some(), "the sentence {at}");
            let footnote = page_of(&format!("w{at}x0"));
            assert_eq!(footnote, sentence, "the footnote of {at}");
        }
        // Footnotes that go on on the next page do so in their order.
        let all = pages.concat();
        let mut before = 0;
        for word in 0..long(4) {
            let here = all[before..].find(&format!("w4x{word}"));
            before += here.unwrap_or_else(|| panic!("the word {word} of the fifth quotation"));
        }
        for work in &briefing.works {
            assert!(all.contains(&work.label), "{}", work.label);
        }
    }
}

#[test]
fn a_pdf_is_the_same_each_time_and_shows_cyrillic_and_what_no_line_has_room_for() {
    let word = "unbreakable".repeat(30);
    let text = format!("Рабочая правда бастовала {word}");
    let briefing = briefing(vec![report(
        1,
        "1911-05-03",
        json!({"evidence": {"start": 8, "end": 20, "text": text}}),
        None,
    )]);
    let bytes = written(&briefing, Form::Pdf);
    assert!(bytes == written(&briefing, Form::Pdf));
    let page = pages(&bytes).concat();
    assert!(page.contains("Рабочая правда бастовала"), "{page}");
    let letters = page.replace(' ', "");
    assert!(letters.contains(&word), "{page}");
    let empty = pages(&written(&self::briefing(Vec::new()), Form::Pdf)).concat();
    assert!(empty.contains("No report says anything of it."), "{empty}");
}
