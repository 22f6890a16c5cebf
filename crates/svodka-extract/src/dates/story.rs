//! The thread of what is told: which year and day a date goes on from.

use jiff::civil::Date;
use svodka_model::calendar::Time;
use svodka_model::{Block, BlockKind, Layout};

use super::Finder;
use super::grammar::{Found, From, Node};
use super::points::{Reader, YearRef};
use super::resolve::{Memory, Setting};
use super::tokens::{self, Kind, Token};
use super::words::{Sense, Unit};

/// So many years that are not the report's make a text a history.
const MANY: usize = 5;
/// So many do if the text bears no date of its own and the newest of them lies `LONG` years before the one it was given.
const SOME: usize = 3;
const LONG: i16 = 20;

/// Nor does the year of a story change by more than so many unless a sentence begins with it or names the month.
const NEARBY: i16 = 5;

impl Finder<'_> {
    /// Whether nearly all years that the text names are not the report's own, and they are many; or all of them lie
    /// long before it, and only from outside is it known when it was written.
    pub(super) fn retells(&self, layout: &Layout) -> bool {
        let Some(today) = self.day else {
            return true;
        };
        let no = |_: &Token| false;
        let (mut other, mut same, mut unsaid) = (0usize, 0usize, 0usize);
        let mut newest = i16::MIN;
        let own = |block: &&Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
        for block in layout.blocks.iter().filter(own) {
            let tokens = tokens::tokens(self.text, block.span, self.words);
            let reader = Reader {
                tokens: &tokens,
                words: self.words,
                text: self.text,
                today: Some(today.year()),
                plural: &no,
                thing: &no,
                acts: &no,
            };
            let mut at = 0;
            while at < tokens.len() {
                let found = if reader.may_begin(at) {
                    reader.expression(at)
                } else {
                    None
                };
                at = found.as_ref().map_or(at + 1, |found| found.end);
                match found.map(|found| year_ref(&found.node)) {
                    Some(Some(YearRef::Number(year))) if year < today.year() => {
                        other += 1;
                        newest = newest.max(year);
                    }
                    Some(Some(YearRef::Number(_) | YearRef::Away(_))) => same += 1,
                    Some(Some(YearRef::Absent)) => unsaid += 1,
                    _ => {}
                }
            }
        }
        // A report that bears its date leaves out the year of its own days.
        let few = if layout.date.is_none() {
            2 * other
        } else {
            other / 2
        };
        let nearly_all = other >= MANY && other >= MANY * same && unsaid <= few;
        nearly_all
            || layout.date.is_none() && same == 0 && other >= SOME && newest <= today.year() - LONG
    }

    /// Whether at least two headings begin or end with a year before the report's.
    pub(super) fn has_annals(&self, layout: &Layout) -> bool {
        let no = |_: &Token| false;
        let dated = |block: &&Block| {
            let tokens = tokens::tokens(self.text, block.span, self.words);
            let reader = Reader {
                tokens: &tokens,
                words: self.words,
                text: self.text,
                today: self.day.map(Date::year),
                plural: &no,
                thing: &no,
                acts: &no,
            };
            let over = |year: i16| self.day.is_none_or(|today| year < today.year());
            (0..tokens.len()).any(|at| {
                reader.year_number(at).is_some_and(|(year, end)| {
                    over(year) && reader.stands_at_edge(at, end) && !reader.is_barred(at)
                })
            })
        };
        layout
            .blocks
            .iter()
            .filter(|block| heads(block))
            .filter(dated)
            .count()
            >= 2
    }

    /// The year and month with which the first date of a heading begins, if it is over; `from` is its place.
    pub(super) fn year_of_heading(&self, from: usize) -> Option<(i16, Option<i8>)> {
        let date = self.dates.get(from)?;
        let first = date.value.bounds().0?;
        let whole_year = date.value.as_str().len() <= 5;
        let over = self.day.is_none_or(|today| first.year() < today.year());
        over.then_some((first.year(), Some(first.month()).filter(|_| !whole_year)))
    }

    /// Keeps the days that later expressions may point to. Edges of stretches, feasts and days before another
    /// are side remarks, and leave the thread of the story alone.
    pub(super) fn remember(
        &mut self,
        memory: &mut Memory,
        found: &Found,
        time: &Time,
        setting: &Setting,
        reader: &Reader,
    ) {
        // "To-day a stone marks the place."
        let today = matches!(
            innermost(&found.node),
            Node::Shift(_, Unit::Day, From::Report)
        );
        if self.retold && today {
            return;
        }
        let edge = time.end().or_else(|| time.start());
        let Some(edge) = edge else {
            return;
        };
        if let Some(year) = explicit_year(&found.node) {
            // A stretch of whole years begins a story; it is not told from its end.
            let years = matches!(&found.node, Node::Range(..)) && edge.month().is_none();
            let begun = time.start().filter(|_| years).map(|start| start.year());
            let year = begun.unwrap_or(year);
            let told = (year, edge.month());
            let leads = self.leads_sentence(found, reader);
            // A year named by the way: "a stone with an inscription of 1958".
            let far = |(story, _): (i16, _)| (year - story).abs() > NEARBY;
            let aside = edge.month().is_none() && !leads && setting.memory.told.is_some_and(far);
            if aside && (self.retold || self.dated) {
                return;
            }
            self.told = Some(told);
            let past = self
                .day
                .is_none_or(|today| edge.last() < today && edge.year() < today.year());
            let carried = self.retold || self.dated;
            memory.told = (leads && past || carried).then_some(told);
        } else if let (Some(_), Some(month)) = (setting.memory.told, edge.month()) {
            memory.told = Some((edge.year(), Some(month)));
            self.told = memory.told;
        }
        let (Some(start), Some(end)) = (time.start(), time.end()) else {
            return;
        };
        let days = |memory: &mut Memory| {
            if let (Some(first), Some(last)) = (start.day(), end.day()) {
                memory.days = Some((first, last));
                memory.fresh = true;
            }
        };
        match innermost(&found.node) {
            Node::Part(..) => {
                memory.month = end.month().map(|month| (end.year(), month));
                memory.days = None;
            }
            Node::Unit(Unit::Month, ..) => {
                memory.month = end.month().map(|month| (end.year(), month));
            }
            Node::Easter(..) | Node::Past(..) | Node::Years(..) => {}
            Node::Shift(count, ..) if *count < 0 => {}
            Node::Shift(..) | Node::Weekday(..) | Node::WeekdayOf(..) | Node::Unit(..) => {
                days(memory)
            }
            _ => {
                if let Some(month) = end.month() {
                    memory.month = Some((end.year(), month));
                    memory.days = None;
                }
                days(memory);
            }
        }
    }

    /// Whether an expression opens its sentence, and so says when what follows happened.
    fn leads_sentence(&self, found: &Found, reader: &Reader) -> bool {
        let before = |at: usize| {
            at > 0
                && [Sense::At, Sense::The, Sense::Within]
                    .into_iter()
                    .any(|sense| reader.follows(at, sense))
        };
        let mut at = found.start;
        while before(at) {
            at -= 1;
        }
        at == 0 || matches!(reader.tokens[at - 1].kind, Kind::Sign('.' | '!' | '?'))
    }
}

