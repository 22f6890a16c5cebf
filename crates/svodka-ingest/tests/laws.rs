//! What holds of any bytes.

use proptest::prelude::*;
use svodka_ingest::{Hint, read};

/// The pieces that files are made of, so that chance meets them more often than never.
const PIECES: &[&str] = &[
    "<TEI>",
    "</TEI>",
    "<text>",
    "</text>",
    "<p>",
    "</p>",
    "<p part=\"F\">",
    "<note>",
    "</note>",
    "<lb break=\"no\"/>",
    "<pb n=\"2\"/>",
    "<choice><sic>a</sic><corr>b</corr></choice>",
    "&amp;",
    "&x;",
    "&#233;",
    "<list><item>",
    "</item></list>",
    "<table><row><cell>",
    "</cell></row></table>",
    "<html>",
    "<body>",
    "<ul><li>",
    "</ul>",
    "<td>",
    "<tr>",
    "<table>",
    "</table>",
    "<pre>",
    "<br>",
    "<sup><a>1</a></sup>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "strike-",
    "\u{ad}",
    "\n",
    "\n\n",
    " ",
    "Orlov",
    "é",
    "\u{a0}",
    "|",
    "# ",
    "- ",
    "1. ",
    "[^1]",
    "[^1]: ",
    "*",
    "```",
    "<alto><Layout><Page><TextBlock><TextLine>",
    "<String CONTENT=\"a\"/>",
    "<HYP/>",
    "</TextLine>",
    "<div class='ocr_page'>",
    "<span class='ocr_line ocr-system'>",
    "</span>",
    "From: a\r\n",
    "MIME-Version: 1.0\r\n",
    "Content-Type: text/html\r\n",
    "\r\n\r\n",
];

fn holds(bytes: &[u8], name: &str) {
    let hint = Hint {
        name: Some(name),
        encoding: None,
    };
    let Ok(intake) = read(bytes, &hint) else {
        return;
    };
    assert!(intake == read(bytes, &hint).expect("it was read before"));
    for document in intake.documents {
        assert!(!document.text.trim().is_empty());
        let starts: Vec<usize> = document.map.starts().collect();
        assert_eq!(starts.first(), Some(&0));
        assert!(
            starts.windows(2).all(|pair| pair[0] < pair[1]),
            "{starts:?}"
        );
        assert!(starts.iter().all(|&start| start <= document.text.len() && document.text.is_char_boundary(start)));
        for offset in 0..=document.text.len() {
            let origin = document.origin(offset);
            assert!(
                origin.line.is_some()
                    || origin.page.is_some()
                    || origin.paragraph.is_some()
                    || origin.part.is_some()
            );
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600), name in "a\\.(txt|md|html|xml|eml|pdf)") {
        holds(&bytes, &name);
    }

    #[test]
    fn any_markup_is_read_or_refused_and_its_map_is_whole(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 1..40), start in 0..6usize, name in "a\\.(txt|md|html|xml|eml)",
    ) {
        let start = ["", "<html>", "<TEI><text>", "<alto>", "From: a\r\nMIME-Version: 1.0\r\n\r\n", "<html><meta name=ocr-system><div class=ocr_page>"][start];
        holds(format!("{start}{}", pieces.concat()).as_bytes(), &name);
    }

    #[test]
    fn a_sound_edition_with_any_words_is_read(words in "[a-zé .,]{0,40}[a-z]") {
        let source = format!("<TEI><text><p>{words}</p></text></TEI>");
        let hint = Hint::default();
        let document = read(source.as_bytes(), &hint).expect("it is sound").documents.remove(0);
        prop_assert_eq!(document.text, words.split_whitespace().collect::<Vec<_>>().join(" "));
    }

    #[test]
    fn a_file_changed_in_one_place_is_read_or_refused(which in 0..4usize, at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let (mut bytes, name) = [
            (include_bytes!("fixtures/report.docx").to_vec(), "a.docx"),
            (include_bytes!("fixtures/report.odt").to_vec(), "a.odt"),
            (include_bytes!("fixtures/report.pdf").to_vec(), "a.pdf"),
            (include_bytes!("fixtures/report.epub").to_vec(), "a.epub"),
        ][which].clone();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        holds(&bytes, name);
    }
}
