//! What can go wrong with a database, sorted by what one can do about it.

use std::{error::Error, sync::Arc, time::Duration};

use sqlx::{error::DatabaseError, migrate::MigrateError, sqlite::SqliteError};

/// What lies behind a [`StoreError`]: for the log, not for the user.
pub type Cause = Box<dyn Error + Send + Sync>;

/// Why the store could not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database is down, unreachable, locked by another program or its disk is full: it may
    /// recover by itself.
    #[error("the database does not answer now; try again in a moment")]
    Unavailable(#[source] Cause),
    /// The database answers others, but our turn did not come in time.
    #[error("the database has more to do than it can manage now; try again in a second")]
    Overloaded,
    /// The database answers but does not let us in, or not far enough.
    #[error(
        "the database refuses access: check user, password, name of the database and the rights on it"
    )]
    Refused(#[source] Cause),
    /// The address names no database that we know.
    #[error(
        "“{url}” is no database address: {reason}; use sqlite://PATH or postgres://USER@HOST/NAME"
    )]
    BadUrl {
        /// The address, without its password.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The tables could not be brought to the shape that this version needs.
    #[error("the tables of the database could not be brought up to date: {reason}")]
    Migration {
        /// What to do about it.
        reason: String,
        /// What the database said.
        #[source]
        source: Cause,
    },
    /// What was read is not what was written.
    #[error("the database holds a damaged entry: restore it from a backup")]
    Corrupt(#[source] Cause),
    /// The database understood us and said no: a mistake in this program.
    #[error("the database rejected a request of this program: please report it with the log")]
    Query(#[source] Cause),
}

impl StoreError {
    /// Whether the same request may succeed later without anybody changing the program:
    /// a matter of the database and not of us.
    #[must_use]
    pub const fn may_recover(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Overloaded | Self::Refused(_))
    }

    /// The database did not get as far as an answer.
    pub(crate) fn unavailable(cause: impl Into<Cause>) -> Self {
        Self::Unavailable(cause.into())
    }

    /// A row that this program could not have written.
    pub(crate) fn corrupt(cause: impl Into<Cause>) -> Self {
        Self::Corrupt(cause.into())
    }

    /// The store was closed before.
    pub(crate) fn closed() -> Self {
        Self::unavailable("the store is closed")
    }

    /// Whether a connection could not be had from a pool that had room for it.
    pub(crate) fn no_connection(&self) -> bool {
        let Self::Unavailable(cause) = self else { return false };
        matches!(cause.downcast_ref(), Some(sqlx::Error::PoolTimedOut))
    }

    /// The same error for each of those whom it hits.
    pub(crate) fn for_each(self) -> impl Fn() -> Self {
        let (kind, cause): (fn(Cause) -> Self, Cause) = match self {
            Self::Unavailable(cause) => (Self::Unavailable, cause),
            Self::Refused(cause) => (Self::Refused, cause),
            Self::Corrupt(cause) => (Self::Corrupt, cause),
            Self::Query(cause) => (Self::Query, cause),
            other => (Self::Unavailable, other.into()),
        };
        let cause: Arc<dyn Error + Send + Sync> = cause.into();
        move || kind(Box::new(Arc::clone(&cause)))
    }

    /// The database took longer than `limit`.
    pub(crate) fn timed_out(limit: Duration) -> Self {
        Self::Unavailable(format!("no answer within {limit:?}").into())
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match kind(&error) {
            Kind::Unavailable => Self::Unavailable(error.into()),
            Kind::Refused => Self::Refused(error.into()),
            Kind::Corrupt => Self::Corrupt(error.into()),
            Kind::Query => Self::Query(error.into()),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        let reason = match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)
                if kind(&error) != Kind::Query =>
            {
                return error.into();
            }
            MigrateError::VersionMissing(version) => format!(
                "it was made by a newer version of this program (migration {version}); start that version"
            ),
            MigrateError::VersionMismatch(version) => format!(
                "migration {version} was applied in another form; use the version of this program that made the database"
            ),
            _ => "see the log for what the database said".to_owned(),
        };
        Self::Migration { reason, source: error.into() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Unavailable,
    Refused,
    Corrupt,
    Query,
}

fn kind(error: &sqlx::Error) -> Kind {
    use sqlx::Error as E;
    match error {
        E::Io(_) | E::Tls(_) | E::Protocol(_) => Kind::Unavailable,
        E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed | E::BeginFailed => Kind::Unavailable,
        E::ColumnDecode { .. } | E::Decode(_) => Kind::Corrupt,
        E::Database(error) => match sqlite_code(error.as_ref()) {
            Some(code) => kind_in_sqlite(code),
            None => kind_in_postgres(&error.code().unwrap_or_default()),
        },
        _ => Kind::Query,
    }
}

/// Whether SQLite found the file locked by another connection.
pub(crate) fn is_busy(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(sqlite_code).map(primary) == Some(SQLITE_BUSY)
}

const SQLITE_BUSY: u32 = 5;

/// The extended result code of an error of SQLite.
fn sqlite_code(error: &dyn DatabaseError) -> Option<u32> {
    error.try_downcast_ref::<SqliteError>()?;
    error.code()?.parse().ok()
}

/// The low byte of an extended result code: <https://sqlite.org/rescode.html>.
const fn primary(extended_code: u32) -> u32 {
    extended_code & 0xff
}

const fn kind_in_sqlite(extended_code: u32) -> Kind {
    match primary(extended_code) {
        // BUSY, LOCKED, NOMEM, IOERR, FULL, CANTOPEN, PROTOCOL
        5..=7 | 10 | 13..=15 => Kind::Unavailable,
        // PERM, READONLY, AUTH
        3 | 8 | 23 => Kind::Refused,
        // CORRUPT, NOTADB
        11 | 26 => Kind::Corrupt,
        _ => Kind::Query,
    }
}

/// By SQLSTATE: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn kind_in_postgres(code: &str) -> Kind {
    match code {
        // Read-only transaction (a standby), lock not available, cancelled, deadlock, serialization.
        "25006" | "55P03" | "57014" | "40P01" | "40001" => Kind::Unavailable,
        // No such database, no right to the object.
        "3D000" | "42501" => Kind::Refused,
        _ => match code.get(..2) {
            // Connection, resources (disk full, too many connections), shutdown or start, the system.
            Some("08" | "53" | "57" | "58") => Kind::Unavailable,
            Some("28") => Kind::Refused,
            Some("XX") => Kind::Corrupt,
            _ => Kind::Query,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_and_a_locked_file_may_recover_in_sqlite() {
        for code in [SQLITE_BUSY, 13, 10, 14, 0x0d | (1 << 8), 778] {
            assert_eq!(kind_in_sqlite(code), Kind::Unavailable, "{code}");
        }
        for busy in [261, 517] {
            assert_eq!(primary(busy), SQLITE_BUSY, "BUSY_RECOVERY, BUSY_SNAPSHOT");
        }
        assert_eq!(kind_in_sqlite(1544), Kind::Refused, "READONLY_DIRECTORY");
        assert_eq!(kind_in_sqlite(11), Kind::Corrupt);
        assert_eq!(kind_in_sqlite(1555), Kind::Query, "CONSTRAINT_PRIMARYKEY");
    }

    #[test]
    fn a_server_that_stops_or_starts_may_recover_in_postgres() {
        for code in ["57P01", "57P02", "57P03", "08006", "53100", "53300", "25006"] {
            assert_eq!(kind_in_postgres(code), Kind::Unavailable, "{code}");
        }
        for code in ["28P01", "28000", "3D000", "42501"] {
            assert_eq!(kind_in_postgres(code), Kind::Refused, "{code}");
        }
        assert_eq!(kind_in_postgres("XX001"), Kind::Corrupt);
        assert_eq!(kind_in_postgres("23505"), Kind::Query);
    }

    #[test]
    fn a_lost_connection_may_recover() {
        let error = StoreError::from(sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into()));
        assert!(error.may_recover());
        assert!(StoreError::from(sqlx::Error::PoolTimedOut).may_recover());
    }

    #[test]
    fn a_database_of_a_newer_version_says_so() {
        let error = StoreError::from(MigrateError::VersionMissing(9));
        assert!(error.to_string().contains("newer version"), "{error}");
    }
}
