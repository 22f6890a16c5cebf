//! Frames: rules that turn the shape of a sentence into a claim.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use hashbrown::HashMap;
use indexmap::IndexMap;
use serde::Deserialize;
use svodka_model::{NameType, SmolStr};
use toml::Spanned;

use crate::lists::Lists;
use crate::path::{Origin, Path, word_set};
use crate::{PackError, PackFile, WordList};

/// What may fill a role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accepts {
    /// Names of these types.
    pub names: Vec<NameType>,
    /// Noun phrases whose head is one of these lemmas (`@list`).
    pub heads: Option<Arc<WordList>>,
    /// `phrase`: any noun phrase.
    pub phrase: bool,
    /// `counted`: what a number counts: its noun phrase without the number.
    pub counted: bool,
    /// `noun`: a noun with what stands before it, without what hangs on it by "of" and the like.
    pub noun: bool,
    /// `clause`: any words, as they stand.
    pub clause: bool,
    /// `predicate`: a verb with its particle, object and complement, as they stand.
    pub predicate: bool,
    /// `numeral`: a number that stands alone for people ("arrested four", "all but nine of them").
    pub numeral: bool,
    /// `single`: only the first filler found counts.
    pub single: bool,
    /// `number`: a number or range of numbers, as digits.
    pub number: bool,
    /// `amount`: a number or range with its unit.
    pub amount: bool,
}

/// A kind of claim: its roles and the frames that find it. One file of `frames/`.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// Its name, as in the output.
    pub name: SmolStr,
    /// The roles in their order, with what may fill each.
    pub roles: IndexMap<SmolStr, Accepts>,
    /// Roles without which there is no claim. A frame can ask for more.
    pub required: Vec<SmolStr>,
    /// Whether it relates an act of saying: such a claim is not attributed to its own speaker.
    pub saying: bool,
    /// Whether it relates an event: told without a date of its own, it happened when the story had got to.
    pub event: bool,
    /// Whether a claim that was learned, not framed, may lack a required role: a strike at a place that is not named.
    pub partial: bool,
    /// Whether the certainty and sources of a list's introduction reach its claims.
    pub reaches_down: bool,
    /// Where a role's fillers come from in any frame that finds none of its own.
    pub defaults: IndexMap<SmolStr, Path>,
    /// Fields that hold unless a frame says otherwise.
    pub fields: IndexMap<SmolStr, SmolStr>,
    /// The frames.
    pub frames: Vec<Frame>,
}

impl Kind {
    /// The fields that its claims may have, with the values that the frames give each; any value if that set is empty.
    pub fn field_values(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut fields: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut open: BTreeSet<&str> = BTreeSet::new();
        for (field, value) in &self.fields {
            fields.entry(field).or_default().insert(value);
        }
        for (field, path) in self.frames.iter().flat_map(|frame| &frame.fields) {
            let values = fields.entry(field).or_default();
            for origin in path.0.iter().flatten() {
                match origin {
                    Origin::Literal(value) => {
                        values.insert(value);
                    }
                    Origin::Value(list) => values.extend(list.iter().map(|(_, value)| value)),
                    Origin::Steps(_) => {
                        open.insert(field);
                    }
                }
            }
        }
        for field in open {
            fields.insert(field, BTreeSet::new());
        }
        fields
    }
}

/// A rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Its name, unique in its kind.
    pub name: String,
    /// The words that set it off: lemmas or forms in lower case, one or several tokens long.
    pub trigger: WordList,
    /// Coarse parts of speech that the trigger's main word may have; any if empty.
    pub pos: Vec<String>,
    /// Words one of which must stand in the block that introduces the list.
    pub introduced: Vec<String>,
    /// One claim for each item of the list that the trigger's block introduces.
    pub each_item: bool,
    /// What may fill a role in this frame, where that differs from the kind's.
    pub accepts: IndexMap<SmolStr, Accepts>,
    /// Whether it finds what is only said by the way: flatly, in the report's own voice, whatever governs it.
    pub aside: bool,
    /// Whether it also reads the report's own frame: signatures, addresses.
    pub signature: bool,
    /// Where each role's fillers come from.
    pub roles: IndexMap<SmolStr, Path>,
    /// Roles that the kind's defaults do not fill in this frame.
    pub without: Vec<SmolStr>,
    /// Roles that this frame needs besides the kind's.
    pub required: Vec<SmolStr>,
    /// Paths that must lead to no token.
    pub unless: Vec<Path>,
    /// Paths each of which must lead to some token.
    pub when: Vec<Path>,
    /// Whether a date near the trigger dates the claim.
    pub dated: bool,
    /// Whether saying it again of the same things makes no claim, as in a phrase that only refers back.
    pub once: bool,
    /// Whether the trigger itself says that it is not so ("refused to name").
    pub negative: bool,
    /// Fields that it sets: a literal in quotes or the value of a list.
    pub fields: IndexMap<SmolStr, Path>,
    /// Sentences in which it must find exactly the claims given.
    pub examples: Vec<Example>,
    /// Sentences in which it must find nothing.
    pub rejects: Vec<Example>,
}

