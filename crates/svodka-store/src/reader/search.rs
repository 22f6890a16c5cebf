//! Reports by their words.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use svodka_model::{EntityOut, MentionOut, NameType, Span};

use super::Reader;
use crate::StoreError;
use crate::content;
use crate::fold::{Word, fold, words};

/// How many words stand on either side of what was found.
const AROUND: usize = 14;

/// After how many reports in which nothing of it can be seen under the shield a search ends: what is searched for is a name.
const UNSEEN: usize = 40;

/// What is searched for: words that all must stand in a report, in any order; `"words in a row"`; `begin*`; `-without`.
/// Case, accents and script do not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    wanted: Vec<Term>,
    unwanted: Vec<Term>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    /// Each word as it was typed, and other spellings of it.
    words: Vec<Vec<String>>,
    begins: bool,
}

/// The most ways in which the words of one phrase are spelled together.
const MOST_SPELLINGS: usize = 64;

/// A report that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The report's number.
    pub report: i64,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: Option<String>,
    /// Its date, EDTF.
    pub date: Option<String>,
    /// The words around the first place where something was found.
    pub snippet: String,
    /// Where in the snippet what was searched for stands, in bytes.
    pub marks: Vec<Span>,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The best first.
    pub hits: Vec<Hit>,
    /// In how many reports; not told to others than the owner, for whom a report counts only if its words can be seen.
    pub total: Option<u64>,
}

/// What a report names.
#[derive(Deserialize)]
struct Named {
    mentions: Vec<MentionOut>,
    entities: Vec<EntityOut>,
}

impl Query {
    /// Reads a search as it was typed.
    ///
    /// # Errors
    ///
    /// If there is nothing in it to look for.
    pub fn parse(text: &str) -> Result<Query, StoreError> {
        let mut query = Query {
            wanted: Vec::new(),
            unwanted: Vec::new(),
        };
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let negative = rest.len() > 1 && rest.starts_with('-');
            rest = if negative { &rest[1..] } else { rest };
            let (piece, after, begins) = match rest.strip_prefix('"') {
                Some(inner) => {
                    let end = inner.find('"').unwrap_or(inner.len());
                    (&inner[..end], inner.get(end + 1..).unwrap_or(""), false)
                }
                None => {
                    let end = rest.find([' ', '\t', '\n', '"']).unwrap_or(rest.len());
                    (&rest[..end], &rest[end..], rest[..end].ends_with('*'))
                }
            };
            let words: Vec<Vec<String>> = words(piece)
                .into_iter()
                .map(|word| vec![word.folded])
                .collect();
            if !words.is_empty() {
                let terms = if negative {
                    &mut query.unwanted
                } else {
                    &mut query.wanted
                };
                terms.push(Term { words, begins });
            }
            rest = after.trim_start();
        }
        if query.wanted.is_empty() {
            return Err(StoreError::EmptySearch);
        }
        Ok(query)
    }

    /// The words that are wanted whole, folded, each once.
    pub fn words(&self) -> BTreeSet<&str> {
        let whole = self.wanted.iter().filter(|term| !term.begins);
        let words = whole.flat_map(|term| &term.words);
        words
            .filter_map(|word| word.first().map(String::as_str))
            .collect()
    }

    /// The same, with other spellings of its words, folded, that are as good.
    #[must_use]
    pub fn spelled(mut self, spellings: &BTreeMap<String, Vec<String>>) -> Query {
        let whole = self.wanted.iter_mut().filter(|term| !term.begins);
        for word in whole.flat_map(|term| &mut term.words) {
            let others = word.first().and_then(|typed| spellings.get(typed));
            word.extend(others.into_iter().flatten().cloned());
        }
        self
    }

    fn for_index(&self, with_unwanted: bool) -> String {
        let written = |term: &Term| {
            let star = if term.begins { " *" } else { "" };
            let phrases: Vec<String> = term
                .phrases()
                .into_iter()
                .map(|phrase| format!("\"{phrase}\"{star}"))
                .collect();
            match phrases.as_slice() {
                [one] => one.clone(),
                several => format!("({})", several.join(" OR ")),
            }
        };
        let wanted: Vec<String> = self.wanted.iter().map(written).collect();
        let mut asked = wanted.join(" AND ");
        if with_unwanted {
            for term in &self.unwanted {
                asked = format!("({asked}) NOT {}", written(term));
            }
        }
        asked
    }

    /// Whether a text has what is wanted and nothing that is not.
    fn holds(&self, words: &[Word]) -> bool {
        self.wanted
            .iter()
            .all(|term| term.places(words).next().is_some())
            && self
                .unwanted
                .iter()
                .all(|term| term.places(words).next().is_none())
    }
}

