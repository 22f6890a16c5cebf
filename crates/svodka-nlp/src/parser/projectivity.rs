//! Undoes the detour by which a projective parser learns crossing arcs.
//!
//! A label `x||y` says: this token's label is `x`, and its true head is below its present one, the
//! first token with the label `y` found level by level, from left to right.

use crate::parser::Labels;
use crate::parser::tree::Edges;

/// What stands between the two labels.
pub(super) const DELIMITER: &str = "||";

/// Gives tokens with a label `x||y` their true heads. Says whether there were any.
pub(super) fn restore(
    names: &Labels,
    edges: &Edges,
    is_space: &[bool],
    heads: &mut [u32],
    labels: &mut [u16],
) -> bool {
    let mut any = false;
    for token in 0..heads.len() {
        let Some((own, sought)) = names.lifted(labels[token]) else {
            continue;
        };
        any = true;
        if let Some(head) = find(token, sought, edges, is_space, heads, labels) {
            heads[token] = head;
        }
        labels[token] = own;
    }
    any
}

fn find(
    token: usize,
    sought: u16,
    edges: &Edges,
    is_space: &[bool],
    heads: &[u32],
    labels: &[u16],
) -> Option<u32> {
    let mut level = vec![heads[token] as usize];
    // A tree has no more levels than tokens. The heads moved so far might have made a ring.
    for _ in 0..heads.len() {
        let mut below = Vec::new();
        for &parent in &level {
            // The edges are those before any head was moved, as in spaCy.
            for child in edges.left[parent] as usize..=edges.right[parent] as usize {
                if heads[child] as usize != parent || child == parent {
                    continue;
                }
                if is_space[child] || child == token {
                    continue;
                }
                if labels[child] == sought {
                    return Some(child as u32);
                }
                below.push(child);
            }
        }
        if below.is_empty() {
            return None;
        }
        level = below;
    }
    None
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::parser::tree;

    fn check(heads: &[u32], labels: &[&str], spaces: &[usize]) -> Vec<(u32, String)> {
        let mut names = Labels::default();
        let mut numbers: Vec<u16> = labels
            .iter()
            .map(|label| names.number(Path::new("moves"), label).unwrap())
            .collect();
        let mut heads = heads.to_vec();
        let is_space: Vec<bool> = (0..heads.len())
            .map(|token| spaces.contains(&token))
            .collect();
        let edges = tree::edges(&heads);
        restore(&names, &edges, &is_space, &mut heads, &mut numbers);
        let labels = numbers
            .iter()
            .map(|&number| names.names[usize::from(number)].clone());
        heads.into_iter().zip(labels).collect()
    }

    #[test]
    fn a_lifted_token_goes_to_the_first_token_with_the_label_below_its_head() {
        let found = check(&[1, 1, 1, 2, 1], &["a", "ROOT", "b", "b", "p||b"], &[]);
        assert_eq!(found[4], (2, "p".to_owned()));
        let found = check(&[1, 1, 1, 2, 1], &["a", "ROOT", "c", "b", "p||b"], &[]);
        assert_eq!(found[4], (3, "p".to_owned()), "one level further down");
    }

    #[test]
    fn white_space_is_never_the_true_head() {
        let found = check(&[1, 1, 1, 2, 1], &["a", "ROOT", "b", "b", "p||b"], &[2]);
        assert_eq!(found[4], (1, "p".to_owned()));
    }

    #[test]
    fn a_head_that_is_not_found_stays() {
        let found = check(&[1, 1, 1], &["p||x", "ROOT", "a"], &[]);
        assert_eq!(found[0], (1, "p".to_owned()));
    }
}
