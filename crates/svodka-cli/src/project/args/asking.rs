//! What can be typed to ask a project.

use clap::Args;
use svodka::Edtf;

use super::filters::{Filters, OfAnyKind};
use super::{Eyes, Form, Which};

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
    /// Which claims.
    #[command(flatten)]
    pub filters: Filters,
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
    /// Which of these.
    #[command(flatten)]
    pub filters: OfAnyKind,
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
