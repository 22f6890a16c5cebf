//! The names of people who may be alive, taken out of everything that leaves the machine. Each is replaced by a number that is the
//! same everywhere in the project, so that people can still be counted and told apart.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;
use rusqlite::Connection;
use serde_json::Value;
use svodka_model::{
    CodePoints, Contract, EntityOut, FillerOut, MentionOut, NameType, Place, Quote, Span,
};

use crate::StoreError;
use crate::fold::{Word, words};
use crate::identity::Clusters;

/// The shortest surname of which words are taken to be made: `Orlov`, `Orlovites`.
const ROOT: usize = 5;
/// How many letters more such a word has at most.
const ENDING: usize = 4;
/// How far apart the words of a name may stand: `Orlov,  I`.
const GAP: usize = 3;

/// What is called what.
#[derive(Debug, Clone, Default)]
pub struct Shield {
    people: BTreeSet<i64>,
    /// Whole names of two words and more, by their first word, the longest first. Asked for every word of a text, in no order.
    names: HashMap<String, Vec<(Vec<String>, i64)>>,
    /// Surnames and names of one word, likewise.
    surnames: HashMap<String, i64>,
    /// Every word of a person's names, save initials.
    parts: BTreeMap<i64, BTreeSet<String>>,
}

/// What is known of the text that a string comes from.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The shielded people whom its report names.
    here: BTreeSet<i64>,
    /// Where they are named, in order.
    exact: Vec<(Span, i64)>,
    /// Where people are named who are not shielded, in order.
    others: Vec<Span>,
    /// Whether surnames count without a capital too: in paths and remarks, where nothing says who is meant.
    any_case: bool,
}

/// A text without the names.
#[derive(Debug, Clone, Default)]
pub struct Scrubbed {
    pub text: String,
    /// What was cut out, and what stands in its stead.
    cuts: Vec<(Span, Span)>,
}

/// The number in place of a name.
pub fn label(person: i64) -> String {
    format!("[person {person}]")
}

