//! Any bytes are read or refused, and what is read has a whole map. The first byte chooses the name they come under.
#![no_main]

use libfuzzer_sys::fuzz_target;
use svodka_ingest::{Hint, read};

const NAMES: [&str; 8] = ["a.txt", "a.md", "a.html", "a.xml", "a.eml", "a.pdf", "a.docx", "a.zip"];

fuzz_target!(|data: &[u8]| {
    let Some((&first, bytes)) = data.split_first() else {
        return;
    };
    let name = Some(NAMES[usize::from(first) % NAMES.len()]);
    let Ok(intake) = read(bytes, &Hint { name, encoding: None }) else {
        return;
    };
    for document in intake.documents {
        assert!(!document.text.trim().is_empty());
        let starts: Vec<usize> = document.map.starts().collect();
        assert_eq!(starts.first(), Some(&0));
        assert!(starts.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(starts.iter().all(|&start| document.text.is_char_boundary(start)));
    }
});
