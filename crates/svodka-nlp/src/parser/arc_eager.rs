//! The arc-eager transition system with a move that breaks sentences.
//!
//! It is not monotonic: a token that was given a head may be given another, and a token without a
//! head that is reduced goes back to the buffer instead of being lost.

use std::path::Path;

use crate::error::Error;
use crate::moves::{Move, best_allowed};
use crate::network::scorer::Reader;
use crate::parser::Labels;
use crate::sentences::Start;

/// A move of the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// Moves the first token of the buffer to the stack.
    Shift,
    /// Takes the top off the stack, back to the buffer if it has no head yet.
    Reduce,
    /// Makes the first token of the buffer the head of the top of the stack and takes that off.
    Left(u16),
    /// Makes the top of the stack the head of the first token of the buffer and shifts that.
    Right(u16),
    /// Makes the second token of the buffer the first of a sentence.
    Break,
}

impl Action {
    /// The action that an entry of the `moves` file stands for.
    pub(super) fn read(path: &Path, entry: &Move, labels: &mut Labels) -> Result<Self, Error> {
        if entry.label == "subtok" {
            return Err(Error::unsupported(path, "tokens that the parser joins"));
        }
        Ok(match entry.action {
            0 => Self::Shift,
            1 => Self::Reduce,
            2 => Self::Left(labels.number(path, &entry.label)?),
            3 => Self::Right(labels.number(path, &entry.label)?),
            4 => Self::Break,
            other => return Err(Error::malformed(path, format!("parser action {other}"))),
        })
    }
}

/// What the moves build: for each token a head, itself if it has none, and a label.
#[derive(Debug)]
pub(super) struct Arcs {
    pub(super) heads: Vec<u32>,
    pub(super) labels: Vec<u16>,
}

/// Takes the best allowed move until the document is used up.
///
/// `starts` is what is known of the sentences. `state` is memory; what it held before is forgotten.
pub(super) fn parse(
    actions: &[Action],
    reader: &mut Reader<'_>,
    state: &mut State,
    starts: &[Start],
) -> Arcs {
    state.begin(starts.len());
    state.mark(starts);
    while !state.is_final() {
        let allowed = Allowed::in_state(state);
        let scores = reader.score(state.context());
        match best_allowed(scores, |index| allowed.permits(actions[index])) {
            Some(index) => state.take(actions[index]),
            None => break,
        }
    }
    state.arcs()
}

/// The parser's stack and buffer, and the arcs drawn so far.
#[derive(Debug, Default)]
pub(crate) struct State {
    stack: Vec<usize>,
    /// Tokens that were put back, the first of the buffer last.
    returned: Vec<usize>,
    /// The first token that was never shifted.
    next: usize,
    heads: Vec<Option<usize>>,
    labels: Vec<u16>,
    /// The child of each token on its left, and on its right, to which the latest arc was drawn.
    latest: [Vec<Option<u32>>; 2],
    /// The child to which the arc before was drawn, from the same head to the same side.
    before: Vec<Option<u32>>,
    /// Tokens that were put back and may not be shifted again.
    unshiftable: Vec<bool>,
    breaks: Vec<bool>,
    /// Tokens that are known to start no sentence.
    inner: Vec<bool>,
}

impl State {
    /// How many tokens a state looks at.
    pub(super) const SLOTS: usize = 8;

    /// The state before the first move in a document of `length` tokens.
    fn begin(&mut self, length: usize) {
        fn fill<T: Clone>(list: &mut Vec<T>, length: usize, value: T) {
            list.clear();
            list.resize(length, value);
        }
        self.stack.clear();
        self.returned.clear();
        self.next = 0;
        fill(&mut self.heads, length, None);
        fill(&mut self.labels, length, Labels::ROOT);
        for latest in &mut self.latest {
            fill(latest, length, None);
        }
        fill(&mut self.before, length, None);
        fill(&mut self.unshiftable, length, false);
        fill(&mut self.breaks, length, false);
        fill(&mut self.inner, length, false);
    }

    /// Takes over what components before this one said of the sentences.
    fn mark(&mut self, starts: &[Start]) {
        for (token, start) in starts.iter().enumerate() {
            self.breaks[token] = *start == Some(true);
            self.inner[token] = *start == Some(false);
        }
    }

