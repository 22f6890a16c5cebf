//! Where names begin and end and what they name, by what was learned from annotated reports.
//!
//! Each word gets a label: outside, or first or later word of a name of one of six types. A linear-chain conditional
//! random field (Lafferty, McCallum and Pereira 2001) weighs the labels by [features] of the word, among them what
//! the rules decided here and elsewhere in the report; the best legal sequence of labels is found by Viterbi's algorithm.
//! The weights belong to a pack and are made by `tools/learn/names.py`.

mod features;
mod forms;
mod view;

use svodka_model::SmolStr;
use svodka_pack::{Feature, Weights};

use super::candidates::{self, Candidate};
use super::decide::Named;
use super::page::{Kind, Word, closes_quote, opens_quote};
use forms::Label;

pub(super) use view::View;

/// What is added for the rules' label where they are far from doubt. Reports that nobody tuned the rules on lose a
/// little by it (0.0015 of names strict on 30 of them), kinds of report unlike any learned from gain more.
const TRUST: f32 = 2.0;
/// Votes by which a type leads where the rules are far from doubt.
const FAR: f32 = 8.0;

/// Takes features, each given as the pieces of its name; no feature may come twice for one word.
trait Sink {
    fn add(&mut self, pieces: &[&str]);
}

impl Sink for Vec<String> {
    fn add(&mut self, pieces: &[&str]) {
        self.push(pieces.concat());
    }
}

/// Adds up what the features weigh, so that they need not be kept.
struct Scores<'a> {
    weights: &'a Weights,
    /// From the labels of the table to ours.
    ours: &'a [Option<usize>],
    sums: [f32; Label::COUNT],
}

impl Sink for Scores<'_> {
    fn add(&mut self, pieces: &[&str]) {
        for &(label, weight) in self.weights.of(Feature::of(pieces)) {
            if let Some(Some(ours)) = self.ours.get(usize::from(label)) {
                self.sums[*ours] += weight;
            }
        }
    }
}

