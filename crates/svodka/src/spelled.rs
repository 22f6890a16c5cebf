//! What stands between a search and the spellings of names: a pack's tables of romanisation, and the names that a project has.

use std::collections::BTreeMap;

use svodka_pack::PackFile;
use svodka_resolve::{Spelling, TableError};
use svodka_store::{Query, Reader, StoreError};

/// The spellings of names by the tables of a pack, whose other files are left unread.
///
/// # Errors
///
/// If a table cannot be used.
pub fn spelling(pack: &[PackFile]) -> Result<Spelling, TableError> {
    let tables = pack.iter().filter_map(|file| {
        let name = file.path.strip_prefix("transliteration/")?;
        Some((name.strip_suffix(".tsv")?, file.text.as_str()))
    });
    Spelling::parse(tables)
}

/// Under which other spellings the words of a search are names in a project: none for most words.
///
/// # Errors
///
/// If the project cannot be read.
pub fn spellings(
    query: &Query,
    reader: &Reader,
    spelling: &Spelling,
) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
    let names = reader.name_words()?;
    let mut spellings = BTreeMap::new();
    for word in query.words() {
        let alike = spelling.alike(word, names.iter().map(String::as_str));
        if !alike.is_empty() {
            let alike = alike.into_iter().map(str::to_owned);
            spellings.insert(word.to_owned(), alike.collect());
        }
    }
    Ok(spellings)
}
