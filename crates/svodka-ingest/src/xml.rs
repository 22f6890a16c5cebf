//! XML to a tree. The five entities and numbered characters are read; definitions of others are not.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::limits::{DEEPEST, LARGEST_MARKUP, MOST_NODES};
use crate::tree::{Id, Node, Tree};
use crate::{IngestError, decode};

/// The text of an XML file: in the encoding of its mark, else the one it declares, else UTF-8.
pub(crate) fn decoded(
    bytes: &[u8],
    label: Option<&str>,
) -> Result<(String, &'static str), IngestError> {
    if bytes.len() > LARGEST_MARKUP {
        return Err(over_size(bytes.len()));
    }
    let declared = label.map(str::to_owned).or_else(|| declared(bytes));
    let (text, encoding) = decode::decode(
        bytes,
        declared
            .as_deref()
            .or(Some("utf-8"))
            .filter(|_| !marked(bytes)),
    )?;
    Ok((text, encoding.name()))
}

fn over_size(bytes: usize) -> IngestError {
    IngestError::OverLimit {
        what: format!("the marked-up text has {} MiB", bytes >> 20),
        most: format!("{} MiB", LARGEST_MARKUP >> 20),
    }
}

/// Whether a byte order mark, or the zeros of UTF-16, already say the encoding.
fn marked(bytes: &[u8]) -> bool {
    encoding_rs::Encoding::for_bom(bytes).is_some() || bytes.iter().take(4).any(|&byte| byte == 0)
}

/// The encoding in the XML declaration.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let declaration = head.strip_prefix("<?xml")?.split("?>").next()?;
    let (_, after) = declaration.split_once("encoding")?;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let name = after[1..].split(quote).next()?;
    // The declaration was read byte by byte, so the file is in no encoding of two bytes, whatever it says.
    (!name.to_ascii_lowercase().starts_with("utf-16")).then(|| name.to_owned())
}

/// The number of the line at a byte, found step by step.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn at(&mut self, byte: usize) -> u32 {
        let byte = byte.min(self.text.len());
        if byte > self.at {
            let passed = &self.text.as_bytes()[self.at..byte];
            self.line += passed.iter().filter(|&&byte| byte == b'\n').count() as u32;
            self.at = byte;
        }
        self.line
    }
}

struct Builder {
    tree: Tree,
    /// The open elements, each with how many children of each name it has so far.
    open: Vec<(Id, BTreeMap<String, u32>)>,
}

impl Builder {
    fn element(&mut self, start: &BytesStart<'_>, line: u32) -> Result<Id, IngestError> {
        let name = start.local_name().as_ref().to_owned();
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| damaged(&error.to_string(), line))?;
            let value = value(&attribute.value, line)?;
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
        }
        if self.open.len() > DEEPEST {
            return Err(IngestError::TooDeep {
                most: DEEPEST,
                line,
            });
        }
        if self.tree.len() > MOST_NODES {
            return Err(IngestError::OverLimit {
                what: format!("line {line} is past the last element that is read"),
                most: format!("{MOST_NODES} elements"),
            });
        }
        let (parent, names) = self.open.last_mut().expect("the root is never closed");
        let nth = names.entry(name.clone()).or_insert(0);
        *nth += 1;
        let mut node = Node::new(&name, line, *nth);
        node.attributes = attributes;
        Ok(self.tree.add(*parent, node))
    }

    /// Adds text. One line of the file is one node, so that each keeps its line.
    fn text(&mut self, text: &str, mut line: u32) {
        let parent = self.open.last().expect("the root is never closed").0;
        for piece in text.split_inclusive('\n') {
            match self.tree.last_text(parent) {
                Some(last) if last.line == line || piece.trim().is_empty() => {
                    last.text.push_str(piece)
                }
                _ => {
                    let mut node = Node::new("", line, 1);
                    node.text = piece.to_owned();
                    self.tree.add(parent, node);
                }
            }
            line += u32::from(piece.ends_with('\n'));
        }
    }
}

fn damaged(reason: &str, line: u32) -> IngestError {
    IngestError::Damaged {
        format: "XML",
        reason: format!("line {line}: {reason}"),
    }
}

/// What a reference stands for: `amp`, `#233`, `#xE9`.
fn reference(name: &str, line: u32) -> Result<char, IngestError> {
    let number = name
        .strip_prefix('#')
        .map(|number| match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        });
    match (name, number) {
        ("amp", _) => Ok('&'),
        ("lt", _) => Ok('<'),
        ("gt", _) => Ok('>'),
        ("quot", _) => Ok('"'),
        ("apos", _) => Ok('\''),
        (_, Some(number)) => {
            let c = number.ok().and_then(char::from_u32).filter(|&c| c != '\0');
            c.ok_or_else(|| damaged(&format!("&{name}; is no character"), line))
        }
        _ => Err(IngestError::XmlEntity {
            name: name.chars().take(60).collect(),
            line,
        }),
    }
}

fn value(raw: &str, line: u32) -> Result<String, IngestError> {
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        value.push_str(before);
        let (name, after) = after
            .split_once(';')
            .ok_or_else(|| damaged("a lone & in an attribute", line))?;
        value.push(reference(name, line)?);
        rest = after;
    }
    value.push_str(rest);
    Ok(value)
}

/// The tree of a decoded XML file.
pub(crate) fn tree(text: &str) -> Result<Tree, IngestError> {
    let mut reader = Reader::from_str(text);
    let mut lines = Lines {
        text,
        at: 0,
        line: 1,
    };
    let mut builder = Builder {
        tree: Tree::new(),
        open: vec![(Tree::ROOT, BTreeMap::new())],
    };
    loop {
        let line = lines.at(reader.buffer_position() as usize);
        let event = reader.read_event().map_err(|error| {
            let at = reader.error_position() as usize;
            damaged(&error.to_string(), lines.at(at))
        })?;
        match event {
            Event::Start(start) => {
                let id = builder.element(&start, line)?;
                builder.open.push((id, BTreeMap::new()));
            }
            Event::Empty(start) => {
                builder.element(&start, line)?;
            }
            Event::End(_) => {
                if builder.open.len() > 1 {
                    builder.open.pop();
                }
            }
            Event::Text(text) => builder.text(&text, line),
            Event::CData(text) => builder.text(&text, line),
            Event::GeneralRef(name) => {
                let c = reference(&name, line)?;
                builder.text(c.encode_utf8(&mut [0; 4]), line);
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    if builder.open.len() > 1 {
        let open = builder
            .tree
            .name(builder.open[builder.open.len() - 1].0)
            .to_owned();
        let line = lines.at(text.len());
        return Err(damaged(&format!("the file ends inside <{open}>"), line));
    }
    if builder
        .tree
        .children(Tree::ROOT)
        .all(|child| builder.tree.name(child).is_empty())
    {
        return Err(damaged("there is no element", 1));
    }
    Ok(builder.tree.sealed())
}

/// The root element.
pub(crate) fn root(tree: &Tree) -> Id {
    let root = tree
        .children(Tree::ROOT)
        .find(|&child| !tree.name(child).is_empty());
    root.unwrap_or(Tree::ROOT)
}
