//! Which model spoke.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Name and version of a released model.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ModelId {
    /// The name of its bundle, such as `bilstm`.
    pub name: String,
    /// Its version: the first 12 hexadecimal digits of the SHA-256 of its manifest, so that any
    /// changed byte of the bundle gives another.
    pub version: String,
}

impl fmt::Display for ModelId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.version)
    }
}
