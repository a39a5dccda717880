//! What is watched: a brand, a route, a word, and which tweets are about it.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Query, WatchId};

/// Something that is watched by its own past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// Its name for programs.
    pub id: WatchId,
    /// Its name for people; no two watches have the same.
    pub name: WatchName,
    /// Which tweets belong to it.
    pub query: Query,
    /// Whether its tweets are made up, to show what a watch does.
    pub is_simulated: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A name of 1 to 60 visible characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WatchName(String);

/// A name that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the name of a watch has 1 to {} characters and no control characters",
    WatchName::MOST_CHARS
)]
pub struct WatchNameError;

impl WatchName {
    /// The longest name.
    pub const MOST_CHARS: usize = 60;

    /// Accepts `name`, without the white space around it.
    ///
    /// # Errors
    /// See [`WatchNameError`].
    pub fn parse(name: &str) -> Result<Self, WatchNameError> {
        let name = name.trim();
        let fits = (1..=Self::MOST_CHARS).contains(&name.chars().count());
        if !fits || name.chars().any(char::is_control) {
            return Err(WatchNameError);
        }
        Ok(Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WatchName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<WatchName> for String {
    fn from(name: WatchName) -> Self {
        name.0
    }
}

impl TryFrom<String> for WatchName {
    type Error = WatchNameError;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::parse(&name)
    }
}