impl View<'_> {
    /// The names as the learned weights see them, in the order of the text.
    pub fn mend(&self, named: &[Named]) -> Vec<Named> {
        let weights = &self.pack.learned;
        let ours: Vec<Option<usize>> = weights
            .labels()
            .iter()
            .map(|label: &SmolStr| Label::all().position(|ours| ours.code() == label.as_str()))
            .collect();
        let after = self.transitions(&ours);
        let mut mended = Vec::new();
        for block in self.page.blocks.clone() {
            let mut at = block.start;
            while at < block.end {
                if !self.near[at] {
                    at += 1;
                    continue;
                }
                let start = at;
                while at < block.end && self.near[at] {
                    at += 1;
                }
                let scores: Vec<[f32; Label::COUNT]> = (start..at)
                    .map(|word| {
                        let mut scores = Scores {
                            weights,
                            ours: &ours,
                            sums: [0.0; Label::COUNT],
                        };
                        self.features(word, &mut scores);
                        if self.undoubted(word) {
                            scores.sums[self.rules[word].0] += TRUST;
                        }
                        scores.sums
                    })
                    .collect();
                self.names(start, &best_sequence(&scores, &after), named, &mut mended);
            }
        }
        mended
    }

    /// Whether the rules are far from doubt that the word is part of a name, and of what.
    fn undoubted(&self, at: usize) -> bool {
        self.rules[at] != Label::OUTSIDE
            && self.candidate[at]
                .and_then(|candidate| self.stretches[candidate].heard.as_ref())
                .is_some_and(|heard| heard.lead >= FAR)
    }

    /// What it weighs that the second label follows the first.
    fn transitions(&self, ours: &[Option<usize>]) -> Vec<[f32; Label::COUNT]> {
        let weights = &self.pack.learned;
        let rows = Label::all().map(|before| {
            let mut scores = Scores {
                weights,
                ours,
                sums: [0.0; Label::COUNT],
            };
            scores.add(&["after=", before.code()]);
            for (sum, next) in scores.sums.iter_mut().zip(Label::all()) {
                if !next.may_follow(before) {
                    *sum = f32::NEG_INFINITY;
                }
            }
            scores.sums
        });
        rows.collect()
    }

    /// Makes names of labels; `start` is the first label's word.
    fn names(&self, start: usize, labels: &[Label], named: &[Named], mended: &mut Vec<Named>) {
        let mut at = 0;
        while at < labels.len() {
            let Some(kind) = labels[at].begins() else {
                at += 1;
                continue;
            };
            let first = at;
            at += 1;
            while at < labels.len() && labels[at].goes_on() == Some(kind) {
                at += 1;
            }
            let mut words = start + first..start + at;
            // A name neither begins nor ends with a mark.
            while words.len() > 1
                && self.page.words[words.end - 1].kind >= Kind::Possessive
                && self.page.words[words.end - 1].lower != ")"
            {
                words.end -= 1;
            }
            // Nor with a word of a date.
            while !words.is_empty() && self.dated(words.start, words.start.checked_sub(1)) {
                words.start += 1;
            }
            while !words.is_empty() && self.dated(words.end - 1, Some(words.end)) {
                words.end -= 1;
            }
            if words.is_empty() || self.page.words[words.start].kind >= Kind::Possessive {
                continue;
            }
            mended.push(Named {
                candidate: self.candidate(words, named),
                kind,
            });
        }
    }

    /// Whether the word belongs to a number beside it, as a month does.
    fn dated(&self, at: usize, beside: Option<usize>) -> bool {
        let number = |word: &Word| {
            matches!(word.kind, Kind::Number | Kind::Ordinal)
                && word.block == self.page.words[at].block
        };
        self.pack.calendar.contains(&self.page.words[at].lower)
            && beside
                .and_then(|beside| self.page.words.get(beside))
                .is_some_and(number)
    }

    /// The rules' candidate of these words; else one like that which it overlaps.
    fn candidate(&self, words: std::ops::Range<usize>, named: &[Named]) -> Candidate {
        let from = named.partition_point(|name| name.candidate.words.end <= words.start);
        let near = named.get(from).map(|name| &name.candidate);
        match near.filter(|near| near.words.start < words.end) {
            Some(near) if near.words == words => near.clone(),
            near => {
                let mark = |at: Option<usize>, test: fn(char) -> bool| {
                    at.and_then(|at| self.page.words.get(at))
                        .is_some_and(|word| word.kind == Kind::Mark && word.lower.chars().all(test))
                };
                let mut candidate = candidates::plain_candidate(words.clone());
                candidate.quoted = mark(words.start.checked_sub(1), opens_quote)
                    && mark(Some(words.end), closes_quote);
                candidate.inverted = near.is_some_and(|near| {
                    near.inverted && near.words.start == words.start && words.len() > 1
                });
                candidate
            }
        }
    }
}

/// The legal sequence of labels with the greatest sum.
fn best_sequence(scores: &[[f32; Label::COUNT]], after: &[[f32; Label::COUNT]]) -> Vec<Label> {
    let Some(first) = scores.first() else {
        return Vec::new();
    };
    let mut sums = *first;
    for (sum, label) in sums.iter_mut().zip(Label::all()) {
        if label.goes_on().is_some() {
            *sum = f32::NEG_INFINITY;
        }
    }
    let mut ways: Vec<[usize; Label::COUNT]> = Vec::with_capacity(scores.len());
    for now in &scores[1..] {
        let mut way = [0; Label::COUNT];
        let mut next = [f32::NEG_INFINITY; Label::COUNT];
        for label in 0..Label::COUNT {
            for before in 0..Label::COUNT {
                let sum = sums[before] + after[before][label];
                if sum > next[label] {
                    next[label] = sum;
                    way[label] = before;
                }
            }
            next[label] += now[label];
        }
        ways.push(way);
        sums = next;
    }
    let mut best = 0;
    for label in 1..Label::COUNT {
        if sums[label] > sums[best] {
            best = label;
        }
    }
    let mut labels = vec![Label(best)];
    for way in ways.iter().rev() {
        best = way[best];
        labels.push(Label(best));
    }
    labels.reverse();
    labels
}

#[cfg(test)]
mod tests {
    use svodka_model::{Block, BlockKind, Layout, Parse, Span};
    use svodka_pack::{NameWords, PackFile};

