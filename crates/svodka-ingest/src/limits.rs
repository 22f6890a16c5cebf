//! How much is read, so that no file takes all memory or all day.

/// The largest XML, HTML, Markdown or e-mail file, in bytes.
pub const LARGEST_MARKUP: usize = 64 << 20;
/// The largest PDF, in bytes.
pub const LARGEST_PDF: usize = 128 << 20;
/// The most pages of a PDF.
pub const MOST_PAGES: u32 = 5_000;
/// The most bytes of text drawn out of one document.
pub const LONGEST_TEXT: usize = 64 << 20;
/// The most files in an archive.
pub const MOST_ENTRIES: usize = 10_000;
/// The most bytes that all files of an archive may unpack to.
pub const MOST_UNPACKED: u64 = 1 << 30;
/// The most bytes that one file of an archive may unpack to.
pub const LARGEST_ENTRY: u64 = 256 << 20;
/// How many times its packed size a file of an archive may unpack to, once it is larger than [`RATIO_FROM`].
pub const LARGEST_RATIO: u64 = 200;
/// Below this many bytes a file's ratio does not matter: blank paper packs well.
pub const RATIO_FROM: u64 = 4 << 20;
/// How deep elements may nest in XML. HTML may nest deeper; what is deeper is read as if it stood at this depth.
pub const DEEPEST: usize = 256;
/// The most elements and stretches of text in one XML or HTML file.
pub const MOST_NODES: usize = 4_000_000;
