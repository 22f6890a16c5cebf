//! The walls between the rooms, and the law that words are data.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("crates/ holds this crate")
        .to_owned()
}

/// The crates of ours that a crate is built on, its tests apart.
fn built_on(name: &str) -> BTreeSet<String> {
    let manifest = fs::read_to_string(crates().join(name).join("Cargo.toml"))
        .expect("every crate has a manifest");
    let mut section = "";
    let mut found = BTreeSet::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        } else if section == "[dependencies]" && line.starts_with("svodka") {
            let end = line
                .find(|c: char| !c.is_alphanumeric() && c != '-')
                .unwrap_or(line.len());
            found.insert(line[..end].to_owned());
        }
    }
    found
}

fn sees(name: &str, allowed: &[&str]) {
    let allowed: BTreeSet<String> = allowed.iter().map(|&it| it.to_owned()).collect();
    let found = built_on(name);
    let beyond: Vec<_> = found.difference(&allowed).collect();
    assert!(
        beyond.is_empty(),
        "{name} must not see {beyond:?}: see ARCHITECTURE.md, Rooms"
    );
}

#[test]
fn no_room_sees_more_than_the_architecture_allows() {
    sees("svodka-model", &[]);
    sees("svodka-nlp", &[]);
    sees("svodka-pack", &["svodka-model"]);
    sees("svodka-ingest", &["svodka-model"]);
    sees("svodka-eval", &["svodka-model"]);
    sees("svodka-resolve", &["svodka-model"]);
    sees("svodka-store", &["svodka-model"]);
    sees("svodka-views", &["svodka-model"]);
    sees("svodka-agree", &["svodka-model", "svodka-pack"]);
    sees("svodka-extract", &["svodka-model", "svodka-pack"]);
    sees("svodka-propose", &["svodka-model", "svodka-pack"]);
    let all = [
        "svodka-agree",
        "svodka-model",
        "svodka-nlp",
        "svodka-pack",
        "svodka-ingest",
        "svodka-eval",
        "svodka-extract",
        "svodka-propose",
        "svodka-resolve",
        "svodka-store",
        "svodka-views",
    ];
    sees("svodka", &all);
    sees("svodka-py", &["svodka"]);
    // The binary goes through the door; it also measures, and prints what the model defines.
    sees(
        "svodka-cli",
        &["svodka", "svodka-eval", "svodka-ingest", "svodka-model"],
    );
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder)
        .expect("a folder of the repository")
        .flatten()
    {
        let path = entry.path();
        let tests = path
            .file_name()
            .is_some_and(|name| name == "tests" || name == "tests.rs");
        if path.is_dir() && !tests {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !tests {
            files.push(path);
        }
    }
}

/// The code of a file: what comes before its tests, without comments.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or("");
    let lines = code
        .lines()
        .map(|line| line.find("//").map_or(line, |comment| &line[..comment]));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn no_word_of_a_field_stands_in_code() {
    let frames = crates().join("../packs/en/frames");
    let mut words: Vec<String> = fs::read_dir(frames)
        .expect("the English pack has frames")
        .flatten()
        .filter_map(|entry| entry.path().file_stem()?.to_str().map(str::to_owned))
        // "decision" and "statement" are words of any program; the rest are words of the field alone.
        .filter(|kind| {
            ![
                "structure",
                "contact",
                "alias",
                "office",
                "decision",
                "statement",
            ]
            .contains(&kind.as_str())
        })
        .collect();
    let cues = [
        "allegedly",
        "reportedly",
        "comrade",
        "factory",
        "committee",
        "rouble",
        "january",
        "monday",
        "apparently",
    ];
    words.extend(cues.iter().map(|&word| word.to_owned()));
    assert!(words.len() > 15, "the pack has kinds to look for");
    let mut files = Vec::new();
    for room in [
        "svodka-model",
        "svodka-pack",
        "svodka-ingest",
        "svodka-extract",
        "svodka-propose",
        "svodka-resolve",
        "svodka-agree",
        "svodka-store",
        "svodka-views",
        "svodka",
    ] {
        rust_files(&crates().join(room).join("src"), &mut files);
    }
    assert!(files.len() > 30, "there is code to look through");
    let mut found = Vec::new();
    for file in files {
        let code = code(&fs::read_to_string(&file).expect("source is UTF-8")).to_lowercase();
        let literal = |word: &&String| code.contains(&format!("\"{word}\""));
        found.extend(
            words
                .iter()
                .filter(literal)
                .map(|word| format!("\"{word}\" in {}", file.display())),
        );
    }
    assert!(
        found.is_empty(),
        "words of a field are data, and belong into packs/: {found:#?}"
    );
}
