//! Files of texts: uploaded in parts, read on all cores after everyone else, asked about, exported, deleted when their time is over.
//!
//! Everything lies in one folder a file (`folder.rs`), which one process at a time may use. Nothing grows in memory with a file.

mod block;
mod error;
mod export;
mod folder;
mod inner;
mod journal;
mod layout;
mod query;
mod reading;
mod record;
mod stored;
mod tally;
mod upload;
mod words;

use std::{
    fs::File,
    io::{BufRead, BufReader, ErrorKind, Write},
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, atomic::Ordering::Relaxed, mpsc},
    thread::{self, JoinHandle},
    time::Duration,
};

use domain::{
    FileId, FileLayout, FilePreview, FileProblem, FileReport, FileRows, FileState, FileSummary,
    LayoutWish, RowQuery, TableFormat, UnreadableRows,
};
use sentiment::ByLanguage;
use uuid::Uuid;

pub use error::FilesError;
pub use upload::Upload;

use crate::clock;
use block::text_cell;
use folder::Known;
use inner::Inner;

/// The longest name of a file, in characters; longer ones are cut.
const NAME_CHARS: usize = 200;

/// Where files are kept, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilesConfig {
    /// Below this folder.
    pub folder: PathBuf,
    /// All together take no more than this.
    pub quota_bytes: u64,
    /// Each is deleted this long after its upload began.
    pub retention: Duration,
}

/// All files of the service. Cheap to clone; all clones are the same files.
#[derive(Clone)]
pub struct Files {
    inner: Option<Arc<Inner>>,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl Files {
    /// Takes up the files in the folder, and goes on reading those that were being read. Without a folder, or where it cannot be used,
    /// every question is answered with [`FilesError::Off`].
    #[must_use]
    pub fn start(models: &Arc<ByLanguage>, config: Option<FilesConfig>) -> Self {
        let off = Self { inner: None, thread: Arc::default() };
        let Some(config) = config else { return off };
        let shown = config.folder.display().to_string();
        match Self::run(models, config) {
            Ok(files) => files,
            Err(error) => {
                tracing::warn!(%error, folder = shown, "no files are kept: give another folder with --files-dir");
                off
            }
        }
    }

    fn run(models: &Arc<ByLanguage>, config: FilesConfig) -> std::io::Result<Self> {
        let (jobs, waiting) = mpsc::channel();
        let inner = Arc::new(Inner::open(config, jobs)?);
        let mut unfinished: Vec<Known> = inner.all()?;
        unfinished.retain(|known| known.state == FileState::Reading);
        for known in unfinished.iter().rev() {
            // The thread lives as long as the channel.
            _ = inner.jobs.send(Some(known.id));
        }
        let (reader, models) = (Arc::clone(&inner), Arc::clone(models));
        let work = move || reader.run(&models, &waiting);
        let thread = thread::Builder::new().name("files".to_owned()).spawn(work)?;
        Ok(Self { inner: Some(inner), thread: Arc::new(Mutex::new(Some(thread))) })
    }

    /// Asks `question` on a thread where it may wait for the disk.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Self) -> Result<T, FilesError> + Send + 'static,
    ) -> Result<T, FilesError> {
        let files = self.clone();
        let asked = tokio::task::spawn_blocking(move || question(&files)).await;
        asked.map_err(|panicked| FilesError::from(std::io::Error::other(panicked)))?
    }

    fn inner(&self) -> Result<&Arc<Inner>, FilesError> {
        self.inner.as_ref().ok_or(FilesError::Off)
    }

    /// All files, the newest first.
    ///
    /// # Errors
    /// See [`FilesError`]; so for all that follow.
    pub fn list(&self) -> Result<Vec<FileReport>, FilesError> {
        let inner = self.inner()?;
        let reports = inner.all()?.into_iter().map(|known| inner.report_of(known));
        // One that was deleted meanwhile is no longer there.
        Ok(reports.filter_map(Result::ok).collect())
    }

    /// A new file of this name; where its size is known it is kept free for it.
    pub fn create(&self, name: &str, bytes: Option<u64>) -> Result<FileReport, FilesError> {
        let inner = self.inner()?;
        let free_bytes = inner.free_bytes();
        if bytes.unwrap_or(1) > free_bytes {
            return Err(FilesError::QuotaFull { free_bytes });
        }
        if bytes == Some(0) {
            return Err(FileProblem::Empty.into());
        }
        let name: String = name.chars().filter(|c| !c.is_control()).take(NAME_CHARS).collect();
        let known = Known {
            id: FileId(Uuid::now_v7()),
            name: if name.trim().is_empty() { "file".to_owned() } else { name },
            bytes,
            created_at: clock::now(),
            state: FileState::Uploading,
            layout: None,
            problem: None,
        };
        inner.folder(known.id).create(&known)?;
        inner.report_of(known)
    }

    /// Begins to take bytes of a file at `offset`, where the last ones ended.
    pub async fn upload(&self, id: FileId, offset: u64) -> Result<Upload, FilesError> {
        Upload::begin(self.clone(), id, offset).await
    }

    /// What is known of a file.
    pub fn report(&self, id: FileId) -> Result<FileReport, FilesError> {
        self.inner()?.report(id)
    }

    /// The beginning of a file under the layout that is wished for, else under the one that it seems to have.
    pub fn preview(&self, id: FileId, wish: &LayoutWish) -> Result<FilePreview, FilesError> {
        let inner = self.inner()?;
        if inner.known(id)?.state == FileState::Uploading {
            return Err(FilesError::NotNow);
        }
        layout::preview(&inner.folder(id), wish)
    }

