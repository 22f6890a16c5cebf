//! A name as words, each with what it is.

use std::collections::{BTreeMap, BTreeSet};

use super::person::PersonName;
use crate::spelling::{Readings, Spelling, TableError, rows};

/// Whether a name is a person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A person's.
    Person,
    /// An organisation's, a workplace's, a place's, a work's.
    Other,
}

/// The words in and around names that are not names.
#[derive(Debug, Clone)]
pub struct NameWords {
    spelling: Spelling,
    titles: BTreeSet<String>,
    particles: BTreeSet<String>,
    generations: BTreeSet<String>,
    generic: BTreeSet<String>,
    former: BTreeSet<String>,
    /// Ends of patronymics, in normal form.
    patronymics: Vec<String>,
    /// Forms of a name, each with the full names it may stand for.
    familiar: BTreeMap<String, Vec<u32>>,
    numbers: BTreeMap<String, String>,
    /// A stem with an ending, and the stem's length in bytes.
    endings: Vec<(String, usize)>,
    /// Legal forms as words, longest first, with their signs.
    forms: Vec<(Vec<String>, String)>,
    /// Ends of names in normal form that tell the bearer's sex, longest first.
    sexes: Vec<(NamePart, String, Sex)>,
}

/// Whose ending tells a sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NamePart {
    Surname,
    Patronymic,
}

/// As the endings of a name tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// A woman's name.
    Female,
    /// A man's name.
    Male,
}

impl NameWords {
    /// From tables by name: `titles`, `particles`, `generations`, `generic`, `former` and `patronymics` (words between spaces);
    /// `nicknames`, `numbers`, `endings`, `forms` and `sexes` (cells between tabs).
    pub fn parse<'t>(
        spelling: Spelling,
        tables: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<NameWords, TableError> {
        let mut words = NameWords {
            spelling,
            titles: BTreeSet::new(),
            particles: BTreeSet::new(),
            generations: BTreeSet::new(),
            generic: BTreeSet::new(),
            former: BTreeSet::new(),
            patronymics: Vec::new(),
            familiar: BTreeMap::new(),
            numbers: BTreeMap::new(),
            endings: Vec::new(),
            forms: Vec::new(),
            sexes: Vec::new(),
        };
        for (name, text) in tables {
            let list = || -> BTreeSet<String> {
                let cells = rows(text).flat_map(|(_, cells)| cells);
                cells
                    .flat_map(str::split_whitespace)
                    .map(str::to_owned)
                    .collect()
            };
            match name {
                "titles" => words.titles = list(),
                "particles" => words.particles = list(),
                "generations" => words.generations = list(),
                "generic" => words.generic = list(),
                "former" => words.former = list(),
                "patronymics" => {
                    words.patronymics = list().iter().map(|it| words.spelling.normal(it)).collect();
                }
                "nicknames" => {
                    // What stands in several lines that begin alike is one name.
                    let mut heads: BTreeMap<String, u32> = BTreeMap::new();
                    for (_, cells) in rows(text) {
                        let next = u32::try_from(heads.len()).unwrap_or(u32::MAX);
                        let person = *heads.entry(cells[0].to_owned()).or_insert(next);
                        for cell in cells {
                            for form in words.spelling.readings(cell).normal {
                                let known = words.familiar.entry(form).or_default();
                                if !known.contains(&person) {
                                    known.push(person);
                                }
                            }
                        }
                    }
                }
                "numbers" => {
                    for (_, cells) in rows(text) {
                        let digits = cells[0].to_owned();
                        for cell in &cells[1..] {
                            words.numbers.insert((*cell).to_owned(), digits.clone());
                        }
                    }
                }
                "endings" => {
                    for (_, cells) in rows(text) {
                        for end in &cells[1..] {
                            let whole = words.spelling.normal(&format!("{}{end}", cells[0]));
                            words.endings.push((whole, cells[0].len()));
                        }
                    }
                }
                "forms" => {
                    for (_, cells) in rows(text) {
                        for cell in &cells[1..] {
                            let phrase = cell.split(' ').map(str::to_owned).collect();
                            words.forms.push((phrase, cells[0].to_owned()));
                        }
                    }
                }
                "sexes" => words.sexes = sexes(name, text, &words.spelling)?,
                _ => {
                    return Err(TableError {
                        table: name.to_owned(),
                        line: 1,
                        what: "no table of this name is known",
                    });
                }
            }
        }
        words
            .forms
            .sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        words
            .sexes
            .sort_by(|(_, a, _), (_, b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        Ok(words)
    }

    /// What the endings of a person's name tell of their sex: of the patronymic, else of the surname.
    pub fn sex(&self, person: &PersonName) -> Option<Sex> {
        let told = |of: &Option<String>, part: NamePart| {
            let readings = self.spelling.readings(of.as_deref()?);
            let ends = |end: &str| readings.normal.iter().any(|it| it.ends_with(end));
            let found = self.sexes.iter().find(|it| it.0 == part && ends(&it.1));
            found.map(|it| it.2)
        };
        told(&person.patronymic, NamePart::Patronymic)
            .or_else(|| told(&person.surname, NamePart::Surname))
    }

    /// A person's name in which initials of several letters are the one that they stand for: "Ya." is я.
    fn single_initials(&self, text: &str) -> String {
        let mut whole = String::new();
        let mut rest = text;
        while let Some(dot) = rest.find('.') {
            let (before, after) = rest.split_at(dot);
            let from = before
                .rfind(|it: char| !it.is_alphabetic())
                .map_or(0, |at| {
                    at + before[at..].chars().next().map_or(1, char::len_utf8)
                });
            let (kept, last) = before.split_at(from);
            whole.push_str(kept);
            match self.spelling.single(last) {
                Some(letter) => whole.push(letter),
                None => whole.push_str(last),
            }
            whole.push('.');
            rest = &after[1..];
        }
        whole + rest
    }

    /// How words are spelled.
    pub fn spelling(&self) -> &Spelling {
        &self.spelling
    }

    /// Whether two readings are forms of one given name, one of them a familiar one.
    pub fn familiar(&self, a: &Readings, b: &Readings) -> bool {
        let (a, b) = (self.full_names(a), self.full_names(b));
        a.iter().any(|it| b.contains(it))
    }

    /// The full given names that a reading may stand for, numbered.
    pub(crate) fn full_names(&self, readings: &Readings) -> Vec<u32> {
        let found = readings
            .normal
            .iter()
            .filter_map(|it| self.familiar.get(it));
        found.flatten().copied().collect()
    }

    /// A surname in normal form without the ending that gender or case gives it.
    pub fn stem<'w>(&self, normal: &'w str) -> &'w str {
        let found = self.endings.iter().find_map(|(end, stem)| {
            let before = normal.strip_suffix(end.as_str())?;
            (before.chars().count() >= 2).then_some(before.len() + stem)
        });
        found.and_then(|at| normal.get(..at)).unwrap_or(normal)
    }

