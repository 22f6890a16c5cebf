//! On whose word, where it is the order of words or the page that tells, by the rules alone.

mod common;

use common::check;

#[test]
fn what_follows_that_is_said_however_much_stands_between() {
    check(&[
        (
            "⟦PERSON:l|Lang⟧, who has been reliable in the past, advised on ⟦DATE:1951-01-11|January 11, 1951⟧ that the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Lang",
        ),
        (
            "Superintendent ⟦PERSON:l|Lang⟧ telegraphs from ⟦PLACE:d|Dorn⟧ that the weavers struck at the ⟦WORKPLACE:h|Halden⟧ mill.",
            "strike",
            "struck",
            "from Lang",
        ),
        (
            "The ⟦WORK:w|Harbour Gazette⟧ prints that the dockers struck at ⟦PLACE:d|Dorn⟧.",
            "strike",
            "struck",
            "from Harbour Gazette",
        ),
        (
            "⟦PERSON:l|Lang⟧ is positive that ⟦PERSON:r|Roth⟧ is a member of the ⟦ORG:u|Miners' League⟧.",
            "membership",
            "member",
            "from Lang",
        ),
    ]);
}

#[test]
fn who_has_it_from_another_names_both() {
    check(&[
        (
            "I am told by ⟦PERSON:l|Lang⟧, who had it from ⟦PERSON:m|Moss⟧, that the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Lang, Moss",
        ),
        (
            "⟦PERSON:l|Lang⟧ reports, from ⟦PERSON:m|Moss⟧, that the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Lang, Moss",
        ),
    ]);
}

#[test]
fn a_label_before_a_colon_or_comma_names_the_source() {
    check(&[
        (
            "Figures of the ⟦ORG:o|Labour Office⟧ for ⟦DATE:1951-02|February⟧: the weavers struck at the ⟦WORKPLACE:h|Halden⟧ mill.",
            "strike",
            "struck",
            "from Labour Office at 1951-02",
        ),
        (
            "By a later telegram from ⟦PLACE:d|Dorn⟧, the weavers struck at the ⟦WORKPLACE:h|Halden⟧ mill.",
            "strike",
            "struck",
            "from later telegram from Dorn",
        ),
        (
            "⟦PERSON:l|Lang⟧ reported the following: the weavers struck at the ⟦WORKPLACE:h|Halden⟧ mill. They told him nothing. The police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Lang",
        ),
    ]);
}

#[test]
fn what_is_counted_by_and_what_is_a_cause_says_nothing() {
    check(&[
        (
            "The weavers struck at the ⟦WORKPLACE:h|Halden⟧ mill on account of the price of bread.",
            "strike",
            "struck",
            "",
        ),
        (
            "At 4 marks per day the weavers struck at the ⟦WORKPLACE:h|Halden⟧ mill.",
            "strike",
            "struck",
            "",
        ),
    ]);
}

#[test]
fn an_informants_code_over_a_note_holds_until_the_next() {
    let notes = "Grading: A, tried over years, never yet wrong in what they say; B, honest, but repeats what he hears in the street.\n\n\
        NOTE 1. From source 14/B. Received in the evening.\n\n\
        The police arrested ⟦PERSON:r|Roth⟧ in the town. ⟦PERSON:m|Moss⟧ is a member of the ⟦ORG:u|Miners' League⟧.\n\n\
        Remark of the officer: the weavers struck at the ⟦WORKPLACE:h|Halden⟧ mill.\n\n\
        NOTE 2. From source 22/A. Received verbally.\n\n\
        The weavers struck at the ⟦WORKPLACE:b|Borov⟧ mill.";
    check(&[
        (notes, "police", "arrested", "from source 14/B"),
        (notes, "membership", "member", "from source 14/B"),
        (notes, "strike", "Halden", ""),
        (notes, "strike", "Borov", "from source 22/A"),
    ]);
}

#[test]
fn a_letter_within_the_report_is_on_its_signers_word() {
    let letters = "We beg to forward to your Lordship two letters that were lately received in this place from a constable of the next town, \
        who has served for nine years, whom we have known in all that time for a sober man, and who never yet was found to tell a romance.\n\n\
        GENTLEMEN,—Since I wrote last the police arrested ⟦PERSON:r|Roth⟧ in the town. He was asleep at the time, and it is thought by the neighbours that they will keep him there until after the fair.\n\n\
        Your servant,\n⟦PERSON:l|John Lang⟧\n\n\
        The weavers struck at the ⟦WORKPLACE:h|Halden⟧ mill.\n\n\
        ⟦PERSON:p|Hugh Parker⟧";
    check(&[
        (letters, "police", "Roth", "from John Lang"),
        (letters, "strike", "struck", ""),
    ]);
}

#[test]
fn a_witness_at_a_hearing_fills_his_paragraph() {
    let inquest = "The coroner resumed the inquest. Several witnesses were examined and cross-examined.\n\n\
        ⟦PERSON:l|Margaret Lang⟧ deposed that her husband was ill. The weavers struck at the ⟦WORKPLACE:h|Halden⟧ mill.\n\n\
        The police arrested ⟦PERSON:r|Roth⟧.";
    check(&[
        (inquest, "strike", "struck", "from Margaret Lang"),
        (inquest, "police", "arrested", ""),
    ]);
}

#[test]
fn who_boasts_of_a_number_vouches_for_it() {
    check(&[(
        "The ⟦ORG:u|Miners' League⟧ claims 2,140 members.",
        "headcount",
        "2,140",
        "from Miners' League",
    )]);
}

#[test]
fn a_transcript_gives_each_speaker_his_words() {
    let hearing = "The committee met at ten o'clock in the forenoon in the court house, the chairman in his place and all members present but one.\n\n\
        Mr. ⟦PERSON:d|DRABIK⟧. I was a wire drawer.\n\n\
        Senator ⟦PERSON:m|MABRY⟧. What happened then?\n\n\
        Mr. ⟦PERSON:d|DRABIK⟧. The police arrested ⟦PERSON:r|Roth⟧ in the town.\n\n\
        Senator ⟦PERSON:m|MABRY⟧. Are you sure?\n\n\
        Mr. ⟦PERSON:d|DRABIK⟧. I am.";
    check(&[(hearing, "police", "arrested", "from DRABIK")]);
}