impl Shield {
    /// For these people, each by their number: all names under which any report that names them does, and for names that several bear all forms of
    /// these.
    pub fn load(
        conn: &Connection,
        clusters: &Clusters,
        people: &BTreeSet<i64>,
    ) -> Result<Shield, StoreError> {
        let mut shield = Shield {
            people: people.clone(),
            ..Shield::default()
        };
        let mut query = conn.prepare("SELECT n.thing, n.folded FROM name n JOIN thing t ON t.id = n.thing WHERE t.kind = 'PERSON' ORDER BY n.thing, n.folded")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (thing, form): (i64, String) = (row.get(0)?, row.get(1)?);
            for person in clusters.all(thing) {
                if people.contains(&person) {
                    shield.know(person, &form);
                }
            }
        }
        for names in shield.names.values_mut() {
            names.sort_by_key(|(words, person)| (std::cmp::Reverse(words.len()), *person));
        }
        Ok(shield)
    }

    fn know(&mut self, person: i64, form: &str) {
        let words: Vec<String> = words(form).into_iter().map(|word| word.folded).collect();
        let Some(last) = words.iter().rev().find(|word| word.len() > 1) else {
            return;
        };
        self.surnames.entry(last.clone()).or_insert(person);
        let parts = self.parts.entry(person).or_default();
        parts.extend(words.iter().filter(|word| word.len() > 1).cloned());
        if let [first, _, ..] = words.as_slice() {
            self.names
                .entry(first.clone())
                .or_default()
                .push((words, person));
        }
    }

    /// Whether a person, by their number, is shielded.
    pub fn covers(&self, person: i64) -> bool {
        self.people.contains(&person)
    }

    /// A string of which nothing more is known.
    pub fn string(&self, text: &str) -> String {
        let context = Context {
            any_case: true,
            ..Context::default()
        };
        self.scrub(text, &context).text
    }

    /// A text without the names of shielded people: where its reading found them; whole names and their parts anywhere in a report
    /// that names them; whole names, and surnames with a capital or words made of them, elsewhere. The names of other people stay.
    pub fn scrub(&self, text: &str, context: &Context) -> Scrubbed {
        let words = words(text);
        let mut found: Vec<(Span, i64)> = Vec::new();
        let mut at = 0;
        // Of both lists what ends before the word is behind; they are as long as the text, which is read once.
        let (mut exact, mut others) = (context.exact.as_slice(), context.others.as_slice());
        while let Some(word) = words.get(at) {
            while let Some(((span, _), rest)) = exact.split_first()
                && span.end <= word.span.start
            {
                exact = rest;
            }
            while let Some((span, rest)) = others.split_first()
                && span.end <= word.span.start
            {
                others = rest;
            }
            let mut near = exact
                .iter()
                .take_while(|(span, _)| span.start < word.span.end);
            if let Some((span, person)) = near.find(|(span, _)| span.overlaps(word.span)) {
                found.push((*span, *person));
                at += words[at..]
                    .iter()
                    .take_while(|word| word.span.start < span.end)
                    .count()
                    .max(1);
                continue;
            }
            let mut near = others.iter().take_while(|span| span.start < word.span.end);
            if near.any(|span| span.overlaps(word.span)) {
                at += 1;
                continue;
            }
            match self.name_at(text, &words[at..], context) {
                Some((length, person)) => {
                    let from = with_initials(text, &words, at);
                    found.push((words[from].span.cover(words[at + length - 1].span), person));
                    at += length;
                }
                None => at += 1,
            }
        }
        replace(text, &joined(text, found))
    }

    /// The name that begins with the first of `words`: of how many words, and whose.
    fn name_at(&self, text: &str, words: &[Word], context: &Context) -> Option<(usize, i64)> {
        let word = words.first()?;
        for (name, person) in self.names.get(&word.folded).into_iter().flatten() {
            let near = |pair: &[Word]| {
                let between = Span::new(pair[0].span.end, pair[1].span.start).of(text);
                between.chars().count() <= GAP
            };
            let stands = words.len() >= name.len()
                && words
                    .iter()
                    .zip(name)
                    .all(|(word, name)| word.folded == *name)
                && words[..name.len()].windows(2).all(near);
            if stands {
                return Some((name.len(), *person));
            }
        }
        let of_here = |person: &&i64| {
            self.parts
                .get(*person)
                .is_some_and(|parts| parts.contains(&word.folded))
        };
        if let Some(person) = context.here.iter().find(of_here) {
            return Some((1, *person));
        }
        let capital = word
            .span
            .of(text)
            .chars()
            .next()
            .is_some_and(char::is_uppercase);
        let no_case = word
            .span
            .of(text)
            .chars()
            .all(|c| !c.is_uppercase() && !c.is_lowercase());
        if !capital && !no_case && !context.any_case {
            return None;
        }
        let roots =
            (ROOT..=word.folded.len()).filter(|length| word.folded.len() - length <= ENDING);
        let whole = self.surnames.get(&word.folded);
        let person = whole.or_else(|| {
            roots
                .rev()
                .find_map(|length| self.surnames.get(&word.folded[..length]))
        });
        person.map(|person| (1, *person))
    }

    /// What is known of a report's text, given what it names and the number of each entity.
    pub fn context(
        &self,
        text: &str,
        mentions: &[MentionOut],
        entities: &[EntityOut],
        things: &BTreeMap<String, i64>,
    ) -> Context {
        let points = CodePoints::new(text);
        let mut context = Context::default();
        for mention in mentions {
            let Some(thing) = mention
                .entity
                .as_ref()
                .and_then(|entity| things.get(entity))
            else {
                continue;
            };
            let span = points.to_span(mention.place.start..mention.place.end);
            if self.covers(*thing) {
                context.here.insert(*thing);
                context.exact.push((span, *thing));
            } else if mention.kind == NameType::Person.code() {
                context.others.push(span);
            }
        }
        let entities = entities.iter().filter_map(|entity| things.get(&entity.id));
        context
            .here
            .extend(entities.filter(|thing| self.covers(**thing)));
        context.exact.sort_unstable();
        context.others.sort_unstable();
        context
    }

    /// A reading without the names, with every place moved to where its words now stand.
    pub fn contract(&self, contract: &Contract, things: &BTreeMap<String, i64>) -> Contract {
        let context = self.context(
            &contract.text,
            &contract.mentions,
            &contract.entities,
            things,
        );
        let scrubbed = self.scrub(&contract.text, &context);
        let moved = Moved::new(&contract.text, &scrubbed);
        let plain = Context {
            here: context.here.clone(),
            any_case: true,
            ..Context::default()
        };
        let string = |text: &str| self.scrub(text, &plain).text;
        let ids = self.ids(contract, things, &string);
        let id =
            |entity: &Option<String>| entity.as_ref().and_then(|entity| ids.get(entity).cloned());
        let mut out = contract.clone();
        let others: BTreeSet<&str> = contract
            .entities
            .iter()
            .filter(|entity| entity.kind == NameType::Person)
            .filter(|entity| {
                !things
                    .get(&entity.id)
                    .is_some_and(|thing| self.covers(*thing))
            })
            .map(|entity| entity.id.as_str())
            .collect();
        // Whatever is known of the report besides its text: every string of it, also those that this crate has no name for.
        if let Ok(info) = serde_json::to_value(&contract.report) {
            out.report = serde_json::from_value(strings(info, &string)).unwrap_or_default();
        }
        for section in &mut out.sections {
            section.heading = string(&section.heading);
            section.place = moved.place(section.place);
        }
        for sentence in &mut out.sentences {
            *sentence = moved.place(*sentence);
        }
        for mention in &mut out.mentions {
            mention.place = moved.place(mention.place);
            mention.text = moved.words(mention.place);
            mention.entity = id(&mention.entity);
        }
        for entity in &mut out.entities {
            match things.get(&entity.id).filter(|thing| self.covers(**thing)) {
                Some(person) => {
                    entity.name = label(*person);
                    entity.names = vec![label(*person)];
                }
                None if entity.kind == NameType::Person => {}
                None => {
                    entity.name = string(&entity.name);
                    entity.names = entity.names.iter().map(|name| string(name)).collect();
                }
            }
            entity.id = ids.get(&entity.id).cloned().unwrap_or_default();
        }
        for claim in &mut out.claims {
            for filler in claim.roles.values_mut().flatten() {
                let known = filler
                    .entity
                    .as_deref()
                    .is_some_and(|entity| others.contains(entity));
                let person = filler
                    .entity
                    .as_ref()
                    .and_then(|entity| things.get(entity))
                    .filter(|thing| self.covers(**thing));
                *filler = FillerOut {
                    place: filler.place.map(|place| moved.place(place)),
                    quote: filler.quote.as_ref().map(|quote| moved.quote(quote)),
                    entity: id(&filler.entity),
                    text: match (filler.place, person) {
                        (Some(place), _) => moved.words(moved.place(place)),
                        (None, Some(person)) => label(*person),
                        (None, None) if known => filler.text.clone(),
                        (None, None) => string(&filler.text),
                    },
                };
            }
            for value in claim.fields.values_mut() {
                *value = strings(value.take(), &string);
            }
            if let Some(when) = &mut claim.when {
                when.text = string(&when.text);
            }
            for source in &mut claim.sources {
                let known = source
                    .entity
                    .as_deref()
                    .is_some_and(|entity| others.contains(entity));
                if !known {
                    source.text = string(&source.text);
                }
                source.entity = id(&source.entity);
            }
            claim.evidence = moved.quote(&claim.evidence);
        }
        for origin in &mut out.report.origins {
            let place = Place {
                start: origin.start,
                end: origin.start,
            };
            origin.start = moved.place(place).start;
        }
        out.text = scrubbed.text;
        out
    }

    /// The ids of a report's entities, which are made from names.
    fn ids(
        &self,
        contract: &Contract,
        things: &BTreeMap<String, i64>,
        string: &dyn Fn(&str) -> String,
    ) -> BTreeMap<String, String> {
        let mut given = BTreeSet::new();
        let mut ids = BTreeMap::new();
        for entity in &contract.entities {
            let person = things.get(&entity.id).filter(|thing| self.covers(**thing));
            let begin = match person {
                Some(person) => format!("person-{person}"),
                None if entity.kind != NameType::Person && string(&entity.id) != entity.id => {
                    entity.kind.code().to_lowercase()
                }
                None => entity.id.clone(),
            };
            let mut id = begin.clone();
            let mut number = 2;
            while !given.insert(id.clone()) {
                id = format!("{begin}-{number}");
                number += 1;
            }
            ids.insert(entity.id.clone(), id);
        }
        ids
    }
}

