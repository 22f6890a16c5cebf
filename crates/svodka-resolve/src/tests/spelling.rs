use proptest::prelude::*;

use super::spelling;

fn same(a: &str, b: &str) {
    let spelling = spelling();
    let (a, b) = (spelling.readings(a), spelling.readings(b));
    assert!(a.may_share(&b), "{a:?}\n{b:?}");
}

fn differ(a: &str, b: &str) {
    let spelling = spelling();
    let (a, b) = (spelling.readings(a), spelling.readings(b));
    assert!(!a.may_share(&b), "{a:?}\n{b:?}");
}

#[test]
fn a_name_is_found_in_every_romanisation() {
    let myasnikov = "Myasnikov Miasnikov Mjasnikov Mjasnikow Miasnikoff Мясников Мясниковъ";
    for name in myasnikov.split(' ') {
        same("Мясников", name);
    }
    for name in "Khrushchev Hruŝev Chruschtschow Khrouchtchev Chruščev".split(' ') {
        same("Хрущёв", name);
    }
    for (a, b) in [
        ("Shlyapnikov", "Chliapnikov"),
        ("Shlyapnikov", "Schljapnikow"),
        ("Yurchenko", "Iourtchenko"),
        ("Khokhlov", "Hohlov"),
        ("Khokhlov", "Chochlow"),
        ("Zhukov", "Schukow"),
        ("Vasilyev", "Vasil'ev"),
        ("Trotsky", "Trotskii"),
        ("Trockij", "Trotzki"),
        ("Dostoyevsky", "Dostoïevski"),
        ("Eltsin", "Jelzin"),
        ("Lenine", "Ленинъ"),
        ("Aleksandr", "Alexandr"),
    ] {
        same(a, b);
    }
}

#[test]
fn other_spellings_are_found_among_many_words() {
    let among = [
        "miasnikov",
        "mjasnikow",
        "maslennikov",
        "strike",
        "myasnikov",
        "mine",
    ];
    let alike = spelling().alike("myasnikov", among);
    assert_eq!(alike, ["miasnikov", "mjasnikow"]);
    assert!(spelling().alike("min", among).is_empty());
}

#[test]
fn different_names_stay_apart() {
    for (a, b) in [
        ("Mitin", "Mitkin"),
        ("Myasnikov", "Maslennikov"),
        ("Shlyapnikov", "Shapovalov"),
        ("Volkov", "Volodin"),
    ] {
        differ(a, b);
    }
}

proptest! {
    #[test]
    fn romanisations_of_one_cyrillic_name_share_a_key(name in "[бвгджзклмнпрстфхцчш][аеиоуыяю][бвгдзклмнпрст]{1,2}[аеиоуяю](нский|ов|ев|ин|ко|ич)") {
        let spelling = spelling();
        let read = spelling.readings(&name);
        for system in spelling.systems() {
            let written = spelling.readings(&system.write(&name));
            prop_assert!(read.may_share(&written), "{name} in {}: {} {written:?}", system.name, system.write(&name));
        }
    }

    #[test]
    fn the_normal_form_of_a_normal_form_is_itself(name in "[а-яёіѣ]{0,12}") {
        let spelling = spelling();
        let once = spelling.normal(&name);
        prop_assert_eq!(spelling.normal(&once), once);
    }

    #[test]
    fn any_text_has_readings_without_panic(name in "\\PC{0,20}") {
        spelling().readings(&name);
    }
}
