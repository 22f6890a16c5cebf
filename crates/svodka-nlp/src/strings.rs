//! spaCy's ids of strings: a fixed small number for its own symbols, a hash for everything else.

use std::sync::LazyLock;

use hashbrown::HashMap;

/// The names of spaCy's symbols, one a line; the number of the line is the id.
const SYMBOLS: &str = include_str!("../data/symbols.txt");

static SYMBOL_IDS: LazyLock<HashMap<&'static str, u64>> =
    LazyLock::new(|| SYMBOLS.lines().zip(1..).collect());

/// The id that spaCy's string store gives to `string`. The empty string has the id 0.
pub(crate) fn string_id(string: &str) -> u64 {
    if string.is_empty() {
        return 0;
    }
    match SYMBOL_IDS.get(string) {
        Some(&id) => id,
        None => murmur2(string.as_bytes()),
    }
}

/// The symbol, or the empty string, that has the small number `id`.
pub(crate) fn symbol(id: u64) -> Option<&'static str> {
    match id.checked_sub(1) {
        None => Some(""),
        Some(line) => SYMBOLS.lines().nth(usize::try_from(line).ok()?),
    }
}

/// MurmurHash64A of `bytes` with the seed 1.
fn murmur2(bytes: &[u8]) -> u64 {
    const SEED: u64 = 1;
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = SEED ^ (bytes.len() as u64).wrapping_mul(M);
    let (words, tail) = bytes.as_chunks::<8>();
    for &word in words {
        let mut k = u64::from_le_bytes(word).wrapping_mul(M);
        k ^= k >> R;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !tail.is_empty() {
        let mut last = [0; 8];
        last[..tail.len()].copy_from_slice(tail);
        hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    hash ^= hash >> R;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> R)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ids_are_those_of_spacy() {
        for (string, id) in [
            ("", 0),
            ("a", 11_901_859_001_352_538_922),
            ("Moscow", 13_549_936_205_470_267_463),
            ("Москва", 14_612_109_979_450_925_279),
            ("12345678", 9_871_996_032_675_327_904),
            ("123456789", 2_056_675_840_866_671_865),
            ("’s", 614_914_527_630_368_944),
            (&"x".repeat(100), 8_460_673_862_528_987_856),
        ] {
            assert_eq!(string_id(string), id, "{string}");
        }
    }

    #[test]
    fn the_symbols_of_spacy_have_small_ids() {
        assert_eq!(SYMBOL_IDS.len(), 456);
        assert_eq!(string_id("IS_ALPHA"), 1);
        assert_eq!(string_id("ORTH"), 65);
        assert_eq!(string_id("nsubj"), 429);
        assert_eq!(symbol(92), Some("NOUN"));
        assert_eq!((symbol(0), symbol(457)), (Some(""), None));
    }
}
