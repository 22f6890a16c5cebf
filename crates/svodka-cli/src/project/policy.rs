//! `svodka policy`: the rule for people who may be alive.

use std::path::Path;

use svodka::Pack;
use svodka::store::{Audience, LifeRule, PolicyStatus, Rule};

use super::args::Policy;
use super::decide::ended;
use super::{opened, problem, reader, stamp, writer};
use crate::output::{self, Output, Sink};
use crate::problem::{Problem, Status};
use crate::setup;

/// How many words of a rule are shown.
const SHOWN: usize = 8;

/// Shows the rule, changes it, or makes an exception.
pub fn run(arguments: &Policy) -> Result<u8, Problem> {
    let changes = arguments.shield.is_some()
        || arguments.claim_years.is_some()
        || arguments.birth_years.is_some()
        || !arguments.birth.is_empty()
        || !arguments.death.is_empty()
        || arguments.from_pack;
    let excepted = arguments.hide.as_ref().or(arguments.reveal.as_ref());
    if !changes && excepted.is_none() {
        return show(arguments);
    }
    let Some(reason) = arguments
        .reason
        .clone()
        .filter(|reason| !reason.trim().is_empty())
    else {
        return Err(
            Problem::new(Status::Usage, "a change of the rule needs a reason")
                .with_remedy("say why with --reason WORDS"),
        );
    };
    if changes && excepted.is_some() {
        return Err(Problem::new(
            Status::Usage,
            "set the rule and make an exception one after the other",
        ));
    }
    if let Some(name) = excepted {
        let mut writer = writer(&arguments.which, &arguments.doing, "making an exception")?;
        let shield = arguments.hide.is_some();
        let done = writer
            .find(name)
            .and_then(|person| writer.except(&person, shield, &reason, &stamp(&arguments.doing)));
        return ended(writer, done, "noted");
    }
    let old = opened(&arguments.which, Audience::Owner)?
        .policy()
        .map_err(|error| problem(&error))?
        .rule;
    let rule = changed(arguments, old, reason)?;
    let mut writer = writer(&arguments.which, &arguments.doing, "setting the rule")?;
    let done = writer.set_rule(&rule, &stamp(&arguments.doing));
    ended(writer, done, "set")
}

fn changed(arguments: &Policy, old: Rule, reason: String) -> Result<Rule, Problem> {
    let of_pack = match arguments.from_pack {
        true => Some(of_pack(arguments.pack.as_deref())?),
        false => None,
    };
    let (births, deaths) = match of_pack {
        Some(rule) => (rule.births, rule.deaths),
        None => (old.births, old.deaths),
    };
    let rules = |typed: &[String], old: Vec<LifeRule>| -> Result<Vec<LifeRule>, Problem> {
        if typed.is_empty() {
            Ok(old)
        } else {
            typed.iter().map(|text| life(text)).collect()
        }
    };
    Ok(Rule {
        shield: arguments.shield.unwrap_or(old.shield),
        claim_years: arguments.claim_years.unwrap_or(old.claim_years),
        birth_years: arguments.birth_years.unwrap_or(old.birth_years),
        births: rules(&arguments.birth, births)?,
        deaths: rules(&arguments.death, deaths)?,
        reason,
    })
}

/// The rule as a pack has it, or the built-in one.
pub fn of_pack(folder: Option<&Path>) -> Result<Rule, Problem> {
    let pack =
        Pack::load(&setup::pack(folder)?).map_err(|mistakes| setup::pack_problem(&mistakes))?;
    Ok(svodka::rule(&pack))
}

/// `KIND/ROLE` or `KIND/ROLE:FIELD=VALUE`.
fn life(text: &str) -> Result<LifeRule, Problem> {
    let (claim, with) = match text.split_once(':') {
        Some((claim, with)) => (claim, Some(with)),
        None => (text, None),
    };
    let with = with.map(|with| with.split_once('='));
    match (claim.split_once('/'), with) {
        (Some((kind, role)), None) => Ok(LifeRule {
            kind: kind.to_owned(),
            role: role.to_owned(),
            ..LifeRule::default()
        }),
        (Some((kind, role)), Some(Some((field, value)))) => Ok(LifeRule {
            kind: kind.to_owned(),
            role: role.to_owned(),
            with: Some((field.to_owned(), value.to_owned())),
            ..LifeRule::default()
        }),
        _ => Err(
            Problem::new(Status::Usage, format!("'{text}' is no rule")).with_remedy(
                "write KIND/ROLE or KIND/ROLE:FIELD=VALUE, such as violence/victim:act=killed",
            ),
        ),
    }
}

fn show(arguments: &Policy) -> Result<u8, Problem> {
    let policy = reader(&arguments.which, &arguments.eyes, false)?
        .policy()
        .map_err(|error| problem(&error))?;
    let mut output = Output::new(Sink::Plain);
    output.write(&told(&policy))?;
    output.finish()?;
    Ok(0)
}

fn told(policy: &PolicyStatus) -> String {
    let rule = &policy.rule;
    let mut told = format!(
        "People who may be alive: no death is known, and a claim about them lies within {} years of today or their birth within {}; \
         or nothing at all is dated.\n",
        rule.claim_years, rule.birth_years
    );
    told += if rule.shield {
        "They are marked on this screen, and shielded in everything that leaves the machine.\n"
    } else {
        "They are marked on this screen, and NOT shielded in what leaves the machine.\n"
    };
    for (what, rules) in [("birth", &rule.births), ("death", &rule.deaths)] {
        if rules.is_empty() {
            told += &format!(
                "No claim is taken to tell a {what}; say which do with --{what}, or --from-pack.\n"
            );
            continue;
        }
        told += &format!("A {what} is told by claims, asserted or probable and not denied:\n");
        for rule in rules {
            told += &textwrap::fill(
                &written(rule),
                textwrap::Options::new(output::width())
                    .initial_indent("  ")
                    .subsequent_indent("    "),
            );
            told.push('\n');
        }
    }
    if !rule.reason.is_empty() {
        told += &format!("Set because: {}\n", rule.reason);
    }
    told += &format!("They are {} now, exceptions counted in.\n", policy.may_live);
    for (name, shield, reason, operation) in &policy.exceptions {
        let what = if *shield {
            "always shielded"
        } else {
            "never shielded"
        };
        told += &format!("  {name}: {what}, because: {reason} (operation {operation})\n");
    }
    told
}

fn written(rule: &LifeRule) -> String {
    let mut written = match (rule.kind.as_str(), rule.role.as_str()) {
        ("*", "*") => "of any kind, about the person in any role".to_owned(),
        (kind, role) => format!("{kind}/{role}"),
    };
    if let Some((field, value)) = &rule.with {
        written += &format!(":{field}={value}");
    }
    let listed = |words: &[String]| {
        let shown: Vec<&str> = words.iter().take(SHOWN).map(String::as_str).collect();
        let rest = match words.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} others"),
        };
        format!("“{}”{rest}", shown.join("”, “"))
    };
    for (what, words) in [
        ("with, right behind the name,", &rule.behind),
        ("or with, right before the name,", &rule.before),
        ("unless the words have", &rule.unless),
    ] {
        if !words.is_empty() {
            written += &format!("; {what} {}", listed(words));
        }
    }
    written
}