    /// Whether a word says that a former name follows.
    pub(super) fn is_former(&self, piece: &str) -> bool {
        self.former.contains(piece)
    }

    /// Whether a word ends as patronymics do.
    pub fn is_patronymic(&self, readings: &Readings) -> bool {
        let long = |it: &String, end: &String| it.chars().count() > end.chars().count() + 1;
        readings.normal.iter().any(|it| {
            self.patronymics
                .iter()
                .any(|end| it == end || (it.ends_with(end.as_str()) && long(it, end)))
        })
    }

    /// A patronymic in normal form without its end.
    pub(super) fn father<'w>(&self, normal: &'w str) -> Option<&'w str> {
        let ends = self.patronymics.iter();
        let cut = ends.filter_map(|end| normal.strip_suffix(end.as_str()));
        cut.filter(|it| !it.is_empty()).min_by_key(|it| it.len())
    }

    /// A name as its words: titles dropped, legal forms told apart, numbers as digits.
    pub fn name(&self, kind: NameKind, text: &str) -> Name {
        let mut pieces = match kind {
            NameKind::Person => pieces(kind, &self.single_initials(text)),
            NameKind::Other => pieces(kind, text),
        };
        let mut forms = Vec::new();
        if kind == NameKind::Other {
            let mut at = 0;
            while at < pieces.len() {
                let fits = self.forms.iter().find(|(phrase, _)| {
                    phrase.len() < pieces.len() && pieces[at..].starts_with(phrase)
                });
                if let Some((phrase, sign)) = fits {
                    forms.push(sign.clone());
                    pieces.drain(at..at + phrase.len());
                } else {
                    at += 1;
                }
            }
        }
        let mut words: Vec<Word> = Vec::new();
        let mut generation = None;
        let many = pieces.len() > 1;
        for (at, piece) in pieces.iter().enumerate() {
            if kind == NameKind::Person && many {
                if at > 1 && self.generations.contains(piece) {
                    generation = Some(piece.clone());
                    continue;
                }
                let edge = at == 0 || at + 1 == pieces.len();
                if edge && self.titles.contains(piece) && piece.chars().count() > 1 {
                    continue;
                }
            }
            let mut word = self.word(kind, piece);
            // "forty four" is one number.
            let unit = word.number.as_deref().and_then(|it| it.parse::<u32>().ok());
            if let (Some(before), Some(unit @ 1..=9)) = (words.last_mut(), unit) {
                let tens = before.number.as_deref().and_then(|it| it.parse().ok());
                if let Some(tens @ (20 | 30 | 40 | 50 | 60 | 70 | 80 | 90)) = tens
                    && before.text.chars().all(char::is_alphabetic)
                {
                    let both: u32 = tens + unit;
                    before.number = Some(both.to_string());
                    before.readings = self.spelling.readings(&both.to_string());
                    continue;
                }
            }
            if word.number.is_some() {
                word.weight = 1.5;
            }
            words.push(word);
        }
        Name {
            kind,
            words,
            forms,
            generation,
        }
    }

    fn word(&self, kind: NameKind, piece: &str) -> Word {
        let length = piece.chars().count();
        let readings = self.spelling.readings(piece);
        let digits = piece.chars().any(|it| it.is_ascii_digit());
        let number = match self.numbers.get(piece) {
            Some(digits) if kind == NameKind::Other => Some(digits.clone()),
            _ if digits && kind == NameKind::Other => Some(piece.to_owned()),
            _ => None,
        };
        let small = self.particles.contains(piece)
            || (kind == NameKind::Other && self.generic.contains(piece));
        let plain = any_ascii::any_ascii(piece).to_lowercase();
        let weight = plain.chars().count().min(40) as f64 * if small { 0.35 } else { 1.0 };
        Word {
            patronymic: kind == NameKind::Person && self.is_patronymic(&readings),
            initial: length == 1 && piece.chars().all(char::is_alphabetic),
            text: piece.to_owned(),
            plain,
            readings,
            number,
            weight,
            particle: self.particles.contains(piece),
            small,
        }
    }
}

