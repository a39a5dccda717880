//! A released model as files: weights, configuration, vocabulary, card, and a manifest that
//! holds the size and SHA-256 of each. Bytes in, bytes out: who reads them from where is not
//! this crate's business.

mod card;
mod error;
mod manifest;
mod members;

use std::collections::BTreeMap;

pub use card::{Card, DataSource, Metric};
pub use error::BundleError;
pub use manifest::{FileEntry, Manifest, version_of};
pub use members::{add_member, member_folder, member_names};

/// File name to content.
pub type BundleFiles = BTreeMap<String, Vec<u8>>;

/// Weights, as safetensors.
pub const WEIGHTS: &str = "model.safetensors";
/// Family, shapes and preprocessing, as JSON.
pub const CONFIG: &str = "config.json";
/// One word a line; the line's number is the word's id.
pub const VOCABULARY: &str = "vocab.txt";
/// How text becomes word pieces, as Hugging Face's tokenizers read it.
pub const TOKENIZER: &str = "tokenizer.json";
/// Where the model comes from and what it reaches, as JSON.
pub const CARD: &str = "card.json";
/// The list of all other files.
pub const MANIFEST: &str = "manifest.json";

/// A bundle whose every file has been compared with its manifest.
#[derive(Clone, Debug)]
pub struct Bundle {
    manifest: Manifest,
    version: String,
    files: BundleFiles,
    /// Of an ensemble: the bundles beside it, by name.
    members: BTreeMap<String, Bundle>,
}

impl Bundle {
    /// Verifies `files` against the manifest among them, and the files of each member of an
    /// ensemble ([`add_member`]) against the member's own.
    ///
    /// # Errors
    /// If a manifest is missing, unreadable or of a newer format, or if a file is missing or
    /// differs from what the manifest says of it.
    pub fn verify(mut files: BundleFiles) -> Result<Self, BundleError> {
        let members = members::take(&mut files)?;
        let bytes = files.remove(MANIFEST).ok_or(BundleError::Missing(MANIFEST.to_owned()))?;
        let manifest = Manifest::parse(&bytes)?;
        for name in manifest.files.keys() {
            let content = files.get(name).ok_or_else(|| BundleError::Missing(name.clone()))?;
            manifest.verify(name, content)?;
        }
        let version = version_of(&bytes);
        Ok(Self { manifest, version, files, members })
    }

    /// A bundle called `name` of these files; the manifest is made here.
    ///
    /// # Errors
    /// If `name` or a file's name could not be a file name everywhere.
    pub fn create(name: &str, files: BundleFiles) -> Result<Self, BundleError> {
        let manifest = Manifest::of(name, &files)?;
        let version = version_of(&manifest.to_bytes());
        Ok(Self { manifest, version, files, members: BTreeMap::new() })
    }

    /// The same bundle with these members, which an ensemble is read with.
    #[must_use]
    pub fn with_members(self, members: impl IntoIterator<Item = Self>) -> Self {
        let members = members.into_iter().map(|member| (member.name().to_owned(), member));
        Self { members: members.collect(), ..self }
    }

    /// Its own files, the manifest too, ready to be written.
    #[must_use]
    pub fn own_files(&self) -> BundleFiles {
        let mut files = self.files.clone();
        files.insert(MANIFEST.to_owned(), self.manifest.to_bytes());
        files
    }

    /// The same with the files of its members, as [`Bundle::verify`] takes them.
    #[must_use]
    pub fn to_files(&self) -> BundleFiles {
        let mut files = self.own_files();
        for (name, member) in &self.members {
            add_member(&mut files, name, member.to_files());
        }
        files
    }

    /// The bundles that it was read with, by name; none if it is no ensemble.
    pub fn members(&self) -> impl Iterator<Item = &Self> {
        self.members.values()
    }

    /// The member called `name`.
    ///
    /// # Errors
    /// If it was read without that member.
    pub fn member(&self, name: &str) -> Result<&Self, BundleError> {
        self.members.get(name).ok_or_else(|| BundleError::MissingMember(name.to_owned()))
    }

