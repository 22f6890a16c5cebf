mod bodies;
mod engine;
mod names;
mod project;
mod spelling;

use crate::{NameWords, Spelling, Tables, Weights};

const TRANSLITERATION: [(&str, &str); 8] = [
    (
        "ala-lc",
        include_str!("../../../../packs/base/transliteration/ala-lc.tsv"),
    ),
    (
        "bgn",
        include_str!("../../../../packs/base/transliteration/bgn.tsv"),
    ),
    (
        "fold",
        include_str!("../../../../packs/base/transliteration/fold.tsv"),
    ),
    (
        "french",
        include_str!("../../../../packs/base/transliteration/french.tsv"),
    ),
    (
        "german",
        include_str!("../../../../packs/base/transliteration/german.tsv"),
    ),
    (
        "iso9",
        include_str!("../../../../packs/base/transliteration/iso9.tsv"),
    ),
    (
        "latin",
        include_str!("../../../../packs/base/transliteration/latin.tsv"),
    ),
    (
        "scholarly",
        include_str!("../../../../packs/base/transliteration/scholarly.tsv"),
    ),
];

const NAMES: [(&str, &str); 11] = [
    (
        "endings",
        include_str!("../../../../packs/base/names/endings.tsv"),
    ),
    (
        "former",
        include_str!("../../../../packs/base/names/former.txt"),
    ),
    (
        "forms",
        include_str!("../../../../packs/base/names/forms.tsv"),
    ),
    (
        "generations",
        include_str!("../../../../packs/base/names/generations.txt"),
    ),
    (
        "generic",
        include_str!("../../../../packs/base/names/generic.txt"),
    ),
    (
        "nicknames",
        include_str!("../../../../packs/base/names/nicknames.tsv"),
    ),
    (
        "numbers",
        include_str!("../../../../packs/base/names/numbers.tsv"),
    ),
    (
        "particles",
        include_str!("../../../../packs/base/names/particles.txt"),
    ),
    (
        "patronymics",
        include_str!("../../../../packs/base/names/patronymics.txt"),
    ),
    (
        "sexes",
        include_str!("../../../../packs/base/names/sexes.tsv"),
    ),
    (
        "titles",
        include_str!("../../../../packs/base/names/titles.txt"),
    ),
];

/// The tables of the base pack.
pub fn spelling() -> Spelling {
    Spelling::parse(TRANSLITERATION).expect("the tables are tables")
}

/// Its words in and around names.
pub fn names() -> NameWords {
    NameWords::parse(spelling(), NAMES).expect("the tables are tables")
}

/// All that tells who is the same.
pub fn tables() -> Tables {
    Tables::parse(TRANSLITERATION, NAMES, |name| match name {
        "bodies" => Some(include_str!("../../../../packs/base/weights/bodies.tsv")),
        "people" => Some(include_str!("../../../../packs/base/weights/people.tsv")),
        "things" => Some(include_str!("../../../../packs/base/weights/things.tsv")),
        _ => None,
    })
    .expect("the tables are tables")
}

/// What the parts of a comparison weigh.
pub fn weights() -> Weights {
    Weights::parse(include_str!("../../../../packs/base/weights/names.tsv"))
        .expect("a table of weights")
}

/// The same for bodies.
pub fn body_weights() -> Weights {
    Weights::parse(include_str!("../../../../packs/base/weights/bodies.tsv"))
        .expect("a table of weights")
}
