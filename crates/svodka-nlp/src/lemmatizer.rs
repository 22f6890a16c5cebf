//! The lemmatizer: the base form of a word, from exceptions, suffix rules and a list of known words.

use std::borrow::Cow;
use std::path::Path;

use hashbrown::{HashMap, HashSet};
use rmpv::ValueRef;

use crate::error::{Error, read_file};
use crate::strings::string_id;
use crate::unicode::is_alpha;
use crate::weights::{bytes_of, decode, field};

/// A loaded lemmatizer, of the kind that goes by rules.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    tables: Vec<Table>,
    /// For each coarse part of speech by number.
    parts: Vec<Part>,
    /// For each set of morphological features by number.
    morphs: Vec<Morph>,
}

/// What is known of the words of one part of speech. All words are in lower case.
#[derive(Debug, Default)]
struct Table {
    /// Endings with what stands in their place in the base form.
    rules: Vec<(Box<str>, Box<str>)>,
    exceptions: HashMap<Box<str>, Vec<Box<str>>>,
    index: HashSet<Box<str>>,
}

/// What the lemmatizer has to know of a part of speech.
#[derive(Debug, Clone, Copy)]
struct Part {
    is_noun: bool,
    is_verb: bool,
    otherwise: Treatment,
}

/// How the words of a part of speech are treated if they are not in their base form already.
#[derive(Debug, Clone, Copy)]
enum Treatment {
    Kept,
    Lowered,
    Looked(usize),
}

/// What the lemmatizer has to know of a set of morphological features.
#[derive(Debug, Clone, Copy)]
struct Morph {
    is_singular: bool,
    is_plain_present: bool,
    is_base: bool,
}

impl Lemmatizer {
    /// Loads the component in `folder`. `parts` and `morphs` are the names that the numbers of the
    /// coarse parts of speech and of the morphological features stand for.
    pub(crate) fn load(folder: &Path, parts: &[String], morphs: &[String]) -> Result<Self, Error> {
        let path = folder.join("lookups").join("lookups.bin");
        Self::from_bytes(&path, &read_file(&path)?, parts, morphs)
    }

    fn from_bytes(
        path: &Path,
        bytes: &[u8],
        parts: &[String],
        morphs: &[String],
    ) -> Result<Self, Error> {
        let root = decode(path, bytes)?;
        let mut tables: HashMap<u64, Table> = HashMap::new();
        if field(&root, "lemma_rules").is_none() {
            return Err(Error::malformed(path, "no table `lemma_rules`"));
        }
        for (id, rules) in sections(path, &root, "lemma_rules")? {
            tables.entry(id).or_default().rules = rules_of(rules)
                .ok_or_else(|| Error::malformed(path, "`lemma_rules` has no pairs of endings"))?;
        }
        for (id, exceptions) in sections(path, &root, "lemma_exc")? {
            tables.entry(id).or_default().exceptions = exceptions_of(exceptions)
                .ok_or_else(|| Error::malformed(path, "`lemma_exc` has no lists of words"))?;
        }
        for (id, index) in sections(path, &root, "lemma_index")? {
            tables.entry(id).or_default().index = words_of(index)
                .ok_or_else(|| Error::malformed(path, "`lemma_index` has no lists of words"))?;
        }
        let mut lemmatizer = Self {
            tables: Vec::new(),
            parts: Vec::with_capacity(parts.len()),
            morphs: morphs.iter().map(|morph| Morph::read(morph)).collect(),
        };
        for part in parts {
            let name = part.to_lowercase();
            // An empty table is as good as none.
            let table = tables
                .remove(&string_id(&name))
                .filter(|table| !table.is_empty());
            lemmatizer.parts.push(Part {
                is_noun: name == "noun",
                is_verb: name == "verb",
                otherwise: match (name.as_str(), table) {
                    ("" | "eol" | "space", _) => Treatment::Lowered,
                    (_, Some(table)) => {
                        lemmatizer.tables.push(table);
                        Treatment::Looked(lemmatizer.tables.len() - 1)
                    }
                    ("propn", None) => Treatment::Kept,
                    (_, None) => Treatment::Lowered,
                },
            });
        }
        Ok(lemmatizer)
    }

    /// The base form of `word` as the part of speech with the number `pos`, with the morphological
    /// features that have the number `morph`.
    pub(crate) fn lemma<'a>(&'a self, word: &'a str, pos: u16, morph: u16) -> Cow<'a, str> {
        let part = self.parts.get(usize::from(pos));
        let morph = self.morphs.get(usize::from(morph));
        match part.zip(morph) {
            Some((part, morph)) if !part.is_base_form(morph) => match part.otherwise {
                Treatment::Kept => word.into(),
                Treatment::Lowered => lower(word),
                Treatment::Looked(table) => self.tables[table].lemma(word),
            },
            _ => lower(word),
        }
    }
}

