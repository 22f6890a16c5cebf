//! Word vectors that were not trained with the pipeline: a table, and which words have which row.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use serde::Deserialize;

use crate::error::{Error, read_file};

/// The word vectors of a pipeline.
#[derive(Debug)]
pub(crate) struct StaticVectors {
    width: usize,
    values: Vec<f32>,
    /// The ids of the words that have a vector, rising, and their rows.
    words: Vec<(u64, u32)>,
}

/// What `vectors.cfg` says, as far as it matters here.
#[derive(Debug, Deserialize)]
struct Settings {
    #[serde(default)]
    mode: Option<String>,
    #[serde(default)]
    attr: Option<serde_json::Value>,
}

/// The most numbers a table may have: ten times as many as the largest that spaCy publishes.
const MAX_VALUES: usize = 1 << 30;

/// The number of spaCy's attribute ORTH, the token's text.
const ORTH: u64 = 65;

impl StaticVectors {
    /// Loads the vectors of the pipeline in `folder`.
    pub(crate) fn load(folder: &Path) -> Result<Self, Error> {
        let vocabulary = folder.join("vocab");
        check_settings(&vocabulary.join("vectors.cfg"))?;
        let path = vocabulary.join("vectors");
        let (rows, width, values) = read_table(&path)?;
        let words = read_words(&vocabulary.join("key2row"), rows)?;
        Ok(Self {
            width,
            values,
            words,
        })
    }

    /// How many numbers a vector has.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The vector of the word with the id `word`, if it has one.
    pub(crate) fn get(&self, word: u64) -> Option<&[f32]> {
        let place = self.words.binary_search_by_key(&word, |&(id, _)| id).ok()?;
        let (_, row) = self.words[place];
        Some(&self.values[row as usize * self.width..][..self.width])
    }
}

fn check_settings(path: &Path) -> Result<(), Error> {
    let settings: Settings = serde_json::from_slice(&read_file(path)?)
        .map_err(|error| Error::malformed(path, format!("not JSON: {error}")))?;
    let mode = settings.mode.unwrap_or_else(|| "default".to_owned());
    if mode != "default" {
        return Err(Error::unsupported(path, format!("`{mode}` vectors")));
    }
    match settings.attr {
        None | Some(serde_json::Value::Null) => Ok(()),
        Some(attribute) if attribute == "ORTH" || attribute == ORTH => Ok(()),
        Some(attribute) => {
            let what = format!("vectors by the token attribute {attribute}");
            Err(Error::unsupported(path, what))
        }
    }
}

/// The rows and columns of a table in NumPy's file format, version 1 to 3, and its numbers.
fn read_table(path: &Path) -> Result<(usize, usize, Vec<f32>), Error> {
    let unreadable = |source| Error::unreadable(path, source);
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(unreadable)?);
    let mut start = [0; 8];
    file.read_exact(&mut start).map_err(unreadable)?;
    let [magic @ .., version, _] = start;
    if magic != *b"\x93NUMPY" {
        return Err(Error::malformed(path, "not a NumPy array"));
    }
    let length = if version == 1 {
        let mut bytes = [0; 2];
        file.read_exact(&mut bytes).map_err(unreadable)?;
        usize::from(u16::from_le_bytes(bytes))
    } else {
        let mut bytes = [0; 4];
        file.read_exact(&mut bytes).map_err(unreadable)?;
        (u32::from_le_bytes(bytes) as usize).min(1 << 16)
    };
    let mut header = vec![0; length];
    file.read_exact(&mut header).map_err(unreadable)?;
    let header = String::from_utf8_lossy(&header);
    let [rows, width] = read_shape(&header).map_err(|what| {
        Error::malformed(path, format!("{what} in the header `{}`", header.trim()))
    })?;

    // Memory is taken as numbers come: the header may promise more than the file has.
    let count = rows * width;
    let mut values = Vec::new();
    let mut block = [0; 1 << 14];
    while values.len() < count {
        let wanted = block.len().min((count - values.len()) * size_of::<f32>());
        let block = &mut block[..wanted];
        file.read_exact(block).map_err(unreadable)?;
        let (numbers, _) = block.as_chunks::<4>();
        values.extend(numbers.iter().map(|&bytes| f32::from_le_bytes(bytes)));
    }
    match values.iter().all(|value| value.is_finite()) {
        true => Ok((rows, width, values)),
        false => Err(Error::malformed(path, "a number that is not finite")),
    }
}

/// The shape in a header like `{'descr': '<f4', 'fortran_order': False, 'shape': (20000, 300), }`.
fn read_shape(header: &str) -> Result<[usize; 2], &'static str> {
    let value = |key: &str| {
        let (_, rest) = header.split_once(&format!("'{key}':"))?;
        Some(rest.trim_start())
    };
    if !value("descr").is_some_and(|value| value.starts_with("'<f4'")) {
        return Err("numbers that are not `<f4`");
    }
    if !value("fortran_order").is_some_and(|value| value.starts_with("False")) {
        return Err("numbers that do not stand row by row");
    }
    let shape = value("shape")
        .and_then(|value| value.strip_prefix('('))
        .and_then(|value| value.split_once(')'))
        .and_then(|(shape, _)| {
            let lengths = shape
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty());
            lengths
                .map(|length| length.parse().ok())
                .collect::<Option<Vec<usize>>>()
        });
    match shape.as_deref() {
        Some(&[rows, width])
            if width > 0
                && rows
                    .checked_mul(width)
                    .is_some_and(|count| count <= MAX_VALUES) =>
        {
            Ok([rows, width])
        }
        _ => Err("not two dimensions of a size that is read"),
    }
}

