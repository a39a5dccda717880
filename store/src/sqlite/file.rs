//! The file that holds the database.

use std::{
    fs::{self, Metadata},
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::time::{Instant, sleep};

use crate::{StoreError, connect::bad_url, error::is_busy};

/// A file on the disk, and whether it is still the one that was found.
#[derive(Clone, Debug)]
pub(super) struct DatabaseFile {
    path: PathBuf,
    identity: Identity,
}

impl DatabaseFile {
    /// Makes the file and its folder unless they are there.
    pub(super) async fn create(
        connection: &SqliteConnectOptions,
        database_url: &str,
        patience: Duration,
    ) -> Result<(), StoreError> {
        let path = connection.get_filename();
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|error| {
                let folder = folder.display();
                bad_url(database_url, format!("the folder {folder} cannot be made ({error})"))
            })?;
        }
        if path.is_dir() {
            return Err(bad_url(database_url, "it is a folder; name a file in it"));
        }
        match connect(&connection.clone().create_if_missing(true), patience).await {
            Ok(connection) => Ok(connection.close().await?),
            Err(StoreError::Corrupt(_)) => {
                Err(bad_url(database_url, "the file is no SQLite database"))
            }
            Err(error) => Err(error),
        }
    }

    /// The file that is there now.
    pub(super) fn find(connection: &SqliteConnectOptions) -> Result<Self, StoreError> {
        let path = connection.get_filename().to_owned();
        let identity = identity_of(&path)
            .ok_or_else(|| StoreError::unavailable("the file of the database is gone"))?;
        Ok(Self { path, identity })
    }

    /// Whether the path still leads to this file: it may have been deleted, moved, or replaced.
    pub(super) fn is_in_place(&self) -> bool {
        identity_of(&self.path) == Some(self.identity)
    }

    /// Whether the path leads to another file.
    pub(super) fn is_replaced(&self) -> bool {
        identity_of(&self.path).is_some_and(|identity| identity != self.identity)
    }

    /// The write-ahead log that lies beside it now.
    pub(super) fn log(&self) -> Log {
        let mut path = self.path.clone().into_os_string();
        path.push("-wal");
        let path = PathBuf::from(path);
        Log { identity: identity_of(&path), path }
    }
}

/// The write-ahead log of a file. SQLite finds it by its name alone, so beside another file it
/// would be taken for the log of that one, and damage it.
#[derive(Clone, Debug)]
pub(super) struct Log {
    path: PathBuf,
    identity: Option<Identity>,
}

impl Log {
    /// Whether it is still there with something in it.
    pub(super) fn is_left(&self) -> bool {
        let Ok(metadata) = fs::metadata(&self.path) else { return false };
        metadata.len() > 0 && Some(identity(&metadata)) == self.identity
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// Connects, and for as long as `patience` tries again while another program has the file to
/// itself: it has while it turns the write-ahead log on and while it folds it in, and then SQLite
/// gives up at once, whatever the busy time-out.
pub(crate) async fn connect(
    options: &SqliteConnectOptions,
    patience: Duration,
) -> Result<SqliteConnection, StoreError> {
    let deadline = Instant::now() + patience;
    loop {
        match options.connect().await {
            Err(error) if is_busy(&error) && Instant::now() < deadline => sleep(RETRY).await,
            answer => return Ok(answer?),
        }
    }
}

const RETRY: Duration = Duration::from_millis(10);

/// What a database URL asks for.
pub(crate) fn options_of(database_url: &str) -> Result<SqliteConnectOptions, StoreError> {
    let options: SqliteConnectOptions =
        database_url.parse().map_err(|error| bad_url(database_url, error))?;
    let path = options.get_filename();
    if path.as_os_str().is_empty() || database_url.contains("memory") && is_in_memory(path) {
        return Err(bad_url(database_url, "it names no file, so nothing would be kept"));
    }
    Ok(options)
}

/// The name that the driver gives to a database without a file.
fn is_in_memory(path: &Path) -> bool {
    path.to_string_lossy().starts_with("file:sqlx-in-memory")
}

type Identity = (u64, u64);

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

/// Where files have no number, being there has to do.
#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {
    (0, 0)
}

fn identity_of(path: &Path) -> Option<Identity> {
    fs::metadata(path).ok().map(|metadata| identity(&metadata))
}
