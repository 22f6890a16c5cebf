//! The report as the names stage sees it: words with their looks, whatever the parser made of them.

use std::cell::RefCell;
use std::ops::Range;
use std::str::CharIndices;

use svodka_model::{BlockKind, Layout, Parse, Span, TokenId};
use svodka_pack::NameWords;

/// A word, an ending of possession or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub span: Span,
    pub kind: Kind,
    /// Lower case, apostrophes and hyphens made plain, without a final full stop.
    pub lower: String,
    /// `lower` folded to ASCII, with OCR's digits inside words read as letters.
    pub fold: String,
    pub block: usize,
    /// Whether a sentence, item, label or quotation begins here.
    pub starts: bool,
    pub token: Option<TokenId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// "demand"
    Lower,
    /// "Demidov", "McPhee"
    Capital,
    /// "GPU", "ORTEGA", "RCP(b)"
    Upper,
    /// "I.", "Ya.": part of a person's name
    Initial,
    /// "D.L.U."
    Dotted,
    /// "18th", "1st"
    Ordinal,
    /// "17-bis", "411"
    Number,
    /// "’s", or the apostrophe alone
    Possessive,
    /// Any other mark
    Mark,
}

/// How a block's capitals are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    /// Every letter is a capital.
    pub all_caps: bool,
    /// Nearly every word has a capital, as in headings.
    pub title_case: bool,
}

pub(super) struct Page<'a> {
    pub text: &'a str,
    pub words: Vec<Word>,
    /// The words of each block.
    pub blocks: Vec<Range<usize>>,
    pub looks: Vec<Look>,
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʹ' | 'ʼ' | '‘' | '´')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

pub(super) fn opens_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«' | 'ʺ' | '‟')
}

pub(super) fn closes_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '»' | 'ʺ')
}

/// Lower case with plain apostrophes and hyphens.
pub(super) fn plain(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            c if is_apostrophe(c) => '\'',
            c if is_hyphen(c) => '-',
            c => c,
        })
        .collect()
}

/// Folds to ASCII and reads digits between letters as the letters they look like.
pub(super) fn fold(lower: &str) -> String {
    let mut start = lower.chars();
    let number = start.next().is_some_and(|c| c.is_ascii_digit())
        && !(lower.starts_with(['0', '1']) && start.next().is_some_and(char::is_alphabetic));
    let lettered = !number && lower.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let mut out = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            '0' if lettered => out.push('o'),
            '1' if lettered => out.push('l'),
            '6' if lettered => out.push('o'),
            'á' | 'à' | 'â' | 'ã' | 'å' | 'ą' | 'ă' | 'ā' => out.push('a'),
            'ä' => out.push('a'),
            'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' | 'ē' => out.push('e'),
            'í' | 'ì' | 'î' | 'ï' | 'ī' => out.push('i'),
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' => out.push('o'),
            'ú' | 'ù' | 'û' | 'ü' | 'ů' | 'ű' => out.push('u'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'ñ' | 'ń' | 'ň' => out.push('n'),
            'ł' => out.push('l'),
            'ś' | 'š' | 'ş' => out.push('s'),
            'ž' | 'ź' | 'ż' => out.push('z'),
            'ý' => out.push('y'),
            'ř' => out.push('r'),
            'ß' => out.push_str("ss"),
            c if c.is_ascii() => out.push(c),
            _ => {}
        }
    }
    out
}

