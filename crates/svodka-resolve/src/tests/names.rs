use proptest::prelude::*;

use super::{names, weights};
use crate::NameKind;

fn score(kind: NameKind, a: &str, b: &str) -> f64 {
    let words = names();
    let scored = weights().score(&words, &words.name(kind, a), &words.name(kind, b));
    scored.probability
}

fn person(a: &str, b: &str) -> f64 {
    score(NameKind::Person, a, b)
}

#[test]
fn a_person_is_found_under_other_spellings_initials_and_orders() {
    for (a, b) in [
        ("Gavril Myasnikov", "G. I. Miasnikov"),
        ("Sofia Vasilyevna Krylenko", "S. V. Krylenko"),
        ("Мясников, Гавриил Ильич", "Gavriil Il'ich Mjasnikov"),
        ("Alexander Chliapnikov", "A. G. Shlyapnikov"),
        ("Comrade Kuznetsov", "Kuznetsow"),
        ("Sasha Petrov", "Aleksandr Petrov"),
    ] {
        assert!(person(a, b) > 0.5, "{a} / {b}: {}", person(a, b));
    }
    for (a, b) in [
        ("Gavril Myasnikov", "A. Miasnikov"),
        ("Mitin", "Mitkin-Sokolov"),
        ("Ivan Petrov", "Stepan Petrov"),
        ("Ivan Petrov", "Ivan Kuznetsov"),
    ] {
        assert!(person(a, b) < 0.5, "{a} / {b}: {}", person(a, b));
    }
}

#[test]
fn a_patronymic_left_out_is_far_from_one_that_contradicts() {
    for (full, other, short) in [
        (
            "Sergey Viktorovich Lavrov",
            "Sergey Borisovich Lavrov",
            "Sergey Lavrov",
        ),
        (
            "Ivan Petrovich Smirnov",
            "Ivan Pavlovich Smirnov",
            "Ivan Smirnov",
        ),
        (
            "Anna Ivanovna Orlova",
            "Anna Stepanovna Orlova",
            "Anna Orlova",
        ),
        (
            "Мария Фёдоровна Белова",
            "Мария Львовна Белова",
            "Мария Белова",
        ),
        (
            "Gavriil Ilyich Myasnikov",
            "Gavriil Lukich Myasnikov",
            "Gavriil Myasnikov",
        ),
    ] {
        let (omitted, contradicted) = (person(full, short), person(full, other));
        assert!(
            omitted - contradicted >= 0.2,
            "{full}: {omitted} {contradicted}"
        );
    }
}

proptest! {
    #[test]
    fn it_does_not_matter_which_name_comes_first(a in NAME, b in NAME) {
        for kind in [NameKind::Person, NameKind::Other] {
            prop_assert!((score(kind, &a, &b) - score(kind, &b, &a)).abs() < 1e-9, "{a} / {b}");
        }
    }

    #[test]
    fn no_name_is_likelier_one_than_a_name_with_itself(a in NAME, b in NAME) {
        prop_assert!(person(&a, &a) >= person(&a, &b) - 1e-9);
    }

    #[test]
    fn any_two_texts_can_be_compared(a in "\\PC{0,24}", b in "\\PC{0,24}") {
        for kind in [NameKind::Person, NameKind::Other] {
            let score = score(kind, &a, &b);
            prop_assert!((0.0..=1.0).contains(&score));
        }
    }
}

const NAME: &str = "(Ivan|Anna|I\\.|Sasha|Aleksandr|Petr) ?(Ivanovich|Petrovna|P\\.)? (Myasnikov|Miasnikow|Petrov|Petrova|Orlov)( jr)?";

#[test]
#[ignore = "needs ../shared"]
fn labelled_pairs_of_names_are_told_apart_no_worse_than_before() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/bench/names/cases.csv"
    );
    let mut reader = csv::Reader::from_path(file).expect("the labelled pairs");
    let (mut right, mut wrong) = (0.0, 0.0);
    let (words, weights) = (names(), weights());
    for row in reader.records() {
        let row = row.expect("a row");
        let kind = match &row[1] {
            "Person" => NameKind::Person,
            _ => NameKind::Other,
        };
        let (a, b) = (words.name(kind, &row[2]), words.name(kind, &row[3]));
        let found = weights.score(&words, &a, &b).probability >= 0.5;
        match (found, &row[4] == "true") {
            (true, true) => right += 1.0,
            (false, false) => {}
            _ => wrong += 1.0,
        }
    }
    let f1 = 2.0 * right / (2.0 * right + wrong);
    assert!(f1 >= 0.876, "F1 fell to {f1:.4}");
}

#[test]
fn a_persons_name_is_told_in_its_parts() {
    let check = |text: &str, expected: &str| {
        let it = names().name(NameKind::Person, text).person();
        let parts = [it.surname, it.given, it.patronymic, it.generation];
        let parts = parts.map(|it| it.unwrap_or("-".to_owned()));
        assert_eq!(parts.join("|"), expected, "{text}");
    };
    check("G. I. Miasnikov", "miasnikov|g|i|-");
    check("Miasnikov G.I.", "miasnikov|g|i|-");
    check("Gavriil Ilyich Myasnikov", "myasnikov|gavriil|ilyich|-");
    check("Мясников, Гавриил Ильич", "мясников|гавриил|ильич|-");
    check("Мясников Гавриил Ильич", "мясников|гавриил|ильич|-");
    check("Gavriil I. Myasnikov", "myasnikov|gavriil|i|-");
    check("Moisei Rabinovich", "rabinovich|moisei|-|-");
    check("Ivan Petrovich Rabinovich", "rabinovich|ivan|petrovich|-");
    check("Comrade Orlov", "orlov|-|-|-");
    check("Ludwig van der Berg", "van der berg|ludwig|-|-");
    check("Thomas Smith Jr", "smith|thomas|-|jr");
    check("", "-|-|-|-");
}
