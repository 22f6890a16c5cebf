//! Any text has a parse, and the same one wherever it stands. The pipeline is that in `SVODKA_MODEL`.
#![no_main]

mod laws;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use svodka_nlp::{Cpu, Pipeline};

/// The pipeline on each set of instructions that this processor has.
static PIPELINES: LazyLock<Vec<Pipeline>> = LazyLock::new(|| {
    let folder = std::env::var_os("SVODKA_MODEL").expect("SVODKA_MODEL names a pipeline folder");
    Cpu::available()
        .map(|cpu| Pipeline::load_for(&folder, cpu).expect("the pipeline in SVODKA_MODEL loads"))
        .collect()
});

/// How long some texts become by repetition, in bytes: so that their words fill more than a batch.
const LONG: usize = 12_000;

/// How long a text may be to be read with the slower instructions too, in bytes.
const SHORT: usize = 300;

/// What a byte stands for if the input is read as a list of these.
const PIECES: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "\r\n",
    "\u{a0}",
    "\u{200b}",
    "\u{3000}",
    "\0",
    ".",
    ",",
    ";",
    ":",
    "!",
    "?",
    "...",
    "…",
    "-",
    "--",
    "—",
    "'",
    "\"",
    "“",
    "”",
    "’",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "/",
    "\\",
    "|",
    "*",
    "+",
    "=",
    "&",
    "#",
    "@",
    "$",
    "%",
    "€",
    "°",
    "_",
    "~",
    "^",
    "`",
    "a",
    "B",
    "I",
    "x",
    "1",
    "7",
    "1917",
    "10,000",
    "3.5",
    "2nd",
    "the",
    "The",
    "of",
    "in",
    "to",
    "and",
    "is",
    "was",
    "were",
    "not",
    "no",
    "No.",
    "who",
    "that",
    "which",
    "he",
    "They",
    "Ivan",
    "Petrov",
    "Kyiv",
    "October",
    "Monday",
    "strike",
    "strikes",
    "began",
    "went",
    "said",
    "workers",
    "factory",
    "committee",
    "arrested",
    "don't",
    "can't",
    "won't",
    "I'm",
    "it's",
    "'s",
    "n't",
    "'ll",
    "cannot",
    "gonna",
    "U.S.",
    "U.K.",
    "e.g.",
    "i.e.",
    "Mr.",
    "Dr.",
    "p.m.",
    "a.m.",
    "etc.",
    "vs.",
    "C++",
    ":)",
    ":-(",
    "<3",
    "^_^",
    "¯\\(ツ)/¯",
    "km",
    "kg",
    "GB",
    "12km",
    "http://a.b/c?d=e",
    "www.mill.org",
    "a@b.org",
    "#tag",
    "@name",
    "x-y",
    "and/or",
    "co-op",
    "Фома",
    "рабочих",
    "東京",
    "ひらがな",
    "한국",
    "العربية",
    "שלום",
    "e\u{301}",
    "🙂",
    "👩\u{200d}👩\u{200d}👦",
    "\u{feff}",
    "\u{fffd}",
    "\u{10ffff}",
    "ß",
    "İ",
    "ǅ",
    "ﬁ",
    "½",
];

fuzz_target!(|data: &[u8]| {
    let Some((&manner, data)) = data.split_first() else {
        return;
    };
    let mut text = if manner & 1 == 0 {
        String::from_utf8_lossy(data).into_owned()
    } else {
        let pieces = data
            .iter()
            .map(|&byte| PIECES[usize::from(byte) % PIECES.len()]);
        pieces.collect()
    };
    if manner & 0b1_1100 == 0b1_1100 {
        text = text.repeat(LONG / text.len().max(100));
    }
    // Many short texts would take their time in a target that reads each of them alone as well.
    let texts: Vec<&str> = if manner & 2 == 0 || text.len() > SHORT {
        vec![&text]
    } else {
        text.split('\0').collect()
    };
    laws::check(&PIPELINES[0], &texts);
    if manner & 0b1110_0000 == 0b1110_0000 && text.len() <= SHORT {
        for other in &PIPELINES[1..] {
            assert!(
                other.parse(&text) == PIPELINES[0].parse(&text),
                "other instructions find other things"
            );
        }
    }
});
