use proptest::prelude::*;
use svodka_model::{DateMention, Edtf, EntityId, Mention, NameType, Parse, SmolStr, Span, Token};
use svodka_pack::{DateWords, PackFile};

use super::find_dates;

fn words() -> DateWords {
    let file = PackFile {
        pack: String::new(),
        path: "dates.toml".to_owned(),
        text: include_str!("../../../../packs/en/dates.toml").to_owned(),
    };
    file.parse().expect("the pack's date words")
}

fn lay_out(text: &str) -> svodka_model::Layout {
    crate::lay_out(text, &Default::default(), &words())
}

fn dates(text: &str, anchor: Option<&str>, parse: &Parse) -> Vec<DateMention> {
    let anchor: Option<Edtf> = anchor.map(|anchor| anchor.parse().expect("a date"));
    find_dates(text, &lay_out(text), parse, &[], anchor.as_ref(), &words())
}

/// The text with each date marked as in the gold notation.
fn mark(text: &str, dates: &[DateMention]) -> String {
    let mut marked = String::new();
    let mut at = 0;
    for date in dates {
        marked.push_str(&text[at..date.span.start]);
        marked.push_str(&format!("⟦{}|{}⟧", date.value, date.span.of(text)));
        at = date.span.end;
    }
    marked + &text[at..]
}

/// Checks that the dates of a text are found where `marked` marks them, with the values there.
#[track_caller]
fn check(anchor: &str, marked: &str) {
    let mut plain = String::new();
    for part in marked.split('⟧') {
        let (before, mark) = part.split_once('⟦').unwrap_or((part, "|"));
        plain.push_str(before);
        plain.push_str(mark.split_once('|').expect("a value and words").1);
    }
    let found = dates(&plain, Some(anchor), &Parse::default());
    assert_eq!(mark(&plain, &found), marked);
}

#[test]
fn days_are_read_in_either_order_and_with_numbers_of_every_kind() {
    check(
        "1923-09-01",
        "On ⟦1923-08-24|August 24⟧, on ⟦1923-08-24|24 August⟧, on the ⟦1923-08-24|24th of August⟧ and on ⟦1923-08-24|Aug. 24th, 1923⟧.",
    );
    check(
        "1905-07-01",
        "Seen ⟦1905-06-12|12/VI/1905⟧, ⟦1905-06-11|11/VI⟧ and ⟦1905-06-16/1905-06-17|16–17/VI⟧.",
    );
    check(
        "1928-07-01",
        "Sheet of ⟦1928-06-12|12.6.28⟧; ⟦1928-06-12|1928-06-12⟧.",
    );
    check(
        "1912-06-14",
        "Operative on the ⟦1912-01-01|first of January last⟧.",
    );
    check("1912-06-14", "He came ⟦1912-06-12|Wednesday, 12th June⟧.");
}

#[test]
fn scanners_letters_are_read_as_digits_and_months() {
    check(
        "1949-09-21",
        "Sent ⟦1949-09-21|Sept. 21, 194g⟧ and on ⟦1949-08-30|August 3O⟧.",
    );
    check(
        "1949-09-21",
        "Unions, ⟦1949-07/1949-09|July to Septernber 1949⟧ and in ⟦1905|19O5⟧.",
    );
}

#[test]
fn several_days_and_months_are_one_expression_where_they_share_their_words() {
    check(
        "1923-09-01",
        "On ⟦{1923-08-29,1923-08-30}|August 29 and 30⟧, the ⟦{1923-08-21,1923-08-22}|21st and 22nd of August⟧, in ⟦{1923-03,1923-04}|March and April⟧.",
    );
    check(
        "1923-09-01",
        "In ⟦[1923-10,1923-11]|October or November of this year⟧; ⟦1923-05~/1923-06~|around May-June of this year⟧.",
    );
    check(
        "1905-06-09",
        "In the ⟦1905-05-25/1905-05-26|night of 25 to 26 May⟧.",
    );
    check(
        "1923-09-01",
        "⟦1923-01/1923-03|Between January and March of this year⟧; ⟦1918/1920|1918–1920⟧.",
    );
    check(
        "1923-02-01",
        "It lasted ⟦1922-12/1923-01|from December to January⟧.",
    );
}

#[test]
fn parts_of_months_years_and_weeks() {
    check(
        "1923-09-01",
        "In ⟦1922-12-21~/1922-12-31~|late December 1922⟧, in ⟦1922-09~/1922-12~|late 1922⟧, in ⟦1923-07-11~/1923-07-20~|mid-July⟧.",
    );
    check(
        "1923-09-01",
        "In the ⟦1923-08-16/1923-08-31|second half of August⟧; the ⟦1922-10-25/1922-10-31|last week of October 1922⟧.",
    );
    check(
        "1912-06-14",
        "For the ⟦1912-03-10/1912-03-16|week ending March 16⟧.",
    );
    check(
        "1923-09-01",
        "⟦1923-06-01~/1923-09-01|over the past three months⟧",
    );
}

