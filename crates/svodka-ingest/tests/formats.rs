//! Every format, as other people's programs write it. The binary ones are made by `fixtures/make.py`.

use svodka_ingest::{Document, Format, Hint, IngestError, Intake, Warning, Witness, limits, read};

fn intake(bytes: &[u8], name: &str) -> Result<Intake, IngestError> {
    let hint = Hint {
        name: Some(name),
        encoding: None,
    };
    read(bytes, &hint)
}

/// The one document of a file.
fn drawn(bytes: &[u8], name: &str) -> Document {
    let mut documents = intake(bytes, name).expect("it is read").documents;
    assert_eq!(documents.len(), 1);
    let document = documents.remove(0);
    check_map(&document);
    document
}

/// The laws of the map.
fn check_map(document: &Document) {
    let starts: Vec<usize> = document.map.starts().collect();
    assert_eq!(starts[0], 0);
    assert!(starts.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(starts.iter().all(|&start| start <= document.text.len()));
    assert!(
        starts
            .iter()
            .all(|&start| document.text.is_char_boundary(start))
    );
    let written = serde_json::to_string(&document.map).expect("a map can be written");
    let again = serde_json::from_str(&written).expect("and read");
    assert_eq!(document.map, again);
}

fn code(bytes: &[u8], name: &str) -> &'static str {
    intake(bytes, name).expect_err("it is refused").code()
}

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("fixtures/", $name))
    };
}

const TITLE: &str = "Report on the strike at the Halden Works";
const FIRST: &str = "On 3 May 1923 some 400 workers of the Halden Works struck for higher wages. Two of them, Orlov and Lenz, were arrested the same night.";
const SECOND: &str = "The police searched the reading room and took away a bundle of leaflets.";
const TAIL: &str = "- The foundry stood still for three days.\n- The rolling mill worked with half its men.\n\nShop | On strike\nFoundry | 250\nRolling mill | 150";

#[test]
fn a_word_document_keeps_paragraphs_lists_and_tables_and_maps_to_paragraphs() {
    let document = drawn(fixture!("report.docx"), "report.docx");
    assert_eq!(document.format, Format::Docx);
    let text = format!("{TITLE}\n\n{FIRST}\n\n{SECOND}\n\n{TAIL}\n\nNothing further was found.");
    assert_eq!(document.text, text);
    let at = |words: &str| document.origin(document.text.find(words).expect("it stands there"));
    assert_eq!(at("Orlov").paragraph, Some(2));
    assert_eq!(
        (at("Nothing").paragraph, at("Nothing").page),
        (Some(13), Some(2))
    );
    let title = document.metadata.title.expect("it has one");
    assert_eq!(title.value, TITLE);
    assert_eq!(
        title.by,
        Witness::Document("DOCX core properties: title".to_owned())
    );
    assert_eq!(
        document.metadata.date, None,
        "when a file was made is not when the report was"
    );
    assert!(document.metadata.file_created.is_some());
}

#[test]
fn an_open_document_sets_footnotes_after_their_paragraph() {
    let document = drawn(fixture!("report.odt"), "report.odt");
    let text =
        format!("{TITLE}\n\n{FIRST} [1]\n\n[1] The manager gives 380.\n\n{SECOND}\n\n{TAIL}");
    assert_eq!(
        (document.format, document.text.as_str()),
        (Format::Odt, text.as_str())
    );
    let at = document.text.find("380").expect("it stands there");
    assert_eq!(document.origin(at).paragraph, Some(2));
    assert_eq!(
        document.origin(at).page,
        None,
        "the file does not tell its pages"
    );
}

#[test]
fn a_pdf_keeps_its_lines_and_pages_and_its_paragraphs_stand_apart() {
    let document = drawn(fixture!("report.pdf"), "report.pdf");
    let text = "Report on the strike at the\nHalden Works\n\nOn 3 May 1923 some 400 workers of the Halden Works\nstruck for higher wages. Two of them, Orlov and Lenz, were\narrested the same night.\n\nThe police searched the reading room and took away a\nbundle of leaflets.\nNothing further was found.";
    assert_eq!(
        (document.format, document.text.as_str()),
        (Format::Pdf, text)
    );
    let origin = document.origin(text.find("Orlov").expect("it stands there"));
    assert_eq!((origin.page, origin.line), (Some(1), Some(4)));
    let origin = document.origin(text.find("further").expect("it stands there"));
    assert_eq!((origin.page, origin.line), (Some(2), Some(1)));
    assert_eq!(document.metadata.date, None);
    assert_eq!(
        document.metadata.title.map(|told| told.value),
        Some(TITLE.to_owned())
    );
}

