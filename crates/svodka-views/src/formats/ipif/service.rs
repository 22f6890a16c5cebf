//! A project as a service answers it: what filters look at in memory, all words on the disk.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use indexmap::IndexSet;
use serde_json::{Value, json};
use svodka_model::Edtf;

use super::question::{IpifError, Kind, Question, Words, folded, whole};
use super::shape::{Description, FactoidRef, Made, Resource, Statement, Term};
use super::{description, somebody, told};
use crate::formats::Job;
use crate::formats::spool::{Piece, Spool};
use crate::{ExportError, Things};

/// A project as factoids.
pub struct Prosopography {
    description: Description,
    /// Words that filters look at, folded, each once; the first are none.
    words: IndexSet<String>,
    persons: Vec<Person>,
    sources: Vec<Source>,
    factoids: Vec<Factoid>,
    statements: Vec<Row>,
    ties: Vec<u32>,
    /// Places in the lists, in the order of the names there.
    by_name: [Vec<u32>; 4],
    spool: Mutex<Spool>,
}

struct Person {
    resource: Resource,
    words: u32,
    factoids: Vec<u32>,
}

struct Source {
    resource: Resource,
    words: u32,
    factoids: Range<u32>,
}

struct Factoid {
    id: String,
    person: u32,
    source: u32,
    statements: Range<u32>,
    words: u32,
    piece: Piece,
}

/// What filters look at in a statement.
struct Row {
    factoid: u32,
    name: u32,
    role: u32,
    member: u32,
    places: Range<u32>,
    persons: Range<u32>,
    /// The first and last day that it can be of.
    days: Option<(i32, i32)>,
    piece: Piece,
}

impl Prosopography {
    /// All that a job gives.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or makes more statements than `most`.
    pub fn of(job: &Job<'_>, most: usize) -> Result<Prosopography, IpifError> {
        let mut made = Prosopography {
            description: description(job),
            words: IndexSet::from([String::new()]),
            persons: Vec::new(),
            sources: Vec::new(),
            factoids: Vec::new(),
            statements: Vec::new(),
            ties: Vec::new(),
            by_name: Default::default(),
            spool: Mutex::new(Spool::new().map_err(ExportError::from)?),
        };
        let mut things = Things::default();
        let mut met: BTreeMap<i64, u32> = BTreeMap::new();
        for filed in job.source.readings().map_err(ExportError::Source)? {
            let filed = filed.map_err(ExportError::Source)?;
            things.gather(&filed);
            made.take(job, told::report(job, &filed), &mut met)?;
            if made.statements.len() > most {
                return Err(IpifError::TooMany(most));
            }
        }
        for (number, place) in met {
            let name = things.get(number).map_or("", |thing| thing.name.as_str());
            let person = &mut made.persons[place as usize].resource;
            person.label = name.to_owned();
            let words = words_of(person);
            made.persons[place as usize].words = intern(&mut made.words, &words);
        }
        for kind in Kind::ALL {
            let mut places: Vec<u32> = (0..index(made.len(kind))).collect();
            places.sort_by_cached_key(|place| made.id(kind, *place));
            made.by_name[kind as usize] = places;
        }
        Ok(made)
    }

    fn take(
        &mut self,
        job: &Job<'_>,
        told: told::Told,
        met: &mut BTreeMap<i64, u32>,
    ) -> Result<(), ExportError> {
        let spool = self.spool.get_mut().unwrap_or_else(PoisonError::into_inner);
        let source = index(self.sources.len());
        let first = index(self.factoids.len());
        for (factoid, statements) in told.factoids {
            let place = index(self.factoids.len());
            let number = factoid.names.person_ref.id.rsplit('-').next();
            let Some(number) = number.and_then(|it| it.parse().ok()) else {
                continue;
            };
            let person = *met.entry(number).or_insert_with(|| {
                self.persons.push(Person {
                    resource: somebody(job, number, "", told.source.made.clone()),
                    words: 0,
                    factoids: Vec::new(),
                });
                index(self.persons.len() - 1)
            });
            self.persons[person as usize].factoids.push(place);
            let from = index(self.statements.len());
            for statement in statements {
                let row = row(&mut self.words, &mut self.ties, spool, place, &statement)?;
                self.statements.push(row);
            }
            let meta = [
                Some(&factoid.made.created_by),
                Some(&factoid.made.created_when),
                factoid.made.modified_by.as_ref(),
                factoid.made.modified_when.as_ref(),
            ];
            let meta: Vec<&str> = meta.into_iter().flatten().map(String::as_str).collect();
            self.factoids.push(Factoid {
                person,
                source,
                statements: from..index(self.statements.len()),
                words: intern(&mut self.words, &meta.join(" ")),
                piece: spool.put(&serde_json::to_string(&factoid)?)?,
                id: factoid.names.id,
            });
        }
        let mut resource = told.source;
        // They are in the factoids already.
        resource.factoid_refs = Vec::new();
        self.sources.push(Source {
            words: intern(&mut self.words, &words_of(&resource)),
            resource,
            factoids: first..index(self.factoids.len()),
        });
        Ok(())
    }

