use proptest::prelude::*;
use svodka_model::{Aspect, NameType, SmolStr};

use super::tables;
use crate::{Found, Judged, Sort, Unit, propose};

fn unit(report: usize, kind: NameType, name: &str) -> Unit {
    Unit {
        report,
        entity: name.into(),
        kind,
        name: name.into(),
        forms: vec![name.into()],
        told: Vec::new(),
        beside: Vec::new(),
        years: Some((1923, 1923)),
    }
}

fn with(mut unit: Unit, aspect: Aspect, told: &str) -> Unit {
    unit.told.push((aspect, told.into()));
    unit
}

fn found(units: &[Unit], sort: Sort, judged: &Judged, least: f64) -> Vec<Found> {
    propose(units, sort, judged, &tables(), least)
        .iter()
        .collect()
}

fn people(names: &[(usize, &str)]) -> Vec<Unit> {
    let units = names
        .iter()
        .map(|&(report, name)| unit(report, NameType::Person, name));
    units.collect()
}

fn pairs(units: &[Unit], proposed: &[Found]) -> Vec<(SmolStr, SmolStr)> {
    let name = |it: usize| units[it].name.clone();
    proposed.iter().map(|it| (name(it.a), name(it.b))).collect()
}

#[test]
fn relatives_and_namesakes_are_not_proposed() {
    let units = people(&[
        (0, "Gavril Ilyich Myasnikov"),
        (1, "Daria Myasnikova"),
        (1, "Pyotr Myasnikov"),
        (1, "G. P. Myasnikov"),
        (1, "Myasnikova"),
        (0, "Grushetsky"),
        (1, "Grushevsky"),
    ]);
    assert_eq!(
        pairs(
            &units,
            &found(&units, Sort::People, &Judged::default(), 0.01)
        ),
        []
    );
}

#[test]
fn initials_of_two_letters_are_initials() {
    let units = people(&[
        (0, "Leonid Yakovlevich Brodov"),
        (1, "L. Ya. Brodov"),
        (2, "L. Yu. Brodov"),
    ]);
    let proposed = found(&units, Sort::People, &Judged::default(), 0.01);
    let first = (units[0].name.clone(), units[1].name.clone());
    assert_eq!(pairs(&units, &proposed), [first]);
}

#[test]
fn an_alias_stands_for_the_name() {
    let mut units = people(&[
        (0, "A. M. Durnovtsev"),
        (1, "Starik"),
        (1, "Orlov"),
        (0, "Petrov"),
    ]);
    units[0] = with(units[0].clone(), Aspect::Also, "Starik");
    let proposed = found(&units, Sort::People, &Judged::default(), 0.1);
    assert_eq!(proposed.len(), 1);
    assert_eq!((proposed[0].a, proposed[0].b), (0, 1));
}

#[test]
fn company_and_groups_in_common_make_it_likelier_and_are_quoted() {
    let plain = people(&[
        (0, "Orlov"),
        (1, "Орлов"),
        (0, "Zimin"),
        (1, "Zimin"),
        (0, "Lebed"),
        (1, "Kuzin"),
    ]);
    let mut told = plain.clone();
    for it in &mut told[..2] {
        *it = with(it.clone(), Aspect::Company, "Raisa Feldt");
        *it = with(it.clone(), Aspect::Groups, "Workers' Dawn");
    }
    let probability = |units: &[Unit]| {
        let proposed = found(units, Sort::People, &Judged::default(), 0.01);
        let it = proposed.into_iter().find(|it| (it.a, it.b) == (0, 1));
        it.expect("it is proposed")
    };
    let (plain, told) = (probability(&plain), probability(&told));
    assert!(told.probability > plain.probability, "{told:?} {plain:?}");
    let groups = told
        .parts
        .iter()
        .find(|it| it.what == "groups")
        .expect("a part");
    assert_eq!(groups.common, ["Workers' Dawn"]);
}

