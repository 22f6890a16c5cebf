//! What makes a claim the same claim after another reading.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use svodka_model::{ClaimOut, Contract, Polarity};

/// The name of a claim: a number drawn from its report, kind, quotation, roles, fields and polarity, and from how many
/// equal ones stand before it. Offsets, date, certainty and sources are left out, so that it holds across versions of the text
/// and of the program. Written as `c` and sixteen hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ClaimKey(pub(crate) i64);

impl ClaimKey {
    /// The keys of a report's claims, in their order.
    pub fn of(label: &str, contract: &Contract) -> Vec<ClaimKey> {
        let mut met: BTreeMap<[u8; 32], u32> = BTreeMap::new();
        let keys = contract.claims.iter().map(|claim| {
            let digest = content(label, claim);
            let before = met.entry(digest).or_default();
            *before += 1;
            let mut numbered = Sha256::new();
            numbered.update(digest);
            numbered.update(before.to_le_bytes());
            let digest = numbered.finalize();
            let mut bytes = [0; 8];
            bytes.copy_from_slice(&digest[..8]);
            ClaimKey(i64::from_be_bytes(bytes))
        });
        keys.collect()
    }
}

/// A digest of what a claim says.
fn content(label: &str, claim: &ClaimOut) -> [u8; 32] {
    let mut digest = Sha256::new();
    let mut put = |text: &str| {
        digest.update((text.len() as u64).to_le_bytes());
        digest.update(text);
    };
    put(label);
    put(&claim.kind);
    put(&quotation(&claim.evidence.text));
    put(match claim.polarity {
        Polarity::Positive => "+",
        Polarity::Negative => "-",
    });
    for (role, fillers) in &claim.roles {
        for filler in fillers {
            put(role);
            put(&quotation(&filler.text));
        }
    }
    for (field, value) in &claim.fields {
        put(field);
        put(&value.to_string());
    }
    digest.finalize().into()
}

/// Words with single spaces: a text may be broken into lines anew.
pub fn quotation(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl fmt::Display for ClaimKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "c{:016x}", self.0)
    }
}

impl From<ClaimKey> for String {
    fn from(key: ClaimKey) -> String {
        key.to_string()
    }
}

impl TryFrom<String> for ClaimKey {
    type Error = String;

    fn try_from(text: String) -> Result<ClaimKey, String> {
        text.parse()
    }
}

impl std::str::FromStr for ClaimKey {
    type Err = String;

    fn from_str(text: &str) -> Result<ClaimKey, String> {
        text.strip_prefix('c')
            .filter(|digits| digits.len() == 16)
            .and_then(|digits| u64::from_str_radix(digits, 16).ok())
            .map(|key| ClaimKey(key.cast_signed()))
            .ok_or_else(|| {
                format!("'{text}' is no claim: write c and sixteen digits, as svodka prints it")
            })
    }
}
