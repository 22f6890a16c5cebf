//! Special words that the rules for affixes take apart, found again in the tokens of a text.
//!
//! A special word that an affix rule would divide is not recognised when other affixes cling to it.
//! So the tokens are searched for the sequences that such words are divided into.

use std::ops::Range;

use hashbrown::HashMap;

/// The sequences, as a tree of the words they are made of.
#[derive(Debug)]
pub(super) struct Sequences {
    numbers: HashMap<Box<str>, u16>,
    /// The node to which a word leads from a node. The root is node 0.
    steps: HashMap<(u32, u16), u32>,
    /// Whether a sequence ends at a node.
    ends: Vec<bool>,
}

impl Default for Sequences {
    fn default() -> Self {
        Self {
            numbers: HashMap::new(),
            steps: HashMap::new(),
            ends: vec![false],
        }
    }
}

impl Sequences {
    /// Adds a sequence; says whether there was room for it.
    pub(super) fn add<'w>(&mut self, words: impl IntoIterator<Item = &'w str>) -> bool {
        let mut node = 0;
        for word in words {
            let Ok(next) = u16::try_from(self.numbers.len() + 1) else {
                return false;
            };
            let number = *self.numbers.entry(word.into()).or_insert(next);
            node = *self.steps.entry((node, number)).or_insert_with(|| {
                self.ends.push(false);
                self.ends.len() as u32 - 1
            });
        }
        self.ends[node as usize] = node != 0;
        true
    }

    /// The number of `word`; 0 if no sequence has it.
    pub(super) fn number(&self, word: &str) -> u16 {
        self.numbers.get(word).copied().unwrap_or(0)
    }

    /// The sequences in a text whose words have `numbers`: of those that overlap the longest, of
    /// equally long ones the first. They come in the order of the text.
    pub(super) fn find(&self, numbers: &[u16]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for (start, &number) in numbers.iter().enumerate() {
            if number != 0 {
                self.find_at(start, numbers, &mut found);
            }
        }
        if found.len() > 1 {
            found = without_overlaps(found);
        }
        found
    }

    fn find_at(&self, start: usize, numbers: &[u16], found: &mut Vec<Range<usize>>) {
        let mut node = 0;
        for (end, &number) in (start + 1..).zip(&numbers[start..]) {
            match self.steps.get(&(node, number)) {
                Some(&next) => node = next,
                None => return,
            }
            if self.ends[node as usize] {
                found.push(start..end);
            }
        }
    }
}

fn without_overlaps(mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_by_key(|range| (std::cmp::Reverse(range.len()), range.start));
    let end = found.iter().map(|range| range.end).max().unwrap_or(0);
    let mut taken = vec![false; end];
    found.retain(|range| {
        // A sequence that was passed over takes its words all the same.
        let is_free = !taken[range.start] && !taken[range.end - 1];
        taken[range.clone()].fill(true);
        is_free
    });
    found.sort_by_key(|range| range.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sequences: &[&[&str]], text: &str) -> Vec<(usize, usize)> {
        let mut tree = Sequences::default();
        for words in sequences {
            assert!(tree.add(words.iter().copied()));
        }
        let numbers: Vec<u16> = text.split(' ').map(|word| tree.number(word)).collect();
        let found = tree.find(&numbers).into_iter();
        found.map(|range| (range.start, range.end)).collect()
    }

    #[test]
    fn the_longest_sequence_is_found_and_of_equally_long_ones_the_first() {
        let sequences: [&[&str]; 2] = [&[":", ")"], &[":", ")", ")"]];
        assert_eq!(found(&sequences, "a : ) ) : )"), [(1, 4), (4, 6)]);
        assert_eq!(found(&[&["a", "b"], &["b", "c"]], "a b c"), [(0, 2)]);
        assert_eq!(found(&[&["x"]], "a b"), []);
    }

    #[test]
    fn a_sequence_passed_over_takes_its_words_all_the_same() {
        assert_eq!(
            found(&[&["a", "b"], &["b", "a"]], "a b a b"),
            [(0, 2)],
            "the second `a b` begins in a `b a`"
        );
    }
}
