//! On whose word, how surely, and when, by the rules alone: one test for each device of attribution, each over several sentences.
//!
//! `check` reads texts in the gold notation and looks at the first claim of a kind whose evidence holds the given words.

mod common;

use common::check;

#[test]
fn who_says_that_vouches_for_what_is_said() {
    check(&[
        (
            "⟦PERSON:l|Lang⟧ stated that the moulders of the ⟦WORKPLACE:h|Halden⟧ works struck for six days.",
            "strike",
            "struck",
            "from Lang",
        ),
        (
            "The watchman relates that the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from watchman",
        ),
        (
            "⟦PERSON:l|Lang⟧ and ⟦PERSON:m|Moss⟧ testified that ⟦PERSON:r|Roth⟧ is a member of the ⟦ORG:u|Miners' League⟧.",
            "membership",
            "member",
            "from Lang, Moss",
        ),
        (
            "⟦PERSON:r|Roth⟧'s wife swears that the police arrested him.",
            "police",
            "arrested",
            "from Roth's wife",
        ),
    ]);
}

#[test]
fn a_clause_between_commas_vouches_for_the_rest() {
    check(&[
        (
            "The ⟦ORG:c|Tool Club⟧, he says, has a cell at the ⟦WORKPLACE:h|Halden⟧ works.",
            "cell",
            "cell",
            "",
        ),
        (
            "The weavers of the ⟦WORKPLACE:h|Halden⟧ mill, ⟦PERSON:l|Lang⟧ maintains, struck for ten days.",
            "strike",
            "struck",
            "from Lang",
        ),
        (
            "Of late, say the owners, the weavers struck at the ⟦WORKPLACE:h|Halden⟧ mill.",
            "strike",
            "struck",
            "from owners",
        ),
        (
            "On Monday, Source 9 reports, the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Source 9",
        ),
    ]);
}

#[test]
fn accounts_and_reckonings_name_their_owners() {
    check(&[
        (
            "According to ⟦PERSON:l|Lang⟧, ⟦PERSON:r|Roth⟧ is a member of the ⟦ORG:u|Miners' League⟧.",
            "membership",
            "member",
            "from Lang",
        ),
        (
            "By the admission of ⟦PERSON:l|Lang⟧, the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Lang",
        ),
        (
            "By the reckoning of ⟦PERSON:l|Lang⟧, the smiths of the ⟦WORKPLACE:h|Halden⟧ works struck for two days.",
            "strike",
            "struck",
            "from Lang",
        ),
        (
            "⟦PERSON:l|Lang⟧'s report that the police arrested ⟦PERSON:r|Roth⟧ came late.",
            "police",
            "arrested",
            "from Lang",
        ),
        (
            "There is a rumour that the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "possible from rumour",
        ),
    ]);
}

#[test]
fn verbs_that_vouch_for_their_object() {
    check(&[
        (
            "⟦PERSON:l|Lang⟧ reported the arrest of ⟦PERSON:r|Roth⟧.",
            "police",
            "arrest",
            "from Lang",
        ),
        (
            "The ⟦ORG:u|Miners' League⟧ boasts of a cell at the ⟦WORKPLACE:h|Halden⟧ works.",
            "cell",
            "cell",
            "from Miners' League",
        ),
        (
            "⟦PERSON:l|Lang⟧ concedes the existence of a strike committee at the ⟦WORKPLACE:h|Halden⟧ works.",
            "structure",
            "committee",
            "from Lang",
        ),
    ]);
}

#[test]
fn who_had_it_from_another_comes_first() {
    check(&[
        (
            "⟦PERSON:l|Lang⟧ has it from ⟦PERSON:m|Moss⟧ that the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Lang, Moss",
        ),
        (
            "⟦PERSON:l|Lang⟧ heard from a porter that ⟦PERSON:r|Roth⟧ is a member of the ⟦ORG:u|Miners' League⟧.",
            "membership",
            "member",
            "from Lang, porter",
        ),
        (
            "⟦PERSON:l|Lang⟧ states that ⟦PERSON:m|Moss⟧ told him that the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Lang, Moss",
        ),
    ]);
}

