//! `vigie ingest`: tweets out of a file, sent to a running Vigie in batches.
//!
//! A batch is sent again until it is acknowledged, which changes nothing of what had been taken: tweets that come
//! again are known by their name, or by time, author and text.

mod pace;
mod sender;

use std::{thread, time::Duration};

use indicatif::ProgressBar;
use tables::{
    Input, RowProblem,
    lines::{Line, Lines, without_end},
};
use tokio::{
    sync::mpsc::{Receiver, channel},
    time::{Instant, sleep_until, timeout_at},
};
use url::Url;

use crate::stream_line;

use pace::Pace;
pub use pace::{NoSpeed, Speed};
pub use sender::IngestError;
use sender::Sender;

/// Tweets that are sent together.
const BATCH: usize = 500;
/// Their bytes; a line may have a megabyte, and a body has room for eight.
const BATCH_BYTES: usize = 4 << 20;
/// How long the first of a batch waits for others: a pipe may give one a minute.
const GATHER: Duration = Duration::from_millis(250);
/// Lines that are read ahead.
const AHEAD: usize = 4 * BATCH;

/// Where tweets are sent, and how fast.
#[derive(Clone, Debug)]
pub struct Plan {
    /// A running Vigie.
    pub to: Url,
    /// How fast.
    pub speed: Speed,
    /// How long to keep trying.
    pub patience: Duration,
}

/// What became of the tweets that were acknowledged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// New ones, counted once for each watch that has them.
    pub stored: u64,
    /// Ones that had come before, likewise.
    pub known: u64,
    /// Ones that no watch asks for.
    pub unwatched: u64,
    /// Lines that hold no tweet that was taken, with their number from 1 and the reason: the first
    /// [`Summary::SHOWN`].
    pub bad: Vec<(u64, String)>,
    /// All of these.
    pub bad_lines: u64,
}

impl Summary {
    /// Bad lines that are told one by one.
    pub const SHOWN: usize = 20;

    fn complain(&mut self, line: u64, reason: String) {
        self.bad_lines += 1;
        if self.bad.len() < Self::SHOWN {
            self.bad.push((line, reason));
        }
    }
}

/// A line as it is read.
struct Numbered {
    number: u64,
    /// Or why it is none.
    content: Result<Vec<u8>, String>,
}

/// Sends what `input` holds, and tells what became of it, also when it ends early.
pub async fn run(
    plan: &Plan,
    input: Input,
    progress: &ProgressBar,
) -> (Summary, Result<(), IngestError>) {
    let mut summary = Summary::default();
    let ended = send(plan, input, progress, &mut summary).await;
    (summary, ended)
}

async fn send(
    plan: &Plan,
    input: Input,
    progress: &ProgressBar,
    summary: &mut Summary,
) -> Result<(), IngestError> {
    let sender = Sender::new(&plan.to, plan.patience)?;
    let mut pace = Pace::new(plan.speed, Instant::now());
    let mut lines = read(input);
    let mut batch = Batch::default();
    loop {
        let line = match batch.goes_at {
            None => lines.recv().await,
            Some(at) => match timeout_at(at, lines.recv()).await {
                Ok(line) => line,
                Err(_) => {
                    batch.go(&sender, summary).await?;
                    continue;
                }
            },
        };
        let Some(line) = line else { return batch.go(&sender, summary).await };
        let Numbered { number, content } = line.map_err(IngestError::Read)?;
        match content.and_then(|line| Ok((stream_line::parse(&line)?.at, line))) {
            Ok((at, line)) => {
                if let Some(due) = pace.due(at).filter(|due| *due > Instant::now()) {
                    batch.go(&sender, summary).await?;
                    sleep_until(due).await;
                }
                if !batch.has_room_for(&line) {
                    batch.go(&sender, summary).await?;
                }
                batch.add(number, line);
            }
            Err(reason) => summary.complain(number, reason),
        }
        progress.set_message(format!("{} stored", summary.stored));
    }
}

/// Lines that are sent together.
#[derive(Default)]
struct Batch {
    lines: Vec<Vec<u8>>,
    numbers: Vec<u64>,
    bytes: usize,
    /// When it is sent if it does not get full before; `None` while it is empty.
    goes_at: Option<Instant>,
}

impl Batch {
    fn has_room_for(&self, line: &[u8]) -> bool {
        self.lines.is_empty() || self.lines.len() < BATCH && self.bytes + line.len() < BATCH_BYTES
    }

    fn add(&mut self, number: u64, line: Vec<u8>) {
        self.goes_at.get_or_insert_with(|| Instant::now() + GATHER);
        self.bytes += line.len() + 1;
        self.lines.push(line);
        self.numbers.push(number);
    }

    /// Sends what there is, and counts what became of it.
    async fn go(&mut self, sender: &Sender, summary: &mut Summary) -> Result<(), IngestError> {
        let Self { lines, numbers, .. } = std::mem::take(self);
        if lines.is_empty() {
            return Ok(());
        }
        let taken = sender.send(lines.join(&b'\n')).await?;
        summary.stored += taken.stored;
        summary.known += taken.known;
        summary.unwatched += taken.unwatched;
        summary.bad_lines += taken.refused.saturating_sub(taken.reasons.len() as u64);
        for refused in taken.reasons {
            let number = numbers.get(refused.line.saturating_sub(1)).copied();
            summary.complain(number.unwrap_or_default(), refused.reason);
        }
        Ok(())
    }
}

/// Reads on a thread of its own: a pipe may keep it waiting.
fn read(input: Input) -> Receiver<std::io::Result<Numbered>> {
    let (send, receive) = channel(AHEAD);
    thread::spawn(move || {
        let mut lines = Lines::new(input);
        loop {
            let content = match lines.line() {
                Ok(None) => return,
                Ok(Some(Line::Whole(line))) if line.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(Some(Line::Whole(line))) => Ok(Ok(without_end(line).to_vec())),
                Ok(Some(Line::TooLong)) => Ok(Err(RowProblem::TooLong.to_string())),
                Err(error) => Err(error),
            };
            let number = lines.number();
            let is_over = content.is_err();
            let line = content.map(|content| Numbered { number, content });
            // Whoever sends may have given up.
            if send.blocking_send(line).is_err() || is_over {
                return;
            }
        }
    });
    receive
}
