//! Names as the HIPE-2022 corpora mark them: a word a line, its coarse type in the second column.

use std::collections::BTreeSet;
use std::ops::Range;

use indexmap::IndexMap;
use svodka_model::{Contract, Edtf};

use crate::Figure;

/// The coarse types, in the order in which they are printed.
const TYPES: [&str; 5] = ["pers", "loc", "org", "prod", "time"];

/// A piece of a newspaper with its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HipeDocument {
    /// Its name in the corpus.
    pub id: String,
    /// The day of the paper.
    pub date: Option<Edtf>,
    /// The words as they stand on the page, its lines included.
    pub text: String,
    /// Where the words stand, in code points.
    words: Vec<Range<usize>>,
    names: BTreeSet<HipeName>,
}

/// First word, one past the last, type.
type HipeName = (usize, usize, &'static str);

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct HipeError {
    /// From 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl HipeDocument {
    /// The documents of a file.
    pub fn parse(contents: &str) -> Result<Vec<HipeDocument>, HipeError> {
        let mut reader = Documents::default();
        for (index, line) in contents.lines().enumerate() {
            reader.line(line).map_err(|reason| HipeError {
                line: index + 1,
                reason,
            })?;
        }
        Ok(reader.documents)
    }

    /// The words that a range of code points touches.
    fn words_of(&self, place: Range<usize>) -> Range<usize> {
        let first = self.words.partition_point(|word| word.end <= place.start);
        let last = self.words.partition_point(|word| word.start < place.end);
        first..last.max(first)
    }
}

/// What has been read so far.
#[derive(Default)]
struct Documents {
    documents: Vec<HipeDocument>,
    /// The code points of the last text.
    length: usize,
    /// What stands between the last word and the next.
    gap: &'static str,
    /// Whether the name of the word before can go on.
    open: bool,
}

impl Documents {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if let Some(about) = line.strip_prefix("# ") {
            self.about(about);
            return Ok(());
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [word, label, .., misc] = columns.as_slice() else {
            self.open = false;
            return match line.trim() {
                "" => Ok(()),
                _ => Err("columns divided by tabs were expected".to_owned()),
            };
        };
        if *word == "TOKEN" {
            return Ok(());
        }
        let Some(document) = self.documents.last_mut() else {
            return Err("a word stands before the line that names its document".to_owned());
        };
        if !document.words.is_empty() {
            document.text.push_str(self.gap);
            self.length += self.gap.len();
        }
        document.text.push_str(word);
        let start = self.length;
        self.length += word.chars().count();
        document.words.push(start..self.length);
        let flag = |name: &str| misc.split('|').any(|flag| flag == name);
        self.gap = match (flag("EndOfLine"), flag("NoSpaceAfter")) {
            (true, _) => "\n",
            (false, true) => "",
            (false, false) => " ",
        };
        let at = document.words.len() - 1;
        let (begins, kind) = match label.split_once('-') {
            Some((mark @ ("B" | "I"), kind)) => (mark == "B" || !self.open, kind),
            _ if *label == "O" || *label == "_" => {
                self.open = false;
                return Ok(());
            }
            _ => return Err(format!("{label:?} is no mark of a name")),
        };
        let kind = TYPES
            .into_iter()
            .find(|known| *known == kind)
            .ok_or_else(|| format!("{kind:?} is none of the coarse types"))?;
        let mut from = at;
        if !begins
            && let Some(&last) = document.names.last()
            && last.1 == at
            && last.2 == kind
        {
            document.names.remove(&last);
            from = last.0;
        }
        document.names.insert((from, at + 1, kind));
        self.open = true;
        Ok(())
    }

    fn about(&mut self, about: &str) {
        let Some((key, value)) = about.split_once(" = ") else {
            return;
        };
        match (key, self.documents.last_mut()) {
            ("hipe2022:document_id", _) => {
                self.documents.push(HipeDocument {
                    id: value.to_owned(),
                    date: None,
                    text: String::new(),
                    words: Vec::new(),
                    names: BTreeSet::new(),
                });
                self.length = 0;
                self.open = false;
            }
            ("hipe2022:date", Some(document)) => document.date = value.parse().ok(),
            _ => {}
        }
    }
}

/// The names of some documents, compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HipeCounts {
    /// For each type: right by span and type, right by type and overlap, given, gold.
    of: [[usize; 4]; TYPES.len()],
}