#[test]
fn announced_speech_runs_to_the_end_of_its_paragraph() {
    check(&[
        (
            "⟦PERSON:l|Lang⟧ reported the following: the mood is bad. The police arrested ⟦PERSON:r|Roth⟧. ⟦PERSON:m|Moss⟧ is a member of the ⟦ORG:u|Miners' League⟧.",
            "membership",
            "Moss",
            "from Lang",
        ),
        (
            "The agent stated as follows. The police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from agent",
        ),
        (
            "⟦PERSON:l|Lang⟧ reported the following: the mood is bad.\n\nThe police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "",
        ),
        (
            "⟦PERSON:l|Lang⟧ told us the following. The mood is bad. ⟦PERSON:m|Moss⟧ declared that the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Lang, Moss",
        ),
    ]);
}

#[test]
fn a_quotation_runs_to_its_closing_mark() {
    check(&[
        (
            "⟦PERSON:l|Lang⟧ writes: \"All is quiet. The police arrested ⟦PERSON:r|Roth⟧. Burn this.\" ⟦PERSON:m|Moss⟧ is a member of the ⟦ORG:u|Miners' League⟧.",
            "police",
            "arrested",
            "from Lang",
        ),
        (
            "⟦PERSON:l|Lang⟧ writes: \"All is quiet. The police arrested ⟦PERSON:r|Roth⟧. Burn this.\" ⟦PERSON:m|Moss⟧ is a member of the ⟦ORG:u|Miners' League⟧.",
            "membership",
            "Moss",
            "",
        ),
        (
            "Agent 9 writes:\n\n\"All is quiet. The police arrested ⟦PERSON:r|Roth⟧.\"\n\n⟦PERSON:m|Moss⟧ is a member of the ⟦ORG:u|Miners' League⟧.",
            "police",
            "arrested",
            "from Agent 9",
        ),
    ]);
}

#[test]
fn indirect_speech_goes_on_in_the_past_perfect() {
    check(&[
        (
            "⟦PERSON:l|Lang⟧ states that they met at night. The police had arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Lang",
        ),
        (
            "⟦PERSON:l|Lang⟧ states that they met at night. The police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "",
        ),
        (
            "⟦PERSON:l|Lang⟧ states that they met at night. I had arrested ⟦PERSON:r|Roth⟧ before.",
            "police",
            "arrested",
            "",
        ),
    ]);
}

#[test]
fn a_pointing_phrase_is_the_voice_heard_before() {
    check(&[
        (
            "⟦PERSON:l|Lang⟧ states that they met at night. The same informant declares that the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Lang",
        ),
        (
            "My informant, Kestrel, reports that all is quiet. The informant states that the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Kestrel",
        ),
        (
            "⟦PERSON:l|Lang⟧ states that they met at night. He adds that the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Lang",
        ),
    ]);
}

#[test]
fn a_witness_answers_until_the_next_is_called() {
    let text = "⟦PERSON:g|Ned Grant⟧, cutter, sworn.\n\n12. What happened then?—The police arrested ⟦PERSON:r|Roth⟧.\n\n13. And you?—I ran.\n\n⟦PERSON:h|Ada Hume⟧, weaver, sworn.\n\n14. Did you see it?—The police arrested ⟦PERSON:m|Moss⟧ as well.";
    check(&[
        (text, "police", "Roth", "from Ned Grant"),
        (text, "police", "Moss", "from Ada Hume"),
        (
            "12. What happened then?—The police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "Roth",
            "",
        ),
    ]);
}

#[test]
fn labels_heads_and_footers_name_their_source() {
    check(&[
        (
            "From Kestrel: The police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Kestrel",
        ),
        (
            "Source: a foreman. The police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from a foreman",
        ),
        (
            "The police arrested ⟦PERSON:r|Roth⟧. (Information of ⟦PERSON:l|Lang⟧.)",
            "police",
            "arrested",
            "from Lang",
        ),
        (
            "I beg to report that all is quiet here, and that nothing has happened in the mills. The mood is good.\n\nEnclosure 1. Letter of ⟦PERSON:l|Lang⟧ to his brother\n\nThe police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Lang",
        ),
        (
            "Plants in arrears (data of the labour office):\n\n1. ⟦WORKPLACE:h|Halden⟧ works: the smiths struck for two days.\n2. ⟦WORKPLACE:v|Vesely⟧ works: the smiths struck for a day.",
            "strike",
            "day",
            "from data of the labour office",
        ),
    ]);
}

