//! Lines and columns of a text.

use svodka::Position;

/// Finds the line and column of an offset in logarithmic time.
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Looks through the text once.
    pub fn new(text: &'a str) -> Lines<'a> {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Lines {
            text,
            starts: std::iter::once(0).chain(after_breaks).collect(),
        }
    }

    /// The place of byte `offset`.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let before = self.text.get(self.starts[line - 1]..offset).unwrap_or("");
        Position {
            line,
            column: before.chars().count() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let lines = Lines::new("ночь\nday\n");
        let place = |offset| {
            let Position { line, column } = lines.position(offset);
            (line, column)
        };
        assert_eq!(
            [place(0), place(6), place(8), place(9), place(13)],
            [(1, 1), (1, 4), (1, 5), (2, 1), (3, 1)]
        );
    }
}