    use super::super::{candidates, decide, page::Page, seen_words};
    use super::*;

    const TEXT: &str = "On Tuesday I. Demidov of the Sormovo Works told \"Pravda\" that Demidov's brother had left.";

    fn layout() -> Layout {
        let span = Span::new(0, TEXT.len());
        let block = Block {
            span,
            kind: BlockKind::Paragraph,
            marker: None,
            label: None,
            introduced_by: None,
            quoted_from: None,
            parsed: vec![span],
        };
        Layout {
            blocks: vec![block],
            ..Layout::default()
        }
    }

    fn weights(lines: impl IntoIterator<Item = String>) -> Weights {
        let mut text = "labels\tO\tB-WORK\n".to_owned();
        text.extend(lines);
        let file = PackFile {
            pack: String::new(),
            path: "statistics/names.tsv".to_owned(),
            text,
        };
        Weights::read(&file).expect("the table is sound")
    }

    #[test]
    fn each_feature_that_the_trainer_is_told_weighs_once() {
        let (layout, parse) = (layout(), Parse::default());
        let mut pack = NameWords::default();
        let told = seen_words(TEXT, &layout, &parse, &pack);
        let all: std::collections::BTreeSet<&String> =
            told.iter().flat_map(|word| &word.features).collect();
        assert!(all.len() > 100);
        pack.learned = weights(all.into_iter().map(|name| format!("{name}\t0:1\n")));
        let page = Page::new(TEXT, &layout, &parse, &pack);
        let found = candidates::candidates(&page, &layout, &pack);
        let (named, heard) = decide::decide(&page, &layout, &parse, &pack, found);
        let view = View::new(&page, &layout, &parse, &pack, &named, &heard);
        for (at, word) in told.iter().enumerate().filter(|(at, _)| view.near[*at]) {
            let mut scores = Scores {
                weights: &pack.learned,
                ours: &[Some(0), Some(9)],
                sums: [0.0; Label::COUNT],
            };
            view.features(at, &mut scores);
            assert_eq!(scores.sums[0], word.features.len() as f32);
        }
    }

    #[test]
    fn a_weight_can_make_a_name_or_unmake_it() {
        let found = |line: &str| {
            let pack = NameWords {
                learned: weights([line.to_owned()]),
                ..NameWords::default()
            };
            let names = super::super::find_names(TEXT, &layout(), &Parse::default(), &pack);
            let spans = names.mentions.into_iter().map(|it| it.span.of(TEXT));
            spans.collect::<Vec<_>>()
        };
        assert!(found("word0=tuesday\t1:5\n").contains(&"Tuesday"));
        assert!(!found("word0=tuesday\t0:5\n").contains(&"Tuesday"));
        assert_eq!(found("always\t0:50\n"), Vec::<&str>::new());
    }

    #[test]
    fn a_month_beside_its_number_is_part_of_no_name() {
        let text = "On 15 September Germany answered; Uncle May told 3 of them.";
        let mut layout = layout();
        layout.blocks[0].span = Span::new(0, text.len());
        layout.blocks[0].parsed = vec![layout.blocks[0].span];
        let mut pack = NameWords {
            learned: weights(["word0=september\t1:5\n", "word0=may\t1:5\n"].map(str::to_owned)),
            ..NameWords::default()
        };
        let found = |pack: &NameWords| {
            let names = super::super::find_names(text, &layout, &Parse::default(), pack);
            let spans = names.mentions.into_iter().map(|it| it.span.of(text));
            spans.collect::<Vec<_>>()
        };
        assert_eq!(found(&pack), ["September", "May"]);
        pack.calendar = ["may", "september"]
            .map(str::to_owned)
            .into_iter()
            .collect();
        assert_eq!(found(&pack), ["May"]);
    }

    #[test]
    fn labels_follow_only_what_they_may_follow() {
        for before in Label::all() {
            assert!(Label::OUTSIDE.may_follow(before));
        }
        let later = Label::later(svodka_model::NameType::Org);
        let allowed: Vec<&str> = Label::all()
            .filter(|before| later.may_follow(*before))
            .map(Label::code)
            .collect();
        assert_eq!(allowed, ["B-ORG", "I-ORG"]);
    }
}
