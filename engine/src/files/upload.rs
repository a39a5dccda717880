//! A file as it arrives: bytes appended at the place where the last ones ended, durable before they are acknowledged.

use std::{collections::HashSet, sync::PoisonError};

use domain::{FileId, FileReport, FileState};
use tokio::{
    fs::{self, OpenOptions},
    io::AsyncWriteExt,
};

use super::{Files, FilesError};

/// Bytes on their way into a file. What has arrived stays when it is dropped.
pub struct Upload {
    files: Files,
    id: FileId,
    file: fs::File,
    arrived: u64,
    /// The most bytes that it may have.
    most: u64,
    announced: Option<u64>,
    _turn: Turn,
}

impl Upload {
    /// Takes the place of whoever sends bytes of the file, at `offset`; one at a time.
    pub(super) async fn begin(files: Files, id: FileId, offset: u64) -> Result<Self, FilesError> {
        let inner = files.inner()?;
        let known = inner.known(id)?;
        if known.state != FileState::Uploading {
            return Err(FilesError::NotNow);
        }
        let turn = Turn::take(&files, id)?;
        let path = inner.folder(id).upload();
        let file = OpenOptions::new().append(true).open(path).await?;
        let arrived = file.metadata().await?.len();
        if arrived != offset {
            return Err(FilesError::WrongOffset { expected: arrived });
        }
        let most = known.bytes.unwrap_or_else(|| arrived + inner.free_bytes());
        Ok(Self { files, id, file, arrived, most, announced: known.bytes, _turn: turn })
    }

    /// Appends some bytes.
    ///
    /// # Errors
    /// If these are too many, or the disk fails.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), FilesError> {
        self.arrived += bytes.len() as u64;
        if self.arrived > self.most {
            return Err(match self.announced {
                Some(_) => FilesError::TooManyBytes,
                None => FilesError::QuotaFull { free_bytes: 0 },
            });
        }
        Ok(self.file.write_all(bytes).await?)
    }

    /// Acknowledges what has arrived. The file is whole once it has as many bytes as were announced, or when `is_whole` says so.
    ///
    /// # Errors
    /// If the disk fails.
    pub async fn end(mut self, is_whole: bool) -> Result<FileReport, FilesError> {
        self.file.flush().await?;
        self.file.sync_data().await?;
        let is_whole = is_whole || self.announced == Some(self.arrived);
        let inner = self.files.inner()?;
        if is_whole {
            let bytes = self.arrived;
            inner.change(self.id, |known| {
                known.state = FileState::Waiting;
                known.bytes = Some(bytes);
            })?;
        }
        inner.report(self.id)
    }
}

/// The right to send bytes of a file.
struct Turn {
    files: Files,
    id: FileId,
}

impl Turn {
    fn take(files: &Files, id: FileId) -> Result<Self, FilesError> {
        if !uploading(files, |uploading| uploading.insert(id)) {
            return Err(FilesError::Busy);
        }
        Ok(Self { files: files.clone(), id })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        uploading(&self.files, |uploading| uploading.remove(&self.id));
    }
}

fn uploading(files: &Files, change: impl FnOnce(&mut HashSet<FileId>) -> bool) -> bool {
    let Ok(inner) = files.inner() else { return false };
    change(&mut inner.uploading.lock().unwrap_or_else(PoisonError::into_inner))
}
