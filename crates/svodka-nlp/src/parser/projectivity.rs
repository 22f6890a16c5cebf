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
