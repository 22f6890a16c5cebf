//! The report with all that features are made of, found once.

use std::ops::Range;

use hashbrown::HashMap;
use svodka_model::{Layout, Parse};
use svodka_pack::NameWords;

use super::super::SeenWord;
use super::super::decide::{Heard, Named};
use super::super::page::{Kind, Page, closes_quote, opens_quote};
use super::forms::{Company, Form, Label, SIGNS, lists};

/// A stretch of capitals and what joins them, or a candidate of the rules.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    pub words: Range<usize>,
    /// What the rules say of a candidate.
    pub heard: Option<Heard>,
}

/// The report as the learned part sees it.
pub(in super::super) struct View<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) layout: &'a Layout,
    pub(super) parse: &'a Parse,
    pub(super) pack: &'a NameWords,
    /// What the rules call each word.
    pub(super) rules: Vec<Label>,
    /// Each word's place in `forms`.
    pub(super) form: Vec<usize>,
    pub(super) forms: Vec<Form>,
    pub(super) stretches: Vec<Stretch>,
    /// Each word's candidate among the stretches.
    pub(super) candidate: Vec<Option<usize>>,
    /// Each word's run of capitals among the stretches.
    pub(super) run: Vec<Option<usize>>,
    /// Each word's proposal of the recogniser.
    pub(super) proposal: Vec<Option<usize>>,
    /// Whether a quotation is open.
    pub(super) quoted: Vec<bool>,
    /// Whether a bracket is open.
    pub(super) bracketed: Vec<bool>,
    /// Whether something that looks like a name is near enough for the word to be part of one.
    pub(super) near: Vec<bool>,
}

/// How far from a capital, number, candidate or proposal a word may still be part of a name.
const REACH: usize = 2;