    /// The model's name, such as `bilstm`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.manifest.name
    }

    /// The first 12 hexadecimal digits of the SHA-256 of the manifest: any changed byte of any
    /// file gives another version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// How many bytes all files together have, those of its members too, the manifests aside.
    #[must_use]
    pub fn size(&self) -> u64 {
        let own: u64 = self.manifest.files.values().map(|entry| entry.size).sum();
        own + self.members().map(Self::size).sum::<u64>()
    }

    /// The content of the file `name`.
    ///
    /// # Errors
    /// If the bundle has no such file.
    pub fn file(&self, name: &str) -> Result<&[u8], BundleError> {
        let content = self.files.get(name).filter(|_| self.manifest.files.contains_key(name));
        content.map(Vec::as_slice).ok_or_else(|| BundleError::Missing(name.to_owned()))
    }

    /// The file `name` read as JSON.
    ///
    /// # Errors
    /// If the bundle has no such file, or it does not say what `T` needs.
    pub fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, BundleError> {
        serde_json::from_slice(self.file(name)?).map_err(|error| BundleError::Unreadable {
            file: name.to_owned(),
            reason: error.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> BundleFiles {
        let files = [(CARD, "{}"), (WEIGHTS, "numbers")];
        files.into_iter().map(|(name, text)| (name.to_owned(), text.into())).collect()
    }

    #[test]
    fn what_was_created_verifies_under_the_same_version() {
        let bundle = Bundle::create("bilstm", files()).unwrap();
        let again = Bundle::verify(bundle.to_files()).unwrap();
        assert_eq!((again.name(), again.version()), ("bilstm", bundle.version()));
        assert_eq!(again.file(WEIGHTS).unwrap(), b"numbers");
        assert_eq!(again.size(), "{}numbers".len() as u64);
    }

    #[test]
    fn one_changed_byte_is_noticed() {
        let mut damaged = Bundle::create("bilstm", files()).unwrap().to_files();
        damaged.insert(WEIGHTS.to_owned(), b"numbert".to_vec());
        let error = Bundle::verify(damaged).unwrap_err();
        assert!(
            matches!(error, BundleError::Damaged { ref file, .. } if file == WEIGHTS),
            "{error}"
        );
    }

    #[test]
    fn a_truncated_file_is_noticed() {
        let mut damaged = Bundle::create("bilstm", files()).unwrap().to_files();
        damaged.insert(WEIGHTS.to_owned(), b"num".to_vec());
        assert!(matches!(Bundle::verify(damaged), Err(BundleError::Damaged { .. })));
    }

    #[test]
    fn a_missing_file_is_named() {
        let mut partial = Bundle::create("bilstm", files()).unwrap().to_files();
        partial.remove(WEIGHTS);
        assert!(Bundle::verify(partial).unwrap_err().to_string().contains(WEIGHTS));
    }

    #[test]
    fn a_newer_format_says_to_update() {
        let mut newer = Bundle::create("bilstm", files()).unwrap().to_files();
        let manifest = br#"{"format": 9, "name": "bilstm", "files": {}, "more": true}"#;
        newer.insert(MANIFEST.to_owned(), manifest.to_vec());
        assert!(matches!(Bundle::verify(newer), Err(BundleError::TooNew { format: 9 })));
    }

    #[test]
    fn a_file_that_the_manifest_does_not_name_is_not_there() {
        let mut more = Bundle::create("bilstm", files()).unwrap().to_files();
        more.insert("extra.txt".to_owned(), Vec::new());
        assert!(Bundle::verify(more).unwrap().file("extra.txt").is_err());
    }

    #[test]
    fn a_name_that_leaves_the_folder_is_refused() {
        let mut files = files();
        files.insert("../evil".to_owned(), Vec::new());
        assert!(matches!(Bundle::create("bilstm", files), Err(BundleError::BadName(_))));
    }
}
