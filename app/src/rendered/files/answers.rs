//! What server functions need of the server to speak of files.

use domain::{FileId, FileRows, FileState, LayoutWish, RowQuery};
use engine::files::{Files, FilesError};

use super::view::{Asked, FileView, LAYOUT, said};
use crate::{ApiError, file_trouble::FileTrouble, serving::engine};

/// So many rows a page shows.
const SHOWN_ROWS: usize = 50;
/// So many rows that could not be read are shown.
const SHOWN_UNREADABLE: usize = 100;

/// Asks the files; disks take their time.
pub async fn ask<T: Send + 'static>(
    question: impl FnOnce(&Files) -> Result<T, FilesError> + Send + 'static,
) -> Result<T, ApiError> {
    let asked = engine()?.files().ask(question).await;
    asked.map_err(|error| {
        if let FilesError::Disk(cause) = &error {
            tracing::error!(%cause, "the files failed");
        }
        ApiError::Files(trouble(error))
    })
}

/// All that the page of a file tells.
pub fn view(files: &Files, id: FileId, wish: &Asked) -> Result<FileView, FilesError> {
    let wish = LayoutWish::parse(|name| Some(said(wish, name))).unwrap_or_default();
    let report = files.report(id)?;
    let is_still = !matches!(report.state, FileState::Uploading | FileState::Reading);
    let preview = is_still.then(|| files.preview(id, &completed(&wish, &report)).map_err(trouble));
    let (summary, unreadable) = (files.summary(id)?, files.unreadable(id, 0, SHOWN_UNREADABLE)?);
    Ok(FileView { report, preview, summary, unreadable })
}

/// The rows that the fields of the address ask for; what means nothing there is left out.
pub fn rows(files: &Files, id: FileId, query: &Asked) -> Result<FileRows, FilesError> {
    let query = RowQuery::parse(|name| Some(said(query, name))).unwrap_or_default();
    files.rows(id, &query, SHOWN_ROWS)
}

/// The layout that the fields of the form say: form, encoding, header, the columns with texts and dates, the order of dates.
pub fn wish(values: &[String; 6]) -> Result<LayoutWish, ApiError> {
    let field = |name: &str| LAYOUT.iter().position(|field| *field == name);
    let wish = LayoutWish::parse(|name| field(name).map(|place| values[place].clone()));
    wish.map_err(|_unknown| ApiError::Unreadable)
}

/// A file that was read is shown as it was read, but for what is wished.
fn completed(wish: &LayoutWish, report: &domain::FileReport) -> LayoutWish {
    match &report.layout {
        Some(read) if *wish == LayoutWish::default() => LayoutWish {
            form: Some(read.form),
            encoding: Some(read.encoding),
            header: Some(read.header),
            text_column: read.text_column,
            date_column: read.date_column,
            no_dates: read.date_column.is_none(),
            day_first: Some(read.day_first),
        },
        _ => wish.clone(),
    }
}

fn trouble(error: FilesError) -> FileTrouble {
    match error {
        FilesError::Off => FileTrouble::Off,
        FilesError::Unknown => FileTrouble::Unknown,
        FilesError::QuotaFull { free_bytes } => FileTrouble::NoRoom { free_bytes },
        FilesError::NoSuchColumn => FileTrouble::NoSuchColumn,
        FilesError::Problem(problem) => FileTrouble::Problem(problem),
        FilesError::Disk(_) => FileTrouble::Disk,
        FilesError::WrongOffset { .. }
        | FilesError::TooManyBytes
        | FilesError::Busy
        | FilesError::NotNow
        | FilesError::NoPlace => FileTrouble::NotNow,
    }
}
