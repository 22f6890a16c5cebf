//! Who may come in from other machines: names, roles and digests of passwords, in a file beside the project so that they do not travel with it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};

use super::who::Role;
use crate::problem::{Problem, Status};

/// The shortest password, in characters.
const SHORTEST: usize = 12;

/// Somebody who may come in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct User {
    /// By what name the log knows them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Argon2id, in the PHC form.
    pub password: String,
}

/// Those who may come in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Accounts {
    /// In the order in which they were added.
    pub users: Vec<User>,
}

/// Argon2id with 19 MiB, 2 passes and 1 lane: what the OWASP cheat sheet on storing passwords names first.
fn argon() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// So many random bytes of the system.
fn bytes(number: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = vec![0; number];
    getrandom::fill(&mut bytes).map_err(|error| {
        Problem::new(
            Status::Data,
            format!("the system gives no random numbers: {error}"),
        )
    })?;
    Ok(bytes)
}

/// So many random bytes, as hexadecimal digits.
pub fn random(number: usize) -> Result<String, Problem> {
    let digits = bytes(number)?;
    Ok(digits.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl User {
    /// Whether that is their password.
    pub fn knows(&self, password: &str) -> bool {
        let hash = PasswordHash::new(&self.password);
        hash.is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok())
    }
}

/// The digest of a password.
pub fn digest(password: &str) -> Result<String, Problem> {
    if password.chars().count() < SHORTEST {
        let what = format!("the password has fewer than {SHORTEST} characters");
        return Err(Problem::new(Status::Usage, what)
            .with_remedy("four words that have nothing to do with each other are a good one"));
    }
    let unkept = |error: argon2::password_hash::Error| {
        Problem::new(
            Status::Data,
            format!("the password cannot be kept: {error}"),
        )
    };
    let salt = SaltString::encode_b64(&bytes(16)?).map_err(unkept)?;
    let hash = argon().hash_password(password.as_bytes(), &salt);
    let hash = hash.map_err(unkept)?;
    Ok(hash.to_string())
}

impl Accounts {
    /// The file beside a project.
    pub fn file(project: &Path) -> PathBuf {
        PathBuf::from(format!("{}-users", project.display()))
    }

    /// Those who may come in to a project; nobody if there is no such file.
    pub fn read(project: &Path) -> Result<Accounts, Problem> {
        let path = Accounts::file(project);
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Accounts::default());
            }
            text => text.map_err(|error| Problem::unreadable(&path, &error))?,
        };
        serde_json::from_str(&text).map_err(|error| {
            Problem::new(
                Status::Data,
                format!("{}: these are no accounts: {error}", path.display()),
            )
            .with_remedy("take the file away and add the users anew with `svodka user add`")
        })
    }

    /// Keeps them, so that nobody else on this machine can read them; whole or not at all.
    pub fn write(&self, project: &Path) -> Result<(), Problem> {
        let path = Accounts::file(project);
        let failed = |error: std::io::Error| {
            Problem::new(
                Status::Output,
                format!("{}: cannot be written: {error}", path.display()),
            )
        };
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        // A temporary file is its owner's alone from the beginning.
        let mut file =
            tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(failed)?;
        let text = serde_json::to_string_pretty(self).unwrap_or_default() + "\n";
        file.write_all(text.as_bytes()).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&path).map_err(|error| failed(error.error))?;
        Ok(())
    }

    /// Somebody of that name.
    pub fn find(&self, name: &str) -> Option<&User> {
        self.users.iter().find(|user| user.name == name)
    }

    /// Somebody of that name, to be changed.
    pub fn find_mut(&mut self, name: &str) -> Result<&mut User, Problem> {
        let found = self.users.iter_mut().find(|user| user.name == name);
        found.ok_or_else(|| {
            Problem::new(Status::NoInput, format!("there is no user {name}"))
                .with_remedy("`svodka user list` names them")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_and_no_other_is() {
        let user = User {
            name: "Anna".to_owned(),
            role: Role::Reader,
            password: digest("correct horse battery").expect("long enough"),
        };
        assert!(user.password.starts_with("$argon2id$"), "{}", user.password);
        assert!(user.knows("correct horse battery"));
        assert!(!user.knows("correct horse batterz"));
        assert!(digest("short").is_err());
    }
}
