//! What a database is asked for when its tables are read or filled as they are, whatever they mean.

use async_trait::async_trait;
use futures::stream::BoxStream;
use sqlx::{ColumnIndex, Database, Decode, Row, Type};

use super::{
    error::BackupError,
    format::{Cell, line},
    schema::{self, Column, Kind, Table},
};
use crate::{StoreError, migrations};

/// A connection in a transaction.
#[async_trait]
pub trait Home: Send {
    /// The names of all tables, whoever made them.
    async fn names(&mut self) -> Result<Vec<String>, StoreError>;

    /// The migrations that were taken, in their order, if there is a table [`TAKEN`].
    async fn taken(&mut self) -> Result<Vec<i64>, StoreError>;

    /// Takes the migrations up to `version` that were not taken yet.
    async fn migrate(&mut self, version: i64) -> Result<(), StoreError>;

    /// How many rows a table has.
    async fn count(&mut self, table: &Table) -> Result<u64, StoreError>;

    /// The last number that was given to a row of a table whose rows are numbered; 0 before the first.
    async fn last_number(&mut self, table: &Table) -> Result<i64, StoreError>;

    /// Lets the next row of such a table get the number after `number`.
    async fn set_last_number(&mut self, table: &Table, number: i64) -> Result<(), StoreError>;

    /// What the database calls the types of a table's columns.
    async fn types(&mut self, table: &Table) -> Result<Vec<String>, StoreError>;

    /// All rows as lines, in the order of the key, which is the same in every database.
    fn rows<'a>(
        &'a mut self,
        table: &'a Table,
        types: &'a [String],
    ) -> BoxStream<'a, Result<Vec<u8>, StoreError>>;

    /// Inserts rows.
    async fn insert(
        &mut self,
        table: &Table,
        types: &[String],
        rows: Vec<Vec<Cell>>,
    ) -> Result<(), StoreError>;
}

/// The table in which sqlx keeps which migrations were taken.
pub const TAKEN: &str = "_sqlx_migrations";

/// The version of the tables.
///
/// # Errors
/// [`BackupError::NothingThere`], [`BackupError::BetweenVersions`], or that a newer program made them.
pub async fn version_of(home: &mut dyn Home) -> Result<i64, BackupError> {
    if !home.names().await?.iter().any(|name| name == TAKEN) {
        return Err(BackupError::NothingThere);
    }
    let taken = home.taken().await?;
    let newest = *taken.last().ok_or(BackupError::NothingThere)?;
    migrations::are_known(&taken).map_err(StoreError::from)?;
    if !migrations::begin_with(&taken) {
        return Err(BackupError::BetweenVersions);
    }
    Ok(newest)
}

/// Makes sure that nothing is lost that should not be, and gives the names of our tables that are there.
///
/// # Errors
/// [`BackupError::NotEmpty`] unless it is to be replaced, [`BackupError::OthersTables`], or that a newer program made the tables.
pub async fn our_tables(
    home: &mut dyn Home,
    is_replaced: bool,
) -> Result<Vec<String>, BackupError> {
    let names = home.names().await?;
    let mut ours = schema::tables(migrations::newest()).await?;
    ours.retain(|table| names.contains(&table.name));
    if !names.iter().any(|name| name == TAKEN) {
        return if ours.is_empty() { Ok(Vec::new()) } else { Err(BackupError::OthersTables) };
    }
    migrations::are_known(&home.taken().await?).map_err(StoreError::from)?;
    for table in &ours {
        if !is_replaced && home.count(table).await? > 0 {
            return Err(BackupError::NotEmpty);
        }
    }
    Ok(ours.into_iter().map(|table| table.name).chain([TAKEN.to_owned()]).collect())
}

/// A row of either database as a line. Numbers, texts and bytes were selected as what [`Kind`] says.
pub fn line_of<'r, R, D>(row: &'r R, columns: &[Column]) -> Result<Vec<u8>, StoreError>
where
    R: Row<Database = D>,
    D: Database,
    usize: ColumnIndex<R>,
    i64: Decode<'r, D> + Type<D>,
    f64: Decode<'r, D> + Type<D>,
    String: Decode<'r, D> + Type<D>,
    Vec<u8>: Decode<'r, D> + Type<D>,
{
    line(columns, |place, kind| {
        let cell = match kind {
            Kind::Integer => row.try_get::<Option<i64>, _>(place)?.map(Cell::Integer),
            Kind::Real => row.try_get::<Option<f64>, _>(place)?.map(Cell::Real),
            Kind::Text => row.try_get::<Option<String>, _>(place)?.map(Cell::Text),
            Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(place)?.map(Cell::Bytes),
        };
        Ok(cell.unwrap_or(Cell::Null))
    })
}

/// `name` as SQL has it, whatever word it is.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Several, with commas.
pub fn listed(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}
