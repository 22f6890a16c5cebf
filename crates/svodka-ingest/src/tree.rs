//! A document of elements and text, from XML or HTML.

use std::collections::BTreeMap;

use crate::draft::Draft;
use crate::map::Spot;

/// A node's place in its tree.
pub(crate) type Id = usize;

/// An element or a stretch of text.
#[derive(Debug)]
pub(crate) struct Node {
    pub parent: Option<Id>,
    pub children: Vec<Id>,
    /// Without its prefix; empty for text.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// Of a text.
    pub text: String,
    /// From 1.
    pub line: u32,
    /// From 1, among the parent's children of that name.
    pub nth: u32,
    /// One past the last node below it.
    end: Id,
}

impl Node {
    /// A node without children yet.
    pub(crate) fn new(name: &str, line: u32, nth: u32) -> Node {
        Node {
            parent: None,
            children: Vec::new(),
            name: name.to_owned(),
            attributes: Vec::new(),
            text: String::new(),
            line,
            nth,
            end: 0,
        }
    }
}

/// Elements in the order of the file, the root (which has no name) first.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    pub(crate) fn new() -> Tree {
        Tree {
            nodes: vec![Node::new("", 1, 1)],
        }
    }

    pub(crate) const ROOT: Id = 0;

    pub(crate) fn add(&mut self, parent: Id, mut node: Node) -> Id {
        let id = self.nodes.len();
        node.parent = Some(parent);
        self.nodes.push(node);
        self.nodes[parent].children.push(id);
        id
    }

    /// The tree is complete: each node learns where its own end.
    pub(crate) fn sealed(mut self) -> Tree {
        for id in (0..self.nodes.len()).rev() {
            let last = self.nodes[id].children.last();
            self.nodes[id].end = last.map_or(id + 1, |&last| self.nodes[last].end);
        }
        self
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn node(&self, id: Id) -> &Node {
        &self.nodes[id]
    }

    pub(crate) fn last_text(&mut self, parent: Id) -> Option<&mut Node> {
        let last = *self.nodes[parent].children.last()?;
        Some(&mut self.nodes[last]).filter(|node| node.name.is_empty())
    }

    pub(crate) fn name(&self, id: Id) -> &str {
        &self.nodes[id].name
    }

    pub(crate) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        self.nodes[id].children.iter().copied()
    }

    /// An attribute by its name without prefix.
    pub(crate) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        let found = self.nodes[id]
            .attributes
            .iter()
            .find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The first child of that name.
    pub(crate) fn child(&self, id: Id, name: &str) -> Option<Id> {
        self.children(id).find(|&child| self.name(child) == name)
    }

    /// The element at the end of a path of names from `id`.
    pub(crate) fn at(&self, id: Id, path: &[&str]) -> Option<Id> {
        path.iter().try_fold(id, |id, name| self.child(id, name))
    }

    /// The elements of that name below `id`, in order.
    pub(crate) fn all<'a>(&'a self, id: Id, name: &'a str) -> impl Iterator<Item = Id> + 'a {
        (id + 1..self.nodes[id].end).filter(move |&node| self.nodes[node].name == name)
    }

    /// The first element of that name below `id`.
    pub(crate) fn find(&self, id: Id, name: &str) -> Option<Id> {
        self.all(id, name).next()
    }

    /// All text below an element, with single spaces.
    pub(crate) fn words(&self, id: Id) -> String {
        let mut all = String::new();
        self.gather(id, &mut all);
        all.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn gather(&self, id: Id, all: &mut String) {
        all.push_str(&self.nodes[id].text);
        for child in self.children(id) {
            self.gather(child, all);
        }
    }
}

/// A tree while its text is being written: it knows which elements the map has already.
pub(crate) struct Walk<'a> {
    pub tree: &'a Tree,
    pub draft: &'a mut Draft,
    steps: BTreeMap<Id, u32>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(tree: &'a Tree, draft: &'a mut Draft) -> Walk<'a> {
        Walk {
            tree,
            draft,
            steps: BTreeMap::new(),
        }
    }

    /// What comes next comes from this node: its line and, for a text, the element around it.
    pub(crate) fn stand(&mut self, id: Id) {
        let node = self.tree.node(id);
        let element = if node.name.is_empty() {
            node.parent
        } else {
            Some(id)
        };
        let element = element.and_then(|element| self.step(element));
        self.draft.spot = Spot {
            line: node.line,
            element: element.unwrap_or(Spot::START.element),
            ..self.draft.spot
        };
    }

    /// As [`Walk::stand`], with the element alone: for formats whose lines are those of a page.
    pub(crate) fn stand_at(&mut self, id: Id, line: u32) {
        self.stand(id);
        self.draft.spot.line = line;
    }

    fn step(&mut self, id: Id) -> Option<u32> {
        if id == Tree::ROOT {
            return None;
        }
        if let Some(&step) = self.steps.get(&id) {
            return Some(step);
        }
        let node = self.tree.node(id);
        let parent = node.parent.and_then(|parent| self.step(parent));
        let step = self.draft.map.step(parent, &node.name, node.nth);
        self.steps.insert(id, step);
        Some(step)
    }
}
