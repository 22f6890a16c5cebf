//! Reports made up of a few claims about two people and a group, and the laws that hold for them.

mod cases;
mod laws;

use std::collections::BTreeMap;

use jiff::civil::Date;
use svodka_model::{Account, Certainty, Named, Played, Polarity, Said, Voice};
use svodka_pack::{Agreement, Dates, Likeness, Numbers, Time};

/// A table of two kinds: a tie between a person and a group, and a gathering at a place.
pub fn table() -> Agreement {
    let words = |words: &[&str]| {
        words
            .iter()
            .map(|&word| word.to_owned())
            .collect::<Vec<_>>()
    };
    let tie = Likeness {
        about: vec![vec!["who".into(), "group".into()]],
        time: Time::State,
        days: 92,
        values: vec!["as".into()],
        exclusive: BTreeMap::from([("as".into(), vec![words(&["in", "out"])])]),
        denial: true,
        once: vec![BTreeMap::from([("as".into(), "out".to_owned())])],
        once_days: 365,
        ignore: BTreeMap::from([("planned".into(), "true".to_owned())]),
        ..Likeness::default()
    };
    let gathering = Likeness {
        about: vec![vec!["at".into()]],
        time: Time::Event,
        days: 7,
        numbers: vec!["present".into()],
        number_days: 3,
        denial: true,
        ..Likeness::default()
    };
    Agreement {
        numbers: Numbers {
            tolerance: 0.1,
            approximate: 0.25,
            round: words(&["about"]),
            more: words(&["over"]),
            less: words(&["up to"]),
            few: words(&["several"]),
        },
        dates: Dates { approximate: 10 },
        kinds: [("tie".into(), tie), ("gathering".into(), gathering)]
            .into_iter()
            .collect(),
    }
}

pub fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

/// Words that are like nobody else's.
pub fn own_words(seed: u32) -> Vec<u32> {
    (0..40)
        .map(|word| seed.wrapping_mul(1_000_003).wrapping_add(word * 7))
        .collect()
}

pub fn voice(number: i64) -> Voice {
    Voice {
        text: format!("voice {number}"),
        thing: Some(number),
    }
}

pub fn named(text: &str, number: i64) -> Played {
    Played {
        text: text.to_owned(),
        before: String::new(),
        thing: Some(Named {
            number,
            bare: false,
        }),
    }
}

pub fn said(kind: &str, roles: &[(&str, Played)]) -> Said {
    Said {
        ordinal: 0,
        kind: kind.into(),
        roles: roles
            .iter()
            .map(|(role, played)| ((*role).into(), vec![played.clone()]))
            .collect(),
        fields: Default::default(),
        first: None,
        last: None,
        approximate: false,
        polarity: Polarity::Positive,
        certainty: Certainty::Asserted,
        sources: Vec::new(),
        words: 10..30,
        rejected: false,
    }
}

/// That a person is tied to a group.
pub fn tie(status: &str) -> Said {
    let mut tie = said(
        "tie",
        &[
            ("who", named("Ivan Orlov", 1)),
            ("group", named("League", 2)),
        ],
    );
    tie.fields.insert("as".into(), status.to_owned());
    tie
}

/// That so many gathered somewhere on a day.
pub fn gathering(present: &str, day: &str) -> Said {
    let number = Played {
        text: present.to_owned(),
        ..Played::default()
    };
    let mut gathering = said(
        "gathering",
        &[("at", named("Kremnegorsk", 3)), ("present", number)],
    );
    gathering.first = Some(date(day));
    gathering.last = gathering.first;
    gathering
}

pub fn report(number: i64, day: &str, claims: Vec<Said>) -> Account {
    Account {
        report: number,
        first: Some(date(day)),
        last: Some(date(day)),
        authors: Vec::new(),
        words: own_words(u32::try_from(number).unwrap_or_default()),
        claims: claims
            .into_iter()
            .enumerate()
            .map(|(ordinal, claim)| Said { ordinal, ..claim })
            .collect(),
    }
}
