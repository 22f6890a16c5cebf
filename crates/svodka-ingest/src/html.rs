//! HTML: the main text of a page, not its furniture.

use crate::draft::Draft;
use crate::metadata::told;
use crate::soup::{self, BLOCKS};
use crate::tree::{Id, Tree, Walk};
use crate::{IngestError, Metadata, decode};

/// Elements whose text is no part of the page's words.
const SILENT: &[&str] = &[
    "head", "script", "style", "template", "noscript", "form", "button", "select", "textarea",
    "svg", "iframe", "object", "audio", "video", "canvas", "nav", "search", "dialog", "title",
];
/// What an element's role makes it.
const SILENT_ROLES: &[&str] = &[
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "complementary",
    "dialog",
    "menu",
    "menubar",
];
/// Words in a class or id by which pages older than `<nav>` mark their furniture.
const FURNITURE: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "menu",
    "sidebar",
    "footer",
    "breadcrumb",
    "breadcrumbs",
    "cookie",
    "cookies",
    "share",
    "sharing",
    "social",
    "comments",
    "advert",
    "ads",
    "banner",
    "masthead",
    "pagination",
    "skip",
];

/// The decoded page: in the encoding of its mark, the one given, the one its `<meta>` names, or the one the bytes show.
pub(crate) fn decoded(
    bytes: &[u8],
    label: Option<&str>,
) -> Result<(String, &'static str), IngestError> {
    let own = || declared(bytes).filter(|_| encoding_rs::Encoding::for_bom(bytes).is_none());
    let label = label.map(str::to_owned).or_else(own);
    let (text, encoding) = decode::decode(bytes, label.as_deref())?;
    Ok((text, encoding.name()))
}

/// The `charset` within the first kilobytes, where browsers look for it too.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let after = head.split("charset=").nth(1).or_else(|| {
        let declaration = head.strip_prefix("<?xml")?.split("?>").next()?;
        declaration.split("encoding=").nth(1)
    })?;
    let name: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || ['-', '_', ':'].contains(c))
        .collect();
    let known = encoding_rs::Encoding::for_label(name.as_bytes())?;
    // A page that could be read this far is in no encoding of two bytes, whatever it says.
    let utf_8 = known == encoding_rs::UTF_16LE || known == encoding_rs::UTF_16BE;
    Some(if utf_8 { "utf-8".to_owned() } else { name })
}

/// How much text stands in and below each node, in bytes.
fn weights(tree: &Tree) -> Vec<usize> {
    let mut weights: Vec<usize> = (0..tree.len())
        .map(|id| tree.node(id).text.trim().len())
        .collect();
    for id in (1..tree.len()).rev() {
        if let Some(parent) = tree.node(id).parent
            && !["script", "style", "head"].contains(&tree.name(id))
        {
            weights[parent] += weights[id];
        }
    }
    weights
}

/// The element that holds the page's own words.
fn main(tree: &Tree, weights: &[usize]) -> Id {
    let elements = || 1..tree.len();
    let body = elements()
        .find(|&id| tree.name(id) == "body")
        .unwrap_or(Tree::ROOT);
    let main = |&id: &Id| tree.name(id) == "main" || tree.attribute(id, "role") == Some("main");
    if let Some(main) = elements().filter(main).max_by_key(|&id| weights[id])
        && weights[main] * 4 > weights[body]
    {
        return main;
    }
    // One article among teasers of others: it must be most of the page.
    let article = |&id: &Id| tree.name(id) == "article";
    let article = elements().filter(article).max_by_key(|&id| weights[id]);
    article
        .filter(|&id| weights[id] * 2 > weights[body])
        .unwrap_or(body)
}

struct Page<'a, 'b> {
    walk: Walk<'a>,
    weights: &'b [usize],
    main: Id,
    /// The number of the next item of each open list; 0 for one without numbers.
    lists: Vec<u32>,
    depth_in_article: u32,
}

