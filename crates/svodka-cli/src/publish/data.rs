//! The files that the page reads where there is nobody to ask: answers of the server as they are, and lists by which the page itself chooses.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::words::Words;
use crate::problem::{Problem, Status};
use crate::project;
use crate::serve::{Inside, Row};

/// How many claims stand in a file.
const CLAIMS: usize = 200;

/// How many are read at once, in whole files: those of a time stand in many reports, each of which is opened for all of them together.
const AT_ONCE: usize = 25 * CLAIMS;

/// How many rows the server gives at once, and how many contradictions.
const ROWS: usize = 1000;
const OPPOSED: usize = 500;

/// How many files lie in a folder.
const FOLDER: i64 = 1000;

/// The folder that is being written.
pub struct Tree<'a> {
    pub inside: &'a Inside,
    pub root: &'a Path,
}

impl Tree<'_> {
    /// Writes a file.
    pub fn put(&self, path: &str, contents: &[u8]) -> Result<(), Problem> {
        let (mut file, told) = self.file(path)?;
        file.write_all(contents)
            .and_then(|()| file.flush())
            .map_err(|error| unwritten(&told, &error))
    }

    fn file(&self, path: &str) -> Result<(BufWriter<File>, PathBuf), Problem> {
        let path = self.root.join(path);
        let parent = path.parent().unwrap_or(self.root);
        let file = fs::create_dir_all(parent).and_then(|()| File::create(&path));
        match file {
            Ok(file) => Ok((BufWriter::new(file), path)),
            Err(error) => Err(unwritten(&path, &error)),
        }
    }

    /// Writes what the server answers to a path.
    fn copy(&self, path: &str, to: &str) -> Result<(), Problem> {
        self.put(to, &self.inside.get(path)?)
    }

    /// Everything; gives the words that reports begin with and the kinds of claim that there are, for `site.json`.
    pub fn write(&self) -> Result<(Vec<String>, Vec<String>), Problem> {
        self.inside.weigh()?;
        self.copy("/api/project", "data/project.json")?;
        let reports = self.list("/api/reports", "reports", ROWS)?;
        let things = self.list("/api/things", "things", ROWS)?;
        self.list("/api/contradictions", "contradictions", OPPOSED)?;
        let words = self.reports(&reports)?;
        self.things(&things)?;
        let kinds = self.claims()?;
        self.pictures(&kinds)?;
        Ok((words, kinds))
    }

    /// A list that the server gives page by page, whole; gives the numbers of what is in it.
    fn list(&self, path: &str, name: &str, page: usize) -> Result<Vec<i64>, Problem> {
        let mut all: Vec<Value> = Vec::new();
        let mut whole = loop {
            let mut answer = self
                .inside
                .json(&format!("{path}?limit={page}&skip={}", all.len()))?;
            let Some(Value::Array(part)) = answer.get_mut(name).map(Value::take) else {
                break answer;
            };
            let last = part.len() < page;
            all.extend(part);
            if last {
                break answer;
            }
        };
        let number = |row: &Value| row.get("id").or(row.get("number"))?.as_i64();
        let numbers = all.iter().filter_map(number).collect();
        whole[name] = Value::from(all);
        self.put(&format!("data/{name}.json"), whole.to_string().as_bytes())?;
        Ok(numbers)
    }

    /// Each report, and its words; gives what these begin with.
    fn reports(&self, reports: &[i64]) -> Result<Vec<String>, Problem> {
        let mut words = Words::default();
        let mut sorted = reports.to_vec();
        sorted.sort_unstable();
        let mut next = sorted.iter();
        let paths = sorted.iter().map(|report| format!("/api/reports/{report}"));
        self.inside.each(paths, &mut |body| {
            let Some(report) = next.next() else {
                return Ok(());
            };
            let told: Value = serde_json::from_slice(&body).unwrap_or_default();
            words.take(*report, told["text"].as_str().unwrap_or_default());
            self.put(&numbered("report", *report), &body)
        })?;
        for (name, words) in words.files() {
            self.put(&format!("data/words/{name}.json"), words.as_bytes())?;
        }
        Ok(words.beginnings().map(str::to_owned).collect())
    }

    /// Each thing, with all that is claimed of it.
    fn things(&self, things: &[i64]) -> Result<(), Problem> {
        let mut next = things.iter();
        let paths = things
            .iter()
            .map(|thing| format!("/api/things/{thing}?limit={ROWS}&support=true"));
        self.inside.each(paths, &mut |body| match next.next() {
            Some(thing) => self.put(&numbered("thing", *thing), &body),
            None => Ok(()),
        })
    }

    /// All claims in the order of time, so many to a file, as a table, and the columns by which the page chooses; gives their kinds.
    fn claims(&self) -> Result<Vec<String>, Problem> {
        let mut columns = Columns::default();
        let mut file = 0;
        let (mut table, told) = self.file("download/claims.csv")?;
        let unwritten = |error: std::io::Error| unwritten(&told, &error);
        table
            .write_all(project::claims_head().as_bytes())
            .map_err(unwritten)?;
        self.inside.claims(AT_ONCE, &mut |part| {
            for claims in part.claims.chunks(CLAIMS) {
                let claims = json!(claims).to_string();
                self.put(&numbered("claims", file), claims.as_bytes())?;
                file += 1;
            }
            part.rows.into_iter().for_each(|row| columns.take(row));
            table.write_all(part.lines.as_bytes()).map_err(unwritten)
        })?;
        table.flush().map_err(unwritten)?;
        self.put("data/claims.json", columns.json().to_string().as_bytes())?;
        Ok(columns.kind.values.into_keys().collect())
    }

    /// Network and map, of all claims and of each kind, and strikes by month.
    fn pictures(&self, kinds: &[String]) -> Result<(), Problem> {
        for picture in ["network", "map"] {
            self.copy(
                &format!("/api/{picture}"),
                &format!("data/{picture}/all.json"),
            )?;
            for kind in kinds {
                self.copy(
                    &format!("/api/{picture}?kind={kind}"),
                    &format!("data/{picture}/of-{kind}.json"),
                )?;
            }
        }
        self.copy("/api/stats?kind=strike&by=month,cause", "data/strikes.json")
    }
}

