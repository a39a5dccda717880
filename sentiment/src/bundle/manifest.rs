//! The list of a bundle's files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{BundleError, BundleFiles, MANIFEST};

/// What a bundle consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the bundle's format.
    pub format: u32,
    /// The model's name.
    pub name: String,
    /// Every file but the manifest itself.
    pub files: BTreeMap<String, FileEntry>,
}

/// What is known of a file before it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
}

/// The part that every format, also later ones, has in common.
#[derive(Deserialize)]
struct FormatOnly {
    format: u32,
}

impl Manifest {
    /// The newest format that this program reads, and the one it writes.
    pub const FORMAT: u32 = 1;

    /// Reads a manifest.
    ///
    /// # Errors
    /// If it is no manifest, of a newer format, or names a file outside its folder.
    pub fn parse(bytes: &[u8]) -> Result<Self, BundleError> {
        let unreadable = |error: serde_json::Error| BundleError::Unreadable {
            file: MANIFEST.to_owned(),
            reason: error.to_string(),
        };
        let FormatOnly { format } = serde_json::from_slice(bytes).map_err(unreadable)?;
        if format > Self::FORMAT {
            return Err(BundleError::TooNew { format });
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(unreadable)?;
        check_name(&manifest.name)?;
        manifest.files.keys().try_for_each(|name| check_name(name))?;
        Ok(manifest)
    }

    /// Compares the content of the file `name` with what is known of it.
    ///
    /// # Errors
    /// If the manifest does not name it, or its size or SHA-256 differs.
    pub fn verify(&self, name: &str, content: &[u8]) -> Result<(), BundleError> {
        let entry = self.files.get(name).ok_or_else(|| BundleError::Missing(name.to_owned()))?;
        let damaged = |reason| Err(BundleError::Damaged { file: name.to_owned(), reason });
        if content.len() as u64 != entry.size {
            return damaged(format!("{} bytes instead of {}", content.len(), entry.size));
        }
        if sha256(content) != entry.sha256 {
            return damaged("its SHA-256 differs".to_owned());
        }
        Ok(())
    }

    pub(super) fn of(name: &str, files: &BundleFiles) -> Result<Self, BundleError> {
        check_name(name)?;
        files.keys().try_for_each(|name| check_name(name))?;
        let entry =
            |content: &Vec<u8>| FileEntry { size: content.len() as u64, sha256: sha256(content) };
        let files = files.iter().map(|(name, content)| (name.clone(), entry(content))).collect();
        Ok(Self { format: Self::FORMAT, name: name.to_owned(), files })
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        format!("{:#}\n", serde_json::json!(self)).into_bytes()
    }
}

/// The version of the bundle whose `manifest.json` holds these bytes.
#[must_use]
pub fn version_of(manifest: &[u8]) -> String {
    let mut digits = sha256(manifest);
    digits.truncate(12);
    digits
}

fn sha256(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))
}

/// A plain file name, so that no bundle can reach outside its folder.
pub(super) fn check_name(name: &str) -> Result<(), BundleError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if name.is_empty() || name.starts_with('.') || !name.chars().all(plain) {
        return Err(BundleError::BadName(name.chars().take(80).collect()));
    }
    Ok(())
}
