//! What can be typed about a project.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use svodka::Edtf;

use super::export::{EXAMPLES as EXPORT_EXAMPLES, Export};
use crate::args::Means;

const ADD_EXAMPLES: &str = "\
Examples:
  svodka init strikes && svodka add archive/          every file in the folder and in those below it
  svodka add 'archive/19*/*.txt' --project strikes.svodka
  svodka add report.txt --date 1923-09-01
  svodka add --manifest list.csv                      the files that a list names, with the dates and titles it gives them
  svodka add scans/ --ocr --ocr-language rus+eng      scans too, if ocrmypdf is installed
  svodka add archive/ --summary added.json            what was added, what was refused and why, for other programs

Adding the same bytes again changes nothing. A file whose bytes changed becomes a new version of its report; decisions on claims \
whose quotation still stands are carried over, the others are listed.";

const SEARCH_EXAMPLES: &str = "\
All words must stand in a report; case, accents and script do not count. A word that other spellings of a name in the project \
transliterate too (Miasnikov, Myasnikov, Мясников) finds these as well, and says so.
Examples:
  svodka search strike wages
  svodka search '\"strike committee\" arrest* -Vulkan'";

const CLAIMS_EXAMPLES: &str = "\
Examples:
  svodka claims --kind strike --from 1923-08 --to 1923-09
  svodka claims --about Orlov --certainty probable+ --said-by 'PERSON:Petrov'";

const DECIDE_EXAMPLES: &str = r#"Examples:
  svodka decide c62f1f84f2ba2b5d1 reject --reason "Orlov was at the meeting, he did not lead it"
  svodka decide c62f1f84f2ba2b5d1 grade B2 --reason "the agent was in the room"
  svodka decide c62f1f84f2ba2b5d1 correct '{"roles": {"person": "Ivan Orlov"}}' --reason "initials misread"

A correction names what should be otherwise; the rest stays as it was read. "roles" fills roles anew, each by one name or a list ([] empties it; {"text": "Anna Weiss", "type": "PERSON"} brings a name that the report does not have), "fields" sets other values (null takes one away), "when" is a date in EDTF ("" for none), "polarity" is positive or negative, "certainty" asserted, probable, possible or unestablished. `svodka review` asks for all this in plain words."#;

const RELATE_EXAMPLES: &str = "\
Reports that use one name are listed together by name only, until somebody judges. Once two of them are judged distinct, those that bear the \
name stand together only where they are judged the same. NAME@REPORT is what one report so calls: by its path, the end of its path, or its number. \
A judgement that contradicts others is refused, and `svodka undo` takes one back.
Examples:
  svodka relate 'PERSON:Ivanov@a.txt' distinct 'PERSON:Ivanov@b.txt' --reason 'one was a child then'
  svodka relate 'Ivanov@c.txt' same 'Ivanov@a.txt' --reason 'the same lodgings'
  svodka relate Myasnikov same Miasnikov --reason 'two spellings, in all reports'";

const POLICY_EXAMPLES: &str = "\
Somebody may be alive if no death is known and something is claimed of them within 100 years of today, or they were born within 110, or \
nothing at all is dated. Such people are marked on your screen. In everything that leaves the machine (files, pipes, exports, pages for \
others) a number stands in the place of their names. A death counts only if a claim that is at least probable and not denied tells it; \
in doubt a person stays shielded. Without options the rule is shown.
Examples:
  svodka policy
  svodka policy --reveal 'Ivan Orlov' --reason 'died in 1931, see his file'
  svodka policy --hide 'Anna Weiss' --reason 'her family asked'
  svodka policy --claim-years 80 --reason 'the law of this archive'";

const REVIEW_EXAMPLES: &str = "\
The claims that nobody has accepted, rejected or corrected come one by one, the least certain first, and among these those whose \
names are met most. Each shows the words it rests on, in their sentence. Every judgement is kept at once and can be undone; next \
time the queue goes on where it stopped. Several people may review at the same time: whoever comes second is told.

Where there is no terminal, commands are read line by line:
  printf 'accept\\nreject he was away\\nquit\\n' | svodka review --kind meeting

Examples:
  svodka review
  svodka review --about Orlov --kind membership";

const STATS_EXAMPLES: &str = "\
Count by year, month, week, day, certainty, polarity, kind, report, place (any place or workplace in the claim), or by any role or \
field of the kind, such as cause or status. With several, the last makes the columns.

What is counted are claims, not events: ten reports of one strike are ten claims. A date longer than the unit (a year, where months \
are counted) stands in a row of its own and is never put into a month. Claims that say nothing of what is counted by, that are \
said not to be so, or that a reader rejected are left out, and how many these are is told.

