//! Questions in SPARQL: those of docs/sparql.md, and what is refused.

mod common;

use common::served::Served;
use common::{ROOT, printed, run};

/// Shares a body and a workplace with the example of 1924, and names somebody who may be alive.
const LATER: &str = "Report of 3 May 1975.\n\nAccording to Gregor Samsonov, Raisa Feldt led the strike at Red Anchor in February 1924. On 2 May 1975 Samsonov was arrested in Berlin.\n";

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
    assert_eq!(table, "kind\n<urn:svodka:terms:kind/strike>\n\n1 row\n");
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

#[test]
fn the_server_answers_questions_as_the_protocol_has_it_and_changes_nothing() {
    let folder = project();
    let served = Served::new(&folder.path().join("strikes.svodka"), &[]);
    let mut client = served.client();
    let question = "SELECT ?name WHERE { ?who a crm:E21_Person ; rdfs:label ?name } ORDER BY ?name";
    let asked = client
        .get(&format!(
            "/sparql?query={}",
            question
                .replace(' ', "+")
                .replace('?', "%3F")
                .replace('{', "%7B")
                .replace('}', "%7D")
        ))
        .expect("it answers");
    assert_eq!(asked.status, 200, "{}", asked.body);
    assert_eq!(
        asked.header("content-type"),
        Some("application/sparql-results+json")
    );
    let json: serde_json::Value = serde_json::from_str(&asked.body).expect("JSON");
    assert!(
        json["results"]["bindings"]
            .as_array()
            .is_some_and(|rows| rows.len() > 10)
    );
    let sent = |client: &mut common::http::Client, kind: &str, body: &str| {
        client
            .ask("POST", "/sparql", kind, body.as_bytes())
            .expect("it answers")
    };
    let again = sent(&mut client, "application/sparql-query", question);
    assert_eq!(again.body, asked.body);
    let form = sent(
        &mut client,
        "application/x-www-form-urlencoded",
        "query=ASK+%7B+%3Fa+%3Fb+%3Fc+%7D",
    );
    assert!(form.body.contains("true"), "{}", form.body);
    let turtle = sent(
        &mut client,
        "application/sparql-query",
        "CONSTRUCT { ?a a ?b } WHERE { ?a a ?b }",
    );
    assert_eq!(
        turtle.header("content-type"),
        Some("text/turtle; charset=utf-8")
    );
    for (question, code) in [
        ("DELETE WHERE { ?a ?b ?c }", "sparql/question"),
        (
            "SELECT * { SERVICE <http://example.org/> { ?a ?b ?c } }",
            "sparql/unanswerable",
        ),
    ] {
        let refused = sent(&mut client, "application/sparql-query", question);
        assert_eq!(
            (refused.status, refused.body.contains(code)),
            (422, true),
            "{}",
            refused.body
        );
    }
}

#[test]
fn whoever_says_so_gets_the_answer_in_another_form() {
    let folder = project();
    let served = Served::new(&folder.path().join("strikes.svodka"), &[]);
    let ask = |accept: &str, question: &str| {
        let mut client = common::http::Client::new(served.port, &format!("Accept: {accept}\r\n"))
            .expect("it listens");
        let answer = client.ask(
            "POST",
            "/sparql",
            "application/sparql-query",
            question.as_bytes(),
        );
        let answer = answer.expect("it answers");
        let kind = answer.header("content-type").unwrap_or_default().to_owned();
        let begins: String = answer.body.chars().take(8).collect();
        format!("{} {kind}: {begins:?}", answer.status)
    };
    let rows = "SELECT ?kind WHERE { ?claim crm:P2_has_type ?kind } ORDER BY ?kind LIMIT 1";
    let statements =
        "CONSTRUCT { ?claim crm:P2_has_type ?kind } WHERE { ?claim crm:P2_has_type ?kind } LIMIT 1";
    let told: Vec<String> = [
        ("*/*", rows),
        ("application/sparql-results+xml, text/turtle;q=0.5", rows),
        ("application/sparql-results+json;q=0.1, text/csv", rows),
        ("text/tab-separated-values", rows),
        ("image/png", rows),
        (
            "application/sparql-results+xml, application/n-triples",
            statements,
        ),
        ("application/ld+json, text/turtle;q=0.9", statements),
        ("text/*", statements),
    ]
    .iter()
    .map(|(accept, question)| ask(accept, question))
    .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    200 application/sparql-results+json: "{\"head\":"
    200 application/sparql-results+xml: "<?xml ve"
    200 text/csv; charset=utf-8: "kind\r\nur"
    200 text/tab-separated-values; charset=utf-8: "?kind\n<u"
    200 application/sparql-results+json: "{\"head\":"
    200 application/n-triples: "<urn:svo"
    200 application/ld+json: "{\"@conte"
    200 text/turtle; charset=utf-8: "@prefix "
    "#);
}