impl<'a> View<'a> {
    pub fn new(
        page: &'a Page<'a>,
        layout: &'a Layout,
        parse: &'a Parse,
        pack: &'a NameWords,
        named: &[Named],
        heard: &[Heard],
    ) -> View<'a> {
        let count = page.words.len();
        let mut view = View {
            page,
            layout,
            parse,
            pack,
            rules: vec![Label::OUTSIDE; count],
            form: Vec::with_capacity(count),
            forms: Vec::new(),
            stretches: Vec::new(),
            candidate: vec![None; count],
            run: vec![None; count],
            proposal: vec![None; count],
            quoted: vec![false; count],
            bracketed: vec![false; count],
            near: vec![false; count],
        };
        for name in named {
            let words = name.candidate.words.clone();
            for at in words.clone() {
                view.rules[at] = Label::later(name.kind);
            }
            view.rules[words.start] = Label::first(name.kind);
        }
        for heard in heard {
            for at in heard.words.clone() {
                view.candidate[at] = Some(view.stretches.len());
            }
            view.stretches.push(Stretch {
                words: heard.words.clone(),
                heard: Some(heard.clone()),
            });
        }
        view.forms();
        view.proposals();
        for block in &page.blocks {
            view.open(block.clone());
            view.runs(block.clone());
        }
        view.companies();
        view.nearness();
        view
    }

    /// Notes for every form what stands around and in its runs.
    fn companies(&mut self) {
        let runs = self
            .stretches
            .iter()
            .filter(|stretch| stretch.heard.is_none());
        let words = &self.page.words;
        let mut found: Vec<(usize, Company)> = Vec::new();
        for run in runs {
            let (first, last) = (run.words.start, run.words.end - 1);
            let block = &self.page.blocks[words[first].block];
            let lists = |at: usize| self.forms[self.form[at]].lists;
            let before = first.checked_sub(1).filter(|&at| at >= block.start);
            let after = Some(last + 1).filter(|&at| at < block.end);
            for at in run
                .words
                .clone()
                .filter(|&at| words[at].kind != Kind::Lower)
            {
                let mut signs = 0_u64;
                let mut sign = |name: &str| {
                    if let Some(bit) = SIGNS.iter().position(|sign| *sign == name) {
                        signs |= 1 << bit;
                    }
                };
                if at > first && words[first].kind == Kind::Initial {
                    sign("initial");
                }
                if after.is_some_and(|after| words[after].kind == Kind::Possessive) {
                    sign("owner");
                }
                if self.quoted[at] {
                    sign("in-quotes");
                }
                if let Some(proposal) = self.proposal[at] {
                    sign(&self.parse.proposals[proposal].label);
                }
                if let Some(token) = words[at].token.map(|token| &self.parse.tokens[token]) {
                    match token.dep.as_str() {
                        "nsubj" => sign("subject"),
                        "dobj" => sign("object"),
                        _ => {}
                    }
                    let verb = self.parse.tokens[token.head].lemma.as_str();
                    if token.dep == "nsubj" && self.pack.human_verbs.contains(verb) {
                        sign("of-human-verb");
                    }
                }
                let company = Company {
                    before: before.map_or(0, lists),
                    after: after.map_or(0, lists),
                    first: if at == first { 0 } else { lists(first) },
                    last: if at == last { 0 } else { lists(last) },
                    signs,
                };
                found.push((self.form[at], company));
            }
        }
        for (form, company) in found {
            let all = &mut self.forms[form].company;
            all.before |= company.before;
            all.after |= company.after;
            all.first |= company.first;
            all.last |= company.last;
            all.signs |= company.signs;
        }
    }

    /// A word for the trainer.
    pub fn seen(&self, at: usize) -> SeenWord {
        let mut features = Vec::new();
        if self.near[at] {
            self.features(at, &mut features);
        }
        SeenWord {
            span: self.page.words[at].span,
            label: self.rules[at].code(),
            features,
        }
    }

    fn forms(&mut self) {
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (at, word) in self.page.words.iter().enumerate() {
            let form = *known.entry(&word.lower).or_insert_with(|| {
                self.forms.push(Form {
                    lists: lists(word, self.pack),
                    ..Form::default()
                });
                self.forms.len() - 1
            });
            self.form.push(form);
            let form = &mut self.forms[form];
            let label = self.rules[at];
            let look = self.page.looks[word.block];
            match (label.begins().or_else(|| label.goes_on()), word.kind) {
                (Some(kind), _) => form.kinds[kind as usize] += 1,
                (None, Kind::Lower) => form.small += 1,
                (None, Kind::Capital | Kind::Upper)
                    if !word.starts && !look.all_caps && !look.title_case =>
                {
                    form.bare += 1;
                }
                _ => {}
            }
            if word.kind != Kind::Lower && !word.starts && !look.all_caps && !look.title_case {
                form.capital += 1;
            }
        }
    }

    fn proposals(&mut self) {
        let mut next = 0;
        for (at, word) in self.page.words.iter().enumerate() {
            let Some(token) = word.token else { continue };
            let proposals = &self.parse.proposals;
            while next < proposals.len() && proposals[next].tokens.end <= token {
                next += 1;
            }
            self.proposal[at] = proposals
                .get(next)
                .filter(|proposal| proposal.tokens.contains(&token))
                .map(|_| next);
        }
    }

    /// Notes where quotations and brackets are open.
    fn open(&mut self, block: Range<usize>) {
        let (mut quote, mut bracket) = (false, 0_u32);
        for at in block {
            let word = &self.page.words[at];
            if word.kind == Kind::Mark {
                match word.lower.as_str() {
                    "(" | "[" => bracket += 1,
                    ")" | "]" => bracket = bracket.saturating_sub(1),
                    mark if mark.chars().all(|c| opens_quote(c) && closes_quote(c)) => {
                        quote = !quote
                    }
                    mark if mark.chars().all(opens_quote) => quote = true,
                    mark if mark.chars().all(closes_quote) => quote = false,
                    _ => {}
                }
            }
            self.quoted[at] = quote;
            self.bracketed[at] = bracket > 0;
        }
    }

    /// Finds runs of capitals with the small words that join them.
    fn runs(&mut self, block: Range<usize>) {
        let capital = |at: usize| {
            matches!(
                self.page.words[at].kind,
                Kind::Capital | Kind::Upper | Kind::Initial | Kind::Dotted
            )
        };
        let joins = |at: usize| {
            let word = &self.page.words[at];
            let lower = &word.lower;
            word.kind == Kind::Lower
                && (self.pack.grammar.of.contains(lower)
                    || self.pack.grammar.definite.contains(lower)
                    || self.pack.joints.contains(lower)
                    || self.pack.particles.contains(lower)
                    || self.pack.nobiliary.contains(lower))
                || lower == "&"
        };
        let mut at = block.start;
        while at < block.end {
            if !capital(at) {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            loop {
                let mut next = end;
                while next < block.end && next < end + 2 && joins(next) {
                    next += 1;
                }
                if next < block.end && capital(next) {
                    end = next + 1;
                } else {
                    break;
                }
            }
            let run = self.stretches.len();
            self.run[at..end].fill(Some(run));
            self.stretches.push(Stretch {
                words: at..end,
                heard: None,
            });
            at = end;
        }
    }

    fn nearness(&mut self) {
        for block in &self.page.blocks {
            for at in block.clone() {
                let looks = (Kind::Capital..=Kind::Number).contains(&self.page.words[at].kind)
                    || self.candidate[at].is_some()
                    || self.proposal[at].is_some();
                if looks {
                    let from = at.saturating_sub(REACH).max(block.start);
                    let to = (at + REACH + 1).min(block.end);
                    self.near[from..to].fill(true);
                }
            }
        }
    }
}
