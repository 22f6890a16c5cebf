//! By what claims of several reports are known to be about the same thing, and which of their values exclude each other.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;
use svodka_model::SmolStr;
use toml::Spanned;

use crate::{Kind, PackError, PackFile};

/// The most roles by which a claim may be known.
const ROLES: usize = 3;

/// What a pack's `agreement.toml` says. A pack may lack it: its claims are then compared with no others.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Agreement {
    /// How numbers are compared.
    pub numbers: Numbers,
    /// How dates are compared.
    pub dates: Dates,
    /// How claims of each kind are.
    pub kinds: IndexMap<SmolStr, Likeness>,
}

/// How numbers are compared.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Numbers {
    /// The part of the larger by which two numbers may differ and still be the same.
    pub tolerance: f64,
    /// The same, if one of them is said not to be exact.
    pub approximate: f64,
    /// Words before a number that say that it is not exact.
    pub round: Vec<String>,
    /// Words before a number that say that it was that or more.
    pub more: Vec<String>,
    /// Words before a number that say that it was that or less.
    pub less: Vec<String>,
    /// Words instead of a number that say none.
    pub few: Vec<String>,
}

/// How dates are compared.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Dates {
    /// By how many days a date that is marked as approximate may be off on either side.
    pub approximate: i32,
}

/// What the date of a claim means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Time {
    /// It happened then.
    Event,
    /// It was so as of then.
    State,
    /// It is so or it is not, whenever it is told.
    #[default]
    Always,
}