#[test]
fn edges_leave_a_side_open() {
    check(
        "1923-09-01",
        "⟦../1923-07|until July⟧, ⟦1923-07/..|since July⟧, ⟦1923-07/..|starting in July⟧, ⟦../1919|until 1919⟧",
    );
    check(
        "1923-09-01",
        "⟦../1923-08-16|until the second half of August⟧",
    );
    check(
        "1928-09-24",
        "⟦1928-08-01~/..|since the beginning of August⟧; shop — ⟦1928-08-20/..|from 20/VIII⟧",
    );
}

#[test]
fn pointers_count_from_the_report_or_from_the_day_named_before() {
    check(
        "1928-09-24",
        "In ⟦1927-12|December of last year⟧ and ⟦1927|last year⟧; ⟦1928-06~|three months ago⟧.",
    );
    check(
        "1912-06-14",
        "Called on the ⟦1912-06-11|11th inst.⟧ and the ⟦1912-05-30|30th ult.⟧",
    );
    check(
        "1919-11-20",
        "On ⟦1919-11-14|Friday last⟧, on ⟦1919-11-17|Monday⟧, on ⟦1919-11-23|Sunday next⟧.",
    );
    check(
        "1928-09-24",
        "On ⟦1928-08-21|August 21⟧ they struck. The ⟦1928-08-20|day before⟧ he spoke; the ⟦1928-08-22|next day⟧ all ended.",
    );
    check(
        "1949-09-21",
        "On ⟦1949-08-19|August 19⟧; she was ill ⟦1949-08-15/1949-08-21|that week⟧.",
    );
    check(
        "1911-11-18",
        "On the ⟦1911-11-07|7th⟧ and back on the ⟦1911-11-10|10th⟧; ⟦1911-11-17|yesterday⟧.",
    );
}

#[test]
fn a_day_without_a_month_is_of_the_month_named_before() {
    check(
        "1905-06-09",
        "Pasted up on ⟦1905-05-27|27 May⟧. Questioned on the ⟦1905-05-30|30th⟧.",
    );
    check(
        "1912-06-14",
        "On ⟦1912-01-03|January 3⟧; the envelopes of the ⟦1912-01-12|12th⟧ were short.",
    );
    check(
        "1923-09-04",
        "On ⟦1923-08-30|August 30⟧ and again on the ⟦1923-09-02|2nd⟧.",
    );
}

#[test]
fn a_story_of_an_earlier_year_goes_on_in_that_year() {
    check(
        "1923-09-01",
        "In ⟦1920-10|October 1920⟧ he was sent to the front. In ⟦1920-11|November⟧ he came back, and in ⟦1921-01|January⟧ left.",
    );
    check(
        "1923-09-01",
        "Expelled in ⟦1921|1921⟧, he spoke on ⟦1923-08-24|August 24⟧.",
    );
}

#[test]
fn easter_is_the_reports_own() {
    check("1912-06-14", "On ⟦1912-04-07|Easter Sunday⟧ they came.");
    check(
        "1905-06-09",
        "At ⟦1905-04-17|Easter⟧ in Petersburg it was 38 roubles.",
    );
}

#[test]
fn names_numbers_and_verbs_are_not_dates() {
    for text in [
        "The 18th section and the 12th Congress of 1,150 men.",
        "Workers of the October Railway and of the Wednesday Factory at the May Day demonstration.",
        "It may march; he received 1905 roubles of 1140 and recently 12.50.",
        "Despatch No. 31 and bulletins Nos. 5, 7 every Sunday at 10:30.",
        "\"October of Thought\" held a strike that lasted two days.",
        "The 18th and 1st sections, the 1st, 2nd and 3rd shops.",
    ] {
        let found = dates(text, Some("1923-09-01"), &tagged(text));
        assert_eq!(mark(text, &found), text);
    }
}

#[test]
fn without_a_reports_day_the_year_stays_open_or_is_the_one_named_last() {
    let text = "On August 30 they met. In May 1919 he left, and in June he died.";
    let found = dates(text, None, &Parse::default());
    assert_eq!(
        mark(text, &found),
        "On ⟦XXXX-08-30|August 30⟧ they met. In ⟦1919-05|May 1919⟧ he left, and in ⟦1919-06|June⟧ he died."
    );
}

