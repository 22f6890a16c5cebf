//! How each kind of claim is told to people.

use std::collections::BTreeMap;
use std::ops::Range;

use indexmap::IndexMap;
use serde::Deserialize;
use svodka_model::SmolStr;
use toml::Spanned;

use crate::{Kind, PackError, PackFile};

/// The wording of every kind that a pack's `kinds.toml` tells how to word, in the order of the file.
pub type KindWords = IndexMap<SmolStr, Wording>;

/// How claims of a kind are told.
///
/// ```toml
/// [membership]
/// heading = "Memberships"
/// under = ["person", "group"]     # the claim stands under the first of these that is a thing of the report
/// phrase = "{person} — {status} {group}[, in {unit}]"
/// words.status = { member = "member of", linked = "linked to" }
/// called = { unit = "cell or branch" }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wording {
    /// What claims of this kind are called together.
    pub heading: String,
    /// The roles under whose filler a claim is listed, the first that names a thing.
    pub under: Vec<SmolStr>,
    /// The sentence.
    pub phrase: Phrase,
    /// What a role's or field's values are called: role → value → words.
    pub words: BTreeMap<String, BTreeMap<String, String>>,
    /// What roles and fields are called where they stand by themselves, in a form or a list; those that speak for themselves are not here.
    pub called: BTreeMap<String, String>,
}

impl Wording {
    /// What a role or field is called where it stands by itself.
    pub fn called(&self, name: &str) -> String {
        let said = self.called.get(name).cloned();
        said.unwrap_or_else(|| name.replace('_', " "))
    }
}

/// A sentence with gaps: `{role}` is a gap, and what stands in `[` `]` is left out unless all its gaps are filled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phrase(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Words(String),
    Gap(String),
    Optional(Vec<Part>),
}

impl Phrase {
    /// Reads `text`; the error is the offset of the mistake and what it is.
    fn parse(text: &str) -> Result<Phrase, (usize, String)> {
        let mut parts = Vec::new();
        let mut outer: Option<(usize, Vec<Part>)> = None;
        let mut at = 0;
        while let Some(found) = text[at..].find(['{', '}', '[', ']']) {
            if found > 0 {
                parts.push(Part::Words(text[at..at + found].to_owned()));
            }
            at += found;
            match &text[at..=at] {
                "{" => {
                    let end = text[at..]
                        .find('}')
                        .ok_or((at, "this '{' has no '}'".to_owned()))?;
                    parts.push(Part::Gap(text[at + 1..at + end].trim().to_owned()));
                    at += end;
                }
                "[" if outer.is_none() => outer = Some((at, std::mem::take(&mut parts))),
                "[" => return Err((at, "a '[' inside '[' … ']'".to_owned())),
                "]" => {
                    let (_, before) = outer.take().ok_or((at, "this ']' has no '['".to_owned()))?;
                    let optional = std::mem::replace(&mut parts, before);
                    parts.push(Part::Optional(optional));
                }
                _ => return Err((at, "this '}' has no '{'".to_owned())),
            }
            at += 1;
        }
        if at < text.len() {
            parts.push(Part::Words(text[at..].to_owned()));
        }
        match outer {
            Some((at, _)) => Err((at, "this '[' has no ']'".to_owned())),
            None => Ok(Phrase(parts)),
        }
    }

    /// The names in its gaps, in order.
    pub fn gaps(&self) -> Vec<&str> {
        fn gather<'a>(parts: &'a [Part], gaps: &mut Vec<&'a str>) {
            for part in parts {
                match part {
                    Part::Words(_) => {}
                    Part::Gap(name) => gaps.push(name),
                    Part::Optional(parts) => gather(parts, gaps),
                }
            }
        }
        let mut gaps = Vec::new();
        gather(&self.0, &mut gaps);
        gaps
    }

    /// The sentence with its gaps filled by `filler`; a gap for which there is none becomes `…`.
    pub fn fill(&self, filler: &dyn Fn(&str) -> Option<String>) -> String {
        let mut told = String::new();
        for part in &self.0 {
            match part {
                Part::Words(words) => told.push_str(words),
                Part::Gap(name) => told.push_str(&filler(name).unwrap_or_else(|| "…".to_owned())),
                Part::Optional(parts) => {
                    let inner = Phrase(parts.clone());
                    if inner.gaps().iter().all(|gap| filler(gap).is_some()) {
                        told.push_str(&inner.fill(filler));
                    }
                }
            }
        }
        told
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordingFile {
    heading: String,
    #[serde(default)]
    under: Vec<Spanned<String>>,
    phrase: Spanned<String>,
    #[serde(default)]
    words: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default)]
    called: IndexMap<Spanned<String>, String>,
}

/// Reads `kinds.toml`. A pack may lack it: its claims are then told by their roles' names.
pub(crate) fn load(files: &[PackFile], kinds: &[Kind], errors: &mut Vec<PackError>) -> KindWords {
    let mut words = KindWords::new();
    for file in files.iter().filter(|file| file.path == "kinds.toml") {
        match file.parse::<IndexMap<Spanned<String>, WordingFile>>() {
            Ok(parsed) => words.extend(parsed.into_iter().map(|(name, wording)| {
                let kind = kinds
                    .iter()
                    .find(|kind| kind.name == name.get_ref().as_str());
                let wording = check(file, kind, wording, errors);
                (SmolStr::new(name.get_ref()), wording)
            })),
            Err(error) => errors.push(error),
        }
    }
    words
}

