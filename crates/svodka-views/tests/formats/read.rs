//! Reads each format back, as far as the laws ask: which claims are in it, with which quotation and certainty.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use roxmltree::{Document, Node};
use serde_json::Value;

/// What a format says of a claim.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    pub quotation: String,
    pub certainty: String,
}

pub type All = BTreeMap<String, Told>;

pub fn put(all: &mut All, key: &str, quotation: &str, certainty: &str) {
    let told = Told {
        quotation: quotation.to_owned(),
        certainty: certainty.to_owned(),
    };
    if let Some(before) = all.insert(key.to_owned(), told) {
        assert_eq!(before, all[key], "the claim {key} is told twice, otherwise");
    }
}

fn table(path: &Path, key: &str) -> All {
    let mut all = All::new();
    let mut rows = ::csv::Reader::from_path(path).expect("a table");
    for row in rows.deserialize::<BTreeMap<String, String>>() {
        let row = row.expect("a row");
        let quotation = row["quotation"]
            .strip_prefix('\'')
            .unwrap_or(&row["quotation"]);
        put(&mut all, &row[key], quotation, &row["certainty"]);
    }
    all
}

pub fn csv(folder: &Path) -> All {
    table(&folder.join("claims.csv"), "claim")
}

pub fn capture(folder: &Path) -> All {
    let mut on: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows = ::csv::Reader::from_path(folder.join("captures.csv")).expect("a table");
    let mut told: Vec<(String, String)> = Vec::new();
    for row in rows.deserialize::<BTreeMap<String, String>>() {
        let row = row.expect("a row");
        if row["counts"] == "true" {
            told.push((row["person"].clone(), row["list"].clone()));
        }
    }
    told.sort();
    told.dedup();
    for (person, _) in &told {
        *on.entry(person.clone()).or_default() += 1;
    }
    let mut matrix = ::csv::Reader::from_path(folder.join("matrix.csv")).expect("a table");
    let mut people = 0;
    for row in matrix.records() {
        let row = row.expect("a row");
        let ones = row.iter().skip(4).filter(|cell| *cell == "1").count();
        assert_eq!(on.get(&row[0]), Some(&ones), "{row:?}");
        assert_eq!(row[3], ones.to_string());
        people += 1;
    }
    assert_eq!(people, on.len());
    table(&folder.join("captures.csv"), "claim")
}

fn unzipped(path: &Path) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(File::open(path).expect("a file")).expect("a ZIP");
    let mut files = BTreeMap::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).expect("an entry");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("text");
        let name = file.name().expect("a name").into_owned();
        files.insert(name, text);
    }
    files
}

pub fn xlsx(folder: &Path) -> All {
    let files = unzipped(&folder.join("svodka.xlsx"));
    let book = Document::parse(&files["xl/workbook.xml"]).expect("XML");
    let place = book
        .descendants()
        .filter(|node| node.tag_name().name() == "sheet")
        .position(|node| node.attribute("name") == Some("claims"));
    let place = place.expect("a sheet of claims") + 1;
    let sheet = Document::parse(&files[&format!("xl/worksheets/sheet{place}.xml")]).expect("XML");
    let mut rows = sheet
        .descendants()
        .filter(|node| node.tag_name().name() == "row");
    let cells = |row: Node<'_, '_>| -> BTreeMap<String, String> {
        let cells = row.children().filter(Node::is_element);
        let letters = |cell: &Node<'_, '_>| -> String {
            let at = cell.attribute("r").unwrap_or_default();
            at.chars().filter(char::is_ascii_alphabetic).collect()
        };
        cells
            .map(|cell| {
                let words = cell
                    .descendants()
                    .filter(Node::is_text)
                    .filter_map(|node| node.text())
                    .collect::<String>();
                (
                    letters(&cell),
                    words
                        .replace("_x0001_", "\u{1}")
                        .replace("_x000D_", "\r")
                        .replace("_x000C_", "\u{c}"),
                )
            })
            .collect()
    };
    let heads: BTreeMap<String, String> = cells(rows.next().expect("a heading"))
        .into_iter()
        .map(|(letters, name)| (name, letters))
        .collect();
    let mut all = All::new();
    for row in rows {
        let row = cells(row);
        let of = |name: &str| row[&heads[name]].as_str();
        put(&mut all, of("claim"), of("quotation"), of("certainty"));
    }
    all
}

