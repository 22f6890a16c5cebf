//! What can be typed.

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use svodka::Edtf;

use crate::output::{Output, Sink};
use crate::problem::Problem;
use crate::project::ProjectCommand;
use crate::propose::Propose;

/// Reads archival reports and says who, where, when, what, on whose word, and how sure.
#[derive(Debug, Parser)]
#[command(name = "svodka", version, propagate_version = true, max_term_width = 100, after_help = EXIT, after_long_help = EXIT)]
pub struct Arguments {
    /// Use colour auto(matically), always or never; it says nothing that words do not say too, and NO_COLOR turns it off as well
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        display_order = 998
    )]
    pub color: Color,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT: &str = "\
Exit status: 0 done; 2 wrong usage; 65 a file is not what it should be (with several files the others are still \
read); 66 no such file or model; 69 a service that was asked failed; 74 the output could not be written; 75 another program writes to the project.

A claim that svodka prints is what a report says, never what is known to be true.";

const READ_EXAMPLES: &str = "\
Examples:
  svodka read report.txt                       a page to read, each claim with its quotation
  svodka read report.txt --date 1923-09-01     dates such as \"last Friday\" are reckoned from this day
  svodka read *.txt --jsonl > claims.jsonl     one JSON object for each report, one a line
  svodka read old.txt --encoding koi8-r        a file in an older encoding
  svodka read report.txt --propose http://localhost:11434/v1 --propose-model llama3.1
                                               a model of your own proposes besides; see docs/propose.md";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read reports and print what they claim, for people or as JSON
    #[command(after_help = READ_EXAMPLES)]
    Read(Read),
    /// Show what one stage of reading makes of a report, to see why a claim was or was not found
    Explain(Explain),
    /// Measure readings against gold documents, in which a person marked every name, date and claim
    #[command(after_long_help = EVAL_HIPE_RULES)]
    Eval(Eval),
    /// Measure the dates of texts whose expressions of time are marked as TIMEX3 (TimeML) or TIMEX2
    #[command(after_long_help = EVAL_DATES_RULES)]
    EvalDates(EvalDates),
    /// Look after packs, the folders of words and rules by which reports are read
    Pack(Pack),
    /// Whatever is done with a project
    #[command(flatten)]
    Project(ProjectCommand),
    /// Open a project in the browser: the workbench, for this machine alone or for others with accounts
    Serve(crate::serve::Serve),
    /// Write a project as a site for others to read, which needs no Svodka
    #[command(after_help = crate::publish::EXAMPLES)]
    Publish(crate::publish::Publish),
    /// Say who may come in from other machines
    User(crate::user::Users),
    /// Print a script that lets a shell complete svodka's commands and options
    Completions(Completions),
}

/// What to read with.
#[derive(Debug, Clone, Args)]
pub struct Means {
    /// The folder of the language model [default: models/ beside the program or here; `make models` fetches it]
    #[arg(long, value_name = "DIR", env = "SVODKA_MODEL")]
    pub model: Option<PathBuf>,
    /// The folder of a pack of words and rules to read by; it may add to the built-in ones, see docs/packs.md
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// How many processor threads to use; the result does not depend on it [default: all]
    #[arg(long, visible_alias = "jobs", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// `svodka read`
#[derive(Debug, Args)]
pub struct Read {
    /// The reports: text, Markdown, HTML, DOCX, ODT, PDF, EPUB, TEI, ALTO, PAGE, hOCR, e-mail, or a ZIP of these; - is what comes in through a pipe
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The report's date, as 1923-09-01, 1923-09 or 1923 (any EDTF date) [default: as the report gives it]
    #[arg(long, value_name = "EDTF")]
    pub date: Option<Edtf>,
    /// Print JSON: one object, or an array for several reports
    #[arg(long, conflicts_with = "jsonl")]
    pub json: bool,
    /// Print JSON: one object a line
    #[arg(long)]
    pub jsonl: bool,
    /// The encoding of the files, such as windows-1251 [default: recognised]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Say at the end, on standard error, how long each stage of reading took
    #[arg(long)]
    pub timings: bool,
    /// Who proposes besides.
    #[command(flatten)]
    pub propose: Propose,
    /// What to read with.
    #[command(flatten)]
    pub means: Means,
}

/// A stage of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// Title, headings, paragraphs, lists, quotations
    Layout,
    /// Words with their base forms, parts of speech and heads
    Parse,
    /// Names and what they name
    Names,
    /// Dates and their values
    Dates,
    /// Claims with the rule that found each
    Claims,
}