    /// Reads a file under this layout, from its beginning; what was read before is forgotten.
    pub fn read(&self, id: FileId, wish: &LayoutWish) -> Result<FileReport, FilesError> {
        let inner = self.inner()?;
        let state = inner.known(id)?.state;
        if matches!(state, FileState::Uploading | FileState::Reading)
            || inner.live().contains_key(&id)
        {
            return Err(FilesError::NotNow);
        }
        let FilePreview { layout, problem, .. } = self.preview(id, wish)?;
        if let Some(problem) = problem {
            return Err(problem.into());
        }
        let is_there = |column: &usize| *column < layout.columns.len();
        let wished = wish.text_column.iter().chain(&wish.date_column);
        if !wished.into_iter().all(is_there) {
            return Err(FilesError::NoSuchColumn);
        }
        inner.folder(id).forget_reading()?;
        inner.change(id, |known| {
            known.state = FileState::Reading;
            known.layout = Some(layout);
            known.problem = None;
        })?;
        _ = inner.jobs.send(Some(id));
        inner.report(id)
    }

    /// Calls the reading of a file off; what was read stays.
    pub fn cancel(&self, id: FileId) -> Result<FileReport, FilesError> {
        let inner = self.inner()?;
        if inner.known(id)?.state == FileState::Reading {
            match inner.live().get(&id) {
                Some(live) => live.cancelled.store(true, Relaxed),
                None => _ = inner.change(id, |known| known.state = FileState::Cancelled)?,
            }
        }
        inner.report(id)
    }

    /// Deletes a file and everything that was read of it.
    pub fn delete(&self, id: FileId) -> Result<(), FilesError> {
        let inner = self.inner()?;
        inner.known(id)?;
        if let Some(live) = inner.live().get(&id) {
            live.cancelled.store(true, Relaxed);
        }
        Ok(inner.folder(id).delete()?)
    }

    /// What a file says as a whole, as far as it was read.
    pub fn summary(&self, id: FileId) -> Result<FileSummary, FilesError> {
        let inner = self.inner()?;
        inner.known(id)?;
        if let Some(live) = inner.live().get(&id) {
            return Ok(live.summary());
        }
        match inner.folder(id).summary() {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(FileSummary::default()),
            read => Ok(read?),
        }
    }

    /// Rows of a file, as far as it was read.
    pub fn rows(&self, id: FileId, query: &RowQuery, limit: usize) -> Result<FileRows, FilesError> {
        let inner = self.inner()?;
        let Some(layout) = inner.known(id)?.layout else { return Ok(FileRows::default()) };
        query::page(&inner.folder(id), text_cell(&layout), query, limit)
    }

    /// Rows that could not be read, `limit` of them behind the first `skip`.
    pub fn unreadable(
        &self,
        id: FileId,
        skip: usize,
        limit: usize,
    ) -> Result<UnreadableRows, FilesError> {
        let inner = self.inner()?;
        inner.known(id)?;
        let folder = inner.folder(id);
        let reached = folder.checkpoint()?;
        if reached.unreadable == 0 {
            return Ok(UnreadableRows::default());
        }
        let lines = BufReader::new(File::open(folder.unreadable())?);
        let told = usize::try_from(reached.unreadable).unwrap_or(usize::MAX).saturating_sub(skip);
        let lines = lines.lines().skip(skip).take(limit.min(told));
        let rows = lines.map(|line| Ok(serde_json::from_str(&line?)?));
        Ok(UnreadableRows {
            total: reached.unreadable,
            rows: rows.collect::<std::io::Result<_>>()?,
        })
    }

    /// What an export of a file is called in this format, and the layout that it is read by.
    pub fn exported(
        &self,
        id: FileId,
        format: TableFormat,
    ) -> Result<(String, FileLayout), FilesError> {
        let known = self.inner()?.known(id)?;
        let layout = known.layout.ok_or(FilesError::NotNow)?;
        let stem = known.name.trim_end_matches(".gz");
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let extension = if format == TableFormat::Jsonl { "jsonl" } else { "csv" };
        Ok((format!("{stem}-vigie.{extension}"), layout))
    }

    /// Writes the rows of `query` into `output`, all of them.
    pub fn export(
        &self,
        id: FileId,
        query: &RowQuery,
        format: TableFormat,
        output: &mut dyn Write,
    ) -> Result<(), FilesError> {
        let (_, layout) = self.exported(id, format)?;
        Ok(export::write(&self.inner()?.folder(id), &layout, query, format, output)?)
    }

    /// Deletes the files whose time is over, and says how many.
    pub fn forget_old(&self) -> Result<usize, FilesError> {
        let inner = self.inner()?;
        let now = clock::now();
        let old = inner.all()?.into_iter().filter(|known| inner.expiry(known.created_at) <= now);
        let deleted = old.map(|known| self.delete(known.id)).collect::<Result<Vec<_>, _>>()?;
        Ok(deleted.len())
    }

    /// Ends the reading under way behind what is durable, and waits for it; the next start goes on.
    pub async fn stop(&self) {
        let Some(inner) = &self.inner else { return };
        inner.stopping.store(true, Relaxed);
        for live in inner.live().values() {
            live.stopped.store(true, Relaxed);
        }
        _ = inner.jobs.send(None);
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(thread) = thread else { return };
        if !matches!(tokio::task::spawn_blocking(|| thread.join()).await, Ok(Ok(()))) {
            tracing::error!("the thread of the files did not end well");
        }
    }
}