impl Term {
    /// The phrase in every spelling of its words, as it was typed first.
    fn phrases(&self) -> Vec<String> {
        let mut phrases = vec![String::new()];
        for word in &self.words {
            let longer = phrases.iter().flat_map(|phrase| {
                word.iter()
                    .map(move |spelling| format!("{phrase} {spelling}"))
            });
            phrases = longer.take(MOST_SPELLINGS).collect();
        }
        phrases
            .into_iter()
            .map(|phrase| phrase.trim_start().to_owned())
            .collect()
    }

    /// Where it stands: the first word and one past the last.
    fn places<'a>(&'a self, words: &'a [Word]) -> impl Iterator<Item = (usize, usize)> + 'a {
        let length = self.words.len();
        words
            .windows(length)
            .enumerate()
            .filter_map(move |(at, window)| {
                let last = length - 1;
                let stands =
                    window
                        .iter()
                        .zip(&self.words)
                        .enumerate()
                        .all(|(index, (word, wanted))| {
                            wanted.contains(&word.folded)
                                || (self.begins
                                    && index == last
                                    && wanted
                                        .iter()
                                        .any(|wanted| word.folded.starts_with(wanted.as_str())))
                        });
                stands.then_some((at, at + length))
            })
    }
}

impl Reader {
    /// The words, folded, of all names of people, places, bodies and workplaces, in order. To others than the owner nothing is told of the
    /// names of people who may be alive.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn name_words(&self) -> Result<Vec<String>, StoreError> {
        let mut query = self.conn.prepare_cached(
            "SELECT n.folded, n.thing, t.kind FROM name n JOIN thing t ON t.id = n.thing
             WHERE t.kind IN ('PERSON', 'PLACE', 'ORG', 'WORKPLACE')",
        )?;
        let mut rows = query.query([])?;
        let mut known: BTreeSet<String> = BTreeSet::new();
        while let Some(row) = rows.next()? {
            let (name, thing, kind): (String, i64, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let name = match &self.shield {
                Some(shield) if kind == NameType::Person.code() => {
                    let numbers = self.clusters.all(thing);
                    if numbers.into_iter().any(|number| shield.covers(number)) {
                        continue;
                    }
                    name
                }
                Some(_) => fold(&self.string(&name)),
                None => name,
            };
            for word in name.split(' ') {
                if !known.contains(word) {
                    known.insert(word.to_owned());
                }
            }
        }
        Ok(known.into_iter().collect())
    }

    /// The reports that hold what is searched for, the best `limit` of them. To others than the owner a report is given only if what is
    /// searched for stands in it after the names of people who may be alive were taken out: no search can tell a name.
    ///
    /// # Errors
    ///
    /// If the project cannot be read.
    pub fn search(&self, query: &Query, limit: usize) -> Result<Found, StoreError> {
        let asked = query.for_index(self.shield.is_none());
        let total = match self.shield {
            Some(_) => None,
            None => Some(
                self.conn
                    .prepare_cached("SELECT count(*) FROM words WHERE words MATCH ?1")?
                    .query_row([&asked], |row| row.get(0))?,
            ),
        };
        let mut ranked = self
            .conn
            .prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rank, rowid")?;
        let mut rows = ranked.query([&asked])?;
        let mut hits = Vec::new();
        let mut unseen = 0;
        while hits.len() < limit
            && unseen < UNSEEN
            && let Some(row) = rows.next()?
        {
            let report: i64 = row.get(0)?;
            let text = self.visible_text(report)?;
            let words = words(&text);
            if self.shield.is_some() && !query.holds(&words) {
                unseen += 1;
                continue;
            }
            hits.extend(self.hit(report, &text, &words, query)?);
        }
        Ok(Found { hits, total })
    }

