//! SQLite files that are read whole, and new ones that take the place of others.

use std::{
    fs::{self, File},
    io::ErrorKind,
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{
    Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use tempfile::TempPath;

use super::{
    error::BackupError,
    file::{folder_of, sync},
    home::{self, Home, TAKEN},
    schema,
};
use crate::{
    StoreError,
    error::is_busy,
    migrations,
    sqlite::{connect, options_of},
};

/// How long to wait for another program's lock.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens the file at `database_url`, which nothing changes.
///
/// # Errors
/// [`BackupError::NothingThere`] if there is none, or what SQLite says.
pub async fn open_to_read(database_url: &str) -> Result<SqliteConnection, BackupError> {
    let options = options_of(database_url)?;
    if !options.get_filename().is_file() {
        return Err(BackupError::NothingThere);
    }
    let options = options.busy_timeout(PATIENCE).pragma("query_only", "ON");
    Ok(connect(&options, PATIENCE).await?)
}

/// A file that is filled beside the one whose place it takes; removed when dropped before.
pub struct NewFile {
    pending: TempPath,
    target: PathBuf,
    is_replacing: bool,
}

impl NewFile {
    /// Makes one for `database_url`, with its folder.
    ///
    /// # Errors
    /// That something is there that may not be lost or is in use, or that a file cannot be made.
    pub async fn beside(database_url: &str, is_replacing: bool) -> Result<Self, BackupError> {
        let target = options_of(database_url)?.get_filename().to_owned();
        let cannot = |source| BackupError::CannotWrite { path: target.clone(), source };
        fs::create_dir_all(folder_of(&target)).map_err(cannot)?;
        // Through a link, the file that it leads to is replaced and not the link.
        let target = target.canonicalize().unwrap_or(target.clone());
        if let Some(held) = hold(&target, is_replacing).await? {
            held.close().await.map_err(StoreError::from)?;
        }
        let cannot = |source| BackupError::CannotWrite { path: target.clone(), source };
        let name = target.file_name().ok_or(ErrorKind::InvalidFilename.into()).map_err(cannot)?;
        let mut builder = tempfile::Builder::new();
        let prefix = format!(".{}.", name.to_string_lossy());
        builder.prefix(&prefix).suffix(".part");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let pending = builder.tempfile_in(folder_of(&target)).map_err(cannot)?.into_temp_path();
        Ok(Self { pending, target, is_replacing })
    }

    /// Opens it. Nobody else sees it yet, so that it needs no journal.
    ///
    /// # Errors
    /// What SQLite says.
    pub async fn connect(&self) -> Result<SqliteConnection, BackupError> {
        let options = SqliteConnectOptions::new()
            .filename(&self.pending)
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off)
            .foreign_keys(true)
            .pragma("cache_size", "-65536");
        Ok(connect(&options, PATIENCE).await?)
    }

    /// Puts it in its place, on the disk.
    ///
    /// # Errors
    /// As [`NewFile::beside`]; then the place is as it was.
    pub async fn put_in_place(self) -> Result<(), BackupError> {
        let Self { pending, target, is_replacing } = self;
        let cannot = |source| BackupError::CannotWrite { path: target.clone(), source };
        File::open(&pending).and_then(|file| file.sync_all()).map_err(cannot)?;
        // Held until the new file is there, so that nobody begins to use the old one.
        let held = hold(&target, is_replacing).await?;
        if held.is_some() {
            take_over_rights(&target, &pending).map_err(cannot)?;
        }
        pending.persist(&target).map_err(|error| cannot(error.error))?;
        sync(folder_of(&target)).map_err(cannot)?;
        if let Some(held) = held {
            held.close().await.map_err(StoreError::from)?;
        }
        Ok(())
    }
}

/// The file at `target`, which is ours alone until it is closed, with its write-ahead log folded in; `None` if there is none.
async fn hold(target: &Path, is_replacing: bool) -> Result<Option<SqliteConnection>, BackupError> {
    if !target.exists() {
        return Ok(None);
    }
    let options = SqliteConnectOptions::new().filename(target).busy_timeout(PATIENCE);
    let mut connection = connect(&options, PATIENCE).await?;
    let others = |names: Vec<String>, ours: &[schema::Table]| {
        names.iter().any(|name| name != TAKEN && !ours.iter().any(|table| table.name == *name))
    };
    let ours = schema::tables(migrations::newest()).await?;
    if others(connection.names().await?, &ours) {
        return Err(BackupError::OthersTables);
    }
    home::our_tables(&mut connection, is_replacing).await?;
    let alone = async {
        // SQLite leaves the write-ahead log only when nobody else has the file open.
        let (mode,): (String,) =
            sqlx::query_as("PRAGMA journal_mode = DELETE").fetch_one(&mut connection).await?;
        sqlx::query("BEGIN EXCLUSIVE").execute(&mut connection).await?;
        Ok(mode == "delete")
    };
    match alone.await {
        Ok(true) => Ok(Some(connection)),
        Ok(false) => Err(BackupError::InUse),
        Err(error) if is_busy(&error) => Err(BackupError::InUse),
        Err(error) => Err(error.into()),
    }
}

/// The new file belongs to whom the old one belongs, as far as we may say so.
#[cfg(unix)]
fn take_over_rights(old: &Path, new: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let metadata = fs::metadata(old)?;
    fs::set_permissions(new, metadata.permissions())?;
    match chown(new, Some(metadata.uid()), Some(metadata.gid())) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(()),
        done => done,
    }
}

#[cfg(not(unix))]
fn take_over_rights(old: &Path, new: &Path) -> std::io::Result<()> {
    fs::set_permissions(new, fs::metadata(old)?.permissions())
}
