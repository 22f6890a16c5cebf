//! `svodka stats` from outside.

mod common;

use common::{printed, project, run};

const REPORT: &str = "Report of 3 October 1911.\n\nOn 4 September 1911 a strike broke out at the Halden works over low wages. \
    On 5 September 1911 a strike broke out at the Rodnik mill. In August 1911 there was a strike at the Halden works. \
    In 1910 there was a strike at the Halden works.\n";

#[test]
fn claims_are_counted_by_what_they_say_and_what_is_left_out_is_told() {
    let folder = project(&[("a.txt", REPORT)]);
    let here = folder.path();
    let out = printed(here, &["stats", "strikes", "--by", "month", "--owner"]);
    assert!(
        out.contains("1911-08            1  █") && out.contains("1911-09            2  ██"),
        "{out}"
    );
    assert!(out.contains("over a month       1"), "{out}");
    assert!(
        out.contains("claims, not events") && out.contains("Nothing is guessed into a month"),
        "{out}"
    );
    let csv = printed(
        here,
        &["stats", "strike", "--by", "year,place", "--csv", "--owner"],
    );
    assert!(csv.starts_with("year,place,claims\n"), "{csv}");
    let json = printed(
        here,
        &[
            "stats", "strike", "--by", "month", "--json", "--from", "1911-09", "--owner",
        ],
    );
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["rows"][0]["month"], "1911-09", "{json}");
    assert_eq!(
        (&json["claims"], &json["by"][0]),
        (&2.into(), &"month".into())
    );
    let (status, _, err) = run(here, &["stats", "strike", "--by", "colour"]);
    assert!(
        status == 2 && err.contains("no claim that fits has a colour") && err.contains("cause"),
        "{err}"
    );
    let (status, _, err) = run(here, &["stats", "weddings"]);
    assert!(
        status == 2 && err.contains("the kinds are affiliation"),
        "{err}"
    );
}
