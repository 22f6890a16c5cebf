//! Holds proposals against the text and the schema.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use svodka_model::{
    Certainty, ClaimOut, CodePoints, Contract, EntityOut, FillerOut, MentionOut, NameType,
    PROPOSED, Place, Polarity, Quote, SourceOut, Span, WhenOut,
};
use svodka_pack::{Accepts, Kind};

use crate::question::only_names;
use crate::refusal::Refusal;
use crate::words::places;

/// The field of an accepted claim that names the model which proposed it.
pub const PROPOSED_BY: &str = "proposed_by";

/// How many proposals one paragraph may bring.
pub const MOST: usize = 100;

/// How many characters a quotation may have.
const LONGEST: usize = 2_000;

/// What became of proposals.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judged {
    /// Those that stand, as claims of the report that nobody has reviewed.
    pub accepted: Vec<ClaimOut>,
    /// How many were refused, by the reason.
    pub refused: BTreeMap<Refusal, usize>,
}

/// A claim as a model proposes it.
#[derive(Deserialize)]
struct Proposal {
    kind: String,
    quotation: String,
    roles: BTreeMap<String, OneOrMany<Filler>>,
    #[serde(default)]
    fields: Option<BTreeMap<String, Value>>,
    #[serde(default)]
    polarity: Option<String>,
    certainty: String,
    #[serde(default)]
    when: Option<String>,
    #[serde(default)]
    sources: Option<OneOrMany<Filler>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    Many(Vec<T>),
    One(T),
}

