use svodka_model::Heard;

use super::*;
use crate::{At, Lineup, Reach, Slot, Support, Tie, sources};

fn support(accounts: &[Account], report: i64, ordinal: usize) -> Support {
    let table = table();
    let lineup = Lineup::new(&table, accounts);
    lineup.support(At { report, ordinal }).expect("it is there")
}

fn slots(accounts: &[Account]) -> Vec<Slot> {
    let table = table();
    let (found, number) = Lineup::new(&table, accounts).contradictions(&Reach::default());
    assert_eq!(found.len(), number);
    found.into_iter().map(|it| it.slot).collect()
}

fn from(mut said: Said, sources: &[i64]) -> Said {
    said.sources = sources.iter().map(|&number| voice(number)).collect();
    said
}

#[test]
fn two_reports_that_rest_on_one_informant_are_one_witness() {
    let apart = [
        report(1, "1923-09-01", vec![tie("in")]),
        report(2, "1923-09-05", vec![tie("in")]),
    ];
    assert_eq!(support(&apart, 1, 0).count(), 2);
    let one = [
        report(1, "1923-09-01", vec![from(tie("in"), &[7])]),
        report(2, "1923-09-05", vec![from(tie("in"), &[8, 7])]),
    ];
    let found = support(&one, 1, 0);
    assert_eq!((found.count(), found.claims.len()), (1, 2));
    assert!(matches!(&found.witnesses[0].ties[..], [Tie::Voice(voice)] if voice.thing == Some(7)));
    let two = [
        report(1, "1923-09-01", vec![from(tie("in"), &[7])]),
        report(2, "1923-09-05", vec![from(tie("in"), &[8])]),
    ];
    assert_eq!(support(&two, 2, 0).count(), 2);
}

#[test]
fn a_report_that_repeats_anothers_words_is_no_new_witness() {
    let first = report(1, "1923-09-01", vec![tie("in")]);
    let mut second = report(2, "1923-09-05", vec![tie("in")]);
    // The words of the evidence, in other surroundings, and with one of them changed.
    second.words[10..30].copy_from_slice(&first.words[10..30]);
    second.words[12] = 5;
    let found = support(&[first, second], 1, 0);
    assert_eq!(found.count(), 1);
    let Tie::Echo(echo) = found.witnesses[0].ties[0] else {
        panic!("{found:?}");
    };
    assert_eq!((echo.of.report, echo.by.report), (1, 2));
}

#[test]
fn what_a_report_says_for_itself_it_has_from_whom_it_names() {
    let accounts = [report(
        1,
        "1923-09-01",
        vec![tie("in"), from(tie("in"), &[7]), from(tie("in"), &[8])],
    )];
    assert_eq!(support(&accounts, 1, 0).count(), 2);
    let unnamed = Voice {
        text: "an informant".to_owned(),
        thing: None,
    };
    let mut told = tie("in");
    told.sources = vec![unnamed];
    let accounts = [report(1, "1923-09-01", vec![told, tie("in")])];
    assert_eq!(support(&accounts, 1, 1).count(), 1);
}

#[test]
fn reports_of_one_author_are_one_witness_and_so_is_who_is_named_elsewhere() {
    let by = |number: i64, day: &str, claim: Said| {
        let mut report = report(number, day, vec![claim]);
        report.authors = vec![voice(7)];
        report
    };
    let one = by(1, "1923-09-01", tie("in"));
    let other = by(2, "1923-09-05", tie("in"));
    assert_eq!(support(&[one.clone(), other], 1, 0).count(), 1);
    let names_him = report(3, "1923-09-05", vec![from(tie("in"), &[7])]);
    assert_eq!(support(&[one, names_him], 1, 0).count(), 1);
}

#[test]
fn values_that_exclude_each_other_contradict_at_one_time_only() {
    let near = [
        report(1, "1923-09-01", vec![tie("in")]),
        report(2, "1923-10-05", vec![tie("out")]),
    ];
    assert!(matches!(&slots(&near)[..], [Slot::Value { values, .. }] if *values == ["in", "out"]));
    let far = [
        report(1, "1921-09-01", vec![tie("in")]),
        report(2, "1923-10-05", vec![tie("out")]),
    ];
    assert_eq!(slots(&far), []);
    let other = [
        report(1, "1923-09-01", vec![tie("in")]),
        report(2, "1923-10-05", vec![tie("near")]),
    ];
    assert_eq!(slots(&other), [], "they do not exclude each other");
}

#[test]
fn numbers_that_lie_apart_contradict_and_limits_do_not() {
    let told = |one: &str, other: &str| {
        slots(&[
            report(1, "1923-09-01", vec![gathering(one, "1923-08-30")]),
            report(2, "1923-09-03", vec![gathering(other, "1923-08-30")]),
        ])
    };
    let apart = told("30", "400");
    assert!(
        matches!(&apart[..], [Slot::Number { amounts, .. }] if amounts[0].low == 30.0),
        "{apart:?}"
    );
    assert_eq!(told("30", "32"), []);
    assert_eq!(told("over 30", "400"), []);
    assert_eq!(told("30 men", "400 women"), []);
    let days_apart = [
        report(1, "1923-09-01", vec![gathering("30", "1923-08-20")]),
        report(2, "1923-09-03", vec![gathering("400", "1923-08-30")]),
    ];
    assert_eq!(slots(&days_apart), []);
}

