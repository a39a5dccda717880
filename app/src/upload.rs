//! A file on its way from the reader's browser to the service: in slices, so that its progress is known and a break costs little.

use domain::{FileId, FileReport, FileState};
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, RequestInit, Response};

use crate::{ApiError, api};

/// What is sent at a time.
const SLICE_BYTES: u64 = 4 * 1024 * 1024;
/// A slice that does not arrive is sent again so often.
const MOST_ATTEMPTS: u32 = 5;

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sent {
    /// Bytes that have arrived.
    pub bytes: u64,
    /// Of so many.
    pub of_bytes: u64,
    /// How many arrive in a second.
    pub bytes_per_second: u64,
}

/// Sends `file`, from where an earlier upload of the same file has stopped, and gives its id.
///
/// # Errors
/// Why it did not arrive; what has arrived stays, and the next attempt goes on from there.
pub async fn send(file: File, tell: impl Fn(Sent)) -> Result<FileId, ApiError> {
    let of_bytes = file.size() as u64;
    let begun = match half_sent(&file.name(), of_bytes).await? {
        Some(begun) => begun,
        None => api::create_file(file.name(), of_bytes).await?,
    };
    let id = begun.id;
    let (mut bytes, mut attempts) = (begun.uploaded_bytes, 0);
    let (from, start) = (bytes, js_sys::Date::now());
    while bytes < of_bytes {
        let seconds = ((js_sys::Date::now() - start) / 1000.0).max(0.1);
        let bytes_per_second = (bytes.saturating_sub(from) as f64 / seconds) as u64;
        tell(Sent { bytes, of_bytes, bytes_per_second });
        if send_slice(&file, id, bytes).await {
            bytes = (bytes + SLICE_BYTES).min(of_bytes);
            attempts = 0;
        } else {
            attempts += 1;
            // It says itself how much has arrived.
            bytes = match api::list_files().await {
                Ok(files) => arrived(&files, id)?,
                Err(error) if attempts >= MOST_ATTEMPTS => return Err(error),
                Err(_) => bytes,
            };
            if attempts >= MOST_ATTEMPTS {
                return Err(ApiError::Unreachable);
            }
        }
    }
    Ok(id)
}

/// An upload of a file of this name and size that broke off.
async fn half_sent(name: &str, bytes: u64) -> Result<Option<FileReport>, ApiError> {
    let files = api::list_files().await?;
    Ok(files.into_iter().find(|file| {
        file.state == FileState::Uploading && file.name == name && file.bytes == Some(bytes)
    }))
}

fn arrived(files: &[FileReport], id: FileId) -> Result<u64, ApiError> {
    let file = files.iter().find(|file| file.id == id);
    let gone = || ApiError::Files(crate::file_view::FileTrouble::Unknown);
    file.map(|file| file.uploaded_bytes).ok_or_else(gone)
}

/// Sends the slice that begins at `offset`; `false` if it did not arrive whole.
async fn send_slice(file: &File, id: FileId, offset: u64) -> bool {
    let end = (offset + SLICE_BYTES) as f64;
    let Ok(slice) = file.slice_with_f64_and_f64(offset as f64, end) else { return false };
    let request = RequestInit::new();
    request.set_method("PATCH");
    request.set_body(&slice);
    let address = format!("/api/v1/files/{id}/content?offset={offset}");
    let answer = JsFuture::from(window().fetch_with_str_and_init(&address, &request)).await;
    answer.is_ok_and(|answer| Response::from(answer).ok())
}
