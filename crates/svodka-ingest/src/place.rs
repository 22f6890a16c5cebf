//! Where in a file something is wrong.

use std::fmt;

/// A place in a file. Lines and columns count from 1, columns in characters; bytes count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// From 0, in the original file.
    pub byte: usize,
}

impl Place {
    /// The place after `before`, the decoded text up to it; `byte` is its offset in the file.
    pub(crate) fn after(before: &str, byte: usize) -> Place {
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            byte,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { line, column, byte } = self;
        write!(f, "line {line}, column {column} (byte {byte})")
    }
}