Examples:
  svodka stats strikes --by month
  svodka stats strikes --by month,place --from 1923-06 --to 1923-12 --certainty probable+
  svodka stats membership --by group,status --csv > members.csv
  svodka stats --by kind,certainty";

const RESOLVE_EXAMPLES: &str = "\
Nothing is changed unless --accept-above is given: what is proposed, people decide (`svodka relate`). Two of one report are never proposed as one, nor are names \
that contradict each other (another given name, initial, patronymic or sex). docs/resolve.md says how the figures come about.
Examples:
  svodka resolve                                  people, the most probable first
  svodka resolve --kind all --least 0.8 --json
  svodka resolve --accept-above 0.99 --reason 'same names and groups, looked through'";

const CONTRADICTIONS_EXAMPLES: &str = "\
Two claims contradict each other if both are about the same thing at the same time and cannot both hold: it is so and it is not so; \
member and expelled; 30 present and 400; two dates of what happens once. Claims that a reader rejected contradict nothing. The clearest \
come first. Each side tells on how many independent witnesses it stands: people, bodies or reports that do not go back to one another.
Examples:
  svodka contradictions --about Orlov
  svodka contradictions --kind strike --from 1923-08 --to 1923-09 --json";

const COMPARE_EXAMPLES: &str = "\
A and B are two reports, by their paths or by #NUMBER, or else two names. Of reports: what both say, what one repeats of the other's words, \
what contradicts, what one alone says. Of names: in which reports both are met, in which claims together, which groups, places and people \
they share, and where what is claimed of them differs.
Examples:
  svodka compare archive/1923-09-01.txt archive/1923-09-15.txt
  svodka compare Myasnikov Kuznetsov";

/// The commands for projects.
#[derive(Debug, Subcommand)]
pub enum ProjectCommand {
    /// Begin a project: one file that keeps reports, claims and decisions
    Init(Init),
    /// Add reports to a project
    #[command(after_long_help = ADD_EXAMPLES)]
    Add(Add),
    /// Read the reports of a project again, after the program, pack or model has changed
    Reread(Reread),
    /// Say what a project holds
    Status(Plain),
    /// Check a project: its file, and that everything in it follows from its log
    Check(Plain),
    /// Copy a project into a new file, also while others work on it
    Backup(Backup),
    /// Show what was done to a project, newest first
    Log(Log),
    /// Take back something that was done, by its number in the log
    Undo(Undo),
    /// Judge a claim
    #[command(after_long_help = DECIDE_EXAMPLES)]
    Decide(Decide),
    /// Judge claims one after the other, in the terminal: accept, reject, correct, grade, note
    #[command(after_long_help = REVIEW_EXAMPLES)]
    Review(Review),
    /// Judge whether two names, or what two reports so name, are one thing
    #[command(after_long_help = RELATE_EXAMPLES)]
    Relate(Relate),
    /// Propose who and what may be the same in different reports, with the reasons part by part
    #[command(after_long_help = RESOLVE_EXAMPLES)]
    Resolve(Resolve),
    /// Show or set the rule for people who may be alive
    #[command(after_long_help = POLICY_EXAMPLES)]
    Policy(Policy),
    /// Find reports by their words
    #[command(after_long_help = SEARCH_EXAMPLES)]
    Search(Search),
    /// List the people that reports name
    People(Table),
    /// List the groups, parties and workplaces that reports name
    Groups(Table),
    /// List the places that reports name, with coordinates where the gazetteer knows them
    Places(Table),
    /// List the publications and documents that reports name
    Works(Table),
    /// List the events that reports name
    Events(Table),
    /// Show all that is claimed of one person, group or place, in the order of time
    Show(Show),
    /// List claims by what they say
    #[command(after_long_help = CLAIMS_EXAMPLES)]
    Claims(Claims),
    /// Write what a project knows in the forms that other programs read
    #[command(after_long_help = EXPORT_EXAMPLES)]
    Export(Export),
    /// Count claims by month, place, cause or whatever else they say, as a table with bars
    #[command(after_long_help = STATS_EXAMPLES)]
    Stats(Stats),
    /// Find claims that cannot both hold, side by side, with who stands on which side
    #[command(after_long_help = CONTRADICTIONS_EXAMPLES)]
    Contradictions(Contradictions),
    /// Compare two reports, or two people, groups or places
    #[command(after_long_help = COMPARE_EXAMPLES)]
    Compare(Compare),
}

