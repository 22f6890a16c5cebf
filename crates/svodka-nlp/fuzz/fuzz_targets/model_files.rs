//! A damaged file is an error, or the pipeline still reads texts.
#![no_main]

mod folder;
mod laws;
#[path = "../../src/sample.rs"]
mod sample;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rmpv::Value;

use folder::Folder;

static FOLDER: LazyLock<Folder> = LazyLock::new(Folder::new);

fuzz_target!(|data: &[u8]| {
    let Some((&[file, manner, at_high, at_low], data)) = data.split_first_chunk() else {
        return;
    };
    let file = usize::from(file) % FOLDER.files.len();
    let sound = &FOLDER.files[file].1;
    let at = usize::from(u16::from_be_bytes([at_high, at_low]));
    FOLDER.check(file, &damaged(sound, manner, at, data));
});

fn damaged(sound: &[u8], manner: u8, at: usize, data: &[u8]) -> Vec<u8> {
    let at_byte = at % (sound.len() + 1);
    match manner % 8 {
        0 => data.to_vec(),
        1 => sound[..at_byte].to_vec(),
        2 => [&sound[..at_byte], data].concat(),
        3 => [&sound[..at_byte], data, &sound[at_byte..]].concat(),
        4 => {
            let behind = (at_byte + data.len()).min(sound.len());
            [&sound[..at_byte], data, &sound[behind..]].concat()
        }
        // Lengths that are told stay right, so that the damage gets further in.
        _ => match rmpv::decode::read_value(&mut &*sound) {
            Ok(mut root) => {
                for (number, edit) in data.chunks(12).take(4).enumerate() {
                    damage(&mut root, at + 31 * number, edit);
                }
                packed(&root)
            }
            // A file that is text.
            Err(_) => {
                let (&count, data) = data.split_first().unwrap_or((&0, &[]));
                let behind = (at_byte + usize::from(count)).min(sound.len());
                [&sound[..at_byte], data, &sound[behind..]].concat()
            }
        },
    }
}

/// Edits one of the values in `root`, the one that `at` falls on.
fn damage(root: &mut Value, at: usize, edit: &[u8]) {
    let mut left = at % count(root);
    let Some(value) = nth(root, &mut left) else {
        return;
    };
    let Some((&kind, rest)) = edit.split_first() else {
        return;
    };
    // What is packed in bytes is unpacked, damaged and packed again.
    if let Value::Binary(bytes) = value
        && kind >= 128
        && let Ok(mut inner) = rmpv::decode::read_value(&mut &**bytes)
    {
        damage(&mut inner, at / 7, rest);
        *bytes = packed(&inner);
        return;
    }
    let mut number = [0; 8];
    for (place, &byte) in number.iter_mut().zip(rest) {
        *place = byte;
    }
    let number = u64::from_le_bytes(number);
    let place = |length: usize| number as usize % (length + 1);
    *value = match (kind % 12, std::mem::replace(value, Value::Nil)) {
        (0, _) => Value::Nil,
        (1, _) => Value::Boolean(number % 2 == 0),
        (2, _) => Value::from(number),
        (3, _) => Value::from(number as i64 as i8),
        (4, _) => Value::F32(f32::from_bits(number as u32)),
        (5, Value::Array(mut items)) if !items.is_empty() => {
            drop(items.remove(place(items.len() - 1)));
            Value::Array(items)
        }
        (5, Value::Map(mut items)) if !items.is_empty() => {
            drop(items.remove(place(items.len() - 1)));
            Value::Map(items)
        }
        (6, Value::Array(items)) => {
            let again = items.get(place(items.len())).cloned();
            Value::Array(items.into_iter().chain(again).collect())
        }
        (6, Value::Map(items)) => {
            let again = items.get(place(items.len())).cloned();
            Value::Map(items.into_iter().chain(again).collect())
        }
        (7, Value::Array(mut items)) if !items.is_empty() => {
            let middle = place(items.len());
            items.rotate_left(middle);
            Value::Array(items)
        }
        (8, inner) => Value::Array(vec![inner]),
        // Bytes and text are overwritten, or written between.
        (_, Value::Binary(mut bytes)) => {
            let at = place(bytes.len());
            let behind = if kind % 2 == 0 {
                at
            } else {
                (at + rest.len()).min(bytes.len())
            };
            bytes.splice(at..behind, rest.iter().copied());
            Value::Binary(bytes)
        }
        (_, Value::String(text)) => {
            let mut bytes = text.as_bytes().to_vec();
            let (&first, rest) = rest.split_first().unwrap_or((&0, &[]));
            let at = usize::from(first) % (bytes.len() + 1);
            let behind = if kind % 2 == 0 {
                at
            } else {
                (at + rest.len()).min(bytes.len())
            };
            bytes.splice(at..behind, rest.iter().copied());
            match String::from_utf8(bytes) {
                Ok(text) => Value::from(text),
                Err(error) => Value::Binary(error.into_bytes()),
            }
        }
        (_, value) => value,
    };
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Map(entries) => entries
            .iter()
            .map(|(key, value)| count(key) + count(value))
            .sum(),
        _ => 0,
    }
}

/// The value that stands `left` values behind `value`, counted with all that is in it.
fn nth<'v>(value: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth(item, left)),
        Value::Map(entries) => entries
            .iter_mut()
            .find_map(|(key, value)| nth(key, left).or_else(|| nth(value, left))),
        _ => None,
    }
}

fn packed(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, value).expect("memory can be written to");
    bytes
}
