//! Reads the regular expressions of Python's `re`.

use super::class::{CharSet, Kind};

/// How deep groups may nest.
const MAX_DEPTH: usize = 100;

/// The greatest count a repetition may name.
const MAX_COUNT: usize = 1000;

/// A part of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// One character of a set.
    One(CharSet),
    /// The start of the text.
    Start,
    /// The end of the text, or of all of it but one last line feed.
    LineEnd,
    /// The end of the text.
    End,
    /// One part after the other.
    Sequence(Vec<Node>),
    /// The first of the parts that leads to a match.
    Choice(Vec<Node>),
    Repeat {
        part: Box<Node>,
        least: usize,
        most: Option<usize>,
        greedy: bool,
    },
    /// A part that must match here, or must not, and is not consumed.
    Look {
        part: Box<Node>,
        behind: bool,
        negative: bool,
    },
}

impl Node {
    /// How many ways through the part may be tried at one place, at most.
    pub(super) fn ways(&self) -> usize {
        match self {
            Self::One(_) | Self::Start | Self::LineEnd | Self::End => 1,
            Self::Sequence(parts) => {
                let ways = parts.iter().map(Self::ways);
                ways.fold(1, usize::saturating_mul)
            }
            Self::Choice(parts) => {
                let ways = parts.iter().map(Self::ways);
                ways.fold(0, usize::saturating_add)
            }
            Self::Repeat {
                part, least, most, ..
            } => match (part.ways(), most) {
                // One way each time, at every length up to the longest.
                (1, Some(most)) => most - least + 1,
                (1, None) => 1,
                (_, None) => usize::MAX,
                // Each time adds a choice of ways; the longest lengths outweigh all others.
                (ways, Some(most)) => {
                    let most = u32::try_from(*most).unwrap_or(u32::MAX);
                    ways.saturating_pow(most).saturating_mul(2)
                }
            },
            Self::Look { part, .. } => part.ways(),
        }
    }

    /// The least and the greatest number of characters the part can consume.
    pub(super) fn width(&self) -> (usize, Option<usize>) {
        match self {
            Self::One(_) => (1, Some(1)),
            Self::Start | Self::LineEnd | Self::End | Self::Look { .. } => (0, Some(0)),
            Self::Sequence(parts) => parts.iter().fold((0, Some(0)), |(least, most), part| {
                let (more, further) = part.width();
                let most = most.zip(further);
                let most = most.map(|(most, further)| most.saturating_add(further));
                (least.saturating_add(more), most)
            }),
            Self::Choice(parts) => {
                let widths = || parts.iter().map(Self::width);
                let least = widths().map(|(least, _)| least).min().unwrap_or(0);
                let most = widths().map(|(_, most)| most);
                let most = most.reduce(|a, b| a.zip(b).map(|(a, b)| a.max(b)));
                (least, most.flatten())
            }
            Self::Repeat {
                part, least, most, ..
            } => {
                let (narrow, wide) = part.width();
                (
                    narrow.saturating_mul(*least),
                    wide.zip(*most)
                        .map(|(wide, most)| wide.saturating_mul(most)),
                )
            }
        }
    }
}

/// Reads `expression`, or says what in it is not known here.
pub(super) fn parse(expression: &str) -> Result<Node, String> {
    let characters: Vec<char> = expression.chars().collect();
    let mut reader = Reader {
        rest: &characters,
        depth: 0,
    };
    // Python matches Unicode anyway.
    reader.skip("(?u)");
    let node = reader.choice()?;
    if reader.rest.is_empty() {
        Ok(node)
    } else {
        Err("a closing bracket that nothing opens".to_owned())
    }
}

