//! The page for people.

use svodka::Contract;
use svodka::KindWords;

pub fn page(contract: &Contract, _words: &KindWords, _width: usize) -> String {
    let mut page = String::new();
    for claim in &contract.claims {
        page += &format!("{} {} “{}”\n", claim.id, claim.kind, claim.evidence.text);
    }
    page
}
