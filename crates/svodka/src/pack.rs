//! The packs: those inside the program, or one from a folder with those it builds on.

use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};
use svodka_pack::{Manifest, PackError, PackFile};

static PACKS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../packs");

/// The pack by which reports are read unless another is named.
pub const DEFAULT_PACK: &str = "en";

/// The language of the reports that the default pack is for, BCP 47.
pub const LANGUAGE: &str = "en";

/// Why a pack could not be put together.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackSourceError {
    /// A file of it cannot be read.
    #[error("{path}: {source}", path = path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Its `pack.toml` is not one.
    #[error(transparent)]
    Manifest(#[from] PackError),
    /// It builds on a pack that is not there.
    #[error(
        "{pack} needs the pack '{needed}', which is neither beside it nor in the program ({known})"
    )]
    Missing {
        /// The pack that needs it.
        pack: String,
        /// The pack that is needed.
        needed: String,
        /// The packs in the program.
        known: String,
    },
}

/// The names of the packs inside the program.
pub fn built_in_packs() -> Vec<&'static str> {
    let folders = PACKS.dirs().filter_map(|folder| folder.path().to_str());
    let mut names: Vec<_> = folders.collect();
    names.sort_unstable();
    names
}

/// The files of the default pack, those it builds on first.
pub fn built_in_pack() -> Vec<PackFile> {
    let mut gathered = Gathered::default();
    gathered
        .built_in(DEFAULT_PACK)
        .expect("a test reads the packs in the program");
    gathered.files
}

/// The files of the pack in `folder`, those of the packs it builds on first. Those are taken from folders beside it,
/// or else from the program.
///
/// # Errors
///
/// If a file cannot be read, or a pack that it builds on is not there.
pub fn pack_from(folder: &Path) -> Result<Vec<PackFile>, PackSourceError> {
    let mut gathered = Gathered::default();
    gathered.folder(folder)?;
    Ok(gathered.files)
}

/// Packs in the order in which they build on each other.
#[derive(Default)]
struct Gathered {
    files: Vec<PackFile>,
    /// The packs that are in, or are waiting for those they need.
    seen: Vec<String>,
}

impl Gathered {
    fn built_in(&mut self, name: &str) -> Result<(), PackSourceError> {
        let pack = format!("packs/{name}");
        if self.is_new(&pack) {
            let files = embedded(name, &pack);
            self.add(&pack, files, None)?;
        }
        Ok(())
    }

    fn folder(&mut self, folder: &Path) -> Result<(), PackSourceError> {
        let pack = folder.display().to_string();
        let pack = pack.trim_end_matches(['/', '\\']);
        if self.is_new(pack) {
            let files = on_disk(folder, pack)?;
            self.add(pack, files, Some(folder))?;
        }
        Ok(())
    }

    fn is_new(&mut self, pack: &str) -> bool {
        let new = !self.seen.iter().any(|seen| seen == pack);
        if new {
            self.seen.push(pack.to_owned());
        }
        new
    }

    /// Adds what a pack needs and then its own files.
    fn add(
        &mut self,
        pack: &str,
        files: Vec<PackFile>,
        folder: Option<&Path>,
    ) -> Result<(), PackSourceError> {
        let needs = Manifest::of(&files)?.map_or_else(Vec::new, |manifest| manifest.needs);
        for needed in needs {
            let beside = folder.map(|folder| match folder.file_name() {
                Some(_) => folder.with_file_name(&needed),
                None => folder.join("..").join(&needed),
            });
            match beside.filter(|beside| beside.join(Manifest::FILE).is_file()) {
                Some(beside) => self.folder(&beside)?,
                None if built_in_packs().contains(&needed.as_str()) => self.built_in(&needed)?,
                None => {
                    return Err(PackSourceError::Missing {
                        pack: pack.to_owned(),
                        needed,
                        known: built_in_packs().join(", "),
                    });
                }
            }
        }
        self.files.extend(files);
        Ok(())
    }
}

/// The files of a pack inside the program, in the order of their paths.
fn embedded(name: &str, pack: &str) -> Vec<PackFile> {
    let mut files = Vec::new();
    let mut folders: Vec<&Dir<'_>> = PACKS.get_dir(name).into_iter().collect();
    while let Some(folder) = folders.pop() {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(folder) => folders.push(folder),
                DirEntry::File(file) => {
                    let inside = file.path().strip_prefix(name).ok().and_then(slashed);
                    if let (Some(path), Some(text)) = (inside, file.contents_utf8()) {
                        files.push(PackFile {
                            pack: pack.to_owned(),
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

/// The files of the pack in a folder, in the order of their paths. Hidden ones do not count.
fn on_disk(folder: &Path, pack: &str) -> Result<Vec<PackFile>, PackSourceError> {
    let named = |path: &Path, source: io::Error| PackSourceError::Unreadable {
        path: path.to_path_buf(),
        source,
    };
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(inner) = folders.pop() {
        for entry in inner.read_dir().map_err(|error| named(&inner, error))? {
            let path = entry.map_err(|error| named(&inner, error))?.path();
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
            let text = std::fs::read_to_string(&path).map_err(|error| named(&path, error))?;
            if let Some(path) = path.strip_prefix(folder).ok().and_then(slashed) {
                let pack = pack.to_owned();
                files.push(PackFile { pack, path, text });
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
    use svodka_pack::Pack;

    use super::*;

    fn packs() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs")
    }

    #[test]
    fn the_packs_in_the_program_are_those_in_the_repository() {
        let told = |files: Vec<PackFile>| -> Vec<(String, String)> {
            files
                .into_iter()
                .map(|file| (file.path, file.text))
                .collect()
        };
        for name in built_in_packs() {
            let mut built_in = Gathered::default();
            built_in.built_in(name).expect("it is whole");
            let in_repository = pack_from(&packs().join(name)).expect("the repository has it");
            assert!(
                told(built_in.files) == told(in_repository),
                "the program was built from an older pack '{name}'"
            );
        }
    }

    #[test]
    fn a_pack_adds_to_those_it_needs_and_each_is_taken_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("it has one")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        };
        write("a/pack.toml", "title = \"A\"\nneeds = [\"b\", \"en\"]\n");
        write("a/lists/mine.toml", "quays = [\"wharf\"]\n");
        write("b/pack.toml", "title = \"B\"\nneeds = [\"en\", \"a\"]\n");
        write("b/lists/mine.toml", "quays = [\"quay\"]\n");
        let files = pack_from(&folder.path().join("a")).expect("all are there");
        let manifests = files.iter().filter(|file| file.path == Manifest::FILE);
        let titles: Vec<_> = manifests.map(|file| file.text.lines().next()).collect();
        assert_eq!(
            titles.len(),
            1 + 2
                + built_in_pack()
                    .iter()
                    .filter(|file| file.path == Manifest::FILE)
                    .count()
                - 1
        );
        assert_eq!(titles.last(), Some(&Some("title = \"A\"")));
        let pack = Pack::load(&files).expect("it is sound");
        let quays = pack.lists.get("quays").expect("both define it");
        assert!(quays.contains("wharf") && quays.contains("quay"));

        write("a/pack.toml", "title = \"A\"\nneeds = [\"fr\"]\n");
        let error = pack_from(&folder.path().join("a")).expect_err("there is no such pack");
        assert!(error.to_string().contains("needs the pack 'fr'"), "{error}");
    }
}
