//! The project as a prosopography: what `/ipif` answers, and that the files say the same.

mod common;

use std::path::Path;

use common::http::Client;
use common::served::Served;
use common::{printed, project};
use serde_json::Value;

const STRIKE: &str = "Report of 3 May 1911.\n\nAccording to the informant, Ivan Orlov is probably a member of the Workers' League. \
     Orlov led the strike at the Vulkan Works in Kremnegorsk on 2 May 1911. Anna Weiss is not a member of the Workers' League.\n";
const LATER: &str = "Report of 7 June 1912.\n\nIvan Orlov met Anna Weiss in June 1912. \
     Anna Weiss and Ivan Orlov were arrested in Kremnegorsk on 3 June 1912.\n";
const LATE: &str =
    "Report of 3 May 1975.\n\nGregor Samsonov met Boris Dorn in Kremnegorsk on 2 May 1975.\n";

fn made() -> tempfile::TempDir {
    project(&[
        ("strike.txt", STRIKE),
        ("later.txt", LATER),
        ("late.txt", LATE),
        ("empty.txt", "Nothing was seen."),
    ])
}

fn file(folder: &Path, kind: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join(format!("{kind}.json"))).expect("a file");
    let list: Value = serde_json::from_str(&text).expect("JSON");
    list[kind].as_array().expect("a list").clone()
}

/// The status and body of an answer.
fn asked(client: &mut Client, path: &str) -> (u16, Value) {
    let answer = client.get(&format!("/ipif/{path}")).expect("it answers");
    let link = answer.header("link").unwrap_or_default();
    assert!(link.contains("level1.json"), "{path}: {link}");
    let body = serde_json::from_str(&answer.body).expect("JSON");
    (answer.status, body)
}

/// The names of what a list has.
fn listed(client: &mut Client, kind: &str, query: &str) -> Vec<String> {
    let (status, body) = asked(client, &format!("{kind}?size=1000&{query}"));
    assert_eq!(status, 200, "{kind}?{query}: {body}");
    let found = body[kind].as_array().expect("a list");
    assert_eq!(body["protocol"]["totalHits"], found.len());
    let ids = found.iter().map(|it| it["@id"].as_str().expect("a name"));
    ids.map(str::to_owned).collect()
}

fn labels(client: &mut Client, query: &str) -> Vec<String> {
    let (status, body) = asked(client, &format!("persons?sortBy=label&{query}"));
    assert_eq!(status, 200, "{query}: {body}");
    let persons = body["persons"].as_array().expect("a list").iter();
    persons
        .map(|it| it["label"].as_str().expect("a label").to_owned())
        .collect()
}

#[test]
fn the_server_and_the_files_say_the_same_and_every_reference_leads_somewhere() {
    let folder = made();
    let here = folder.path();
    printed(here, &["export", "ipif", "-o", "dump"]);
    let dump = here.join("dump");
    let served = Served::new(&here.join("strikes.svodka"), &[]);
    let mut client = served.client();
    for kind in ["factoids", "persons", "sources", "statements"] {
        let of_file = file(&dump, kind);
        let mut ids: Vec<&str> = of_file.iter().filter_map(|it| it["@id"].as_str()).collect();
        let mut of_server = listed(&mut client, kind, "");
        assert!(!ids.is_empty());
        ids.sort_unstable();
        of_server.sort_unstable();
        assert_eq!(of_server, ids, "{kind}");
        for resource in &of_file {
            let id = resource["@id"].as_str().expect("a name");
            let (status, one) = asked(&mut client, &format!("{kind}/{id}"));
            assert_eq!((status, &one), (200, resource), "{kind}/{id}");
            let refs = resource["factoid-refs"].as_array().into_iter().flatten();
            for reference in refs {
                let id = reference["@id"].as_str().expect("a name");
                let (status, factoid) = asked(&mut client, &format!("factoids/{id}"));
                assert_eq!(status, 200, "{id}");
                for part in ["person-ref", "source-ref", "statement-refs"] {
                    assert_eq!(factoid[part], reference[part], "{id}");
                }
            }
        }
    }
    let (status, told) = asked(&mut client, "describe");
    assert_eq!((status, told["complianceLevel"].as_u64()), (200, Some(1)));
    assert_eq!(
        told,
        serde_json::from_str::<Value>(
            &std::fs::read_to_string(dump.join("describe.json")).expect("a file")
        )
        .expect("JSON")
    );
    // What has a name has an address for it too.
    let person = &file(&dump, "persons")[0];
    let uri = person["uris"][0].as_str().expect("an IRI");
    let path = format!("persons/{}", uri.replace(':', "%3A").replace('/', "%2F"));
    assert_eq!(asked(&mut client, &path).1["@id"], person["@id"]);
}

