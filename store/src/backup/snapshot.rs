//! Out of a database: all tables as they were at one moment, while others go on writing.

use futures::TryStreamExt;
use jiff::Timestamp;
use tokio::sync::mpsc::Sender;

use super::{
    error::BackupError,
    format::{FORMAT, Header, Part, Seal, Sealing, TableHeader},
    home::{Home, version_of},
    schema::{self, Table},
};

/// Lines are sent when there are so many bytes of them.
const CHUNK_BYTES: usize = 1 << 18;

/// Sends what `home` holds. Its transaction sees one moment.
///
/// # Errors
/// See [`BackupError`]; then the last part is missing.
pub async fn send(
    home: &mut dyn Home,
    database: &str,
    parts: &Sender<Part>,
) -> Result<(), BackupError> {
    let schema = version_of(home).await?;
    let tables = schema::tables(schema).await?;
    let mut headers = Vec::with_capacity(tables.len());
    for table in &tables {
        let rows = home.count(table).await?;
        let last_number =
            if table.is_numbered { Some(home.last_number(table).await?) } else { None };
        let (name, columns) = (table.name.clone(), table.columns.clone());
        headers.push(TableHeader { name, columns, rows, last_number });
    }
    let header = Header {
        vigie_backup: FORMAT,
        schema,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        database: database.to_owned(),
        made_at: Timestamp::now(),
        tables: headers,
    };
    give(parts, Part::Header(header)).await?;
    for table in &tables {
        let seal = read(home, table, Some(parts)).await?;
        give(parts, Part::Seal(seal)).await?;
    }
    give(parts, Part::End).await
}

/// Reads a whole table, sends its rows if `parts` are given, and says what they were.
///
/// # Errors
/// See [`BackupError`].
pub async fn read(
    home: &mut dyn Home,
    table: &Table,
    parts: Option<&Sender<Part>>,
) -> Result<Seal, BackupError> {
    let types = home.types(table).await?;
    let mut rows = home.rows(table, &types);
    let (mut sealing, mut chunk, mut count) = (Sealing::default(), Vec::new(), 0);
    loop {
        let line = rows.try_next().await?;
        let is_last = line.is_none();
        if let Some(line) = line {
            chunk.extend_from_slice(&line);
            count += 1;
        }
        if !chunk.is_empty() && (is_last || chunk.len() >= CHUNK_BYTES) {
            sealing.add(&chunk, std::mem::take(&mut count));
            match parts {
                Some(parts) => give(parts, Part::Rows(std::mem::take(&mut chunk))).await?,
                None => chunk.clear(),
            }
        }
        if is_last {
            return Ok(sealing.seal(&table.name));
        }
    }
}

async fn give(parts: &Sender<Part>, part: Part) -> Result<(), BackupError> {
    parts.send(part).await.map_err(|_| BackupError::BrokenOff)
}
