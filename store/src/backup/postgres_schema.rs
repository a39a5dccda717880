//! Connections to PostgreSQL that read or exchange everything at once.

use sqlx::{AssertSqlSafe, Connection, PgConnection, postgres::PgConnectOptions};

use super::{
    error::BackupError,
    home::{self, listed, quoted},
};
use crate::connect::bad_url;

/// One moment, and nothing is written.
pub const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Connects, with as much time for each statement as it takes.
///
/// # Errors
/// What the server says, or that the address is none.
pub async fn open(database_url: &str) -> Result<PgConnection, BackupError> {
    let options: PgConnectOptions =
        database_url.parse().map_err(|error| bad_url(database_url, error))?;
    let options = options.application_name("vigie").options([
        ("statement_timeout", "0"),
        ("idle_in_transaction_session_timeout", "0"),
        ("synchronous_commit", "on"),
        // A service that is running gives its locks up sooner.
        ("lock_timeout", "30s"),
    ]);
    Ok(PgConnection::connect_with(&options).await?)
}

/// Removes our tables with their triggers' functions, in the transaction that the connection is in.
///
/// # Errors
/// That something is there that may not be lost, or what the server says.
pub async fn clear(connection: &mut PgConnection, is_replacing: bool) -> Result<(), BackupError> {
    let tables = home::our_tables(connection, is_replacing).await?;
    if tables.is_empty() {
        return Ok(());
    }
    let functions: Vec<(String,)> =
        sqlx::query_as(FUNCTIONS).bind(&tables).fetch_all(&mut *connection).await?;
    let drop_tables = format!("DROP TABLE {}", listed(tables.iter().map(|name| quoted(name))));
    sqlx::query(AssertSqlSafe(drop_tables)).execute(&mut *connection).await?;
    for (function,) in functions {
        let drop_function = format!("DROP FUNCTION {function}");
        sqlx::query(AssertSqlSafe(drop_function)).execute(&mut *connection).await?;
    }
    Ok(())
}

const FUNCTIONS: &str = "
SELECT DISTINCT pg_trigger.tgfoid::regprocedure::text
FROM pg_trigger
JOIN pg_class
    ON pg_class.oid = pg_trigger.tgrelid
WHERE NOT pg_trigger.tgisinternal
  AND pg_class.relnamespace = current_schema()::regnamespace
  AND pg_class.relname = ANY ($1)
";
