//! An expression as a list of steps, and the machine that takes them.
//!
//! The machine tries the ways through the steps in the order Python does and goes back to the
//! latest fork when one fails. Where an expression repeats more than once, it remembers which forks
//! were tried at which place and does not try them again: the time grows only in proportion to the
//! text, even where Python's would explode.

use super::class::CharSet;
use super::syntax::Node;

/// How many steps an expression may have.
const MAX_STEPS: usize = 1 << 16;

/// From how many ways on those that were tried are remembered, even if little repeats.
const MANY_WAYS: usize = 1 << 12;

/// How many steps may leave traces. Each takes a bit for every character of a chunk; spaCy's English
/// expressions have 211 of them at most.
const MAX_TRACED: usize = 1 << 12;

/// How many ways a look may have.
const MAX_WAYS_OF_LOOK: usize = 1 << 16;

/// A compiled expression.
#[derive(Debug)]
pub(super) struct Program {
    steps: Vec<Step>,
    sets: Vec<CharSet>,
    forks: Vec<Fork>,
    /// How many steps leave traces.
    traced: usize,
    /// Whether the steps added now leave traces.
    tracing: bool,
    first: First,
}

#[derive(Debug)]
enum Step {
    Only(char),
    One(u32),
    Start,
    LineEnd,
    End,
    Jump(u32),
    /// First one way, then the other. The trace tells the split from others.
    Split {
        first: u32,
        second: u32,
        trace: Option<u32>,
    },
    /// One of several ways, by the next character.
    Fork(u32),
    /// The steps up to the next `Matched` must match `back` characters before here, or must not;
    /// what follows them is at `behind`.
    Look {
        back: u32,
        negative: bool,
        behind: u32,
    },
    Matched,
}

/// For each kind of next character, the ways that may go on with it.
#[derive(Debug)]
struct Fork {
    ways: Vec<u32>,
    /// Where the ways of each kind end.
    ends: [u32; KINDS],
    trace: Option<u32>,
}

/// ASCII characters, one kind each; all other characters; the end of the text.
const KINDS: usize = 130;

fn kind(next: Option<&char>) -> usize {
    match next {
        Some(&c) if c.is_ascii() => c as usize,
        Some(_) => 128,
        None => 129,
    }
}

/// Memory that matches use again.
#[derive(Debug, Default)]
pub(crate) struct Space {
    ways: Vec<(u32, usize)>,
    traces: Vec<u64>,
}

impl Program {
    pub(super) fn new(node: &Node) -> Result<Self, String> {
        let mut program = Self {
            steps: Vec::new(),
            sets: Vec::new(),
            forks: Vec::new(),
            traced: 0,
            tracing: repetitions(node) > 1 || node.ways() > MANY_WAYS,
            first: First::of(node),
        };
        program.add(node)?;
        program.push(Step::Matched)?;
        if program.traced > MAX_TRACED {
            return Err("too many forks".to_owned());
        }
        Ok(program)
    }

    fn push(&mut self, step: Step) -> Result<usize, String> {
        if self.steps.len() >= MAX_STEPS {
            return Err("too many steps".to_owned());
        }
        self.steps.push(step);
        Ok(self.steps.len() - 1)
    }

    fn here(&self) -> u32 {
        self.steps.len() as u32
    }

    fn trace(&mut self) -> Option<u32> {
        if !self.tracing {
            return None;
        }
        self.traced += 1;
        Some(self.traced as u32 - 1)
    }