/// Which project.
#[derive(Debug, Args)]
pub struct Which {
    /// The project's file [default: the only .svodka file here]
    #[arg(long, value_name = "FILE", env = "SVODKA_PROJECT")]
    pub project: Option<PathBuf>,
}

/// Who does it, and how long they wait.
#[derive(Debug, Args)]
pub struct Doing {
    /// By what name the log knows you [default: the name you are logged in by]
    #[arg(long, value_name = "NAME", env = "SVODKA_AUTHOR")]
    pub author: Option<String>,
    /// How many seconds to wait while another program writes to the project
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub wait: u64,
}

/// For whom the output is.
#[derive(Debug, Args)]
pub struct Eyes {
    /// Name people who may be alive although the output does not go to a screen
    #[arg(long)]
    pub owner: bool,
}

/// In what form.
#[derive(Debug, Args)]
pub struct Form {
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print CSV
    #[arg(long)]
    pub csv: bool,
}

/// `svodka init`
#[derive(Debug, Args)]
pub struct Init {
    /// What the project is called; NAME.svodka is made
    #[arg(value_name = "NAME")]
    pub name: PathBuf,
    /// The folder of the pack that says which claims tell a birth or a death [default: the built-in pack]
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// Who and how long.
    #[command(flatten)]
    pub doing: Doing,
}

/// `svodka add`
#[derive(Debug, Args)]
pub struct Add {
    /// Files, folders, or patterns such as 'archive/*.txt'
    #[arg(required_unless_present = "manifest", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The date of all these reports, as 1923-09-01, 1923-09 or 1923 [default: as each gives it]
    #[arg(long, value_name = "EDTF")]
    pub date: Option<Edtf>,
    /// The encoding of the files, such as windows-1251 [default: recognised]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// A CSV file that lists reports, a line each: file (or path), date, title, author, archive reference
    #[arg(long, value_name = "FILE.csv")]
    pub manifest: Option<PathBuf>,
    /// Have scans without text read by ocrmypdf, if it is installed
    #[arg(long)]
    pub ocr: bool,
    /// Their languages, as Tesseract names them, such as rus+eng
    #[arg(
        long,
        value_name = "LANGUAGES",
        default_value = "eng",
        requires = "ocr"
    )]
    pub ocr_language: String,
    /// How long that may take for one file
    #[arg(long, value_name = "SECONDS", default_value_t = 600, requires = "ocr")]
    pub ocr_time: u64,
    /// Say as JSON what became of the files
    #[arg(long)]
    pub json: bool,
    /// Write the same into a file
    #[arg(long, value_name = "FILE.json")]
    pub summary: Option<PathBuf>,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// Who and how long.
    #[command(flatten)]
    pub doing: Doing,
    /// What to read with.
    #[command(flatten)]
    pub means: Means,
}

/// `svodka reread`
#[derive(Debug, Args)]
pub struct Reread {
    /// Keep the new readings without asking
    #[arg(long)]
    pub yes: bool,
    /// Show what would change and keep nothing
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Read also what this program, pack and model have read already
    #[arg(long)]
    pub all: bool,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// Who and how long.
    #[command(flatten)]
    pub doing: Doing,
    /// What to read with.
    #[command(flatten)]
    pub means: Means,
}

/// A command that needs only a project.
#[derive(Debug, Args)]
pub struct Plain {
    /// Which project.
    #[command(flatten)]
    pub which: Which,
}

/// `svodka backup`
#[derive(Debug, Args)]
pub struct Backup {
    /// The new file
    #[arg(value_name = "FILE")]
    pub to: PathBuf,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
}

/// `svodka log`
#[derive(Debug, Args)]
pub struct Log {
    /// How many entries
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// For whom.
    #[command(flatten)]
    pub eyes: Eyes,
}

/// `svodka undo`
#[derive(Debug, Args)]
pub struct Undo {
    /// The number in the log
    #[arg(value_name = "NUMBER")]
    pub number: i64,
    /// Why
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub reason: String,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// Who and how long.
    #[command(flatten)]
    pub doing: Doing,
}

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
    /// How many, 0 for all
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

/// `svodka search`
#[derive(Debug, Args)]
pub struct Search {
    /// The words
    #[arg(
        required = true,
        value_name = "WORDS",
        allow_hyphen_values = true,
        trailing_var_arg = true
    )]
    pub words: Vec<String>,
    /// Only as it is written: no other spellings of names
    #[arg(long)]
    pub exact: bool,
    /// How many reports
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// For whom.
    #[command(flatten)]
    pub eyes: Eyes,
}

