//! What is told of one word.

use svodka_model::{BlockKind, NameType, TokenId};

use super::super::page::Kind;
use super::Sink;
use super::forms::{Label, SIGNS, list_names};
use super::view::View;

/// Names of the places around a word.
const AROUND: [(isize, &str); 5] = [(0, "0"), (-1, "-1"), (1, "+1"), (-2, "-2"), (2, "+2")];

impl View<'_> {
    /// The word so far away, within the block.
    fn beside(&self, at: usize, offset: isize) -> Option<usize> {
        let other = at.checked_add_signed(offset)?;
        let block = self.page.words[at].block;
        (self.page.words.get(other)?.block == block).then_some(other)
    }

    fn lower(&self, at: Option<usize>) -> &str {
        at.map_or("#", |at| self.page.words[at].lower.as_str())
    }

    fn tag(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.page.words[at].token)
            .map_or("#", |token| self.parse.tokens[token].tag.as_str())
    }

    fn kind(&self, at: Option<usize>) -> &'static str {
        at.map_or("#", |at| kind_code(self.page.words[at].kind))
    }

    fn rule(&self, at: Option<usize>) -> &'static str {
        at.map_or("#", |at| self.rules[at].code())
    }

    fn recognised(&self, at: Option<usize>) -> [&str; 2] {
        let Some(at) = at else { return ["#", ""] };
        let Some(proposal) = self.proposal[at] else {
            return ["O", ""];
        };
        let begins = at
            .checked_sub(1)
            .is_none_or(|before| self.proposal[before] != Some(proposal));
        [
            if begins { "B-" } else { "I-" },
            self.parse.proposals[proposal].label.as_str(),
        ]
    }

    /// All features of a word, each once.
    pub(super) fn features(&self, at: usize, sink: &mut impl Sink) {
        self.around(at, sink);
        self.form_of(at, sink);
        self.company_of(at, sink);
        self.rules_here(at, sink);
        self.stretch_of(at, sink);
        self.syntax_of(at, sink);
    }

    fn around(&self, at: usize, sink: &mut impl Sink) {
        sink.add(&["always"]);
        for (offset, place) in AROUND {
            let other = self.beside(at, offset);
            sink.add(&["word", place, "=", self.lower(other)]);
            sink.add(&["kind", place, "=", self.kind(other)]);
            sink.add(&["tag", place, "=", self.tag(other)]);
            sink.add(&["rule", place, "=", self.rule(other)]);
            let [part, label] = self.recognised(other);
            sink.add(&["ner", place, "=", part, label]);
            if let Some(other) = other {
                for list in list_names(self.forms[self.form[other]].lists) {
                    sink.add(&["list", place, "=", list]);
                }
            }
        }
        let (before, after) = (self.beside(at, -1), self.beside(at, 1));
        sink.add(&[
            "kinds=",
            self.kind(before),
            ",",
            self.kind(Some(at)),
            ",",
            self.kind(after),
        ]);
        sink.add(&["words-=", self.lower(before), ",", self.lower(Some(at))]);
        sink.add(&["words+=", self.lower(Some(at)), ",", self.lower(after)]);
        sink.add(&[
            "tags=",
            self.tag(before),
            ",",
            self.tag(Some(at)),
            ",",
            self.tag(after),
        ]);
    }

    fn form_of(&self, at: usize, sink: &mut impl Sink) {
        let word = &self.page.words[at];
        let fold = word.fold.as_str();
        for length in [2, 3, 4] {
            if fold.is_ascii() && fold.len() > length {
                sink.add(&["ends=", &fold[fold.len() - length..]]);
            }
        }
        if fold.is_ascii() && fold.len() > 4 {
            sink.add(&["begins=", &fold[..3]]);
        }
        let kind = kind_code(word.kind);
        let look = self.page.looks[word.block];
        let look = match (look.all_caps, look.title_case) {
            (true, _) => "capitals",
            (_, true) => "heading",
            _ => "text",
        };
        sink.add(&["look=", look, ",", kind]);
        sink.add(&[
            "block=",
            block_code(&self.layout.blocks[word.block].kind),
            ",",
            kind,
        ]);
        if word.starts {
            sink.add(&["starts=", kind]);
        }
        if self.layout.blocks[word.block]
            .label
            .is_some_and(|label| label.overlaps(word.span))
        {
            sink.add(&["label=", kind]);
        }
        if self.quoted[at] {
            sink.add(&["quoted=", kind]);
        }
        if self.bracketed[at] {
            sink.add(&["bracketed=", kind]);
        }
        let form = &self.forms[self.form[at]];
        if form.small > u32::from(word.kind == Kind::Lower) {
            sink.add(&["also-small=", kind]);
        }
        if form.capital > 1 {
            sink.add(&["often-capital=", kind]);
        }
        let rule = self.rules[at];
        for other in NameType::ALL {
            let own = rule == Label::first(other) || rule == Label::later(other);
            if form.kinds[other as usize] > u32::from(own) {
                sink.add(&["elsewhere=", other.code()]);
                sink.add(&["elsewhere=", other.code(), ",", rule.code()]);
            }
        }
        if form.bare > u32::from(rule == Label::OUTSIDE && word.kind != Kind::Lower) {
            sink.add(&["elsewhere=bare"]);
            sink.add(&["elsewhere=bare,", rule.code()]);
        }
    }

    /// What stands around the form anywhere in the report.
    fn company_of(&self, at: usize, sink: &mut impl Sink) {
        if self.page.words[at].kind == Kind::Lower {
            return;
        }
        let company = &self.forms[self.form[at]].company;
        let sides = [
            (company.before, "before"),
            (company.after, "after"),
            (company.first, "first"),
            (company.last, "last"),
        ];
        for (lists, side) in sides {
            for list in list_names(lists) {
                sink.add(&["anywhere ", side, "=", list]);
            }
        }
        for (bit, sign) in SIGNS.into_iter().enumerate() {
            if company.signs >> bit & 1 == 1 {
                sink.add(&["anywhere=", sign]);
                sink.add(&["anywhere=", sign, ",", self.rules[at].code()]);
            }
        }
    }

    /// What the rules decided, together with other things.
    fn rules_here(&self, at: usize, sink: &mut impl Sink) {
        let rule = self.rules[at].code();
        let (before, after) = (self.beside(at, -1), self.beside(at, 1));
        sink.add(&["rules-=", self.rule(before), ",", rule]);
        sink.add(&["rules+=", rule, ",", self.rule(after)]);
        sink.add(&[
            "rules=",
            self.rule(before),
            ",",
            rule,
            ",",
            self.rule(after),
        ]);
        let [part, label] = self.recognised(Some(at));
        sink.add(&["rule,ner=", rule, ",", part, label]);
        sink.add(&["rule,kind=", rule, ",", self.kind(Some(at))]);
        sink.add(&["rule,word=", rule, ",", self.lower(Some(at))]);
        sink.add(&["rule,word-=", rule, ",", self.lower(before)]);
        sink.add(&["rule,word+=", rule, ",", self.lower(after)]);
        sink.add(&["rule,tag=", rule, ",", self.tag(Some(at))]);
        for (offset, place) in [(0, "0"), (-1, "-1"), (1, "+1")] {
            if let Some(other) = self.beside(at, offset) {
                for list in list_names(self.forms[self.form[other]].lists) {
                    sink.add(&["rule,list", place, "=", rule, ",", list]);
                }
            }
        }
        let block = block_code(&self.layout.blocks[self.page.words[at].block].kind);
        sink.add(&["rule,block=", rule, ",", block]);
        if self.quoted[at] {
            sink.add(&["rule,quoted=", rule]);
        }
    }

    /// The candidate or run of capitals that the word belongs to.
    fn stretch_of(&self, at: usize, sink: &mut impl Sink) {
        let rule = self.rules[at].code();
        let stretches = [(self.candidate[at], "candidate"), (self.run[at], "run")];
        for (stretch, what) in stretches {
            let Some(stretch) = stretch.map(|stretch| &self.stretches[stretch]) else {
                sink.add(&[what, "=none"]);
                continue;
            };
            let words = stretch.words.clone();
            let part = match (at == words.start, at + 1 == words.end) {
                (true, true) => "only",
                (true, false) => "first",
                (false, true) => "last",
                _ => "inner",
            };
            let length = ["0", "1", "2", "3", "4", "5", "6"][words.len().min(6)];
            let (first, last) = (words.start, words.end - 1);
            let before = self.beside(first, -1);
            let after = self.beside(last, 1);
            sink.add(&[what, "=", part, ",", length]);
            sink.add(&[what, " rule=", part, ",", rule]);
            sink.add(&[what, " first=", part, ",", self.lower(Some(first))]);
            sink.add(&[what, " last=", part, ",", self.lower(Some(last))]);
            sink.add(&[what, " before=", part, ",", self.lower(before)]);
            sink.add(&[what, " after=", part, ",", self.lower(after)]);
            sink.add(&[
                what,
                " before,rule=",
                part,
                ",",
                self.lower(before),
                ",",
                rule,
            ]);
            sink.add(&[
                what,
                " after,rule=",
                part,
                ",",
                self.lower(after),
                ",",
                rule,
            ]);
            let places = [
                (Some(first), " first"),
                (Some(last), " last"),
                (before, " before"),
                (after, " after"),
            ];
            for (other, place) in places {
                if let Some(other) = other {
                    for list in list_names(self.forms[self.form[other]].lists) {
                        sink.add(&[what, place, " list=", part, ",", list]);
                    }
                }
            }
            if let Some(heard) = &stretch.heard {
                let (kind, strength) = (heard.kind.code(), size(heard.strength));
                sink.add(&[what, " heard=", part, ",", kind, ",", strength]);
                sink.add(&[what, " lead=", kind, ",", size(heard.lead)]);
                sink.add(&[what, " lead,rule=", size(heard.lead), ",", rule]);
                sink.add(&[what, " heard,rule=", kind, ",", strength, ",", rule]);
                if heard.sure {
                    sink.add(&[what, " sure=", rule]);
                }
            }
        }
    }

    fn syntax_of(&self, at: usize, sink: &mut impl Sink) {
        let Some(token) = self.page.words[at].token else {
            sink.add(&["unparsed"]);
            return;
        };
        let stretch = self.candidate[at].or(self.run[at]);
        let root = stretch.map_or(token, |stretch| {
            self.root(self.stretches[stretch].words.clone(), token)
        });
        let tokens = &self.parse.tokens;
        sink.add(&["dep=", tokens[token].dep.as_str()]);
        let (dep, head) = (tokens[root].dep.as_str(), &tokens[tokens[root].head]);
        sink.add(&["root dep=", dep]);
        sink.add(&["root head=", dep, ",", head.lemma.as_str()]);
        sink.add(&["root dep,rule=", dep, ",", self.rules[at].code()]);
        if dep == "pobj" {
            let above = &tokens[head.head];
            sink.add(&[
                "root above=",
                head.lemma.as_str(),
                ",",
                above.lemma.as_str(),
            ]);
        }
    }

    /// The token on which the others of these words hang.
    fn root(&self, words: std::ops::Range<usize>, otherwise: TokenId) -> TokenId {
        let mut tokens = words.filter_map(|at| self.page.words[at].token);
        let (first, last) = (tokens.clone().next(), tokens.clone().next_back());
        let outside = |token: &TokenId| {
            let head = self.parse.tokens[*token].head;
            head == *token || Some(head) < first || Some(head) > last
        };
        tokens.rfind(outside).unwrap_or(otherwise)
    }
}

fn size(votes: f32) -> &'static str {
    match votes {
        v if v < 0.0 => "-",
        v if v < 1.0 => "0",
        v if v < 2.0 => "1",
        v if v < 4.0 => "2",
        v if v < 8.0 => "4",
        v if v < 16.0 => "8",
        v if v < 32.0 => "16",
        _ => "32",
    }
}

fn kind_code(kind: Kind) -> &'static str {
    match kind {
        Kind::Lower => "lower",
        Kind::Capital => "capital",
        Kind::Upper => "upper",
        Kind::Initial => "initial",
        Kind::Dotted => "dotted",
        Kind::Ordinal => "ordinal",
        Kind::Number => "number",
        Kind::Possessive => "possessive",
        Kind::Mark => "mark",
    }
}

fn block_code(kind: &BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Heading { .. } => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Item => "item",
        BlockKind::Matter => "matter",
        BlockKind::Foreign => "foreign",
    }
}
