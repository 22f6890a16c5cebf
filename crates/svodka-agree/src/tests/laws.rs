use proptest::prelude::*;

use super::*;
use crate::{At, Contradiction, Lineup, Reach};

fn any_claim() -> impl Strategy<Value = Said> {
    let status = prop_oneof![Just("in"), Just("out"), Just("near")];
    let tie = (status, 0..3i64).prop_map(|(status, other)| {
        let mut tie = tie(status);
        if other == 0 {
            tie.roles
                .insert("group".into(), vec![named("Union", 4), named("League", 2)]);
        }
        tie
    });
    let present = prop_oneof![
        Just("30"),
        Just("about 35"),
        Just("400"),
        Just("over 20"),
        Just("several")
    ];
    let gathering =
        (present, 1..9u8).prop_map(|(present, day)| gathering(present, &format!("1923-08-0{day}")));
    let sources = prop::collection::vec((5..9i64).prop_map(voice), 0..3);
    let of = (
        prop_oneof![tie, gathering],
        sources,
        0..4usize,
        any::<bool>(),
        any::<bool>(),
        0..8u8,
        0..12usize,
    );
    of.prop_map(
        |(claim, sources, certainty, negative, unnamed, rejected, begin)| {
            let all = [
                Certainty::Asserted,
                Certainty::Probable,
                Certainty::Possible,
                Certainty::Unestablished,
            ];
            let mut sources = sources;
            if unnamed {
                sources.push(Voice {
                    text: "agent".to_owned(),
                    thing: None,
                });
            }
            Said {
                certainty: all[certainty],
                polarity: if negative {
                    Polarity::Negative
                } else {
                    Polarity::Positive
                },
                rejected: rejected == 0,
                words: begin..begin + 14,
                sources,
                ..claim
            }
        },
    )
}

fn any_accounts() -> impl Strategy<Value = Vec<Account>> {
    let account = (
        prop::collection::vec(any_claim(), 0..5),
        1..29u8,
        any::<bool>(),
        0..4u32,
    );
    prop::collection::vec(account, 1..6).prop_map(|accounts| {
        let accounts = accounts.into_iter().enumerate();
        accounts
            .map(|(number, (claims, day, authored, words))| {
                let number = i64::try_from(number).expect("few") + 1;
                let mut report = report(number, &format!("1923-08-{day:02}"), claims);
                // Some reports share their words.
                report.words = own_words(words);
                report.authors = if authored { vec![voice(6)] } else { Vec::new() };
                report
            })
            .collect()
    })
}

fn all(accounts: &[Account]) -> impl Iterator<Item = At> + '_ {
    accounts.iter().flat_map(|account| {
        let report = account.report;
        account.claims.iter().map(move |claim| At {
            report,
            ordinal: claim.ordinal,
        })
    })
}

fn contradictions(accounts: &[Account]) -> Vec<Contradiction> {
    Lineup::new(&table(), accounts)
        .contradictions(&Reach::default())
        .0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn support_is_at_least_one_and_at_most_the_number_of_claims(accounts in any_accounts()) {
        let table = table();
        let lineup = Lineup::new(&table, &accounts);
        for at in all(&accounts) {
            let support = lineup.support(at).expect("it is there");
            prop_assert!((1..=support.claims.len()).contains(&support.count()));
            prop_assert!(support.claims.contains(&at));
            let mut told: Vec<At> = support.witnesses.iter().flat_map(|witness| witness.claims.clone()).collect();
            told.sort();
            prop_assert_eq!(told, support.claims, "every claim rests on one witness");
        }
    }

    #[test]
    fn a_copy_of_a_report_never_raises_support(accounts in any_accounts(), which in 0..6usize) {
        let table = table();
        let mut more = accounts.clone();
        let copy = &accounts[which % accounts.len()];
        more.push(Account { report: 99, ..copy.clone() });
        let (before, after) = (Lineup::new(&table, &accounts), Lineup::new(&table, &more));
        for at in all(&accounts) {
            let (before, after) = (before.support(at).expect("there"), after.support(at).expect("there"));
            prop_assert!(after.count() <= before.count(), "{before:?} {after:?}");
        }
    }

    #[test]
    fn the_order_of_reports_does_not_matter(accounts in any_accounts(), turn in 0..6usize) {
        let table = table();
        let mut turned = accounts.clone();
        turned.reverse();
        let turn = turn % turned.len();
        turned.rotate_left(turn);
        prop_assert_eq!(contradictions(&accounts), contradictions(&turned));
        let (one, other) = (Lineup::new(&table, &accounts), Lineup::new(&table, &turned));
        for at in all(&accounts) {
            prop_assert_eq!(one.support(at), other.support(at));
        }
    }

    #[test]
    fn contradiction_is_symmetric(a in any_claim(), b in any_claim()) {
        let between = |one: &Said, other: &Said| {
            let accounts = [
                report(1, "1923-08-20", vec![one.clone()]),
                report(2, "1923-08-20", vec![other.clone()]),
            ];
            let found = contradictions(&accounts);
            found.into_iter().map(|it| std::mem::discriminant(&it.slot)).collect::<Vec<_>>()
        };
        prop_assert_eq!(between(&a, &b), between(&b, &a));
    }

    #[test]
    fn nobody_stands_on_both_sides_of_a_contradiction(accounts in any_accounts()) {
        for found in contradictions(&accounts) {
            let [one, other] = &found.sides;
            prop_assert!(one.support.claims.iter().all(|at| !other.support.claims.contains(at)));
            prop_assert!(one.support.claims.contains(&one.claim) && other.support.claims.contains(&other.claim));
        }
    }
}