#[test]
fn a_denial_contradicts_unless_it_was_rejected_or_left_open() {
    let mut denied = from(tie("in"), &[1]);
    denied.polarity = Polarity::Negative;
    let told = |denied: &Said| {
        slots(&[
            report(1, "1923-09-01", vec![tie("in")]),
            report(2, "1923-09-05", vec![denied.clone()]),
        ])
    };
    assert_eq!(told(&denied), [Slot::Denial]);
    let rejected = Said {
        rejected: true,
        ..denied.clone()
    };
    assert_eq!(told(&rejected), []);
    let open = Said {
        certainty: Certainty::Unestablished,
        ..denied
    };
    assert_eq!(told(&open), []);
}

#[test]
fn what_happens_once_has_one_date() {
    let out = |number: i64, day: &str| {
        let mut out = tie("out");
        out.first = Some(date(day));
        out.last = out.first;
        report(number, "1923-12-01", vec![out])
    };
    assert_eq!(
        slots(&[out(1, "1923-02-01"), out(2, "1923-06-01")]),
        [Slot::Date]
    );
    assert_eq!(
        slots(&[out(1, "1921-02-01"), out(2, "1923-06-01")]),
        [],
        "he may have come back"
    );
}

#[test]
fn a_name_that_others_may_share_is_compared_within_its_report_alone() {
    let bare = |status: &str| {
        let mut bare = said(
            "tie",
            &[("who", named("Orlov", 1)), ("group", named("Petrov", 2))],
        );
        for played in bare.roles.iter_mut().flat_map(|(_, played)| played) {
            played.thing = played.thing.map(|thing| Named {
                bare: true,
                ..thing
            });
        }
        bare.fields.insert("as".into(), status.to_owned());
        bare
    };
    let two = [
        report(1, "1923-09-01", vec![bare("in")]),
        report(2, "1923-09-05", vec![bare("out")]),
    ];
    assert_eq!(slots(&two), []);
    let within = [report(
        1,
        "1923-09-01",
        vec![bare("in"), from(bare("out"), &[9])],
    )];
    assert_eq!(slots(&within).len(), 1);
    let one_voice = [report(1, "1923-09-01", vec![bare("in"), bare("out")])];
    assert_eq!(slots(&one_voice), [], "it was misread rather");
}

#[test]
fn those_who_stand_together_against_others_are_told_once() {
    let table = table();
    let mut accounts: Vec<Account> = (1..=3)
        .map(|number| report(number, "1923-09-01", vec![tie("in")]))
        .collect();
    accounts.extend((4..=5).map(|number| report(number, "1923-09-20", vec![tie("out")])));
    let (found, number) = Lineup::new(&table, &accounts).contradictions(&Reach::default());
    assert_eq!(number, 1);
    let counts = found[0].sides.each_ref().map(|side| side.support.count());
    assert_eq!(counts, [3, 2]);
}

#[test]
fn a_thing_has_as_many_sources_as_reports_unless_they_name_the_same_people() {
    let sources = |told: &[(i64, &[i64])]| {
        let heard = told.iter().map(|&(report, from)| Heard {
            report,
            from: from.to_vec(),
        });
        sources(&heard.collect::<Vec<_>>())
    };
    assert_eq!(sources(&[(1, &[]), (1, &[]), (2, &[])]), 2);
    assert_eq!(sources(&[(1, &[7]), (2, &[8, 7]), (2, &[])]), 1);
    assert_eq!(sources(&[(1, &[7]), (2, &[8]), (3, &[])]), 3);
    assert_eq!(sources(&[]), 0);
}

#[test]
fn words_in_a_row_that_two_texts_share_are_found_where_they_stand() {
    let a: Vec<u32> = (0..30).collect();
    let mut b: Vec<u32> = (100..110).collect();
    b.extend(5..20);
    b.extend(200..203);
    b.extend(0..7);
    assert_eq!(
        crate::passages(&a, &b),
        [(5..20, 10..25)],
        "seven words are no passage"
    );
    assert_eq!(crate::passages(&a, &a), [(0..30, 0..30)]);
    assert_eq!(crate::passages(&a, &[]), []);
}

#[test]
fn a_sentence_on_the_word_of_somebody_else_is_no_copy() {
    let first = report(1, "1923-09-01", vec![from(tie("in"), &[7])]);
    let mut second = report(2, "1923-09-05", vec![from(tie("in"), &[8])]);
    second.words[10..30].copy_from_slice(&first.words[10..30]);
    assert_eq!(support(&[first.clone(), second.clone()], 1, 0).count(), 2);
    second.claims[0].sources.clear();
    assert_eq!(support(&[first, second], 1, 0).count(), 1);
}
