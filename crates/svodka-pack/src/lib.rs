//! What does the field say? A pack is a folder of words, rules and frames for one language and field.
//!
//! A pack may build on others: its words are added to theirs and its frames are tried before theirs.
//!
//! This crate loads, checks and explains packs. It holds no word of any field itself; each stage of reading
//! has one typed table here, filled from one file of the pack. Mistakes in a pack are reported with file, line
//! and column.

mod agreement;
mod attribution;
mod dates;
mod error;
mod exchange;
mod file;
mod frame;
mod identity;
mod kinds;
mod layout;
mod life;
mod lint;
mod lists;
mod manifest;
mod names;
mod path;
mod statistics;

pub use agreement::{Agreement, Dates, Likeness, Numbers, Time};
pub use attribution::AttributionWords;
pub use dates::DateWords;
pub use error::{PackError, Position};
pub use file::PackFile;
pub use frame::{Accepts, Example, Frame, Kind, Openers};
pub use identity::Identity;
pub use kinds::{KindWords, Phrase, Wording};
pub use layout::{ForeignWords, LayoutWords, ListWords, MatterWords, TitleWords};
pub use life::{LifeWord, LifeWords};
pub use lint::lint;
pub use lists::{Lists, WordList};
pub use manifest::Manifest;
pub use names::{Heads, NameWords, Table, Tables, Words};
pub use path::{Origin, Path, PathError, Step};
pub use statistics::{Feature, Statistics, Weights, WordClasses, probability};

/// A pack, loaded and checked.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// How headings, lists and a report's frame look.
    pub layout: LayoutWords,
    /// Words of calendar time.
    pub dates: DateWords,
    /// Words around and in names.
    pub names: NameWords,
    /// Words of certainty, denial and attribution.
    pub attribution: AttributionWords,
    /// Word lists that frames refer to by name.
    pub lists: Lists,
    /// The kinds of claims with their frames, by file name.
    pub kinds: Vec<Kind>,
    /// Which of their frames a word can set off.
    pub openers: Openers,
    /// How each kind of claim is told to people.
    pub kind_words: KindWords,
    /// By what claims are known to be about the same thing.
    pub agreement: Agreement,
    /// Which claims tell that somebody was born or has died.
    pub life: LifeWords,
    /// What was learned from annotated reports.
    pub statistics: Statistics,
    /// How names are spelled, and which claims tell who somebody is.
    pub identity: Identity,
    /// What other vocabularies call kinds of claims.
    pub vocabularies: svodka_model::Vocabularies,
}

impl Pack {
    /// Reads a pack from its files and those of the packs it builds on, whose files stand before its own. All
    /// mistakes found are returned, not only the first.
    pub fn load(files: &[PackFile]) -> Result<Pack, Vec<PackError>> {
        let mut errors = Vec::new();
        let lists = Lists::load(files, &mut errors);
        let kinds = frame::load(files, &lists, &mut errors);
        let pack = Pack {
            layout: file::table(files, "layout.toml", &mut errors),
            dates: file::table(files, "dates.toml", &mut errors),
            names: names::load(files, &mut errors),
            attribution: file::table(files, "attribution.toml", &mut errors),
            kind_words: kinds::load(files, &kinds, &mut errors),
            agreement: agreement::load(files, &kinds, &mut errors),
            life: life::load(files, &mut errors),
            statistics: Statistics::load(files, &mut errors),
            openers: Openers::new(&kinds),
            identity: Identity::load(files, &kinds, &mut errors),
            vocabularies: exchange::load(files, &kinds, &mut errors),
            kinds,
            lists,
        };
        if errors.is_empty() {
            Ok(pack)
        } else {
            Err(errors)
        }
    }
}