impl Part {
    /// Whether a word of this part of speech is its own base form, in lower case.
    fn is_base_form(&self, morph: &Morph) -> bool {
        morph.is_base || self.is_noun && morph.is_singular || self.is_verb && morph.is_plain_present
    }
}

impl Morph {
    /// Reads features such as `Number=Sing|Person=3`.
    fn read(features: &str) -> Self {
        let value = |name: &str| {
            let mut pairs = features.split('|').filter_map(|pair| pair.split_once('='));
            pairs.find(|&(key, _)| key == name).map(|(_, value)| value)
        };
        let form = value("VerbForm");
        Self {
            is_singular: value("Number") == Some("Sing"),
            is_plain_present: form == Some("Fin")
                && value("Tense") == Some("Pres")
                && value("Number").is_none(),
            is_base: matches!(form, Some("Inf" | "None")) || value("Degree") == Some("Pos"),
        }
    }
}

impl Table {
    fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.exceptions.is_empty() && self.index.is_empty()
    }

    fn lemma<'a>(&'a self, word: &'a str) -> Cow<'a, str> {
        let lower = lower(word);
        // Known words stand in front, the latest first; behind them what is no word at all, such
        // as a form with an apostrophe.
        let mut forms: Vec<String> = Vec::new();
        let mut guess = None;
        for (old, new) in &self.rules {
            let Some(stem) = lower.strip_suffix(&**old) else {
                continue;
            };
            let form = [stem, new].concat();
            if form.is_empty() {
                continue;
            }
            if self.index.contains(form.as_str()) {
                forms.insert(0, form);
            } else if !form.chars().all(is_alpha) {
                forms.push(form);
            } else if guess.is_none() {
                guess = Some(form);
            }
        }
        let exceptions = self.exceptions.get(&*lower).map_or(&[][..], Vec::as_slice);
        // Of the exceptions that the rules did not find too, the last comes first.
        let exception = exceptions.iter().enumerate().rev().find(|&(number, form)| {
            let repeated = exceptions[..number].contains(form);
            !repeated && !forms.iter().any(|found| **found == **form)
        });
        match exception {
            Some((_, form)) => Cow::Borrowed(form),
            None => match forms.into_iter().next().or(guess) {
                Some(form) => Cow::Owned(form),
                None => Cow::Borrowed(word),
            },
        }
    }
}

/// The parts of the table `name`, by the ids of the parts of speech; none if there is no such table.
fn sections<'v, 'a>(
    path: &Path,
    root: &'v ValueRef<'a>,
    name: &str,
) -> Result<Vec<(u64, &'v ValueRef<'a>)>, Error> {
    let entries = match field(root, name) {
        None => return Ok(Vec::new()),
        Some(ValueRef::Map(entries)) => Some(entries),
        Some(_) => None,
    };
    let sections = entries.and_then(|entries| {
        let sections = entries.iter().map(|(key, value)| match key {
            ValueRef::Integer(id) => Some((id.as_u64()?, value)),
            _ => None,
        });
        sections.collect()
    });
    sections.ok_or_else(|| Error::malformed(path, format!("`{name}` has no parts of speech")))
}

fn rules_of(value: &ValueRef<'_>) -> Option<Vec<(Box<str>, Box<str>)>> {
    let ValueRef::Array(rules) = value else {
        return None;
    };
    let rules = rules.iter().map(|rule| match rule {
        ValueRef::Array(pair) => match pair.as_slice() {
            [old, new] => Some((word_of(old)?, word_of(new)?)),
            _ => None,
        },
        _ => None,
    });
    rules.collect()
}

fn exceptions_of(value: &ValueRef<'_>) -> Option<HashMap<Box<str>, Vec<Box<str>>>> {
    let ValueRef::Map(entries) = value else {
        return None;
    };
    let entries = entries
        .iter()
        .map(|(word, forms)| Some((word_of(word)?, words_of(forms)?)));
    entries.collect()
}

fn words_of<C: FromIterator<Box<str>>>(value: &ValueRef<'_>) -> Option<C> {
    match value {
        ValueRef::Array(words) => words.iter().map(word_of).collect(),
        _ => None,
    }
}

fn word_of(value: &ValueRef<'_>) -> Option<Box<str>> {
    Some(std::str::from_utf8(bytes_of(value)?).ok()?.into())
}

/// A word in lower case.
fn lower(word: &str) -> Cow<'_, str> {
    let is_lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if word.bytes().all(is_lower) {
        word.into()
    } else {
        word.to_lowercase().into()
    }
}

#[cfg(test)]
mod tests {
    use rmpv::Value;

    use super::*;

    fn list(words: &[&str]) -> Value {
        Value::Array(words.iter().map(|&word| word.into()).collect())
    }

    fn map(entries: Vec<(Value, Value)>) -> Value {
        Value::Map(entries)
    }

