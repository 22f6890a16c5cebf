//! `svodka brief` from outside.

mod common;

use common::{ROOT, printed, run};

#[test]
fn every_claim_has_its_sentence_and_its_footnote_and_the_living_are_shielded() {
    let folder = tempfile::tempdir().expect("there is room");
    let here = folder.path();
    let report = "Report of 3 May 2001\n\nOn 2 May 2001 a strike broke out at the Halden Works. Anna Weiss was arrested on 3 May 2001.\n";
    std::fs::write(here.join("late.txt"), report).expect("there is room");
    let example = std::path::Path::new(ROOT).join("examples/1911-informant-police-report.txt");
    printed(here, &["init", "strikes"]);
    printed(
        here,
        &["add", "late.txt", example.to_str().expect("a path")],
    );
    let claims: serde_json::Value =
        serde_json::from_str(&printed(here, &["claims", "--json"])).expect("JSON");
    let claims = claims.as_array().expect("a list");
    let page = printed(here, &["brief"]);
    assert_eq!(page.matches("\n[^").count(), claims.len(), "{page}");
    for claim in claims {
        let key = claim["key"].as_str().expect("a name");
        assert!(page.contains(key), "{key}");
    }
    assert!(!page.contains("Weiss"), "{page}");
    assert!(printed(here, &["brief", "--owner"]).contains("Weiss"));
    for file in ["a.html", "a.docx", "a.pdf", "a.bib", "a.json"] {
        printed(here, &["brief", "--kind", "strike", "--output", file]);
        assert!(
            here.join(file).metadata().expect("it is there").len() > 100,
            "{file}"
        );
    }
    let pdf = std::fs::read(here.join("a.pdf")).expect("it is there");
    assert!(pdf.starts_with(b"%PDF-"));
    let (status, _, told) = run(here, &["brief", "--output", "a.rtf"]);
    assert!(status == 2 && told.contains(".pdf"), "{told}");
}