/// Where something with a number lies.
fn numbered(folder: &str, number: i64) -> String {
    format!("data/{folder}/{}/{number}.json", number / FOLDER)
}

fn unwritten(path: &Path, error: &std::io::Error) -> Problem {
    Problem::new(Status::Output, format!("{}: {error}", path.display()))
}

/// Words of a column, each once.
#[derive(Default)]
struct Column {
    values: BTreeMap<String, usize>,
    /// Of each claim, which of them by the order in which they came; −1 for none.
    claims: Vec<i64>,
}

impl Column {
    fn take(&mut self, value: Option<String>) {
        let Some(value) = value else {
            self.claims.push(-1);
            return;
        };
        let next = self.values.len();
        let place = *self.values.entry(value).or_insert(next);
        self.claims.push(i64::try_from(place).unwrap_or(-1));
    }

    fn json(&self) -> Value {
        let mut values: Vec<(&String, &usize)> = self.values.iter().collect();
        values.sort_by_key(|(_, place)| **place);
        let values: Vec<&String> = values.into_iter().map(|(value, _)| value).collect();
        json!({"values": values, "claims": self.claims})
    }
}

/// What the page chooses claims by: a list for each column, in the order of the claims.
#[derive(Default)]
struct Columns {
    kind: Column,
    certainty: Column,
    status: Column,
    grade: Column,
    first: Vec<Option<i32>>,
    last: Vec<Option<i32>>,
    dated: Vec<u8>,
    said: Vec<Vec<i64>>,
    things: Vec<Vec<i64>>,
}

impl Columns {
    fn take(&mut self, row: Row) {
        self.kind.take(Some(row.kind));
        self.certainty.take(Some(row.certainty));
        self.status.take(Some(row.status));
        self.grade.take(row.grade);
        self.dated.push(row.days.is_some().into());
        let (first, last) = row.days.unwrap_or_default();
        self.first.push(first);
        self.last.push(last);
        self.said.push(row.said);
        self.things.push(row.things);
    }

    fn json(&self) -> Value {
        json!({
            "kind": self.kind.json(), "certainty": self.certainty.json(), "status": self.status.json(), "grade": self.grade.json(),
            "dated": self.dated, "first": self.first, "last": self.last, "said": self.said, "things": self.things,
            "each": CLAIMS,
        })
    }
}