#[test]
fn a_scan_names_the_command_that_recognises_it_and_a_locked_pdf_says_so() {
    let error = intake(fixture!("scan.pdf"), "scan.pdf").expect_err("no text");
    assert_eq!(error.code(), "ingest/scan");
    assert!(error.remedy().contains("ocrmypdf IN.pdf OUT.pdf"));
    assert_eq!(
        code(fixture!("locked.pdf"), "locked.pdf"),
        "ingest/encrypted"
    );
}

#[test]
fn a_pdf_cut_short_anywhere_is_refused_or_read_but_never_stops_us() {
    let whole = fixture!("report.pdf");
    for length in (8..whole.len()).step_by(97) {
        if let Err(error) = intake(&whole[..length], "report.pdf") {
            assert!(error.code().starts_with("ingest/"));
        }
    }
    assert_eq!(code(&whole[..400], "report.pdf"), "ingest/damaged");
}

#[test]
fn a_book_is_read_in_the_order_of_its_spine_without_its_table_of_contents() {
    let document = drawn(fixture!("report.epub"), "report.epub");
    let text = format!("{TITLE}\n\n{FIRST}\n\nSearches\n\n{SECOND}");
    assert_eq!(
        (document.format, document.text.as_str()),
        (Format::Epub, text.as_str())
    );
    let origin = document.origin(text.find("leaflets").expect("it stands there"));
    assert_eq!(origin.part.as_deref(), Some("EPUB/chapter 2.xhtml"));
    assert_eq!(origin.element.as_deref(), Some("/html[1]/body[1]/p[1]"));
}

#[test]
fn an_e_mail_gives_its_text_and_its_headers_and_tells_what_it_leaves_out() {
    let document = drawn(fixture!("report.eml"), "report.eml");
    assert_eq!(document.format, Format::Email);
    assert_eq!(
        document.text,
        format!("{FIRST}\n\nZürich knows of it. {SECOND}")
    );
    let metadata = &document.metadata;
    assert_eq!(
        metadata.date.as_ref().map(|told| told.value.as_str()),
        Some("2001-05-07")
    );
    assert_eq!(metadata.authors[0].value, "Inspector Brandt");
    assert_eq!(metadata.addressees[0].value, "Archive");
    assert!(
        matches!(&document.warnings[..], [Warning::Skipped { what, .. }] if what == "scan.pdf")
    );
}

#[test]
fn an_e_mail_in_another_encoding_than_it_says_is_refused() {
    let bytes = b"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nStrike in Z\xfcrich.\r\n";
    assert_eq!(code(bytes, "a.eml"), "ingest/damaged");
}

#[test]
fn a_typed_report_with_from_and_to_is_no_e_mail() {
    let bytes =
        b"From: Inspector Brandt\nTo: The Ministry\nDate: 4 May 1923\n\nThe strike goes on.\n";
    assert_eq!(drawn(bytes, "report.txt").format, Format::Text);
}

#[test]
fn a_zip_brings_its_reports_and_names_those_it_cannot_read() {
    let intake = intake(fixture!("reports.zip"), "reports.zip").expect("some can be read");
    let read: Vec<_> = intake
        .documents
        .iter()
        .filter_map(|it| it.entry.as_deref())
        .collect();
    assert_eq!(read, ["1923/report.txt", "../../etc/report.docx"]);
    let refused: Vec<_> = intake
        .refused
        .iter()
        .map(|it| (it.entry.as_str(), it.error.code()))
        .collect();
    let expected = [
        ("locked.pdf", "ingest/encrypted"),
        ("noise.txt", "ingest/binary"),
        ("inner.zip", "ingest/nested-archive"),
    ];
    assert_eq!(refused, expected);
    let metadata = &intake.documents[0].metadata;
    let date = metadata.date.as_ref().expect("its sidecar gives one");
    assert_eq!(
        (date.value.as_str(), &date.by),
        ("1923-05-04", &Witness::Sidecar)
    );
    assert_eq!(metadata.authors[0].value, "Brandt");
}

