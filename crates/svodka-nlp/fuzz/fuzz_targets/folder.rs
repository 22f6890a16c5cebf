//! The folder of a small pipeline, of which one file at a time is damaged.

use std::path::PathBuf;

use svodka_nlp::Pipeline;
use tempfile::TempDir;

use crate::{laws, sample};

/// What a pipeline that still loads has to read.
const TEXTS: &[&str] = &[
    "",
    "They (don't) strike at www.mill.org/a, and went home...\n\nNobody knew :) the leaders.",
    "the verb\u{a0}the e\u{301} 🙂 x-y 12,000 \n \t",
];

pub struct Folder {
    folder: TempDir,
    /// The files in the order of their paths, with what stands in them.
    pub files: Vec<(PathBuf, Vec<u8>)>,
}

impl Folder {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        sample::write(folder.path());
        let mut files = Vec::new();
        let mut folders = vec![folder.path().to_owned()];
        while let Some(inner) = folders.pop() {
            for entry in std::fs::read_dir(inner).expect("the folder was just made") {
                let path = entry.expect("the folder was just made").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = std::fs::read(&path).expect("the file was just written");
                    files.push((path, bytes));
                }
            }
        }
        files.sort();
        let sound = Self { folder, files };
        let pipeline = Pipeline::load(sound.folder.path()).expect("the sample is sound");
        laws::check(&pipeline, TEXTS);
        sound
    }

    /// The file whose path ends with `name`.
    #[allow(dead_code)]
    pub fn find(&self, name: &str) -> usize {
        let found = self.files.iter().position(|(path, _)| path.ends_with(name));
        found.expect("the sample has the file")
    }

    /// Loads the pipeline with `bytes` in place of a file; if that succeeds, it must read texts.
    pub fn check(&self, file: usize, bytes: &[u8]) {
        let (path, sound) = &self.files[file];
        std::fs::write(path, bytes).expect("the file can be written");
        let loaded = Pipeline::load(self.folder.path());
        std::fs::write(path, sound).expect("the file can be written");
        match loaded {
            Ok(pipeline) => laws::check(&pipeline, TEXTS),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}
