//! One pattern of the attribute ruler: conditions on neighbouring tokens, and what it sets of one of them.

use std::path::Path;

use rmpv::ValueRef;

use super::{Attributes, Classed, Names, Words};
use crate::error::Error;
use crate::morphologizer;
use crate::weights::bytes_of;

/// The most spellings a regular expression may stand for.
const MAX_SPELLINGS: usize = 256;

/// What is wrong with a pattern.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Malformed(String),
    Unsupported(String),
}

impl Fault {
    /// The error about pattern `number` of the file at `path`.
    pub(super) fn at(self, path: &Path, number: usize) -> Error {
        match self {
            Self::Malformed(what) => Error::malformed(path, format!("pattern {number}: {what}")),
            Self::Unsupported(what) => {
                Error::unsupported(path, format!("{what} in pattern {number}"))
            }
        }
    }
}

fn malformed<T>(what: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::Malformed(what.into()))
}

fn unsupported<T>(what: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::Unsupported(what.into()))
}

/// Conditions on tokens that follow each other, and what holds of one of them if all are met.
#[derive(Debug)]
pub(super) struct Pattern {
    conditions: Vec<Condition>,
    /// Which of the tokens the setting is for.
    target: usize,
    pub(super) setting: Setting,
}

/// What a token must be. Everything asked for must hold.
#[derive(Debug, Default)]
pub(super) struct Condition {
    tags: Vec<Choice>,
    dependencies: Vec<Choice>,
    parts: Vec<Choice>,
    words: Vec<Choice>,
    is_space: Option<bool>,
}

/// Some numbers, or all others.
#[derive(Debug)]
struct Choice {
    /// In ascending order.
    numbers: Vec<u32>,
    negated: bool,
}

/// What a pattern sets: tag and dependency label in the lists of the tagger and the parser, the
/// others in the ruler's.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Setting {
    tag: Option<u16>,
    dependency: Option<u16>,
    pos: Option<u16>,
    morph: Option<u16>,
    lemma: Option<u16>,
}

impl Pattern {
    /// Reads a list of conditions; `index` says which of the tokens the setting is for.
    pub(super) fn read(
        tokens: &ValueRef<'_>,
        index: Option<&ValueRef<'_>>,
        setting: Setting,
        names: &Names,
        words: &mut Words,
    ) -> Result<Self, Fault> {
        let conditions = match tokens {
            ValueRef::Array(tokens) if !tokens.is_empty() => tokens
                .iter()
                .map(|token| Condition::read(token, names, words))
                .collect::<Result<Vec<_>, _>>()?,
            _ => return malformed("no tokens"),
        };
        let index = match index {
            None => Some(0),
            Some(ValueRef::Integer(index)) => index.as_i64(),
            Some(_) => None,
        };
        // As in Python, a negative index counts from the end.
        let length = conditions.len() as i64;
        let target = match index {
            Some(index) if (0..length).contains(&index) => index as usize,
            Some(index) if (-length..0).contains(&index) => (index + length) as usize,
            _ => return malformed(format!("its index is not one of {length} tokens")),
        };
        Ok(Self {
            conditions,
            target,
            setting,
        })
    }

    /// What the token must be that the setting is for.
    pub(super) fn target(&self) -> &Condition {
        &self.conditions[self.target]
    }

    /// Whether the pattern sets something of the token at `index`.
    pub(super) fn matches(&self, tokens: &[Classed], index: usize) -> bool {
        let stretch = index
            .checked_sub(self.target)
            .and_then(|start| tokens.get(start..start + self.conditions.len()));
        stretch.is_some_and(|tokens| {
            let mut pairs = self.conditions.iter().zip(tokens);
            pairs.all(|(condition, token)| condition.admits(token))
        })
    }
}

