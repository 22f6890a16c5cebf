//! The factoids of a report: one for each name in it, with a statement for each form; and one for each person, body or workplace with a part
//! in a claim, with a statement for each role and each body that it makes the person a member of.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use svodka_model::{
    Cited, ClaimOut, CodePoints, Filed, FillerOut, MentionOut, NameType, Place, Polarity,
};

use super::super::Job;
use super::super::days::days;
use super::super::rdf::terms;
use super::shape::{Factoid, FactoidRef, Made, Resource, Statement, Term, When};

/// The [Factoid Prosopography Ontology](https://github.com/johnBradley501/FPO) 1.0, in which groups are persons too.
const FPO: &str = "https://github.com/johnBradley501/FPO/raw/master/fpo.owl#";

/// The property of CIDOC CRM between a body and who belongs to it.
const MEMBER: &str = "P107_has_current_or_former_member";

/// The words after which a statement has its quotation, to its end.
const QUOTATION: &str = "Quotation: ";

/// What a report says.
pub struct Told {
    pub source: Resource,
    pub factoids: Vec<(Factoid, Vec<Statement>)>,
}

/// Who is a person here: people, and whatever acts as one.
pub fn is_person(kind: NameType) -> bool {
    matches!(kind, NameType::Person | NameType::Org | NameType::Workplace)
}

/// The local name of a person.
pub fn person(number: i64) -> String {
    format!("person-{number}")
}

/// Whoever speaks of a thing that a report names.
#[derive(Clone, Copy)]
struct Known<'a> {
    number: i64,
    kind: NameType,
    name: &'a str,
}

/// The forms of a name: how often each is used, and where the first such sentence stands.
type Forms = IndexMap<String, (usize, Option<Place>)>;

/// A report, with what is known of the things that it names.
struct Report<'a> {
    job: &'a Job<'a>,
    filed: &'a Filed,
    id: String,
    made: Made,
    known: BTreeMap<&'a str, Known<'a>>,
}

/// What a report says, as factoids.
pub fn report(job: &Job<'_>, filed: &Filed) -> Told {
    let entities = filed.contract.entities.iter().zip(&filed.things);
    let known = entities.filter_map(|(entity, thing)| {
        let known = Known {
            number: thing.as_ref()?.number,
            kind: entity.kind,
            name: &entity.name,
        };
        Some((entity.id.as_str(), known))
    });
    let report = Report {
        job,
        filed,
        id: format!("report-{}", filed.number),
        made: Made {
            created_by: job.about.program.clone(),
            created_when: day(&filed.read_at),
            modified_by: None,
            modified_when: None,
        },
        known: known.collect(),
    };
    let mut factoids = report.named();
    for (cited, claim) in filed.cited() {
        report.claimed(cited, claim, &mut factoids);
    }
    let refs = factoids.iter().map(|(factoid, _)| factoid.names.clone());
    let source = Resource {
        id: report.id.clone(),
        label: label(filed),
        uris: vec![job.about.report(filed.number)],
        made: report.made.clone(),
        factoid_refs: refs.collect(),
    };
    Told { source, factoids }
}

/// The day of a moment.
fn day(at: &str) -> String {
    at.get(..10).unwrap_or(at).to_owned()
}

