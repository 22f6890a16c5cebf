//! What the stage makes of sentences, without a parser: form, neighbours, lists and the rest of the report.

use svodka_model::{Layout, Parse};
use svodka_pack::{NameWords, PackFile};

use super::{Names, find_names};

pub(super) fn pack() -> NameWords {
    let file = |path: &str, text: &str| PackFile {
        pack: String::new(),
        path: path.to_owned(),
        text: text.to_owned(),
    };
    NameWords::load(&[
        file(
            "names.toml",
            include_str!("../../../../packs/en/names.toml"),
        ),
        file(
            "gazetteer/places.txt",
            include_str!("../../../../packs/en/gazetteer/places.txt"),
        ),
        file(
            "gazetteer/towns.txt",
            include_str!("../../../../packs/en/gazetteer/towns.txt"),
        ),
        file(
            "gazetteer/words.txt",
            include_str!("../../../../packs/en/gazetteer/words.txt"),
        ),
        file(
            "gazetteer/given.txt",
            include_str!("../../../../packs/en/gazetteer/given.txt"),
        ),
    ])
    .expect("the pack in the repository is sound")
}

fn read(text: &str) -> Names {
    let layout = one_block_a_line(text);
    find_names(text, &layout, &Parse::default(), &pack())
}

fn one_block_a_line(text: &str) -> Layout {
    use svodka_model::{Block, BlockKind, Span};
    let mut layout = Layout::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        at += line.len();
        if !span.is_empty() {
            layout.blocks.push(Block {
                span,
                kind: BlockKind::Paragraph,
                marker: None,
                label: None,
                introduced_by: None,
                quoted_from: None,
                parsed: vec![span],
            });
        }
    }
    layout
}

/// The names found, as `TYPE:words`, in the order of the text.
fn found(text: &str) -> Vec<String> {
    read(text)
        .mentions
        .iter()
        .map(|mention| format!("{}:{}", mention.kind, mention.span.of(text)))
        .collect()
}

/// The slugs of the things named, mention by mention.
fn things(text: &str) -> Vec<String> {
    let names = read(text);
    names
        .mentions
        .iter()
        .map(|mention| names.entities[mention.entity.0].slug.clone())
        .collect()
}

#[test]
fn a_title_says_person_and_stays_outside() {
    assert_eq!(
        found("Yesterday Comrade Zubov met Inspector J. H. Farrow."),
        ["PERSON:Zubov", "PERSON:J. H. Farrow"]
    );
}

#[test]
fn a_bare_factory_keeps_its_noun_outside_and_a_described_one_inside() {
    assert_eq!(
        found(
            "They left the Varlamov Factory for the Kedrov Glass Factory and the 3rd State Soap Factory."
        ),
        [
            "WORKPLACE:Varlamov",
            "WORKPLACE:Kedrov Glass Factory",
            "WORKPLACE:3rd State Soap Factory"
        ]
    );
}

#[test]
fn a_possessor_and_what_it_owns_are_two_names() {
    assert_eq!(
        found("It was the work of Gorelik’s \"Workers’ Circle,\" he said."),
        ["PERSON:Gorelik", "ORG:Workers’ Circle"]
    );
}

#[test]
fn a_body_of_another_body_is_two_names() {
    assert_eq!(
        found("A letter reached the Central Committee of the RCP(b)."),
        ["ORG:Central Committee", "ORG:RCP(b)"]
    );
}

#[test]
fn a_union_takes_in_whom_it_unites() {
    assert_eq!(
        found(
            "The money that was handed over yesterday came from the National Union of Dock and Riverside Workers at Bootle, it appears."
        ),
        [
            "ORG:National Union of Dock and Riverside Workers",
            "PLACE:Bootle"
        ]
    );
}

#[test]
fn labels_of_persons_and_peoples_are_no_names() {
    assert!(
        found("He was a Menshevik, then a German communist, then a discharged Cameronian.")
            .is_empty()
    );
}

#[test]
fn weekdays_months_and_report_matter_are_no_names() {
    assert!(found("On Monday, 3 March, Copy No. 4 was sent.").is_empty());
}

#[test]
fn a_numbered_section_is_a_workplace_and_a_numbered_congress_an_event() {
    assert_eq!(
        found("The 12th section sent two delegates to the 5th Congress."),
        ["WORKPLACE:12th section", "EVENT:5th Congress"]
    );
}

#[test]
fn the_plural_head_after_a_list_counts_for_all() {
    assert_eq!(
        found("Men of the Omsk, Perm, and Tomsk railways took part."),
        ["WORKPLACE:Omsk", "WORKPLACE:Perm", "WORKPLACE:Tomsk"]
    );
}

#[test]
fn what_is_issued_is_a_publication_though_a_group_has_its_name() {
    assert_eq!(
        found("The \"Free Word\" group met. Two copies of \"Free Word\" were found."),
        ["ORG:Free Word", "WORK:Free Word"]
    );
}

