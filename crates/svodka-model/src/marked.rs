//! Text with inline marks, the notation of the gold standard: `⟦TYPE:entity|words⟧`, dates `⟦DATE:edtf|words⟧`.

use crate::Span;

/// One mark of a marked text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where the words stand in the plain text.
    pub span: Span,
    /// What stands before the colon, such as `PERSON`.
    pub kind: String,
    /// What stands after it: an entity's id, or a date's value.
    pub reference: String,
}

/// Takes the marks out of a marked text: the plain text and the marks in its order. What only looks like the
/// beginning of a mark stays as it is.
pub fn read_marked(marked: &str) -> (String, Vec<Mark>) {
    let mut plain = String::with_capacity(marked.len());
    let mut marks = Vec::new();
    let mut rest = marked;
    while let Some(open) = rest.find('⟦') {
        let (before, from) = rest.split_at(open);
        plain.push_str(before);
        let inner = &from['⟦'.len_utf8()..];
        let parts = inner.find('⟧').and_then(|close| {
            let (head, words) = inner[..close].split_once('|')?;
            let (kind, reference) = head.split_once(':')?;
            let marked = kind.chars().all(|c| c.is_ascii_uppercase()) && !words.contains('⟦');
            marked.then_some((close, kind, reference, words))
        });
        match parts {
            Some((close, kind, reference, words)) => {
                let start = plain.len();
                plain.push_str(words);
                let span = Span::new(start, plain.len());
                marks.push(Mark {
                    span,
                    kind: kind.to_owned(),
                    reference: reference.to_owned(),
                });
                rest = &inner[close + '⟧'.len_utf8()..];
            }
            None => {
                plain.push('⟦');
                rest = inner;
            }
        }
    }
    plain.push_str(rest);
    (plain, marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_out_and_the_words_stay() {
        let (plain, marks) =
            read_marked("On ⟦DATE:1921-05|May 1921⟧ ⟦PERSON:lang|Lang⟧ left ⟦ here.");
        assert_eq!(plain, "On May 1921 Lang left ⟦ here.");
        let words: Vec<_> = marks.iter().map(|mark| mark.span.of(&plain)).collect();
        assert_eq!(words, ["May 1921", "Lang"]);
        assert_eq!(
            (marks[0].kind.as_str(), marks[0].reference.as_str()),
            ("DATE", "1921-05")
        );
    }
}
