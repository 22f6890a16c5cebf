//! The pack: the one inside the program, or one from a folder.

use std::io;
use std::path::Path;

use include_dir::{Dir, DirEntry, include_dir};
use svodka_pack::PackFile;

static PACK: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../packs/en");

/// The language of the reports that the pack in the program is for, BCP 47.
pub const LANGUAGE: &str = "en";

/// The files of the pack inside the program.
pub fn built_in_pack() -> Vec<PackFile> {
    let mut files = Vec::new();
    let mut folders = vec![&PACK];
    while let Some(folder) = folders.pop() {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(folder) => folders.push(folder),
                DirEntry::File(file) => {
                    if let (Some(path), Some(text)) = (slashed(file.path()), file.contents_utf8()) {
                        files.push(PackFile {
                            path,
                            text: text.to_owned(),
                        });
                    }
                }
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The files of the pack in `folder`. The error's message names the file that could not be read.
pub fn pack_from(folder: &Path) -> io::Result<Vec<PackFile>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    let named = |path: &Path, error: &io::Error| {
        io::Error::new(error.kind(), format!("{}: {error}", path.display()))
    };
    while let Some(inner) = folders.pop() {
        for entry in inner.read_dir().map_err(|error| named(&inner, &error))? {
            let path = entry.map_err(|error| named(&inner, &error))?.path();
            let hidden = path
                .file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if hidden {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).map_err(|error| named(&path, &error))?;
            if let Some(path) = path.strip_prefix(folder).ok().and_then(slashed) {
                files.push(PackFile { path, text });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pack_in_the_program_is_the_pack_in_the_repository() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../packs")
            .join(LANGUAGE);
        let in_repository = pack_from(&folder).expect("the repository has it");
        let paths = |files: &[PackFile]| {
            files
                .iter()
                .map(|file| file.path.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(paths(&built_in_pack()), paths(&in_repository));
        assert!(
            built_in_pack() == in_repository,
            "the program was built from an older pack"
        );
    }
}