/// Every string in a value, changed; the names of its fields stay.
pub fn strings(value: Value, change: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(change(&text)),
        Value::Array(values) => values
            .into_iter()
            .map(|value| strings(value, change))
            .collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name, strings(value, change)))
            .collect(),
        other => other,
    }
}

/// Where a name begins if initials stand before it: `I. P. Orlov`.
fn with_initials(text: &str, words: &[Word], mut at: usize) -> usize {
    while at > 0 {
        let (before, here) = (&words[at - 1], &words[at]);
        let between = Span::new(before.span.end, here.span.start).of(text);
        let initial = before.span.of(text).chars().count() == 1
            && before.span.of(text).chars().all(char::is_uppercase)
            && between.trim_end() == ".";
        if !initial {
            break;
        }
        at -= 1;
    }
    at
}

/// Names of one person that stand side by side are one.
fn joined(text: &str, found: Vec<(Span, i64)>) -> Vec<(Span, i64)> {
    let mut joined: Vec<(Span, i64)> = Vec::new();
    for (span, person) in found {
        match joined.last_mut() {
            Some((last, _)) if span.start < last.end => {
                *last = last.cover(span);
            }
            Some((last, same))
                if *same == person
                    && Span::new(last.end, span.start).of(text).trim().is_empty() =>
            {
                *last = last.cover(span);
            }
            _ => joined.push((span, person)),
        }
    }
    joined
}

