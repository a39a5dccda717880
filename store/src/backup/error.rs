//! What can go wrong with a backup.

use std::{io, path::PathBuf};

use crate::StoreError;

/// Why nothing was backed up, restored or copied. Whatever it is, the place that was to be written is as it was.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// One of the databases did not do its part.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The backup could not be written.
    #[error("“{path}” cannot be written: {source}", path = path.display())]
    CannotWrite {
        /// Where it was to be.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The backup could not be read.
    #[error("“{path}” cannot be read: {source}", path = path.display())]
    CannotRead {
        /// Where it is.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is something else.
    #[error("“{path}” is no backup of Vigie: give a file that `vigie backup` has written", path = path.display())]
    NoBackup {
        /// Where it is.
        path: PathBuf,
    },
    /// The file was cut off or changed.
    #[error("the backup “{path}” is damaged ({reason}): use another one", path = path.display())]
    Damaged {
        /// Where it is.
        path: PathBuf,
        /// By what that is known.
        reason: String,
    },
    /// The file is of a later version of this program.
    #[error("the backup “{path}” was made by a newer version of this program ({program}): restore it with that version", path = path.display())]
    Newer {
        /// Where it is.
        path: PathBuf,
        /// The version that made it.
        program: String,
    },
    /// The database to be read has no tables of ours.
    #[error("the database holds nothing of Vigie's: check its address")]
    NothingThere,
    /// The steps that were taken on the database are not those of any version.
    #[error("the database is between two versions of this program: run `vigie migrate` first")]
    BetweenVersions,
    /// The database to be filled holds rows.
    #[error(
        "the database is not empty: choose an empty one, or give --replace to lose all that is in it"
    )]
    NotEmpty,
    /// The database to be filled has tables of our names that we have not made.
    #[error(
        "the database holds tables of other programs under the names of Vigie's: choose another database or schema"
    )]
    OthersTables,
    /// Somebody has the SQLite file open.
    #[error("another program uses the database: stop it, and try again")]
    InUse,
    /// Reading and writing are of one database.
    #[error("both addresses are of the same database: give another one to copy to")]
    SameDatabase,
    /// What was read back is not what was to be written.
    #[error(
        "the table {table} cannot be kept exactly by that database: nothing was changed; please report it"
    )]
    Differs {
        /// The name of the table.
        table: String,
    },
    /// The other half of the work ended, and has told why.
    #[error("it was broken off")]
    BrokenOff,
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}