/// `svodka explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// The stage to show
    #[arg(long, value_enum, value_name = "STAGE")]
    pub stage: Stage,
    /// The report
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The report's date [default: as the report gives it]
    #[arg(long, value_name = "EDTF")]
    pub date: Option<Edtf>,
    /// The encoding of the file, such as windows-1251 [default: recognised]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// What to read with.
    #[command(flatten)]
    pub means: Means,
}

const EVAL_HIPE_RULES: &str = "\
With --hipe a file of the HIPE-2022 corpora is read, each document with the date it bears, its lines as they are, and the \
names marked in its second column (NE-COARSE-LIT) are held against those found: PERSON is pers, PLACE loc, ORG and \
WORKPLACE org, WORK prod; DATE is time if it names its year, for the corpora mark absolute dates alone; EVENT is none of \
its types and is left out. A name covers the words it touches. As \
the corpora's guidelines want, a person's name takes in the titles before it that the pack knows. coarse strict: the same \
words and type; coarse fuzzy: the same type and at least one word in common, one to one.";

/// `svodka eval`
#[derive(Debug, Args)]
pub struct Eval {
    /// Gold documents by their common beginning: NAME for NAME.txt, NAME.mentions.txt, NAME.claims.jsonl
    #[arg(value_name = "GOLD_STEM", required_unless_present_any = ["ratchet", "hipe"])]
    pub stems: Vec<PathBuf>,
    /// The reports' date [default: from NAME.meta.json]
    #[arg(long, value_name = "EDTF")]
    pub date: Option<Edtf>,
    /// Print the figures as JSON
    #[arg(long)]
    pub json: bool,
    /// List the claims that were missed and those that are not in the gold
    #[arg(long, conflicts_with = "json")]
    pub errors: bool,
    /// A file of floors for the gold documents beside it: a figure below its floor fails
    #[arg(long, value_name = "FILE", conflicts_with_all = ["stems", "json", "date", "errors"])]
    pub ratchet: Option<PathBuf>,
    /// A file of the HIPE-2022 corpora (.tsv): how right names are by its coarse types
    #[arg(long, value_name = "FILE", conflicts_with_all = ["stems", "ratchet", "errors"])]
    pub hipe: Option<PathBuf>,
    /// Write figures that have risen down as the new floors
    #[arg(long, requires = "ratchet")]
    pub raise: bool,
    /// What to read with.
    #[command(flatten)]
    pub means: Means,
}

const EVAL_DATES_RULES: &str = "\
Which expressions count: those whose value is calendar time - a day, week, month, season, quarter, half or year, a \
decade or century. A time of day is left out (1923-08-30T21:00 is the day), and so are places at the end that are \
not known (1963-XX-XX is the year). Durations (P3D), sets, PAST_REF, PRESENT_REF, FUTURE_REF, unknown years (XXXX) and \
empty values count only where a date is given there too; it is then found, and its value wrong.