pub fn parquet(folder: &Path) -> All {
    let file = File::open(folder.join("claims.parquet")).expect("a file");
    let reader = SerializedFileReader::new(file).expect("Parquet");
    let names: Vec<String> = reader
        .metadata()
        .file_metadata()
        .schema_descr()
        .columns()
        .iter()
        .map(|column| column.name().to_owned())
        .collect();
    let at = |name: &str| {
        names
            .iter()
            .position(|known| known == name)
            .expect("a column")
    };
    let mut all = All::new();
    for row in reader.get_row_iter(None).expect("rows") {
        let row = row.expect("a row");
        let of = |name: &str| row.get_string(at(name)).expect("text").as_str();
        put(&mut all, of("claim"), of("quotation"), of("certainty"));
    }
    all
}

pub fn annotations(folder: &Path) -> All {
    let text = fs::read_to_string(folder.join("annotations.jsonld")).expect("a file");
    let page: Value = serde_json::from_str(&text).expect("JSON");
    let mut all = All::new();
    for item in page["items"].as_array().expect("items") {
        let claim = &item["svodka:claim"];
        if claim.is_null() {
            continue;
        }
        let key = item["id"].as_str().expect("a name").rsplit('/').next();
        let quotation = item["target"]["selector"][0]["exact"].as_str();
        let certainty = claim["svodka:certainty"].as_str();
        put(
            &mut all,
            key.expect("a key"),
            quotation.expect("words"),
            certainty.expect("a word"),
        );
    }
    all
}

pub fn places(folder: &Path) -> All {
    let text = fs::read_to_string(folder.join("places.geojson")).expect("a file");
    let page: Value = serde_json::from_str(&text).expect("JSON");
    let mut all = All::new();
    for feature in page["features"].as_array().expect("features") {
        assert_eq!(feature["geometry"]["type"], "Point");
        for claim in feature["svodka:claims"].as_array().expect("claims") {
            let of = |name: &str| claim[name].as_str().expect("words");
            let key = of("@id").rsplit('/').next().expect("a key");
            put(
                &mut all,
                key,
                of("svodka:quotation"),
                of("svodka:certainty"),
            );
        }
    }
    all
}

pub fn ftm(folder: &Path) -> All {
    let text = fs::read_to_string(folder.join("entities.ftm.json")).expect("a file");
    let mut all = All::new();
    for line in text.lines() {
        let entity: Value = serde_json::from_str(line).expect("JSON");
        let values = |name: &str| -> Vec<&str> {
            let values = entity["properties"][name].as_array().into_iter().flatten();
            values.filter_map(Value::as_str).collect()
        };
        let [key] = values("recordId")[..] else {
            continue;
        };
        let certainty = values("summary").into_iter();
        let certainty = certainty
            .filter_map(|it| it.strip_prefix("certainty of the text: "))
            .next();
        put(
            &mut all,
            key,
            values("description")[0],
            certainty.expect("a certainty"),
        );
    }
    all
}

pub fn ipif(folder: &Path) -> All {
    let text = fs::read_to_string(folder.join("statements.json")).expect("a file");
    let list: Value = serde_json::from_str(&text).expect("JSON");
    let statements = list["statements"].as_array().expect("a list");
    assert_eq!(list["protocol"]["totalHits"], statements.len());
    let mut all = All::new();
    for statement in statements {
        let key = statement["@id"].as_str().expect("a name");
        let key = key.split('-').next().expect("a key");
        if key == "report" {
            continue;
        }
        let text = statement["statementText"].as_str().expect("words");
        let (told, quotation) = text.split_once("\nQuotation: ").expect("a quotation");
        let mut lines = told.lines();
        let certainty = lines.find_map(|line| line.strip_prefix("Certainty of the text: "));
        put(&mut all, key, quotation, certainty.expect("a certainty"));
    }
    all
}

