//! Text that must wait on the disk until its turn comes, so that it needs no memory.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

/// Pieces of text in a file without a name, which goes when this does.
pub struct Spool {
    file: BufWriter<File>,
    length: u64,
}

/// Where a piece lies.
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    at: u64,
    length: u32,
}

impl Spool {
    /// An empty one.
    pub fn new() -> io::Result<Spool> {
        Ok(Spool {
            file: BufWriter::with_capacity(1 << 16, tempfile::tempfile()?),
            length: 0,
        })
    }

    /// Puts a piece at the end.
    pub fn put(&mut self, text: &str) -> io::Result<Piece> {
        let piece = Piece {
            at: self.length,
            length: u32::try_from(text.len()).map_err(io::Error::other)?,
        };
        self.file.write_all(text.as_bytes())?;
        self.length += u64::from(piece.length);
        Ok(piece)
    }

    /// A piece that was put there.
    pub fn get(&mut self, piece: Piece) -> io::Result<String> {
        self.file.flush()?;
        let file = self.file.get_mut();
        file.seek(SeekFrom::Start(piece.at))?;
        let mut text = String::with_capacity(piece.length as usize);
        file.take(piece.length.into()).read_to_string(&mut text)?;
        file.seek(SeekFrom::End(0))?;
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_back_in_any_order_also_between_others() {
        let mut spool = Spool::new().expect("there is room");
        let first = spool.put("Orlov").expect("kept");
        let second = spool.put("Вайс").expect("kept");
        assert_eq!(spool.get(second).expect("there"), "Вайс");
        let third = spool.put("").expect("kept");
        assert_eq!(spool.get(first).expect("there"), "Orlov");
        assert_eq!(spool.get(third).expect("there"), "");
    }
}
