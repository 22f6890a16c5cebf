//! `svodka search` and the spellings of names.

mod common;

use common::{printed, project};

#[test]
fn a_name_is_found_under_every_spelling_and_that_is_told() {
    let folder = project(&[
        (
            "a.txt",
            "Report of 3 May 1911.\n\nGavriil Myasnikov led the meeting at Perm.\n",
        ),
        (
            "b.txt",
            "Report of 4 May 1911.\n\nGavriil Miasnikov wrote the appeal.\n",
        ),
        ("c.txt", "Report of 5 May 1911.\n\nNobody led anything.\n"),
    ]);
    let here = folder.path();
    for asked in [
        "Miasnikov",
        "Мясников",
        "Mjasnikow",
        "\"Gavriil Miasnikow\"",
    ] {
        let found = printed(here, &["search", "--owner", asked]);
        assert!(
            found.contains("a.txt") && found.contains("b.txt"),
            "{asked}: {found}"
        );
        assert!(
            !found.contains("c.txt") && found.contains("is sought as"),
            "{asked}: {found}"
        );
        assert!(
            found.contains("[Myasnikov]") || found.contains("Myasnikov]"),
            "{asked}: {found}"
        );
    }
    let exact = printed(here, &["search", "--owner", "--exact", "Miasnikov"]);
    assert!(
        !exact.contains("a.txt") && exact.contains("b.txt"),
        "{exact}"
    );
    let json = printed(here, &["search", "--owner", "--json", "Miasnikov"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["spellings"]["miasnikov"][0], "myasnikov", "{json}");
    assert_eq!(json["total"], 2, "{json}");
    // A word of the language is no name.
    assert!(!printed(here, &["search", "--owner", "meeting"]).contains("sought as"));
}

#[test]
fn a_spelling_does_not_tell_the_name_of_somebody_who_may_be_alive() {
    let folder = project(&[(
        "a.txt",
        "Report of 3 May 1975.\n\nGavriil Myasnikov led the meeting.\n",
    )]);
    let found = printed(folder.path(), &["search", "Miasnikov"]);
    assert_eq!(found, "nothing found\n");
}
