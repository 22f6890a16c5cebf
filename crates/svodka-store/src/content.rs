//! Texts and readings, each kept once, compressed.

use std::cell::RefCell;

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest as _, Sha256};
use zstd::bulk::Decompressor;

use crate::StoreError;

/// A level at which writing costs a fraction of a millisecond for a report.
const LEVEL: i32 = 3;

/// The first 16 bytes of a SHA-256, in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Keeps some bytes and says by what they are found again.
pub fn put(conn: &Connection, bytes: &[u8]) -> Result<String, StoreError> {
    let digest = digest(bytes);
    let packed =
        zstd::bulk::compress(bytes, LEVEL).map_err(|error| StoreError::Disk(error.to_string()))?;
    conn.prepare_cached(
        "INSERT INTO content (digest, length, bytes) VALUES (unhex(?1), ?2, ?3) ON CONFLICT (digest) DO NOTHING",
    )?
    .execute(params![digest, bytes.len(), packed])?;
    Ok(digest)
}

/// The bytes of a digest.
pub fn get(conn: &Connection, digest: &str) -> Result<Vec<u8>, StoreError> {
    let row: Option<(usize, Vec<u8>)> = conn
        .prepare_cached("SELECT length, bytes FROM content WHERE digest = unhex(?1)")?
        .query_row([digest], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (length, packed) =
        row.ok_or_else(|| StoreError::Damaged(format!("the content {digest} is missing")))?;
    unpack(&packed, length)
}

thread_local! {
    /// Making one costs as much as unpacking a report.
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Undoes the compression.
pub fn unpack(packed: &[u8], length: usize) -> Result<Vec<u8>, StoreError> {
    let unpacked = UNPACKER.with_borrow_mut(|unpacker| {
        let unpacker = match unpacker {
            Some(unpacker) => unpacker,
            None => unpacker.insert(Decompressor::new()?),
        };
        unpacker.decompress(packed, length)
    });
    unpacked.map_err(|error| StoreError::Damaged(format!("a content cannot be unpacked: {error}")))
}
