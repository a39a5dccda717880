//! From an address to a [`Store`].

use std::{future::Future, sync::Arc, time::Duration};

use url::Url;

use crate::{Store, StoreError, postgres::PostgresStore, sqlite::SqliteStore};

/// How much of a database we may use, and how long we wait for it.
#[derive(Clone, Debug)]
pub struct ConnectOptions {
    /// The most connections at a time. SQLite has one more, the only one that writes.
    pub max_connections: u32,
    /// How long making a connection may take, and waiting for another program's lock on a SQLite
    /// file. Short, so that a dead database is told at once.
    pub acquire_timeout: Duration,
    /// How long one operation may take in all, waiting behind others included. A server that is
    /// there but frozen is told too.
    pub operation_timeout: Duration,
}

impl Default for ConnectOptions {
    fn default() -> Self {
        Self {
            max_connections: 10,
            acquire_timeout: Duration::from_secs(2),
            operation_timeout: Duration::from_secs(5),
        }
    }
}

/// Opens the database at `database_url`, `sqlite://PATH` or `postgres://USER@HOST/NAME`,
/// and brings its tables up to date.
///
/// A SQLite file is made, with its folder, if it is not there. A PostgreSQL server that is down
/// is no error: the store answers [`StoreError::Unavailable`] until the server is there,
/// and the tables are brought up to date then, before anything else. Whoever wants to know now
/// asks [`Store::ping`].
///
/// # Errors
/// [`StoreError::BadUrl`], [`StoreError::Refused`] or [`StoreError::Migration`], for what no
/// waiting would cure; of SQLite any [`StoreError`].
pub async fn connect(
    database_url: &str,
    options: &ConnectOptions,
) -> Result<Arc<dyn Store>, StoreError> {
    let scheme = database_url.split(':').next().unwrap_or_default();
    match scheme {
        "sqlite" => Ok(Arc::new(SqliteStore::open(database_url, options).await?)),
        "postgres" | "postgresql" => {
            Ok(Arc::new(PostgresStore::open(database_url, options).await?))
        }
        _ => Err(bad_url(database_url, "it begins with neither sqlite: nor postgres:")),
    }
}

/// Says what is wrong with an address, without its secrets.
pub(crate) fn bad_url(database_url: &str, reason: impl ToString) -> StoreError {
    StoreError::BadUrl { url: without_secrets(database_url), reason: reason.to_string() }
}

/// Gives up on `operation` after `limit`.
pub(crate) async fn within<T>(
    limit: Duration,
    operation: impl Future<Output = Result<T, StoreError>> + Send,
) -> Result<T, StoreError> {
    tokio::time::timeout(limit, operation).await.map_err(|_| StoreError::timed_out(limit))?
}

/// The parameters go as well: `?password=` is one of them.
fn without_secrets(database_url: &str) -> String {
    match Url::parse(database_url) {
        Ok(mut url) => {
            if url.password().is_some() && url.set_password(Some("…")).is_err() {
                return format!("{}:…", url.scheme());
            }
            url.set_query(None);
            url.to_string().replace("%E2%80%A6", "…")
        }
        Err(_) => match database_url.split_once("://") {
            Some((scheme, rest)) if rest.contains('@') => format!("{scheme}://…"),
            _ => database_url.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_address_is_told_without_its_password() {
        for url in [
            "mysql://me:secret@host/db",
            "postgres://me:secret@host:notaport/db",
            "postgres://host/db?user=me&password=secret",
        ] {
            let error = bad_url(url, "no").to_string();
            assert!(!error.contains("secret"), "{error}");
        }
        assert!(bad_url("mysql://me:secret@host/db", "no").to_string().contains("me:…@host/db"));
    }
}