#[test]
fn filters_choose_by_one_statement_and_what_is_denied_is_said_in_words_alone() {
    let folder = made();
    let served = Served::new(&folder.path().join("strikes.svodka"), &[]);
    let mut client = served.client();
    assert_eq!(labels(&mut client, "memberOf=league"), ["Ivan Orlov"]);
    assert_eq!(labels(&mut client, "memberOf=*"), ["Ivan Orlov"]);
    assert_eq!(
        labels(&mut client, "st=denied"),
        ["Anna Weiss", "Workers' League"]
    );
    assert_eq!(
        labels(&mut client, "relatesToPerson=orlov&place=KREMNEGORSK"),
        ["Anna Weiss"]
    );
    // Each holds of some statement on Orlov, but both of none.
    assert_eq!(
        labels(&mut client, "memberOf=*&place=kremnegorsk"),
        Vec::<String>::new()
    );
    assert!(labels(&mut client, "from=1911&role=leader").contains(&"Ivan Orlov".to_owned()));
    assert!(labels(&mut client, "from=1911-05-03&to=1911-12-31").is_empty());
    assert_eq!(
        labels(&mut client, "from=1912-06-15&to=1912-06-15"),
        ["Anna Weiss", "Ivan Orlov"]
    );
    assert_eq!(labels(&mut client, "name=weiss"), ["Anna Weiss"]);
    let first = listed(&mut client, "sources", "sortBy=label");
    let last = listed(&mut client, "sources", "sortBy=label+DESC");
    assert_eq!(first.len(), 4);
    assert!(first.iter().eq(last.iter().rev()));
    let (_, page) = asked(&mut client, "sources?sortBy=label&size=2&page=2");
    assert_eq!(page["protocol"]["totalHits"], 4);
    assert_eq!(page["sources"][0]["@id"], first[2]);
    let statement = &listed(&mut client, "statements", "memberOf=league")[0];
    let factoids = listed(&mut client, "factoids", &format!("statementId={statement}"));
    assert_eq!(factoids.len(), 1);
    let one = format!("factoidId={}", factoids[0]);
    assert_eq!(labels(&mut client, &one), ["Ivan Orlov"]);
    let again = listed(&mut client, "statements", &one);
    assert_eq!(again.as_slice(), std::slice::from_ref(statement));
    let (_, told) = asked(&mut client, &format!("statements/{statement}"));
    let text = told["statementText"].as_str().expect("words");
    for said in [
        "Certainty of the text: probable",
        "On the word of: informant",
        "Quotation: According to the informant, Ivan Orlov is probably a member",
    ] {
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn whoever_asks_the_living_are_shielded_and_nothing_can_be_changed() {
    let folder = made();
    let served = Served::new(&folder.path().join("strikes.svodka"), &[]);
    let mut client = served.client();
    for kind in ["factoids", "persons", "sources", "statements"] {
        let (_, body) = asked(&mut client, &format!("{kind}?size=1000"));
        let text = body.to_string();
        assert!(
            !text.contains("Samsonov") && !text.contains("Dorn"),
            "{text}"
        );
    }
    for (path, status) in [
        ("persons/nobody", 404),
        ("persons?colour=red", 400),
        ("persons?size=0", 400),
        ("persons?name=a&name=b", 400),
        ("sources?s=x", 400),
        ("statements?from=soon", 400),
    ] {
        let (found, error) = asked(&mut client, path);
        assert_eq!(found, status, "{path}: {error}");
        assert_eq!(error["status"], status, "{path}");
        assert!(
            error["title"].is_string() && error["detail"].is_string(),
            "{error}"
        );
    }
    for (method, path) in [
        ("POST", "/ipif/persons"),
        ("PUT", "/ipif/persons/person-1"),
        ("DELETE", "/ipif/factoids/x"),
    ] {
        let answer = client.ask(method, path, "application/json", b"{}");
        let answer = answer.expect("it answers");
        assert_eq!(answer.status, 501, "{method} {path}: {}", answer.body);
        assert!(answer.body.contains("read only"), "{}", answer.body);
    }
}
