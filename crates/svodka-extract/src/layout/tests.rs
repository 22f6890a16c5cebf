use insta::assert_snapshot;
use proptest::prelude::*;
use svodka_model::{BlockKind, Layout};
use svodka_pack::PackFile;

use super::lay_out;

fn pack_file(path: &str, text: &str) -> PackFile {
    PackFile {
        pack: String::new(),
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

fn layout(text: &str) -> Layout {
    let words = pack_file(
        "layout.toml",
        include_str!("../../../../packs/en/layout.toml"),
    );
    let dates = pack_file(
        "dates.toml",
        include_str!("../../../../packs/en/dates.toml"),
    );
    lay_out(
        text,
        &words.parse().expect("the pack's layout words"),
        &dates.parse().expect("the pack's date words"),
    )
}

/// One line a block: kind, marker, where it hangs, and its parsed pieces with bars between them.
fn check(text: &str) -> String {
    let layout = layout(text);
    let mut lines = Vec::new();
    for (at, block) in layout.blocks.iter().enumerate() {
        let kind = match block.kind {
            BlockKind::Title => "title".to_owned(),
            BlockKind::Heading { level } => format!("heading {level}"),
            BlockKind::Paragraph => "paragraph".to_owned(),
            BlockKind::Item => "item".to_owned(),
            BlockKind::Matter => "matter".to_owned(),
            BlockKind::Foreign => "foreign".to_owned(),
        };
        let marker = block.marker.map_or("", |marker| marker.of(text));
        let hangs = block
            .introduced_by
            .map_or(String::new(), |by| format!(" under {by}"));
        let quoted = block
            .quoted_from
            .map_or(String::new(), |by| format!(" quoted in {by}"));
        let parsed: Vec<&str> = block.parsed.iter().map(|span| span.of(text)).collect();
        let parsed = parsed.join(" | ").replace('\n', "⏎");
        lines.push(format!("{at} {kind}{hangs}{quoted} {marker}> {parsed}"));
    }
    lines.join("\n")
}

#[test]
fn one_line_a_paragraph_keeps_headings_lists_and_labels_apart() {
    assert_snapshot!(check(
        "Survey of the unrest in the city of Harn as of May 2, 1921

Strikes at the Mills

According to reports that reached the department in the past week, cells exist at the following mills:

1. Red Mill (Lower Harn): the fitter Olm and others. They meet often.

2. 1st State Mill: nothing is known.

Others have been seen about the town, and agents follow them from the bridge to the station every evening.

Head of the Department: Ziel"
    ), @"
    0 title > Survey of the unrest in the city of Harn as of May 2, 1921
    1 heading 1 > Strikes at the Mills
    2 paragraph > According to reports that reached the department in the past week, cells exist at the following mills:
    3 item under 2 1.> Red Mill (Lower Harn) | the fitter Olm and others. They meet often.
    4 item under 2 2.> 1st State Mill | nothing is known.
    5 paragraph > Others have been seen about the town, and agents follow them from the bridge to the station every evening.
    6 matter > Head of the Department: Ziel
    ");
}

#[test]
fn lines_broken_by_the_typist_are_joined() {
    assert_snapshot!(check(
        "The weavers of the lower mill left their looms on Monday and went in a body
to the office of the manager, who promised them an answer before the even-
ing of the next day.
   The dyers stayed at work, for their foreman had told them that whoever left
would not be let in again.

(a) The first demand was for bread at the price
    of the year before.
(b) The second was for the release of Olm."
    ), @"
    0 paragraph > The weavers of the lower mill left their looms on Monday and went in a body⏎to the office of the manager, who promised them an answer before the even-⏎ing of the next day.
    1 paragraph > The dyers stayed at work, for their foreman had told them that whoever left⏎would not be let in again.
    2 item (a)> The first demand was for bread at the price⏎    of the year before.
    3 item (b)> The second was for the release of Olm.
    ");
}

#[test]
fn the_page_around_a_report_is_foreign_and_its_frame_is_matter() {
    assert_snapshot!(check(
        "Report on the Dockers

Submitted by reader on May 1, 2011

SECRET. No. 14

The dockers of the north quay have not been at work since Friday, and their leaders cannot be found at home.

A letter from the prisoner Olm was read on Sunday:

\"The money is with my sister. Give nothing to Ziel, who has sold us.

\"Burn this.\"

Nothing more is known.

Chief of Section Brandt

Comments"
    ), @r#"
    0 title > Report on the Dockers
    1 foreign > Submitted by reader on May 1, 2011
    2 matter > SECRET. No. 14
    3 paragraph > The dockers of the north quay have not been at work since Friday, and their leaders cannot be found at home.
    4 paragraph > A letter from the prisoner Olm was read on Sunday:
    5 paragraph quoted in 4 > "The money is with my sister. Give nothing to Ziel, who has sold us.
    6 paragraph quoted in 4 > "Burn this."
    7 paragraph > Nothing more is known.
    8 matter > Chief of Section Brandt
    9 foreign > Comments
    "#);
}

#[test]
fn a_page_break_inside_a_sentence_is_mended_and_its_head_is_matter() {
    assert_snapshot!(check(
        "III. FINDINGS

The committee of the union has met four times since the spring, and each time it was said in the presence of the

delegates that the money had been sent to the strikers by a friend of the secretary, whose name nobody would give to our man, though he asked for it twice, and

RESTRICTED - 2 - No. 47

once even of the porter."
    ), @"
    0 heading 1 III.> FINDINGS
    1 paragraph > The committee of the union has met four times since the spring, and each time it was said in the presence of the⏎⏎delegates that the money had been sent to the strikers by a friend of the secretary, whose name nobody would give to our man, though he asked for it twice, and
    2 matter > RESTRICTED - 2 - No. 47
    3 paragraph > once even of the porter.
    ");
}

#[test]
fn rows_of_a_table_do_not_run_together() {
    assert_snapshot!(check(
        "Works | Workers | Days\nHalden | 1,140 | 9\nAnvil\t300\t2"
    ), @"
    0 paragraph > Works | Workers | Days
    1 paragraph > Halden | 1,140 | 9
    2 paragraph > Anvil | 300 | 2
    ");
}

#[test]
fn initials_are_not_markers() {
    assert_snapshot!(check("V. I. Lenin wrote of it.\n\nA. Bogdanov was not there."), @"
    0 paragraph > V. I. Lenin wrote of it.
    1 paragraph > A. Bogdanov was not there.
    ");
}

#[test]
fn the_reports_date_is_that_of_its_title_or_of_a_line_of_its_frame() {
    let date = |text: &str| layout(text).date.map(|date| date.to_string());
    let body = "\n\nThe dockers of the north quay have not been at work since May 3, 1920, and they say so.";
    let of = |head: &str| date(&format!("{head}{body}"));
    assert_eq!(
        of("Survey of the docks as of May 2, 1921").as_deref(),
        Some("1921-05-02")
    );
    assert_eq!(
        of("SECRET\n\nReport on the docks\n\nHarn, 2nd May 1921.").as_deref(),
        Some("1921-05-02")
    );
    assert_eq!(
        of("Survey of the docks for May 1921").as_deref(),
        Some("1921-05")
    );
    assert_eq!(of("Survey of the docks"), None);
}

#[test]
fn a_very_long_line_is_laid_out_in_time() {
    let line = "Olm was seen at the mill (and not at home): he said nothing. ".repeat(60_000);
    assert_eq!(layout(&line).blocks.len(), 1);
    let lines = "1. Olm: was seen\n".repeat(60_000);
    assert_eq!(layout(&lines).blocks.len(), 60_000);
}

proptest! {
    #[test]
    fn no_character_is_lost(text in "([ \\t\\n\\r\\u{c}]{0,3}(1\\.|\\(a\\)|IV\\.|—|§ 3|##|Olm|said:|the|SECRET|\\|)|\\PC|\\s){0,60}") {
        let layout = layout(&text);
        let mut at = 0;
        let mut rest = String::new();
        for block in &layout.blocks {
            for span in block.marker.iter().chain([&block.span]) {
                prop_assert!(at <= span.start && span.start < span.end);
                prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
                rest.push_str(&text[at..span.start]);
                at = span.end;
            }
            for parsed in block.parsed.iter().chain(&block.label) {
                prop_assert!(block.span.contains(*parsed) && !parsed.of(&text).trim().is_empty());
            }
        }
        rest.push_str(&text[at..]);
        prop_assert_eq!(rest.trim(), "");
    }
}