impl<'a> Page<'a> {
    pub fn new(text: &'a str, layout: &Layout, parse: &Parse, pack: &NameWords) -> Page<'a> {
        let mut page = Page {
            text,
            words: Vec::new(),
            blocks: Vec::new(),
            looks: Vec::new(),
        };
        for (id, block) in layout.blocks.iter().enumerate() {
            let first = page.words.len();
            page.scan(block.span, id, pack);
            if !matches!(block.kind, BlockKind::Item) {
                page.drop_numeral(first);
            }
            if block.label.is_some() || first < page.words.len() {
                page.mark_starts(first, block.label.map(|label| label.end));
            }
            let look = page.look(first, pack);
            page.looks.push(look);
            page.blocks.push(first..page.words.len());
        }
        let mut token = 0;
        for word in &mut page.words {
            while token < parse.tokens.len() && parse.tokens[token].span.end <= word.span.start {
                token += 1;
            }
            word.token = parse
                .tokens
                .get(token)
                .filter(|t| t.span.overlaps(word.span))
                .map(|_| token);
        }
        page
    }

    fn scan(&mut self, within: Span, block: usize, pack: &NameWords) {
        let text = self.text;
        let mut at = within.start;
        while at < within.end {
            let rest = &text[at..within.end];
            let Some(c) = rest.chars().next() else { break };
            if c.is_whitespace() {
                at += c.len_utf8();
                continue;
            }
            let previous = self
                .words
                .last()
                .filter(|word| word.span.end == at && word.kind < Kind::Possessive);
            let length = if c.is_alphanumeric() {
                word_length(rest, pack)
            } else if let Some(length) = previous.and_then(|_| possessive_length(rest)) {
                self.push(Span::new(at, at + length), Kind::Possessive, block);
                at += length;
                continue;
            } else {
                0
            };
            if length == 0 {
                self.push(Span::new(at, at + c.len_utf8()), Kind::Mark, block);
                at += c.len_utf8();
                continue;
            }
            let span = Span::new(at, at + length);
            self.push(span, kind_of(span.of(text), pack), block);
            self.correct(pack);
            at += length;
        }
    }

    fn push(&mut self, span: Span, kind: Kind, block: usize) {
        let lower = plain(span.of(self.text));
        let lower = if kind == Kind::Mark {
            lower
        } else {
            lower.trim_end_matches('.').to_owned()
        };
        let lower = match lower.strip_prefix(['l', '1']) {
            Some(rest) if kind == Kind::Dotted => format!("i{rest}"),
            _ => lower,
        };
        self.words.push(Word {
            span,
            kind,
            fold: fold(&lower),
            lower,
            block,
            starts: false,
            token: None,
        });
    }

    /// Reads the usual confusions of a scanner where that gives a known word: "Rai1way", "Septernber".
    fn correct(&mut self, pack: &NameWords) {
        let Some(word) = self
            .words
            .last_mut()
            .filter(|word| word.kind < Kind::Initial)
        else {
            return;
        };
        if word.lower.len() < 5 || known(&word.lower, pack) {
            return;
        }
        // "ltalian"
        if let Some(rest) = word
            .lower
            .strip_prefix('l')
            .filter(|_| word.kind == Kind::Lower)
        {
            let clean = format!("i{rest}");
            if pack.no_names.contains(&clean)
                || pack.tables.places.contains(&clean)
                || pack.tables.given.contains(&clean)
            {
                word.kind = Kind::Capital;
                word.fold.clone_from(&clean);
                word.lower = clean;
                return;
            }
        }
        let clean = word.fold.replace("rn", "m");
        if clean != word.lower && known(&clean, pack) {
            word.fold.clone_from(&clean);
            word.lower = clean;
        }
    }

    /// "IV." before a heading is its number, not initials.
    fn drop_numeral(&mut self, first: usize) {
        let Some(word) = self.words.get(first) else {
            return;
        };
        let numeral = word.lower.chars().all(|c| "ivxlc".contains(c)) || word.lower == "a";
        let next_is_surname = self.words.get(first + 1).is_none_or(|next| {
            matches!(next.kind, Kind::Initial) || next.kind == Kind::Capital && word.lower.len() < 2
        });
        if word.kind == Kind::Initial && numeral && !next_is_surname {
            self.words[first].kind = Kind::Mark;
        }
    }

    fn mark_starts(&mut self, first: usize, label_end: Option<usize>) {
        let mut open = true;
        for at in first..self.words.len() {
            let before = (at > first).then(|| self.words[at - 1].clone());
            let word = &mut self.words[at];
            if label_end.is_some_and(|end| word.span.start >= end)
                && before.as_ref().is_some_and(|b| b.lower == ":")
            {
                open = true;
            }
            if word.kind < Kind::Possessive {
                word.starts = open;
                open = false;
            } else if matches!(word.lower.as_str(), "." | "?" | "!" | ":")
                || word.lower.chars().all(opens_quote)
                    && before.is_some_and(|b| matches!(b.lower.as_str(), ":" | ","))
            {
                open = true;
            }
        }
    }

    fn look(&self, first: usize, pack: &NameWords) -> Look {
        let (mut letters, mut capitals) = (0, 0);
        let (mut words, mut capitalised) = (0, 0);
        for word in &self.words[first..] {
            if word.kind >= Kind::Ordinal {
                continue;
            }
            for c in word
                .span
                .of(self.text)
                .chars()
                .filter(|c| c.is_alphabetic())
            {
                letters += 1;
                capitals += usize::from(c.is_uppercase());
            }
            if word.lower.chars().count() > 3 && !pack.function_words.contains(&word.lower) {
                words += 1;
                capitalised += usize::from(word.kind != Kind::Lower);
            }
        }
        Look {
            all_caps: letters > 3 && capitals * 20 >= letters * 17,
            title_case: (2..=LONGEST_HEADING).contains(&words) && capitalised * 10 >= words * 8,
        }
    }

    pub fn span(&self, words: Range<usize>) -> Span {
        match self
            .words
            .get(words)
            .and_then(|w| Some((w.first()?, w.last()?)))
        {
            Some((first, last)) => first.span.cover(last.span),
            None => Span::default(),
        }
    }

    /// The words' plain forms joined by spaces.
    pub fn phrase(&self, words: Range<usize>) -> String {
        let mut phrase = String::new();
        for word in &self.words[words] {
            if word.kind != Kind::Possessive && !phrase.is_empty() {
                phrase.push(' ');
            }
            phrase.push_str(&word.lower);
        }
        phrase
    }
}

/// In words of more than three letters; longer blocks are running text, however many names they hold.
const LONGEST_HEADING: usize = 18;

fn known(lower: &str, pack: &NameWords) -> bool {
    pack.tables.words.contains(lower)
        || pack.tables.places.contains(lower)
        || pack.tables.given.contains(lower)
        || pack.no_names.contains(lower)
        || pack.titles.contains(lower)
        || pack.heads.last_type(lower).is_some()
        || pack.heads.first_type(lower).is_some()
}

/// The characters of a text by their number, read as far as they are asked for.
struct Ahead<'a> {
    read: RefCell<(Vec<(usize, char)>, CharIndices<'a>)>,
}

impl Ahead<'_> {
    fn new(text: &str) -> Ahead<'_> {
        Ahead {
            read: RefCell::new((Vec::new(), text.char_indices())),
        }
    }

    /// The character of that number, and its byte.
    fn letter(&self, number: usize) -> Option<(usize, char)> {
        let mut read = self.read.borrow_mut();
        let (known, rest) = &mut *read;
        while known.len() <= number {
            known.push(rest.next()?);
        }
        known.get(number).copied()
    }
}