#[test]
fn brackets_and_semicolons_end_what_is_vouched_for() {
    check(&[
        (
            "⟦PERSON:l|Lang⟧ stated that ⟦PERSON:m|Moss⟧ (a member of the ⟦ORG:u|Miners' League⟧) was ill.",
            "membership",
            "member",
            "",
        ),
        (
            "The smiths of the ⟦WORKPLACE:h|Halden⟧ works struck; ⟦PERSON:l|Lang⟧ denies that he was there.",
            "strike",
            "struck",
            "",
        ),
        (
            "⟦PERSON:l|Lang⟧ writes that the smiths struck at the ⟦WORKPLACE:h|Halden⟧ works; that the police arrested ⟦PERSON:r|Roth⟧; and that all is quiet.",
            "police",
            "arrested",
            "from Lang",
        ),
    ]);
}

#[test]
fn who_denies_is_the_source_of_what_is_not_so() {
    check(&[
        (
            "⟦PERSON:l|Lang⟧ denies that he is a member of the ⟦ORG:u|Miners' League⟧.",
            "membership",
            "member",
            "not from Lang",
        ),
        (
            "⟦PERSON:l|Lang⟧ denied any contact with ⟦PERSON:m|Moss⟧.",
            "contact",
            "contact",
            "not from Lang",
        ),
        (
            "There is no evidence that ⟦PERSON:l|Lang⟧ is a member of the ⟦ORG:u|Miners' League⟧.",
            "membership",
            "member",
            "unestablished",
        ),
        (
            "It has not been established whether ⟦PERSON:l|Lang⟧ is a member of the ⟦ORG:u|Miners' League⟧.",
            "membership",
            "member",
            "unestablished",
        ),
    ]);
}

#[test]
fn hearsay_without_a_speaker_makes_less_certain() {
    check(&[
        (
            "⟦PERSON:l|Lang⟧ is believed to be a member of the ⟦ORG:u|Miners' League⟧.",
            "membership",
            "member",
            "probable",
        ),
        (
            "⟦PERSON:l|Lang⟧ is, it is thought, a member of the ⟦ORG:u|Miners' League⟧.",
            "membership",
            "member",
            "probable",
        ),
        (
            "It is rumoured that the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "possible",
        ),
        (
            "⟦PERSON:l|Lang⟧ is alleged to be a member of the ⟦ORG:u|Miners' League⟧.",
            "membership",
            "member",
            "possible",
        ),
        (
            "⟦PERSON:l|Lang⟧ was beaten, in all likelihood, by the police.",
            "violence",
            "beaten",
            "probable",
        ),
    ]);
}

#[test]
fn what_is_to_come_is_only_possible() {
    check(&[
        (
            "The smiths of the ⟦WORKPLACE:h|Halden⟧ works will strike.",
            "strike",
            "strike",
            "possible",
        ),
        (
            "A meeting of the ⟦ORG:u|Miners' League⟧ is to be held in the ⟦PLACE:s|Star Hall⟧.",
            "meeting",
            "meeting",
            "possible",
        ),
        (
            "⟦PERSON:l|Lang⟧ says that the smiths of the ⟦WORKPLACE:h|Halden⟧ works would strike.",
            "strike",
            "strike",
            "possible from Lang",
        ),
        (
            "The smiths of the ⟦WORKPLACE:h|Halden⟧ works would not strike.",
            "strike",
            "strike",
            "not",
        ),
    ]);
}

#[test]
fn an_event_happened_when_the_story_had_got_to() {
    check(&[
        (
            "On ⟦DATE:1911-05-03|3 May⟧ the smiths struck at the ⟦WORKPLACE:h|Halden⟧ works. The police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "at 1911-05-03",
        ),
        (
            "On ⟦DATE:1911-05-03|3 May⟧ the smiths struck at the ⟦WORKPLACE:h|Halden⟧ works. ⟦PERSON:r|Roth⟧ is a member of the ⟦ORG:u|Miners' League⟧.",
            "membership",
            "member",
            "",
        ),
        (
            "On ⟦DATE:1911-05-03|3 May⟧ the smiths struck at the ⟦WORKPLACE:h|Halden⟧ works. The police will arrest ⟦PERSON:r|Roth⟧.",
            "police",
            "arrest",
            "possible",
        ),
        (
            "TROY, ⟦DATE:1911-05-03|3 May⟧.—All is quiet here. The police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "at 1911-05-03",
        ),
        (
            "On ⟦DATE:1911-05-03|3 May⟧ the smiths struck at the ⟦WORKPLACE:h|Halden⟧ works.\n\nThe police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "",
        ),
    ]);
}