/// A report as a bibliography would have it.
fn label(filed: &Filed) -> String {
    let info = &filed.contract.report;
    let mut parts = vec![info.compiler.join(", ")];
    parts.push(info.title.clone().unwrap_or_else(|| filed.label.clone()));
    parts.extend(info.date.clone());
    parts.extend(info.kept_at());
    if info.title.is_some() {
        parts.push(filed.label.clone());
    }
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

impl Report<'_> {
    /// Ties statements to a person.
    fn factoid(&self, id: String, person_id: i64, made: Made, claim: Option<String>) -> Factoid {
        Factoid {
            names: FactoidRef {
                id,
                person_ref: person(person_id).into(),
                source_ref: self.id.clone().into(),
                statement_refs: Vec::new(),
            },
            made,
            derived_from: claim,
        }
    }

    /// The names: who is named, under which forms, where first.
    fn named(&self) -> Vec<(Factoid, Vec<Statement>)> {
        let points = CodePoints::new(&self.filed.contract.text);
        let mut forms: BTreeMap<i64, (Known<'_>, Forms)> = BTreeMap::new();
        for known in self.known.values().filter(|it| is_person(it.kind)) {
            forms.entry(known.number).or_insert((*known, Forms::new()));
        }
        for mention in &self.filed.contract.mentions {
            let known = mention.entity.as_deref().and_then(|id| self.known.get(id));
            if let Some((_, forms)) = known.and_then(|known| forms.get_mut(&known.number)) {
                let form = mention.text.split_whitespace().collect::<Vec<_>>();
                let (times, first) = forms.entry(form.join(" ")).or_default();
                *times += 1;
                first.get_or_insert_with(|| self.sentence(mention));
            }
        }
        let named = forms.into_iter().map(|(number, (known, mut forms))| {
            if forms.is_empty() {
                forms.insert(known.name.to_owned(), (0, None));
            }
            let id = format!("{}-{}", self.id, person(number));
            let factoid = self.factoid(id, number, self.made.clone(), None);
            let statements = forms.into_iter().map(|(form, (times, first))| {
                let times = match times {
                    0 => "in claims alone".to_owned(),
                    1 => "once".to_owned(),
                    times => format!("{times} times"),
                };
                let mut text = format!("So named {times} in this report");
                if let Some(first) = first {
                    let words = points.to_span(first.start..first.end);
                    text = format!("{text}\n{QUOTATION}{}", words.of(&self.filed.contract.text));
                }
                self.statement(&factoid, self.sort(known.kind), form, text)
            });
            let statements = statements.collect();
            numbered(factoid, statements)
        });
        named.collect()
    }

    /// Where the sentence of a mention stands.
    fn sentence(&self, mention: &MentionOut) -> Place {
        let sentences = &self.filed.contract.sentences;
        let after = sentences.partition_point(|place| place.start <= mention.place.start);
        let sentence = after.checked_sub(1).and_then(|at| sentences.get(at));
        let whole = sentence.filter(|place| place.end >= mention.place.end);
        whole.copied().unwrap_or(mention.place)
    }

    /// What sort of person something is.
    fn sort(&self, kind: NameType) -> Term {
        let (class, label) = match kind {
            NameType::Org => ("Group", "Group"),
            NameType::Workplace => ("Institution", "Workplace"),
            _ => ("Person", "Person"),
        };
        Term {
            uri: Some(format!("{FPO}{class}")),
            label: label.to_owned(),
        }
    }

    /// A statement that says nothing yet besides its type, a name and words.
    fn statement(&self, factoid: &Factoid, sort: Term, name: String, text: String) -> Statement {
        Statement {
            id: String::new(),
            factoid_refs: Vec::new(),
            statement_type: sort,
            name,
            role: None,
            date: None,
            places: Vec::new(),
            relates_to_persons: Vec::new(),
            member_of: None,
            statement_text: text,
            made: factoid.made.clone(),
        }
    }

    /// A claim, once for everybody who has a part in it.
    fn claimed(
        &self,
        cited: &Cited,
        claim: &ClaimOut,
        factoids: &mut Vec<(Factoid, Vec<Statement>)>,
    ) {
        let mut parts: IndexMap<i64, Vec<(&str, &FillerOut)>> = IndexMap::new();
        for (role, filler) in fillers(claim) {
            if let Some(known) = self.known(filler).filter(|it| is_person(it.kind)) {
                parts.entry(known.number).or_default().push((role, filler));
            }
        }
        if parts.is_empty() {
            return;
        }
        let mut made = self.made.clone();
        if let Some(last) = cited.decisions.last() {
            made.modified_by = Some(last.author.clone());
            made.modified_when = Some(day(&last.at));
        }
        let text = self.text(cited, claim);
        let rejected = cited.judged().is_some_and(|it| it.verdict == "reject");
        let (mut uri, mut label) = (
            terms::iri(&format!("svodka:kind/{}", claim.kind)),
            self.job.telling.heading(&claim.kind),
        );
        if rejected {
            uri.push_str("/rejected");
            label.push_str(" (rejected by a reader)");
        } else if claim.polarity == Polarity::Negative {
            uri.push_str("/denied");
            label.push_str(" (denied)");
        }
        let sort = Term {
            uri: Some(uri),
            label,
        };
        // Members, places and ties are said outright in this format: of what is denied or was rejected, words alone tell.
        let stands = !rejected && claim.polarity == Polarity::Positive;
        for (number, parts) in parts {
            let id = format!("{}-{number}", cited.key);
            let claimed = Some(self.job.about.claim(&cited.key));
            let factoid = self.factoid(id, number, made.clone(), claimed);
            let mut statements = Vec::new();
            for (role, filler) in parts {
                let name = filler.text.split_whitespace().collect::<Vec<_>>().join(" ");
                let mut statement = self.statement(&factoid, sort.clone(), name, text.clone());
                statement.role = Some(Term {
                    uri: Some(terms::iri(&format!("svodka:role/{role}"))),
                    label: self.job.telling.called(&claim.kind, role),
                });
                statement.date = when(claim);
                let mut bodies = Vec::new();
                if stands {
                    let (ids, of) = self.bodies(claim, role);
                    bodies = of;
                    statement.places = self.others(claim, number, &|it| {
                        matches!(it.kind, NameType::Place | NameType::Workplace)
                    });
                    statement.relates_to_persons = self.others(claim, number, &|it| {
                        matches!(it.kind, NameType::Person | NameType::Org)
                            && !ids.contains(&it.number)
                    });
                }
                if bodies.is_empty() {
                    statements.push(statement);
                    continue;
                }
                // There is room for one in a statement.
                for body in bodies {
                    let mut of_body = statement.clone();
                    of_body.member_of = Some(body);
                    statements.push(of_body);
                }
            }
            factoids.push(numbered(factoid, statements));
        }
    }

    fn known(&self, filler: &FillerOut) -> Option<Known<'_>> {
        self.known.get(filler.entity.as_deref()?).copied()
    }

    fn term(&self, filler: &FillerOut) -> Term {
        Term {
            uri: self.known(filler).map(|it| self.job.about.thing(it.number)),
            label: filler.text.split_whitespace().collect::<Vec<_>>().join(" "),
        }
    }

    /// The bodies that a claim makes whoever fills a role a member of, and their numbers.
    fn bodies(&self, claim: &ClaimOut, role: &str) -> (BTreeSet<i64>, Vec<Term>) {
        let said = self.job.telling.crm();
        let said = said.and_then(|crm| crm.kinds.get(&claim.kind));
        let ties = said.iter().flat_map(|said| &said.ties);
        let ties = ties.filter(|tie| tie.property == MEMBER && tie.to == role);
        let bodies = ties.filter_map(|tie| claim.roles.get(&tie.from)).flatten();
        let (mut ids, mut terms) = (BTreeSet::new(), Vec::new());
        for body in bodies {
            ids.extend(self.known(body).map(|it| it.number));
            let term = self.term(body);
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        (ids, terms)
    }

    /// Who or what else has a part in a claim, each once.
    fn others(&self, claim: &ClaimOut, but: i64, wanted: &dyn Fn(&Known<'_>) -> bool) -> Vec<Term> {
        let mut met = BTreeSet::from([but]);
        let others = fillers(claim).filter(|(_, filler)| {
            let known = self.known(filler).filter(wanted);
            known.is_some_and(|known| met.insert(known.number))
        });
        others.map(|(_, filler)| self.term(filler)).collect()
    }

    /// What there is no room for elsewhere: the claim in words, how sure, on whose word, what readers hold of it, and last its quotation.
    fn text(&self, cited: &Cited, claim: &ClaimOut) -> String {
        let sentence = self.job.telling.sentence(claim);
        let mut lines = vec![sentence.split_whitespace().collect::<Vec<_>>().join(" ")];
        lines.push(format!("Certainty of the text: {}", claim.certainty.word()));
        if claim.polarity == Polarity::Negative {
            lines.push("Denied: it is said not to have been so".to_owned());
        }
        if !claim.sources.is_empty() {
            let chain: Vec<&str> = claim.sources.iter().map(|it| it.text.as_str()).collect();
            lines.push(format!("On the word of: {}", chain.join(" < ")));
        }
        if let Some(decided) = cited.judged() {
            lines.push(format!("Judged by a reader: {}", decided.verdict));
        }
        for (verdict, label) in [("grade", "Grade"), ("note", "Note")] {
            if let Some(value) = cited.last(verdict) {
                lines.push(format!("{label}: {value}"));
            }
        }
        lines.push(format!("{QUOTATION}{}", claim.evidence.text));
        lines.join("\n")
    }
}

fn fillers(claim: &ClaimOut) -> impl Iterator<Item = (&str, &FillerOut)> {
    let roles = claim.roles.iter();
    roles.flat_map(|(role, fillers)| fillers.iter().map(move |filler| (role.as_str(), filler)))
}

/// When a claim was.
fn when(claim: &ClaimOut) -> Option<When> {
    let when = claim.when.as_ref()?;
    let (first, last) = days(&when.edtf);
    let words = when.text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(When {
        sortdate: first.or(last),
        label: match words.is_empty() {
            true => format!("EDTF {}", when.edtf),
            false => format!("{words} (EDTF {})", when.edtf),
        },
    })
}

/// Gives statements their names, those of their factoid with a number, and says in both what they belong to.
fn numbered(mut factoid: Factoid, mut statements: Vec<Statement>) -> (Factoid, Vec<Statement>) {
    for (at, statement) in statements.iter_mut().enumerate() {
        statement.id = format!("{}-{}", factoid.names.id, at + 1);
    }
    let ids = statements.iter().map(|it| it.id.clone().into());
    factoid.names.statement_refs = ids.collect();
    for statement in &mut statements {
        statement.factoid_refs = vec![factoid.names.clone()];
    }
    (factoid, statements)
}
