//! The pack that `docs/packs.md` builds works, and the page shows it as it is.

use std::fs;
use std::path::{Path, PathBuf};

use svodka::{Engine, ReadOptions, tell};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn example(path: &str) -> String {
    let path = root().join("examples/packs/passages").join(path);
    fs::read_to_string(path).expect("the repository has it")
}

fn engine() -> Engine {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test may be told where the model is"
    )]
    let named = std::env::var("SVODKA_MODEL").map(PathBuf::from);
    let model = named.unwrap_or_else(|_| root().join("models/en_core_web_sm-3.8.0"));
    let files = svodka::pack_from(&root().join("examples/packs/passages")).expect("it is whole");
    Engine::load(&model, &files)
        .unwrap_or_else(|error| panic!("{error}; `make models` fetches the model"))
}

#[test]
fn its_rules_find_their_examples_and_what_a_register_says() {
    let engine = engine();
    let cases = svodka::cases(engine.pack());
    let own: Vec<_> = cases
        .iter()
        .filter(|case| case.frame.starts_with("passage/"))
        .collect();
    assert_eq!(own.len(), 4);
    for case in own {
        assert_eq!(engine.check(case), Ok(()), "{}", case.place());
    }

    let text = svodka::ingest(example("register.txt").as_bytes(), None).expect("it is text");
    let reading = engine.read(text, &ReadOptions::default());
    let passages = reading
        .claims
        .iter()
        .filter(|claim| claim.kind == "passage");
    let told: Vec<String> = passages
        .map(|claim| tell(claim, &reading.text.text))
        .collect();
    let page = fs::read_to_string(root().join("docs/packs.md")).expect("the repository has it");
    for claim in &told {
        assert!(
            page.contains(claim),
            "docs/packs.md lacks:\n{}",
            told.join("\n")
        );
    }
    assert_eq!(told.len(), 4);
}

#[test]
fn the_page_shows_its_files_as_they_are() {
    let page = fs::read_to_string(root().join("docs/packs.md")).expect("the repository has it");
    for path in [
        "pack.toml",
        "kinds.toml",
        "lists/passages.toml",
        "frames/passage.toml",
        "register.txt",
    ] {
        let file = example(path);
        assert!(
            page.contains(file.trim()),
            "docs/packs.md shows another {path}"
        );
    }
}