#[test]
fn the_very_words_of_a_document_hold_what_they_say_by_the_way() {
    check(&[
        (
            "I beg to report that all is quiet here, and that nothing has happened in the mills. The mood is good.\n\nEnclosure 1. Letter of ⟦PERSON:l|Lang⟧ to his brother\n\nWe met at night. ⟦PERSON:r|Roth⟧ (a member of the ⟦ORG:u|Miners' League⟧) was there.",
            "membership",
            "member",
            "from Lang",
        ),
        (
            "I beg to report that all is quiet here, and that nothing has happened in the mills. The mood is good.\n\n[Pasted below, from the ⟦WORK:c|Morning Courier⟧:]\n\nThe police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Morning Courier",
        ),
        (
            "I beg to report that all is quiet here, and that nothing has happened in the mills. The mood is good.\n\nMinutes\n\nThe police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "",
        ),
        (
            "I beg to report that all is quiet here, and that nothing has happened in the mills. The mood is good.\n\nEnclosure 1. Letter of ⟦PERSON:l|Lang⟧ to his brother\n\nWe met at night.\n\n(⟦PERSON:r|Roth⟧ is a member of the ⟦ORG:u|Miners' League⟧.)",
            "membership",
            "member",
            "",
        ),
    ]);
}

#[test]
fn a_colon_behind_the_word_of_saying_announces_the_rest() {
    check(&[
        (
            "Agent 9 reports: All is quiet. The police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Agent 9",
        ),
        (
            "Called on ⟦PERSON:l|Lang⟧, who states as follows: All is quiet. The police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Lang",
        ),
        (
            "⟦PERSON:l|Lang⟧ has three demands: bread, peace and land. The police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "",
        ),
    ]);
}

#[test]
fn who_was_told_stands_before_who_told_him() {
    check(&[
        (
            "⟦PERSON:l|Lang⟧ was told by a clerk that the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Lang, clerk",
        ),
        (
            "⟦PERSON:l|Lang⟧ was informed by ⟦PERSON:m|Moss⟧ that ⟦PERSON:r|Roth⟧ is a member of the ⟦ORG:u|Miners' League⟧.",
            "membership",
            "member",
            "from Lang, Moss",
        ),
        (
            "It was stated by ⟦PERSON:m|Moss⟧ that the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "from Moss",
        ),
    ]);
}

#[test]
fn who_a_person_is_stays_in_the_reports_own_voice() {
    check(&[
        (
            "⟦PERSON:l|Lang⟧ stated that ⟦PERSON:m|Moss⟧, who belongs to the ⟦ORG:u|Miners' League⟧, was ill.",
            "membership",
            "belongs",
            "",
        ),
        (
            "⟦PERSON:l|Lang⟧ stated that ⟦PERSON:m|Moss⟧, arrested by the police, was ill.",
            "police",
            "arrested",
            "",
        ),
        (
            "⟦PERSON:l|Lang⟧ stated that there was a meeting at which the police arrested ⟦PERSON:m|Moss⟧.",
            "police",
            "arrested",
            "from Lang",
        ),
    ]);
}

#[test]
fn what_a_whether_leaves_open_is_unestablished() {
    check(&[
        (
            "Whether ⟦PERSON:r|Roth⟧ is a member of the ⟦ORG:u|Miners' League⟧ was never ascertained.",
            "membership",
            "member",
            "unestablished",
        ),
        (
            "We do not know whether the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "unestablished",
        ),
    ]);
}

#[test]
fn what_somebody_only_thinks_is_probable_and_what_he_wants_is_to_come() {
    check(&[
        (
            "⟦PERSON:l|Lang⟧ thinks that the police arrested ⟦PERSON:r|Roth⟧.",
            "police",
            "arrested",
            "probable from Lang",
        ),
        (
            "The weavers of the ⟦WORKPLACE:h|Halden⟧ mill want to strike.",
            "strike",
            "strike",
            "possible",
        ),
    ]);
}

#[test]
fn the_only_date_of_a_sentence_is_that_of_what_it_tells() {
    check(&[(
        "The tool shop of the ⟦WORKPLACE:h|Halden⟧ works, 210 men, laid down tools on ⟦DATE:1921-05-04|May 4⟧.",
        "strike",
        "laid down",
        "at 1921-05-04",
    )]);
}
