//! Regular expressions as Python's `re` understands them.
//!
//! spaCy's tokenizers carry their rules as expressions of Python. This machine reads the part of
//! the language they use, with looks ahead and behind, and matches what Python would match: the
//! leftmost place, there the first way that leads to an end. What it does not know it refuses.

mod class;
mod program;
mod syntax;

use std::ops::Range;

use class::CharSet;
use program::Program;
use syntax::Node;

pub(crate) use program::Space;

/// A compiled regular expression.
#[derive(Debug)]
pub(crate) struct Pattern {
    program: Program,
    /// Whether it matches only at the start of a text.
    is_bound_to_start: bool,
    /// Which part of a text a search need not look at.
    reach: Reach,
    /// A character that every match has, if there is one.
    required: Option<char>,
    may_be_empty: bool,
}

/// How far before the end of a text a match can start.
#[derive(Debug)]
enum Reach {
    /// Anywhere.
    Everywhere,
    /// At most `width` characters before the end, or before the characters of one of the sets that
    /// the text ends in.
    End { width: usize, runs: Vec<CharSet> },
}

impl Reach {
    fn of(node: &Node) -> Self {
        let mut reach = Self::End {
            width: 0,
            runs: Vec::new(),
        };
        let parts = match node {
            Node::Choice(parts) => parts,
            _ => std::slice::from_ref(node),
        };
        for part in parts {
            reach.extend(part);
        }
        reach
    }

    fn extend(&mut self, part: &Node) {
        let Self::End { width, runs } = self else {
            return;
        };
        let (before, run) = match part {
            Node::Sequence(parts) => match &parts[..] {
                [before @ .., Node::LineEnd | Node::End] => match before {
                    [
                        before @ ..,
                        Node::Repeat {
                            part, most: None, ..
                        },
                    ] => match &**part {
                        Node::One(set) => (before, Some(set)),
                        _ => return *self = Self::Everywhere,
                    },
                    _ => (before, None),
                },
                _ => return *self = Self::Everywhere,
            },
            _ => return *self = Self::Everywhere,
        };
        let widest = before
            .iter()
            .map(|part| part.width().1)
            .try_fold(0, |sum, most| Some(sum + most?));
        match widest {
            Some(widest) => {
                *width = widest.max(*width);
                runs.extend(run.cloned());
            }
            None => *self = Self::Everywhere,
        }
    }

    /// Where the first match in `text` can start.
    fn start(&self, text: &[char]) -> usize {
        match self {
            Self::Everywhere => 0,
            Self::End { width, runs } => {
                // The end may overlook one last line feed.
                let text = text.strip_suffix(&['\n']).unwrap_or(text);
                let run =
                    |set: &CharSet| text.iter().rev().take_while(|&&c| set.contains(c)).count();
                let run = runs.iter().map(run).max().unwrap_or(0);
                text.len().saturating_sub(run + width)
            }
        }
    }
}

impl Pattern {
    /// Compiles `expression`, or says what in it is not known here.
    pub(crate) fn new(expression: &str) -> Result<Self, String> {
        let node = syntax::parse(expression)?;
        Ok(Self {
            program: Program::new(&node)?,
            is_bound_to_start: is_bound_to_start(&node),
            reach: Reach::of(&node),
            required: required(&node),
            may_be_empty: node.width().0 == 0,
        })
    }

    /// Whether a match may be empty.
    pub(crate) fn may_be_empty(&self) -> bool {
        self.may_be_empty
    }

    /// The first match in `text`, like Python's `search`.
    pub(crate) fn search(&self, text: &[char], space: &mut Space) -> Option<Range<usize>> {
        self.search_from(0, text, space)
    }

    /// Whether a match starts where `text` does, like Python's `match`.
    pub(crate) fn matches_start(&self, text: &[char], space: &mut Space) -> bool {
        if self.required.is_some_and(|c| !text.contains(&c)) {
            return false;
        }
        self.program.prepare(text.len(), space);
        self.program.run(text, 0, space).is_some()
    }

    /// The matches in `text` that do not overlap, like Python's `finditer`. The expression must not
    /// match the empty text.
    pub(crate) fn find_all(
        &self,
        text: &[char],
        space: &mut Space,
        mut found: impl FnMut(Range<usize>),
    ) {
        let mut from = 0;
        while let Some(range) = self.search_from(from, text, space) {
            from = range.end.max(range.start + 1);
            found(range);
        }
    }

    fn search_from(&self, from: usize, text: &[char], space: &mut Space) -> Option<Range<usize>> {
        let from = from.max(self.reach.start(text));
        let last = if self.is_bound_to_start {
            0
        } else {
            text.len()
        };
        self.program.prepare(text.len(), space);
        (from..=last)
            .filter(|&start| self.program.may_start(text.get(start)))
            .find_map(|start| Some(start..self.program.run(text, start, space)?))
    }
}

fn is_bound_to_start(node: &Node) -> bool {
    match node {
        Node::Start => true,
        Node::Sequence(parts) => parts.first().is_some_and(is_bound_to_start),
        Node::Choice(parts) => parts.iter().all(is_bound_to_start),
        _ => false,
    }
}

/// A character that whatever `node` matches has.
fn required(node: &Node) -> Option<char> {
    match node {
        Node::One(set) => set.only(),
        Node::Sequence(parts) => parts.iter().find_map(required),
        Node::Choice(parts) => {
            let (first, others) = parts.split_first()?;
            let first = required(first)?;
            let in_all = others.iter().all(|other| required(other) == Some(first));
            in_all.then_some(first)
        }
        Node::Repeat { part, least, .. } if *least > 0 => required(part),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
