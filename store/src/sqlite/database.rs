//! A database file with everything that is open on it.

use std::time::Duration;

use sqlx::{
    Connection, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{
    file::{DatabaseFile, Log, connect, options_of},
    writer::Writer,
};
use crate::{ConnectOptions, StoreError, migrations, turns::Turns};

/// How the database is to be opened, however often.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    pub(super) connection: SqliteConnectOptions,
    readers: u32,
    pub(super) acquire_timeout: Duration,
    pub(super) operation_timeout: Duration,
}

impl Opening {
    pub(super) fn new(database_url: &str, options: &ConnectOptions) -> Result<Self, StoreError> {
        let connection = options_of(database_url)?
            .journal_mode(SqliteJournalMode::Wal)
            // Feedback is on the disk before it is acknowledged, also if the power goes.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(options.acquire_timeout)
            // A forgotten text is overwritten, not just unlinked.
            .pragma("secure_delete", "ON");
        Ok(Self {
            connection,
            readers: options.max_connections,
            acquire_timeout: options.acquire_timeout,
            operation_timeout: options.operation_timeout,
        })
    }
}

#[derive(Debug)]
pub(super) struct Database {
    pub(super) file: DatabaseFile,
    /// As it was while the file was in place.
    pub(super) log: Log,
    pub(super) readers: SqlitePool,
    /// The line before the readers.
    pub(super) turns: Turns,
    pub(super) writer: Writer,
}

impl Database {
    /// Opens the file that is there now, and brings its tables up to date.
    pub(super) async fn open(opening: &Opening) -> Result<Self, StoreError> {
        let file = DatabaseFile::find(&opening.connection)?;
        let mut connection = connect(&opening.connection, opening.acquire_timeout).await?;
        migrate(&mut connection).await?;
        let log = file.log();
        if !file.is_in_place() {
            return Err(StoreError::unavailable("the file was replaced while it was opened"));
        }
        let limit = opening.operation_timeout;
        let writer = Writer::start(connection, opening.connection.clone(), file.clone(), limit)?;
        let turns = Turns::new(opening.readers, limit);
        Ok(Self { readers: readers(opening, &file), file, log, turns, writer })
    }

    pub(super) async fn close(&self) {
        self.readers.close().await;
        // Last, because the last one to leave folds the write-ahead log into the file.
        self.writer.close().await;
    }
}

/// All steps in one transaction: of two programs that start at once, one waits for the other.
async fn migrate(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    migrations::sqlite().run_direct(None, &mut *transaction, false).await?;
    transaction.commit().await?;
    Ok(())
}

fn readers(opening: &Opening, file: &DatabaseFile) -> SqlitePool {
    let file = file.clone();
    SqlitePoolOptions::new()
        .max_connections(opening.readers)
        .acquire_timeout(opening.acquire_timeout)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        // What is read from a file that was moved away is no longer so.
        .before_acquire(move |_, _| {
            let in_place = file.is_in_place();
            Box::pin(async move { Ok(in_place) })
        })
        .connect_lazy_with(opening.connection.clone().pragma("query_only", "ON"))
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use tempfile::TempDir;

    use super::{super::writer::Change, *};

    async fn database() -> (TempDir, Database) {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("vigie.db").display());
        let opening = Opening::new(&url, &ConnectOptions::default()).unwrap();
        DatabaseFile::create(&opening.connection, &url, opening.acquire_timeout).await.unwrap();
        let database = Database::open(&opening).await.unwrap();
        (folder, database)
    }

    /// Asks the connection that writes for one of its settings.
    struct Pragma(&'static str);

    #[async_trait]
    impl Change for Pragma {
        type Answer = String;

        async fn apply(&self, connection: &mut SqliteConnection) -> Result<String, StoreError> {
            let statement = format!("SELECT CAST({0} AS TEXT) FROM pragma_{0}", self.0);
            let statement = sqlx::AssertSqlSafe(statement);
            let (value,) = sqlx::query_as(statement).fetch_one(connection).await?;
            Ok(value)
        }
    }

    #[tokio::test]
    async fn every_write_is_synced_before_it_is_acknowledged() {
        let (_folder, database) = database().await;
        for (pragma, expected) in
            [("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1")]
        {
            assert_eq!(database.writer.write(Pragma(pragma)).await.unwrap(), expected, "{pragma}");
        }
    }

    #[tokio::test]
    async fn readers_cannot_write() {
        let (_folder, database) = database().await;
        let write = sqlx::query("UPDATE analyses SET text = NULL").execute(&database.readers).await;
        assert!(matches!(StoreError::from(write.unwrap_err()), StoreError::Refused(_)));
    }
}
