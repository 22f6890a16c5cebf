//! `svodka publish`: what is in the folder, who is not, and which folders are left alone.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::served::Served;
use common::{printed, project, run};
use serde_json::Value;

const STRIKE: &str = "Report of 3 May 1911.\n\nAccording to the informant, Ivan Orlov is probably a member of the Workers' League. \
     Orlov led the strike at the Vulkan Works in Kremnegorsk on 2 May 1911.\n";
const LATE: &str =
    "Report of 3 May 1975.\n\nGregor Samsonov met Boris Dorn in Kremnegorsk on 2 May 1975.\n";

fn made() -> tempfile::TempDir {
    project(&[("strike.txt", STRIKE), ("late.txt", LATE)])
}

/// All files of a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut left = vec![folder.to_owned()];
    while let Some(next) = left.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                left.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("inside");
                let name = name.to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

fn json(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Value {
    serde_json::from_slice(&files[name]).expect("JSON")
}

/// Whether the page was built into this program: the commands of the README build it first.
fn is_built(folder: &Path) -> bool {
    let (status, _, err) = run(folder, &["publish", "tried"]);
    if status == 2 && err.contains("built without its page") {
        println!("SKIPPED: svodka was built without its page");
        return false;
    }
    assert_eq!(status, 0, "{err}");
    true
}

#[test]
fn a_publication_has_every_claim_once_and_is_the_same_each_time() {
    let folder = made();
    let here = folder.path();
    if !is_built(here) {
        return;
    }
    let words = [
        "--title",
        "Strikes",
        "--creator",
        "Olga Petrova",
        "--licence",
        "CC-BY-4.0",
        "--with",
        "csv",
        "--with",
        "ipif",
    ];
    let told = printed(here, &[&["publish", "site"], &words[..]].concat());
    assert!(
        told.contains("2 reports") && told.contains("are numbers"),
        "{told}"
    );
    printed(here, &[&["publish", "again"], &words[..]].concat());
    let site = files(&here.join("site"));
    assert!(
        site == files(&here.join("again")),
        "the same project, the same files"
    );
    let claims: Value = serde_json::from_str(&printed(here, &["claims", "--json"])).expect("JSON");
    let claims = claims.as_array().expect("claims");
    let mut keys: Vec<&str> = claims.iter().filter_map(|it| it["key"].as_str()).collect();
    let listed = json(&site, "data/claims/0/0.json");
    let mut found: Vec<&str> = listed
        .as_array()
        .expect("claims")
        .iter()
        .filter_map(|it| it["key"].as_str())
        .collect();
    keys.sort_unstable();
    found.sort_unstable();
    assert!(!keys.is_empty());
    assert_eq!(found, keys);
    let columns = json(&site, "data/claims.json");
    for column in ["kind", "certainty", "status", "grade"] {
        let of_claims = columns[column]["claims"].as_array().expect("a column");
        assert_eq!(of_claims.len(), keys.len(), "{column}");
    }
    for row in json(&site, "data/reports.json")["reports"]
        .as_array()
        .expect("rows")
    {
        let report = json(&site, &format!("data/report/0/{}.json", row["id"]));
        let here = report["claims"].as_array().expect("claims").len();
        assert_eq!(row["claims"].as_u64(), u64::try_from(here).ok());
    }
    for row in json(&site, "data/things.json")["things"]
        .as_array()
        .expect("rows")
    {
        assert!(site.contains_key(&format!("data/thing/0/{}.json", row["number"])));
    }
    assert!(site.contains_key("download/csv.zip") && site.contains_key("download/ipif.zip"));
    let metadata = json(&site, "ro-crate-metadata.json");
    let graph = metadata["@graph"].as_array().expect("a graph");
    for part in graph[1]["hasPart"].as_array().expect("parts") {
        let id = part["@id"].as_str().expect("a path");
        let there = site
            .keys()
            .any(|path| path == id || (id.ends_with('/') && path.starts_with(id)));
        assert!(there, "{id}");
    }
    let citation = String::from_utf8(site["CITATION.cff"].clone()).expect("words");
    assert!(
        citation.contains("name: \"Olga Petrova\"") && citation.contains("license: \"CC-BY-4.0\"")
    );
    let index = String::from_utf8(site["index.html"].clone()).expect("words");
    assert!(index.contains("svodka-site") && index.contains("Content-Security-Policy"));
    // The words of a report lead to it.
    let found = json(&site, "data/words/76-75.json");
    assert_eq!(found["vulkan"].as_array().map(Vec::len), Some(2));
}

#[test]
fn nobody_who_may_be_alive_is_named_in_any_file() {
    let folder = made();
    let here = folder.path();
    if !is_built(here) {
        return;
    }
    printed(here, &["publish", "site", "--with", "tei", "--with", "ftm"]);
    for (name, bytes) in files(&here.join("site")) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for hidden in ["samsonov", "gregor"] {
            assert!(!text.contains(hidden), "{name} names {hidden}");
        }
    }
    // Which reader asks makes no difference; the project's rule does.
    printed(
        here,
        &["policy", "--shield", "no", "--reason", "all are dead"],
    );
    let told = printed(here, &["publish", "site"]);
    assert!(told.contains("NAMED"), "{told}");
}

