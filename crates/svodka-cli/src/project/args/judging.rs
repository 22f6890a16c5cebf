//! What can be typed to judge claims and names.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Doing, Eyes, Form, Which};

/// A judgement on a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Judgement {
    /// The text says so
    Accept,
    /// The text does not say so
    Reject,
    /// The text says something else: VALUE is JSON, see the examples
    Correct,
    /// VALUE is how reliable it is, such as B2
    Grade,
    /// VALUE is a remark
    Note,
}

/// `svodka decide`
#[derive(Debug, Args)]
pub struct Decide {
    /// The claim, as `svodka show` and `svodka claims` print it
    #[arg(value_name = "CLAIM")]
    pub claim: String,
    /// The judgement
    #[arg(value_enum, value_name = "JUDGEMENT")]
    pub judgement: Judgement,
    /// What it is corrected to, its grade, or the remark
    #[arg(value_name = "VALUE", required_if_eq_any = [("judgement", "correct"), ("judgement", "grade"), ("judgement", "note")])]
    pub value: Option<String>,
    /// Why you judge so; the log keeps it
    #[arg(long, value_name = "WORDS")]
    pub reason: String,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// Who and how long.
    #[command(flatten)]
    pub doing: Doing,
}

/// Which claims are wanted at the desk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct Sieve {
    /// Of this kind, such as strike
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// About this person, group or other thing
    #[arg(long, value_name = "NAME")]
    pub about: Option<String>,
    /// In this report, by its path or its number
    #[arg(long, value_name = "REPORT")]
    pub report: Option<String>,
}

/// `svodka review`
#[derive(Debug, Args)]
pub struct Review {
    /// Which claims.
    #[command(flatten)]
    pub sieve: Sieve,
    /// The folder of the pack whose kinds of claims corrections are held against [default: the built-in pack]
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// Who and how long.
    #[command(flatten)]
    pub doing: Doing,
    /// For whom.
    #[command(flatten)]
    pub eyes: Eyes,
}

/// Whether two names name one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Identity {
    /// They do
    Same,
    /// They do not
    Distinct,
    /// It was looked at, and is not known
    Unsure,
}

/// `svodka relate`
#[derive(Debug, Args)]
pub struct Relate {
    /// A name; PERSON:Orlov among people alone, Orlov@a.txt in one report, or a number
    #[arg(value_name = "NAME")]
    pub a: String,
    /// The judgement
    #[arg(value_enum, value_name = "JUDGEMENT")]
    pub judgement: Identity,
    /// Another name
    #[arg(value_name = "NAME")]
    pub b: String,
    /// Why you judge so; the log keeps it
    #[arg(long, value_name = "WORDS")]
    pub reason: String,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// Who and how long.
    #[command(flatten)]
    pub doing: Doing,
}

/// `svodka resolve`
#[derive(Debug, Args)]
pub struct Resolve {
    /// Of what
    #[arg(long, value_enum, value_name = "KIND", default_value_t = Kinds::People)]
    pub kind: Kinds,
    /// How probable at least, from 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.5, value_parser = probability)]
    pub least: f64,
    /// How many of each kind, the most probable first; 0 for all
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
    /// Propose also what was judged already
    #[arg(long, conflicts_with = "accept_above")]
    pub all: bool,
    /// Judge all proposals that are at least so probable to be the same: one decision in the log, which `svodka undo` takes back
    #[arg(long, value_name = "P", value_parser = probability, requires = "reason")]
    pub accept_above: Option<f64>,
    /// Why, for the log
    #[arg(long, value_name = "WORDS")]
    pub reason: Option<String>,
    /// The pack with the tables of names
    #[arg(long, value_name = "DIR", env = "SVODKA_PACK")]
    pub pack: Option<PathBuf>,
    /// In what form.
    #[command(flatten)]
    pub form: Form,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// Who and how long.
    #[command(flatten)]
    pub doing: Doing,
    /// For whom.
    #[command(flatten)]
    pub eyes: Eyes,
}

fn probability(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number
        .filter(|it| (0.0..=1.0).contains(it))
        .ok_or_else(|| "write a number from 0 to 1, such as 0.9".to_owned())
}

/// What is looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kinds {
    /// People
    People,
    /// Organisations and workplaces
    Groups,
    /// Places
    Places,
    /// Publications and documents
    Works,
    /// Events
    Events,
    /// All of these
    All,
}

/// `svodka policy`
#[derive(Debug, Args)]
pub struct Policy {
    /// Whether names of people who may be alive are replaced by numbers in all that leaves the machine
    #[arg(long, value_name = "yes|no", value_parser = yes_or_no)]
    pub shield: Option<bool>,
    /// Somebody of whom something is claimed within so many years of today may be alive
    #[arg(long, value_name = "YEARS")]
    pub claim_years: Option<u16>,
    /// Somebody born within so many years of today may be alive
    #[arg(long, value_name = "YEARS")]
    pub birth_years: Option<u16>,
    /// Which claims tell a birth, as KIND/ROLE or KIND/ROLE:FIELD=VALUE; may be given several times
    #[arg(long, value_name = "RULE")]
    pub birth: Vec<String>,
    /// Which claims tell a death, likewise
    #[arg(long, value_name = "RULE")]
    pub death: Vec<String>,
    /// Take from the pack which claims tell a birth or a death, as a new project does
    #[arg(long)]
    pub from_pack: bool,
    /// The folder of that pack [default: the built-in pack]
    #[arg(long, value_name = "DIR", requires = "from_pack")]
    pub pack: Option<PathBuf>,
    /// Always shield this person
    #[arg(long, value_name = "NAME", conflicts_with = "reveal")]
    pub hide: Option<String>,
    /// Never shield this person, because they are known to be dead, say
    #[arg(long, value_name = "NAME")]
    pub reveal: Option<String>,
    /// Why you judge so; the log keeps it
    #[arg(long, value_name = "WORDS")]
    pub reason: Option<String>,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// Who and how long.
    #[command(flatten)]
    pub doing: Doing,
    /// For whom.
    #[command(flatten)]
    pub eyes: Eyes,
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("say yes or no".to_owned()),
    }
}
