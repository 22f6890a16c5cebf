//! The outermost descendants of each token, and the sentence starts that follow from them.

/// The leftmost and rightmost descendant of each token.
#[derive(Debug)]
pub(super) struct Edges {
    pub(super) left: Vec<u32>,
    pub(super) right: Vec<u32>,
}

/// How often spaCy passes over the document while heads lie outside their sentences.
const PASSES: usize = 12;

/// The edges as spaCy finds them.
///
/// It does not walk the tree but passes over the tokens in both directions, at least once, until no
/// head lies outside its sentence. In a non-projective tree the edges may not be final by then, and
/// sentences are cut from them as they are.
pub(super) fn edges(heads: &[u32]) -> Edges {
    let mut edges = Edges {
        left: (0..heads.len() as u32).collect(),
        right: (0..heads.len() as u32).collect(),
    };
    for _ in 0..PASSES {
        for (child, &head) in heads.iter().enumerate() {
            edges.widen(head as usize, child);
        }
        for (child, &head) in heads.iter().enumerate().rev() {
            edges.widen(head as usize, child);
        }
        if heads_are_within_sentences(heads, &sentence_starts(heads, &edges)) {
            break;
        }
    }
    edges
}

impl Edges {
    fn widen(&mut self, head: usize, child: usize) {
        self.left[head] = self.left[head].min(self.left[child]);
        self.right[head] = self.right[head].max(self.right[child]);
    }
}

/// Whether each token is the leftmost descendant of a root.
pub(super) fn sentence_starts(heads: &[u32], edges: &Edges) -> Vec<bool> {
    let mut starts = vec![false; heads.len()];
    for (token, &head) in heads.iter().enumerate() {
        if head as usize == token {
            starts[edges.left[token] as usize] = true;
        }
    }
    starts
}

/// As spaCy tests it: the last token counts as the start of a sentence, and a head may lie on the
/// start of the sentence after.
fn heads_are_within_sentences(heads: &[u32], starts: &[bool]) -> bool {
    let mut from = 0;
    for (token, &starts_here) in starts.iter().enumerate() {
        if (token > 0 && starts_here) || token + 1 == heads.len() {
            let sentence = from as u32..=token as u32;
            if !heads[from..token]
                .iter()
                .all(|head| sentence.contains(head))
            {
                return false;
            }
            from = token;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_starts_at_the_leftmost_descendant_of_its_root() {
        let heads = [1, 2, 2, 2, 5, 5];
        let edges = edges(&heads);
        assert_eq!(edges.left[2], 0);
        assert_eq!(edges.right[2], 3);
        assert_eq!(
            sentence_starts(&heads, &edges),
            [true, false, false, false, true, false]
        );
    }

    #[test]
    fn crossing_arcs_may_take_several_passes() {
        // 0 <- 3 <- 1 <- 4: the edge of 4 is found step by step.
        let heads = [3, 4, 4, 1, 4];
        let edges = edges(&heads);
        assert_eq!(edges.left[4], 0);
        assert_eq!(
            sentence_starts(&heads, &edges),
            [true, false, false, false, false]
        );
    }

    #[test]
    fn a_text_without_tokens_has_no_sentences() {
        let edges = edges(&[]);
        assert!(sentence_starts(&[], &edges).is_empty());
    }
}
