//! A person who may log in.

use std::fmt;

use jiff::Timestamp;

use super::Role;
use crate::{AccountId, Reviewer};

/// A person who may log in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its name for programs.
    pub id: AccountId,
    /// Its name for people, and at the login; no two accounts have the same.
    pub name: AccountName,
    /// What it may do.
    pub role: Role,
    /// Whether a password was chosen; without one nobody can log in.
    pub has_password: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The name of an account, in small letters: 1 to 60 of `a` to `z`, digits and `. _ - + @`, the first a letter or digit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountName(String);

/// A name that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the name of an account has 1 to {} letters without accents, digits and . _ - + @, and begins with a letter or digit",
    AccountName::MOST_CHARS
)]
pub struct AccountNameError;

impl AccountName {
    /// The longest name.
    pub const MOST_CHARS: usize = 60;

    /// Accepts `name`, without the white space around it; capital letters are the same as small ones.
    ///
    /// # Errors
    /// See [`AccountNameError`].
    pub fn parse(name: &str) -> Result<Self, AccountNameError> {
        let name = name.trim().to_ascii_lowercase();
        let is_usual = |b: u8| b.is_ascii_alphanumeric() || b"._-+@".contains(&b);
        let begins = name.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
        if begins && name.len() <= Self::MOST_CHARS && name.bytes().all(is_usual) {
            Ok(Self(name))
        } else {
            Err(AccountNameError)
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whoever has this account, as one who gives feedback.
    #[must_use]
    pub fn reviewer(&self) -> Reviewer {
        // Every name of an account is one of a reviewer.
        Reviewer::parse(&self.0).unwrap_or_else(|_| Reviewer::local())
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_in_any_case_and_is_a_reviewer_s() {
        let name = AccountName::parse(" Ann.Lee+desk@example.org ").unwrap();
        assert_eq!(name.as_str(), "ann.lee+desk@example.org");
        assert_eq!(name.reviewer().as_str(), name.as_str());
    }

    #[test]
    fn what_could_be_taken_for_another_name_is_none() {
        for bad in ["", " ", ".ann", "ann lee", "ànn", "ann\u{7}", "а", &"x".repeat(61)] {
            assert_eq!(AccountName::parse(bad), Err(AccountNameError), "{bad}");
        }
    }
}
