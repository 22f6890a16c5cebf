use proptest::prelude::*;

use super::{body_weights, names};

fn score(a: &str, b: &str) -> f64 {
    let words = names();
    let scored = body_weights().score_bodies(&words, &words.body(a), &words.body(b));
    scored.probability
}

#[test]
fn a_body_is_found_under_other_words_abbreviations_and_former_names() {
    for (a, b) in [
        ("the Putilov Works", "Putilov Factory"),
        ("Putilovskii zavod", "Путиловский завод"),
        ("Russian Social Democratic Labour Party", "RSDLP"),
        ("R.S.D.L.P.", "Russian Social-Democratic Labour Party"),
        ("Dinamo (formerly Westinghouse)", "the Westinghouse works"),
        (
            "the former Guzhon works",
            "Goujon works, now Hammer and Sickle",
        ),
        ("Moscow Committee of the Party", "Party Committee of Moscow"),
        ("Printing House No. 5", "5th Printing House"),
        ("Factory No 1", "First Factory"),
        ("Nizhny Novgorod", "Nizhnii-Novgorod"),
        ("Rabochaya Pravda", "Рабочая правда"),
    ] {
        assert!(score(a, b) > 0.5, "{a} / {b}: {}", score(a, b));
    }
}

#[test]
fn numbers_and_contradicting_words_keep_bodies_apart() {
    for (a, b) in [
        ("State Printing House No. 5", "State Printing House No. 7"),
        ("First Cotton Mill", "Third Cotton Mill"),
        ("Putilov Works", "Obukhov Works"),
        ("Union of Metalworkers", "Union of Printers"),
        ("Rabochaya Pravda", "Rabochii Put"),
        ("Perm", "Penza"),
    ] {
        assert!(score(a, b) < 0.5, "{a} / {b}: {}", score(a, b));
    }
}

proptest! {
    #[test]
    fn it_does_not_matter_which_body_comes_first(a in BODY, b in BODY) {
        prop_assert!((score(&a, &b) - score(&b, &a)).abs() < 1e-9, "{a} / {b}");
    }

    #[test]
    fn any_two_texts_can_be_compared_as_bodies(a in "\\PC{0,24}", b in "\\PC{0,24}") {
        prop_assert!((0.0..=1.0).contains(&score(&a, &b)));
    }
}

const BODY: &str =
    "(First|No\\. 5|State|Putilov|RSDLP)( Works| Mill| Party| formerly Guzhon){0,2}( No\\. [57])?";
