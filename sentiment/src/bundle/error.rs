//! What can be wrong with a bundle.

use super::Manifest;
use crate::vocabulary::VocabularyError;

/// Why a bundle cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// A file is not there.
    #[error("the model bundle lacks {0}: fetch the bundle again, or export it again")]
    Missing(String),
    /// A file is not what the manifest says.
    #[error("{file} of the model bundle is damaged ({reason}): fetch the bundle again")]
    Damaged {
        /// Which file.
        file: String,
        /// How it differs.
        reason: String,
    },
    /// A file's content is not of its kind.
    #[error("{file} of the model bundle cannot be read: {reason}")]
    Unreadable {
        /// Which file.
        file: String,
        /// What the reader says.
        reason: String,
    },
    /// Made by a later release.
    #[error("the model bundle has format {format}, this program reads up to {max}: update Vigie", max = Manifest::FORMAT)]
    TooNew {
        /// The bundle's format.
        format: u32,
    },
    /// A model that this program has no code for.
    #[error(
        "the model bundle holds a “{0}” model, which this program does not know: update Vigie, or choose another bundle"
    )]
    UnknownFamily(String),
    /// A model that does not run as WebAssembly.
    #[error(
        "the model bundle holds a “{0}” model, which runs on the server alone and not in the browser: choose another bundle"
    )]
    OnServerAlone(String),
    /// A member of an ensemble was not given with it.
    #[error(
        "the ensemble lacks its member {0}: put that bundle beside the ensemble's, into the folder {0}"
    )]
    MissingMember(String),
    /// A member of an ensemble would have to lie where the ensemble lies.
    #[error(
        "its member {0} would have to lie in the same folder: give the ensemble a folder of another name"
    )]
    MemberIsItself(String),
    /// A member of an ensemble is another one than the ensemble was made with.
    #[error(
        "the ensemble was made with {name}@{wanted}, but the bundle beside it is {name}@{found}: fetch the version that it names, or make the ensemble again"
    )]
    OtherMember {
        /// The member's name.
        name: String,
        /// The version that the ensemble names.
        wanted: String,
        /// The version that is there.
        found: String,
    },
    /// An ensemble among the members of another.
    #[error("an ensemble cannot be a member of another: name its members instead")]
    NestedEnsemble,
    /// A member of an ensemble cannot be used.
    #[error("the ensemble's member {name} cannot be used: {source}")]
    Member {
        /// The member's name.
        name: String,
        /// What is wrong with it.
        source: Box<BundleError>,
    },
    /// A name that is no plain file name.
    #[error(
        "“{0}” is no name for a model or a file in a bundle: use letters, digits, dots, hyphens and underscores"
    )]
    BadName(String),
    /// The vocabulary is none.
    #[error("vocab.txt of the model bundle cannot be read: {0}")]
    Vocabulary(#[from] VocabularyError),
    /// The weights do not have the shapes that the configuration promises.
    #[error("the weights of the model bundle do not fit its configuration: {0}")]
    Weights(#[from] candle_core::Error),
}

impl BundleError {
    /// The same, said of the member `name` of an ensemble.
    pub(crate) fn of_member(name: &str, source: Self) -> Self {
        Self::Member { name: name.to_owned(), source: Box::new(source) }
    }
}