/// The table of endings that tell a sex: `f` or `m`, `surname` or `patronymic`, then the endings.
fn sexes(
    name: &str,
    text: &str,
    spelling: &Spelling,
) -> Result<Vec<(NamePart, String, Sex)>, TableError> {
    let mut found = Vec::new();
    for (line, cells) in rows(text) {
        let sex = match cells[0] {
            "f" => Some(Sex::Female),
            "m" => Some(Sex::Male),
            _ => None,
        };
        let part = match cells.get(1).copied() {
            Some("surname") => Some(NamePart::Surname),
            Some("patronymic") => Some(NamePart::Patronymic),
            _ => None,
        };
        let (Some(sex), Some(part)) = (sex, part) else {
            return Err(TableError {
                table: name.to_owned(),
                line,
                what: "neither f nor m, of a surname or a patronymic",
            });
        };
        found.extend(cells[2..].iter().map(|it| (part, spelling.normal(it), sex)));
    }
    Ok(found)
}

/// The words of a name in lower case; a surname that a comma puts first goes to the end.
pub(super) fn pieces(kind: NameKind, text: &str) -> Vec<String> {
    let text = text.replace(['\u{200c}', '\u{200d}'], "");
    let turned = match (kind, text.split_once(',')) {
        (NameKind::Person, Some((surname, rest))) if !rest.trim().is_empty() => {
            format!("{rest} {surname}")
        }
        _ => text,
    };
    // "K.V." has no space, and "OOO" may stand right before its quotation mark.
    let mut plain = String::new();
    let letters: Vec<char> = turned.chars().collect();
    for (at, &letter) in letters.iter().enumerate() {
        let apostrophe = matches!(letter, '\'' | '’' | '‘' | 'ʼ' | '`');
        if letter.is_alphanumeric() || is_joined(letter) {
            plain.extend(letter.to_lowercase());
        } else if letter == '.' && kind == NameKind::Other {
            // "L.X.C" is a word as "LXC" is.
            let single = |from: usize| from == 0 || !letters[from - 1].is_alphanumeric();
            if !(at > 0 && single(at - 1)) {
                plain.push(' ');
            }
        } else if !apostrophe {
            plain.push(' ');
        }
    }
    let mut pieces: Vec<String> = plain.split_whitespace().map(str::to_owned).collect();
    // A word doubled by a slip; "I. I." are two names.
    pieces.dedup_by(|a, b| a == b && a.chars().count() > 1);
    pieces
}

/// Marks that belong to the letter before them.
pub(crate) fn is_joined(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}' | '\u{1780}'..='\u{17d3}' | 'ー')
}

/// A word of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// In lower case.
    pub text: String,
    /// In plain Latin letters.
    pub plain: String,
    /// What it may be in Cyrillic.
    pub readings: Readings,
    /// A single letter that stands for a name.
    pub initial: bool,
    /// It ends as patronymics do.
    pub patronymic: bool,
    /// As digits, if it is a number.
    pub number: Option<String>,
    /// How much it tells: its letters, less if many names have it.
    pub weight: f64,
    /// A small word, as "of" and "the".
    pub particle: bool,
    /// A particle, or a word that many names have.
    pub small: bool,
}

/// A name as its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// Whose.
    pub kind: NameKind,
    /// Its words without titles and legal forms.
    pub words: Vec<Word>,
    /// Signs of legal forms, in order.
    pub forms: Vec<String>,
    /// "jr", "the elder".
    pub generation: Option<String>,
}