fn word_length(rest: &str, pack: &NameWords) -> usize {
    let ahead = Ahead::new(rest);
    let c = |i: usize| ahead.letter(i).map(|(_, c)| c);
    let end = |i: usize| ahead.letter(i).map_or(rest.len(), |(at, _)| at);
    // "D.L.U.", "U.S.", and "I.", "J.-A."
    // "l.C.U.": the first letter taken for another.
    let damaged = matches!(c(0), Some('l' | '1'))
        && c(2).is_some_and(char::is_uppercase)
        && c(3) == Some('.');
    if (c(0).is_some_and(char::is_uppercase) || damaged) && c(1) == Some('.') {
        let mut i = 2;
        loop {
            let hyphen = usize::from(c(i).is_some_and(is_hyphen));
            if c(i + hyphen).is_some_and(char::is_uppercase) && c(i + hyphen + 1) == Some('.') {
                i += hyphen + 2;
            } else {
                break;
            }
        }
        return end(i);
    }
    let mut i = 0;
    while let Some(now) = c(i) {
        let joins = |i: usize| c(i + 1).is_some_and(char::is_alphanumeric);
        let possessive = is_apostrophe(now)
            && c(i + 1).is_some_and(|c| c == 's' || c == 'S')
            && !c(i + 2).is_some_and(char::is_alphanumeric);
        let glued = is_hyphen(now)
            && c(i + 1).is_some_and(char::is_uppercase)
            && pack.function_words.contains(&rest[..end(i)]);
        if now.is_alphanumeric()
            || is_hyphen(now) && joins(i) && !glued
            || is_apostrophe(now) && joins(i) && !possessive
            || now == ','
                && i > 0
                && c(i - 1).is_some_and(|c| c.is_ascii_digit())
                && c(i + 1).is_some_and(|c| c.is_ascii_digit())
        {
            i += 1;
        } else {
            break;
        }
    }
    let word: String = rest[..end(i)].to_owned();
    let upper = word.chars().all(|c| c.is_uppercase()) && word.chars().count() >= 2;
    if upper && c(i) == Some('(') {
        let mut close = i + 1;
        while c(close).is_some_and(char::is_alphabetic) && close < i + 3 {
            close += 1;
        }
        if close > i + 1 && c(close) == Some(')') {
            return end(close + 1);
        }
    }
    let lower = plain(&word);
    if c(i) == Some('.') && pack.dotted.contains(&lower) && word.starts(char::is_uppercase) {
        i += 1;
    }
    end(i)
}

