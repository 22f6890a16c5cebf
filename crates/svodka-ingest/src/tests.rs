//! Bytes in, text or a complaint out.

use proptest::prelude::*;

use super::*;

/// The text and its encoding, or the code of the complaint with its words.
fn check(bytes: &[u8]) -> Result<(String, &'static str), String> {
    match plain(bytes, None) {
        Ok(text) => Ok((text.text, text.encoding)),
        Err(error) => Err(format!("{}: {error}", error.code())),
    }
}

fn as_text(text: &str, encoding: &'static str) -> Result<(String, &'static str), String> {
    Ok((text.to_owned(), encoding))
}

const RUSSIAN: &str =
    "Сводка № 7 о забастовках. 30 августа на заводе «Серп и молот» бастовало 400 рабочих.\n";
const FRENCH: &str =
    "Le café de l’Hôtel était fermé à midi; « nous ferons grève », disait André.\n";

fn wide(text: &str, big: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        })
        .collect()
}

#[test]
fn utf_8_is_read_with_and_without_a_mark_and_the_mark_is_no_part_of_the_text() {
    assert_eq!(
        check("Zürich\r\n".as_bytes()),
        as_text("Zürich\r\n", "UTF-8")
    );
    assert_eq!(
        check("\u{feff}Zürich".as_bytes()),
        as_text("Zürich", "UTF-8")
    );
}

#[test]
fn utf_16_is_read_by_its_mark_and_by_its_pattern() {
    for text in [RUSSIAN, FRENCH, "Strike at the mill.\n"] {
        for (big, name) in [(false, "UTF-16LE"), (true, "UTF-16BE")] {
            assert_eq!(check(&wide(text, big)), as_text(text, name));
            assert_eq!(
                check(&wide(&format!("\u{feff}{text}"), big)),
                as_text(text, name)
            );
        }
    }
}

#[test]
fn half_a_character_of_utf_16_is_a_located_complaint() {
    let mut bytes = wide("\u{feff}On strike", false);
    bytes.push(b'x');
    let complaint = "ingest/undecodable: not valid UTF-16LE at line 1, column 10 (byte 20): found the byte 0x78";
    assert_eq!(check(&bytes), Err(complaint.to_owned()));
}

#[test]
fn windows_1251_and_1252_are_recognised() {
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(RUSSIAN);
    assert_eq!(check(&bytes), as_text(RUSSIAN, "windows-1251"));
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(FRENCH);
    assert_eq!(check(&bytes), as_text(FRENCH, "windows-1252"));
    let english = "The “Red Forge” – so the agent – paid £240 in Zürich’s café.\n";
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(english);
    assert_eq!(check(&bytes), as_text(english, "windows-1252"));
}

#[test]
fn a_given_encoding_is_obeyed_and_an_unknown_one_refused() {
    let (bytes, ..) = encoding_rs::KOI8_R.encode("Забастовка");
    assert_eq!(
        plain(&bytes, Some("koi8-r")).map(|text| text.text),
        Ok("Забастовка".to_owned())
    );
    let error = plain(b"x", Some("klingon")).expect_err("there is no such encoding");
    assert_eq!(error.code(), "ingest/unknown-encoding");
    let error = plain(b"caf\xe9 noir", Some("utf-8")).expect_err("that is not UTF-8");
    assert_eq!(
        error.to_string(),
        "not valid UTF-8 at line 1, column 4 (byte 3): found the byte 0xE9"
    );
}

#[test]
fn invalid_utf_8_is_refused_with_its_line_column_and_byte() {
    for (bytes, complaint) in [
        (
            &b"first\nsecond \xff line\n"[..],
            "line 2, column 8 (byte 13): found the byte 0xFF",
        ),
        (
            b"caf\xc3\xa9 and \xc3(",
            "line 1, column 10 (byte 10): found the byte 0xC3",
        ),
        (
            b"cut short \xe2\x80",
            "line 1, column 11 (byte 10): found the bytes 0xE2 0x80",
        ),
        (
            b"plain \x80\x81\xfe rubbish",
            "line 1, column 7 (byte 6): found the byte 0x80",
        ),
        (
            b"one \xe9\xff\xfe two",
            "line 1, column 5 (byte 4): found the byte 0xE9",
        ),
    ] {
        assert_eq!(
            check(bytes),
            Err(format!(
                "ingest/undecodable: not valid UTF-8 at {complaint}"
            ))
        );
    }
}