/// `svodka people` and the like
#[derive(Debug, Args)]
pub struct Table {
    /// How many, 0 for all
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub limit: usize,
    /// In what form.
    #[command(flatten)]
    pub form: Form,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// For whom.
    #[command(flatten)]
    pub eyes: Eyes,
}

/// `svodka show`
#[derive(Debug, Args)]
pub struct Show {
    /// The name, NAME@REPORT, or the number as `svodka people` prints it
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// For whom.
    #[command(flatten)]
    pub eyes: Eyes,
}

/// `svodka claims`
#[derive(Debug, Args)]
pub struct Claims {
    /// Of this kind, such as strike
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// About this person, group or other thing
    #[arg(long, value_name = "NAME")]
    pub about: Option<String>,
    /// At this place or workplace
    #[arg(long, value_name = "NAME")]
    pub at: Option<String>,
    /// Of something that may have been then or later, as 1923-08-30, 1923-08 or 1923; only claims with a date of their own
    #[arg(long, value_name = "EDTF")]
    pub from: Option<Edtf>,
    /// Of something that may have been then or earlier; only claims with a date of their own
    #[arg(long, value_name = "EDTF")]
    pub to: Option<Edtf>,
    /// How sure at least: asserted, probable+, possible+ or unestablished+
    #[arg(long, value_name = "CERTAINTY")]
    pub certainty: Option<String>,
    /// On the word of this person or body
    #[arg(long, value_name = "NAME")]
    pub said_by: Option<String>,
    /// In this report, by its path or its number
    #[arg(long, value_name = "REPORT")]
    pub report: Option<String>,
    /// How many, 0 for all
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub limit: usize,
    /// In what form.
    #[command(flatten)]
    pub form: Form,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// For whom.
    #[command(flatten)]
    pub eyes: Eyes,
}

/// `svodka stats`
#[derive(Debug, Args)]
pub struct Stats {
    /// Of this kind, such as strike or strikes [default: claims of all kinds]
    #[arg(value_name = "KIND")]
    pub kind: Option<String>,
    /// By what claims are counted, with commas between
    #[arg(
        long,
        value_name = "WHAT",
        value_delimiter = ',',
        default_value = "month"
    )]
    pub by: Vec<String>,
    /// About this person, group or other thing
    #[arg(long, value_name = "NAME")]
    pub about: Option<String>,
    /// At this place or workplace
    #[arg(long, value_name = "NAME")]
    pub at: Option<String>,
    /// Of something that may have been then or later, as 1923-08-30, 1923-08 or 1923; only claims with a date of their own
    #[arg(long, value_name = "EDTF")]
    pub from: Option<Edtf>,
    /// Of something that may have been then or earlier; only claims with a date of their own
    #[arg(long, value_name = "EDTF")]
    pub to: Option<Edtf>,
    /// How sure at least: asserted, probable+, possible+ or unestablished+
    #[arg(long, value_name = "CERTAINTY")]
    pub certainty: Option<String>,
    /// On the word of this person or body
    #[arg(long, value_name = "NAME")]
    pub said_by: Option<String>,
    /// In this report, by its path or its number
    #[arg(long, value_name = "REPORT")]
    pub report: Option<String>,
    /// How many rows the table has at most, 0 for all; CSV and JSON have all
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub limit: usize,
    /// In what form.
    #[command(flatten)]
    pub form: Form,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// For whom.
    #[command(flatten)]
    pub eyes: Eyes,
}

/// `svodka contradictions`
#[derive(Debug, Args)]
pub struct Contradictions {
    /// About this person, group or other thing
    #[arg(long, value_name = "NAME")]
    pub about: Option<String>,
    /// Between claims of this kind, such as strike
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Of something that may have been then or later
    #[arg(long, value_name = "EDTF")]
    pub from: Option<Edtf>,
    /// Of something that may have been then or earlier
    #[arg(long, value_name = "EDTF")]
    pub to: Option<Edtf>,
    /// How many, 0 for all
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,
    /// In what form.
    #[command(flatten)]
    pub form: Form,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// For whom.
    #[command(flatten)]
    pub eyes: Eyes,
}

/// `svodka compare`
#[derive(Debug, Args)]
pub struct Compare {
    /// A report or a name
    #[arg(value_name = "A")]
    pub a: String,
    /// Another
    #[arg(value_name = "B")]
    pub b: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Which project.
    #[command(flatten)]
    pub which: Which,
    /// For whom.
    #[command(flatten)]
    pub eyes: Eyes,
}