/// The frames of a pack by the first word of what sets them off, made once for all reports.
#[derive(Debug, Clone, Default)]
pub struct Openers(HashMap<SmolStr, Vec<(usize, usize)>>);

impl Openers {
    /// Of these kinds' frames.
    pub fn new(kinds: &[Kind]) -> Openers {
        let mut openers = Openers::default();
        for (number, kind) in kinds.iter().enumerate() {
            for (frame, it) in kind.frames.iter().enumerate() {
                for (phrase, _) in it.trigger.iter() {
                    let word = phrase.split(' ').next().unwrap_or(phrase);
                    let frames = openers.0.entry(SmolStr::new(word)).or_default();
                    if frames.last() != Some(&(number, frame)) {
                        frames.push((number, frame));
                    }
                }
            }
        }
        openers
    }

    /// The frames that a trigger beginning with this word can set off, in their order: the number of the kind, and
    /// that of the frame in it.
    pub fn of(&self, word: &str) -> &[(usize, usize)] {
        self.0.get(word).map_or(&[], Vec::as_slice)
    }
}

/// A sentence with marked names, and what should be found: `… => role: filler, filler; field: value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The marked sentence, in the gold notation.
    pub marked: String,
    /// What each role or field should hold; fillers of one role are separated by commas.
    pub expected: IndexMap<String, Vec<String>>,
    /// The file it stands in.
    pub file: String,
    /// Where it stands in the file.
    pub position: crate::Position,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindFile {
    kind: Spanned<String>,
    #[serde(default)]
    roles: IndexMap<String, Spanned<String>>,
    #[serde(default)]
    required: Vec<Spanned<String>>,
    #[serde(default)]
    saying: bool,
    #[serde(default)]
    event: bool,
    #[serde(default)]
    partial: bool,
    #[serde(default)]
    reaches_down: bool,
    #[serde(default)]
    defaults: IndexMap<String, Spanned<String>>,
    #[serde(default)]
    fields: IndexMap<String, String>,
    #[serde(default)]
    frame: Vec<FrameFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameFile {
    name: Spanned<String>,
    trigger: Spanned<String>,
    #[serde(default)]
    pos: Option<String>,
    #[serde(default)]
    introduced: Option<Spanned<String>>,
    #[serde(default)]
    each_item: bool,
    #[serde(default)]
    accepts: IndexMap<String, Spanned<String>>,
    #[serde(default)]
    aside: bool,
    #[serde(default)]
    signature: bool,
    #[serde(default)]
    roles: IndexMap<String, Spanned<String>>,
    #[serde(default)]
    without: Vec<Spanned<String>>,
    #[serde(default)]
    required: Vec<Spanned<String>>,
    #[serde(default)]
    unless: Vec<Spanned<String>>,
    #[serde(default)]
    when: Vec<Spanned<String>>,
    #[serde(default = "yes")]
    dated: bool,
    #[serde(default)]
    once: bool,
    #[serde(default)]
    negative: bool,
    #[serde(default)]
    fields: IndexMap<String, Spanned<String>>,
    #[serde(default)]
    examples: Vec<Spanned<String>>,
    #[serde(default)]
    rejects: Vec<Spanned<String>>,
}

fn yes() -> bool {
    true
}

/// Reads all files of `frames/`; mistakes are noted, and the frames that hold one are left out.
pub(crate) fn load(files: &[PackFile], lists: &Lists, errors: &mut Vec<PackError>) -> Vec<Kind> {
    let mut files: Vec<_> = files
        .iter()
        .filter(|file| file.path.starts_with("frames/"))
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut kinds: Vec<Kind> = Vec::new();
    for &file in &files {
        let parsed = match file.parse::<KindFile>() {
            Ok(parsed) => parsed,
            Err(error) => {
                errors.push(error);
                continue;
            }
        };
        let known = kinds
            .iter_mut()
            .find(|kind| kind.name == parsed.kind.get_ref().as_str());
        let mut reader = Reader {
            file,
            lists,
            errors,
        };
        match known {
            Some(kind) => reader.extend(kind, parsed),
            None => {
                let kind = reader.kind(parsed);
                kinds.push(kind);
            }
        }
    }
    for kind in kinds.iter().filter(|kind| kind.frames.is_empty()) {
        let last = files.iter().rfind(|file| {
            file.parse::<KindFile>()
                .is_ok_and(|parsed| parsed.kind.get_ref().as_str() == kind.name)
        });
        errors.extend(last.map(|file| file.error(0, "this kind has no [[frame]]")));
    }
    kinds
}

/// Checks one file.
struct Reader<'a> {
    file: &'a PackFile,
    lists: &'a Lists,
    errors: &'a mut Vec<PackError>,
}

