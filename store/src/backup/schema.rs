//! Which tables there are, said by the migrations themselves: a table that is added later needs no word here.
//!
//! The steps are taken in a SQLite database in memory, which then tells what it has. PostgreSQL has the same tables
//! with the same columns; a test says so.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::{StoreError, migrations};

/// What a column holds, whatever a database calls it: truth is 0 or 1, an id is its 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A whole number of 64 bits.
    Integer,
    /// A number of double precision.
    Real,
    /// Unicode.
    Text,
    /// Anything else.
    Bytes,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// The places of the columns by which its rows are ordered.
    pub key: Vec<usize>,
    /// Whether the database gives the numbers of its key, which never come twice.
    pub is_numbered: bool,
}

/// All tables of the schema at `version`, each after those that it refers to.
///
/// # Errors
/// If a step cannot be taken, or a table has a type that is none of [`Kind`].
pub async fn tables(version: i64) -> Result<Vec<Table>, StoreError> {
    let options = SqliteConnectOptions::new().in_memory(true);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    migrations::sqlite_up_to(version).run_direct(None, &mut connection, false).await?;
    let columns: Vec<ColumnRow> = sqlx::query_as(COLUMNS).fetch_all(&mut connection).await?;
    let references: Vec<(String, String)> =
        sqlx::query_as(REFERENCES).fetch_all(&mut connection).await?;
    connection.close().await?;
    Ok(in_order(gather(columns)?, &references))
}

/// `table, column, type, place in the key from 1 or 0, whether the table is numbered`
type ColumnRow = (String, String, String, i64, bool);

const COLUMNS: &str = "
SELECT
    sqlite_schema.name,
    columns.name,
    columns.type,
    columns.pk,
    sqlite_schema.sql LIKE '% PRIMARY KEY AUTOINCREMENT%'
FROM sqlite_schema
JOIN pragma_table_info(sqlite_schema.name) AS columns
WHERE sqlite_schema.type = 'table'
  AND sqlite_schema.name NOT LIKE 'sqlite#_%' ESCAPE '#'
  AND sqlite_schema.name <> '_sqlx_migrations'
ORDER BY sqlite_schema.name, columns.cid
";

const REFERENCES: &str = "
SELECT sqlite_schema.name, referred.\"table\"
FROM sqlite_schema
JOIN pragma_foreign_key_list(sqlite_schema.name) AS referred
WHERE sqlite_schema.type = 'table'
";

fn gather(rows: Vec<ColumnRow>) -> Result<BTreeMap<String, Table>, StoreError> {
    let mut tables = BTreeMap::<String, (Table, Vec<(i64, usize)>)>::new();
    for (name, column, declared, place_in_key, is_numbered) in rows {
        let kind = match declared.as_str() {
            "INTEGER" => Kind::Integer,
            "REAL" => Kind::Real,
            "TEXT" => Kind::Text,
            "BLOB" => Kind::Bytes,
            _ => {
                return Err(StoreError::corrupt(format!(
                    "{name}.{column} is {declared}, which cannot be backed up"
                )));
            }
        };
        let (table, key) = tables.entry(name.clone()).or_insert_with(|| {
            (Table { name, columns: Vec::new(), key: Vec::new(), is_numbered }, Vec::new())
        });
        if place_in_key > 0 {
            key.push((place_in_key, table.columns.len()));
        }
        table.columns.push(Column { name: column, kind });
    }
    let with_key = |(name, (mut table, mut key)): (String, (Table, Vec<(i64, usize)>))| {
        key.sort_unstable();
        table.key = key.into_iter().map(|(_, column)| column).collect();
        (name, table)
    };
    Ok(tables.into_iter().map(with_key).collect())
}

/// What refers to nothing that is missing comes next; of tables that refer to each other, the first by name.
fn in_order(mut tables: BTreeMap<String, Table>, references: &[(String, String)]) -> Vec<Table> {
    let mut order = Vec::with_capacity(tables.len());
    let mut placed = BTreeSet::new();
    while !tables.is_empty() {
        let waits = |name: &String| {
            references.iter().any(|(from, to)| from == name && to != name && !placed.contains(to))
        };
        let next =
            tables.keys().find(|name| !waits(name)).or_else(|| tables.keys().next()).cloned();
        let Some((name, table)) = next.and_then(|name| tables.remove_entry(&name)) else { break };
        placed.insert(name);
        order.push(table);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_table_comes_after_those_that_it_refers_to() {
        let tables = tables(migrations::newest()).await.unwrap();
        let place = |name| tables.iter().position(|table| table.name == name).unwrap();
        for (from, to) in [
            ("feedback", "analyses"),
            ("feedback", "review_acts"),
            ("stream_feedback", "stream_tweets"),
            ("stream_tweets", "watches"),
            ("deliveries", "channels"),
            ("deliveries", "incidents"),
        ] {
            assert!(place(from) > place(to), "{from} before {to}");
        }
    }

    #[tokio::test]
    async fn columns_and_keys_are_those_of_the_migrations() {
        let tables = tables(migrations::newest()).await.unwrap();
        let tweets = tables.iter().find(|table| table.name == "stream_tweets").unwrap();
        assert!(tweets.is_numbered);
        assert_eq!(tweets.key, [0]);
        let kinds: Vec<_> = tweets.columns.iter().map(|c| (c.name.as_str(), c.kind)).collect();
        assert_eq!(kinds[0], ("place", Kind::Integer));
        assert_eq!(kinds[1], ("watch_id", Kind::Bytes));
        assert_eq!(kinds.last(), Some(&("confidence", Kind::Real)));
        assert_eq!(tables.iter().filter(|table| table.is_numbered).count(), 2);
        assert!(tables.iter().all(|table| !table.key.is_empty()));
    }
}