impl Page<'_, '_> {
    fn silent(&self, id: Id) -> bool {
        let tree = self.walk.tree;
        let name = tree.name(id);
        let role = tree.attribute(id, "role").unwrap_or_default();
        let kind = tree
            .attribute(id, "epub:type")
            .or_else(|| tree.attribute(id, "type"))
            .unwrap_or_default();
        if role.contains("note") || kind.contains("note") {
            return false;
        }
        let hidden = tree.attribute(id, "hidden").is_some()
            || tree.attribute(id, "aria-hidden") == Some("true")
            || tree
                .attribute(id, "style")
                .is_some_and(|style| style.replace(' ', "").contains("display:none"));
        if hidden || SILENT.contains(&name) || SILENT_ROLES.contains(&role) || name == "aside" {
            return true;
        }
        if ["header", "footer"].contains(&name) && self.depth_in_article == 0 {
            return true;
        }
        if name == "body" || name == "html" || name.is_empty() {
            return false;
        }
        let marks = [tree.attribute(id, "class"), tree.attribute(id, "id")];
        let marks = marks
            .into_iter()
            .flatten()
            .flat_map(|mark| mark.split(['-', '_', ' ']));
        let furniture = marks
            .into_iter()
            .any(|mark| FURNITURE.contains(&mark.to_ascii_lowercase().as_str()));
        // An element named so may hold everything: `<div id="page-with-sidebar">`.
        furniture && self.weights[id] * 2 < self.weights[self.main]
    }

    fn children(&mut self, id: Id) {
        let tree = self.walk.tree;
        for child in tree.children(id) {
            self.node(child);
        }
    }

    fn node(&mut self, id: Id) {
        let tree = self.walk.tree;
        let node = tree.node(id);
        if node.name.is_empty() {
            self.text(id);
            return;
        }
        if self.silent(id) {
            return;
        }
        let name = node.name.as_str();
        let block = BLOCKS.contains(&name);
        match name {
            "br" => {
                self.walk.draft.line_break();
                return;
            }
            "li" => {
                let mark = match self.lists.last_mut() {
                    Some(number @ 1..) => {
                        *number += 1;
                        format!("{}.", *number - 1)
                    }
                    _ => "-".to_owned(),
                };
                self.walk.draft.item(&mark);
                self.children(id);
                self.walk.draft.line_break();
                return;
            }
            "ul" | "ol" | "menu" | "dir" => {
                let start = tree
                    .attribute(id, "start")
                    .and_then(|start| start.parse().ok());
                let number = if name == "ol" {
                    start.unwrap_or(1).max(1)
                } else {
                    0
                };
                if self.lists.is_empty() {
                    self.walk.draft.paragraph();
                }
                self.lists.push(number);
                self.children(id);
                self.lists.pop();
                if self.lists.is_empty() {
                    self.walk.draft.paragraph();
                }
                return;
            }
            "tr" => {
                let mut first = true;
                for cell in tree.children(id) {
                    if ["td", "th"].contains(&tree.name(cell)) && !self.silent(cell) {
                        self.walk.draft.open_cell(first);
                        self.children(cell);
                        self.walk.draft.close_cell();
                        first = false;
                    }
                }
                self.walk.draft.line_break();
                return;
            }
            "sup" if note_mark(tree, id) => {
                // Apart from the word before it, which it would else become part of.
                let words = tree.words(id);
                let words = words.trim_matches(['[', ']']);
                self.walk.stand(id);
                self.walk.draft.words(&format!(" [{words}] "));
                return;
            }
            _ => {}
        }
        let within = u32::from(["article", "main", "section"].contains(&name));
        self.depth_in_article += within;
        if block {
            // A paragraph in a list item is the item.
            self.end_block(name);
        }
        if name == "pre" {
            self.walk.stand(id);
        }
        self.children(id);
        if block {
            self.end_block(name);
        }
        self.depth_in_article -= within;
    }

