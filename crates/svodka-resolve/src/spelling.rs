//! How one name is spelled in several alphabets, and what all its spellings have in common.

use std::collections::{BTreeMap, BTreeSet};

/// A table of transliteration that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{table}:{line}: {what}")]
pub struct TableError {
    /// The table's name.
    pub table: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

/// The rows of a table: cells between tabs, without comments and empty lines, with their line numbers.
pub(crate) fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(at, line)| (at + 1, line.split('\t').map(str::trim).collect()))
}

/// One way of writing Cyrillic in Latin letters, and of reading it back.
#[derive(Debug, Clone)]
pub struct Romanisation {
    /// Its name, such as `bgn`.
    pub name: String,
    /// Letters with how they are written, longest first.
    forth: Vec<(Vec<char>, bool, String)>,
    /// What is read, longest first, with what it stands for.
    back: BTreeMap<char, Vec<(Vec<char>, bool, String)>>,
}

impl Romanisation {
    /// From a table with a line for each letter: Cyrillic, how it is written, what else is read as it.
    /// A `$` after the Cyrillic means the end of a word.
    pub fn parse(name: &str, text: &str) -> Result<Romanisation, TableError> {
        let mut forth = Vec::new();
        let mut back: BTreeMap<char, Vec<(Vec<char>, bool, String)>> = BTreeMap::new();
        for (line, cells) in rows(text) {
            let wrong = |what| TableError {
                table: name.to_owned(),
                line,
                what,
            };
            let last = cells[0].ends_with('$');
            let letters = cells[0].trim_end_matches('$');
            if letters.is_empty() {
                return Err(wrong("no letter"));
            }
            let written = cells.get(1).copied().unwrap_or("");
            forth.push((letters.chars().collect(), last, written.to_owned()));
            for read in cells.iter().skip(1).filter(|cell| !cell.is_empty()) {
                let read: Vec<char> = decomposed(read).collect();
                let Some(&first) = read.first() else {
                    return Err(wrong("nothing to read"));
                };
                let known = back.entry(first).or_default();
                if !known.iter().any(|(it, end, _)| *it == read && *end == last) {
                    known.push((read, last, letters.to_owned()));
                }
            }
        }
        let longest = |(a, end_a, _): &(Vec<char>, bool, String),
                       (b, end_b, _): &(Vec<char>, bool, String)| {
            (b.len(), end_b).cmp(&(a.len(), end_a))
        };
        forth.sort_by(longest);
        for list in back.values_mut() {
            list.sort_by(longest);
        }
        Ok(Romanisation {
            name: name.to_owned(),
            forth,
            back,
        })
    }

    /// A Cyrillic word in lower case as this system writes it. What it does not know stays.
    pub fn write(&self, word: &str) -> String {
        let letters: Vec<char> = word.chars().collect();
        let mut written = String::new();
        let mut at = 0;
        while at < letters.len() {
            let fits = self.forth.iter().find(|(from, last, _)| {
                letters[at..].starts_with(from) && (!last || at + from.len() == letters.len())
            });
            if let Some((from, _, to)) = fits {
                written.push_str(to);
                at += from.len();
            } else {
                written.push(letters[at]);
                at += 1;
            }
        }
        written
    }

    /// A word in lower case read back into Cyrillic, longest letters first, or `None` if this system has no such letters.
    pub fn read(&self, word: &str) -> Option<String> {
        self.read_letters(&without_marks(word))
    }

    fn read_letters(&self, letters: &[char]) -> Option<String> {
        let mut read = String::new();
        let mut at = 0;
        while at < letters.len() {
            let (from, _, to) = self
                .back
                .get(&letters[at])?
                .iter()
                .find(|(from, last, _)| {
                    letters[at..].starts_with(from) && (!last || at + from.len() == letters.len())
                })?;
            read.push_str(to);
            at += from.len();
        }
        Some(read)
    }
}

/// Signs that stand for soft and hard signs, or break words, and never for a sound of their own.
fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '’' | '‘' | 'ʹ' | 'ʺ' | 'ʼ' | '`' | '"' | '″' | '′'
    )
}

fn without_marks(word: &str) -> Vec<char> {
    decomposed(word).filter(|&it| !is_mark(it)).collect()
}

