//! What can go wrong between a folder or an address and a model.

use std::{io, path::PathBuf};

use sentiment::{BundleError, models::NeverAsked};

/// Why a bundle could not be read or fetched.
#[derive(Debug, thiserror::Error)]
pub enum BundlesError {
    /// The folder is not there.
    #[error(
        "there is no model at {}: name the folder of a bundle with --model, or fetch one with --model-url", .0.display()
    )]
    NoFolder(PathBuf),
    /// The folder is there but holds no bundle.
    #[error(
        "{} is not a model bundle, because it has no manifest.json: name the folder of a bundle", .0.display()
    )]
    NotABundle(PathBuf),
    /// A member of an ensemble is not beside it.
    #[error(
        "the ensemble at {} needs the bundle {}, which is not there: put it there, or fetch both with --model-url", ensemble.display(), folder.display()
    )]
    NoMember {
        /// The ensemble's folder.
        ensemble: PathBuf,
        /// Where the member should be.
        folder: PathBuf,
    },
    /// A file that the manifest names is not there.
    #[error("the model at {} lacks {file}: fetch or export the bundle again", folder.display())]
    MissingFile {
        /// The bundle's folder.
        folder: PathBuf,
        /// The file's name.
        file: String,
    },
    /// A file has another size than the manifest says.
    #[error(
        "{} is damaged, because it has {size} bytes instead of {expected}: fetch or export the bundle again", path.display()
    )]
    WrongSize {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
        /// What the manifest says, in bytes.
        expected: u64,
    },
    /// A file or folder could not be read or written.
    #[error("{} cannot be {action}: {source}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What was tried.
        action: &'static str,
        /// What the system says.
        source: io::Error,
    },
    /// The files are there but are no model that this program can run.
    #[error("the model at {} cannot be used: {source}", folder.display())]
    Bundle {
        /// The bundle's folder.
        folder: PathBuf,
        /// What is wrong.
        source: BundleError,
    },
    /// Of several models one has nothing to do.
    #[error(transparent)]
    NeverAsked(#[from] NeverAsked),
    /// The address is none that a bundle can be fetched from.
    #[error(
        "{url} is no address of a model bundle: {reason}; use https://, gs://, s3:// or file://"
    )]
    BadUrl {
        /// The address, without its secrets.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// What is at the address is no bundle, or not the bundle of its manifest.
    #[error("what is at {url} is no usable model bundle: {source}")]
    BadSource {
        /// The address, without its secrets.
        url: String,
        /// What is wrong.
        source: BundleError,
    },
    /// The file is not at the address.
    #[error("{url} has no {file}: check the address of the bundle")]
    NotThere {
        /// The bundle's address, without its secrets.
        url: String,
        /// The file's name.
        file: String,
    },
    /// The transfer failed. What has arrived is kept: the next attempt goes on from there.
    #[error(
        "{file} could not be fetched from {url}: {reason}; run it again to go on where it stopped"
    )]
    Transfer {
        /// The bundle's address, without its secrets.
        url: String,
        /// The file's name.
        file: String,
        /// What went wrong.
        reason: String,
    },
}
