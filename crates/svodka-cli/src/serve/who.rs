//! Who asks, and what they may do and see.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use svodka::store::Audience;
use utoipa::ToSchema;

use super::failure::Failure;

/// What somebody may do: each may do what those before may.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, ValueEnum,
)]
#[serde(rename_all = "lowercase")]
#[schema(as = AccountRole)]
pub enum Role {
    /// Read.
    Reader,
    /// Judge claims and names, and take back their own judgements.
    Reviewer,
    /// Everything: add reports, set the rule for the living, take back anything, copy the project.
    Owner,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// By what name the log knows them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// What they may see.
    pub audience: Audience,
}

impl Who {
    /// Refuses those who may less than that.
    pub fn must_be(&self, role: Role) -> Result<(), Failure> {
        if self.role >= role {
            return Ok(());
        }
        let who = match role {
            Role::Reader => "a reader",
            Role::Reviewer => "a reviewer",
            Role::Owner => "an owner",
        };
        Err(Failure::forbidden(format!("only {who} may do this"))
            .with_remedy("ask the project's owner: `svodka user role` gives another role"))
    }
}

impl<S: Sync> FromRequestParts<S> for Who {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Who, Failure> {
        // The door puts it there, or lets nobody in.
        parts.extensions.get().cloned().ok_or_else(Failure::broken)
    }
}
