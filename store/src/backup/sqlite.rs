//! The tables of a SQLite file.

use async_trait::async_trait;
use futures::{StreamExt, stream::BoxStream};
use sqlx::{AssertSqlSafe, SqliteConnection};

use super::{
    format::Cell,
    home::{Home, line_of, listed, quoted},
    schema::Table,
};
use crate::{StoreError, migrations};

/// The most values that one statement may have.
const MOST_VALUES: usize = 32_766;
/// The most rows that one statement inserts.
const MOST_ROWS: usize = 100;

#[async_trait]
impl Home for SqliteConnection {
    async fn names(&mut self) -> Result<Vec<String>, StoreError> {
        let names: Vec<(String,)> = sqlx::query_as(NAMES).fetch_all(self).await?;
        Ok(names.into_iter().map(|(name,)| name).collect())
    }

    async fn taken(&mut self) -> Result<Vec<i64>, StoreError> {
        let taken: Vec<(i64,)> = sqlx::query_as(TAKEN).fetch_all(self).await?;
        Ok(taken.into_iter().map(|(version,)| version).collect())
    }

    async fn migrate(&mut self, version: i64) -> Result<(), StoreError> {
        Ok(migrations::sqlite_up_to(version).run_direct(None, self, false).await?)
    }

    async fn count(&mut self, table: &Table) -> Result<u64, StoreError> {
        let count = format!("SELECT COUNT(*) FROM {}", quoted(&table.name));
        let (count,): (i64,) = sqlx::query_as(AssertSqlSafe(count)).fetch_one(self).await?;
        Ok(count.cast_unsigned())
    }

    async fn last_number(&mut self, table: &Table) -> Result<i64, StoreError> {
        let last: Option<(i64,)> =
            sqlx::query_as(LAST_NUMBER).bind(&table.name).fetch_optional(self).await?;
        Ok(last.map_or(0, |(number,)| number))
    }

    async fn set_last_number(&mut self, table: &Table, number: i64) -> Result<(), StoreError> {
        sqlx::query(FORGET_LAST_NUMBER).bind(&table.name).execute(&mut *self).await?;
        sqlx::query(SET_LAST_NUMBER).bind(&table.name).bind(number).execute(self).await?;
        Ok(())
    }

    async fn types(&mut self, _table: &Table) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }

    fn rows<'a>(
        &'a mut self,
        table: &'a Table,
        _types: &'a [String],
    ) -> BoxStream<'a, Result<Vec<u8>, StoreError>> {
        let selection = format!(
            "SELECT {} FROM {} ORDER BY {}",
            listed(table.columns.iter().map(|column| quoted(&column.name))),
            quoted(&table.name),
            listed(table.key.iter().map(|place| quoted(&table.columns[*place].name))),
        );
        let rows = sqlx::query(AssertSqlSafe(selection)).fetch(self);
        rows.map(|row| line_of(&row?, &table.columns)).boxed()
    }

    async fn insert(
        &mut self,
        table: &Table,
        _types: &[String],
        rows: Vec<Vec<Cell>>,
    ) -> Result<(), StoreError> {
        let width = table.columns.len().max(1);
        let mut rows = rows.into_iter();
        loop {
            let some: Vec<_> = rows.by_ref().take(MOST_ROWS.min(MOST_VALUES / width)).collect();
            if some.is_empty() {
                return Ok(());
            }
            let mut insert = sqlx::query(AssertSqlSafe(insertion(table, some.len())));
            for cell in some.into_iter().flatten() {
                insert = match cell {
                    Cell::Null => insert.bind(None::<i64>),
                    Cell::Integer(number) => insert.bind(number),
                    Cell::Real(number) => insert.bind(number),
                    Cell::Text(text) => insert.bind(text),
                    Cell::Bytes(bytes) => insert.bind(bytes),
                };
            }
            insert.execute(&mut *self).await?;
        }
    }
}

fn insertion(table: &Table, rows: usize) -> String {
    let row = format!("({})", vec!["?"; table.columns.len()].join(", "));
    format!(
        "INSERT INTO {} ({}) VALUES {}",
        quoted(&table.name),
        listed(table.columns.iter().map(|column| quoted(&column.name))),
        vec![row; rows].join(", "),
    )
}

const NAMES: &str = "
SELECT name
FROM sqlite_schema
WHERE type = 'table'
  AND name NOT LIKE 'sqlite#_%' ESCAPE '#'
";

const TAKEN: &str = "
SELECT version
FROM _sqlx_migrations
ORDER BY version
";

const LAST_NUMBER: &str = "
SELECT seq
FROM sqlite_sequence
WHERE name = $1
";

const FORGET_LAST_NUMBER: &str = "
DELETE FROM sqlite_sequence
WHERE name = $1
";

const SET_LAST_NUMBER: &str = "
INSERT INTO sqlite_sequence (name, seq)
VALUES ($1, $2)
";
