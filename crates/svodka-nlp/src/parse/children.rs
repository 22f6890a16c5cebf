//! Which tokens hang on a token, turned round from which token each hangs on.

/// The children of every token, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Children {
    /// Where each token's children begin in `tokens`, and, behind the last one's, where those end.
    from: Vec<u32>,
    tokens: Vec<u32>,
}

impl Children {
    /// Turns `heads` round; a root is its own head and nobody's child. Takes time linear in the tokens.
    pub(super) fn new(heads: impl ExactSizeIterator<Item = u32> + Clone) -> Self {
        let arcs = heads.clone().zip(0..).filter(|(head, token)| head != token);
        // A head's children are counted two places behind it. Summed up, the counts say one place
        // behind it where its children begin; once they are all written, where they end.
        let mut from = vec![0; heads.len() + 2];
        for (head, _) in arcs.clone() {
            from[head as usize + 2] += 1;
        }
        for index in 1..from.len() {
            from[index] += from[index - 1];
        }
        let mut tokens = vec![0; from.last().map_or(0, |&count| count as usize)];
        for (head, token) in arcs {
            let place = &mut from[head as usize + 1];
            tokens[*place as usize] = token;
            *place += 1;
        }
        from.pop();
        Self { from, tokens }
    }

    /// The children of the token at `index`.
    pub(super) fn of(&self, index: usize) -> &[u32] {
        &self.tokens[self.from[index] as usize..self.from[index + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_children_of_a_token_are_the_others_whose_head_it_is(
            heads in (0_usize..40).prop_flat_map(|length| prop::collection::vec(0..length.max(1) as u32, length)),
        ) {
            let children = Children::new(heads.iter().copied());
            for index in 0..heads.len() {
                let expected: Vec<u32> = (0..heads.len() as u32)
                    .filter(|&token| heads[token as usize] as usize == index && token as usize != index)
                    .collect();
                prop_assert_eq!(children.of(index), expected);
            }
        }
    }
}