    /// The text of a report as the policy lets it be seen.
    fn visible_text(&self, report: i64) -> Result<String, StoreError> {
        let digest: Option<String> = self
            .conn
            .prepare_cached("SELECT lower(hex(v.text)) FROM report r JOIN version v ON v.operation = r.version WHERE r.id = ?1")?
            .query_row([report], |row| row.get(0))
            .optional()?;
        let Some(digest) = digest else {
            return Ok(String::new());
        };
        let text = String::from_utf8_lossy(&content::get(&self.conn, &digest)?).into_owned();
        let Some(shield) = &self.shield else {
            return Ok(text);
        };
        let named: Named = self.lists(report)?;
        let things = self.things_in(report, &named.entities)?;
        let context = shield.context(&text, &named.mentions, &named.entities, &things);
        Ok(shield.scrub(&text, &context).text)
    }

    fn hit(
        &self,
        report: i64,
        text: &str,
        words: &[Word],
        query: &Query,
    ) -> Result<Option<Hit>, StoreError> {
        let terms = query.wanted.iter().enumerate();
        let mut found: Vec<(usize, usize, usize)> = terms
            .flat_map(|(term, wanted)| {
                wanted
                    .places(words)
                    .map(move |(first, last)| (first, last, term))
            })
            .collect();
        found.sort_unstable();
        // Where most of what was searched for stands together; of several such places the first.
        let together = |(first, ..): &(usize, usize, usize)| {
            let near = found
                .iter()
                .filter(|(at, ..)| (*first..first + AROUND).contains(at));
            near.map(|(.., term)| term).collect::<BTreeSet<_>>().len()
        };
        let Some(&(first, ..)) = found.iter().rev().max_by_key(|place| together(place)) else {
            return Ok(None);
        };
        let places = found.iter().map(|&(first, last, _)| (first, last));
        let from = first.saturating_sub(AROUND / 2);
        let to = (first + AROUND).min(words.len());
        // With the signs that stand close to the words at both ends.
        let before = text[..words[from].span.start].rfind(char::is_whitespace);
        let start = before.map_or(0, |at| words[from].span.start.min(at + char_at(text, at)));
        let last = words[to - 1].span.end;
        let end = text[last..]
            .find(char::is_whitespace)
            .map_or(text.len(), |at| last + at);
        let mut snippet = String::new();
        let mut marks = Vec::new();
        if from > 0 {
            snippet.push('…');
        }
        let mut at = start;
        for (first, last) in places.filter(|(first, last)| *first >= from && *last <= to) {
            let span = words[first].span.cover(words[last - 1].span);
            if span.start < at {
                continue;
            }
            snippet += &one_line(&text[at..span.start]);
            let begin = snippet.len();
            snippet += &one_line(&text[span.start..span.end]);
            marks.push(Span::new(begin, snippet.len()));
            at = span.end;
        }
        snippet += &one_line(&text[at..end]);
        if to < words.len() {
            snippet.push('…');
        }
        let row = self
            .conn
            .prepare_cached("SELECT label, title, date FROM report WHERE id = ?1")?
            .query_row(params![report], |row| {
                Ok(Hit {
                    report,
                    label: self.string(&row.get::<_, String>(0)?),
                    title: row
                        .get::<_, Option<String>>(1)?
                        .map(|title| self.string(&title)),
                    date: row.get(2)?,
                    snippet,
                    marks,
                })
            })?;
        Ok(Some(row))
    }
}

/// How many bytes the character at `at` has.
fn char_at(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Each run of white space as one space.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !line.ends_with(' ') {
            line.push(c);
        }
    }
    line
}