    fn add(&mut self, node: &Node) -> Result<(), String> {
        match node {
            Node::One(set) => {
                let step = match set.only() {
                    Some(c) => Step::Only(c),
                    None => Step::One(self.set(set)),
                };
                self.push(step)?;
            }
            Node::Start => drop(self.push(Step::Start)?),
            Node::LineEnd => drop(self.push(Step::LineEnd)?),
            Node::End => drop(self.push(Step::End)?),
            Node::Sequence(parts) => {
                for part in parts {
                    self.add(part)?;
                }
            }
            Node::Choice(parts) => self.add_choice(parts)?,
            Node::Repeat {
                part,
                least,
                most,
                greedy,
            } => self.add_repeat(part, *least, *most, *greedy)?,
            Node::Look {
                part,
                behind,
                negative,
            } => {
                let back = match (behind, part.width()) {
                    (false, (_, Some(_))) => 0,
                    (true, (least, Some(most))) if least == most => least as u32,
                    _ => return Err("a look of unknown length".to_owned()),
                };
                if part.ways() > MAX_WAYS_OF_LOOK {
                    return Err("a look that can be met in too many ways".to_owned());
                }
                let at = self.push(Step::Matched)?;
                // What failed on the way to a look need not fail on another way to it. Looks have
                // few ways, so they do without traces.
                let tracing = std::mem::replace(&mut self.tracing, false);
                self.add(part)?;
                self.tracing = tracing;
                self.push(Step::Matched)?;
                self.steps[at] = Step::Look {
                    back,
                    negative: *negative,
                    behind: self.here(),
                };
            }
        }
        Ok(())
    }

    fn set(&mut self, set: &CharSet) -> u32 {
        let known = self.sets.iter().position(|known| known == set);
        known.unwrap_or_else(|| {
            self.sets.push(set.clone());
            self.sets.len() - 1
        }) as u32
    }

    fn add_choice(&mut self, parts: &[Node]) -> Result<(), String> {
        let number = self.forks.len();
        let trace = self.trace();
        self.forks.push(Fork {
            ways: Vec::new(),
            ends: [0; KINDS],
            trace,
        });
        self.push(Step::Fork(number as u32))?;
        let mut starts = Vec::with_capacity(parts.len());
        let mut leaps = Vec::with_capacity(parts.len());
        for part in parts {
            starts.push((self.here(), First::of(part)));
            self.add(part)?;
            leaps.push(self.push(Step::Matched)?);
        }
        for leap in leaps {
            self.steps[leap] = Step::Jump(self.here());
        }
        let fork = &mut self.forks[number];
        for kind in 0..KINDS {
            let admitted = starts.iter().filter(|(_, first)| first.admits[kind]);
            fork.ways.extend(admitted.map(|(start, _)| start));
            fork.ends[kind] = fork.ways.len() as u32;
        }
        Ok(())
    }

    fn add_repeat(
        &mut self,
        part: &Node,
        least: usize,
        most: Option<usize>,
        greedy: bool,
    ) -> Result<(), String> {
        for _ in 0..least {
            let before = self.here();
            self.add(part)?;
            if self.here() == before {
                // What has no steps has none however often it repeats.
                return Ok(());
            }
        }
        let mut splits = Vec::new();
        match most {
            None => {
                let at = self.push(Step::Matched)?;
                self.add(part)?;
                self.push(Step::Jump(at as u32))?;
                splits.push(at);
            }
            Some(most) => {
                for _ in least..most {
                    splits.push(self.push(Step::Matched)?);
                    self.add(part)?;
                }
            }
        }
        let out = self.here();
        for at in splits {
            let (on, trace) = (at as u32 + 1, self.trace());
            let (first, second) = if greedy { (on, out) } else { (out, on) };
            self.steps[at] = Step::Split {
                first,
                second,
                trace,
            };
        }
        Ok(())
    }

    /// Whether a match may start before `next`, as far as that alone can tell.
    pub(super) fn may_start(&self, next: Option<&char>) -> bool {
        self.first.admits[kind(next)]
    }

    /// Readies `space` for matches in a text of `length` characters.
    pub(super) fn prepare(&self, length: usize, space: &mut Space) {
        space.traces.clear();
        space
            .traces
            .resize((self.traced * (length + 1)).div_ceil(64), 0);
    }

    /// Where the match that starts at `start` ends, if there is one.
    ///
    /// `space` must be prepared for the text; until the next match it serves for several starts.
    pub(super) fn run(&self, text: &[char], start: usize, space: &mut Space) -> Option<usize> {
        self.run_from(0, text, start, space)
    }

    fn run_from(&self, step: u32, text: &[char], start: usize, space: &mut Space) -> Option<usize> {
        let bottom = space.ways.len();
        space.ways.push((step, start));
        while space.ways.len() > bottom {
            let Some((step, at)) = space.ways.pop() else {
                break;
            };
            if let Some(end) = self.follow(step, text, at, space) {
                space.ways.truncate(bottom);
                return Some(end);
            }
        }
        None
    }