#[test]
fn bombs_are_refused_before_they_fill_the_memory() {
    assert_eq!(code(fixture!("bomb.zip"), "bomb.zip"), "ingest/bomb");
    assert_eq!(code(fixture!("bomb.docx"), "bomb.docx"), "ingest/bomb");
}

#[test]
fn a_zip_cut_short_is_refused() {
    let whole = fixture!("reports.zip");
    assert_eq!(
        code(&whole[..whole.len() / 2], "reports.zip"),
        "ingest/damaged"
    );
    assert_eq!(
        code(
            b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            "empty.zip"
        ),
        "ingest/no-report"
    );
}

#[test]
fn markdown_is_known_by_its_name_and_keeps_what_it_says() {
    let source = "---\ntitle: The May strike\ndate: 2020-01-01\n---\n# Report\n\nOn *3 May* they\nstruck.[^a]\n\n1. Foundry\n2. Mill\n\n| Shop | Men |\n|--|--|\n| Foundry | 250 |\n\n[^a]: The manager denies it.\n";
    let document = drawn(source.as_bytes(), "report.md");
    let text = "Report\n\nOn 3 May they struck. [a]\n\n1. Foundry\n2. Mill\n\nShop | Men\nFoundry | 250\n\n[a] The manager denies it.";
    assert_eq!(
        (document.format, document.text.as_str()),
        (Format::Markdown, text)
    );
    assert_eq!(
        document
            .origin(text.find("Mill").expect("it stands there"))
            .line,
        Some(11)
    );
    assert_eq!(document.metadata.date, None);
    assert_eq!(
        drawn(source.as_bytes(), "report.txt").text,
        source,
        "a .txt stays as it is"
    );
}

#[test]
fn a_page_gives_its_main_text_without_its_furniture() {
    let source = "<!DOCTYPE html>\n<html lang=en><head><title>The strike</title><meta name=author content='A. Brandt'><style>p{}</style></head>\n<body><header>The Archive</header><nav><ul><li>Home<li>Search</ul></nav>\n<div class=sidebar>Read also</div>\n<main><h1>The strike</h1>\n<p>On 3 May they\nstruck<sup><a href='#n1'>1</a></sup>. &Uuml;ber 400 &amp; more.\n<p>Police came.<br>They left.\n<ul><li>Foundry<li><p>Mill</p></ul>\n<table><tr><th>Shop<th>Men<tr><td>Foundry<td>250</table>\n<script>alert('x')</script></main><footer>Imprint</footer></body></html>";
    let document = drawn(source.as_bytes(), "page.html");
    let text = "The strike\n\nOn 3 May they struck [1] . Über 400 & more.\n\nPolice came.\nThey left.\n\n- Foundry\n- Mill\n\nShop | Men\nFoundry | 250";
    assert_eq!(
        (document.format, document.text.as_str()),
        (Format::Html, text)
    );
    let origin = document.origin(text.find("Police").expect("it stands there"));
    assert_eq!(
        (origin.line, origin.element.as_deref()),
        (Some(8), Some("/html[1]/body[1]/main[1]/p[2]"))
    );
    assert_eq!(
        document.metadata.title.map(|told| told.value),
        Some("The strike".to_owned())
    );
}

#[test]
fn a_page_in_an_older_encoding_is_read_by_what_its_head_says() {
    let (source, ..) = encoding_rs::WINDOWS_1251
        .encode("<html><head><meta charset=windows-1251></head><body><p>Стачка</p></body></html>");
    let document = drawn(&source, "page.html");
    assert_eq!(
        (document.text.as_str(), document.encoding),
        ("Стачка", "windows-1251")
    );
}

