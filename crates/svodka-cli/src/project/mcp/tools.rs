//! What can be asked, with the arguments of each question.

use rmcp::handler::server::tool::schema_for_input;
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use rmcp::schemars::{self, JsonSchema};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;
use svodka::{Certainty, NameType};

use super::{Project, Wrong, answers};

/// A tool.
pub struct Told {
    /// What it is called by programs.
    pub name: &'static str,
    title: &'static str,
    about: &'static str,
    schema: fn() -> Result<Arc<JsonObject>, String>,
    /// Its answer to arguments.
    pub answer: fn(&Project, Value) -> Result<Value, Wrong>,
}

impl Told {
    /// As the protocol describes it. The error says what of its arguments cannot be described.
    pub fn tool(&self) -> Result<Tool, String> {
        let hints = ToolAnnotations::with_title(self.title)
            .read_only(true)
            .destructive(false)
            .idempotent(true)
            .open_world(false);
        Ok(Tool::new(self.name, self.about, (self.schema)()?)
            .with_title(self.title)
            .annotate(hints))
    }
}

/// The arguments, checked.
fn read<T: DeserializeOwned>(arguments: Value) -> Result<T, Wrong> {
    serde_json::from_value(arguments).map_err(|error| Wrong::arguments(error.to_string()))
}

/// All tools.
pub const ALL: [Told; 8] = [
    Told {
        name: "overview",
        title: "What the project holds",
        about: "How many reports, names and claims there are, over which time, which kinds of claims there are with their roles and numbers, and who is shielded. Ask this first.",
        schema: schema_for_input::<Nothing>,
        answer: |project, arguments| {
            read::<Nothing>(arguments).and_then(|_| answers::overview(project))
        },
    },
    Told {
        name: "reports",
        title: "Reports",
        about: "The reports of the project with their numbers, paths, titles and dates, in the order in which they were added.",
        schema: schema_for_input::<Page>,
        answer: |project, arguments| answers::reports(project, &read(arguments)?),
    },
    Told {
        name: "search",
        title: "Search reports by words",
        about: "Reports that hold all of some words, with the words around the first place. Names are found under other spellings too. Not a search by meaning: try several words.",
        schema: schema_for_input::<Search>,
        answer: |project, arguments| answers::search(project, &read(arguments)?),
    },
    Told {
        name: "names",
        title: "People, groups, places",
        about: "The people, the groups and workplaces, the places, the publications or the events that reports name, those in most reports first, with their numbers.",
        schema: schema_for_input::<Names>,
        answer: |project, arguments| answers::names(project, &read(arguments)?),
    },
    Told {
        name: "dossier",
        title: "All that is claimed of one person, group or place",
        about: "Every claim in which a person, group, place or other name has a part, in the order of time, each with its citation.",
        schema: schema_for_input::<Dossier>,
        answer: |project, arguments| answers::dossier(project, &read(arguments)?),
    },
    Told {
        name: "claims",
        title: "Claims by what they say",
        about: "Claims of a kind, about somebody, at a place, in a time, on somebody's word or in a report, in the order of time, each with its citation.",
        schema: schema_for_input::<Claims>,
        answer: |project, arguments| answers::claims(project, &read(arguments)?),
    },
    Told {
        name: "report_text",
        title: "The words of a report around a claim",
        about: "The text of a report: around a claim, around a place in it, or from its beginning. To read more, ask again from `next`.",
        schema: schema_for_input::<ReportText>,
        answer: |project, arguments| answers::report_text(project, &read(arguments)?),
    },
    Told {
        name: "contradictions",
        title: "Claims that cannot both hold",
        about: "Pairs of claims that contradict each other, the clearest first, both sides with their citations and witnesses.",
        schema: schema_for_input::<Contradictions>,
        answer: |project, arguments| answers::contradictions(project, &read(arguments)?),
    },
];

/// No arguments.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub struct Nothing {}

/// Which of many.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub struct Page {
    /// How many; 50 if not given, 500 at most.
    pub limit: Option<usize>,
    /// How many to leave out at the beginning.
    #[serde(default)]
    pub skip: usize,
}