    /// What the service says of itself.
    pub fn describe(&self) -> Value {
        json!(self.description)
    }

    /// The answer to a question: a page of what fits.
    ///
    /// # Errors
    ///
    /// If what waits on the disk cannot be read.
    pub fn list(&self, question: &Question) -> Result<Value, ExportError> {
        let kind = question.kind;
        let hits = self.sorted(self.hits(question)?, question)?;
        let from = (question.page - 1).saturating_mul(question.size);
        let page = hits.iter().skip(from).take(question.size);
        let page: Result<Vec<Value>, ExportError> =
            page.map(|place| self.whole(kind, *place)).collect();
        let protocol =
            json!({"size": question.size, "page": question.page, "totalHits": hits.len()});
        let mut answer = json!({"protocol": protocol});
        answer[kind.name()] = Value::from(page?);
        Ok(answer)
    }

    /// What has a name, or an IRI among its `uris`.
    ///
    /// # Errors
    ///
    /// If what waits on the disk cannot be read.
    pub fn one(&self, kind: Kind, name: &str) -> Result<Option<Value>, ExportError> {
        let place = self.named(kind, name);
        place.map(|place| self.whole(kind, place)).transpose()
    }

    fn len(&self, kind: Kind) -> usize {
        match kind {
            Kind::Factoids => self.factoids.len(),
            Kind::Persons => self.persons.len(),
            Kind::Sources => self.sources.len(),
            Kind::Statements => self.statements.len(),
        }
    }

    fn id(&self, kind: Kind, place: u32) -> String {
        let at = place as usize;
        match kind {
            Kind::Factoids => self.factoids[at].id.clone(),
            Kind::Persons => self.persons[at].resource.id.clone(),
            Kind::Sources => self.sources[at].resource.id.clone(),
            Kind::Statements => self.statement_id(place),
        }
    }

    fn statement_id(&self, place: u32) -> String {
        let factoid = &self.factoids[self.statements[place as usize].factoid as usize];
        format!("{}-{}", factoid.id, place - factoid.statements.start + 1)
    }

    fn named(&self, kind: Kind, name: &str) -> Option<u32> {
        let places = &self.by_name[kind as usize];
        let found = places.binary_search_by_key(&name.to_owned(), |place| self.id(kind, *place));
        if let Ok(at) = found {
            return places.get(at).copied();
        }
        let known = |it: &Resource| it.uris.iter().any(|uri| uri == name);
        let place = match kind {
            Kind::Persons => self.persons.iter().position(|it| known(&it.resource)),
            Kind::Sources => self.sources.iter().position(|it| known(&it.resource)),
            Kind::Factoids | Kind::Statements => None,
        };
        place.map(index)
    }

