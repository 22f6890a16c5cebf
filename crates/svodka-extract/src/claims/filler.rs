//! Turns what a path leads to into what fills a role.

use std::ops::Range;

use svodka_model::{Filler, MentionId, Span, TokenId};
use svodka_pack::Accepts;

use super::scene::Scene;
use super::walk::Target;

/// At most this many tokens stand between two names of a list.
const LONGEST_GAP: usize = 5;

impl Scene<'_> {
    /// What fills a role at each target, each filler once.
    pub fn fillers(&self, targets: &[Target], accepts: &Accepts) -> Vec<Filler> {
        let mut fillers: Vec<Filler> = Vec::new();
        for &target in targets {
            let found = match target {
                Target::Name(mention) => vec![self.named(mention)],
                Target::Token(token) => self.filler(token, accepts),
            };
            let listed = found
                .last()
                .and_then(|last| self.mention_of(last))
                .map_or_else(Vec::new, |last| self.listed_after(last));
            let found = found
                .into_iter()
                .chain(listed.into_iter().map(|name| self.named(name)));
            for filler in found {
                let known = |other: &Filler| {
                    other.text == filler.text
                        || (other.entity.is_some() && other.entity == filler.entity)
                };
                if !fillers.iter().any(known) {
                    fillers.push(filler);
                }
            }
        }
        fillers
    }

    fn mention_of(&self, filler: &Filler) -> Option<MentionId> {
        let span = filler.span.filter(|_| filler.entity.is_some())?;
        self.mentions_in(span).next()
    }

    /// The names that follow a name in a list and are of its type. A parser loses its way in long lists; commas,
    /// "and", and the common noun of the thing ("the A works, B and C") do not mislead.
    fn listed_after(&self, first: MentionId) -> Vec<MentionId> {
        let mentions = self.reading.mentions;
        let parse = self.reading.parse;
        let mut list = Vec::new();
        let mut last = first;
        let mut closed = false;
        while let Some(next) = mentions
            .get(last + 1)
            .filter(|next| next.kind == mentions[first].kind)
        {
            let gap = parse.tokens_in(Span::new(mentions[last].span.end, next.span.start));
            let (mut joined, mut bracket) = (false, false);
            let passes = gap.len() <= LONGEST_GAP
                && !gap.is_empty()
                && gap.clone().all(|token| {
                    let pos = &*self.token(token).pos;
                    joined |= matches!(&*self.forms[token], "," | ";") || pos == "CCONJ";
                    bracket |= &*self.forms[token] == "(";
                    let noun =
                        self.pack.attribution.anaphors.get(&self.lemmas[token]) == Some(&next.kind);
                    noun || matches!(pos, "PUNCT" | "CCONJ" | "ADV")
                });
            let sentence = |tokens: std::ops::Range<TokenId>| {
                tokens.map(|token| parse.sentence_of(token)).next()
            };
            if !passes
                || !(joined || bracket)
                || sentence(gap.clone()) != sentence(parse.tokens_in(next.span))
            {
                break;
            }
            closed |= gap.clone().any(|token| &*self.token(token).pos == "CCONJ");
            last += 1;
            // What stands in brackets is another name of the one before.
            if !bracket {
                list.push(last);
            }
        }
        // "According to A, B left" is no list: a list has its "and", be it before "others".
        let after = parse
            .tokens_in(Span::new(mentions[last].span.end, self.reading.text.len()))
            .take(4);
        closed |= after
            .clone()
            .any(|token| &*self.token(token).pos == "CCONJ");
        if closed { list } else { Vec::new() }
    }

    /// Whether a token names or means what fits a role of names and listed nouns.
    pub fn could_fill(&self, token: TokenId, accepts: &Accepts) -> bool {
        let typed = Accepts {
            names: accepts.names.clone(),
            heads: accepts.heads.clone(),
            numeral: accepts.numeral,
            amount: accepts.amount,
            number: accepts.number,
            ..Accepts::default()
        };
        !self.filler(token, &typed).is_empty()
    }

    /// What a token can fill a role with.
    pub fn filler(&self, token: TokenId, accepts: &Accepts) -> Vec<Filler> {
        let named = self.names_at(token, accepts);
        if !named.is_empty() {
            return named;
        }
        if let Some(mention) = self.refers_to(token, accepts) {
            return vec![self.named(mention)];
        }
        if self.in_date(token) {
            return Vec::new();
        }
        let pronoun = &*self.token(token).pos == "PRON";
        if let Some(people) = accepts
            .heads
            .as_ref()
            .and_then(|heads| self.they(token, heads))
        {
            return vec![self.quoted(self.noun_phrase(people))];
        }
        let listed = accepts.heads.as_ref().is_some_and(|heads| {
            heads.contains(&self.lemmas[token]) || heads.contains(&self.forms[token])
        });
        let found = if accepts.amount {
            self.amount(token)
        } else if accepts.number {
            self.number(token)
        } else if listed
            || (accepts.phrase
                && !pronoun
                && matches!(&*self.token(token).pos, "NOUN" | "PROPN" | "NUM" | "ADJ"))
        {
            Some(self.quoted(self.noun_phrase(token)))
        } else if accepts.counted && !pronoun {
            Some(self.quoted(self.counted(token)))
        } else if accepts.noun && !pronoun {
            Some(self.quoted(self.premodified(token)))
        } else if accepts.numeral && self.stands_for_people(token) {
            Some(self.quoted(self.noun_phrase(token)))
        } else if accepts.predicate && matches!(&*self.token(token).pos, "VERB" | "AUX" | "NOUN") {
            Some(self.quoted(self.predicate(token)))
        } else if accepts.clause && !pronoun {
            let subtree = self.subtree(token);
            let span = self
                .reading
                .parse
                .span(subtree[0]..subtree[subtree.len() - 1] + 1);
            Some(self.quoted(self.bare(span)))
        } else {
            None
        };
        found.into_iter().collect()
    }

    /// The fitting names of a noun phrase: its head if it is one, else what stands in apposition to it, else what
    /// modifies it ("the Halden works").
    fn names_at(&self, token: TokenId, accepts: &Accepts) -> Vec<Filler> {
        let fits = |token: TokenId| {
            self.mention_at[token].filter(|&name| accepts.names.contains(&self.kind(name)))
        };
        if let Some(mention) = fits(token) {
            return vec![self.named(mention)];
        }
        if self.mention_at[token].is_some() || accepts.names.is_empty() {
            return Vec::new();
        }
        for deps in [
            &["appos"][..],
            &["compound", "amod", "nmod", "poss", "nummod"],
        ] {
            let modifiers = self
                .children_by(token, deps)
                .flat_map(|child| self.coordinated(child));
            let found: Vec<_> = modifiers
                .filter_map(fits)
                .map(|name| self.named(name))
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        let first = std::iter::successors(Some(token), |&it| {
            self.head(it).filter(|_| self.dep(it) == "conj")
        })
        .last();
        let announces = first.is_some_and(|first| {
            self.children_by(first, &["amod", "acl"])
                .any(|it| self.is_any(it, &self.pack.attribution.announcers))
        });
        if announces {
            let after = Span::new(self.token(token).span.end, self.sentence_span(token).end);
            let first = self
                .mentions_in(after)
                .find(|&name| accepts.names.contains(&self.kind(name)));
            return first.map(|name| self.named(name)).into_iter().collect();
        }
        Vec::new()
    }

    /// A number or "all", "several" and the like that counts nothing named beside it.
    fn stands_for_people(&self, token: TokenId) -> bool {
        let word = &self.forms[token];
        matches!(&*self.token(token).pos, "NUM" | "PRON" | "NOUN" | "ADJ")
            && self.dep(token) != "nummod"
            && (self.pack.attribution.numbers.contains_key(word) || self.digits(token).is_some())
    }

    /// A verb with its particle, object, complement and short adjuncts, without agents and dates, as they stand.
    fn predicate(&self, verb: TokenId) -> Span {
        /// More words than these tell a story.
        const LONGEST: usize = 8;
        let mut last = verb;
        for &child in self.children[verb].iter().filter(|&&child| child > verb) {
            let dated = || self.children[child].iter().any(|&at| self.in_date(at));
            if matches!(
                self.dep(child),
                "prt" | "dobj" | "oprd" | "acomp" | "prep" | "advmod"
            ) && !dated()
            {
                let plain = self.subtree(child);
                let end = plain[plain.len() - 1];
                // What a comma cuts off tells what came of it.
                let cut = plain
                    .iter()
                    .copied()
                    .find(|&at| at > child && self.forms[at] == ",");
                let end = cut.map_or(end, |comma| comma - 1);
                if end - verb <= LONGEST {
                    last = end;
                } else if self.dep(child) == "dobj" {
                    last = child;
                }
            }
        }
        self.bare(self.reading.parse.span(verb..last + 1))
    }

    /// A noun with its modifiers and what hangs on it by "of" and the like, without articles, clauses and joined phrases.
    pub fn noun_phrase(&self, token: TokenId) -> Span {
        let mut tokens = vec![token];
        for &child in &self.children[token] {
            let kept = match self.dep(child) {
                "compound" | "amod" | "nmod" | "nummod" | "quantmod" => child < token,
                "poss" => child < token && &*self.token(child).pos != "PRON",
                "prep" => {
                    child == token + 1 && self.is_any(child, &self.pack.attribution.phrase_links)
                }
                _ => false,
            };
            if kept {
                tokens.extend(self.subtree(child));
            }
        }
        // What follows directly belongs to the noun even where the parser hangs it higher up.
        let next = token + 1;
        let linked = next < self.forms.len()
            && self.dep(next) == "prep"
            && self.is_any(next, &self.pack.attribution.phrase_links)
            && self.reading.parse.sentence_of(next) == self.reading.parse.sentence_of(token)
            && self
                .head(next)
                .is_some_and(|head| head < token && &*self.token(head).pos == "NOUN");
        if linked {
            tokens.extend(self.subtree(next));
        }
        let first = tokens.iter().copied().min().unwrap_or(token);
        let last = tokens.iter().copied().max().unwrap_or(token);
        self.bare(self.reading.parse.span(first..last + 1))
    }

    /// What a number counts: a noun with the modifiers behind its number and what hangs on it by a word right
    /// after it, if that does not count in its turn ("420 weavers of the second shift", "a group of nine").
    fn counted(&self, token: TokenId) -> Span {
        let named = self.premodified(token);
        let first = self.reading.parse.tokens_in(named).start;
        let start = (first..token)
            .rev()
            .find(|&at| self.digits(at).is_some())
            .map_or(first, |number| number + 1);
        let hangs = self
            .children_by(token, &["prep"])
            .find(|&child| child == token + 1);
        let last = hangs.and_then(|child| {
            let subtree = self.subtree(child);
            let plain = !subtree
                .iter()
                .any(|&at| self.digits(at).is_some() && self.mention_at[at].is_none());
            plain.then(|| subtree[subtree.len() - 1])
        });
        self.bare(
            self.reading
                .parse
                .span(start..last.unwrap_or(token).max(token) + 1),
        )
    }

    /// A noun with the modifiers before it, without articles, pronouns and what follows.
    fn premodified(&self, token: TokenId) -> Span {
        let before = |child: &TokenId| {
            *child < token && matches!(self.dep(*child), "compound" | "amod" | "nmod")
        };
        let modifiers = self.children[token].iter().copied().filter(before);
        let first = modifiers
            .flat_map(|child| self.subtree(child))
            .min()
            .unwrap_or(token);
        self.bare(self.reading.parse.span(first.min(token)..token + 1))
    }

    /// Without quotation marks, brackets and stops at its ends; a quotation that is cut through is taken in whole.
    fn bare(&self, span: Span) -> Span {
        let text = self.reading.text;
        let edge = |c: char| c.is_whitespace() || "\"“”‘’'()[],;:.—–-".contains(c);
        let words = span.of(text);
        let start = span.start + (words.len() - words.trim_start_matches(edge).len());
        let bare = Span::new(start, start + words.trim_matches(edge).len());
        let inner = bare.of(text);
        let straight = inner.matches('"').count() % 2 == 1;
        let opened = inner.matches('“').count();
        let closed = inner.matches('”').count();
        let mut whole = bare;
        if (straight || closed > opened) && text[..bare.start].ends_with(['"', '“']) {
            whole.start -= text[..bare.start]
                .chars()
                .next_back()
                .map_or(0, char::len_utf8);
        } else if straight || opened > closed {
            let rest = &text[bare.end..];
            let mark = rest.trim_start_matches([',', '.']);
            if let Some(mark) = mark.strip_prefix(['"', '”']) {
                whole.end += rest.len() - mark.len();
            }
        }
        whole
    }

    /// The digits of a number word, or of digits with separators.
    pub fn digits(&self, token: TokenId) -> Option<String> {
        let form = &self.forms[token];
        if let Some(digits) = self.pack.attribution.numbers.get(form) {
            return Some(digits.clone());
        }
        let plain: String = form.chars().filter(|c| !",'".contains(*c)).collect();
        let ends_in_digit = plain.ends_with(|c: char| c.is_ascii_digit());
        let numeric = |c: char| c.is_ascii_digit() || ".-–/½".contains(c);
        let number = plain.starts_with(|c: char| c.is_ascii_digit())
            && plain.chars().all(numeric)
            && ends_in_digit;
        number.then(|| plain.replace('–', "-"))
    }

    /// A number or range at a token: itself, or what counts it. The text is in digits.
    fn number(&self, token: TokenId) -> Option<Filler> {
        let counted: Vec<_> = self.children_by(token, &["nummod"]).collect();
        let at = if self.digits(token).is_some() {
            token
        } else {
            *counted.first()?
        };
        self.digits(at)?;
        let span = self.range_around(at);
        Some(Filler {
            text: self.range_text(span.clone())?,
            span: Some(self.reading.parse.span(span)),
            entity: None,
        })
    }

    /// A number or range with its unit, such as "1500-2500 rubles".
    fn amount(&self, token: TokenId) -> Option<Filler> {
        let subtree = self.subtree(token);
        if let Some(sum) = self.sum_in(subtree[0]..subtree[subtree.len() - 1] + 1) {
            return Some(Filler {
                text: self.sum_text(sum),
                ..self.quoted(sum)
            });
        }
        let units = &self.pack.attribution.units;
        let unit = subtree
            .iter()
            .copied()
            .find(|&token| self.is_any(token, units))?;
        let near = |at: &TokenId| at.abs_diff(unit) <= 8 && self.digits(*at).is_some();
        let number = subtree
            .iter()
            .copied()
            .filter(near)
            .min_by_key(|at| at.abs_diff(unit))?;
        let range = self.range_around(number);
        let text = self.range_text(range.clone())?;
        let whole = range.start.min(unit)..range.end.max(unit + 1);
        let unit = &self.forms[unit];
        let symbol = !unit.starts_with(char::is_alphabetic);
        let text = if symbol {
            format!("{unit}{text}")
        } else {
            format!("{text} {unit}")
        };
        Some(Filler {
            text,
            span: Some(self.reading.parse.span(whole)),
            entity: None,
        })
    }

    /// A sum as it stands, on one line, with its range closed up: "5s. 6d.", "1500-2500 rubles".
    fn sum_text(&self, sum: Span) -> String {
        let words: Vec<&str> = sum.of(self.reading.text).split_whitespace().collect();
        let mut text = String::new();
        for word in words {
            let joint = self
                .pack
                .attribution
                .range_joints
                .contains(&word.to_lowercase());
            if joint {
                text.push('-');
                continue;
            }
            if !text.is_empty() && !text.ends_with('-') {
                text.push(' ');
            }
            let plain = word.replace(',', "");
            text.push_str(
                self.pack
                    .attribution
                    .numbers
                    .get(&plain.to_lowercase())
                    .unwrap_or(&plain),
            );
        }
        text
    }

    /// The tokens of "A to B", "between A and B" or "A-B" around the number at a token.
    fn range_around(&self, token: TokenId) -> Range<TokenId> {
        let Some((own, _)) = self.numeral(token) else {
            return token..token + 1;
        };
        let joint = |at: TokenId| {
            self.forms
                .get(at)
                .is_some_and(|form| self.pack.attribution.range_joints.contains(form))
        };
        let same = |at: TokenId| {
            self.reading.parse.sentence_of(at) == self.reading.parse.sentence_of(token)
        };
        let numeral = |at: TokenId| {
            let known = at < self.forms.len() && same(at);
            known
                .then(|| self.numeral(at))
                .flatten()
                .map(|(range, _)| range)
        };
        let after = numeral(own.end + 1).filter(|_| joint(own.end));
        let before = own.start.checked_sub(2).filter(|_| joint(own.start - 1));
        match (after, before.and_then(numeral)) {
            (Some(after), _) => own.start..after.end,
            (None, Some(before)) => before.start..own.end,
            (None, None) => own,
        }
    }

    fn range_text(&self, tokens: Range<TokenId>) -> Option<String> {
        let mut numbers = Vec::new();
        let mut at = tokens.start;
        while at < tokens.end {
            let numeral = self
                .numeral(at)
                .filter(|(range, _)| range.end <= tokens.end);
            if let Some((range, digits)) = numeral {
                numbers.push(digits);
                at = range.end;
            } else {
                at += 1;
            }
        }
        (!numbers.is_empty()).then(|| numbers.join("-"))
    }
}
