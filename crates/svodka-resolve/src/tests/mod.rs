mod bodies;
mod engine;
mod names;
mod spelling;

use crate::{NameWords, Spelling, Weights};

/// The tables of the base pack.
pub fn spelling() -> Spelling {
    Spelling::parse([
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
    ])
    .expect("the tables are tables")
}

/// Its words in and around names.
pub fn names() -> NameWords {
    let tables = [
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
    NameWords::parse(spelling(), tables).expect("the tables are tables")
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