    fn end_block(&mut self, name: &str) {
        match (name, self.lists.is_empty()) {
            ("dt" | "dd", _) => self.walk.draft.line_break(),
            (_, true) => self.walk.draft.paragraph(),
            (_, false) => self.walk.draft.break_in_item(),
        }
    }

    fn text(&mut self, id: Id) {
        self.walk.stand(id);
        let tree = self.walk.tree;
        let mut above = tree.node(id).parent;
        while let Some(parent) = above {
            if tree.name(parent) == "pre" {
                self.walk.draft.lines(&tree.node(id).text);
                return;
            }
            above = tree
                .node(parent)
                .parent
                .filter(|_| !BLOCKS.contains(&tree.name(parent)));
        }
        self.walk.draft.words(&tree.node(id).text);
    }
}

/// Whether a raised text is the mark of a footnote: a number or sign that leads somewhere.
fn note_mark(tree: &Tree, id: Id) -> bool {
    let words = tree.words(id);
    let mark = words.trim_matches(['[', ']']);
    let leads = tree.find(id, "a").is_some()
        || tree
            .node(id)
            .parent
            .is_some_and(|parent| tree.name(parent) == "a");
    let sign = mark
        .chars()
        .all(|c| c.is_ascii_digit() || ['*', '†', '‡'].contains(&c));
    leads && sign && !mark.is_empty() && mark.len() <= 6
}

/// Writes the page's words. A page without a body of its own, such as a chapter of a book, is taken whole.
pub(crate) fn write(tree: &Tree, draft: &mut Draft) {
    let weights = weights(tree);
    let main = main(tree, &weights);
    let mut page = Page {
        walk: Walk::new(tree, draft),
        weights: &weights,
        main,
        lists: Vec::new(),
        depth_in_article: u32::from(
            main != Tree::ROOT && ["main", "article"].contains(&tree.name(main)),
        ),
    };
    page.children(main);
    page.walk.draft.paragraph();
}

/// What the head says.
fn metadata(tree: &Tree) -> Metadata {
    let mut metadata = Metadata::default();
    for id in 1..tree.len() {
        match tree.name(id) {
            "title" if metadata.title.is_none() => {
                metadata.title = told(&tree.words(id), "HTML: title")
            }
            "html" => {
                let language = tree.attribute(id, "lang");
                metadata.language = language.and_then(|language| told(language, "HTML: lang"));
            }
            "meta" => {
                let name = tree
                    .attribute(id, "name")
                    .or_else(|| tree.attribute(id, "property"));
                let (Some(name), Some(content)) = (name, tree.attribute(id, "content")) else {
                    continue;
                };
                let value = told(content, &format!("HTML: meta {name}"));
                match name.to_ascii_lowercase().as_str() {
                    "dc.title" | "dcterms.title" | "citation_title" => {
                        metadata.title = value.or(metadata.title)
                    }
                    "author" | "dc.creator" | "dcterms.creator" | "citation_author" => {
                        metadata.authors.extend(value)
                    }
                    "dc.identifier" | "dcterms.identifier" => metadata.identifier = value,
                    "dc.language" | "dcterms.language" => {
                        metadata.language = value.or(metadata.language)
                    }
                    // Pages use these for the day the page was put up.
                    "date"
                    | "dc.date"
                    | "dcterms.date"
                    | "dcterms.created"
                    | "dcterms.issued"
                    | "article:published_time"
                    | "citation_date"
                    | "citation_publication_date" => {
                        metadata.published = metadata.published.or(value)
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    metadata
}

/// A page, drawn from its decoded text.
pub(crate) fn read(text: &str) -> Result<(Draft, Metadata), IngestError> {
    let tree = soup::tree(text, text.trim_start().starts_with("<?xml"))?;
    let mut draft = Draft::new();
    write(&tree, &mut draft);
    Ok((draft, metadata(&tree)))
}