pub fn gedcom(folder: &Path) -> All {
    let text = fs::read_to_string(folder.join("kin.ged")).expect("a file");
    assert!(text.starts_with("0 HEAD\n1 GEDC\n2 VERS 7.0\n") && text.ends_with("\n0 TRLR\n"));
    let mut all = All::new();
    let mut lines = text.lines().peekable();
    let mut key = String::new();
    let mut quotation = String::new();
    while let Some(line) = lines.next() {
        let mut parts = line.splitn(3, ' ');
        let (_, tag, words) = (parts.next(), parts.next().expect("a tag"), parts.next());
        let words = words.unwrap_or_default();
        match tag {
            "PAGE" => key = words[7..].split(',').next().expect("a key").to_owned(),
            "TEXT" => {
                quotation = words.to_owned();
                while let Some(more) = lines.next_if(|line| line.contains(" CONT")) {
                    quotation += "\n";
                    quotation += more.splitn(3, ' ').nth(2).unwrap_or_default();
                }
            }
            "NOTE" => {
                if let Some(certainty) = words.strip_prefix("Certainty of the text: ") {
                    put(&mut all, &key, &quotation, certainty);
                }
            }
            _ => {}
        }
    }
    all
}

pub fn gexf(folder: &Path) -> All {
    let text = fs::read_to_string(folder.join("network.gexf")).expect("a file");
    let document = Document::parse(&text).expect("XML");
    let named = |name: &'static str| {
        document
            .descendants()
            .filter(move |node| node.tag_name().name() == name)
    };
    let class = named("attributes").find(|node| node.attribute("class") == Some("edge"));
    let ids: BTreeMap<&str, &str> = class
        .expect("attributes of edges")
        .children()
        .filter_map(|node| Some((node.attribute("title")?, node.attribute("id")?)))
        .collect();
    let mut all = All::new();
    for edge in named("edge") {
        let values: BTreeMap<&str, &str> = edge
            .descendants()
            .filter_map(|node| Some((node.attribute("for")?, node.attribute("value")?)))
            .collect();
        let of = |name: &str| values[ids[name]];
        put(&mut all, of("claim"), of("quotation"), of("certainty"));
    }
    all
}

pub fn graphml(folder: &Path) -> All {
    let text = fs::read_to_string(folder.join("network.graphml")).expect("a file");
    let document = Document::parse(&text).expect("XML");
    let mut all = All::new();
    for edge in document
        .descendants()
        .filter(|node| node.tag_name().name() == "edge")
    {
        let values: BTreeMap<&str, &str> = edge
            .children()
            .filter_map(|node| Some((node.attribute("key")?, node.text()?)))
            .collect();
        put(
            &mut all,
            values["edge.claim"],
            values["edge.quotation"],
            values["edge.certainty"],
        );
    }
    all
}

pub fn tei(folder: &Path) -> All {
    let mut all = All::new();
    for path in files(folder) {
        let text = fs::read_to_string(path).expect("a file");
        let document = Document::parse(&text).expect("XML");
        for claim in document
            .descendants()
            .filter(|node| node.tag_name().name() == "annotation")
        {
            let id = claim
                .attribute(("http://www.w3.org/XML/1998/namespace", "id"))
                .expect("a name");
            let quotation = claim
                .children()
                .find(|node| node.attribute("type") == Some("quotation"));
            let quotation: String = quotation
                .expect("a quotation")
                .descendants()
                .filter(Node::is_text)
                .filter_map(|node| node.text())
                .collect();
            let ana = claim.attribute("ana").and_then(|ana| ana.split(' ').next());
            let certainty = ana
                .and_then(|ana| ana.rsplit('.').next())
                .expect("a certainty");
            put(
                &mut all,
                id.rsplit('.').next().expect("a key"),
                &quotation,
                certainty,
            );
        }
    }
    all
}

/// All files of a folder and those in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(files(&path)),
            path => found.push(path),
        }
    }
    found
}

/// Every word in the files of a folder, also in those that are packed.
pub fn everything(folder: &Path) -> String {
    let mut words = String::new();
    for path in files(folder) {
        words += &path
            .display()
            .to_string()
            .replace(&folder.display().to_string(), "");
        match path.extension().and_then(|end| end.to_str()) {
            Some("xlsx") => {
                words.extend(unzipped(&path).into_iter().map(|(name, text)| name + &text))
            }
            Some("parquet") => {
                let file = File::open(&path).expect("a file");
                let reader = SerializedFileReader::new(file).expect("Parquet");
                words += &format!("{:?}", reader.metadata().file_metadata());
                for row in reader.get_row_iter(None).expect("rows") {
                    words += &row.expect("a row").to_string();
                }
            }
            _ => words += &fs::read_to_string(&path).expect("text"),
        }
    }
    words
}
