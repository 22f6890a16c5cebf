use std::collections::BTreeSet;

use proptest::prelude::*;

use super::names;
use crate::{
    Clusters, Field, Judgement, Key, Measure, Model, Pass, Proposal, Records, Schema, Training,
    Verdict,
};

fn schema() -> Schema {
    let fields = [
        ("surname", Measure::Spelled),
        ("given", Measure::Spelled),
        ("born", Measure::Date),
        ("place", Measure::Text),
        ("note", Measure::Words),
        ("sex", Measure::Exact),
    ];
    let passes = [
        vec![(0, Key::Sound)],
        vec![(1, Key::Initial), (2, Key::Year)],
        vec![(3, Key::Value)],
    ];
    Schema {
        fields: fields
            .map(|(name, measure)| Field::new(name, measure))
            .into(),
        passes: passes.map(Pass).into(),
        block_cap: 100,
    }
}

type Row = Vec<Option<String>>;

fn row() -> impl Strategy<Value = Row> {
    let cell = |of: &'static [&'static str]| {
        prop::option::of(prop::sample::select(of).prop_map(str::to_owned)).boxed()
    };
    [
        cell(&[
            "Myasnikov",
            "Мясников",
            "Miasnikoff",
            "Orlov",
            "Orlova",
            "Mitin",
            "Mitkin",
        ]),
        cell(&["Gavriil", "G", "Гавриил", "Anna", "Sasha", "Aleksandr"]),
        cell(&["1889", "1889-02-25", "1889-02-26", "1901-01-01", "?"]),
        cell(&["perm", "Permm", "moscow"]),
        cell(&["turner at the works", "turner", "member of the committee"]),
        cell(&["m", "f"]),
    ]
    .to_vec()
}

fn found(rows: &[Row]) -> Vec<Proposal> {
    let (schema, words) = (schema(), names());
    let records = Records::new(&schema, &words, rows);
    Model::learned(&schema, &records, &Training::default()).propose(&schema, &records, 0.001)
}

#[test]
fn one_person_in_three_spellings_is_proposed_and_others_are_not() {
    let rows: Vec<Row> = [
        ["Myasnikov", "Gavriil", "1889-02-25", "perm", "turner", "m"],
        ["Мясников", "Г", "1889", "perm", "turner", "m"],
        ["Mjasnikow", "Gawriil", "1889-02-26", "perm", "turner", "m"],
        ["Maslennikov", "Anna", "1901-01-01", "moscow", "weaver", "f"],
        ["Mitin", "Boris", "1875-05-05", "tula", "clerk", "m"],
    ]
    .iter()
    .map(|row| row.iter().map(|it| Some((*it).to_owned())).collect())
    .collect();
    let proposals = found(&rows);
    let likely = proposals.iter().filter(|it| it.probability > 0.9);
    let pairs: Vec<_> = likely.map(|it| (it.a, it.b)).collect();
    assert_eq!(pairs, [(0, 1), (0, 2), (1, 2)], "{proposals:?}");
}

#[test]
fn a_part_that_is_left_out_weighs_nothing_and_one_that_contradicts_weighs_against() {
    let rows: Vec<Row> = ["1889", "1889", "1950", ""]
        .iter()
        .map(|it| vec![Some("Orlov".to_owned()), None, Some((*it).to_owned())])
        .collect();
    let (schema, words) = (schema(), names());
    let records = Records::new(&schema, &words, &rows);
    let model = Model::learned(&schema, &records, &Training::default());
    let part = |b| model.parts(&schema, &records, 0, b)[2].clone();
    assert!(part(1).bits > 0.0);
    assert!(part(2).bits < 0.0, "{:?}", part(2));
    assert_eq!((part(3).bits, part(3).level), (0.0, "omitted"));
    assert_eq!(model.parts(&schema, &records, 0, 3)[1].level, "not told");
}

fn judgement(a: usize, b: usize, verdict: Verdict) -> Judgement {
    Judgement {
        a,
        b,
        verdict,
        reason: "as the register has it".to_owned(),
        author: "reader".to_owned(),
    }
}

