//! Statements on their way out.

use std::io;

use oxrdf::{GraphName, Literal, NamedNode, Quad};

use super::terms::iri;
use crate::ExportError;

/// Takes statements.
pub type Quads<'q> = &'q mut dyn FnMut(Quad) -> io::Result<()>;

/// A graph that statements are made in.
pub struct Graph<'q> {
    name: GraphName,
    quads: Quads<'q>,
}

/// What cannot be a name in RDF.
pub fn invalid(error: oxrdf::IriParseError) -> ExportError {
    ExportError::Write(io::Error::other(format!(
        "this cannot begin or be a name in RDF: {error}"
    )))
}

fn named(term: &str) -> Result<NamedNode, ExportError> {
    NamedNode::new(iri(term)).map_err(invalid)
}

impl<'q> Graph<'q> {
    /// A graph of this name.
    pub fn new<'a: 'q>(name: GraphName, quads: Quads<'a>) -> Graph<'q> {
        Graph { name, quads }
    }

    fn put(
        &mut self,
        subject: &str,
        property: &str,
        object: impl Into<oxrdf::Term>,
    ) -> Result<(), ExportError> {
        let quad = Quad::new(named(subject)?, named(property)?, object, self.name.clone());
        Ok((self.quads)(quad)?)
    }

    /// That something is of a class.
    pub fn is(&mut self, subject: &str, class: &str) -> Result<(), ExportError> {
        self.to(subject, "rdf:type", class)
    }

    /// A statement that points to something.
    pub fn to(&mut self, subject: &str, property: &str, object: &str) -> Result<(), ExportError> {
        let object = named(object)?;
        self.put(subject, property, object)
    }

    /// A statement with words.
    pub fn says(&mut self, subject: &str, property: &str, words: &str) -> Result<(), ExportError> {
        self.put(subject, property, Literal::new_simple_literal(words))
    }

    /// A statement with a number.
    pub fn counts(
        &mut self,
        subject: &str,
        property: &str,
        number: usize,
    ) -> Result<(), ExportError> {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        self.put(subject, property, Literal::from(number))
    }

    /// A statement with a value of a type.
    pub fn typed(
        &mut self,
        subject: &str,
        property: &str,
        value: &str,
        datatype: &str,
    ) -> Result<(), ExportError> {
        let value = Literal::new_typed_literal(value, named(datatype)?);
        self.put(subject, property, value)
    }
}
