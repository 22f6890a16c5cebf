//! When do two wordings mean the same filler?

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

/// Words that make no difference between two wordings. They are part of the measure, not of any pack: changing them
/// changes what every figure means.
const NO_DIFFERENCE: [&str; 15] = [
    "the", "a", "an", "of", "in", "at", "comrade", "factory", "plant", "and", "group's", "several",
    "his", "her", "their",
];

static WORD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{L}\p{N}]+(?:[-'][\p{L}\p{N}]+)*")
        .expect("the pattern is constant and well formed")
});

/// The words that count, in lower case, without possessive endings.
pub(crate) fn words(text: &str) -> Vec<String> {
    let text = without_possessives(
        &text
            .to_lowercase()
            .replace('’', "'")
            .replace(['“', '”'], "\""),
    );
    WORD.find_iter(&text)
        .map(|word| word.as_str())
        .filter(|word| !NO_DIFFERENCE.contains(word))
        .map(str::to_owned)
        .collect()
}

/// Takes out every `'s` at the end of a word.
fn without_possessives(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("'s") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        kept.push_str(before);
        if after
            .chars()
            .next()
            .is_some_and(|c| c == '_' || c.is_alphanumeric())
        {
            kept.push_str("'s");
        }
        rest = after;
    }
    kept + rest
}

/// Whether a gold filler is one of the names that a filler found goes by.
pub(crate) fn same_filler(gold: &str, names: &[&str]) -> bool {
    let gold_words = words(gold);
    let gold_set: BTreeSet<&String> = gold_words.iter().collect();
    names.iter().any(|name| {
        let found_words = words(name);
        if gold_words.is_empty() || found_words.is_empty() {
            return gold.trim().to_lowercase() == name.trim().to_lowercase();
        }
        if gold_words == found_words {
            return true;
        }
        let found_set: BTreeSet<&String> = found_words.iter().collect();
        let common = gold_set.intersection(&found_set).count();
        if 2 * common >= gold_set.union(&found_set).count() {
            return true;
        }
        let (small, large) = (
            gold_set.len().min(found_set.len()),
            gold_set.len().max(found_set.len()),
        );
        let within = gold_set.is_subset(&found_set) || found_set.is_subset(&gold_set);
        let short = gold_words.len() <= 3 || found_words.len() <= 3;
        within && short && small as f64 / large as f64 >= 0.3
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn possessives_and_small_words_make_no_difference() {
        assert_eq!(
            words("The Workers’ Group's cell at the “Borov” factory"),
            ["workers", "group", "cell", "borov"]
        );
        assert_eq!(words("o's's x'sy"), ["o", "x'sy"]);
        assert_eq!(words("strike-breaker No_7"), ["strike-breaker", "no", "7"]);
    }

    #[test]
    fn half_of_the_words_in_common_is_the_same_filler() {
        assert!(same_filler("I. I. Kutuzov", &["Kutuzov"]));
        assert!(same_filler(
            "Central Committee of the RCP",
            &["Central Committee"]
        ));
        assert!(!same_filler("Moscow Soviet", &["Leningrad Committee"]));
        assert!(same_filler("the", &[" The "]));
        assert!(!same_filler("", &["x"]));
    }
}