    fn packed(value: &Value) -> Vec<u8> {
        let mut bytes = Vec::new();
        rmpv::encode::write_value(&mut bytes, value).unwrap();
        bytes
    }

    fn tables() -> Value {
        let verb = || Value::from(string_id("verb"));
        let noun = || Value::from(string_id("noun"));
        let rules =
            |pairs: &[[&str; 2]]| Value::Array(pairs.iter().map(|pair| list(pair)).collect());
        let verbs = rules(&[
            ["s", ""],
            ["ed", "e"],
            ["ed", ""],
            ["ing", "e"],
            ["ing", ""],
        ]);
        let nouns = rules(&[["s", ""], ["ses", "s"], ["men", "man"]]);
        let exceptions = map(vec![
            ("went".into(), list(&["go"])),
            ("ground".into(), list(&["ground", "grind"])),
            ("hoped".into(), list(&["hop", "hope"])),
        ]);
        map(vec![
            (
                "lemma_rules".into(),
                map(vec![(verb(), verbs), (noun(), nouns)]),
            ),
            ("lemma_exc".into(), map(vec![(verb(), exceptions)])),
            (
                "lemma_index".into(),
                map(vec![
                    (verb(), list(&["strike", "hop", "hope"])),
                    (noun(), list(&["lens"])),
                ]),
            ),
        ])
    }

    fn load(tables: &Value) -> Result<Lemmatizer, Error> {
        let parts = ["", "VERB", "NOUN", "PROPN", "ADP", "SPACE"].map(str::to_owned);
        let morphs = [
            "",
            "Number=Sing",
            "Tense=Pres|VerbForm=Fin",
            "Degree=Pos",
            "Number=Plur",
        ];
        let path = Path::new("lookups.bin");
        Lemmatizer::from_bytes(path, &packed(tables), &parts, &morphs.map(str::to_owned))
    }

    fn check(word: &str, pos: u16, morph: u16, lemma: &str) {
        assert_eq!(
            load(&tables()).unwrap().lemma(word, pos, morph),
            lemma,
            "{word}"
        );
    }

    const VERB: u16 = 1;
    const NOUN: u16 = 2;

    #[test]
    fn a_known_form_goes_before_a_guess() {
        check("Striking", VERB, 0, "strike");
        check("lenses", NOUN, 4, "lens");
        check("meetings", NOUN, 4, "meeting");
        check("Workmen", NOUN, 4, "workman");
    }

    #[test]
    fn of_two_known_forms_the_later_rule_gives_the_lemma() {
        check("hoped", VERB, 0, "hop");
    }

    #[test]
    fn the_last_exception_that_no_rule_found_goes_before_everything() {
        check("Went", VERB, 0, "go");
        check("ground", VERB, 0, "grind");
    }

    #[test]
    fn a_word_no_rule_fits_is_kept_as_it_is_written() {
        check("Kept", VERB, 0, "Kept");
        check("s", NOUN, 4, "s");
    }

    #[test]
    fn what_is_no_word_is_accepted_without_being_known() {
        check("strike-breakers", NOUN, 4, "strike-breaker");
    }

    #[test]
    fn a_base_form_is_only_lower_cased() {
        check("Lens", NOUN, 1, "lens");
        check("Hoped", VERB, 2, "hoped");
        check("Hoped", VERB, 3, "hoped");
    }

    #[test]
    fn names_keep_their_capitals_and_words_without_rules_lose_them() {
        check("Smirnovs", 3, 4, "Smirnovs");
        check("UNDER", 4, 0, "under");
        check("\u{a0}X", 5, 0, "\u{a0}x");
        check("Nobody", 0, 0, "nobody");
        check("ΣΑΣ", 4, 0, "σας");
    }

    #[test]
    fn damaged_tables_are_named() {
        for (key, damage, what) in [
            (
                "lemma_rules",
                Value::Nil,
                "`lemma_rules` has no parts of speech",
            ),
            (
                "lemma_rules",
                map(vec![(7.into(), list(&["s"]))]),
                "`lemma_rules` has no pairs",
            ),
            (
                "lemma_exc",
                map(vec![(7.into(), list(&["s"]))]),
                "`lemma_exc` has no lists",
            ),
            (
                "lemma_index",
                map(vec![("verb".into(), list(&["s"]))]),
                "`lemma_index` has no parts",
            ),
            (
                "lemma_index",
                map(vec![(7.into(), Value::Nil)]),
                "`lemma_index` has no lists",
            ),
        ] {
            let Value::Map(mut entries) = tables() else {
                unreachable!()
            };
            for (name, value) in &mut entries {
                if name.as_str() == Some(key) {
                    *value = damage.clone();
                }
            }
            let error = load(&Value::Map(entries)).unwrap_err().to_string();
            assert!(error.contains(what), "{error}");
        }
        let error = load(&map(vec![])).unwrap_err().to_string();
        assert_eq!(error, "lookups.bin: no table `lemma_rules`");
    }
}