/// What to search for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub struct Search {
    /// Words that must all stand in a report; "several in a row" in quotation marks; begin*; -without.
    pub words: String,
    /// Only as written: no other spellings of names.
    #[serde(default)]
    pub exact: bool,
    /// How many reports; 20 if not given, 100 at most.
    pub limit: Option<usize>,
}

/// A sort of names.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(crate = "schemars")]
pub enum Sort {
    /// People.
    People,
    /// Groups, parties, bodies and workplaces.
    Groups,
    /// Places.
    Places,
    /// Publications and documents.
    Works,
    /// Events.
    Events,
}

impl Sort {
    /// What the project calls them.
    pub fn kinds(&self) -> &'static [NameType] {
        match self {
            Sort::People => super::super::table::PEOPLE,
            Sort::Groups => super::super::table::GROUPS,
            Sort::Places => super::super::table::PLACES,
            Sort::Works => super::super::table::WORKS,
            Sort::Events => super::super::table::EVENTS,
        }
    }
}

/// Which names.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub struct Names {
    /// Of which sort.
    pub of: Sort,
    /// Only those whose name holds these letters, in any case.
    pub holding: Option<String>,
    /// How many; 50 if not given, 500 at most.
    pub limit: Option<usize>,
    /// How many to leave out at the beginning.
    #[serde(default)]
    pub skip: usize,
}

/// Whose dossier.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub struct Dossier {
    /// A name as reports write it, or a number as `names` gives it.
    pub name: String,
    /// How many claims; 30 if not given, 200 at most.
    pub limit: Option<usize>,
    /// How many to leave out at the beginning.
    #[serde(default)]
    pub skip: usize,
}

/// How sure a text is.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(crate = "schemars")]
pub enum AtLeast {
    /// Said as being so.
    Asserted,
    /// Said to be probable.
    Probable,
    /// Said to be possible.
    Possible,
    /// Said not to be established.
    Unestablished,
}

impl From<AtLeast> for Certainty {
    fn from(least: AtLeast) -> Certainty {
        match least {
            AtLeast::Asserted => Certainty::Asserted,
            AtLeast::Probable => Certainty::Probable,
            AtLeast::Possible => Certainty::Possible,
            AtLeast::Unestablished => Certainty::Unestablished,
        }
    }
}

/// Which claims; what is not given does not matter.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub struct Claims {
    /// Of this kind, as `overview` lists them.
    pub kind: Option<String>,
    /// With this person, group or other thing in some role: a name or a number.
    pub about: Option<String>,
    /// At this place or workplace: a name or a number.
    pub at: Option<String>,
    /// On the word of this person or body: a name or a number.
    pub said_by: Option<String>,
    /// Of something that may have been then or later: 1923-08-30, 1923-08, 1923 or any EDTF date. Only claims with a date of their own.
    pub from: Option<String>,
    /// Of something that may have been then or earlier. Only claims with a date of their own.
    pub to: Option<String>,
    /// At least so sure.
    pub certainty: Option<AtLeast>,
    /// In this report, by its path or its number.
    pub report: Option<String>,
    /// How many claims; 30 if not given, 200 at most.
    pub limit: Option<usize>,
    /// How many to leave out at the beginning.
    #[serde(default)]
    pub skip: usize,
}

/// Which words of which report.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub struct ReportText {
    /// The report, by its path or its number.
    pub report: String,
    /// Around the quotation of this claim, by its name such as c-5f0a….
    pub claim: Option<String>,
    /// From this character on, if no claim is named.
    pub from: Option<usize>,
    /// How many characters on either side of a claim, or in all; 1500 if not given, 20000 at most.
    pub characters: Option<usize>,
}

/// Which contradictions.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
pub struct Contradictions {
    /// Between claims of this kind.
    pub kind: Option<String>,
    /// About this person, group or place: a name or a number.
    pub about: Option<String>,
    /// Of something that may have been then or later: any EDTF date.
    pub from: Option<String>,
    /// Of something that may have been then or earlier.
    pub to: Option<String>,
    /// How many; 10 if not given, 100 at most.
    pub limit: Option<usize>,
}
