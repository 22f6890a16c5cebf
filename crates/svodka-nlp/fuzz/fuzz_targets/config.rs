//! A configuration of any kind is an error, or the pipeline reads texts.
#![no_main]

mod folder;
mod laws;
#[path = "../../src/sample.rs"]
mod sample;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

use folder::Folder;

static FOLDER: LazyLock<Folder> = LazyLock::new(Folder::new);

fuzz_target!(|data: &[u8]| {
    let Some((&[manner, at_high, at_low, count], data)) = data.split_first_chunk() else {
        return;
    };
    let file = FOLDER.find("config.cfg");
    let sound = &FOLDER.files[file].1;
    let at = usize::from(u16::from_be_bytes([at_high, at_low])) % (sound.len() + 1);
    let behind = (at + usize::from(count)).min(sound.len());
    let written = match manner % 4 {
        0 => data.to_vec(),
        1 => [data, sound].concat(),
        _ => [&sound[..at], data, &sound[behind..]].concat(),
    };
    FOLDER.check(file, &written);
});
