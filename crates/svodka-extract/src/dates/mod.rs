//! When? Finds expressions of calendar time and resolves them.

use svodka_model::{Block, Edtf};
use svodka_pack::DateWords;

pub(crate) fn date_of_report(_text: &str, _blocks: &[Block], _words: &DateWords) -> Option<Edtf> {
    None
}
