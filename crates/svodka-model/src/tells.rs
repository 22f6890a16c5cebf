//! Which claims tell who somebody, or what something, is.

use serde::{Deserialize, Serialize};

/// What is noted of a thing so that it can be known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aspect {
    /// Another name of it.
    Also,
    /// What a person is: office, trade, title.
    Office,
    /// Bodies and firms it has to do with.
    Groups,
    /// Where it is or was.
    Places,
    /// What it wrote, owned or is about.
    Works,
    /// A person's kin.
    Kin,
    /// Who else was there.
    Company,
}

/// That claims of some kind tell something of whoever plays a role in them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tells {
    /// The kind of claim.
    pub kind: String,
    /// The role of what it tells something of.
    pub of: String,
    /// What it tells.
    pub aspect: Aspect,
    /// The roles and fields in which that stands.
    pub from: Vec<String>,
}