/// Letters with diacritics that are decomposed in the text are composed, those of the romanisations at least.
fn decomposed(word: &str) -> impl Iterator<Item = char> + '_ {
    let mut letters = word.chars().peekable();
    std::iter::from_fn(move || {
        let letter = letters.next()?;
        let composed = match (letter, letters.peek()) {
            ('c', Some('\u{30c}')) => 'č',
            ('s', Some('\u{30c}')) => 'š',
            ('z', Some('\u{30c}')) => 'ž',
            ('e', Some('\u{308}')) => 'ë',
            ('i', Some('\u{308}')) => 'ï',
            ('i', Some('\u{306}')) => 'ĭ',
            ('e', Some('\u{301}')) => 'é',
            ('и', Some('\u{306}')) => 'й',
            ('е', Some('\u{308}')) => 'ё',
            _ => return Some(letter),
        };
        letters.next();
        Some(composed)
    })
}

fn is_cyrillic(letter: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&letter)
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'а' | 'е' | 'и' | 'о' | 'у')
}

/// All systems, and what letters count for when spellings are compared.
#[derive(Debug, Clone)]
pub struct Spelling {
    systems: Vec<Romanisation>,
    /// Read only where no system can read a word.
    latin: Romanisation,
    /// The Cyrillic letters whose writing in some system begins with a Latin one.
    initials: BTreeMap<char, BTreeSet<char>>,
    /// What a letter counts as in a normal form, and in a key.
    fold: BTreeMap<char, (String, String)>,
}

/// What a word may be in Cyrillic, each reading once, in a fixed order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Readings {
    /// Normal forms: spellings of one name by different systems have one in common, mostly.
    pub normal: Vec<String>,
    /// Coarser: spellings of one name have one in common whenever a system can write it.
    pub keys: Vec<String>,
}

impl Readings {
    /// Whether some spelling is meant by both.
    pub fn share(&self, other: &Readings) -> bool {
        common(&self.normal, &other.normal)
    }

    /// Whether they may be spellings of one name.
    pub fn may_share(&self, other: &Readings) -> bool {
        common(&self.keys, &other.keys)
    }
}

fn common(a: &[String], b: &[String]) -> bool {
    a.iter().any(|it| b.contains(it))
}

impl Spelling {
    /// From the tables: `fold`, `latin`, and one for each system.
    pub fn parse<'t>(
        tables: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Spelling, TableError> {
        let mut systems = Vec::new();
        let mut latin = Romanisation::parse("latin", "")?;
        let mut fold = BTreeMap::new();
        for (name, text) in tables {
            match name {
                "fold" => {
                    for (line, cells) in rows(text) {
                        let mut letter = cells[0].chars();
                        let (Some(from), None) = (letter.next(), letter.next()) else {
                            return Err(TableError {
                                table: name.to_owned(),
                                line,
                                what: "not one letter",
                            });
                        };
                        let normal = cells.get(1).copied().unwrap_or("");
                        let key = cells.get(2).copied().unwrap_or(normal);
                        fold.insert(from, (normal.to_owned(), key.to_owned()));
                    }
                }
                "latin" => latin = Romanisation::parse(name, text)?,
                _ => systems.push(Romanisation::parse(name, text)?),
            }
        }
        systems.sort_by(|a, b| a.name.cmp(&b.name));
        let mut initials: BTreeMap<char, BTreeSet<char>> = BTreeMap::new();
        for (&first, read) in systems.iter().flat_map(|it| &it.back) {
            let letters = read.iter().filter(|(_, last, _)| !last);
            let letters = letters.filter_map(|(_, _, letters)| letters.chars().next());
            initials.entry(first).or_default().extend(letters);
        }
        Ok(Spelling {
            systems,
            latin,
            initials,
            fold,
        })
    }

    /// The systems, by name.
    pub fn systems(&self) -> &[Romanisation] {
        &self.systems
    }

    /// The Cyrillic letter that several Latin ones are written for, as `ya` and `sch`: by the first system that has it.
    pub fn single(&self, letters: &str) -> Option<char> {
        if !(2..=4).contains(&letters.chars().count()) {
            return None;
        }
        let lower = letters.to_lowercase();
        self.systems.iter().find_map(|system| {
            let read = system.read(&lower)?;
            let mut letters = read.chars();
            letters.next().filter(|_| letters.next().is_none())
        })
    }

