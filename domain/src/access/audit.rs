//! The log of changes: who changed what, and when.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::AuditId;

/// A change that somebody made or tried to make. It names things by their ids and holds no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Names the entry; later ones sort after earlier ones.
    pub id: AuditId,
    /// When the change was answered.
    pub at: Timestamp,
    /// The name of the account; `local` on a machine without accounts, `nobody` without a login.
    pub actor: String,
    /// How they proved who they are.
    pub via: Via,
    /// What was done, such as `POST /api/v1/watches` or `account add`.
    pub action: String,
    /// What it was done to: the path with its ids, or a name.
    pub subject: String,
    /// The HTTP status of the answer: less than 400 if it was done; 200 for a command.
    pub status: u16,
    /// The `x-request-id` of the answer.
    pub request_id: String,
}

/// How somebody proves who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Via {
    /// Not at all.
    Nothing,
    /// They sit at the machine.
    Local,
    /// They have logged in.
    Session,
    /// A program with a key.
    Key,
    /// The command line of the service, on its database.
    Command,
}

/// A word that names no way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” names no way to prove who one is")]
pub struct UnknownVia(String);

impl Via {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Nothing, Self::Local, Self::Session, Self::Key, Self::Command];

    /// The name used in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Local => "local",
            Self::Session => "session",
            Self::Key => "key",
            Self::Command => "command",
        }
    }
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Via {
    type Err = UnknownVia;

    fn from_str(text: &str) -> Result<Self, UnknownVia> {
        let named = Self::ALL.into_iter().find(|via| via.as_str() == text);
        named.ok_or_else(|| UnknownVia(text.chars().take(40).collect()))
    }
}