const TEI: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title>Brandt to the ministry</title><author>Brandt</author></titleStmt>
<publicationStmt><date when="2011"/></publicationStmt>
<sourceDesc><msDesc><msIdentifier><repository>City Archive</repository><idno>B 17/3</idno></msIdentifier></msDesc></sourceDesc>
</fileDesc><profileDesc><creation><date when="1923-05-04">4 May</date></creation></profileDesc></teiHeader>
<text><body><pb n="3r"/><head>Report</head>
<p>On 3 May the <choice><sic>foundery</sic><corr>foundry</corr></choice> men struck<note n="a">So the <hi>manager</hi>.</note>. The po-<lb break="no"/>lice
searched the <pb n="3v"/>reading <del>hall</del> room.</p>
<p>The <gap reason="illegible"/> was <choice><abbr>arr.</abbr><expan>arrested</expan></choice>.</p>
<list><item>Orlov</item><item>Lenz</item></list>
<p part="I">They were</p><pb n="4r"/><fw>page 4</fw><p part="F">let go.</p>
</body></text></TEI>"#;

#[test]
fn an_edition_gives_its_edited_reading_and_its_header_as_metadata() {
    let document = drawn(TEI.as_bytes(), "letter.xml");
    let text = "Report\n\nOn 3 May the foundry men struck [a] . The police searched the reading room.\n\n[a] So the manager.\n\nThe […] was arrested.\n\n- Orlov\n- Lenz\n\nThey were let go.";
    assert_eq!(
        (document.format, document.text.as_str()),
        (Format::Tei, text)
    );
    let origin = document.origin(text.find("reading").expect("it stands there"));
    assert_eq!(origin.page_label.as_deref(), Some("3v"));
    assert_eq!(
        origin.element.as_deref(),
        Some("/TEI[1]/text[1]/body[1]/p[1]")
    );
    let metadata = &document.metadata;
    let value = |told: &Option<svodka_ingest::Told>| {
        told.as_ref()
            .map(|told| told.value.clone())
            .unwrap_or_default()
    };
    assert_eq!(value(&metadata.date), "1923-05-04");
    assert_eq!(value(&metadata.published), "2011");
    assert_eq!(
        (value(&metadata.reference), value(&metadata.repository)),
        ("B 17/3".to_owned(), "City Archive".to_owned())
    );
}

#[test]
fn xml_entities_beyond_the_five_are_never_expanded() {
    let bomb = "<!DOCTYPE TEI [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n<TEI><text>&b;</text></TEI>";
    let source = format!("<?xml version='1.0'?>{bomb}");
    assert_eq!(code(source.as_bytes(), "a.xml"), "ingest/xml-entity");
    let numbered = "<?xml version='1.0'?><TEI><text><p>Z&#xFC;rich &amp; Basel</p></text></TEI>";
    assert_eq!(drawn(numbered.as_bytes(), "a.xml").text, "Zürich & Basel");
}

#[test]
fn broken_deep_and_unknown_xml_each_say_what_they_are() {
    assert_eq!(
        code(&TEI.as_bytes()[..TEI.len() - 40], "a.xml"),
        "ingest/damaged"
    );
    let deep = format!("<TEI>{}", "<p>".repeat(limits::DEEPEST + 5));
    assert_eq!(code(deep.as_bytes(), "a.xml"), "ingest/too-deep");
    assert_eq!(
        code(b"<?xml version='1.0'?><invoice>12</invoice>", "a.xml"),
        "ingest/unknown-xml"
    );
    assert_eq!(
        code(
            b"<?xml version='1.0' encoding='utf-8'?><TEI><text>caf\xe9</text></TEI>",
            "a.xml"
        ),
        "ingest/undecodable"
    );
}