/// A parse that knows one thing: an ordinal before a singular word in small letters numbers it.
fn tagged(text: &str) -> Parse {
    let mut parse = Parse::default();
    let pieces: Vec<Span> = super::tokens::pieces(text).map(Span::from).collect();
    for (at, span) in pieces.iter().enumerate() {
        let word = span.of(text);
        let next = pieces.get(at + 1).map_or("", |next| next.of(text));
        let ordinal = word.starts_with(|c: char| c.is_ascii_digit());
        let noun = word.chars().all(char::is_alphabetic);
        let head = if ordinal && next.starts_with(char::is_alphabetic) {
            at + 1
        } else {
            at
        };
        parse.tokens.push(Token {
            span: *span,
            lemma: SmolStr::new(word),
            tag: SmolStr::new_static(if word.ends_with('s') && !word.ends_with("ss") {
                "NNS"
            } else {
                "NN"
            }),
            pos: SmolStr::new_static(if noun { "NOUN" } else { "X" }),
            dep: SmolStr::new_static("dep"),
            head,
        });
    }
    parse.sentences.push(0..pieces.len());
    parse
}

/// Words that make many expressions.
const SALAD: &str = "((until|since|about|late|the|second half of|night of|week ending|last|next|that|[0-9]{1,4}(th|st)?|August|May|Sept\\.|Friday|Easter|spring|of this year|ago|months|days|and|to|or|[-–/.,]|VI|inst\\.|\\PC{1,3}) ?){0,30}";

proptest! {
    #[test]
    fn finding_is_total_and_spans_are_ordered(text in SALAD, anchored in any::<bool>()) {
        let found = dates(&text, anchored.then_some("1924-02-29"), &Parse::default());
        let mut at = 0;
        for date in found {
            prop_assert!(at <= date.span.start && date.span.start < date.span.end);
            prop_assert!(text.get(date.span.start..date.span.end).is_some());
            prop_assert_ne!(date.value.as_str(), "XXXX", "{}", date.span.of(&text));
            at = date.span.end;
        }
    }

    #[test]
    fn a_date_and_a_name_share_no_word_unless_the_name_is_in_the_date(text in SALAD, from in 0usize..80, length in 1usize..20) {
        let (start, end) = (text.floor_char_boundary(from), text.floor_char_boundary(from + length));
        let name = Mention { span: Span { start, end }, kind: NameType::Org, entity: EntityId(0) };
        let anchor = "1924-02-29".parse().expect("a date");
        let found = find_dates(&text, &lay_out(&text), &Parse::default(), std::slice::from_ref(&name), Some(&anchor), &words());
        for date in found {
            let inside = date.span.contains(name.span) && date.span != name.span;
            prop_assert!(inside || !date.span.overlaps(name.span), "{}", date.span.of(&text));
        }
    }

    #[test]
    fn a_date_without_a_year_moves_with_the_report(month in 1usize..=12, day in 1i8..=28, year in 1900i16..1960) {
        let text = format!("On {} {day} they met.", capitalised(&words().months[month - 1][0]));
        let at = |year: i16| dates(&text, Some(&format!("{year}-06-15")), &Parse::default())[0].value.to_string();
        let (here, there) = (at(year), at(year + 1));
        let of = |date: &str| date[..4].parse::<i16>().expect("a year");
        prop_assert_eq!(of(&here) + 1, of(&there));
        prop_assert_eq!(&here[4..], &there[4..]);
    }

    #[test]
    fn a_written_day_is_the_day_it_writes(month in 1i8..=12, day in 1i8..=28, year in 1200i16..2090, anchor in 1900i16..1990) {
        let name = capitalised(&words().months[usize::try_from(month - 1).expect("a month")][0]);
        let text = format!("On {name} {day}, {year} they met.");
        let found = dates(&text, Some(&format!("{anchor}-06-15")), &Parse::default());
        prop_assert_eq!(found[0].value.to_string(), format!("{year}-{month:02}-{day:02}"));
    }
}