    fn length(&self) -> usize {
        self.heads.len()
    }

    fn stacked(&self, depth: usize) -> Option<usize> {
        let index = self.stack.len().checked_sub(depth + 1)?;
        Some(self.stack[index])
    }

    fn buffered(&self, depth: usize) -> Option<usize> {
        match self.returned.len().checked_sub(depth + 1) {
            Some(index) => Some(self.returned[index]),
            None => {
                let token = self.next + (depth - self.returned.len());
                (token < self.length()).then_some(token)
            }
        }
    }

    fn buffer_length(&self) -> usize {
        self.length() - self.next + self.returned.len()
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_length() == 0
    }

    /// The tokens the network looks at.
    fn context(&self) -> [Option<usize>; Self::SLOTS] {
        let first = self.buffered(0);
        let top = self.stacked(0);
        let latest = |side: usize, token: Option<usize>| {
            let child = self.latest[side][token?]?;
            Some(child as usize)
        };
        [
            first,
            self.buffered(1),
            top,
            self.stacked(1),
            self.stacked(2),
            latest(LEFT, first),
            latest(LEFT, top),
            latest(RIGHT, top),
        ]
    }

    fn take(&mut self, action: Action) {
        match action {
            Action::Shift => self.shift(),
            Action::Reduce => self.reduce(),
            Action::Left(label) => {
                if let (Some(head), Some(child)) = (self.buffered(0), self.stack.pop()) {
                    self.draw(head, child, label);
                    // One token fewer is left, so shifting it again cannot go on for ever.
                    self.unshiftable[head] = false;
                }
            }
            Action::Right(label) => {
                if let (Some(head), Some(child)) = (self.stacked(0), self.buffered(0)) {
                    self.draw(head, child, label);
                    self.shift();
                }
            }
            Action::Break => {
                if let Some(second) = self.buffered(1) {
                    self.breaks[second] = true;
                }
            }
        }
    }

    fn shift(&mut self) {
        let token = match self.returned.pop() {
            Some(token) => token,
            None if self.next < self.length() => {
                self.next += 1;
                self.next - 1
            }
            None => return,
        };
        self.stack.push(token);
    }

    fn reduce(&mut self) {
        let last = self.stack.len() == 1;
        if let Some(token) = self.stack.pop()
            && self.heads[token].is_none()
            && !last
        {
            self.unshiftable[token] = true;
            self.returned.push(token);
        }
    }

    /// Draws an arc in place of the one the child may have.
    fn draw(&mut self, head: usize, child: usize, label: u16) {
        if let Some(old) = self.heads[child] {
            let latest = &mut self.latest[side(old, child)][old];
            // The child stands right above its old head on the stack, so it was the latest.
            if *latest == Some(child as u32) {
                *latest = self.before[child];
            }
        }
        let latest = &mut self.latest[side(head, child)][head];
        self.before[child] = latest.replace(child as u32);
        self.heads[child] = Some(head);
        self.labels[child] = label;
    }

    fn arcs(&self) -> Arcs {
        let heads = self.heads.iter().enumerate();
        Arcs {
            heads: heads
                .map(|(token, head)| head.unwrap_or(token) as u32)
                .collect(),
            labels: self.labels.clone(),
        }
    }
}

const LEFT: usize = 0;
const RIGHT: usize = 1;

/// On which side of `head` its `child` stands.
fn side(head: usize, child: usize) -> usize {
    if head > child { LEFT } else { RIGHT }
}

/// The kinds of move a state permits.
#[derive(Debug, Clone, Copy)]
struct Allowed {
    shift: bool,
    reduce: bool,
    arc: bool,
    break_: bool,
}