const ALTO: &str = r#"<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout>
<Page PHYSICAL_IMG_NR="7"><TopMargin><TextBlock><TextLine><String CONTENT="HEAD"/></TextLine></TextBlock></TopMargin>
<PrintSpace><TextBlock ID="b1">
<TextLine><String CONTENT="Some"/><SP/><String CONTENT="work" SUBS_TYPE="HypPart1" SUBS_CONTENT="workers"/><HYP CONTENT="-"/></TextLine>
<TextLine><String CONTENT="ers" SUBS_TYPE="HypPart2" SUBS_CONTENT="workers"/><SP/><String CONTENT="struck"/></TextLine>
<TextLine><String CONTENT="and"/><SP/><String CONTENT="marc"/><HYP CONTENT="-"/></TextLine>
<TextLine><String CONTENT="hed."/></TextLine></TextBlock>
<TextBlock><TextLine><String CONTENT="A well-"/></TextLine><TextLine><String CONTENT="known"/><SP/><String CONTENT="man."/></TextLine></TextBlock>
</PrintSpace></Page></Layout></alto>"#;

#[test]
fn alto_joins_only_the_words_it_marks_as_parted() {
    let document = drawn(ALTO.as_bytes(), "p7.xml");
    let text = "Some workers struck and marched.\n\nA well- known man.";
    assert_eq!(
        (document.format, document.text.as_str()),
        (Format::Alto, text)
    );
    let origin = document.origin(text.find("struck").expect("it stands there"));
    assert_eq!(
        (origin.page, origin.page_label.as_deref(), origin.line),
        (Some(1), Some("7"), Some(2))
    );
    assert_eq!(
        code(
            b"<alto><Layout><Page><PrintSpace/></Page></Layout></alto>",
            "p.xml"
        ),
        "ingest/scan"
    );
}

#[test]
fn page_xml_follows_its_reading_order_and_leaves_running_heads() {
    let region = |id: &str, kind: &str, lines: &[&str]| {
        let lines: String = lines
            .iter()
            .map(|line| {
                format!("<TextLine><TextEquiv><Unicode>{line}</Unicode></TextEquiv></TextLine>")
            })
            .collect();
        format!("<TextRegion id=\"{id}\" type=\"{kind}\">{lines}</TextRegion>")
    };
    let source = format!(
        "<PcGts><Page imageFilename=\"s.jpg\"><ReadingOrder><OrderedGroup><RegionRefIndexed index=\"0\" regionRef=\"b\"/><RegionRefIndexed index=\"1\" regionRef=\"a\"/></OrderedGroup></ReadingOrder>{}{}{}</Page></PcGts>",
        region("h", "header", &["12"]),
        region("a", "paragraph", &["They went."]),
        region("b", "paragraph", &["The work¬", "ers met"]),
    );
    let document = drawn(source.as_bytes(), "s.xml");
    assert_eq!(
        (document.format, document.text.as_str()),
        (Format::Page, "The workers met\n\nThey went.")
    );
}

#[test]
fn hocr_is_told_from_other_pages_and_keeps_its_pages_and_lines() {
    let source = "<?xml version=\"1.0\"?>\n<!DOCTYPE html><html><head><title>scan</title><meta name='ocr-system' content='x'/></head><body>\n<div class='ocr_page'><div class='ocr_carea'><p class='ocr_par'>\n<span class='ocr_line'><span class='ocrx_word'>The</span> <span class='ocrx_word'>work\u{ad}</span></span>\n<span class='ocr_line'><span class='ocrx_word'>ers</span> <span class='ocrx_word'>met.</span></span></p></div></div>\n<div class='ocr_page'><p class='ocr_par'><span class='ocr_line'><span class='ocrx_word'>Nothing.</span></span></p></div></body></html>";
    let document = drawn(source.as_bytes(), "scan.hocr");
    assert_eq!(
        (document.format, document.text.as_str()),
        (Format::Hocr, "The workers met.\n\nNothing.")
    );
    let origin = document.origin(document.text.find("Nothing").expect("it stands there"));
    assert_eq!((origin.page, origin.line), (Some(2), Some(1)));
}

#[test]
fn the_bytes_are_believed_before_the_name() {
    let document = drawn(fixture!("report.docx"), "report.pdf");
    assert_eq!(document.format, Format::Docx);
    assert!(
        matches!(&document.warnings[..], [Warning::Extension { extension, .. }] if extension == "pdf")
    );
    assert_eq!(drawn(b"Plain words.\n", "report.docx").format, Format::Text);
    assert!(
        drawn(TEI.as_bytes(), "letter").warnings.is_empty(),
        "no extension says nothing wrong"
    );
}
