//! Rights, each of which holds those before it, and the roles that have them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What somebody may do at most: a right holds all before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Right {
    /// See everything but accounts and the log of changes.
    Read,
    /// Have texts read, which are stored.
    Analyse,
    /// Correct and review verdicts, send files and streams, keep watches, and act on incidents.
    Work,
    /// Keep accounts and channels, and read the log of changes.
    Administer,
}

/// A word that names no right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no right: write read, analyse, work or administer")]
pub struct UnknownRight(String);

impl Right {
    /// All of them, the least first.
    pub const ALL: [Self; 4] = [Self::Read, Self::Analyse, Self::Work, Self::Administer];

    /// The name used in JSON, forms and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Analyse => "analyse",
            Self::Work => "work",
            Self::Administer => "administer",
        }
    }
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Right {
    type Err = UnknownRight;

    fn from_str(text: &str) -> Result<Self, UnknownRight> {
        let named = Self::ALL.into_iter().find(|right| right.as_str() == text);
        named.ok_or_else(|| UnknownRight(text.chars().take(40).collect()))
    }
}

/// What an account is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Role {
    /// Sees everything and tries texts.
    Viewer,
    /// Works with verdicts, files, watches and incidents.
    Analyst,
    /// Does everything.
    Admin,
}

/// A word that names no role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no role: write viewer, analyst or admin")]
pub struct UnknownRole(String);

impl Role {
    /// All of them, that with the fewest rights first.
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Analyst, Self::Admin];

    /// The name used in JSON, forms and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Analyst => "analyst",
            Self::Admin => "admin",
        }
    }

    /// What it may do.
    #[must_use]
    pub const fn right(self) -> Right {
        match self {
            Self::Viewer => Right::Analyse,
            Self::Analyst => Right::Work,
            Self::Admin => Right::Administer,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        let named = Self::ALL.into_iter().find(|role| role.as_str() == text);
        named.ok_or_else(|| UnknownRole(text.chars().take(40).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_further_on_may_do_more() {
        assert!(Role::ALL.is_sorted_by(|less, more| less.right() < more.right()));
        assert!(Role::Viewer.right() > Right::Read);
    }

    #[test]
    fn every_name_is_understood_and_others_are_told() {
        for right in Right::ALL {
            assert_eq!(right.as_str().parse(), Ok(right));
        }
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        let told = "root".parse::<Role>().unwrap_err().to_string();
        assert_eq!(told, "“root” is no role: write viewer, analyst or admin");
    }
}
