//! Texts in which the expressions of time are marked: TimeML (`TIMEX3`) and its forerunner (`TIMEX2`).

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use svodka_model::Edtf;

use crate::timex::Timex;

/// A text with its expressions of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeMl {
    /// What stands in the element `TEXT`, without its marks.
    pub text: String,
    /// The day of the document, if it bears one.
    pub day: Option<Edtf>,
    /// The outermost marks, in the order of the text.
    pub expressions: Vec<Expression>,
}

/// An expression of time as it is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The value as it stands in the file.
    pub value: String,
    /// What that means.
    pub meaning: Timex,
}

/// Why a file is no such text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeMlError {
    /// It is not well-formed.
    #[error("byte {at}: {reason}")]
    Xml {
        /// Where.
        at: u64,
        /// What is wrong.
        reason: String,
    },
    /// No element holds the text.
    #[error("it has no element TEXT")]
    NoText,
}

impl TimeMl {
    /// Reads a file's contents.
    pub fn parse(contents: &str) -> Result<TimeMl, TimeMlError> {
        let mut reader = Reader::from_str(contents);
        let mut found = Found::default();
        loop {
            let event = reader.read_event().map_err(|error| TimeMlError::Xml {
                at: reader.error_position(),
                reason: error.to_string(),
            })?;
            let words = match event {
                Event::Eof => break,
                Event::Start(tag) => {
                    found.open(&tag);
                    continue;
                }
                Event::End(tag) => {
                    found.close(tag.name().as_ref());
                    continue;
                }
                Event::Text(text) => text.to_string(),
                Event::CData(text) => text.to_string(),
                Event::GeneralRef(name) => {
                    let character = name.resolve_char_ref().ok().flatten();
                    let name: &str = &name;
                    match (character, resolve_predefined_entity(name)) {
                        (Some(character), _) => character.to_string(),
                        (None, Some(words)) => words.to_owned(),
                        (None, None) => format!("&{name};"),
                    }
                }
                _ => continue,
            };
            found.words(&words);
        }
        if !found.seen {
            return Err(TimeMlError::NoText);
        }
        let day = found.day.or_else(|| day(&found.dated));
        Ok(TimeMl {
            text: found.text,
            day,
            expressions: found.expressions,
        })
    }
}

/// What has been read so far.
#[derive(Default)]
struct Found {
    text: String,
    /// The code points of `text`.
    length: usize,
    expressions: Vec<Expression>,
    day: Option<Edtf>,
    /// The words of the element that gives the day.
    dated: String,
    /// Whether there was a text.
    seen: bool,
    within_text: bool,
    within_day: bool,
    /// The marks that are open: their first code point and value.
    open: Vec<(usize, String)>,
}

impl Found {
    fn open(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "TEXT" => (self.seen, self.within_text) = (true, true),
            "DCT" | "DATETIME" | "DATE_TIME" | "DATE" => self.within_day = true,
            "TIMEX3" | "TIMEX2" => {
                let value = value(tag);
                if self.within_text {
                    self.open.push((self.length, value));
                } else if self.within_day {
                    self.day = self.day.take().or_else(|| day(&value));
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "TEXT" => self.within_text = false,
            "DCT" | "DATETIME" | "DATE_TIME" | "DATE" => self.within_day = false,
            "TIMEX3" | "TIMEX2" => {
                let Some((start, value)) = self.open.pop().filter(|_| self.open.is_empty()) else {
                    return;
                };
                let meaning = Timex::parse(&value);
                self.expressions.push(Expression {
                    start,
                    end: self.length,
                    value,
                    meaning,
                });
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.within_text {
            self.text.push_str(words);
            self.length += words.chars().count();
        } else if self.within_day {
            self.dated.push_str(words);
        }
    }
}

/// The value of a mark; that of a set is none.
fn value(tag: &BytesStart<'_>) -> String {
    let of = |name: &str| {
        let attribute = tag.try_get_attribute(name).ok().flatten()?;
        Some(attribute.value.to_string())
    };
    let set =
        of("type").is_some_and(|kind| kind == "SET") || of("SET").is_some_and(|set| set == "YES");
    let value = of("value").or_else(|| of("VAL"));
    value.filter(|_| !set).unwrap_or_default()
}

/// The day with which a value or a line begins.
fn day(words: &str) -> Option<Edtf> {
    words.trim().get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read_with_offsets_in_code_points() {
        let timeml = "<?xml version=\"1.0\" ?><TimeML><DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"1924-02-29\">x</TIMEX3></DCT>\
            <TEXT>Ночь &amp; день, <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"1923\">1923</TIMEX3>; \
            <TIMEX3 tid=\"t2\" type=\"SET\" value=\"1923\">every day</TIMEX3>.</TEXT></TimeML>";
        let read = TimeMl::parse(timeml).expect("it is well formed");
        assert_eq!(read.text, "Ночь & день, 1923; every day.");
        assert_eq!(read.day, "1924-02-29".parse().ok());
        let marks: Vec<_> = read
            .expressions
            .iter()
            .map(|mark| (mark.start, mark.end, mark.meaning == Timex::Other))
            .collect();
        assert_eq!(marks, [(13, 17, false), (19, 28, true)]);

        let forerunner = "<DOC><DATETIME>1924-02-29T17:00:00</DATETIME><TEXT>In <TIMEX2 VAL=\"1920-XX\">the year \
            of <TIMEX2 VAL=\"1920-09\">September 1920</TIMEX2></TIMEX2></TEXT></DOC>";
        let read = TimeMl::parse(forerunner).expect("it is well formed");
        assert_eq!(read.day, "1924-02-29".parse().ok());
        assert_eq!(read.expressions.len(), 1);
        assert_eq!(read.expressions[0].meaning, Timex::parse("1920"));
    }

    #[test]
    fn other_files_are_refused() {
        assert_eq!(TimeMl::parse("In 1923 they met."), Err(TimeMlError::NoText));
        let error = TimeMl::parse("<TEXT>In </DCT>").expect_err("the tags do not match");
        assert!(error.to_string().starts_with("byte "), "{error}");
    }
}
