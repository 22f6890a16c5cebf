//! When? Finds expressions of calendar time and resolves them.
//!
//! A small grammar over words, numbers and signs reads an expression as it is written; what it leaves out is
//! supplied from the days named before it and from the report's own day. An expression that nothing resolves is
//! not given.

mod datelines;
mod eras;
mod grammar;
mod judge;
mod pointing;
mod points;
mod resolve;
mod story;
mod tokens;
mod weekdays;
mod words;

use jiff::civil::Date;
use svodka_model::calendar::{Easter, Time, shift_days};
use svodka_model::{Block, BlockKind, DateMention, Edtf, Layout, Mention, NameType, Parse, Span};
use svodka_pack::DateWords;

use grammar::{Found, Node};
use judge::Judge;
use points::{MonthRef, Reader};
use resolve::{Memory, Outlook, Setting};
use story::{heads, points_from_report};
use tokens::Token;
use words::{Sense, Vocabulary};

/// How many days before the report a story is one of its own, which a heading does not break off.
const STORY: i32 = 45;
/// Finds the expressions of time in a report, in the order of the text.
///
/// `anchor` is the report's day if it is known from outside; else the one that the layout found is taken. Dates
/// inside a name are part of the name. Laws: total on any text; spans are ordered and do not overlap; a date
/// without a year moves by a year if the anchor does.
pub fn find_dates(
    text: &str,
    layout: &Layout,
    parse: &Parse,
    mentions: &[Mention],
    anchor: Option<&Edtf>,
    words: &DateWords,
) -> Vec<DateMention> {
    let words = Vocabulary::new(words);
    let anchor = anchor.or(layout.date.as_ref());
    let judge = Judge { text, parse };
    let mut finder = Finder {
        text,
        judge,
        mentions,
        day: anchor.and_then(|anchor| anchor.bounds().1),
        easter: Easter::Western,
        retold: false,
        dated: false,
        told: None,
        words: &words,
        dates: Vec::new(),
    };
    finder.easter = finder.easter(layout);
    finder.retold = finder.has_annals(layout) || finder.retells(layout);
    finder.walk(layout);
    finder.dates
}

/// The date that a report bears: in its title, in a line of its frame before the text, or in one after it.
pub(crate) fn date_of_report(text: &str, blocks: &[Block], words: &DateWords) -> Option<Edtf> {
    let words = Vocabulary::new(words);
    let frame = |block: &&Block| matches!(block.kind, BlockKind::Title | BlockKind::Matter);
    let first = blocks
        .iter()
        .position(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item))
        .unwrap_or(blocks.len());
    let (front, back) = blocks.split_at(first);
    let titles = front.iter().filter(|block| block.kind == BlockKind::Title);
    let lines = front
        .iter()
        .filter(frame)
        .chain(back.iter().rev().take(4).filter(frame));
    let full = titles
        .clone()
        .chain(lines)
        .find_map(|block| written(text, block.span, &words, is_day));
    full.or_else(|| {
        titles
            .into_iter()
            .find_map(|block| written(text, block.span, &words, is_dated))
    })
}

fn is_day(time: &Time) -> bool {
    matches!(time, Time::At(moment) if moment.day().is_some())
}

fn is_dated(time: &Time) -> bool {
    time.end().is_some_and(|moment| moment.month().is_some())
}

/// The first time of a kind in a part of the text that is written out with its year.
fn written(
    text: &str,
    part: Span,
    words: &Vocabulary,
    kind: impl Fn(&Time) -> bool,
) -> Option<Edtf> {
    let tokens = tokens::tokens(text, part, words);
    let no = |_: &Token| false;
    let reader = Reader {
        tokens: &tokens,
        words,
        text,
        today: None,
        plural: &no,
        thing: &no,
        acts: &no,
    };
    let setting = Setting {
        day: None,
        easter: Easter::Western,
        outlook: Outlook::Unsaid,
        memory: Memory::default(),
    };
    (0..tokens.len())
        .filter_map(|at| setting.resolve(&reader.expression(at)?.node))
        .find(kind)
        .map(|time| Edtf::from(&time))
}

