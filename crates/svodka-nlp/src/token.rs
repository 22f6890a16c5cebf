//! What the tokenizer finds: a stretch of text with the features the networks read.

/// A token before anything is known of its role.
///
/// The tokens of a text follow each other; between two of them stands nothing, or one space if
/// [`space_after`](Self::space_after) is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct RawToken {
    /// The byte of the text at which the token starts.
    pub start: usize,
    /// The byte behind its last one.
    pub end: usize,
    /// Whether one space that is no token follows.
    pub space_after: bool,
    /// The id of the normal form.
    pub norm: u64,
    /// The id of the first character.
    pub prefix: u64,
    /// The id of the last three characters.
    pub suffix: u64,
    /// The id of the shape, such as `Xxxxx` or `dd`.
    pub shape: u64,
    /// Whether the token is nothing but white space.
    pub is_space: bool,
    /// Whether it was put in the place of tokens that make up a special word.
    pub is_joined: bool,
}