impl Allowed {
    fn in_state(state: &State) -> Self {
        let stacked = !state.stack.is_empty();
        let first = state.buffered(0);
        let second = state.buffered(1);
        let starts = |token: usize| state.breaks[token];
        Self {
            shift: !stacked
                || (second.is_some()
                    && first.is_some_and(|first| !starts(first) && !state.unshiftable[first])),
            // The last of the stack is the root of a sentence, which ends here.
            reduce: stacked
                && (state.stack.len() > 1 || first.is_none_or(|first| !state.inner[first])),
            arc: stacked && first.is_some_and(|first| !starts(first)),
            break_: match (first, second) {
                (Some(first), Some(second)) => {
                    second == first + 1 && !starts(second) && !state.inner[second]
                }
                _ => false,
            },
        }
    }

    fn permits(self, action: Action) -> bool {
        match action {
            Action::Shift => self.shift,
            Action::Reduce => self.reduce,
            Action::Left(_) | Action::Right(_) => self.arc,
            Action::Break => self.break_,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ACTIONS: [Action; 5] = [
        Action::Shift,
        Action::Reduce,
        Action::Left(1),
        Action::Right(2),
        Action::Break,
    ];

    /// The children of `head` on one side, the latest first.
    fn children(state: &State, side: usize, head: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(state.latest[side][head], |&child| {
            state.before[child as usize]
        })
        .map(|child| child as usize)
    }

    proptest! {
        #[test]
        fn any_choice_of_allowed_moves_ends_in_a_forest(
            length in 0_usize..30,
            choices in proptest::collection::vec(0_usize..5, 1..200),
            starts in proptest::collection::vec(proptest::option::weighted(0.2, any::<bool>()), 30),
        ) {
            let mut state = State::default();
            state.begin(length);
            state.mark(&starts[..length]);
            let mut choices = choices.into_iter().cycle();
            let mut steps = 0;
            while !state.is_final() {
                let allowed = Allowed::in_state(&state);
                let possible: Vec<_> = ACTIONS
                    .into_iter()
                    .filter(|&action| allowed.permits(action))
                    .collect();
                prop_assert!(!possible.is_empty());
                let choice = choices.next().unwrap_or(0);
                state.take(possible[choice % possible.len()]);
                steps += 1;
                prop_assert!(steps <= 8 * (length + 1) * (length + 1), "no end in sight");
                for head in 0..length {
                    for of in [LEFT, RIGHT] {
                        let mut listed: Vec<_> = children(&state, of, head).collect();
                        listed.sort_unstable();
                        let drawn = (0..length)
                            .filter(|&child| state.heads[child] == Some(head))
                            .filter(|&child| side(head, child) == of);
                        prop_assert_eq!(listed, drawn.collect::<Vec<_>>());
                    }
                }
            }
            let arcs = state.arcs();
            for start in 0..length {
                let mut token = start;
                for _ in 0..length {
                    token = arcs.heads[token] as usize;
                }
                prop_assert_eq!(arcs.heads[token] as usize, token, "a ring at {}", start);
            }
        }
    }

    #[test]
    fn a_token_without_a_head_goes_back_to_the_buffer_when_it_is_reduced() {
        let mut state = State::default();
        state.begin(3);
        state.take(Action::Shift);
        state.take(Action::Shift);
        state.take(Action::Reduce);
        assert_eq!(
            (state.stacked(0), state.buffered(0), state.buffered(1)),
            (Some(0), Some(1), Some(2))
        );
        assert!(
            !Allowed::in_state(&state).shift,
            "or it would go on for ever"
        );
        state.take(Action::Right(1));
        assert_eq!(state.arcs().heads, [0, 0, 2]);
    }

    #[test]
    fn no_arc_is_drawn_over_a_break() {
        let mut state = State::default();
        state.begin(2);
        state.take(Action::Break);
        state.take(Action::Shift);
        let allowed = Allowed::in_state(&state);
        assert!(allowed.reduce && !allowed.arc && !allowed.shift && !allowed.break_);
    }

    #[test]
    fn a_later_arc_replaces_the_earlier_one() {
        let mut state = State::default();
        state.begin(3);
        state.take(Action::Shift);
        state.take(Action::Right(1));
        state.take(Action::Left(2));
        assert_eq!(
            state.context()[7],
            None,
            "token 0 has no child on its right any more"
        );
        let arcs = state.arcs();
        assert_eq!((arcs.heads, arcs.labels), (vec![0, 2, 2], vec![0, 2, 0]));
    }
}