impl Reader<'_> {
    fn note(&mut self, offset: usize, message: String) {
        self.errors.push(self.file.error(offset, message));
    }

    fn kind(&mut self, parsed: KindFile) -> Kind {
        let roles: IndexMap<SmolStr, Accepts> = parsed
            .roles
            .iter()
            .map(|(role, accepts)| (role.into(), self.accepts(accepts)))
            .collect();
        let required = self.known(&parsed.required, &roles);
        let defaults = self.defaults(&parsed.defaults, &roles);
        let frames = parsed
            .frame
            .into_iter()
            .map(|frame| self.frame(frame, &roles))
            .collect();
        Kind {
            name: parsed.kind.into_inner().into(),
            roles,
            required,
            saying: parsed.saying,
            event: parsed.event,
            partial: parsed.partial,
            reaches_down: parsed.reaches_down,
            defaults,
            fields: parsed
                .fields
                .into_iter()
                .map(|(field, value)| (field.into(), value.into()))
                .collect(),
            frames,
        }
    }

    fn defaults(
        &mut self,
        parsed: &IndexMap<String, Spanned<String>>,
        roles: &IndexMap<SmolStr, Accepts>,
    ) -> IndexMap<SmolStr, Path> {
        for (role, path) in parsed {
            if !roles.contains_key(role.as_str()) {
                self.note(path.span().start, format!("this kind has no role '{role}'"));
            }
        }
        let defaults = parsed.iter();
        defaults
            .map(|(role, path)| (role.into(), self.path(path)))
            .collect()
    }

    /// Adds what a later pack says of a kind that an earlier one defines: roles, fields, and frames that are tried
    /// before the earlier ones.
    fn extend(&mut self, kind: &mut Kind, parsed: KindFile) {
        if !parsed.required.is_empty()
            || parsed.saying
            || parsed.event
            || parsed.partial
            || parsed.reaches_down
        {
            let message = format!(
                "the kind '{}' is defined by another pack: only roles, fields and frames can be added",
                kind.name
            );
            self.note(parsed.kind.span().start, message);
        }
        for (role, accepts) in &parsed.roles {
            let accepts = self.accepts(accepts);
            kind.roles.insert(role.into(), accepts);
        }
        let defaults = self.defaults(&parsed.defaults, &kind.roles);
        kind.defaults.extend(defaults);
        let fields = parsed.fields.into_iter();
        kind.fields
            .extend(fields.map(|(field, value)| (field.into(), value.into())));
        let frames = parsed.frame.into_iter();
        let frames: Vec<Frame> = frames.map(|frame| self.frame(frame, &kind.roles)).collect();
        kind.frames.splice(0..0, frames);
    }

    fn frame(&mut self, parsed: FrameFile, roles: &IndexMap<SmolStr, Accepts>) -> Frame {
        let name = parsed.name.get_ref().clone();
        for (what, lines) in [("examples", &parsed.examples), ("rejects", &parsed.rejects)] {
            if lines.is_empty() {
                self.note(
                    parsed.name.span().start,
                    format!("the frame '{name}' has no {what}: at least one is needed"),
                );
            }
        }
        for (role, path) in parsed.roles.iter().chain(&parsed.accepts) {
            if !roles.contains_key(role.as_str()) {
                self.note(path.span().start, format!("this kind has no role '{role}'"));
            }
        }
        let introduced = parsed
            .introduced
            .as_ref()
            .map_or_else(Vec::new, |words| self.words(words));
        Frame {
            trigger: self.trigger(&parsed.trigger),
            pos: parsed
                .pos
                .iter()
                .flat_map(|pos| pos.split('/'))
                .map(str::to_owned)
                .collect(),
            introduced,
            each_item: parsed.each_item,
            roles: parsed
                .roles
                .iter()
                .map(|(role, path)| (role.into(), self.path(path)))
                .collect(),
            without: self.known(&parsed.without, roles),
            required: self.known(&parsed.required, roles),
            unless: parsed.unless.iter().map(|path| self.path(path)).collect(),
            when: parsed.when.iter().map(|path| self.path(path)).collect(),
            dated: parsed.dated,
            once: parsed.once,
            aside: parsed.aside,
            signature: parsed.signature,
            accepts: parsed
                .accepts
                .iter()
                .map(|(role, accepts)| (role.into(), self.accepts(accepts)))
                .collect(),
            negative: parsed.negative,
            fields: parsed
                .fields
                .iter()
                .map(|(field, path)| (field.into(), self.path(path)))
                .collect(),
            examples: self.examples(&parsed.examples, true),
            rejects: self.examples(&parsed.rejects, false),
            name,
        }
    }

    fn known(
        &mut self,
        names: &[Spanned<String>],
        roles: &IndexMap<SmolStr, Accepts>,
    ) -> Vec<SmolStr> {
        for name in names {
            if !roles.contains_key(name.get_ref().as_str()) {
                self.note(
                    name.span().start,
                    format!("this kind has no role '{}'", name.get_ref()),
                );
            }
        }
        names.iter().map(|name| name.get_ref().into()).collect()
    }

    /// Where the words of a string begin in the file: after its opening quotes.
    fn inside(&self, span: Range<usize>) -> usize {
        let raw = self.file.text.get(span.clone()).unwrap_or("");
        span.start + (raw.len() - raw.trim_start_matches(['"', '\'', '\n']).len())
    }

    fn accepts(&mut self, text: &Spanned<String>) -> Accepts {
        let mut accepts = Accepts::default();
        for word in text.get_ref().split('|').map(str::trim) {
            match (word, NameType::from_code(word), word.strip_prefix('@').map(|name| (name, self.lists.get(name)))) {
                (_, Some(kind), _) => accepts.names.push(kind),
                ("phrase", ..) => accepts.phrase = true,
                ("noun", ..) => accepts.noun = true,
                ("counted", ..) => accepts.counted = true,
                ("clause", ..) => accepts.clause = true,
                ("predicate", ..) => accepts.predicate = true,
                ("numeral", ..) => accepts.numeral = true,
                ("single", ..) => accepts.single = true,
                ("number", ..) => accepts.number = true,
                ("amount", ..) => accepts.amount = true,
                (_, _, Some((_, Some(list)))) => Arc::make_mut(accepts.heads.get_or_insert_default()).extend(list),
                (_, _, Some((name, None))) => {
                    self.note(text.span().start, format!("there is no list '{name}' in this pack"));
                }
                _ => self.note(
                    text.span().start,
                    format!("'{word}' cannot fill a role: write PERSON, ORG …, @list, phrase, noun, counted, clause, predicate, numeral, number or amount"),
                ),
            }
        }
        accepts
    }

    fn path(&mut self, text: &Spanned<String>) -> Path {
        Path::parse(text.get_ref(), self.lists).unwrap_or_else(|error| {
            self.note(self.inside(text.span()) + error.offset, error.message);
            Path(Vec::new())
        })
    }

    fn words(&mut self, text: &Spanned<String>) -> Vec<String> {
        word_set(text.get_ref(), self.lists).unwrap_or_else(|message| {
            self.note(text.span().start, message);
            Vec::new()
        })
    }

    fn trigger(&mut self, text: &Spanned<String>) -> WordList {
        let mut trigger = WordList::default();
        for word in text.get_ref().split('|').map(str::trim) {
            match word.strip_prefix('@') {
                None if word.is_empty() => {
                    self.note(text.span().start, "an empty trigger".to_owned())
                }
                None => trigger.add(word, None),
                Some(name) => match self.lists.get(name) {
                    Some(list) => list
                        .iter()
                        .for_each(|(word, value)| trigger.add(word, Some(value))),
                    None => self.note(
                        text.span().start,
                        format!("there is no list '{name}' in this pack"),
                    ),
                },
            }
        }
        trigger
    }

    fn examples(&mut self, lines: &[Spanned<String>], claims: bool) -> Vec<Example> {
        let mut examples = Vec::new();
        for line in lines {
            let (marked, expected) = match line.get_ref().split_once("=>") {
                Some((marked, expected)) => (marked, expected),
                None => (line.get_ref().as_str(), ""),
            };
            if claims == expected.trim().is_empty() {
                let form = "an example ends with '=> role: filler; …', a reject does not";
                self.note(line.span().start, form.to_owned());
                continue;
            }
            let mut roles = IndexMap::new();
            for part in expected
                .split(';')
                .map(str::trim)
                .filter(|part| !part.is_empty())
            {
                match part.split_once(':') {
                    Some((role, fillers)) => {
                        let fillers = fillers
                            .split(',')
                            .map(|filler| filler.trim().to_owned())
                            .collect();
                        roles.insert(role.trim().to_owned(), fillers);
                    }
                    None => self.note(
                        line.span().start,
                        format!("'{part}' is not of the form 'role: filler'"),
                    ),
                }
            }
            examples.push(Example {
                marked: marked.trim().to_owned(),
                expected: roles,
                file: self.file.name(),
                position: crate::Position::of(&self.file.text, line.span().start),
            });
        }
        examples
    }
}
