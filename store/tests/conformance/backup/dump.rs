//! Every row of a database in words of that database, by other means than those of the backup.

use std::collections::BTreeMap;

use postgres_fixture::PostgresServer;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

/// The rows of each table, and the counters of places under `counters`.
pub type Dump = BTreeMap<String, Vec<String>>;

pub async fn of(url: &str) -> Dump {
    if url.starts_with("sqlite") { of_sqlite(url).await } else { of_postgres(url) }
}

async fn of_sqlite(url: &str) -> Dump {
    let mut connection = SqliteConnection::connect(url).await.unwrap();
    let mut dump = Dump::new();
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    for table in strings(&mut connection, tables).await {
        let columns = format!(
            "SELECT 'quote(\"' || name || '\")' FROM pragma_table_info('{table}') ORDER BY name"
        );
        let columns = strings(&mut connection, &columns).await.join(" || '|' || ");
        let rows = format!("SELECT {columns} FROM \"{table}\" ORDER BY 1");
        dump.insert(table, strings(&mut connection, &rows).await);
    }
    dump.remove("_sqlx_migrations");
    let counters = "SELECT name || ' ' || seq FROM sqlite_sequence WHERE seq > 0 ORDER BY 1";
    dump.insert("counters".to_owned(), strings(&mut connection, counters).await);
    connection.close().await.unwrap();
    dump
}

async fn strings(connection: &mut SqliteConnection, statement: &str) -> Vec<String> {
    let statement = AssertSqlSafe(statement.to_owned());
    let found: Vec<(String,)> = sqlx::query_as(statement).fetch_all(connection).await.unwrap();
    found.into_iter().map(|(string,)| string).collect()
}

fn of_postgres(url: &str) -> Dump {
    let server = PostgresServer::shared().unwrap();
    let lines = |statement: &str| -> Vec<String> {
        let said = server.sql(url, statement).unwrap();
        said.lines().map(str::to_owned).collect()
    };
    let mut dump = Dump::new();
    for table in lines("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") {
        // As JSON, a row is one line, and single precision is told exactly.
        let rows = format!("SELECT to_jsonb(t) FROM \"{table}\" AS t ORDER BY 1");
        dump.insert(table.clone(), lines(&rows));
    }
    dump.remove("_sqlx_migrations");
    let counters = "SELECT sequencename || ' ' || last_value FROM pg_sequences WHERE last_value IS NOT NULL ORDER BY 1";
    dump.insert("counters".to_owned(), lines(counters));
    dump
}