#[test]
fn a_ship_is_not_marked() {
    assert!(found("It came by a stoker of the s.s. \"Clarissa\" that night.").is_empty());
}

#[test]
fn a_broken_or_misread_place_is_still_found() {
    assert_eq!(
        found("He went from Lenin grad to Val1adolid."),
        ["PLACE:Lenin grad", "PLACE:Val1adolid"]
    );
}

#[test]
fn another_name_in_brackets_names_the_same_thing() {
    assert_eq!(
        things("The Railway Savings Union (Dorkassa) paid. Dorkassa owed more."),
        [
            "railway_savings_union",
            "railway_savings_union",
            "railway_savings_union"
        ]
    );
    assert_eq!(
        things("At the Red Star works (formerly Hartung) all was quiet."),
        ["red_star", "red_star"]
    );
}

#[test]
fn a_surname_is_the_nearest_person_it_fits() {
    assert_eq!(
        things("Ivan Drozdov spoke. P. Drozdov was silent. I. Drozdov left; Ivan wept."),
        ["ivan_drozdov", "p_drozdov", "ivan_drozdov", "ivan_drozdov"]
    );
}

#[test]
fn a_surname_in_the_other_gender_is_another_person() {
    assert_eq!(
        things("The weaver Malysheva told the turner Malyshev."),
        ["malysheva", "malyshev"]
    );
}

#[test]
fn a_surname_before_the_given_name_is_read_as_one_name() {
    assert_eq!(found("Drozdov, Ivan — arrested."), ["PERSON:Drozdov, Ivan"]);
    assert_eq!(
        things("Ivan Drozdov spoke.\nDrozdov, Ivan — arrested."),
        ["ivan_drozdov", "ivan_drozdov"]
    );
}

#[test]
fn an_abbreviation_is_the_body_whose_words_begin_so() {
    assert_eq!(
        things("The Amalgamated Weavers Association met. The AWA refused."),
        [
            "amalgamated_weavers_association",
            "amalgamated_weavers_association"
        ]
    );
}

#[test]
fn one_word_of_two_types_is_two_things() {
    assert_eq!(
        found("A strike broke out in Sormovo at the Sormovo plant."),
        ["PLACE:Sormovo", "WORKPLACE:Sormovo"]
    );
    assert_eq!(
        things("A strike broke out in Sormovo at the Sormovo plant."),
        ["sormovo", "sormovo_2"]
    );
}

mod laws {
    use proptest::prelude::*;
    use svodka_model::Parse;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_text_gives_ordered_names_that_fit_it(text in "([A-Z]?[a-z’'.(]{0,8}[ ,\n\"“”0-9-]{0,2}|\\PC{0,3}){0,40}") {
            let words = std::sync::LazyLock::force(&WORDS);
            let names = super::find_names(&text, &super::one_block_a_line(&text), &Parse::default(), words);
            let mut end = 0;
            for mention in &names.mentions {
                prop_assert!(mention.span.start >= end && !mention.span.is_empty());
                prop_assert!(!mention.span.of(&text).is_empty());
                prop_assert!(mention.entity.0 < names.entities.len());
                end = mention.span.end;
            }
        }
    }

    static WORDS: std::sync::LazyLock<svodka_pack::NameWords> =
        std::sync::LazyLock::new(super::pack);
}

#[test]
fn a_firm_bears_its_owners_names() {
    assert_eq!(
        found(
            "The weavers of Messrs. Birtle and Knowe, at Todmorden, went out. Birtle and Knowe gave way."
        ),
        [
            "WORKPLACE:Birtle and Knowe",
            "PLACE:Todmorden",
            "WORKPLACE:Birtle and Knowe"
        ]
    );
    assert_eq!(
        found("They stopped Messrs. Ogden's, and the engine there."),
        ["WORKPLACE:Ogden"]
    );
}

#[test]
fn a_works_may_be_named_after_a_person() {
    assert_eq!(
        found("1. Glassworks named after Comrade Bubnov, 300 workers."),
        ["WORKPLACE:Glassworks named after Comrade Bubnov"]
    );
}

#[test]
fn a_lodge_keeps_its_number_and_a_body_ends_before_who_signs_for_it() {
    assert_eq!(
        found("He spoke for Miners' Union No. 12 of Leadville."),
        ["ORG:Miners' Union No. 12", "PLACE:Leadville"]
    );
    assert_eq!(
        found("Authorized officer of the OGPU Petrenkov"),
        ["ORG:OGPU", "PERSON:Petrenkov"]
    );
}

#[test]
fn a_scanner_may_damage_a_first_letter() {
    assert_eq!(
        found("The manager, Mr. 0swin Brandt, spoke on the I6th to the l.C.U. branch."),
        ["PERSON:0swin Brandt", "ORG:l.C.U."]
    );
}

#[test]
fn speech_in_quotation_marks_is_no_title() {
    assert!(found("\"Put him out!\" they yelled, and \"Nonsense,\" said one.").is_empty());
}