fn capitalised(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

#[test]
fn a_weekday_beside_a_day_finds_the_month() {
    check("1927-10-14", "It began on ⟦1927-06-11|Saturday, the 11th⟧.");
}

#[test]
fn the_morrow_a_clipped_year_and_the_new_year_are_dates() {
    check(
        "1886-05-08",
        "Put out of the order in ⟦1885|'85⟧; seized on ⟦1886-05-03|May 3⟧, freed on the ⟦1886-05-04|morrow⟧.",
    );
    check(
        "1938-10-17",
        "They expect it in the ⟦1939-01~/1939-03~|new year⟧.",
    );
    check("1927-10-14", "It fell on ⟦1927-06-01|lst June⟧.");
}

#[test]
fn years_are_counted_by_their_era() {
    check(
        "1923-09-01",
        "In ⟦-0498|499 BC⟧, ⟦-0498/-0492|from 499 to 493 BC⟧, in ⟦-0480-09|September 481 BC⟧, ⟦0079|AD 79⟧, the ⟦-0468/-0459|460s B.C.⟧",
    );
    check(
        "1923-09-01",
        "In the ⟦1800/1899|nineteenth century⟧ and ⟦1866~/1899~|late 19th century⟧; ⟦-0399/-0300|4th century BC⟧.",
    );
    check(
        "1923-09-01",
        "The 480 men of room 12, 300 of them armed, had 470s.",
    );
}

#[test]
fn headings_that_name_years_date_what_stands_below_them() {
    check(
        "1987-03-02",
        "The ports.\n\n⟦1908|1908⟧: a strike\n\nOn ⟦1908-06-11|11 June⟧ they stopped. ⟦1908-06-13|Two days later⟧ all did. ⟦../1908-06-30~|By the end of the month⟧ it was over.\n\nAfter the strike, ⟦1909|1909⟧\n\nIn ⟦1909-04|April⟧ many had left.\n",
    );
}

#[test]
fn a_text_whose_years_all_lie_long_before_it_is_a_history() {
    check(
        "1987-03-02",
        "Founded in ⟦1903-05|May 1903⟧, in ⟦1903-11|November⟧ it was known; the ⟦1904|following year⟧ it closed. A stone ⟦1958/..|from 1958⟧, names all. In ⟦1904-03|March⟧ it moved, and ⟦1904|this year⟧ it ended. In ⟦1905|1905⟧ nobody knew it.",
    );
    // The same in a report of the time looks back for a moment only.
    check(
        "1904-09-02",
        "Founded in ⟦1903-05|May 1903⟧, in ⟦1904-06|June⟧ it was known.\n\nIn ⟦1904-03|March⟧ it moved.",
    );
}

#[test]
fn only_the_day_before_or_after_is_one_and_a_months_last_of_something_is_none() {
    check(
        "1923-09-01",
        "On ⟦1923-08-21|August 21⟧ they met, days later again, in the last month of the war; ⟦1923-08-22|early the next morning⟧ all left.",
    );
}

#[test]
fn entries_of_a_diary_and_letters_have_their_own_day() {
    check(
        "1892-07-02",
        "⟦1892-06-28|Tuesday, June 28⟧.—A meeting was held ⟦1892-06-27|last night⟧.\n\nNothing more.\n\n⟦1892-06-29|Wednesday, 29th⟧.—The mill stood; they met ⟦1892-06-28|yesterday⟧.",
    );
    // A single day at the beginning of a paragraph makes no diary.
    check(
        "1892-07-02",
        "⟦1892-06-28|June 28⟧: a meeting was held. ⟦1892-07-01|Yesterday⟧ there was none.",
    );
}

#[test]
fn days_of_the_old_style_are_given_in_the_new() {
    check(
        "1922-05-20",
        "Letters of ⟦1922-03-29|16 March O.S.⟧ and ⟦1922-03-16|16 March⟧.",
    );
}

#[test]
fn weekdays_of_other_weeks_and_nights_between_days() {
    check(
        "1889-09-20",
        "Not before; they go back on ⟦1889-09-28|Saturday week⟧. We met on ⟦1889-09-10|Tuesday of last week⟧.",
    );
    check(
        "1889-09-20",
        "In the ⟦1889-09-18/1889-09-19|night of Wednesday to Thursday⟧ and the ⟦1889-09-12/1889-09-13|night of the 12th/13th⟧.",
    );
    check(
        "1889-09-20",
        "On the ⟦{1889-09-08,1889-09-09,1889-09-10}|8th, 9th and 10th⟧; let fall ⟦1889-09-19|last Thursday⟧.",
    );
}

#[test]
fn a_notes_day_may_stand_without_its_article() {
    let text = "Resumed 19th, on terms; 1st section, 5th.";
    let mut parse = tagged(text);
    parse.tokens[0].tag = SmolStr::new_static("VBN");
    let found = dates(text, Some("1912-07-22"), &parse);
    assert_eq!(
        mark(text, &found),
        "Resumed ⟦1912-07-19|19th⟧, on terms; 1st section, 5th."
    );
}

#[test]
fn feasts_are_days_and_lives_have_years() {
    check(
        "1919-05-12",
        "On ⟦1919-05-01|May Day⟧, ⟦../1919-02-22|before Washington's Birthday⟧; Gavrysh, b. ⟦1889|1889⟧, died ⟦1918|1918⟧.",
    );
}