#[test]
fn one_wrong_byte_in_a_long_utf_8_text_is_not_taken_for_another_encoding() {
    let mut bytes = RUSSIAN.repeat(20).into_bytes();
    let at = RUSSIAN.len() * 3;
    bytes.insert(at, 0xe9);
    let complaint = format!(
        "ingest/undecodable: not valid UTF-8 at line 4, column 1 (byte {at}): found the byte 0xE9"
    );
    assert_eq!(check(&bytes), Err(complaint));
}

#[test]
fn documents_of_other_kinds_are_recognised_whatever_their_name() {
    for (bytes, what) in [
        (&b"%PDF-1.4\n1 0 obj << >> endobj\n"[..], "a PDF document"),
        (
            b"PK\x03\x04\x14\x00\x06\x00 rest",
            "a ZIP archive (or a DOCX, ODT or EPUB, which are ZIP archives too)",
        ),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "an image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "an image"),
        (b"{\\rtf1\\ansi Report}", "an RTF document"),
        (b"\n<!DOCTYPE html><title>Report</title>", "an HTML page"),
        (b"<?xml version=\"1.0\"?><TEI/>", "an XML document"),
    ] {
        let complaint = format!("ingest/document: this is {what}, not plain text");
        assert_eq!(check(bytes), Err(complaint));
    }
}

#[test]
fn a_text_that_begins_like_a_file_of_another_kind_is_still_a_text() {
    for text in [
        "BMW workers strike",
        "MZ factory, Zschopau",
        "ID3 is a cell",
        "GIF89a strange title",
        "Rar! a cry",
    ] {
        assert_eq!(check(text.as_bytes()), as_text(text, "UTF-8"));
    }
}

#[test]
fn binary_data_is_refused_at_its_first_nul() {
    let complaint = "ingest/binary: not text: a NUL character at line 2, column 3 (byte 6)";
    assert_eq!(
        check(b"abc\nde\0f and some more words of text\0"),
        Err(complaint.to_owned())
    );
    let noise: Vec<u8> = (1..=8).cycle().take(100).collect();
    assert!(check(&noise).is_err_and(|complaint| complaint.starts_with("ingest/binary")));
}

#[test]
fn empty_and_blank_files_say_so() {
    assert_eq!(
        check(b""),
        Err("ingest/empty: the file is empty".to_owned())
    );
    for blank in [&b" \r\n\t\n"[..], b"\xef\xbb\xbf", b"\xff\xfe"] {
        assert_eq!(
            check(blank),
            Err("ingest/empty: the file holds nothing but white space".to_owned())
        );
    }
}

#[test]
fn a_line_that_no_report_has_is_refused() {
    let bytes = [b"Report\n".to_vec(), vec![b'a'; 100 << 20]].concat();
    let complaint =
        "ingest/line-too-long: line 2 is 100 MiB long, the most that is read is 256 KiB";
    assert_eq!(check(&bytes), Err(complaint.to_owned()));
}

#[test]
fn a_file_of_more_than_256_mib_is_refused() {
    let bytes = vec![b'\n'; LARGEST_FILE + 1];
    assert!(check(&bytes).is_err_and(|complaint| complaint.starts_with("ingest/too-large")));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = check(&bytes);
    }

    #[test]
    fn text_comes_back_as_it_was(text in "[a-zа-яé“”,.\n ]{1,80}x") {
        prop_assert_eq!(check(text.as_bytes()), as_text(&text, "UTF-8"));
    }

    #[test]
    fn a_wrong_byte_in_plain_english_is_located(before in "[a-z \n]{0,60}", after in "[a-z \n]{0,60}") {
        let bytes = [before.as_bytes(), b" \xff ", after.as_bytes()].concat();
        let place = Place::after(&format!("{before} "), before.len() + 1);
        prop_assert_eq!(check(&bytes), Err(format!("ingest/undecodable: not valid UTF-8 at {place}: found the byte 0xFF")));
    }
}