#[test]
fn an_earlier_publication_is_replaced_and_any_other_folder_is_left_alone() {
    let folder = made();
    let here = folder.path();
    if !is_built(here) {
        return;
    }
    printed(here, &["publish", "site"]);
    fs::write(here.join("site/stale.txt"), "old").expect("written");
    printed(here, &["publish", "site"]);
    assert!(!here.join("site/stale.txt").exists());
    fs::create_dir(here.join("mine")).expect("made");
    fs::write(here.join("mine/diary.txt"), "dear diary").expect("written");
    for (arguments, what) in [
        (vec!["publish", "mine"], "not empty"),
        (
            vec!["publish", "new", "--with", "papyrus"],
            "'papyrus' is no format",
        ),
    ] {
        let (status, _, err) = run(here, &arguments);
        assert_eq!(status, 2, "{err}");
        assert!(err.contains(what), "{err}");
    }
    assert_eq!(
        fs::read_to_string(here.join("mine/diary.txt")).expect("there"),
        "dear diary"
    );
    let left: Vec<_> = fs::read_dir(here)
        .expect("a folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with(".svodka"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn witnesses_and_contradictions_are_those_that_the_server_finds() {
    let told = |date: &str, words: &str| format!("Report of {date}.\n\n{words}\n");
    let texts = [
        told(
            "3 May 1911",
            "Ivan Orlov is a member of the Workers' League. On 2 May 1911, 300 workers of the Vulkan Works struck.",
        ),
        told(
            "5 May 1911",
            "Ivan Orlov is a member of the Workers' League. On 2 May 1911, 40 workers of the Vulkan Works struck.",
        ),
        told(
            "9 May 1911",
            "Ivan Orlov is not a member of the Workers' League. Anna Weiss met Ivan Orlov on 2 May 1911.",
        ),
        told("9 May 1911", "Anna Weiss met Ivan Orlov on 2 May 1911."),
    ];
    let names = ["a.txt", "b.txt", "c.txt", "d.txt"];
    let reports: Vec<(&str, &str)> = names
        .into_iter()
        .zip(texts.iter().map(String::as_str))
        .collect();
    let folder = project(&reports);
    let here = folder.path();
    if !is_built(here) {
        return;
    }
    let site = files(&here.join("tried"));
    let served = Served::new(&common::served::project_in(here), &[]);
    let mut client = served.client();
    let mut asked = |path: &str| -> Value {
        let answer = client.get(path).expect("it answers");
        serde_json::from_str(&answer.body).expect("JSON")
    };
    let supports = |dossier: &Value| -> BTreeMap<String, Value> {
        let claims = dossier["claims"].as_array().expect("claims").iter();
        claims
            .map(|claim| (claim["key"].to_string(), claim["support"].clone()))
            .collect()
    };
    let mut several = 0;
    for thing in json(&site, "data/things.json")["things"]
        .as_array()
        .expect("things")
    {
        let number = thing["number"].as_i64().expect("a number");
        let ours = supports(&json(&site, &format!("data/thing/0/{number}.json")));
        assert_eq!(
            ours,
            supports(&asked(&format!("/api/things/{number}?support=true")))
        );
        several += ours
            .values()
            .filter(|it| it["witnesses"].as_u64() > Some(1))
            .count();
    }
    let found = json(&site, "data/contradictions.json");
    let theirs = asked("/api/contradictions?limit=500");
    assert_eq!(found["contradictions"], theirs["contradictions"]);
    assert_eq!(found["total"], theirs["total"]);
    assert!(
        several > 0 && found["total"].as_u64() > Some(0),
        "{several}, {found}"
    );
}
