//! Questions in SPARQL: those of docs/sparql.md, and what is refused.

use std::path::Path;

use assert_cmd::Command;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const MODEL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../models/en_core_web_sm-3.8.0"
);

/// Shares a body and a workplace with the example of 1924, and names somebody who may be alive.
const LATER: &str = "Report of 3 May 1975.\n\nAccording to Gregor Samsonov, Raisa Feldt led the strike at Red Anchor in February 1924. On 2 May 1975 Samsonov was arrested in Berlin.\n";

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("svodka")
        .expect("the program is built with its tests")
        .current_dir(folder)
        .env("SVODKA_MODEL", MODEL)
        .env("SVODKA_AUTHOR", "tester")
        .env_remove("SVODKA_PROJECT")
        .args(arguments)
        .output()
        .expect("the program starts");
    (
        output.status.code().expect("the program ends by itself"),
        String::from_utf8(output.stdout).expect("output is UTF-8"),
        String::from_utf8(output.stderr).expect("messages are UTF-8"),
    )
}

fn printed(folder: &Path, arguments: &[&str]) -> String {
    let (status, out, err) = run(folder, arguments);
    assert_eq!(status, 0, "{arguments:?}: {out}{err}");
    out
}

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    let here = folder.path();
    std::fs::write(here.join("later.txt"), LATER).expect("there is room");
    printed(here, &["init", "strikes"]);
    let examples = format!("{ROOT}/examples/*.txt");
    printed(here, &["add", &examples, "later.txt"]);
    folder
}

/// What each of the ten questions must answer, among other things.
const ANSWERS: [&str; 10] = [
    "There is no evidence that the Mensheviks took part in the strike at Red Anchor.",
    "Tikhon Rebrov,attendee",
    "urn:svodka:strikes:report/2,informants,7",
    "Not so: RGO — joint committee · 21 October [1932-10-21]",
    "urn:svodka:terms:asserted-not,13",
    "1932-10,2",
    "Central Troika,Kalinnikov",
    "Zatonsk,POINT(27.2313 49.034),2",
    "Raisa Feldt,2",
    "crm:P7_took_place_at",
];

#[test]
fn the_ten_questions_of_the_documents_are_answered() {
    let folder = project();
    let page = std::fs::read_to_string(format!("{ROOT}/docs/sparql.md")).expect("documents");
    let questions = page.split("```sparql\n").skip(1);
    let questions: Vec<&str> = questions
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert_eq!(questions.len(), ANSWERS.len());
    for (question, wanted) in questions.into_iter().zip(ANSWERS) {
        let answer = printed(folder.path(), &["sparql", "--owner", "--csv", question]);
        assert!(answer.contains(wanted), "{question}\n{answer}");
    }
}

#[test]
fn no_claim_is_a_statement_and_nobody_who_may_be_alive_is_named() {
    let folder = project();
    let facts = "SELECT ?who WHERE { ?claim svodka:matter ?it . ?it crm:P14_carried_out_by ?who }";
    assert!(printed(folder.path(), &["sparql", "--owner", facts]).contains("0 rows"));
    let all = "SELECT ?what WHERE { ?a ?b ?what }";
    let told = printed(folder.path(), &["sparql", "--csv", all]);
    assert!(told.contains("Kremnegorsk") && !told.contains("Samsonov"));
    assert!(printed(folder.path(), &["sparql", "--csv", "--owner", all]).contains("Samsonov"));
}

#[test]
fn answers_have_three_forms_and_a_question_may_stand_in_a_file() {
    let folder = project();
    let here = folder.path();
    std::fs::write(here.join("kinds.rq"), "SELECT DISTINCT ?kind WHERE { ?claim a crminf:I4_Proposition_Set ; crm:P2_has_type ?kind } ORDER BY ?kind")
        .expect("there is room");
    let table = printed(here, &["sparql", "-f", "kinds.rq", "--kind", "strike"]);
    assert_eq!(table, "kind\nsvodka:kind/strike\n\n1 row\n");
    let json = printed(here, &["sparql", "-f", "kinds.rq", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert!(
        json["results"]["bindings"]
            .as_array()
            .is_some_and(|rows| rows.len() > 5)
    );
    assert_eq!(
        printed(
            here,
            &[
                "sparql",
                "strikes.svodka",
                "ASK { ?claim a crminf:I4_Proposition_Set }"
            ]
        ),
        "yes\n"
    );
}

#[test]
fn what_cannot_be_answered_is_refused_with_a_code() {
    let folder = project();
    let endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    for (arguments, status, code) in [
        (vec!["sparql", "SELEC"], 2, "sparql/question"),
        (
            vec!["sparql", "DELETE WHERE { ?a ?b ?c }"],
            2,
            "sparql/question",
        ),
        (
            vec![
                "sparql",
                "SELECT * { SERVICE <http://example.org/> { ?a ?b ?c } }",
            ],
            2,
            "sparql/unanswerable",
        ),
        (
            vec!["sparql", "--seconds", "1", endless],
            65,
            "sparql/too-long",
        ),
    ] {
        let (ended, out, err) = run(folder.path(), &arguments);
        assert_eq!(
            (ended, err.contains(code)),
            (status, true),
            "{arguments:?}: {out}{err}"
        );
    }
}
