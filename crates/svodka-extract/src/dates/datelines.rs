//! The day of what stands inside a report: of a dispatch, a letter, an entry of a diary.

use jiff::civil::Date;
use svodka_model::calendar::Time;
use svodka_model::{Block, BlockKind, Layout, NameType};

use super::Finder;
use super::points::Reader;
use super::resolve::{Memory, Outlook, Setting};
use super::tokens::{self, Kind, Token};
use super::words::Sense;

/// How many words and signs may stand between a dispatch's place and its day.
const DATELINE: usize = 10;

impl Finder<'_> {
    /// Whether at least two paragraphs or headings begin with a day of their own: "Tuesday, June 28.—A meeting was held".
    pub(super) fn is_diary(&self, layout: &Layout) -> bool {
        let entry = |block: &&Block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. })
                && self.dateline(block, self.day, true).is_some()
                && self.dateline(block, self.day, false).is_none()
        };
        layout.blocks.iter().filter(entry).nth(1).is_some()
    }

    /// The day that a block begins with, after its place: "TROY, N. Y., May 7, 1886.—Not a cupola was lighted", or the line
    /// "Troy, May 7." alone. In a diary the place may be left out. `own` is the report's day.
    pub(super) fn dateline(&self, block: &Block, own: Option<Date>, diary: bool) -> Option<Date> {
        let tokens = tokens::tokens(self.text, block.span, self.words);
        let no = |_: &Token| false;
        let reader = Reader {
            tokens: &tokens,
            words: self.words,
            text: self.text,
            today: own.map(Date::year),
            plural: &no,
            thing: &no,
            acts: &no,
        };
        let first = tokens
            .iter()
            .position(|token| !matches!(token.kind, Kind::Sign(_)))?;
        let led = reader.skip(first, Sense::At);
        let place = self
            .mentions
            .get(
                self.mentions
                    .partition_point(|mention| mention.span.end <= block.span.start),
            )
            .filter(|mention| mention.kind == NameType::Place)
            .filter(|mention| {
                let start = mention.span.start;
                tokens[first].span.start == start
                    || tokens
                        .get(led)
                        .is_some_and(|token| token.span.start == start)
            });
        let from = match place {
            Some(place) => tokens
                .iter()
                .position(|token| token.span.start >= place.span.end)?,
            None if diary => first,
            None => return None,
        };
        let begins = |at: usize| {
            let weekday = |sense| matches!(sense, Sense::Weekday(_)).then_some(());
            reader.month(at).is_some()
                || reader.day(at).is_some()
                || tokens[at].capital && reader.take(at, weekday).is_some()
        };
        let reach = if place.is_some() { DATELINE } else { 1 };
        let at = (from..tokens.len().min(from + reach)).find(|&at| begins(at))?;
        let joined = tokens[from..at].iter().all(|token| match token.kind {
            Kind::Word => token.capital,
            Kind::Sign(sign) => matches!(sign, ',' | '.' | '(' | ')'),
            _ => false,
        }) && (at == from && place.is_none()
            || tokens.get(at.checked_sub(1)?)?.kind != Kind::Word);
        let found = reader.expression(at).filter(|_| joined)?;
        let signs = || {
            (found.end..)
                .map_while(|at| tokens.get(at))
                .take_while(|token| matches!(token.kind, Kind::Sign(_)))
        };
        let dash = signs()
            .take(3)
            .any(|token| token.is_dash() || token.is(':'));
        let alone = found.end + signs().count() == tokens.len();
        let setting = Setting {
            day: own,
            easter: self.easter,
            outlook: Outlook::Unsaid,
            memory: Memory::default(),
        };
        match setting.resolve(&found.node).filter(|_| dash || alone)? {
            Time::At(moment) => moment.day(),
            _ => None,
        }
    }
}
