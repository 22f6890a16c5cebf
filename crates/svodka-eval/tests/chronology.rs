//! How dates given are held against marked expressions of time.

use svodka_eval::{DateCounts, TimeMl, score_dates};
use svodka_model::Contract;

/// Counts for a text whose expressions are marked `[VALUE words]`, and for dates given as `words=EDTF`.
fn counts(marked: &str, given: &[(&str, &str)]) -> DateCounts {
    let timeml = marked
        .replace('[', "<TIMEX3 type=\"DATE\" value=\"")
        .replace('|', "\">")
        .replace(']', "</TIMEX3>");
    let text = TimeMl::parse(&format!("<TimeML><TEXT>{timeml}</TEXT></TimeML>"))
        .expect("it is well formed");
    let mentions: Vec<String> = given
        .iter()
        .map(|(words, edtf)| {
            let start = text.text.find(words).expect("the words stand there");
            let end = start + words.len();
            format!(
                "{{\"start\":{start},\"end\":{end},\"text\":{words:?},\"type\":\"DATE\",\"edtf\":{edtf:?}}}"
            )
        })
        .collect();
    let json = format!("{{\"format\":1,\"mentions\":[{}]}}", mentions.join(","));
    let report: Contract = serde_json::from_str(&json).expect("it is a report object");
    score_dates(&text, &report)
}

/// Right, given and gold of the three figures.
fn figures(counts: &DateCounts) -> [(usize, usize, usize); 3] {
    let scores = counts.scores();
    [scores.found, scores.value, scores.exact]
        .map(|figure| (figure.right, figure.given, figure.gold))
}

#[test]
fn overlapping_expressions_belong_together_one_to_one() {
    let counts = counts(
        "On [1942-06-04|June 4, 1942], in [1942-06|early June] and by [1942-08|August] they met.",
        &[
            ("June 4", "1942-06-04"),
            ("1942", "1942"),
            ("early June", "1942-06-01~/1942-06-10~"),
        ],
    );
    assert_eq!(figures(&counts), [(2, 3, 3), (2, 3, 3), (1, 3, 3)]);
    let told: Vec<_> = counts
        .errors
        .iter()
        .map(|error| (error.meant.as_deref(), error.given.as_deref()))
        .collect();
    assert_eq!(told, [(None, Some("1942")), (Some("1942-08"), None)]);
}

#[test]
fn a_stretch_over_several_expressions_is_given_as_its_ends() {
    let counts = counts(
        "In [1914|1914]-[1918|1918], on [1942-05-04|May 4] and [1942-05-05|5], between [P3D|three days].",
        &[
            ("1914-1918", "1914/1918"),
            ("May 4 and 5", "{1942-05-04,1942-05-06}"),
        ],
    );
    assert_eq!(figures(&counts), [(4, 4, 4), (3, 4, 4), (3, 4, 4)]);
}

#[test]
fn what_is_no_calendar_time_counts_only_where_a_date_is_given() {
    let marked =
        "[PRESENT_REF|Now] and [P3D|for three days] and [|always] it rained [1942|that year].";
    let nothing = counts(marked, &[("that year", "1942")]);
    assert_eq!(figures(&nothing), [(1, 1, 1), (1, 1, 1), (1, 1, 1)]);
    let one = counts(marked, &[("Now", "1950-01-01"), ("that year", "1942")]);
    assert_eq!(figures(&one), [(2, 2, 2), (1, 2, 2), (1, 2, 2)]);
}