/// Whether a block is a heading, or the title of a text.
pub(super) fn heads(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::Heading { .. } | BlockKind::Title | BlockKind::Matter
    )
}

/// The year that an expression names by its number.
fn explicit_year(node: &Node) -> Option<i16> {
    match year_ref(node)? {
        YearRef::Number(year) => Some(year),
        _ => None,
    }
}

fn year_ref(node: &Node) -> Option<YearRef> {
    match node {
        Node::Point(point) => Some(point.year),
        Node::Part(_, node)
        | Node::About(node)
        | Node::OldStyle(node)
        | Node::Until(node)
        | Node::Since(node)
        | Node::Ending(_, node)
        | Node::Beginning(_, node)
        | Node::WeekOf(node) => year_ref(node),
        Node::AllOf(nodes) | Node::OneOf(nodes) => year_ref(nodes.last()?),
        Node::Range(_, node) => year_ref(node),
        _ => None,
    }
}

/// Whether an expression points from the report's day, by more than days: "this year", "two months ago". In a history
/// that is the day of the story.
pub(super) fn points_from_report(node: &Node) -> bool {
    match node {
        Node::Unit(_, _, from) => *from == From::Report,
        Node::Shift(_, unit, from) => *from == From::Report && *unit != Unit::Day,
        Node::Past(..) | Node::NewYear => true,
        Node::Point(point) => {
            matches!(point.year, YearRef::Away(_) | YearRef::Last | YearRef::Next)
        }
        Node::Part(_, node) | Node::About(node) | Node::Until(node) | Node::Since(node) => {
            points_from_report(node)
        }
        Node::AllOf(nodes) | Node::OneOf(nodes) => nodes.iter().all(points_from_report),
        Node::Range(first, last) => points_from_report(first) && points_from_report(last),
        _ => false,
    }
}

fn innermost(node: &Node) -> &Node {
    match node {
        Node::About(node) | Node::OldStyle(node) => innermost(node),
        node => node,
    }
}