impl HipeCounts {
    /// Compares the names of a reading with those marked. A name covers the words that it touches; that of a person
    /// takes in the words before it that `titles` knows, in small letters, as the guidelines of the corpora want.
    pub fn count(
        &mut self,
        document: &HipeDocument,
        report: &Contract,
        titles: &dyn Fn(&str) -> bool,
    ) {
        let characters: Vec<char> = document.text.chars().collect();
        let word = |at: usize| -> String {
            let letters = document.words.get(at).map(|word| &characters[word.clone()]);
            letters.unwrap_or_default().iter().collect()
        };
        let mut given: BTreeSet<HipeName> = BTreeSet::new();
        for mention in &report.mentions {
            let kind = match mention.kind.as_str() {
                "PERSON" => "pers",
                "PLACE" => "loc",
                "ORG" | "WORKPLACE" => "org",
                "WORK" => "prod",
                "DATE" if names_year(&mention.text) => "time",
                _ => continue,
            };
            let words = document.words_of(mention.place.start..mention.place.end);
            let mut first = words.start;
            while kind == "pers" && first > 0 {
                let stop = usize::from(first > 1 && word(first - 1) == ".");
                let before = first - 1 - stop;
                if !titles(&word(before).trim_end_matches('.').to_lowercase()) {
                    break;
                }
                first = before;
            }
            if !words.is_empty() {
                given.insert((first, words.end, kind));
            }
        }
        for (counts, kind) in self.of.iter_mut().zip(TYPES) {
            let of_kind = |names: &BTreeSet<HipeName>| -> Vec<HipeName> {
                names
                    .iter()
                    .filter(|name| name.2 == kind)
                    .copied()
                    .collect()
            };
            let (given, gold) = (of_kind(&given), of_kind(&document.names));
            counts[0] += given.iter().filter(|name| gold.contains(name)).count();
            let mut free = given.clone();
            for name in &gold {
                let near = free
                    .iter()
                    .position(|other| other.0 < name.1 && name.0 < other.1);
                if let Some(near) = near {
                    free.remove(near);
                    counts[1] += 1;
                }
            }
            counts[2] += given.len();
            counts[3] += gold.len();
        }
    }

    /// Strictly for all types and for each, and by overlap for all.
    pub fn scores(&self) -> IndexMap<String, Figure> {
        let sum = |which: usize| self.of.iter().map(|counts| counts[which]).sum();
        let all = |right| Figure::new(sum(right), sum(2), sum(3));
        let mut figures = IndexMap::new();
        figures.insert("coarse strict".to_owned(), all(0));
        for (kind, counts) in TYPES.into_iter().zip(&self.of) {
            let figure = Figure::new(counts[0], counts[2], counts[3]);
            figures.insert(format!("  {kind}"), figure);
        }
        figures.insert("coarse fuzzy".to_owned(), all(1));
        figures
    }
}

/// Whether four digits stand together: the corpora mark absolute dates alone.
fn names_year(words: &str) -> bool {
    words
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "TOKEN\tNE-COARSE-LIT\tMISC\n\
        # hipe2022:document_id = constructed-1\n\
        # hipe2022:date = 1886-05-08\n\
        \n\
        Mr\tB-pers\tNoSpaceAfter\n.\tI-pers\t_\nÉmile\tI-pers\tEndOfLine\nLang\tI-pers\t_\nof\tO\t_\n\
        Troy\tB-loc\tNoSpaceAfter\n,\tO\tEndOfLine|EndOfSentence\n\n\
        # hipe2022:document_id = constructed-2\nMay\tB-time\t_\n7\tI-time\t_\n";

    fn report(mentions: &str) -> Contract {
        serde_json::from_str(&format!("{{\"format\":1,\"mentions\":[{mentions}]}}"))
            .expect("it is a report object")
    }

    #[test]
    fn words_come_back_as_they_stand_on_the_page() {
        let documents = HipeDocument::parse(FILE).expect("it is sound");
        let texts: Vec<&str> = documents
            .iter()
            .map(|document| document.text.as_str())
            .collect();
        assert_eq!(texts, ["Mr. Émile\nLang of Troy,", "May 7"]);
        assert_eq!(documents[0].date, "1886-05-08".parse().ok());
        let error = HipeDocument::parse("Troy\tB-loc\t_\n").expect_err("no document is named");
        assert_eq!(error.line, 1);
    }

    #[test]
    fn persons_take_in_their_titles_and_other_names_are_strict() {
        let documents = HipeDocument::parse(FILE).expect("it is sound");
        let report = report(
            "{\"start\":4,\"end\":14,\"text\":\"x\",\"type\":\"PERSON\"},\
             {\"start\":15,\"end\":22,\"text\":\"x\",\"type\":\"PLACE\"},\
             {\"start\":18,\"end\":22,\"text\":\"x\",\"type\":\"EVENT\"}",
        );
        let mut counts = HipeCounts::default();
        counts.count(&documents[0], &report, &|word| word == "mr");
        let figures = counts.scores();
        let of = |name: &str| (figures[name].right, figures[name].given, figures[name].gold);
        assert_eq!(of("coarse strict"), (1, 2, 2));
        assert_eq!(of("  pers"), (1, 1, 1));
        assert_eq!(of("coarse fuzzy"), (2, 2, 2));
    }
}