    /// What fits, each once, in the order in which it was made.
    fn hits(&self, question: &Question) -> Result<Vec<u32>, ExportError> {
        let kind = question.kind;
        if question.ids.is_empty() && question.words.is_empty() && question.days.is_none() {
            // Also sources that name nobody.
            return Ok((0..index(self.len(kind))).collect());
        }
        let mut ids: BTreeMap<&str, u32> = BTreeMap::new();
        for (filter, name) in &question.ids {
            let of = match *filter {
                "personId" => Kind::Persons,
                "sourceId" => Kind::Sources,
                "factoidId" => Kind::Factoids,
                _ => Kind::Statements,
            };
            let Some(place) = self.named(of, name) else {
                return Ok(Vec::new());
            };
            ids.insert(filter, place);
        }
        // Each word is looked at once, however many statements have it.
        let fitting = |filter: &str| {
            let words = question.words.get(filter)?;
            Some(
                self.words
                    .iter()
                    .map(|it| words.fit(it))
                    .collect::<Vec<bool>>(),
            )
        };
        let [p, s, f, name, role, member, place, relates] = [
            "p",
            "s",
            "f",
            "name",
            "role",
            "memberOf",
            "place",
            "relatesToPerson",
        ]
        .map(fitting);
        let one = |fits: &Option<Vec<bool>>, word: u32| {
            fits.as_ref().is_none_or(|fits| fits[word as usize])
        };
        let any = |fits: &Option<Vec<bool>>, ties: &Range<u32>| {
            let ties = &self.ties[ties.start as usize..ties.end as usize];
            fits.as_ref()
                .is_none_or(|fits| ties.iter().any(|word| fits[*word as usize]))
        };
        let is = |filter: &str, place: u32| ids.get(filter).is_none_or(|id| *id == place);
        let mut hits = vec![false; self.len(kind)];
        for (place_of, factoid) in self.factoids.iter().enumerate() {
            let meta = || match question.words.get("f") {
                Some(words) => {
                    let known = &self.words[factoid.words as usize];
                    words.fit(&format!("{} {known}", folded(&factoid.id)))
                }
                None => true,
            };
            let fits = is("personId", factoid.person)
                && is("sourceId", factoid.source)
                && is("factoidId", index(place_of))
                && one(&p, self.persons[factoid.person as usize].words)
                && one(&s, self.sources[factoid.source as usize].words)
                && (one(&f, factoid.words) || meta());
            if !fits {
                continue;
            }
            let of = match kind {
                Kind::Factoids => Some(index(place_of)),
                Kind::Persons => Some(factoid.person),
                Kind::Sources => Some(factoid.source),
                Kind::Statements => None,
            };
            for statement in factoid.statements.clone() {
                if of.is_some_and(|of| hits[of as usize]) {
                    break;
                }
                let row = &self.statements[statement as usize];
                let fits = is("statementId", statement)
                    && one(&name, row.name)
                    && one(&role, row.role)
                    && one(&member, row.member)
                    && any(&place, &row.places)
                    && any(&relates, &row.persons)
                    && question.days.is_none_or(|(from, to)| {
                        row.days
                            .is_some_and(|(first, last)| first <= to && from <= last)
                    })
                    && self.says(row, question)?;
                if fits {
                    hits[of.unwrap_or(statement) as usize] = true;
                }
            }
        }
        let hits = (0..).zip(hits).filter(|(_, fits)| *fits);
        Ok(hits.map(|(place, _)| place).collect())
    }

    /// Whether the words of a statement fit.
    fn says(&self, row: &Row, question: &Question) -> Result<bool, ExportError> {
        let [all, text] = ["st", "statementText"].map(|filter| question.words.get(filter));
        if all.is_none() && text.is_none() {
            return Ok(true);
        }
        let statement = self.kept(row.piece)?;
        let fits = |words: Option<&Words>, said: &str| words.is_none_or(|it| it.fit(&folded(said)));
        let said = statement["statementText"].as_str().unwrap_or_default();
        Ok(fits(text, said) && (all.is_none() || fits(all, &spoken(&statement))))
    }

    fn kept(&self, piece: Piece) -> Result<Value, ExportError> {
        let mut spool = self.spool.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(serde_json::from_str(&spool.get(piece)?)?)
    }