    /// A Cyrillic spelling as it counts when spellings are compared: letters folded, the glide before a vowel and doubled
    /// letters dropped. Doing it again changes nothing.
    pub fn normal(&self, cyrillic: &str) -> String {
        self.folded(cyrillic, false)
    }

    fn folded(&self, cyrillic: &str, key: bool) -> String {
        let mut letters: Vec<char> = Vec::new();
        for letter in cyrillic.chars() {
            match self.fold.get(&letter) {
                Some((normal, coarse)) => {
                    letters.extend(if key { coarse } else { normal }.chars());
                }
                None => letters.push(letter),
            }
        }
        // Each rule may make room for another.
        let mut kept: Vec<char> = Vec::with_capacity(letters.len());
        loop {
            let last = letters.len().saturating_sub(1);
            kept.clear();
            for (at, &letter) in letters.iter().enumerate() {
                let next = letters.get(at + 1).copied();
                let glide = letter == 'и' && next.is_some_and(is_vowel);
                // German writes both ц and з with its z.
                let stop = key && letter == 'т' && next == Some('с');
                if glide || stop {
                    continue;
                }
                let letter = match (kept.last(), letter) {
                    (Some('ж' | 'ч' | 'ш'), 'о') => 'е',
                    (Some(_), 'ф') if at == last => 'в',
                    _ => letter,
                };
                if kept.last() != Some(&letter) {
                    kept.push(letter);
                }
            }
            if kept == letters {
                return letters.into_iter().collect();
            }
            std::mem::swap(&mut kept, &mut letters);
        }
    }

    /// Those of some words that may be other spellings of a word, itself left out. A word of fewer than four letters has none.
    pub fn alike<'w>(&self, word: &str, among: impl IntoIterator<Item = &'w str>) -> Vec<&'w str> {
        if word.chars().count() < 4 {
            return Vec::new();
        }
        let first = |word: &str| word.chars().next().and_then(|it| self.initials.get(&it));
        let (own, begins) = (self.readings(word), first(word));
        // Reading a word takes longer than seeing that it cannot begin so.
        let may_begin = |other: &str| match (begins, first(other)) {
            (Some(a), Some(b)) => !a.is_disjoint(b),
            _ => true,
        };
        let others = among.into_iter().filter(|other| {
            *other != word
                && other.chars().count() >= 4
                && may_begin(other)
                && self.readings(other).share(&own)
        });
        others.collect()
    }

    /// What a word in any alphabet may be.
    pub fn readings(&self, word: &str) -> Readings {
        let word = word.to_lowercase();
        let cyrillic = word.chars().any(is_cyrillic);
        let mut spellings: BTreeSet<String> = BTreeSet::new();
        let mut letters = word.chars();
        let initial = match (letters.next(), letters.next()) {
            (Some(letter), None) => self.initials.get(&letter),
            _ => None,
        };
        if let Some(initials) = initial {
            // The first letter of what is written with one or several.
            spellings.extend(initials.iter().map(char::to_string));
        } else if cyrillic {
            spellings.insert(decomposed(&word).filter(|&it| !is_mark(it)).collect());
        } else {
            let letters = without_marks(&word);
            spellings.extend(
                self.systems
                    .iter()
                    .filter_map(|it| it.read_letters(&letters)),
            );
            if spellings.is_empty() {
                let plain = any_ascii::any_ascii(&word).to_lowercase();
                let read: Vec<_> = self
                    .systems
                    .iter()
                    .filter_map(|it| it.read(&plain))
                    .collect();
                spellings.extend(read);
                if spellings.is_empty() {
                    spellings.extend(self.latin.read(&plain));
                }
                if spellings.is_empty() {
                    spellings.insert(plain);
                }
            }
        }
        let each = |key| -> Vec<String> {
            let folded: BTreeSet<String> =
                spellings.iter().map(|it| self.folded(it, key)).collect();
            folded.into_iter().filter(|it| !it.is_empty()).collect()
        };
        Readings {
            normal: each(false),
            keys: each(true),
        }
    }
}
