//! What an export says of itself.

/// What is known of an export besides what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What the project is called.
    pub title: String,
    /// The program that writes it, with its version.
    pub program: String,
    /// What the names of everything in it begin with: an IRI that ends in `/`, `#` or `:`.
    pub base: String,
    /// How it deals with people who may be alive.
    pub living: Living,
}

/// How an export deals with people who may be alive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Living {
    /// Their names are replaced by numbers.
    Shielded,
    /// They are named.
    Named,
}

impl About {
    /// What every export says: that claims are no facts, and who is named.
    pub fn notice(&self) -> String {
        let living = match self.living {
            Living::Shielded => {
                "The names of people who may be alive are replaced by numbers, also in texts and quotations; offsets count in the text so changed."
            }
            Living::Named => {
                "People who may be alive are named: this was written for the owner of the project and is not to be passed on without thought."
            }
        };
        format!("Every claim is what a report says, not what is known to be true. {living}")
    }

    /// The name of a report.
    pub fn report(&self, number: i64) -> String {
        format!("{}report/{number}", self.base)
    }

    /// The name of a thing.
    pub fn thing(&self, number: i64) -> String {
        format!("{}thing/{number}", self.base)
    }

    /// The name of a claim.
    pub fn claim(&self, key: &str) -> String {
        format!("{}claim/{key}", self.base)
    }
}