dates found: a date given and an expression belong together if they overlap, each with one of the other side. Where a \
stretch or a list (\"1914-1918\", \"May 4 and 5\") overlaps several expressions, it is given as so many dates: its ends \
or its members, in order.

dates value exact: found, and the EDTF value has the same first and last day as the TIMEX value. A winter begins in \
December of its year; a week is the ISO week; BC0480 is the EDTF year -0479; qualifiers (~ ? %) do not count.

dates value: exact, or the same once a modifier is undone that TIMEX keeps outside the value: of \"until July\" and \
\"since July\" the side that is not open must be July; of \"late July\", \"the second half of July\" the stretch must lie \
in July and be approximate or have July's first or last day.";

/// `svodka eval-dates`
#[derive(Debug, Args)]
pub struct EvalDates {
    /// The texts, or folders of them (.tml, .timeml, .xml, .sgm, .sgml)
    #[arg(required = true, value_name = "FILE|DIR")]
    pub texts: Vec<PathBuf>,
    /// The texts' date [default: as each file gives it, in DCT or DATETIME]
    #[arg(long, value_name = "EDTF")]
    pub date: Option<Edtf>,
    /// Print the figures as JSON
    #[arg(long)]
    pub json: bool,
    /// List the dates that were missed, have another value, or are none
    #[arg(long, conflicts_with = "json")]
    pub errors: bool,
    /// What to read with.
    #[command(flatten)]
    pub means: Means,
}

/// `svodka pack`
#[derive(Debug, Args)]
pub struct Pack {
    /// What to do with it.
    #[command(subcommand)]
    pub command: PackCommand,
}

/// The commands of `svodka pack`.
#[derive(Debug, Subcommand)]
pub enum PackCommand {
    /// Begin a pack of your own: a folder with one kind of claim, one rule and its examples, to be changed
    New(PackNew),
    /// Test a pack: that every rule finds its examples and nothing in its rejects
    #[command(alias = "check")]
    Test(PackTest),
    /// Show why a rule found something in a sentence, or did not
    #[command(after_help = PACK_EXPLAIN_EXAMPLES)]
    Explain(PackExplain),
    /// Look a pack through for mistakes and for what is never used; needs no language model
    Lint(PackLint),
}

/// `svodka pack new`
#[derive(Debug, Args)]
pub struct PackNew {
    /// The folder to make; its name is the pack's
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// What the pack is for, in a few words
    #[arg(long, value_name = "TITLE", default_value = "A field of my own")]
    pub title: String,
}

const PACK_EXPLAIN_EXAMPLES: &str = "\
Examples:
  svodka pack explain office/title-of-body \"Orlov is secretary of the miners' union.\"
  svodka pack explain office \"Orlov is secretary of the ⟦ORG:m|Miners' League⟧.\"    every rule of the kind; names as marked
  svodka pack explain ownership/owns \"Anna Weiss owns a mill.\" --pack mypack";

/// `svodka pack explain`
#[derive(Debug, Args)]
pub struct PackExplain {
    /// The rule, as KIND/NAME, or a KIND for all its rules
    #[arg(value_name = "FRAME")]
    pub frame: String,
    /// The sentence; names in it may be marked as in the gold standard, else they are found
    #[arg(value_name = "SENTENCE")]
    pub sentence: String,
    /// What to read with.
    #[command(flatten)]
    pub means: Means,
}

/// `svodka pack lint`
#[derive(Debug, Args)]
pub struct PackLint {
    /// The pack's folder [default: the built-in pack]
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// `svodka pack test`
#[derive(Debug, Args)]
pub struct PackTest {
    /// The pack's folder [default: the built-in pack]
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// The folder of the language model
    #[arg(long, value_name = "DIR", env = "SVODKA_MODEL")]
    pub model: Option<PathBuf>,
}

/// `svodka completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

impl Completions {
    /// Prints the script.
    pub fn print(&self) -> Result<u8, Problem> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "svodka", &mut script);
        let mut output = Output::new(Sink::Plain);
        output.write(&String::from_utf8_lossy(&script))?;
        output.finish()?;
        Ok(0)
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// When a person looks on
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Makes the choice hold for everything that is printed.
    pub fn write_global(self) {
        let choice = match self {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}