impl Condition {
    fn read(token: &ValueRef<'_>, names: &Names, words: &mut Words) -> Result<Self, Fault> {
        let ValueRef::Map(entries) = token else {
            return malformed("a token that is not a map");
        };
        let mut condition = Self::default();
        for (key, value) in entries {
            let named = |list: &[String], name: &str| number_of(list, name);
            match text(key)?.to_ascii_uppercase().as_str() {
                "TAG" => condition.tags = choices(value, |name| named(&names.tags, name))?,
                "DEP" => {
                    condition.dependencies =
                        choices(value, |name| named(&names.dependencies, name))?;
                }
                // Number 0 is the empty name.
                "POS" => {
                    condition.parts = choices(value, |name| {
                        let number = names.pos.iter().position(|known| known == name)?;
                        Some(number as u32)
                    })?;
                }
                "LOWER" => {
                    condition.words = choices(value, |word| Some(u32::from(words.add(word))))?;
                }
                "IS_SPACE" => match value {
                    ValueRef::Boolean(is_space) => condition.is_space = Some(*is_space),
                    _ => return unsupported("an `IS_SPACE` that is neither true nor false"),
                },
                other => return unsupported(format!("the pattern key `{other}`")),
            }
        }
        Ok(condition)
    }

    pub(super) fn admits_tag(&self, tag: Option<u16>) -> bool {
        self.tags.iter().all(|choice| choice.admits(stored(tag)))
    }

    pub(super) fn admits_class(&self, class: u16) -> bool {
        let class = u32::from(class);
        self.words.iter().all(|choice| choice.admits(class))
    }

    fn admits(&self, token: &Classed) -> bool {
        let dependency = stored(token.dependency);
        let part = u32::from(token.form.part);
        self.is_space.is_none_or(|asked| asked == token.is_space)
            && self
                .dependencies
                .iter()
                .all(|choice| choice.admits(dependency))
            && self.parts.iter().all(|choice| choice.admits(part))
            && self.admits_tag(token.tag)
            && self.admits_class(token.class)
    }
}

impl Choice {
    fn admits(&self, number: u32) -> bool {
        self.numbers.binary_search(&number).is_ok() != self.negated
    }
}

impl Setting {
    /// Reads the attributes a pattern sets; names that are new are added to the lists.
    pub(super) fn read(attrs: Option<&ValueRef<'_>>, names: &mut Names) -> Result<Self, Fault> {
        let Some(ValueRef::Map(entries)) = attrs else {
            return malformed("no attributes to set");
        };
        let mut setting = Self::default();
        for (key, value) in entries {
            let value = text(value)?;
            let (list, place) = match text(key)?.to_ascii_uppercase().as_str() {
                "TAG" => (&mut names.tags, &mut setting.tag),
                "DEP" => (&mut names.dependencies, &mut setting.dependency),
                "POS" => (&mut names.pos, &mut setting.pos),
                "MORPH" => (&mut names.morphs, &mut setting.morph),
                "LEMMA" => (&mut names.lemmas, &mut setting.lemma),
                other => return unsupported(format!("setting `{other}`")),
            };
            // What is written `_` is the absence of morphological features.
            *place = Some(match key_is(key, "MORPH") {
                true => added(list, &morphologizer::normal(value))?,
                false => added(list, value)?,
            });
        }
        Ok(setting)
    }

    /// Writes what is set over what was there.
    pub(super) fn set(&self, attributes: &mut Attributes) {
        attributes.tag = self.tag.or(attributes.tag);
        attributes.dependency = self.dependency.or(attributes.dependency);
        attributes.pos = self.pos.unwrap_or(attributes.pos);
        attributes.morph = self.morph.unwrap_or(attributes.morph);
        attributes.lemma = self.lemma.unwrap_or(attributes.lemma);
    }
}

fn key_is(key: &ValueRef<'_>, name: &str) -> bool {
    bytes_of(key).is_some_and(|key| key.eq_ignore_ascii_case(name.as_bytes()))
}

fn added(list: &mut Vec<String>, name: &str) -> Result<u16, Fault> {
    let number = list.iter().position(|known| known == name);
    let number = number.unwrap_or_else(|| {
        list.push(name.to_owned());
        list.len() - 1
    });
    u16::try_from(number).or_else(|_| unsupported("the 65,537th name"))
}

/// The number a choice holds for a tag or label: 0 if there is none.
fn stored(number: Option<u16>) -> u32 {
    number.map_or(0, |number| u32::from(number) + 1)
}

/// The stored number of a name; `None` if no token can have it. The empty name is that of a token
/// which has none.
fn number_of(list: &[String], name: &str) -> Option<u32> {
    if name.is_empty() {
        return Some(0);
    }
    let position = list.iter().position(|known| known == name)?;
    Some(position as u32 + 1)
}

