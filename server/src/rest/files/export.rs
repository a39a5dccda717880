//! `/api/v1/files/{id}/export`: all rows of a filter, streamed.

use std::io::{self, Write};

use axum::{
    body::{Body, Bytes},
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{FileId, TableFormat};
use serde::Deserialize;
use tokio::sync::mpsc;
use utoipa::IntoParams;

use super::{super::identifier::Named, results::FilterQuery};
use crate::{problem::Problem, state::AppState};

/// So much is written before it is sent on.
const PART_BYTES: usize = 64 * 1024;

/// How rows are written.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FormatQuery {
    /// `csv`, `csv-fr` (semicolons, decimal commas, byte order mark) or `jsonl`.
    #[param(default = "csv")]
    format: Option<String>,
}

/// Export the rows of a filter
///
/// The columns of the file and those that `vigie predict` appends. In CSV, what a spreadsheet would run as a formula has an
/// apostrophe before it.
#[utoipa::path(get, path = "/api/v1/files/{id}/export", tag = "files",
    params(("id" = FileId, Path, description = "The id of a file"), FilterQuery, FormatQuery), responses(
    (status = 200, description = "The rows, in the order of the file", content(
        (String = "text/csv"), (String = "application/jsonl")
    )),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 409, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn export(
    State(state): State<AppState>,
    Named(id): Named<FileId>,
    filter: Result<Query<FilterQuery>, QueryRejection>,
    format: Result<Query<FormatQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(filter) = filter.map_err(|rejection| Problem::query(&rejection))?;
    let Query(format) = format.map_err(|rejection| Problem::query(&rejection))?;
    let format: TableFormat = format
        .format
        .as_deref()
        .unwrap_or("csv")
        .parse()
        .map_err(|error| Problem::value(&error))?;
    let query = filter.read()?;
    let (name, _) = super::ask(&state, move |files| files.exported(id, format)).await?;
    let (parts, mut ready) = mpsc::channel(4);
    let files = state.engine.files().clone();
    tokio::task::spawn_blocking(move || {
        let mut output = Parts { parts, part: Vec::with_capacity(PART_BYTES) };
        if let Err(error) = files.export(id, &query, format, &mut output) {
            // The answer has begun: that it breaks off is all that can still be told.
            _ = output.parts.blocking_send(Err(io::Error::other(error)));
        }
    });
    let stream = futures::stream::poll_fn(move |context| ready.poll_recv(context));
    let content_type = match format {
        TableFormat::Jsonl => "application/jsonl",
        TableFormat::Csv | TableFormat::CsvFrench => "text/csv; charset=utf-8",
    };
    let mut response =
        ([(header::CONTENT_TYPE, content_type)], Body::from_stream(stream)).into_response();
    if let Ok(value) = HeaderValue::from_str(&attachment(&name)) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// RFC 6266: the name in UTF-8, each byte that is not plain as its number.
fn attachment(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let encoded = name.bytes().map(|byte| match byte {
        plain_byte if plain(plain_byte) => char::from(plain_byte).to_string(),
        other => format!("%{other:02X}"),
    });
    format!("attachment; filename*=UTF-8''{}", encoded.collect::<String>())
}

/// Sends what is written in parts; whoever reads slowly slows the writer down.
struct Parts {
    parts: mpsc::Sender<io::Result<Bytes>>,
    part: Vec<u8>,
}

impl Write for Parts {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.part.extend_from_slice(bytes);
        if self.part.len() >= PART_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.part.is_empty() {
            return Ok(());
        }
        let part = std::mem::replace(&mut self.part, Vec::with_capacity(PART_BYTES));
        let sent = self.parts.blocking_send(Ok(part.into()));
        sent.map_err(|_gone| io::ErrorKind::BrokenPipe.into())
    }
}
