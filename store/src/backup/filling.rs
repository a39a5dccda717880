//! Into a database: tables of the backup's own version are filled, read back, compared, and then brought up to date.

use tokio::sync::mpsc::Receiver;

use super::{
    error::BackupError,
    format::{Header, Part, Seal, cells},
    home::Home,
    schema::{self, Table},
    snapshot,
};
use crate::{StoreError, migrations};

/// Makes the tables of `header` in `home`, which has none of them, and fills them with the parts that follow it.
///
/// # Errors
/// See [`BackupError`]; then the transaction must not be committed.
pub async fn fill(
    home: &mut dyn Home,
    header: &Header,
    parts: &mut Receiver<Part>,
) -> Result<(), BackupError> {
    home.migrate(header.schema).await?;
    let tables = schema::tables(header.schema).await?;
    let mut seals = Vec::with_capacity(tables.len());
    for table in &tables {
        seals.push(fill_table(home, table, parts).await?);
    }
    match parts.recv().await {
        Some(Part::End) => {}
        _ => return Err(BackupError::BrokenOff),
    }
    for (table, header) in tables.iter().zip(&header.tables) {
        if let Some(number) = header.last_number {
            home.set_last_number(table, number).await?;
        }
    }
    for (table, expected) in tables.iter().zip(&seals) {
        if snapshot::read(home, table, None).await? != *expected {
            return Err(BackupError::Differs { table: table.name.clone() });
        }
    }
    home.migrate(migrations::newest()).await?;
    Ok(())
}

/// Inserts rows until their seal, which it gives.
async fn fill_table(
    home: &mut dyn Home,
    table: &Table,
    parts: &mut Receiver<Part>,
) -> Result<Seal, BackupError> {
    let types = home.types(table).await?;
    loop {
        match parts.recv().await {
            Some(Part::Rows(lines)) => {
                let rows = lines.split_inclusive(|byte| *byte == b'\n');
                let rows = rows.map(|line| {
                    let no_row = || StoreError::corrupt("a line that is no row of its table");
                    cells(line, &table.columns).ok_or_else(no_row)
                });
                let rows = rows.collect::<Result<Vec<_>, _>>()?;
                home.insert(table, &types, rows).await?;
            }
            Some(Part::Seal(seal)) => return Ok(seal),
            _ => return Err(BackupError::BrokenOff),
        }
    }
}
