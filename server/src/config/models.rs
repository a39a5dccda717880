//! Which models are loaded.

use std::{
    fmt::{self, Display},
    path::{Path, PathBuf},
};

use engine::bundles::{self, BundlesError};
use sentiment::ByLanguage;
use serde::{Deserialize, Deserializer};

use super::places::default_model;

/// The folders of the bundles that are loaded together, the default model's first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelFolders {
    /// Exactly these.
    Given(PathBuf, Vec<PathBuf>),
    /// The released one in this folder, and those of its family beside it for other languages.
    Released(PathBuf),
}

impl ModelFolders {
    /// Those that were given; without any, the released ones.
    #[must_use]
    pub fn new(given: Vec<PathBuf>) -> Self {
        let mut given = given.into_iter();
        match given.next() {
            Some(first) => Self::Given(first, given.collect()),
            None => Self::Released(default_model()),
        }
    }

    /// The default model's.
    #[must_use]
    pub fn first(&self) -> &Path {
        match self {
            Self::Given(first, _) | Self::Released(first) => first,
        }
    }

    /// The others, as they are there now.
    #[must_use]
    pub fn others(&self) -> Vec<PathBuf> {
        match self {
            Self::Given(_, others) => others.clone(),
            Self::Released(first) => bundles::relatives(first),
        }
    }

    /// Loads all of them.
    ///
    /// # Errors
    /// Those of [`bundles::read_all`].
    pub fn read(&self) -> Result<ByLanguage, BundlesError> {
        bundles::read_all(self.first(), &self.others())
    }
}

impl Display for ModelFolders {
    /// As a setting gives them: with commas between them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first().display().fmt(f)?;
        self.others().iter().try_for_each(|folder| write!(f, ",{}", folder.display()))
    }
}

/// Folders as one string with commas between them.
pub fn comma_separated<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<PathBuf>>, D::Error> {
    let folders = String::deserialize(deserializer)?;
    Ok(Some(folders.split(',').map(PathBuf::from).collect()))
}