/// How claims of a kind are compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Likeness {
    /// The roles that tell what a claim is about: any of these lists, each role of which two claims must fill with the same things.
    pub about: Vec<Vec<SmolStr>>,
    /// Which of the roles somebody plays does not matter.
    pub mutual: bool,
    /// What its date means.
    pub time: Time,
    /// How long an event's time may be for it to be known by, and how long before its report a state without a date of its own held.
    pub days: i32,
    /// Roles and fields that must be the same for two claims to say the same.
    pub values: Vec<SmolStr>,
    /// Roles whose words must be the same for numbers to be of the same thing.
    pub equal: Vec<SmolStr>,
    /// Roles whose numbers are compared.
    pub numbers: Vec<SmolStr>,
    /// Numbers are compared only where neither side's time is longer.
    pub number_days: i32,
    /// By role or field: values any two of which cannot be together at one time.
    pub exclusive: BTreeMap<SmolStr, Vec<Vec<String>>>,
    /// Whether that it is so and that it is not so contradict each other.
    pub denial: bool,
    /// With these values it happens once.
    pub once: Vec<BTreeMap<SmolStr, String>>,
    /// Dates further apart than so many days are of two occasions all the same.
    pub once_days: i32,
    /// Claims with these values are compared with nothing.
    pub ignore: BTreeMap<SmolStr, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgreementFile {
    numbers: Option<Numbers>,
    dates: Option<Dates>,
    #[serde(default)]
    kind: IndexMap<Spanned<String>, LikenessFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LikenessFile {
    about: Vec<Vec<Spanned<String>>>,
    #[serde(default)]
    mutual: bool,
    #[serde(default)]
    time: Time,
    #[serde(default)]
    days: i32,
    #[serde(default)]
    values: Vec<SmolStr>,
    #[serde(default)]
    equal: Vec<Spanned<String>>,
    #[serde(default)]
    numbers: Vec<Spanned<String>>,
    number_days: Option<i32>,
    #[serde(default)]
    exclusive: BTreeMap<SmolStr, Vec<Vec<String>>>,
    #[serde(default)]
    denial: bool,
    #[serde(default)]
    once: Vec<BTreeMap<SmolStr, String>>,
    #[serde(default)]
    once_days: i32,
    #[serde(default)]
    ignore: BTreeMap<SmolStr, String>,
}

/// Reads `agreement.toml`; what a later pack says of a kind takes the place of what an earlier one does.
pub(crate) fn load(files: &[PackFile], kinds: &[Kind], errors: &mut Vec<PackError>) -> Agreement {
    let mut agreement = Agreement::default();
    for file in files.iter().filter(|file| file.path == "agreement.toml") {
        let parsed: AgreementFile = match file.parse() {
            Ok(parsed) => parsed,
            Err(error) => {
                errors.push(error);
                continue;
            }
        };
        agreement.numbers = parsed.numbers.unwrap_or(agreement.numbers);
        agreement.dates = parsed.dates.unwrap_or(agreement.dates);
        for (name, likeness) in parsed.kind {
            let kind = kinds
                .iter()
                .find(|kind| kind.name == name.get_ref().as_str());
            check(file, kind, &name, &likeness, errors);
            agreement
                .kinds
                .insert(SmolStr::new(name.get_ref()), likeness.into());
        }
    }
    agreement
}

fn check(
    file: &PackFile,
    kind: Option<&Kind>,
    name: &Spanned<String>,
    likeness: &LikenessFile,
    errors: &mut Vec<PackError>,
) {
    if let Some(long) = likeness.about.iter().find(|roles| roles.len() > ROLES) {
        let message = format!("a claim is known by at most {ROLES} roles");
        errors.push(file.error(long[0].span().start, message));
    }
    if likeness.about.iter().any(Vec::is_empty) {
        let message = "a list of 'about' names no role".to_owned();
        errors.push(file.error(name.span().start, message));
    }
    let Some(kind) = kind else {
        return;
    };
    let roles = likeness.about.iter().flatten();
    for role in roles.chain(&likeness.equal).chain(&likeness.numbers) {
        if !kind.roles.contains_key(role.get_ref().as_str()) {
            let message = format!("the kind '{}' has no role '{}'", kind.name, role.get_ref());
            errors.push(file.error(role.span().start, message));
        }
    }
}

impl From<LikenessFile> for Likeness {
    fn from(file: LikenessFile) -> Likeness {
        let roles = |roles: Vec<Spanned<String>>| {
            let names = roles.into_iter().map(|role| SmolStr::new(role.get_ref()));
            names.collect::<Vec<_>>()
        };
        Likeness {
            about: file.about.into_iter().map(roles).collect(),
            mutual: file.mutual,
            time: file.time,
            days: file.days,
            values: file.values,
            equal: roles(file.equal),
            numbers: roles(file.numbers),
            number_days: file.number_days.unwrap_or(file.days),
            exclusive: file.exclusive,
            denial: file.denial,
            once: file.once,
            once_days: file.once_days,
            ignore: file.ignore,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(text: &str) -> (Agreement, Vec<String>) {
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
            path: "agreement.toml".to_owned(),
            text: text.to_owned(),
        };
        let mut errors = Vec::new();
        let agreement = load(&[file], &[kind], &mut errors);
        (agreement, errors.iter().map(PackError::to_string).collect())
    }

    #[test]
    fn a_role_that_a_kind_has_not_is_a_located_mistake() {
        let (_, errors) = loaded("[kind.wage]\nabout = [[\"at\"]]\nnumbers = [\"sum\"]\n");
        assert_eq!(
            errors,
            ["agreement.toml:3:12: the kind 'wage' has no role 'sum'"]
        );
        let (_, errors) = loaded("[kind.gift]\nabout = [[\"a\", \"b\", \"c\", \"d\"], []]\n");
        assert_eq!(
            errors,
            [
                "agreement.toml:2:11: a claim is known by at most 3 roles",
                "agreement.toml:1:7: a list of 'about' names no role"
            ]
        );
    }

    #[test]
    fn numbers_are_compared_within_the_days_of_the_kind_unless_it_says_otherwise() {
        let (agreement, errors) = loaded("[kind.wage]\nabout = [[\"at\"]]\ndays = 31\n");
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(agreement.kinds["wage"].number_days, 31);
    }
}
