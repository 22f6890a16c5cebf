//! HTML to a tree, by the browsers' own tokeniser.
//!
//! The tree is built here rather than by html5ever: its builder looks through all open elements at every tag, so that a page of
//! nothing but `<div>` takes hours, and it forgets the lines. What is simpler here (misnested formatting) moves no word.

use std::cell::RefCell;
use std::collections::BTreeMap;

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::IngestError;
use crate::limits::{DEEPEST, LARGEST_MARKUP, MOST_NODES};
use crate::tree::{Id, Node, Tree};

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Elements that end an open paragraph.
pub(crate) const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dd",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
];

struct Builder {
    tree: Tree,
    open: Vec<(Id, BTreeMap<String, u32>)>,
    /// Elements that were too deep to be added and still await their end.
    dropped: usize,
    xhtml: bool,
    /// How many tokens came.
    tokens: u64,
    /// How many pairs of attributes the tokeniser has compared.
    compared: usize,
}

struct Sink(RefCell<Builder>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        let mut builder = self.0.borrow_mut();
        builder.tokens += 1;
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                return builder.start(&tag, line);
            }
            Token::TagToken(tag) => builder.end(&tag.name),
            Token::CharacterTokens(text) => builder.text(&text, line),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Builder {
    fn parent(&self) -> Id {
        self.open.last().map_or(Tree::ROOT, |(id, _)| *id)
    }

    fn start(&mut self, tag: &Tag, line: u32) -> TokenSinkResult<()> {
        self.compared = self
            .compared
            .saturating_add(tag.attrs.len().saturating_mul(tag.attrs.len()));
        let name = tag.name.to_string();
        self.imply(&name);
        let void = VOID.contains(&name.as_str()) || self.xhtml && tag.self_closing;
        if self.tree.len() < MOST_NODES {
            if self.open.len() > DEEPEST {
                self.dropped += usize::from(!void);
            } else {
                self.element(&name, tag, line, void);
            }
        }
        match name.as_str() {
            "title" | "textarea" if !void => TokenSinkResult::RawData(RawKind::Rcdata),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" if !void => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "script" if !void => TokenSinkResult::RawData(RawKind::ScriptData),
            _ => TokenSinkResult::Continue,
        }
    }

    fn element(&mut self, name: &str, tag: &Tag, line: u32, void: bool) {
        let attributes = tag.attrs.iter().map(|attribute| {
            let name: &str = &attribute.name.local;
            (name.to_owned(), attribute.value.to_string())
        });
        let attributes = attributes.collect();
        let parent = self.parent();
        let mut nth = 1;
        if let Some((_, names)) = self.open.last_mut() {
            let count = names.entry(name.to_owned()).or_insert(0);
            *count += 1;
            nth = *count;
        }
        let mut node = Node::new(name, line, nth);
        node.attributes = attributes;
        let id = self.tree.add(parent, node);
        if !void {
            self.open.push((id, BTreeMap::new()));
        }
    }

    /// Closes what the start of an element closes without saying so.
    fn imply(&mut self, name: &str) {
        let (closes, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "dir"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "tr" => (&["tr"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            "option" => (&["option"], &["select"]),
            "body" => (&["head"], &[]),
            _ => (&[], &[]),
        };
        if !closes.is_empty() {
            self.close(closes, within);
        }
        if BLOCKS.contains(&name) {
            self.close(
                &["p"],
                &[
                    "table",
                    "td",
                    "th",
                    "li",
                    "div",
                    "blockquote",
                    "section",
                    "article",
                    "button",
                ],
            );
        }
    }

    fn close(&mut self, names: &[&str], within: &[&str]) {
        // At most `DEEPEST` elements are open.
        for at in (1..self.open.len()).rev() {
            let name = self.tree.name(self.open[at].0);
            if names.contains(&name) {
                self.open.truncate(at);
                return;
            }
            if within.contains(&name) {
                return;
            }
        }
    }

    fn end(&mut self, name: &str) {
        if self.dropped > 0 {
            self.dropped -= 1;
            return;
        }
        let within: &[&str] = match name {
            "table" | "html" | "body" => &[],
            "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" => &["table"],
            _ => &["td", "th", "table"],
        };
        self.close(&[name], within);
    }

    fn text(&mut self, text: &str, line: u32) {
        let parent = self.parent();
        let last = self.tree.last_text(parent);
        if let Some(last) = last.filter(|last| last.line == line || text.trim().is_empty()) {
            last.text.push_str(text);
        } else if self.tree.len() < MOST_NODES {
            let mut node = Node::new("", line, 1);
            node.text = text.to_owned();
            self.tree.add(parent, node);
        }
    }
}

/// How many attributes one tag may have, more or less. The tokeniser compares each with all before it.
const MOST_ATTRIBUTES: usize = 100_000;

/// The tree of a page; `xhtml` says that `<i/>` closes itself.
pub(crate) fn tree(text: &str, xhtml: bool) -> Result<Tree, IngestError> {
    if text.len() > LARGEST_MARKUP {
        return Err(IngestError::OverLimit {
            what: format!("the page has {} MiB", text.len() >> 20),
            most: format!("{} MiB", LARGEST_MARKUP >> 20),
        });
    }
    let sink = Sink(RefCell::new(Builder {
        tree: Tree::new(),
        open: vec![(Tree::ROOT, BTreeMap::new())],
        dropped: 0,
        xhtml,
        tokens: 0,
        compared: 0,
    }));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    let (mut rest, mut silent, mut tokens) = (text, 0, 0);
    while !rest.is_empty() {
        let mut cut = rest.len().min(1 << 14);
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        let (piece, after) = rest.split_at(cut);
        rest = after;
        queue.push_back(piece.into());
        // Scripts interrupt the tokeniser; none runs.
        while !queue.is_empty() {
            let _ = tokenizer.feed(&queue);
        }
        let builder = tokenizer.sink.0.borrow();
        // Inside a tag there are no tokens, only what may part its attributes.
        let parting = |byte: &&u8| byte.is_ascii_whitespace() || [b'/', b'"', b'\''].contains(byte);
        silent = if builder.tokens == tokens {
            silent + piece.as_bytes().iter().filter(parting).count()
        } else {
            0
        };
        tokens = builder.tokens;
        if silent > MOST_ATTRIBUTES || builder.compared > MOST_ATTRIBUTES * MOST_ATTRIBUTES {
            return Err(IngestError::OverLimit {
                what: "the tags of the page have too many attributes".to_owned(),
                most: MOST_ATTRIBUTES.to_string(),
            });
        }
    }
    tokenizer.end();
    Ok(tokenizer.sink.0.into_inner().tree.sealed())
}
