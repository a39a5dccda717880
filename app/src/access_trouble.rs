//! What can go wrong with logins, accounts and keys, beyond what can with anything.

use serde::{Deserialize, Serialize};

use crate::ApiError;

/// Why somebody is not logged in, or an account or key is not as they want it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum AccessTrouble {
    /// A name or a password that is not right.
    #[error("the name or the password is wrong")]
    Wrong,
    /// Too many attempts have failed.
    #[error("too many attempts have failed: try again in {wait_s} s")]
    TooOften {
        /// How long to wait, in seconds.
        wait_s: u64,
    },
    /// A link that was used, replaced or is too old.
    #[error("this link is of no use any more: ask an admin for a new one")]
    StaleLink,
    /// Two passwords that differ.
    #[error("the two passwords are not the same: write them again")]
    Unequal,
    /// A password that is too short or too long.
    #[error("a password has 12 to 256 characters")]
    PasswordLength,
    /// What everybody would try first.
    #[error("choose a password that is not made of the account's name or of one character")]
    PasswordObvious,
    /// No name of an account.
    #[error("the name of an account has 1 to 60 letters without accents, digits and . _ - + @")]
    Name,
    /// Another account has the name.
    #[error("another account has this name: choose another one")]
    NameTaken,
    /// No account has this id.
    #[error("there is no such account: reload the page")]
    Unknown,
    /// Nobody could administer the service any more.
    #[error("this is the last admin: make another account an admin first")]
    LastAdmin,
    /// Nobody could administer the service.
    #[error("the first account is an admin")]
    FirstIsAdmin,
    /// No name of a key.
    #[error("the name of a key has 1 to 60 characters")]
    KeyName,
    /// As many keys as one account has.
    #[error("there are as many keys as one account has: revoke one first")]
    TooManyKeys,
    /// A number of days that is none.
    #[error("a key is of use for 1 to 3,650 days, or without an end")]
    KeyDays,
    /// Keys are somebody's.
    #[error("keys belong to accounts: log in with one first")]
    NoAccount,
}

impl From<AccessTrouble> for ApiError {
    fn from(trouble: AccessTrouble) -> Self {
        Self::Access(trouble)
    }
}