    /// Goes one way until it fails or matches; the ways it forks into are put off.
    fn follow(&self, step: u32, text: &[char], at: usize, space: &mut Space) -> Option<usize> {
        let (mut step, mut at) = (step as usize, at);
        loop {
            let next = text.get(at);
            match self.steps[step] {
                Step::Only(c) => {
                    if next != Some(&c) {
                        return None;
                    }
                    at += 1;
                }
                Step::One(set) => {
                    if !next.is_some_and(|&c| self.sets[set as usize].contains(c)) {
                        return None;
                    }
                    at += 1;
                }
                Step::Start if at == 0 => {}
                Step::End if next.is_none() => {}
                Step::LineEnd if next.is_none() || (at + 1 == text.len() && text[at] == '\n') => {}
                Step::Start | Step::End | Step::LineEnd => return None,
                Step::Jump(to) => {
                    step = to as usize;
                    continue;
                }
                Step::Split {
                    first,
                    second,
                    trace,
                } => {
                    if !space.is_new(trace, at, text.len()) {
                        return None;
                    }
                    space.ways.push((second, at));
                    step = first as usize;
                    continue;
                }
                Step::Fork(fork) => {
                    let fork = &self.forks[fork as usize];
                    let kind = kind(next);
                    let from = if kind == 0 { 0 } else { fork.ends[kind - 1] };
                    let ways = &fork.ways[from as usize..fork.ends[kind] as usize];
                    let (&first, others) = ways.split_first()?;
                    if !space.is_new(fork.trace, at, text.len()) {
                        return None;
                    }
                    space.ways.extend(others.iter().rev().map(|&way| (way, at)));
                    step = first as usize;
                    continue;
                }
                Step::Look {
                    back,
                    negative,
                    behind,
                } => {
                    let found = at.checked_sub(back as usize).is_some_and(|from| {
                        self.run_from(step as u32 + 1, text, from, space).is_some()
                    });
                    if found == negative {
                        return None;
                    }
                    step = behind as usize;
                    continue;
                }
                Step::Matched => return Some(at),
            }
            step += 1;
        }
    }
}

impl Space {
    /// Whether a step was not taken at `at` before; from now on it was.
    fn is_new(&mut self, trace: Option<u32>, at: usize, length: usize) -> bool {
        let Some(trace) = trace else {
            return true;
        };
        let bit = trace as usize * (length + 1) + at;
        let (word, mask) = (bit / 64, 1 << (bit % 64));
        let is_new = self.traces[word] & mask == 0;
        self.traces[word] |= mask;
        is_new
    }
}

/// How many parts of an expression repeat, looks aside.
fn repetitions(node: &Node) -> usize {
    match node {
        Node::Sequence(parts) | Node::Choice(parts) => parts.iter().map(repetitions).sum(),
        Node::Repeat { part, .. } => 1 + repetitions(part),
        _ => 0,
    }
}

/// Before which kinds of character a part may match.
#[derive(Debug, Clone)]
struct First {
    admits: [bool; KINDS],
}

impl First {
    fn of(node: &Node) -> Self {
        let mut first = Self {
            admits: [false; KINDS],
        };
        if first.widen(node) {
            first.admits = [true; KINDS];
        }
        first
    }

    /// Admits what `node` may begin with; says whether it may match without a character.
    fn widen(&mut self, node: &Node) -> bool {
        match node {
            Node::One(set) => {
                for (c, admits) in ('\0'..'\u{80}').zip(&mut self.admits) {
                    *admits |= set.contains(c);
                }
                self.admits[kind(Some(&'\u{80}'))] |= set.reaches_beyond_ascii();
                false
            }
            Node::Start | Node::LineEnd | Node::End | Node::Look { .. } => true,
            Node::Sequence(parts) => parts.iter().all(|part| self.widen(part)),
            Node::Choice(parts) => parts.iter().fold(false, |may, part| self.widen(part) | may),
            Node::Repeat { part, least, .. } => self.widen(part) | (*least == 0),
        }
    }
}
