//! A key with which a program asks in somebody's name.

use std::fmt;

use jiff::Timestamp;

use super::Right;
use crate::{AccountId, ApiKeyId};

/// A key with which a program asks in somebody's name. The secret itself is known to the program alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Names it.
    pub id: ApiKeyId,
    /// Whose it is: it may never do more than they.
    pub account_id: AccountId,
    /// What it is for.
    pub name: KeyName,
    /// What it may do at most.
    pub right: Right,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is of no more use.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to the minute or so.
    pub used_at: Option<Timestamp>,
}

/// What a key is for: 1 to 60 visible characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyName(String);

/// A name that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the name of a key has 1 to {} characters and no control characters", KeyName::MOST_CHARS)]
pub struct KeyNameError;

impl KeyName {
    /// The longest name.
    pub const MOST_CHARS: usize = 60;

    /// Accepts `name`, without the white space around it.
    ///
    /// # Errors
    /// See [`KeyNameError`].
    pub fn parse(name: &str) -> Result<Self, KeyNameError> {
        let name = name.trim();
        let fits = (1..=Self::MOST_CHARS).contains(&name.chars().count());
        if !fits || name.chars().any(char::is_control) {
            return Err(KeyNameError);
        }
        Ok(Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
