//! Why something could not be kept or found.

use std::path::PathBuf;

use rusqlite::ErrorCode;

use crate::Session;
use crate::identity::Earlier;

/// Why the store could not do what was asked. Whatever the reason, the file is as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no file at the path.
    #[error("{path}: there is no such project", path = .0.display())]
    Missing(PathBuf),
    /// There is a file already where a project was to be made.
    #[error("{path}: there is such a file already", path = .0.display())]
    Exists(PathBuf),
    /// The file is no project.
    #[error("{path}: this is not a Svodka project", path = .0.display())]
    NotAProject(PathBuf),
    /// A newer program wrote the file.
    #[error("{path}: a newer svodka wrote this project (schema {found}; this one knows {known})", path = .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// Others kept writing for longer than one waited.
    #[error("the project is being written to{}", holders(.0))]
    Held(Vec<Session>),
    /// No room is left for the file.
    #[error("the disk is full, or the file may not grow further: nothing of this change was kept")]
    Full,
    /// The file or its disk is not to be written to.
    #[error("the project cannot be written to: the file, its folder or its disk is read-only")]
    ReadOnly,
    /// The disk failed to write or to read.
    #[error("the disk failed: {0}; nothing of this change was kept")]
    Disk(String),
    /// The file is damaged.
    #[error("the project file is damaged: {0}")]
    Damaged(String),
    /// There is no such thing in the project.
    #[error("there is no {what} {name}")]
    Unknown {
        /// What was looked for: "report", "claim", "operation", "name".
        what: &'static str,
        /// As it was asked for.
        name: String,
    },
    /// A name that several things bear.
    #[error("several things are called {name}: {}", .candidates.join("; "))]
    Ambiguous {
        /// As it was asked for.
        name: String,
        /// What it may mean.
        candidates: Vec<String>,
    },
    /// A judgement that says nothing that could be kept.
    #[error("this is no correction: {0}")]
    NoCorrection(String),
    /// The operation cannot be undone.
    #[error("operation {id} {why}")]
    NotUndoable {
        /// The operation.
        id: i64,
        /// Why not.
        why: &'static str,
    },
    /// A judgement that cannot hold beside others.
    #[error("{asked}; that contradicts what is judged already:{}", listed(.chain))]
    Contradiction {
        /// What it would say.
        asked: String,
        /// Why it cannot: judgements in force, as they lead from one side to the other.
        chain: Vec<Earlier>,
    },
    /// A judgement about one thing alone.
    #[error("{0} and {0} are one and the same")]
    Itself(String),
    /// A search that is none.
    #[error("there is no word to search for")]
    EmptySearch,
    /// Anything else the database says.
    #[error("the database says: {0}")]
    Database(rusqlite::Error),
}

impl StoreError {
    /// A word for programs: it stays the same from version to version.
    pub fn code(&self) -> &'static str {
        match self {
            StoreError::Unknown { .. } => "unknown",
            StoreError::Missing(_) => "missing",
            StoreError::Contradiction { .. } => "contradiction",
            StoreError::Ambiguous { .. } => "ambiguous",
            StoreError::NotUndoable { .. } => "not-undoable",
            StoreError::Exists(_) => "exists",
            StoreError::Held(_) => "held",
            StoreError::Full | StoreError::ReadOnly | StoreError::Disk(_) => "disk",
            StoreError::NoCorrection(_) | StoreError::Itself(_) | StoreError::EmptySearch => {
                "wrong"
            }
            StoreError::NotAProject(_) => "not-a-project",
            StoreError::Newer { .. } => "newer",
            StoreError::Damaged(_) | StoreError::Database(_) => "broken",
        }
    }
}

fn listed(chain: &[Earlier]) -> String {
    let told = chain.iter().map(|earlier| format!("\n  {earlier}"));
    told.collect()
}

fn holders(sessions: &[Session]) -> String {
    if sessions.is_empty() {
        return String::from(" by a process that did not say who it is");
    }
    let told: Vec<String> = sessions.iter().map(Session::to_string).collect();
    format!(" by {}", told.join(", or by "))
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        let rusqlite::Error::SqliteFailure(failure, ref message) = error else {
            return StoreError::Database(error);
        };
        let said = message.clone().unwrap_or_else(|| failure.to_string());
        match failure.code {
            ErrorCode::DiskFull => StoreError::Full,
            ErrorCode::ReadOnly => StoreError::ReadOnly,
            ErrorCode::SystemIoFailure => StoreError::Disk(said),
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Held(Vec::new()),
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Damaged(said),
            _ => StoreError::Database(error),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> StoreError {
        StoreError::Damaged(format!("an entry cannot be understood: {error}"))
    }
}