/// Whether one stands in another and is not all of it.
fn inside(one: Span, other: Span) -> bool {
    other.contains(one) && one != other
}

struct Finder<'a> {
    text: &'a str,
    judge: Judge<'a>,
    mentions: &'a [Mention],
    /// The report's day, or that of a letter quoted in it.
    day: Option<Date>,
    easter: Easter,
    /// Whether the text tells of years long before the report's, or has no day of its own.
    retold: bool,
    /// Whether the text here stands below a heading that names its year.
    dated: bool,
    /// In such a text, and below such a heading, the year named last.
    told: Option<(i16, Option<i8>)>,
    words: &'a Vocabulary<'a>,
    dates: Vec<DateMention>,
}

impl Finder<'_> {
    /// Easter is that of the Eastern Church, Old Style, where an old report uses at least two of its words.
    fn easter(&self, layout: &Layout) -> Easter {
        let old = self
            .day
            .is_some_and(|day| day.year() < self.words.pack.old_style_until);
        if !old {
            return Easter::Western;
        }
        let mut seen = std::collections::BTreeSet::new();
        for block in &layout.blocks {
            for token in tokens::tokens(self.text, block.span, self.words) {
                if self.words.has(token.word, Sense::Eastern) {
                    seen.insert(token.word);
                }
            }
        }
        if seen.len() >= 2 {
            Easter::EasternOldStyle
        } else {
            Easter::Western
        }
    }

    fn walk(&mut self, layout: &Layout) {
        let own = self.day;
        let mut report = own;
        let diary = self.is_diary(layout);
        let mut memory = Memory::default();
        let mut announced: Vec<Option<Date>> = Vec::with_capacity(layout.blocks.len());
        for block in &layout.blocks {
            // A story of months before the report goes on under the next heading.
            let story = memory.days.is_some_and(|(_, last)| {
                report.is_some_and(|today| shift_days(last, STORY) < today)
            });
            if matches!(block.kind, BlockKind::Heading { .. }) && !story {
                memory = Memory::default();
            }
            if matches!(block.kind, BlockKind::Heading { .. }) {
                self.dated = false;
            }
            // A dispatch ends where a heading names another place.
            if matches!(block.kind, BlockKind::Heading { .. }) && self.names_place(block.span) {
                report = own;
            }
            if let Some(day) = self.dateline(block, own, diary) {
                report = Some(day);
            }
            let letter = block
                .quoted_from
                .and_then(|from| announced.get(from).copied().flatten());
            self.day = letter.or(report);
            let days = memory.days;
            memory = Memory {
                days,
                month: days.map(|(_, last)| (last.year(), last.month())),
                told: self.told.filter(|_| self.retold || self.dated),
                fresh: false,
            };
            let found = self.dates.len();
            let kept = memory;
            self.block(block, &mut memory);
            if matches!(
                block.kind,
                BlockKind::Foreign | BlockKind::Matter | BlockKind::Title
            ) {
                memory = kept;
            }
            if (matches!(block.kind, BlockKind::Heading { .. }) || self.retold && heads(block))
                && let Some(told) = self.year_of_heading(found)
            {
                (self.dated, self.told) = (true, Some(told));
            }
            let last = self.dates[found..].last();
            let day = last.filter(|_| block.span.of(self.text).ends_with(':'));
            announced.push(day.and_then(|date| {
                let (first, last) = date.value.bounds();
                first.filter(|first| Some(*first) == last)
            }));
        }
    }

    fn names_place(&self, span: Span) -> bool {
        self.mentions
            .iter()
            .any(|mention| mention.kind == NameType::Place && span.contains(mention.span))
    }

    fn block(&mut self, block: &Block, memory: &mut Memory) {
        let tokens = tokens::tokens(self.text, block.span, self.words);
        let judge = self.judge;
        let plural = |token: &Token| judge.is_plural(token);
        // "on the 17th Sergeant D. R. Niemand": a person's name begins here, or after the title.
        let mentions = self.mentions;
        let person = |token: &Token| {
            let at = mentions.partition_point(|mention| mention.span.start < token.span.start);
            mentions.get(at).is_some_and(|mention| {
                let gap = self.text.get(token.span.start..mention.span.start);
                mention.kind == NameType::Person
                    && token.capital
                    && gap.is_some_and(|gap| gap.len() <= 24 && gap.split_whitespace().count() <= 2)
            })
        };
        let thing = |token: &Token| judge.is_thing(token) && !person(token);
        let acts = |token: &Token| judge.is_act(token);
        let reader = Reader {
            tokens: &tokens,
            words: self.words,
            text: self.text,
            today: self.day.map(Date::year),
            plural: &plural,
            thing: &thing,
            acts: &acts,
        };
        let mut at = 0;
        let mut dates = Vec::new();
        while at < tokens.len() {
            let year = self.day.map(Date::year);
            let found = if reader.may_begin(at) {
                reader
                    .expression(at)
                    .and_then(|found| judge.judge(&reader, found, year, heads(block)))
            } else {
                None
            };
            let Some(found) = found else {
                at += 1;
                continue;
            };
            let span = tokens[found.start].span.cover(tokens[found.end - 1].span);
            if self.is_named(span) || self.numbers_house(&found, &tokens) {
                at += 1;
                continue;
            }
            let setting = Setting {
                day: self.day,
                easter: self.easter,
                outlook: judge.outlook(&reader, span),
                memory: *memory,
            };
            if let Some(value) = self.value(&setting, &found.node) {
                let (value, time) = value;
                if let Some(time) = &time {
                    self.remember(memory, &found, time, &setting, &reader);
                }
                dates.push(DateMention { span, value });
            }
            at = found.end;
        }
        self.dates.append(&mut dates);
    }

    /// "1120 Grant Avenue": a bare number right before a place's name of several words.
    fn numbers_house(&self, found: &Found, tokens: &[Token]) -> bool {
        let year = matches!(&found.node, Node::Point(point) if point.is_year());
        let Some(next) = tokens.get(found.end).filter(|next| year && next.capital) else {
            return false;
        };
        let at = self
            .mentions
            .partition_point(|mention| mention.span.start < next.span.start);
        self.mentions.get(at).is_some_and(|mention| {
            mention.span.start == next.span.start
                && mention.kind == NameType::Place
                && mention.span.of(self.text).contains(' ')
        })
    }

    /// Whether it is part of a name, or shares some of its words: the name has them. A name may stand whole in a date ("Easter
    /// 1916").
    fn is_named(&self, span: Span) -> bool {
        let after = self
            .mentions
            .partition_point(|mention| mention.span.end <= span.start);
        self.mentions
            .get(after)
            .is_some_and(|mention| mention.span.overlaps(span) && !inside(mention.span, span))
    }

    /// The value; a month or day to which nothing gives a year keeps it open.
    fn value(&self, setting: &Setting, node: &Node) -> Option<(Edtf, Option<Time>)> {
        let story = setting
            .story()
            .filter(|_| self.retold && points_from_report(node));
        if let Some(time) = story.as_ref().unwrap_or(setting).resolve(node) {
            return Some((Edtf::from(&time), Some(time)));
        }
        let open = match node {
            Node::Point(point) => match (point.month, point.day) {
                (MonthRef::Number(month), None) => format!("XXXX-{month:02}"),
                (MonthRef::Number(month), Some(day)) => format!("XXXX-{month:02}-{day:02}"),
                _ => return None,
            },
            _ => return None,
        };
        Some((open.parse().ok()?, None))
    }
}

#[cfg(test)]
mod tests;
