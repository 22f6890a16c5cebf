//! A constructed contract in, a page out.

use svodka::{Contract, Pack};

use super::page;

const REPORT: &str = r#"{
  "format": 1,
  "report": {"id": "x", "title": "On the League", "date": "1911-05", "language": "en", "source": "league.txt", "sha256": ""},
  "text": "Anna Lang leads the League.\nIt is rumoured that Roth has left it; Lang denied this.\nNobody knows Oslo.\n",
  "mentions": [],
  "entities": [
    {"id": "lang", "type": "PERSON", "name": "Anna Lang", "names": ["Anna Lang", "Lang"]},
    {"id": "league", "type": "ORG", "name": "League", "names": ["League"]},
    {"id": "roth", "type": "PERSON", "name": "Roth", "names": ["Roth"]},
    {"id": "oslo", "type": "PLACE", "name": "Oslo", "names": ["Oslo"]}
  ],
  "claims": [
    {"id": "c1", "kind": "membership", "status": "leader", "polarity": "positive", "certainty": "asserted", "sources": [],
     "roles": {"person": [{"text": "Anna Lang", "entity": "lang"}], "group": [{"text": "League", "entity": "league"}]},
     "evidence": {"start": 0, "end": 27, "text": "Anna Lang leads the League."}},
    {"id": "c2", "kind": "membership", "status": "former", "polarity": "positive", "certainty": "possible", "sources": [{"text": "rumour"}],
     "roles": {"person": [{"text": "Roth", "entity": "roth"}], "group": [{"text": "League", "entity": "league"}]},
     "evidence": {"start": 28, "end": 83, "text": "It is rumoured that Roth has left it; Lang denied this."}},
    {"id": "c3", "kind": "membership", "status": "former", "polarity": "negative", "certainty": "asserted",
     "sources": [{"text": "Lang", "entity": "lang"}], "when": {"edtf": "1911-05-02", "text": "yesterday"},
     "roles": {"person": [{"text": "Roth", "entity": "roth"}], "group": [{"text": "League", "entity": "league"}]},
     "evidence": {"start": 28, "end": 83, "text": "It is rumoured that Roth has left it; Lang denied this."}},
    {"id": "c4", "kind": "unheard-of", "polarity": "positive", "certainty": "unestablished", "sources": [],
     "roles": {"who": [{"text": "nobody"}, {"text": "somebody"}]},
     "evidence": {"start": 84, "end": 102, "text": "Nobody knows Oslo."}}
  ]
}"#;

fn told(width: usize) -> String {
    let contract: Contract = serde_json::from_str(REPORT).expect("it is a report object");
    let pack = Pack::load(&svodka::built_in_pack()).expect("the pack is sound");
    let line = |at| {
        let before = contract.text.chars().take(at);
        format!("line\u{a0}{}", 1 + before.filter(|&c| c == '\n').count())
    };
    anstream::adapter::strip_str(&page(&contract, &pack.kind_words, width, &line)).to_string()
}

#[test]
fn each_claim_is_told_once_with_its_certainty_its_source_and_its_quotation() {
    insta::assert_snapshot!(told(80).replace('\u{a0}', " "), @r"
    On the League
    Dated 1911-05 · read from league.txt

    What follows is what the report says, not what is known to be true.
    ● asserted  ◐ probable  ○ possible  ? unestablished  ✗ said not to be so

    PEOPLE

    Roth
      Memberships
      ○     1  Roth — former member of League · on the word of rumour · possible
               “It is rumoured that Roth has left it; Lang denied this.” line 2
      ●✗    2  Not so: Roth — former member of League · yesterday [1911-05-02] · on
               the word of Lang
               the same words, line 2

    Anna Lang  also written Lang
      Memberships
      ●     3  Anna Lang — leader of League
               “Anna Lang leads the League.” line 1
        see also 2

    ORGANISATIONS

    League
        see also 1, 2, 3

    WITHOUT A NAME
      unheard-of
      ?     4  Unheard-of: who nobody and somebody · unestablished
               “Nobody knows Oslo.” line 3

    NAMED, WITH NO CLAIM
      Places: Oslo

    4 claims (2 asserted, 1 possible, 1 unestablished); 1 said not to be so; 2 on
    somebody's word; named: 2 people, 1 organisation, 1 place; 0 dates
    ");
}

#[test]
fn no_line_is_wider_than_the_page() {
    for width in [40, 60, 100] {
        assert!(
            told(width)
                .lines()
                .all(|line| line.chars().count() <= width),
            "{}",
            told(width)
        );
    }
}

#[test]
fn colours_change_no_word() {
    let contract: Contract = serde_json::from_str(REPORT).expect("it is a report object");
    let painted = page(&contract, &svodka::KindWords::new(), 80, &|_| String::new());
    assert!(painted.contains("\u{1b}["));
    let plain = anstream::adapter::strip_str(&painted).to_string();
    assert!(
        plain.contains("○     2  Membership: group League; person Roth; status former"),
        "{plain}"
    );
}
