//! Who is taken to be alive, by what the built-in pack says of births and deaths.

mod common;

use common::{printed, project, run};

/// Whether somebody is shielded in a project of one report of 1935 with this text.
fn shielded(text: &str, name: &str) -> bool {
    let report = format!("Report of 3 May 1935.\n\n{text}\n");
    let folder = project(&[("a.txt", report.as_str())]);
    let people = printed(folder.path(), &["people", "--csv"]);
    let named = printed(folder.path(), &["people", "--csv", "--owner"]);
    assert!(named.contains(name), "{text}: {named}");
    !people.contains(name)
}

#[test]
fn who_is_told_to_have_died_is_not_shielded_and_in_doubt_everybody_is() {
    for text in [
        "Pyotr Zimin, a member of the Workers' Union, was shot in 1921.",
        "Pyotr Zimin was a member of the Workers' Union. Pyotr Zimin was killed by strikers at Halden.",
        "Pyotr Zimin (executed in 1921) was a member of the Workers' Union.",
    ] {
        assert!(!shielded(text, "Pyotr Zimin"), "{text}");
    }
    for text in [
        "Pyotr Zimin is a member of the Workers' Union.",
        "It is rumoured that Pyotr Zimin, a member of the Workers' Union, was shot.",
        "Perhaps Pyotr Zimin, a member of the Workers' Union, was killed by strikers.",
        "Pyotr Zimin was not shot; he is a member of the Workers' Union.",
        "Pyotr Zimin, a member of the Workers' Union, was shot at and wounded.",
        "Pyotr Zimin, a member of the Workers' Union, shot Ivan Orlov.",
        "Pyotr Zimin, Ivan Orlov, who was shot in 1921, and Anna Weiss were members of the Workers' Union.",
        "Pyotr Zimin, a member of the Workers' Union, was sentenced to be shot.",
        "Pyotr Zimin's brother was shot in 1921. Pyotr Zimin is a member of the Workers' Union.",
        "At the funeral of Pyotr Zimin's mother, Pyotr Zimin, a member of the Workers' Union, spoke to Anna Weiss.",
    ] {
        assert!(shielded(text, "Pyotr Zimin"), "{text}");
    }
}

#[test]
fn a_birth_of_late_shields_where_the_report_is_old_enough_not_to() {
    let report = "Report of 3 May 1920.\n\nPyotr Zimin, born in 1918, is a son of Anna Zimina. Boris Lang, born in 1887, is a member of the Workers' Union.\n";
    let folder = project(&[("a.txt", report)]);
    let here = folder.path();
    let people = printed(here, &["people", "--csv"]);
    assert!(people.contains("Boris Lang"), "{people}");
    assert!(!people.contains("Pyotr Zimin"), "{people}");
    let policy = printed(here, &["policy"]);
    assert!(
        policy.contains("A death is told by claims") && policy.contains("“died”"),
        "{policy}"
    );
    // A rule of one's own, and back to the pack's.
    printed(
        here,
        &[
            "policy",
            "--death",
            "violence/victim:act=killed",
            "--reason",
            "mine",
        ],
    );
    let policy = printed(here, &["policy"]);
    assert!(
        policy.contains("violence/victim:act=killed") && !policy.contains("“died”"),
        "{policy}"
    );
    printed(
        here,
        &["policy", "--from-pack", "--reason", "the pack knows more"],
    );
    assert!(printed(here, &["policy"]).contains("“died”"));
    let (status, _, err) = run(here, &["policy", "--from-pack"]);
    assert!(status == 2 && err.contains("needs a reason"), "{err}");
    assert!(printed(here, &["check"]).starts_with("sound"));
}
