//! The tables of a PostgreSQL database.

use std::fmt::Write;

use async_trait::async_trait;
use futures::{StreamExt, stream::BoxStream};
use sqlx::{AssertSqlSafe, PgConnection};

use super::{
    format::Cell,
    home::{Home, line_of, listed, quoted},
    schema::{Kind, Table},
};
use crate::{StoreError, migrations};

#[async_trait]
impl Home for PgConnection {
    async fn names(&mut self) -> Result<Vec<String>, StoreError> {
        let names: Vec<(String,)> = sqlx::query_as(NAMES).fetch_all(self).await?;
        Ok(names.into_iter().map(|(name,)| name).collect())
    }

    async fn taken(&mut self) -> Result<Vec<i64>, StoreError> {
        let taken: Vec<(i64,)> = sqlx::query_as(TAKEN).fetch_all(self).await?;
        Ok(taken.into_iter().map(|(version,)| version).collect())
    }

    async fn migrate(&mut self, version: i64) -> Result<(), StoreError> {
        Ok(migrations::postgres_up_to(version).run_direct(None, self, false).await?)
    }

    async fn count(&mut self, table: &Table) -> Result<u64, StoreError> {
        let count = format!("SELECT COUNT(*) FROM {}", quoted(&table.name));
        let (count,): (i64,) = sqlx::query_as(AssertSqlSafe(count)).fetch_one(self).await?;
        Ok(count.cast_unsigned())
    }

    async fn last_number(&mut self, table: &Table) -> Result<i64, StoreError> {
        let (sequence,): (String,) = sqlx::query_as(SEQUENCE)
            .bind(quoted(&table.name))
            .bind(numbered_column(table))
            .fetch_one(&mut *self)
            .await?;
        let last = format!("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}");
        let (last,): (i64,) = sqlx::query_as(AssertSqlSafe(last)).fetch_one(self).await?;
        Ok(last)
    }

    async fn set_last_number(&mut self, table: &Table, number: i64) -> Result<(), StoreError> {
        sqlx::query(SET_LAST_NUMBER)
            .bind(quoted(&table.name))
            .bind(numbered_column(table))
            .bind(number)
            .execute(self)
            .await?;
        Ok(())
    }

    async fn types(&mut self, table: &Table) -> Result<Vec<String>, StoreError> {
        let found: Vec<(String, String)> =
            sqlx::query_as(TYPES).bind(&table.name).fetch_all(self).await?;
        let type_of = |name: &str| {
            let found = found.iter().find(|(column, _)| column == name);
            let missing = || StoreError::corrupt(format!("{}.{name} is not there", table.name));
            found.map(|(_, declared)| declared.clone()).ok_or_else(missing)
        };
        table.columns.iter().map(|column| type_of(&column.name)).collect()
    }

    fn rows<'a>(
        &'a mut self,
        table: &'a Table,
        types: &'a [String],
    ) -> BoxStream<'a, Result<Vec<u8>, StoreError>> {
        let rows = sqlx::query(AssertSqlSafe(selection(table, types))).fetch(self);
        rows.map(|row| line_of(&row?, &table.columns)).boxed()
    }

    async fn insert(
        &mut self,
        table: &Table,
        types: &[String],
        rows: Vec<Vec<Cell>>,
    ) -> Result<(), StoreError> {
        let mut text = String::new();
        for row in rows {
            for (place, cell) in row.into_iter().enumerate() {
                if place > 0 {
                    text.push('\t');
                }
                let is_id = types.get(place).is_some_and(|declared| declared == "uuid");
                copied(&mut text, cell, is_id);
            }
            text.push('\n');
        }
        let columns = listed(table.columns.iter().map(|column| quoted(&column.name)));
        let statement = format!("COPY {} ({columns}) FROM STDIN", quoted(&table.name));
        let mut copy = self.copy_in_raw(&statement).await?;
        // Dropped after an error, it says to the server that it was broken off.
        copy.send(text.into_bytes()).await?;
        copy.finish().await?;
        Ok(())
    }
}

/// Each column as what its kind is read as, ordered as bytes are.
fn selection(table: &Table, types: &[String]) -> String {
    let selected = table.columns.iter().zip(types).map(|(column, declared)| {
        let name = quoted(&column.name);
        match (column.kind, declared.as_str()) {
            (Kind::Integer, "bool") => format!("{name}::integer::bigint"),
            (Kind::Integer, _) => format!("{name}::bigint"),
            (Kind::Real, _) => format!("{name}::double precision"),
            (Kind::Text, _) => format!("{name}::text"),
            (Kind::Bytes, "uuid") => format!("uuid_send({name})"),
            (Kind::Bytes, _) => name,
        }
    });
    let order = table.key.iter().map(|place| {
        let column = &table.columns[*place];
        let collation = if column.kind == Kind::Text { " COLLATE \"C\"" } else { "" };
        format!("{}{collation}", quoted(&column.name))
    });
    let (selected, order) = (listed(selected), listed(order));
    format!("SELECT {selected} FROM {} ORDER BY {order}", quoted(&table.name))
}

/// A value as `COPY` reads it.
fn copied(text: &mut String, cell: Cell, is_id: bool) {
    match cell {
        Cell::Null => text.push_str("\\N"),
        Cell::Integer(number) => text.push_str(&number.to_string()),
        Cell::Real(number) => text.push_str(&number.to_string()),
        Cell::Bytes(bytes) => {
            text.push_str(if is_id { "" } else { "\\\\x" });
            text.push_str(&hex::encode(bytes));
        }
        Cell::Text(said) => {
            for character in said.chars() {
                match character {
                    '\\' => text.push_str("\\\\"),
                    '\n' => text.push_str("\\n"),
                    '\r' => text.push_str("\\r"),
                    '\t' => text.push_str("\\t"),
                    _ => drop(text.write_char(character)),
                }
            }
        }
    }
}

fn numbered_column(table: &Table) -> &str {
    table.key.first().map_or("", |place| table.columns[*place].name.as_str())
}

const NAMES: &str = "
SELECT tablename::text
FROM pg_tables
WHERE schemaname = current_schema()
";

const TAKEN: &str = "
SELECT version
FROM _sqlx_migrations
ORDER BY version
";

const SEQUENCE: &str = "SELECT pg_get_serial_sequence($1, $2)";

const SET_LAST_NUMBER: &str =
    "SELECT setval(pg_get_serial_sequence($1, $2), GREATEST($3, 1), $3 > 0)";

const TYPES: &str = "
SELECT column_name::text, udt_name::text
FROM information_schema.columns
WHERE table_schema = current_schema()
  AND table_name = $1
";
