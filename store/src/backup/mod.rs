//! Backups: everything that a database holds, as one verified file, and back into either kind of database.
//!
//! [`backup`] sees one moment while the service goes on. [`restore`] reads the whole file before it writes, and what it has written
//! before that counts: all or nothing. [`copy`] is the two without a file between them. Uploaded files lie in a folder
//! of their own (`--files-dir`) and are no part of this.
//!
//! Rows go as parts from one who reads to one who writes; each works while the other does, and neither holds more than a few of them.

mod error;
mod file;
mod filling;
mod format;
mod home;
mod postgres;
mod postgres_schema;
mod schema;
mod snapshot;
mod sqlite;
mod sqlite_file;

use std::path::Path;

use sqlx::Connection;
use tokio::{
    sync::mpsc::{Receiver, Sender, channel},
    task::spawn_blocking,
};

use self::{
    format::{Header, Part},
    sqlite_file::NewFile,
};
use crate::{StoreError, connect::bad_url};

pub use error::BackupError;

/// How many parts may be under way.
const UNDER_WAY: usize = 8;

/// What was backed up, restored or copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Every table with the number of its rows.
    pub tables: Vec<(String, u64)>,
}

impl Summary {
    fn of(header: &Header) -> Self {
        let tables = header.tables.iter().map(|table| (table.name.clone(), table.rows));
        Self { tables: tables.collect() }
    }

    /// All rows.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|(_, rows)| rows).sum()
    }
}

/// Writes all that the database at `database_url` holds into the file `path`, which appears when it is complete; says what it
/// was, and how many bytes it takes.
///
/// # Errors
/// See [`BackupError`]; what stood at `path` is still there.
pub async fn backup(database_url: &str, path: &Path) -> Result<(Summary, u64), BackupError> {
    let (parts, received) = channel(UNDER_WAY);
    let file = path.to_owned();
    let writing = spawn_blocking(move || file::write(&file, received));
    let (read, written) = tokio::join!(send(database_url, parts), writing);
    let written = written.unwrap_or(Err(BackupError::BrokenOff));
    let (header, bytes) = first_reason(read, written)?;
    Ok((Summary::of(&header), bytes))
}

/// Fills the database at `database_url` with what the backup `path` holds, and brings it up to date; the file is verified
/// before. A database that holds rows is refused unless it `is_replaced`.
///
/// # Errors
/// See [`BackupError`]; the database is as it was.
pub async fn restore(
    path: &Path,
    database_url: &str,
    is_replaced: bool,
) -> Result<Summary, BackupError> {
    let file = path.to_owned();
    let verified = spawn_blocking(move || file::verify(&file)).await;
    let header = verified.unwrap_or(Err(BackupError::BrokenOff))?;
    if !header.is_of(&schema::tables(header.schema).await?) {
        let reason = format!("its tables are not those of version {}", header.schema);
        return Err(BackupError::Damaged { path: path.to_owned(), reason });
    }
    let (parts, received) = channel(UNDER_WAY);
    let file = path.to_owned();
    let reading = spawn_blocking(move || file::send(&file, &parts));
    let filled = fill(database_url, is_replaced, &header, received).await;
    let read = reading.await.unwrap_or(Err(BackupError::BrokenOff));
    first_reason(read, filled)?;
    Ok(Summary::of(&header))
}

/// Fills the database at `to` with what the one at `from` holds at this moment, and brings it up to date. A database that
/// holds rows is refused unless it `is_replaced`.
///
/// # Errors
/// See [`BackupError`]; the database at `to` is as it was.
pub async fn copy(from: &str, to: &str, is_replaced: bool) -> Result<Summary, BackupError> {
    if from == to {
        return Err(BackupError::SameDatabase);
    }
    let (parts, mut received) = channel(UNDER_WAY);
    let filling = async {
        match received.recv().await {
            Some(Part::Header(header)) => {
                fill(to, is_replaced, &header, received).await?;
                Ok(Summary::of(&header))
            }
            _ => Err(BackupError::BrokenOff),
        }
    };
    let (read, filled) = tokio::join!(send(from, parts), filling);
    first_reason(read, filled)
}

/// Of two halves that both failed, the one that did not merely hear of it.
fn first_reason<T>(
    read: Result<(), BackupError>,
    written: Result<T, BackupError>,
) -> Result<T, BackupError> {
    match (read, written) {
        (Err(read), Err(BackupError::BrokenOff)) => Err(read),
        (_, Err(written)) => Err(written),
        (Err(read), Ok(_)) => Err(read),
        (Ok(()), Ok(done)) => Ok(done),
    }
}

enum Kind {
    Sqlite,
    Postgres,
}

fn kind_of(database_url: &str) -> Result<Kind, StoreError> {
    match database_url.split(':').next().unwrap_or_default() {
        "sqlite" => Ok(Kind::Sqlite),
        "postgres" | "postgresql" => Ok(Kind::Postgres),
        _ => Err(bad_url(database_url, "it begins with neither sqlite: nor postgres:")),
    }
}

async fn send(database_url: &str, parts: Sender<Part>) -> Result<(), BackupError> {
    match kind_of(database_url)? {
        Kind::Sqlite => {
            let mut connection = sqlite_file::open_to_read(database_url).await?;
            let mut moment = connection.begin().await?;
            snapshot::send(&mut *moment, "sqlite", &parts).await?;
            moment.rollback().await?;
            connection.close().await?;
        }
        Kind::Postgres => {
            let mut connection = postgres_schema::open(database_url).await?;
            let mut moment = connection.begin_with(postgres_schema::SNAPSHOT).await?;
            snapshot::send(&mut *moment, "postgres", &parts).await?;
            moment.rollback().await?;
            connection.close().await?;
        }
    }
    Ok(())
}

async fn fill(
    database_url: &str,
    is_replaced: bool,
    header: &Header,
    mut parts: Receiver<Part>,
) -> Result<(), BackupError> {
    match kind_of(database_url)? {
        Kind::Sqlite => {
            let file = NewFile::beside(database_url, is_replaced).await?;
            let mut connection = file.connect().await?;
            let mut all = connection.begin().await?;
            filling::fill(&mut *all, header, &mut parts).await?;
            all.commit().await?;
            connection.close().await?;
            file.put_in_place().await
        }
        Kind::Postgres => {
            let mut connection = postgres_schema::open(database_url).await?;
            let mut all = connection.begin().await?;
            postgres_schema::clear(&mut all, is_replaced).await?;
            filling::fill(&mut *all, header, &mut parts).await?;
            all.commit().await?;
            Ok(connection.close().await?)
        }
    }
}