impl<T> OneOrMany<T> {
    fn all(&self) -> &[T] {
        match self {
            OneOrMany::Many(all) => all,
            OneOrMany::One(one) => std::slice::from_ref(one),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Filler {
    Words(String),
    Entity {
        entity: String,
        text: Option<String>,
    },
}

/// Judges what `model` proposed about a paragraph of a report. Claims that stand are numbered on from those of the report.
pub fn judge(
    kinds: &[Kind],
    contract: &Contract,
    paragraph: Place,
    model: &str,
    proposals: &[Value],
) -> Judged {
    let points = CodePoints::new(&contract.text);
    let bench = Bench {
        kinds,
        contract,
        paragraph: points.to_span(paragraph.start..paragraph.end),
        points,
        model,
    };
    let mut judged = Judged::default();
    for (index, proposal) in proposals.iter().enumerate() {
        let claim = if index < MOST {
            bench.claim(proposal)
        } else {
            Err(Refusal::TooMany)
        };
        let known = |claim: &ClaimOut| {
            let mut all = contract.claims.iter().chain(&judged.accepted);
            all.any(|other| same(claim, other))
        };
        match claim {
            Ok(claim) if known(&claim) => *judged.refused.entry(Refusal::Known).or_default() += 1,
            Ok(mut claim) => {
                let number = contract.claims.len() + judged.accepted.len() + 1;
                claim.id = format!("c{number}");
                judged.accepted.push(claim);
            }
            Err(refusal) => *judged.refused.entry(refusal).or_default() += 1,
        }
    }
    judged
}

/// Whether two claims of a report say the same by the same words: of one kind, from places that overlap, and every part that both fill is
/// filled by the same somewhere.
fn same(one: &ClaimOut, other: &ClaimOut) -> bool {
    let overlap = |a: Place, b: Place| a.start < b.end && b.start < a.end;
    if one.kind != other.kind
        || one.polarity != other.polarity
        || !overlap(one.evidence.place, other.evidence.place)
    {
        return false;
    }
    let alike = |a: &FillerOut, b: &FillerOut| {
        a.text == b.text || (a.entity.is_some() && a.entity == b.entity)
    };
    let mut common = 0;
    for (role, fillers) in &one.roles {
        let Some(others) = other.roles.get(role) else {
            continue;
        };
        common += 1;
        if !fillers.iter().any(|a| others.iter().any(|b| alike(a, b))) {
            return false;
        }
    }
    common > 0
}

/// What proposals are held against.
struct Bench<'a> {
    kinds: &'a [Kind],
    contract: &'a Contract,
    points: CodePoints,
    paragraph: Span,
    model: &'a str,
}

impl Bench<'_> {
    fn claim(&self, proposal: &Value) -> Result<ClaimOut, Refusal> {
        let proposal = Proposal::deserialize(proposal).map_err(|_| Refusal::Shape)?;
        let named = self.kinds.iter().find(|kind| kind.name == proposal.kind);
        let kind = named.ok_or(Refusal::Kind)?;
        let evidence = self.evidence(&proposal.quotation)?;
        let mut roles = BTreeMap::new();
        for (role, fillers) in &proposal.roles {
            let found = kind.roles.iter().find(|(name, _)| *name == role);
            let (name, accepts) = found.ok_or(Refusal::RoleUnknown)?;
            let fillers = fillers.all().iter();
            let fillers: Result<Vec<_>, _> = fillers
                .map(|filler| self.filler(filler, evidence, accepts))
                .collect();
            let fillers = fillers?;
            if !fillers.is_empty() {
                roles.insert(name.clone(), fillers);
            }
        }
        let lacking = |role| !roles.contains_key(role);
        if roles.is_empty() || (!kind.partial && kind.required.iter().any(lacking)) {
            return Err(Refusal::RoleMissing);
        }
        let mut fields = fields(kind, proposal.fields.as_ref())?;
        fields.insert(PROPOSED_BY.to_owned(), Value::from(self.model));
        let polarity = match proposal.polarity.as_deref() {
            None | Some("positive") => Polarity::Positive,
            Some("negative") => Polarity::Negative,
            Some(_) => return Err(Refusal::Value),
        };
        let sources = proposal.sources.iter().flat_map(OneOrMany::all);
        let sources: Result<Vec<_>, _> = sources.map(|it| self.source(it, evidence)).collect();
        Ok(ClaimOut {
            id: String::new(),
            kind: kind.name.clone(),
            roles,
            fields,
            when: self.when(proposal.when.as_deref(), evidence)?,
            polarity,
            certainty: certainty(&proposal.certainty)?,
            sources: sources?,
            evidence: Quote::of(&self.contract.text, &self.points, evidence),
            frame: PROPOSED.to_owned(),
        })
    }

    /// The one place of a quotation.
    fn evidence(&self, quotation: &str) -> Result<Span, Refusal> {
        let text = &self.contract.text;
        if quotation.chars().count() > LONGEST || !quotation.contains(char::is_alphanumeric) {
            return Err(Refusal::QuotationMissing);
        }
        let all = Span::new(0, text.len());
        match places(text, all, quotation, 2).as_slice() {
            [] => Err(Refusal::QuotationMissing),
            [one] if one.start >= self.paragraph.start && one.end <= self.paragraph.end => Ok(*one),
            [_] => Err(Refusal::QuotationElsewhere),
            _ => Err(Refusal::QuotationTwice),
        }
    }

    /// What fills a role: words of the quotation, or a thing of the report.
    fn filler(
        &self,
        filler: &Filler,
        evidence: Span,
        accepts: &Accepts,
    ) -> Result<FillerOut, Refusal> {
        let (text, place, entity) = match filler {
            Filler::Words(words) => match self.standing(words, evidence) {
                Some((text, place)) => {
                    let fits = |kind| accepts.names.is_empty() || accepts.names.contains(&kind);
                    (text, Some(place), self.named_at(place, fits))
                }
                None => {
                    let entity = self.entity(words).ok_or(Refusal::RoleElsewhere)?;
                    (entity.name.clone(), None, Some(entity))
                }
            },
            Filler::Entity { entity, text } => {
                let entity = self.entity(entity).ok_or(Refusal::RoleElsewhere)?;
                match text {
                    Some(words) => {
                        let standing = self.standing(words, evidence);
                        let (text, place) = standing.ok_or(Refusal::RoleElsewhere)?;
                        (text, Some(place), Some(entity))
                    }
                    None => (entity.name.clone(), None, Some(entity)),
                }
            }
        };
        let typed = entity.is_some_and(|entity| accepts.names.contains(&entity.kind));
        if only_names(accepts) && !typed {
            return Err(Refusal::RoleType);
        }
        Ok(FillerOut {
            text,
            entity: entity.map(|entity| entity.id.clone()),
            place,
            quote: None,
        })
    }

    fn source(&self, filler: &Filler, evidence: Span) -> Result<SourceOut, Refusal> {
        let anything = Accepts {
            phrase: true,
            ..Accepts::default()
        };
        let filler = self.filler(filler, evidence, &anything);
        let filler = filler.map_err(|_| Refusal::Source)?;
        Ok(SourceOut {
            text: filler.text,
            entity: filler.entity,
        })
    }

    /// Words as they stand in the quotation, and where.
    fn standing(&self, words: &str, evidence: Span) -> Option<(String, Place)> {
        let text = &self.contract.text;
        let span = *places(text, evidence, words, 1).first()?;
        Some((span.of(text).to_owned(), Place::of(&self.points, span)))
    }

    /// The thing that a name at a place means.
    fn named_at(&self, place: Place, fits: impl Fn(NameType) -> bool) -> Option<&EntityOut> {
        let overlap = |it: &MentionOut| {
            let (start, end) = (it.place.start.max(place.start), it.place.end.min(place.end));
            end.saturating_sub(start)
        };
        let named = self.contract.mentions.iter().filter_map(|mention| {
            let entity = self.with_id(mention.entity.as_deref()?)?;
            (overlap(mention) > 0 && fits(entity.kind)).then_some((overlap(mention), entity))
        });
        // Of several as long, the first.
        let longest = named.reduce(|a, b| if b.0 > a.0 { b } else { a });
        longest.map(|(_, entity)| entity)
    }

    fn with_id(&self, id: &str) -> Option<&EntityOut> {
        self.contract.entities.iter().find(|entity| entity.id == id)
    }

    /// The one thing of the report with this id, or of this name.
    fn entity(&self, name: &str) -> Option<&EntityOut> {
        let called = |entity: &&EntityOut| {
            entity.name == name || entity.names.iter().any(|form| form == name)
        };
        self.with_id(name).or_else(|| {
            let mut all = self.contract.entities.iter().filter(called);
            all.next().filter(|_| all.next().is_none())
        })
    }

    /// The date at these words of the quotation, as the report was read: a model's reckoning is not asked for.
    fn when(&self, words: Option<&str>, evidence: Span) -> Result<Option<WhenOut>, Refusal> {
        let Some(words) = words.map(str::trim).filter(|words| !words.is_empty()) else {
            return Ok(None);
        };
        let (_, place) = self.standing(words, evidence).ok_or(Refusal::Date)?;
        let dates = self.contract.mentions.iter().filter_map(|mention| {
            let edtf = mention.edtf.as_ref()?;
            let touches = mention.place.start < place.end && place.start < mention.place.end;
            touches.then_some((mention, edtf))
        });
        let date = dates.into_iter().next();
        let (mention, edtf) = date.ok_or(Refusal::Date)?;
        Ok(Some(WhenOut {
            edtf: edtf.clone(),
            text: mention.text.clone(),
        }))
    }
}

/// The fields, if the kind has them and their values.
fn fields(
    kind: &Kind,
    proposed: Option<&BTreeMap<String, Value>>,
) -> Result<BTreeMap<String, Value>, Refusal> {
    let known = kind.field_values();
    let mut fields = BTreeMap::new();
    for (field, value) in proposed.into_iter().flatten() {
        let values = known.get(field.as_str()).ok_or(Refusal::Value)?;
        let word = match value {
            Value::Null => continue,
            Value::String(word) => word.clone(),
            Value::Bool(yes) => yes.to_string(),
            _ => return Err(Refusal::Value),
        };
        // A field that takes any word takes it from the text; what a model writes there nobody could check.
        if !values.contains(word.as_str()) {
            return Err(Refusal::Value);
        }
        let value = match word.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => Value::String(word),
        };
        fields.insert(field.clone(), value);
    }
    for (field, value) in &kind.fields {
        let value = match value.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            word => Value::from(word),
        };
        fields.entry(field.to_string()).or_insert(value);
    }
    Ok(fields)
}

fn certainty(word: &str) -> Result<Certainty, Refusal> {
    let all = [
        Certainty::Asserted,
        Certainty::Probable,
        Certainty::Possible,
        Certainty::Unestablished,
    ];
    let found = all.into_iter().find(|it| it.word() == word);
    found.ok_or(Refusal::Value)
}

#[cfg(test)]
mod tests;
