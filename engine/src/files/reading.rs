//! A file is read: rows in, verdicts out, in blocks, on all cores but after everyone else.

use std::{
    fs::File,
    io::{self, Read},
    num::NonZero,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use domain::{FileLayout, FileProblem, FileProgress, FileSummary};
use sentiment::ByLanguage;
use tables::{Input, ReadError, Row, RowReader, open};

use super::{
    block::{self, Block},
    folder::Folder,
    journal::{self, Journal},
    layout::{encoding, shape},
};
use crate::assembly_line;

/// Rows that are read together.
const BLOCK_ROWS: usize = 512;
/// A block ends early when its rows weigh this much.
const BLOCK_BYTES: usize = 2 * 1024 * 1024;
/// What was read is made durable so often.
const COMMIT_INTERVAL: Duration = Duration::from_secs(1);

/// How a reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// With the file.
    Done,
    /// It was called off.
    Cancelled,
    /// The service is being stopped: it goes on with the next start.
    Stopped,
}

/// A reading under way, for those who watch it.
#[derive(Debug, Default)]
pub(super) struct Live {
    pub cancelled: AtomicBool,
    pub stopped: AtomicBool,
    upload_bytes: Arc<AtomicU64>,
    judged: AtomicU64,
    unreadable: AtomicU64,
    /// When this run began, and with how many rows and bytes.
    begun: Mutex<Option<(Instant, u64, u64)>>,
    summary: Mutex<FileSummary>,
}

impl Live {
    /// How far it is, of a file of so many bytes.
    pub(super) fn progress(&self, bytes: u64) -> FileProgress {
        let (judged, unreadable) = (self.judged.load(Relaxed), self.unreadable.load(Relaxed));
        let read = self.upload_bytes.load(Relaxed).min(bytes);
        let share = if bytes == 0 { 1.0 } else { read as f64 / bytes as f64 };
        let begun = *self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let (rows_per_second, seconds_left) = begun.map_or((0, None), |(since, rows, from)| {
            let seconds = since.elapsed().as_secs_f64().max(0.001);
            let rate = (read.saturating_sub(from)) as f64 / seconds;
            let left = (bytes - read) as f64 / rate;
            let rows = (judged + unreadable).saturating_sub(rows) as f64 / seconds;
            (rows as u64, (seconds > 0.5 && left.is_finite()).then_some(left.ceil() as u64))
        });
        FileProgress { judged, unreadable, share, rows_per_second, seconds_left }
    }

    /// What the file says so far.
    pub(super) fn summary(&self) -> FileSummary {
        self.summary.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn is_over(&self) -> bool {
        self.cancelled.load(Relaxed) || self.stopped.load(Relaxed)
    }
}

/// Reads the file in `folder` from where its last checkpoint is. `has_room` says whether more may be written.
///
/// # Errors
/// Why it ended early; everything up to then is kept.
pub(super) fn read(
    models: &ByLanguage,
    folder: &Folder,
    layout: &FileLayout,
    threads: NonZero<usize>,
    live: &Live,
    has_room: impl Fn() -> bool,
) -> Result<Ended, FileProblem> {
    let disk = |error: io::Error| told(&error, FileProblem::Disk);
    let mut journal = Journal::resume(folder).map_err(disk)?;
    let mut tally = journal::count(folder, block::text_cell(layout)).map_err(disk)?;
    live.judged.store(journal.reached.judged, Relaxed);
    live.unreadable.store(journal.reached.unreadable, Relaxed);
    let mut reader = behind(folder, layout, journal.reached.taken, live)?;
    let (judged, unreadable) = (journal.reached.judged, journal.reached.unreadable);
    *live.begun.lock().unwrap_or_else(PoisonError::into_inner) =
        Some((Instant::now(), judged + unreadable, live.upload_bytes.load(Relaxed)));
    let mut committed = Instant::now();
    let done = assembly_line::run(
        threads,
        || if live.is_over() { Ok(None) } else { next(reader.as_mut()) },
        |rows| block::judge(models, layout, rows),
        |block: Block| {
            journal.reached.taken += block.taken;
            for (record, row, text) in block.judged() {
                tally.add(record, text);
                journal.judged(*record, row).map_err(disk)?;
            }
            for row in &block.unreadable {
                journal.unreadable(row).map_err(disk)?;
            }
            live.judged.store(journal.reached.judged, Relaxed);
            live.unreadable.store(journal.reached.unreadable, Relaxed);
            if committed.elapsed() < COMMIT_INTERVAL {
                return Ok(());
            }
            committed = Instant::now();
            journal.reached.upload_bytes = live.upload_bytes.load(Relaxed);
            journal.commit().map_err(disk)?;
            *live.summary.lock().unwrap_or_else(PoisonError::into_inner) = tally.summary();
            if has_room() { Ok(()) } else { Err(FileProblem::QuotaFull) }
        },
    );
    journal.reached.upload_bytes = live.upload_bytes.load(Relaxed);
    journal.commit().map_err(disk)?;
    folder.sum_up(&tally.summary()).map_err(disk)?;
    done?;
    Ok(if live.stopped.load(Relaxed) {
        Ended::Stopped
    } else if live.cancelled.load(Relaxed) {
        Ended::Cancelled
    } else {
        Ended::Done
    })
}

/// A reader of the file behind its first `taken` rows. The same bytes give the same rows, so these are the ones that count already.
fn behind(
    folder: &Folder,
    layout: &FileLayout,
    taken: u64,
    live: &Live,
) -> Result<Box<dyn RowReader>, FileProblem> {
    let upload = File::open(folder.upload()).map_err(|error| told(&error, FileProblem::Disk))?;
    let counted = Counted { file: upload, bytes: Arc::clone(&live.upload_bytes) };
    let input = Input::decoded(counted, encoding(layout.encoding));
    let input = input.map_err(|error| told(&error, FileProblem::Damaged))?;
    let mut reader = open(shape(layout), input).map_err(|error| match error {
        ReadError::Read(cause) => told(&cause, FileProblem::Damaged),
        ReadError::NoHeader | ReadError::BadHeader(_) => FileProblem::NoHeader,
    })?;
    for _ in 0..taken {
        if live.is_over() {
            break;
        }
        reader.next().map_err(|error| told(&error, FileProblem::Damaged))?;
    }
    Ok(reader)
}

fn next(reader: &mut dyn RowReader) -> Result<Option<Vec<Row>>, FileProblem> {
    let mut rows = Vec::with_capacity(BLOCK_ROWS);
    let mut weight = 0;
    while rows.len() < BLOCK_ROWS && weight < BLOCK_BYTES {
        let next = reader.next().map_err(|error| told(&error, FileProblem::Damaged))?;
        let Some(row) = next else { break };
        weight += row.weight();
        rows.push(row);
    }
    Ok((!rows.is_empty()).then_some(rows))
}

/// Says the problem and logs what is behind it.
fn told(error: &io::Error, problem: FileProblem) -> FileProblem {
    tracing::warn!(cause = %error, %problem, "a file cannot be read on");
    problem
}

/// Counts the bytes that are read of a file.
struct Counted {
    file: File,
    bytes: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.bytes.fetch_add(read as u64, Relaxed);
        Ok(read)
    }
}
