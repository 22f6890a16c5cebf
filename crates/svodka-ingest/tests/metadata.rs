//! Sidecars and manifests.

use svodka_ingest::{Witness, manifest, sidecar};

#[test]
fn a_sidecar_may_be_json_or_yaml() {
    let json = sidecar(
        br#"{"title": "A", "author": "B", "date": 1923}"#,
        "r.txt.meta.json",
    )
    .expect("it is sound");
    let yaml =
        sidecar(b"title: A\nauthor:\n  - B\ndate: 1923\n", "r.txt.meta.yaml").expect("it is sound");
    assert_eq!(json, yaml);
    assert_eq!(
        json.date.map(|told| (told.value, told.by)),
        Some(("1923".to_owned(), Witness::Sidecar))
    );
}

#[test]
fn a_misspelt_field_and_a_broken_sidecar_are_told() {
    for (bytes, name) in [
        (&b"{\"tittle\": \"A\"}"[..], "a.meta.json"),
        (b"{\"title\": ", "a.meta.json"),
        (b"title: [[[", "a.meta.yaml"),
        (b"\xff\xfe", "a.meta.yaml"),
        (
            b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
            "a.meta.yaml",
        ),
    ] {
        assert_eq!(
            sidecar(bytes, name).expect_err("it is refused").code(),
            "ingest/metadata"
        );
    }
}

#[test]
fn a_manifest_describes_files_by_their_names_and_leaves_other_columns_alone() {
    let csv =
        b"File,Title,Author,Date,Box\na.txt,The strike,Brandt; Moser,1923-05-04,7\nb.txt,,,,8\n";
    let known = manifest(csv).expect("it is sound");
    let a = &known["a.txt"];
    assert_eq!(
        a.authors
            .iter()
            .map(|told| told.value.as_str())
            .collect::<Vec<_>>(),
        ["Brandt", "Moser"]
    );
    assert_eq!(
        a.date.as_ref().map(|told| &told.by),
        Some(&Witness::Manifest(2))
    );
    assert_eq!(known["b.txt"], svodka_ingest::Metadata::default());
    for wrong in [
        &b"title\nA\n"[..],
        b"file,title\na.txt,A\na.txt,B\n",
        b"file,title\na.txt\n",
    ] {
        assert_eq!(
            manifest(wrong).expect_err("it is refused").code(),
            "ingest/metadata"
        );
    }
}