fn replace(text: &str, found: &[(Span, i64)]) -> Scrubbed {
    let mut scrubbed = Scrubbed::default();
    let mut end = 0;
    for (span, person) in found {
        scrubbed.text += Span::new(end, span.start).of(text);
        let start = scrubbed.text.len();
        scrubbed.text += &label(*person);
        scrubbed
            .cuts
            .push((*span, Span::new(start, scrubbed.text.len())));
        end = span.end;
    }
    scrubbed.text += Span::new(end, text.len()).of(text);
    scrubbed
}

/// Places in code points of a text, moved to the same text without names.
struct Moved<'a> {
    old: CodePoints,
    new: CodePoints,
    scrubbed: &'a Scrubbed,
}

impl<'a> Moved<'a> {
    fn new(text: &str, scrubbed: &'a Scrubbed) -> Moved<'a> {
        Moved {
            old: CodePoints::new(text),
            new: CodePoints::new(&scrubbed.text),
            scrubbed,
        }
    }

    /// A place grows to take in the whole of a label that it begins or ends in.
    fn place(&self, place: Place) -> Place {
        let span = self.old.to_span(place.start..place.end);
        let byte = |at: usize, is_end: bool| {
            let cuts = &self.scrubbed.cuts;
            let before = cuts.partition_point(|(old, _)| {
                if is_end {
                    old.start < at
                } else {
                    old.start <= at
                }
            });
            match before.checked_sub(1).map(|index| cuts[index]) {
                None => at,
                Some((old, new)) if at < old.end || (is_end && at == old.end) => {
                    if is_end {
                        new.end
                    } else {
                        new.start
                    }
                }
                Some((old, new)) => new.end + (at - old.end),
            }
        };
        let (start, end) = (byte(span.start, false), byte(span.end, true));
        Place::of(&self.new, Span::new(start, end))
    }

    fn words(&self, place: Place) -> String {
        self.new
            .to_span(place.start..place.end)
            .of(&self.scrubbed.text)
            .to_owned()
    }

    fn quote(&self, quote: &Quote) -> Quote {
        let place = self.place(quote.place);
        Quote {
            place,
            text: self.words(place),
        }
    }
}
