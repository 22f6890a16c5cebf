//! Is it calendar time at all? "May" may be a verb, "October" a railway, "1905" a number of hands.

use svodka_model::{Parse, Span, TokenId};

use super::grammar::{Found, Node};
use super::points::{Reader, YearRef};
use super::resolve::Outlook;
use super::tokens::{Kind, Token};
use super::words::Sense;

/// How many adjectives may stand between a year and the noun it belongs to.
const ADJECTIVES: usize = 2;

/// What the parse says about the words of a report; silent where the parse is.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub text: &'a str,
    pub parse: &'a Parse,
}

impl Judge<'_> {
    fn id(&self, span: Span) -> Option<TokenId> {
        let tokens = self.parse.tokens_in(span);
        (!tokens.is_empty()).then_some(tokens.start)
    }

    fn tag(&self, span: Span) -> &str {
        self.id(span)
            .map_or("", |id| self.parse.tokens[id].tag.as_str())
    }

    /// Whether a word is a plural noun.
    pub fn is_plural(&self, token: &Token) -> bool {
        self.tag(token.span) == "NNS"
    }

    /// Whether a word is a verb in the past or an -ing form.
    pub fn is_act(&self, token: &Token) -> bool {
        matches!(self.tag(token.span), "VBD" | "VBN" | "VBG")
    }

    /// Whether an ordinal before this word numbers it.
    pub fn is_thing(&self, token: &Token) -> bool {
        let Some(id) = self.id(token.span) else {
            return false;
        };
        let Some(before) = id.checked_sub(1) else {
            return false;
        };
        let (noun, ordinal) = (&self.parse.tokens[id], &self.parse.tokens[before]);
        let singular = matches!(noun.tag.as_str(), "NN" | "NNP" | "NNPS" | "JJ" | "VBG");
        let head = &self.parse.tokens[ordinal.head];
        singular && ordinal.head >= id && matches!(head.pos.as_str(), "NOUN" | "PROPN")
    }

    /// Whether the word before a place is a noun: then "from" after it may only say which letter is meant.
    fn follows_noun(&self, reader: &Reader, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            let token = &reader.tokens[before];
            token.kind == Kind::Word
                && matches!(self.tag(token.span), "NN" | "NNS" | "NNP" | "NNPS")
        })
    }

    /// Where the sentence around a span looks: by the verb on which the span hangs.
    pub fn outlook(&self, reader: &Reader, span: Span) -> Outlook {
        let Some(mut id) = self.id(span) else {
            return Outlook::Unsaid;
        };
        for _ in 0..24 {
            let token = &self.parse.tokens[id];
            if matches!(token.pos.as_str(), "VERB" | "AUX") {
                return self.verb_looks(reader, id);
            }
            if token.head == id {
                break;
            }
            id = token.head;
        }
        Outlook::Unsaid
    }

    fn verb_looks(&self, reader: &Reader, verb: TokenId) -> Outlook {
        let token = &self.parse.tokens[verb];
        let helpers: Vec<TokenId> = self
            .parse
            .children(verb)
            .filter(|&child| {
                matches!(
                    self.parse.tokens[child].tag.as_str(),
                    "MD" | "TO" | "VBD" | "VBP" | "VBZ"
                )
            })
            .filter(|&child| matches!(self.parse.tokens[child].dep.as_str(), "aux" | "auxpass"))
            .collect();
        let word = |id: TokenId| self.parse.tokens[id].span.of(self.text).to_lowercase();
        let ahead = |id: &TokenId| {
            let lower = reader.words.id(&word(*id));
            reader.words.has(lower, Sense::Ahead)
        };
        if helpers.iter().any(ahead) {
            return Outlook::Ahead;
        }
        let tagged = |tag: &str| helpers.iter().any(|&id| self.parse.tokens[id].tag == tag);
        if tagged("TO") {
            return Outlook::Ahead;
        }
        let present = helpers.iter().any(|&id| {
            let helper = &self.parse.tokens[id];
            matches!(helper.tag.as_str(), "VBZ" | "VBP") && helper.dep == "auxpass"
        });
        let under_way = self
            .parse
            .children(verb)
            .any(|child| self.parse.tokens[child].tag == "VBG");
        let ahead = &reader.words.pack.bars.looking_ahead;
        if ahead.iter().any(|lemma| token.lemma.as_str() == lemma) {
            return Outlook::Ahead;
        }
        match token.tag.as_str() {
            "VBD" => Outlook::Back,
            "VBN" if !tagged("MD") && !present && !under_way => Outlook::Back,
            _ => Outlook::Unsaid,
        }
    }

    /// The expression as far as it is one: `None` if its words mean something else here.
    /// A heading may begin or end with a bare year.
    pub fn judge(
        &self,
        reader: &Reader,
        found: Found,
        today: Option<i16>,
        heading: bool,
    ) -> Option<Found> {
        let mut found = found;
        if let Node::Since(node) = &found.node
            && reader.after(found.start, Sense::From).is_some()
            && self.follows_noun(reader, found.start)
        {
            let edge = reader.after(found.start, Sense::From)?;
            found = Found {
                node: (**node).clone(),
                start: reader.skip(edge, Sense::The),
                end: found.end,
            };
        }
        let bare = match &found.node {
            Node::Until(node) | Node::Since(node) | Node::About(node) => node,
            node => node,
        };
        let edged = !std::ptr::eq(bare, &found.node);
        let sound = match bare {
            Node::Point(point) if point.is_year() => {
                let placed = edged || heading && reader.stands_at_edge(found.start, found.end);
                self.is_year(reader, &found, point.year, placed, today)
            }
            Node::Range(first, _) if matches!(**first, Node::Point(point) if point.is_year()) => {
                !reader.is_barred(found.start)
            }
            Node::Point(point) if point.season.is_some() && point.year == YearRef::Absent => {
                self.is_season(reader, &found, edged)
            }
            Node::Point(point) if point.is_month() && point.year == YearRef::Absent => {
                self.is_name_of_time(reader, &found, edged)
            }
            Node::Point(point)
                if self.is_feast(reader, &found) && point.year == YearRef::Absent =>
            {
                !self.is_noun(reader, found.end)
                    && reader
                        .token(found.end)
                        .is_none_or(|next| !(next.capital && next.kind == Kind::Word))
            }
            Node::Easter(_, YearRef::Absent) => self.is_name_of_time(reader, &found, true),
            Node::Weekday(..) => self.is_name_of_time(reader, &found, edged),
            _ => true,
        };
        sound.then_some(found)
    }

    fn is_year(
        &self,
        reader: &Reader,
        found: &Found,
        year: YearRef,
        edged: bool,
        today: Option<i16>,
    ) -> bool {
        let YearRef::Number(year) = year else {
            return true;
        };
        // A year of so few digits was written with its era.
        if year < 1000 {
            return !reader.is_barred(found.start);
        }
        let near = today.is_none_or(|today| (today - 250..=today + 30).contains(&year));
        let before = |sign| {
            found
                .start
                .checked_sub(1)
                .is_some_and(|at| reader.tokens[at].is(sign))
        };
        let after = |sign| reader.token(found.end).is_some_and(|token| token.is(sign));
        // "invalided 1922", "b. 1919"
        let life = found.start.checked_sub(1).is_some_and(|at| {
            let at = at - usize::from(reader.tokens[at].is('.') && at > 0);
            let told = matches!(self.tag(reader.tokens[at].span), "VBN" | "VBD")
                || reader.after(at, Sense::Life).is_some();
            told && reader
                .token(found.end)
                .is_none_or(|next| matches!(next.kind, Kind::Sign(',' | '.' | ';' | ')' | ':')))
        });
        let company = edged
            || life
            || [
                Sense::At,
                Sense::Year,
                Sense::Of,
                Sense::About,
                Sense::And,
                Sense::Or,
            ]
            .into_iter()
            .any(|sense| reader.follows(found.start, sense))
            || found.start == 0 && found.end == reader.tokens.len()
            || before('(') && (after(')') || after(','))
            || self.determines(reader, found.start) && self.numbers_thing(reader, found.end);
        let counts = reader.counts(found.end)
            || reader
                .token(found.end)
                .is_some_and(|token| token.glued && !token.capital && token.kind == Kind::Word)
            || after('%');
        near && company && !counts && !reader.is_barred(found.start)
    }

    fn is_season(&self, reader: &Reader, found: &Found, edged: bool) -> bool {
        let company = edged
            || [Sense::The, Sense::At]
                .into_iter()
                .any(|sense| reader.follows(found.start, sense));
        let word = reader.tokens[found.end - 1].span;
        let verb = self.tag(word).starts_with('V');
        let next = reader
            .token(found.end)
            .filter(|next| next.kind == Kind::Word);
        let follows = next.map_or("", |next| self.tag(next.span));
        // "the fall of Kiev", "spring sowing"; but "in the spring in Moscow"
        let of = follows == "IN"
            && reader.after(found.end, Sense::Within).is_none()
            && next.is_some_and(|next| self.hangs_on(next.span, word));
        company && !verb && !of && !matches!(follows, "NN" | "NNS")
    }

    /// Whether an article or a possessive stands right before a place: "the 1905 congress", "its 1906 report".
    fn determines(&self, reader: &Reader, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            let token = &reader.tokens[before];
            token.kind == Kind::Word && matches!(self.tag(token.span), "DT" | "PRP$" | "POS")
        })
    }

    /// Whether the last words of an expression are the name of a day kept: "May Day", which a demonstration may be named after.
    fn is_feast(&self, reader: &Reader, found: &Found) -> bool {
        let named = |at: &usize| {
            let feast = |sense| matches!(sense, Sense::Feast(..)).then_some(());
            reader
                .take(*at, feast)
                .is_some_and(|(_, end)| end == found.end)
        };
        // "Christmas truce" is still told of Christmas.
        let day = reader.has_sense(found.end - 1, Sense::DayPart);
        day && (found.start..found.end).any(|at| named(&at))
    }

    /// Whether a noun stands at a place.
    fn is_noun(&self, reader: &Reader, at: usize) -> bool {
        reader.token(at).is_some_and(|token| {
            token.kind == Kind::Word && matches!(self.tag(token.span), "NN" | "NNS")
        })
    }

    /// Whether a noun in the singular begins at a place right after a number, perhaps with adjectives: a number before
    /// plurals counts them, and "a 1949 Ford" is a make.
    fn numbers_thing(&self, reader: &Reader, at: usize) -> bool {
        for place in at..at + ADJECTIVES + 1 {
            let token = reader.token(place).filter(|token| token.kind == Kind::Word);
            match token.map(|token| self.tag(token.span)) {
                Some("NN") => return true,
                Some("NNP") => return reader.follows(at - 1, Sense::The),
                Some("JJ") => {}
                _ => return false,
            }
        }
        false
    }

    /// Whether a preposition belongs to the noun right before it and not to the sentence.
    fn hangs_on(&self, preposition: Span, noun: Span) -> bool {
        let (Some(preposition), Some(noun)) = (self.id(preposition), self.id(noun)) else {
            return false;
        };
        self.parse.tokens[preposition].head == noun
    }

    /// Whether a month's or weekday's bare name is meant as time: not a verb, not a part of a longer name.
    fn is_name_of_time(&self, reader: &Reader, found: &Found, edged: bool) -> bool {
        let at = found.end - 1;
        let at = if reader.tokens[at].is('.') {
            at.saturating_sub(1)
        } else {
            at
        };
        let token = &reader.tokens[at];
        if found.end - found.start > 2 {
            return true;
        }
        let before = |sense| reader.follows(found.start, sense);
        if before(Sense::Recurring) {
            return false;
        }
        // "a Sunday-school", "their Saturday wages"
        let compound = reader
            .token(found.end)
            .is_some_and(|dash| dash.is_dash() && dash.glued)
            && reader
                .token(found.end + 1)
                .is_some_and(|word| word.glued && word.kind == Kind::Word && word.word == 0);
        let owned = found.start.checked_sub(1).is_some_and(|before| {
            self.tag(reader.tokens[before].span) == "PRP$" && self.is_noun(reader, found.end)
        });
        if compound || owned {
            return false;
        }
        let company = [
            Sense::At,
            Sense::Within,
            Sense::About,
            Sense::And,
            Sense::Or,
            Sense::To,
        ]
        .into_iter()
        .any(before);
        let named = reader
            .token(found.end)
            .is_some_and(|next| next.capital && next.kind == Kind::Word);
        if named && !company && !edged {
            return false;
        }
        let quoted = found.start.checked_sub(1).is_some_and(|before| {
            reader.tokens[found.start].glued
                && matches!(
                    reader.tokens[before].kind,
                    Kind::Sign('"' | '“' | '«' | '„' | '‘')
                )
        });
        let of = reader
            .after(found.end, Sense::Of)
            .is_some_and(|next| reader.token(next).is_some_and(|token| token.capital));
        if (quoted || of) && !edged && !company {
            return false;
        }
        let surname = found.start.checked_sub(1).is_some_and(|before| {
            let token = &reader.tokens[before];
            token.capital && token.kind == Kind::Word && token.word == 0
        });
        let feast = matches!(found.node, Node::Easter(..));
        if surname && (feast || reader.words.has(token.word, Sense::Ambiguous)) {
            return false;
        }
        let short = !reader.is_full_name(at) && !reader.tokens[found.end - 1].is('.');
        if short && (named || found.end - found.start == 1 && !edged && !company) {
            return false;
        }
        if reader.words.has(token.word, Sense::Ambiguous) && token.kind == Kind::Word {
            let tag = self.tag(token.span);
            let verb = tag.starts_with('V') || tag == "MD";
            let qualifies = before(Sense::The)
                && reader
                    .token(found.end)
                    .is_some_and(|next| matches!(self.tag(next.span), "NN" | "NNS" | "JJ"));
            let bare = tag == "NNP" && !named && !before(Sense::The);
            return !verb && (edged || company || qualifies || bare);
        }
        true
    }
}