fn check(
    file: &PackFile,
    kind: Option<&Kind>,
    wording: WordingFile,
    errors: &mut Vec<PackError>,
) -> Wording {
    let inside = |span: Range<usize>| span.start + 1;
    let phrase = Phrase::parse(wording.phrase.get_ref()).unwrap_or_else(|(at, message)| {
        errors.push(file.error(inside(wording.phrase.span()) + at, message));
        Phrase::default()
    });
    if let Some(kind) = kind {
        let known = |name: &str| {
            let in_frames = || {
                kind.frames
                    .iter()
                    .any(|frame| frame.fields.contains_key(name))
            };
            kind.roles.contains_key(name) || kind.fields.contains_key(name) || in_frames()
        };
        for gap in phrase.gaps().into_iter().filter(|gap| !known(gap)) {
            let at = wording
                .phrase
                .get_ref()
                .find(&format!("{{{gap}"))
                .unwrap_or(0);
            let message = format!("the kind '{}' has no role or field '{gap}'", kind.name);
            errors.push(file.error(inside(wording.phrase.span()) + at, message));
        }
        for name in wording.called.keys().filter(|name| !known(name.get_ref())) {
            let message = format!(
                "the kind '{}' has no role or field '{}'",
                kind.name,
                name.get_ref()
            );
            errors.push(file.error(name.span().start, message));
        }
        for role in wording
            .under
            .iter()
            .filter(|role| !kind.roles.contains_key(role.get_ref().as_str()))
        {
            let message = format!("the kind '{}' has no role '{}'", kind.name, role.get_ref());
            errors.push(file.error(role.span().start, message));
        }
    }
    Wording {
        heading: wording.heading,
        under: wording
            .under
            .iter()
            .map(|role| SmolStr::new(role.get_ref()))
            .collect(),
        phrase,
        words: wording.words,
        called: wording
            .called
            .into_iter()
            .map(|(name, words)| (name.into_inner(), words))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(phrase: &str, fillers: &[(&str, &str)]) -> Result<String, (usize, String)> {
        let fill = |gap: &str| {
            fillers
                .iter()
                .find(|(role, _)| *role == gap)
                .map(|(_, words)| (*words).to_owned())
        };
        Phrase::parse(phrase).map(|phrase| phrase.fill(&fill))
    }

    #[test]
    fn a_bracket_is_left_out_unless_all_its_gaps_are_filled() {
        let phrase = "{person} — {status} {group}[, in {unit}][ ({from}–{to})]";
        let fillers = [
            ("person", "Serov"),
            ("group", "the League"),
            ("unit", "Cell 2"),
            ("from", "May"),
        ];
        assert_eq!(
            told(phrase, &fillers),
            Ok("Serov — … the League, in Cell 2".to_owned())
        );
    }

    #[test]
    fn an_unfinished_phrase_is_located() {
        assert_eq!(
            told("a {b", &[]),
            Err((2, "this '{' has no '}'".to_owned()))
        );
        assert_eq!(
            told("a [{b}", &[]),
            Err((2, "this '[' has no ']'".to_owned()))
        );
        assert_eq!(
            told("a b]", &[]),
            Err((3, "this ']' has no '['".to_owned()))
        );
        assert_eq!(
            told("[a [b]]", &[]),
            Err((3, "a '[' inside '[' … ']'".to_owned()))
        );
    }

    #[test]
    fn a_role_that_has_no_words_of_its_own_is_called_by_its_name() {
        let called = [("at".to_owned(), "where".to_owned())].into();
        let wording = Wording {
            called,
            ..Wording::default()
        };
        let told = ["at", "led_by"].map(|role| wording.called(role));
        assert_eq!(told, ["where", "led by"]);
    }

    #[test]
    fn a_gap_that_no_role_fills_is_a_located_mistake() {
        let kind = Kind {
            name: "wage".into(),
            roles: [(SmolStr::new("at"), crate::Accepts::default())]
                .into_iter()
                .collect(),
            required: Vec::new(),
            saying: false,
            event: false,
            partial: false,
            reaches_down: false,
            defaults: IndexMap::new(),
            fields: IndexMap::new(),
            frames: Vec::new(),
        };
        let file = PackFile {
            pack: String::new(),
            path: "kinds.toml".to_owned(),
            text: "[wage]\nheading = \"Wages\"\nunder = [\"who\"]\nphrase = \"{at}: {sum}\"\ncalled = { at = \"where\", for = \"of whom\" }\n"
                .to_owned(),
        };
        let mut errors = Vec::new();
        load(&[file], &[kind], &mut errors);
        let told: Vec<String> = errors.iter().map(PackError::to_string).collect();
        assert_eq!(
            told,
            [
                "kinds.toml:4:17: the kind 'wage' has no role or field 'sum'",
                "kinds.toml:5:26: the kind 'wage' has no role or field 'for'",
                "kinds.toml:3:10: the kind 'wage' has no role 'who'"
            ]
        );
    }
}