struct Reader<'e> {
    rest: &'e [char],
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.first().copied()
    }

    fn next(&mut self) -> Option<char> {
        let (&c, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(c)
    }

    /// Steps over `mark` if it is next.
    fn skip(&mut self, mark: &str) -> bool {
        let length = mark.chars().count();
        let is_next =
            self.rest.len() >= length && self.rest.iter().copied().take(length).eq(mark.chars());
        if is_next {
            self.rest = &self.rest[length..];
        }
        is_next
    }

    fn choice(&mut self) -> Result<Node, String> {
        let mut parts = vec![self.sequence()?];
        while self.skip("|") {
            parts.push(self.sequence()?);
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Node::Choice(parts),
        })
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut parts = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            let part = self.part()?;
            parts.push(self.repeated(part)?);
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Node::Sequence(parts),
        })
    }

    fn part(&mut self) -> Result<Node, String> {
        let Some(c) = self.next() else {
            return Ok(Node::Sequence(Vec::new()));
        };
        Ok(match c {
            '^' => Node::Start,
            '$' => Node::LineEnd,
            '.' => Node::One(CharSet::of([('\n', '\n')], [], true)),
            '[' => Node::One(self.class()?),
            '(' => self.group()?,
            '*' | '+' | '?' => return Err(format!("a `{c}` with nothing to repeat")),
            '\\' => match self.next() {
                Some('A') => Node::Start,
                Some('Z') => Node::End,
                Some(letter) if Kind::escaped(letter).is_some() => {
                    Node::One(Kind::escaped(letter).map(CharSet::kind).unwrap_or_default())
                }
                letter => Node::One(CharSet::single(self.escaped(letter)?)),
            },
            c => Node::One(CharSet::single(c)),
        })
    }

    /// The character that `\letter` and what follows it stand for.
    fn escaped(&mut self, letter: Option<char>) -> Result<char, String> {
        let digits = match letter {
            Some('x') => 2,
            Some('u') => 4,
            Some('U') => 8,
            Some('n') => return Ok('\n'),
            Some('t') => return Ok('\t'),
            Some('r') => return Ok('\r'),
            Some('f') => return Ok('\u{c}'),
            Some('v') => return Ok('\u{b}'),
            Some(c) if !c.is_ascii_alphanumeric() => return Ok(c),
            Some(c) => return Err(format!("`\\{c}`")),
            None => return Err("a backslash at the end".to_owned()),
        };
        let mut code = 0;
        for _ in 0..digits {
            let digit = self.next().and_then(|digit| digit.to_digit(16));
            code = code * 16 + digit.ok_or("an escape that is too short")?;
        }
        char::from_u32(code).ok_or_else(|| format!("a character U+{code:X}"))
    }

    fn class(&mut self) -> Result<CharSet, String> {
        let open = || "a `[` that is not closed".to_owned();
        let negated = self.skip("^");
        let mut ranges = Vec::new();
        let mut kinds = Vec::new();
        let mut is_first = true;
        loop {
            let c = match self.next().ok_or_else(open)? {
                ']' if !is_first => return Ok(CharSet::of(ranges, kinds, negated)),
                '\\' => {
                    let letter = self.next();
                    if let Some(kind) = letter.and_then(Kind::escaped) {
                        kinds.push(kind);
                        is_first = false;
                        continue;
                    }
                    self.escaped(letter)?
                }
                c => c,
            };
            is_first = false;
            let is_range = self.peek() == Some('-') && self.rest.get(1).is_some_and(|&c| c != ']');
            let mut last = c;
            if is_range {
                self.next();
                last = match self.next().ok_or_else(open)? {
                    '\\' => {
                        let letter = self.next();
                        self.escaped(letter)?
                    }
                    last => last,
                };
                if last < c {
                    return Err(format!("the range `{c}-{last}`"));
                }
            }
            ranges.push((c, last));
        }
    }

    fn group(&mut self) -> Result<Node, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("groups nested too deep".to_owned());
        }
        let look = [
            ("?=", false, false),
            ("?!", false, true),
            ("?<=", true, false),
            ("?<!", true, true),
        ]
        .into_iter()
        .find(|(mark, ..)| self.skip(mark));
        if look.is_none() && !self.skip("?:") && self.peek() == Some('?') {
            let mark: String = self.rest.iter().take(3).collect();
            return Err(format!("the group `({mark}`"));
        }
        let part = self.choice()?;
        if !self.skip(")") {
            return Err("a `(` that is not closed".to_owned());
        }
        self.depth -= 1;
        Ok(match look {
            Some((_, behind, negative)) => Node::Look {
                part: Box::new(part),
                behind,
                negative,
            },
            None => part,
        })
    }

    fn repeated(&mut self, part: Node) -> Result<Node, String> {
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.counts() {
                Some((counts, behind)) => {
                    // The last character is stepped over below.
                    self.rest = &self.rest[behind - 1..];
                    counts
                }
                None => return Ok(part),
            },
            _ => return Ok(part),
        };
        self.next();
        let greedy = !self.skip("?");
        if matches!(self.peek(), Some('*' | '+' | '?')) {
            return Err("a repetition of a repetition".to_owned());
        }
        if most.is_some_and(|most| most < least) || least.max(most.unwrap_or(0)) > MAX_COUNT {
            return Err(format!("a repetition from {least} to {most:?} times"));
        }
        if most.is_none() && part.width().0 == 0 {
            return Err("an endless repetition of what may be empty".to_owned());
        }
        Ok(Node::Repeat {
            part: Box::new(part),
            least,
            most,
            greedy,
        })
    }

    /// The counts in `{least,most}` and the length of all that; `None` if the bracket is a plain one.
    fn counts(&self) -> Option<((usize, Option<usize>), usize)> {
        let close = self.rest.iter().position(|&c| c == '}')?;
        let inner: String = self.rest.get(1..close)?.iter().collect();
        if inner.is_empty() || inner == "," {
            return None;
        }
        let (least, most) = inner.split_once(',').unwrap_or((&inner, &inner));
        let count = |digits: &str| match digits {
            _ if digits.contains(|c: char| !c.is_ascii_digit()) => None,
            _ => Some(digits.parse().unwrap_or(usize::MAX)),
        };
        let least = if least.is_empty() { 0 } else { count(least)? };
        let most = if most.is_empty() {
            None
        } else {
            Some(count(most)?)
        };
        Some(((least, most), close + 1))
    }
}