#[test]
fn bodies_are_found_by_abbreviations_and_former_names_and_general_words_tell_nothing() {
    let mut units = vec![
        unit(0, NameType::Org, "Russian Communist Party"),
        unit(1, NameType::Org, "RCP"),
        unit(0, NameType::Workplace, "Guzhon Works"),
        unit(
            1,
            NameType::Workplace,
            "Hammer and Sickle Works (formerly Guzhon Works)",
        ),
        unit(0, NameType::Org, "factory committee"),
        unit(1, NameType::Org, "factory committee"),
        unit(0, NameType::Workplace, "Printing House No. 4"),
        unit(1, NameType::Workplace, "Printing House No. 7"),
    ];
    units[0].forms.push("RCP".into());
    let proposed = found(&units, Sort::Groups, &Judged::default(), 0.5);
    let mut found: Vec<_> = proposed.iter().map(|it| (it.a, it.b)).collect();
    found.sort_unstable();
    assert_eq!(found, [(0, 1), (2, 3)], "{proposed:?}");
}

#[test]
fn one_of_two_who_may_be_it_shares_the_odds_with_the_other() {
    let alone = people(&[
        (0, "Ivan Orlov"),
        (1, "I. Orlov"),
        (0, "Kuzin"),
        (1, "Lebed"),
    ]);
    let two = people(&[
        (0, "Ivan Orlov"),
        (1, "I. Orlov"),
        (0, "Igor Orlov"),
        (1, "Lebed"),
    ]);
    let of = |units: &[Unit]| {
        let proposed = found(units, Sort::People, &Judged::default(), 0.05);
        proposed.first().expect("one is proposed").clone()
    };
    let (alone, two) = (of(&alone), of(&two));
    assert!(
        two.probability < 0.55 && two.probability < alone.probability,
        "{alone:?} {two:?}"
    );
    assert_eq!((alone.rivals.len(), two.rivals.len()), (0, 1));
}

fn named() -> impl Strategy<Value = Vec<(usize, &'static str)>> {
    let names = [
        "Gavril Myasnikov",
        "Г. И. Мясников",
        "Miasnikoff",
        "Pyotr Myasnikov",
        "Myasnikova",
        "I. Orlov",
        "Ivan Orlov",
        "Igor Orloff",
        "Orlov",
    ];
    prop::collection::vec((0..5_usize, prop::sample::select(names.to_vec())), 2..14)
}

proptest! {
    #[test]
    fn nothing_is_brought_together_that_one_report_names_or_a_judgement_keeps_apart(
        names in named(),
        judged in prop::collection::vec((0..14_usize, 0..14_usize, 0..3_u8), 0..6),
    ) {
        let units = people(&names);
        let mut known = Judged::default();
        for (a, b, verdict) in judged {
            let (a, b) = (a % units.len(), b % units.len());
            match verdict {
                0 if a != b => known.distinct.push((a, b)),
                1 if a != b => known.unsure.push((a, b)),
                _ => {}
            }
        }
        let proposed = found(&units, Sort::People, &known, 0.02);
        let mut of: Vec<usize> = (0..units.len()).collect();
        for it in &proposed {
            let (a, b) = (of[it.a], of[it.b]);
            prop_assert!(a != b, "what follows is not proposed again");
            of.iter_mut().for_each(|it| if *it == a { *it = b });
        }
        for a in 0..units.len() {
            for b in 0..a {
                if of[a] == of[b] {
                    prop_assert!(units[a].report != units[b].report);
                    let pair = |it: &&(usize, usize)| **it == (a, b) || **it == (b, a);
                    prop_assert!(known.distinct.iter().chain(&known.unsure).find(pair).is_none());
                }
            }
        }
    }

    #[test]
    fn the_parts_sum_up_to_the_probability(names in named()) {
        let units = people(&names);
        for it in found(&units, Sort::People, &Judged::default(), 0.02) {
            let bits: f64 = it.parts.iter().map(|it| it.bits).sum();
            let odds = (it.probability / (1.0 - it.probability)).log2();
            prop_assert!((bits - odds).abs() < 0.02, "{it:?}");
        }
    }
}
