//! The programs under `examples/` print what their headers say.
//!
//! Each has a function that prints what was found; that is taken from its file and run here.

use std::path::{Path, PathBuf};

use svodka_nlp::Pipeline;

#[path = "../examples/entities.rs"]
#[expect(dead_code, reason = "its main is not called")]
mod entities;
#[path = "../examples/parse.rs"]
#[expect(dead_code, reason = "its main is not called")]
mod parse;
#[path = "../examples/tree.rs"]
#[expect(dead_code, reason = "its main is not called")]
mod tree;

const TEXT: &str = "The strike began on Monday. Nobody in London knew its leaders.";

fn pipeline() -> Pipeline {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test may be told where the pipeline is"
    )]
    let named = std::env::var("SVODKA_MODEL").ok().map(PathBuf::from);
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/en_core_web_sm-3.8.0");
    Pipeline::load(named.unwrap_or(usual))
        .expect("`make models` fetches the pipeline, or SVODKA_MODEL says where it is")
}

fn check(print: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>, expected: &[&str]) {
    let mut out = Vec::new();
    print(&mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert_eq!(out.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn parse_prints_a_token_a_line() {
    let found = pipeline().parse(TEXT);
    check(
        |out| parse::print(&found, out),
        &[
            "0\tThe\tthe\tDET\tDT\t1\tdet\t",
            "1\tstrike\tstrike\tNOUN\tNN\t2\tnsubj\t",
            "2\tbegan\tbegin\tVERB\tVBD\t2\tROOT\t",
            "3\ton\ton\tADP\tIN\t2\tprep\t",
            "4\tMonday\tMonday\tPROPN\tNNP\t3\tpobj\tDATE",
            "5\t.\t.\tPUNCT\t.\t2\tpunct\t",
            "",
            "6\tNobody\tnobody\tPRON\tNN\t9\tnsubj\t",
            "7\tin\tin\tADP\tIN\t6\tprep\t",
            "8\tLondon\tLondon\tPROPN\tNNP\t7\tpobj\tGPE",
            "9\tknew\tknow\tVERB\tVBD\t9\tROOT\t",
            "10\tits\tits\tPRON\tPRP$\t11\tposs\t",
            "11\tleaders\tleader\tNOUN\tNNS\t9\tdobj\t",
            "12\t.\t.\tPUNCT\t.\t9\tpunct\t",
            "",
        ],
    );
}

#[test]
fn entities_prints_an_entity_a_line() {
    let found = pipeline().parse(TEXT);
    check(
        |out| entities::print("a.txt", &found, out),
        &[
            r#"{"file":"a.txt","start":20,"end":26,"label":"DATE","text":"Monday","verb":"begin"}"#,
            r#"{"file":"a.txt","start":38,"end":44,"label":"GPE","text":"London","verb":"know"}"#,
        ],
    );
}

#[test]
fn tree_prints_every_token_below_its_head() {
    let found = pipeline().parse(TEXT);
    check(
        |out| tree::print(&found, out),
        &[
            "began  ROOT VBD",
            "    strike  nsubj NN",
            "        The  det DT",
            "    on  prep IN",
            "        Monday  pobj NNP",
            "    .  punct .",
            "knew  ROOT VBD",
            "    Nobody  nsubj NN",
            "        in  prep IN",
            "            London  pobj NNP",
            "    leaders  dobj NNS",
            "        its  poss PRP$",
            "    .  punct .",
        ],
    );
}
