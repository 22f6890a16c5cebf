//! What does the field say? A pack is a folder of words, rules and frames for one language and field.
//!
//! This crate loads, checks and explains packs. It holds no word of any field itself; each stage of reading
//! has one typed table here, filled from one file of the pack. Mistakes in a pack are reported with file, line
//! and column.

mod dates;
mod error;
mod file;
mod layout;
mod lists;
mod names;

pub use dates::DateWords;
pub use error::{PackError, Position};
pub use file::PackFile;
pub use layout::LayoutWords;
pub use lists::{Lists, WordList};
pub use names::NameWords;

/// A pack, loaded and checked.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// How headings, lists and a report's frame look.
    pub layout: LayoutWords,
    /// Words of calendar time.
    pub dates: DateWords,
    /// Words around and in names.
    pub names: NameWords,
    /// Word lists that frames refer to by name.
    pub lists: Lists,
}

impl Pack {
    /// Reads a pack from its files, in any order. All mistakes found are returned, not only the first.
    pub fn load(files: &[PackFile]) -> Result<Pack, Vec<PackError>> {
        let mut errors = Vec::new();
        let pack = Pack {
            layout: file::table(files, "layout.toml", &mut errors),
            dates: file::table(files, "dates.toml", &mut errors),
            names: file::table(files, "names.toml", &mut errors),
            lists: Lists::load(files, &mut errors),
        };
        if errors.is_empty() {
            Ok(pack)
        } else {
            Err(errors)
        }
    }
}