/// "I6th", "lst": an ordinal in which a scanner took digits for letters.
fn damaged_ordinal(word: &str, pack: &NameWords) -> bool {
    pack.grammar.ordinal_endings.iter().any(|ending| {
        word.strip_suffix(ending.as_str()).is_some_and(|number| {
            let digits = number.chars().filter(char::is_ascii_digit).count();
            (1..=3).contains(&number.len())
                && number
                    .chars()
                    .all(|c| c.is_ascii_digit() || matches!(c, 'l' | 'I' | 'O' | 'o' | 'i'))
                && (digits > 0 || number == "l" || number == "ll")
        })
    })
}

trait Starts {
    fn starts(&self, test: impl Fn(char) -> bool) -> bool;
}

impl Starts for str {
    fn starts(&self, test: impl Fn(char) -> bool) -> bool {
        self.chars().next().is_some_and(test)
    }
}

fn possessive_length(rest: &str) -> Option<usize> {
    let mut chars = rest.chars();
    let mark = chars.next().filter(|&c| is_apostrophe(c))?;
    let after: Vec<char> = chars.take(2).collect();
    match after.as_slice() {
        [s, next] if matches!(s, 's' | 'S') && !next.is_alphanumeric() => Some(mark.len_utf8() + 1),
        ['s' | 'S'] => Some(mark.len_utf8() + 1),
        [next, ..] if next.is_alphanumeric() => None,
        _ => Some(mark.len_utf8()),
    }
}

fn kind_of(word: &str, pack: &NameWords) -> Kind {
    let first = word.chars().next().unwrap_or(' ');
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let dots = word.chars().filter(|&c| c == '.').count();
    if damaged_ordinal(word, pack) {
        return Kind::Ordinal;
    }
    if first.is_ascii_digit() && dots < 2 {
        let tail = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let ordinal = pack.grammar.ordinal_endings.contains(&tail.to_lowercase());
        return if ordinal {
            Kind::Ordinal
        } else if letters > 3 && tail.starts_with(char::is_lowercase) && matches!(first, '0' | '1')
        {
            // "0swald"
            Kind::Capital
        } else if letters > 3 {
            Kind::Lower
        } else {
            Kind::Number
        };
    }
    if dots > 0 {
        let lower = plain(word);
        let lower = lower.trim_end_matches('.');
        if letters == 1
            || dots > 1 && word.chars().any(is_hyphen)
            || pack.dotted_given.contains(lower)
        {
            return Kind::Initial;
        }
        if dots > 1 {
            return Kind::Dotted;
        }
        return Kind::Capital;
    }
    if !first.is_uppercase() {
        return Kind::Lower;
    }
    if letters == 1 && word.chars().count() > 1 {
        return Kind::Number;
    }
    let lowered = word.chars().filter(|c| c.is_lowercase()).count();
    let bare = word.split('(').next().unwrap_or(word);
    if letters >= 2 && bare.chars().all(|c| !c.is_lowercase()) {
        return Kind::Upper;
    }
    // "SRs": an abbreviation in the plural
    if lowered == 1 && letters >= 3 && word.ends_with('s') {
        return Kind::Upper;
    }
    Kind::Capital
}