/// The words that have one of `rows` rows: a map from their ids, as MessagePack.
///
/// Read entry by entry: spaCy's maps have hundreds of thousands.
fn read_words(path: &Path, rows: usize) -> Result<Vec<(u64, u32)>, Error> {
    let bytes = read_file(path)?;
    let mut rest = bytes.as_slice();
    let malformed = |what: &str| Error::malformed(path, what);
    let length = rmp::decode::read_map_len(&mut rest).map_err(|_| malformed("not a map"))?;
    // No entry is shorter than two bytes.
    let mut words = Vec::with_capacity((length as usize).min(rest.len() / 2));
    for _ in 0..length {
        let entry = (
            rmp::decode::read_int::<u64, _>(&mut rest),
            rmp::decode::read_int::<i64, _>(&mut rest),
        );
        let (Ok(word), Ok(row)) = entry else {
            return Err(malformed(
                "an entry that does not lead from a word to a row",
            ));
        };
        match u32::try_from(row) {
            Ok(row) if (row as usize) < rows => words.push((word, row)),
            // A word without a row.
            Err(_) if row < 0 => {}
            _ => return Err(malformed("a row that the table does not have")),
        }
    }
    if !rest.is_empty() {
        return Err(malformed("more bytes behind the map"));
    }
    words.sort_unstable();
    words.dedup_by_key(|&mut (word, _)| word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(shape: &str, numbers: &[f32]) -> Vec<u8> {
        let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n");
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.bytes());
        bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        bytes
    }

    fn words(entries: &[(u64, i64)]) -> Vec<u8> {
        let entries = entries.iter().map(|&(word, row)| (word.into(), row.into()));
        let mut bytes = Vec::new();
        rmpv::encode::write_value(&mut bytes, &rmpv::Value::Map(entries.collect())).unwrap();
        bytes
    }

    fn load(settings: &str, table: &[u8], words: &[u8]) -> Result<StaticVectors, Error> {
        let folder = tempfile::tempdir().unwrap();
        let vocabulary = folder.path().join("vocab");
        std::fs::create_dir(&vocabulary).unwrap();
        std::fs::write(vocabulary.join("vectors.cfg"), settings).unwrap();
        std::fs::write(vocabulary.join("vectors"), table).unwrap();
        std::fs::write(vocabulary.join("key2row"), words).unwrap();
        StaticVectors::load(folder.path())
    }

    const SETTINGS: &str = r#"{"mode":"default"}"#;

    #[test]
    fn a_word_leads_to_its_row_and_several_may_share_one() {
        let numbers = [1.0, 2.0, 3.0, 4.0];
        let entries = words(&[(9, 1), (7, 0), (u64::MAX, 1), (5, -1)]);
        let vectors = load(SETTINGS, &table("(2, 2)", &numbers), &entries).unwrap();
        assert_eq!(vectors.width(), 2);
        assert_eq!(vectors.get(7), Some(&[1.0, 2.0][..]));
        assert_eq!(vectors.get(9), Some(&[3.0, 4.0][..]));
        assert_eq!(vectors.get(u64::MAX), vectors.get(9));
        assert_eq!((vectors.get(5), vectors.get(8)), (None, None));
    }

    #[test]
    fn what_is_damaged_or_not_run_is_refused() {
        let numbers = [1.0, 2.0];
        let (sound, one) = (table("(1, 2)", &numbers), words(&[(7, 0)]));
        assert!(load(SETTINGS, &sound, &one).is_ok());
        let refused = |settings: &str, table: &[u8], words: &[u8]| {
            load(settings, table, words).unwrap_err().to_string()
        };
        for (settings, told) in [
            (r#"{"mode":"floret"}"#, "uses `floret` vectors"),
            (
                r#"{"attr":"LOWER"}"#,
                "vectors by the token attribute \"LOWER\"",
            ),
            ("{", "not JSON"),
        ] {
            assert!(refused(settings, &sound, &one).contains(told));
        }
        for (damaged, told) in [
            (&sound[1..], "not a NumPy array"),
            (&sound[..sound.len() - 1], "cannot be read"),
            (&table("(999999, 300)", &numbers), "cannot be read"),
            (&table("(2,)", &numbers), "not two dimensions"),
            (&table("(9999999999, 2)", &numbers), "not two dimensions"),
            (&table("(1, 2)", &[1.0, f32::NAN]), "not finite"),
        ] {
            let error = refused(SETTINGS, damaged, &one);
            assert!(error.contains(told), "{error}");
        }
        for damaged in [
            &one[..1],
            &[one.clone(), one.clone()].concat(),
            &words(&[(7, 1)]),
            &[0xc0],
        ] {
            assert!(refused(SETTINGS, &sound, damaged).contains("key2row"));
        }
    }
}