#[test]
fn a_contradiction_is_told_with_the_way_that_leads_to_it() {
    let judgements = [
        judgement(0, 1, Verdict::Same),
        judgement(3, 4, Verdict::Same),
        judgement(0, 2, Verdict::Distinct),
        judgement(1, 2, Verdict::Same),
    ];
    let clusters = Clusters::judged(5, &judgements);
    assert_eq!(clusters.of, [0, 0, 2, 3, 3]);
    assert_eq!(clusters.contradictions.len(), 1);
    assert_eq!(clusters.contradictions[0].distinct, 2);
    assert_eq!(clusters.contradictions[0].same, [0, 3]);
}

#[test]
fn nothing_is_joined_that_nobody_decided_on_and_doubt_stops_a_rule() {
    let proposals = [Proposal {
        a: 0,
        b: 1,
        probability: 0.999,
    }];
    assert_eq!(Clusters::judged(2, &[]).of, [0, 1]);
    assert_eq!(Clusters::with_rule(2, &[], &proposals, 0.99).of, [0, 0]);
    let unsure = [judgement(0, 1, Verdict::Unsure)];
    assert_eq!(Clusters::with_rule(2, &unsure, &proposals, 0.99).of, [0, 1]);
}

proptest! {
    #[test]
    fn the_order_of_the_records_does_not_matter(rows in prop::collection::vec(row(), 2..14), turn in 0..13_usize) {
        let turn = turn % rows.len();
        let mut turned = rows.clone();
        turned.rotate_left(turn);
        turned.swap(0, 1);
        let at = |it: usize| {
            let it = if it < 2 { 1 - it } else { it };
            (it + turn) % rows.len()
        };
        let mut back: Vec<_> = found(&turned)
            .into_iter()
            .map(|it| {
                let (a, b) = (at(it.a), at(it.b));
                (a.min(b), a.max(b), it.probability)
            })
            .collect();
        back.sort_by_key(|it| (it.0, it.1));
        let straight: Vec<_> = found(&rows).into_iter().map(|it| (it.a, it.b, it.probability)).collect();
        prop_assert_eq!(back.len(), straight.len());
        for (x, y) in back.iter().zip(&straight) {
            prop_assert!((x.0, x.1) == (y.0, y.1) && (x.2 - y.2).abs() < 1e-9, "{x:?} {y:?}");
        }
    }

    #[test]
    fn agreement_never_lowers_what_a_field_weighs(rows in prop::collection::vec(row(), 2..30), share in 1e-6..1.0_f64) {
        let (schema, words) = (schema(), names());
        let records = Records::new(&schema, &words, &rows);
        let model = Model::learned(&schema, &records, &Training::default());
        for (field, it) in schema.fields.iter().enumerate() {
            for share in [None, Some(share)] {
                let bits: Vec<f64> = (0..it.measure.levels().len()).map(|level| model.bits(field, level, share)).collect();
                prop_assert!(bits.windows(2).all(|it| it[0] <= it[1] + 1e-9), "{}: {bits:?}", it.name);
            }
        }
    }

    #[test]
    fn threads_do_not_matter(rows in prop::collection::vec(row(), 2..20)) {
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| found(&rows))
        };
        prop_assert_eq!(on(1), on(2));
    }

    #[test]
    fn what_is_judged_distinct_is_never_together(
        decided in prop::collection::vec((0..12_usize, 0..12_usize, 0..3_u8), 0..20),
        likely in prop::collection::vec((0..12_usize, 0..12_usize, 0.0..1.0_f64), 0..20),
    ) {
        let verdict = [Verdict::Same, Verdict::Distinct, Verdict::Unsure];
        let judgements: Vec<_> = decided.iter().map(|&(a, b, it)| judgement(a, b, verdict[usize::from(it)])).collect();
        let proposals: Vec<_> = likely.iter().map(|&(a, b, probability)| Proposal { a, b, probability }).collect();
        let clusters = Clusters::with_rule(12, &judgements, &proposals, 0.5);
        let mut broken = BTreeSet::new();
        for (at, it) in judgements.iter().enumerate().filter(|(_, it)| it.a != it.b) {
            let together = clusters.of[it.a] == clusters.of[it.b];
            match it.verdict {
                Verdict::Distinct => prop_assert!(!together),
                Verdict::Same if !together => {
                    broken.insert(at);
                }
                _ => {}
            }
        }
        let told: BTreeSet<_> = clusters.contradictions.iter().flat_map(|it| it.same.last().copied()).collect();
        prop_assert!(broken.is_empty() || !told.is_empty());
        for &first in &clusters.of {
            prop_assert_eq!(clusters.of[first], first);
        }
    }
}
