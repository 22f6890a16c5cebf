//! Any text can be read, and everything said of it is pinned to words that stand in it. The model is that in
//! `SVODKA_MODEL`.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use svodka::{Contract, Engine, ReadOptions};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let model = std::env::var_os("SVODKA_MODEL").expect("SVODKA_MODEL names the model's folder");
    Engine::load(model.as_ref(), &svodka::built_in_pack()).expect("the model in SVODKA_MODEL loads")
});

/// What a byte stands for if the input is read as a list of these: the stuff of reports.
const PIECES: &[&str] = &[
    " ", " ", " ", " ", ". ", ", ", "; ", ": ", "\n", "\n\n", "\t", "\r\n", "\u{a0}", "\u{ad}\n", "-\n", "\0", "(", ")", "\"",
    "“", "”", "«", "»", "'", "’s", "—", "…", "•", "- ", "* ", "1. ", "2) ", "(a) ", "IV. ", "No. 7", "§ 3", "Page 12", "TOP SECRET",
    "REPORT", "Report of 3 May 1911", "May", "May 3", "on the 14th inst.", "ult.", "yesterday", "last week", "in 1923", "1917–1921",
    "Monday", "the second half of August", "31 February", "1923-08-30", "Whitsun", "the", "The", "a", "of", "in", "at", "by", "with",
    "and", "or", "not", "no evidence that", "denied", "that", "which", "who", "he", "she", "they", "his", "this factory", "the group",
    "the above", "was", "were", "has been", "is said to have", "probably", "possibly", "allegedly", "It is reported that",
    "According to", "T-5, of known reliability,", "informant", "stated", "told", "wrote to", "Orlov", "A. M. Orlov", "Maria Moser",
    "Comrade", "Mr.", "Dr.", "née", "alias", "son of", "brother", "secretary", "member of", "expelled from", "chairman", "worker",
    "58 members out of 1,750", "some 40–50", "Halden Works", "the Morozov factory", "Miners' League", "RCP(b)", "Workers' Truth",
    "Lomond", "Petrograd", "Leeds", "strike", "struck", "meeting", "arrested", "searched", "leaflets", "distributed", "wages",
    "rubles", "£3 10s.", "demanding", "cell", "committee", "Rabochaya Pravda", "Фома", "рабочих", "東京", "🙂", "e\u{301}", "\u{feff}",
    "\u{200b}", "l9I7", "tlie", "rn",
];

fn characters(text: &str, start: usize, end: usize) -> String {
    assert!(start < end, "an empty place");
    text.chars().skip(start).take(end - start).collect()
}

fn check(contract: &Contract) {
    let text = &contract.text;
    let (mut from, mut last) = (0, 0);
    for mention in &contract.mentions {
        let place = mention.place;
        // A name may stand whole in a date, or a date at the beginning of both.
        let beside = place.start >= last;
        let inside = place.start >= from && place.end <= last || place.start == from && place.end >= last;
        assert!(beside || inside, "names overlap or are out of order");
        (from, last) = (place.start, place.end.max(last));
        assert_eq!(characters(text, place.start, place.end), mention.text);
        if let Some(entity) = &mention.entity {
            assert!(contract.entities.iter().any(|known| known.id == *entity));
        }
    }
    for claim in &contract.claims {
        let evidence = claim.evidence.place;
        assert_eq!(characters(text, evidence.start, evidence.end), claim.evidence.text);
        assert!(claim.roles.values().all(|fillers| !fillers.is_empty()) && !claim.roles.is_empty());
        for filler in claim.roles.values().flatten() {
            assert!(!filler.text.trim().is_empty());
            if let Some(place) = filler.place {
                assert!(place.start < place.end && place.end <= text.chars().count());
            }
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((&manner, data)) = data.split_first() else {
        return;
    };
    let text = if manner & 1 == 0 {
        String::from_utf8_lossy(data).into_owned()
    } else {
        let pieces = data.iter().map(|&byte| PIECES[usize::from(byte) % PIECES.len()]);
        pieces.collect()
    };
    let Ok(text) = svodka::ingest(text.as_bytes(), None) else {
        return;
    };
    let options = ReadOptions::default();
    let reading = ENGINE.read(text.clone(), &options).contract();
    check(&reading);
    assert!(ENGINE.read(text, &options).contract() == reading, "read twice, found different things");
});
