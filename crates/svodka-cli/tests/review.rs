//! `svodka review` line by line, and what it leaves behind.

mod common;

use common::{printed, project, told};

const REPORT: &str = "Report of 3 September 1911.\n\nIvan Orlov led a meeting of the Workers' Union at the Halden works. \
    Perhaps Pyotr Zimin is a member of the Workers' Union. Anna Weiss was arrested in Kremnegorsk.\n";

fn review(folder: &std::path::Path, arguments: &[&str], input: &str) -> String {
    let arguments: Vec<&str> = ["review"].iter().chain(arguments).copied().collect();
    let (status, out, err) = told(folder, &arguments, input);
    assert_eq!(status, 0, "{out}{err}");
    out
}

#[test]
fn what_is_judged_is_not_asked_again_and_the_least_certain_comes_first() {
    let folder = project(&[("a.txt", REPORT)]);
    let here = folder.path();
    let out = review(here, &[], "accept\nquit\n");
    assert!(
        out.starts_with("This is no terminal, so commands are read line by line"),
        "{out}"
    );
    let (_, first) = out.split_once("Claim 1 of ").expect("a claim");
    assert!(first.contains("possible") && first.contains("⟦"), "{out}");
    assert!(
        out.contains("Perhaps") && out.contains("reports/a.txt, line 3"),
        "{out}"
    );
    assert!(
        out.contains("\naccepted c") && out.ends_with("1 claim judged\n"),
        "{out}"
    );
    let number = |out: &str| -> usize {
        let (_, rest) = out.split_once("Claim 1 of ").expect("a claim");
        rest.split(['\n', ' '])
            .next()
            .expect("a number")
            .parse()
            .expect("a number")
    };
    let again = review(here, &[], "");
    assert_eq!(number(&again), number(&out) - 1, "{again}");
    let police = review(here, &["--kind", "police"], "");
    assert!(
        police.contains("Claim 1 of 1 · only kind police"),
        "{police}"
    );
    let none = review(here, &["--kind", "wage"], "skip\n");
    assert!(none.contains("No claim is left to judge"), "{none}");
    let filtered = review(
        here,
        &[],
        "filter --about 'Anna Weiss'\nfilter --about Nobody\n",
    );
    assert!(
        filtered.contains("only about Anna Weiss") && filtered.contains("there is no name Nobody"),
        "{filtered}"
    );
    assert!(printed(here, &["check"]).starts_with("sound"));
}

#[test]
fn a_claim_can_be_corrected_graded_noted_and_all_that_undone() {
    let folder = project(&[("a.txt", REPORT)]);
    let here = folder.path();
    let out = review(
        here,
        &["--kind", "police"],
        "correct target = Ivan Orlov; when = soon\ncorrect target = PERSON:Maria Lang + Ivan Orlov; when = 1911-09-02; place =\n",
    );
    assert!(out.contains("'soon' is no date"), "{out}");
    assert!(out.contains("corrected c"), "{out}");
    let dossier = printed(here, &["show", "Maria Lang", "--owner"]);
    assert!(
        dossier.contains("corrected; the machine read: Arrest"),
        "{dossier}"
    );
    assert!(
        dossier.contains("1911-09-02") && dossier.contains("Ivan Orlov"),
        "{dossier}"
    );
    let in_september = [
        "claims",
        "--kind",
        "police",
        "--from",
        "1911-09-02",
        "--to",
        "1911-09-02",
        "--owner",
    ];
    assert!(printed(here, &in_september).contains("Maria Lang"));
    assert!(!printed(here, &["show", "Anna Weiss", "--owner"]).contains("rrest"));
    assert!(
        printed(
            here,
            &["stats", "police", "--by", "target", "--csv", "--owner"]
        )
        .contains("Maria Lang,1\n")
    );
    assert!(printed(here, &["check"]).starts_with("sound"));

    let out = review(
        here,
        &["--kind", "membership"],
        "grade Z9\ngrade b2 he was there\nnote ask in Kremnegorsk\nsplit Ivan Orlov\nsplit Ivan Orlov = Pyotr Zimin because of age\nundo\nundo\nundo\nundo\n",
    );
    for told in [
        "'Z9' is no grade",
        "→ grade B2",
        "say which name is meant, as NAME = Ivan Orlov",
        "Ivan Orlov and Pyotr Zimin: distinct",
        "nothing was done here yet",
    ] {
        assert!(out.contains(told), "{told}: {out}");
    }
    let (status, _, err) = told(
        here,
        &["decide", "c0000000000000000", "grade", "Z", "--reason", "x"],
        "",
    );
    assert!(status == 2 && err.contains("no grade"), "{err}");
}

#[test]
fn who_comes_second_is_told_that_the_claim_was_judged_meanwhile() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Command, Stdio};

    let folder = project(&[("a.txt", REPORT)]);
    let here = folder.path();
    let mut first = Command::new(common::SVODKA)
        .current_dir(here)
        .env("SVODKA_AUTHOR", "anna")
        .args(["review", "--owner"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = first.stdin.take().expect("it is piped");
    let mut output = BufReader::new(first.stdout.take().expect("it is piped"));
    let mut line = String::new();
    while !line.contains("Claim 1 of ") {
        line.clear();
        assert!(output.read_line(&mut line).expect("it says something") > 0);
    }
    // While Anna looks at it, somebody else judges it.
    review(here, &[], "reject he was away\n");
    input
        .write_all(b"accept\naccept\nquit\n")
        .expect("it listens");
    drop(input);
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut output, &mut rest).expect("it ends");
    assert!(first.wait().expect("it ends").success());
    assert!(
        rest.contains(
            "nothing was kept, for this claim has been judged meanwhile: → reject by tester"
        ) && rest.contains("because: he was away"),
        "{rest}"
    );
    assert!(
        rest.contains("say it again") && rest.contains("accepted c"),
        "{rest}"
    );
}