/// Reads a name, or a map of operators with their names.
fn choices(
    value: &ValueRef<'_>,
    mut number: impl FnMut(&str) -> Option<u32>,
) -> Result<Vec<Choice>, Fault> {
    let mut choice = |names: &[&str], negated: bool| {
        let mut numbers: Vec<u32> = names.iter().filter_map(|name| number(name)).collect();
        numbers.sort_unstable();
        Choice { numbers, negated }
    };
    let ValueRef::Map(operators) = value else {
        return Ok(vec![choice(&[text(value)?], false)]);
    };
    let mut choices = Vec::with_capacity(operators.len());
    for (operator, value) in operators {
        choices.push(match text(operator)?.to_ascii_uppercase().as_str() {
            "IN" => choice(&texts(value)?, false),
            "NOT_IN" => choice(&texts(value)?, true),
            "REGEX" => {
                let expression = text(value)?;
                let Some(spellings) = spellings(expression) else {
                    return unsupported(format!("the regular expression `{expression}`"));
                };
                let spellings: Vec<&str> = spellings.iter().map(String::as_str).collect();
                choice(&spellings, false)
            }
            other => return unsupported(format!("the pattern operator `{other}`")),
        });
    }
    Ok(choices)
}

fn text<'v>(value: &'v ValueRef<'_>) -> Result<&'v str, Fault> {
    let text = bytes_of(value).and_then(|bytes| std::str::from_utf8(bytes).ok());
    text.map_or_else(|| unsupported("something other than text"), Ok)
}

fn texts<'v>(value: &'v ValueRef<'_>) -> Result<Vec<&'v str>, Fault> {
    match value {
        ValueRef::Array(values) => values.iter().map(text).collect(),
        _ => malformed("an operator without a list"),
    }
}

/// All texts that a regular expression finds, if it is bound at both ends and made of nothing but
/// characters and sets of characters, each perhaps optional.
///
/// The end may also stand before a last line break, as in Python.
fn spellings(expression: &str) -> Option<Vec<String>> {
    let mut rest = expression
        .strip_prefix('^')?
        .strip_suffix('$')?
        .chars()
        .peekable();
    let special = |character: char| ".*+?()[]{}|\\^$".contains(character);
    let mut spellings = vec![String::new()];
    while let Some(first) = rest.next() {
        let mut set = Vec::new();
        if first == '[' {
            loop {
                match rest.next()? {
                    ']' if !set.is_empty() => break,
                    '-' | '^' | '\\' | '[' | ']' => return None,
                    member => set.push(member),
                }
            }
        } else if special(first) {
            return None;
        } else {
            set.push(first);
        }
        let optional = rest.next_if_eq(&'?').is_some();
        if rest.peek() == Some(&'?') || spellings.len() * (set.len() + 1) > MAX_SPELLINGS {
            return None;
        }
        let shorter = if optional {
            spellings.clone()
        } else {
            Vec::new()
        };
        spellings = spellings
            .iter()
            .flat_map(|start| set.iter().map(move |&end| format!("{start}{end}")))
            .chain(shorter)
            .collect();
    }
    let broken: Vec<String> = spellings.iter().map(|start| format!("{start}\n")).collect();
    spellings.extend(broken);
    Some(spellings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_without_repetition_is_a_list_of_spellings() {
        let found = |expression| {
            let mut found = spellings(expression).unwrap();
            found.retain(|spelling| !spelling.ends_with('\n'));
            found
        };
        assert_eq!(found("^n'?t$"), ["n't", "nt"]);
        assert_eq!(found("^n[ou]thin'$"), ["nothin'", "nuthin'"]);
        assert_eq!(found("^[ab]?c?$"), ["ac", "bc", "c", "a", "b", ""]);
        assert_eq!(spellings("^a$").unwrap(), ["a", "a\n"]);
    }

    #[test]
    fn an_expression_that_finds_more_than_a_list_is_refused() {
        for expression in [
            "a",
            "^a",
            "a$",
            "^a*$",
            "^a+$",
            "^a??$",
            "^?$",
            "^a|b$",
            "^(a)$",
            "^.$",
            "^a{2}$",
            "^[^a]$",
            "^[a-c]$",
            "^[]$",
            "^[a$",
            "^\\d$",
            "^a$$",
            "^[ab][ab][ab][ab][ab][ab][ab][ab][ab]$",
        ] {
            assert_eq!(spellings(expression), None, "{expression}");
        }
    }
}