    /// Hits by a property; what does not have it stands last either way.
    fn sorted(&self, mut hits: Vec<u32>, question: &Question) -> Result<Vec<u32>, ExportError> {
        let (property, from_end) = &question.sort;
        if property == "createdWhen" {
            let when = |place: &u32| &self.made(question.kind, *place).created_when;
            match from_end {
                true => hits.sort_by(|a, b| when(b).cmp(when(a))),
                false => hits.sort_by(|a, b| when(a).cmp(when(b))),
            }
            return Ok(hits);
        }
        let mut keys = BTreeMap::new();
        for hit in &hits {
            let resource = self.head(question.kind, *hit, property)?;
            if let Some(key) = word(&resource[property.as_str()]) {
                keys.insert(*hit, key);
            }
        }
        hits.sort_by(|a, b| match (keys.get(a), keys.get(b)) {
            (Some(a), Some(b)) if *from_end => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
        Ok(hits)
    }

    /// By whom and when something was made: what is of a report, when it was read.
    fn made(&self, kind: Kind, place: u32) -> &Made {
        let at = place as usize;
        let source = match kind {
            Kind::Persons => return &self.persons[at].resource.made,
            Kind::Sources => at,
            Kind::Factoids => self.factoids[at].source as usize,
            Kind::Statements => self.factoids[self.statements[at].factoid as usize].source as usize,
        };
        &self.sources[source].resource.made
    }

    /// A resource as far as a property of it.
    fn head(&self, kind: Kind, place: u32, property: &str) -> Result<Value, ExportError> {
        let at = place as usize;
        if property == "@id" {
            return Ok(json!({"@id": self.id(kind, place)}));
        }
        Ok(match kind {
            // The names that it ties, without the disk.
            Kind::Factoids if property.ends_with("-ref") => json!(self.reference(place)),
            Kind::Factoids => self.kept(self.factoids[at].piece)?,
            Kind::Statements => self.kept(self.statements[at].piece)?,
            Kind::Persons | Kind::Sources => {
                let (resource, first) = match kind {
                    Kind::Persons => {
                        let person = &self.persons[at];
                        (&person.resource, person.factoids.first().copied())
                    }
                    _ => {
                        let source = &self.sources[at];
                        (&source.resource, source.factoids.clone().next())
                    }
                };
                let mut head = json!(resource);
                if let Some(first) = first.filter(|_| property == "factoid-refs") {
                    head["factoid-refs"] = json!([self.reference(first)]);
                }
                head
            }
        })
    }

    /// A resource with all that it has.
    fn whole(&self, kind: Kind, place: u32) -> Result<Value, ExportError> {
        let at = place as usize;
        let with = |resource: &Resource, factoids: &mut dyn Iterator<Item = u32>| {
            let refs: Vec<FactoidRef> = factoids.map(|it| self.reference(it)).collect();
            let mut whole = json!(resource);
            whole["factoid-refs"] = json!(refs);
            whole
        };
        Ok(match kind {
            Kind::Factoids => self.kept(self.factoids[at].piece)?,
            Kind::Statements => self.kept(self.statements[at].piece)?,
            Kind::Persons => {
                let person = &self.persons[at];
                with(&person.resource, &mut person.factoids.iter().copied())
            }
            Kind::Sources => {
                let source = &self.sources[at];
                with(&source.resource, &mut source.factoids.clone())
            }
        })
    }

    fn reference(&self, factoid: u32) -> FactoidRef {
        let factoid = &self.factoids[factoid as usize];
        let statements = factoid.statements.clone();
        FactoidRef {
            id: factoid.id.clone(),
            person_ref: self.id(Kind::Persons, factoid.person).into(),
            source_ref: self.id(Kind::Sources, factoid.source).into(),
            statement_refs: statements.map(|it| self.statement_id(it).into()).collect(),
        }
    }
}

/// A place in a list. There are never four thousand million of anything: what is held is bounded.
fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn intern(words: &mut IndexSet<String>, text: &str) -> u32 {
    index(words.insert_full(folded(text)).0)
}

fn words_of(resource: &Resource) -> String {
    let made = [&resource.made.created_by, &resource.made.created_when];
    let uris = resource.uris.iter().chain(made);
    let all = [&resource.id, &resource.label].into_iter().chain(uris);
    all.map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// What filters look at in a statement; the whole waits on the disk.
fn row(
    words: &mut IndexSet<String>,
    ties: &mut Vec<u32>,
    spool: &mut Spool,
    factoid: u32,
    statement: &Statement,
) -> Result<Row, ExportError> {
    let term = |term: &Term| format!("{} {}", term.label, term.uri.as_deref().unwrap_or_default());
    let mut tied = |words: &mut IndexSet<String>, terms: &[Term]| {
        let start = index(ties.len());
        ties.extend(terms.iter().map(|it| intern(words, &term(it))));
        start..index(ties.len())
    };
    let (places, persons) = (
        tied(words, &statement.places),
        tied(words, &statement.relates_to_persons),
    );
    let mut one = |it: &Option<Term>| it.as_ref().map_or(0, |it| intern(words, &term(it)));
    let (role, member) = (one(&statement.role), one(&statement.member_of));
    Ok(Row {
        factoid,
        name: intern(words, &statement.name),
        role,
        member,
        places,
        persons,
        days: statement.date.as_ref().and_then(|date| bounds(&date.label)),
        piece: spool.put(&serde_json::to_string(statement)?)?,
    })
}

/// The days that a date can mean, by the EDTF at the end of its label.
fn bounds(label: &str) -> Option<(i32, i32)> {
    let edtf = label.rsplit("EDTF ").next()?.trim_end_matches(')');
    let (first, last) = edtf.parse::<Edtf>().ok()?.bounds();
    let known = first.is_some() || last.is_some();
    known.then(|| (first.map_or(i32::MIN, whole), last.map_or(i32::MAX, whole)))
}

/// A value by which things are sorted: of a list its first.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => word(values.first()?),
        Value::Object(parts) => ["sortdate", "label", "@id"]
            .into_iter()
            .find_map(|part| word(parts.get(part)?)),
        _ => None,
    }
}

/// All words of a statement.
fn spoken(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => {
            let words: Vec<String> = values.iter().map(spoken).collect();
            words.join(" ")
        }
        Value::Object(parts) => {
            let parts = parts.iter().filter(|(name, _)| *name != "factoid-refs");
            let words: Vec<String> = parts.map(|(_, value)| spoken(value)).collect();
            words.join(" ")
        }
        _ => String::new(),
    }
}
