//! The one thread that writes: whatever waits goes into one transaction, so that many writers share
//! one sync of the disk. A lone write waits for nobody, and each is acknowledged after the commit.
//! It is a thread of its own because among the tasks of a busy service each of its steps would wait
//! behind those of all requests, the refused ones too.

use std::{
    collections::VecDeque,
    mem,
    sync::{Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::Duration,
};

use async_trait::async_trait;
use domain::Analysis;
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::{
    runtime,
    sync::{mpsc, oneshot},
    task::spawn_blocking,
    time::{Instant, timeout_at},
};

use super::{changes::insert_analyses, file::DatabaseFile, statements};
use crate::{StoreError, progress::Progress};

/// How many writes may wait before the next one waits to wait.
const QUEUE: usize = 1024;
/// How many writes share a transaction at most.
const GROUP: usize = 512;

/// Something to write.
#[async_trait]
pub(super) trait Change: Send + Sync + 'static {
    /// What is answered once it is on the disk.
    type Answer: Default + Send + 'static;

    /// Makes the change in the open transaction, which others share: what fails in a way that
    /// does not concern them leaves nothing behind, as SQLite grants for each single statement.
    async fn apply(&self, connection: &mut SqliteConnection) -> Result<Self::Answer, StoreError>;

    /// The analysis that this inserts, if it does nothing else: those that wait one after the other
    /// are inserted by one statement, and its answer is the default one.
    fn insertion(&self) -> Option<&Analysis> {
        None
    }
}

/// The handle of the thread. When it is dropped the thread ends after what waits.
#[derive(Debug)]
pub(super) struct Writer {
    queue: Mutex<Option<mpsc::Sender<Box<dyn Request>>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    progress: Progress,
    limit: Duration,
}

impl Writer {
    /// Starts the thread. A write may take `limit` in all; `options` serve to connect again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] if the system gives no thread.
    pub(super) fn start(
        connection: SqliteConnection,
        options: SqliteConnectOptions,
        file: DatabaseFile,
        limit: Duration,
    ) -> Result<Self, StoreError> {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let pen = Pen { connection: Some(connection), options, file };
        let runtime = runtime::Builder::new_current_thread().enable_time().build();
        let runtime = runtime.map_err(StoreError::unavailable)?;
        let thread = thread::Builder::new()
            .name("database-writer".to_owned())
            .spawn(move || runtime.block_on(pen.write_all_of(waiting)))
            .map_err(StoreError::unavailable)?;
        Ok(Self {
            queue: Mutex::new(Some(queue)),
            thread: Mutex::new(Some(thread)),
            progress: Progress::new(),
            limit,
        })
    }

    /// Writes `change`; it is on the disk when this returns.
    pub(super) async fn write<C: Change>(&self, change: C) -> Result<C::Answer, StoreError> {
        let deadline = Instant::now() + self.limit;
        let mark = self.progress.mark();
        let late = || match self.progress.since(mark) {
            true => StoreError::Overloaded,
            false => StoreError::timed_out(self.limit),
        };
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let queue = queue.ok_or_else(StoreError::closed)?;
        let (reply, answer) = oneshot::channel();
        let request = Box::new(Waiting { change, answer: None, reply });
        let sent = timeout_at(deadline, queue.send(request)).await.map_err(|_| late())?;
        sent.map_err(|_| StoreError::closed())?;
        drop(queue);
        let answer = timeout_at(deadline, answer).await.map_err(|_| late())?;
        let answer = answer.map_err(|_| StoreError::closed())?;
        if !matches!(&answer, Err(error) if error.may_recover()) {
            self.progress.note();
        }
        answer
    }

    /// Writes what waits, and closes the connection.
    pub(super) async fn close(&self) {
        drop(self.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(thread) = thread else { return };
        let ended = spawn_blocking(move || thread.join().is_ok()).await;
        if !ended.unwrap_or(false) {
            tracing::error!("the writer of the database did not end well");
        }
    }
}

/// A change and whoever waits for it.
struct Waiting<C: Change> {
    change: C,
    answer: Option<C::Answer>,
    reply: oneshot::Sender<Result<C::Answer, StoreError>>,
}

/// A [`Waiting`] of any change.
#[async_trait]
trait Request: Send {
    /// Whether nobody waits any more.
    fn is_given_up(&self) -> bool;
    /// Makes the change in the open transaction and remembers the answer.
    async fn apply(&mut self, connection: &mut SqliteConnection) -> Result<(), StoreError>;
    /// See [`Change::insertion`].
    fn insertion(&self) -> Option<&Analysis>;
    /// It was inserted in the open transaction.
    fn inserted(&mut self);
    /// The transaction is on the disk.
    fn acknowledge(self: Box<Self>);
    /// Nothing of it was written.
    fn refuse(self: Box<Self>, error: StoreError);
}

#[async_trait]
impl<C: Change> Request for Waiting<C> {
    fn is_given_up(&self) -> bool {
        self.reply.is_closed()
    }

    async fn apply(&mut self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        self.answer = Some(self.change.apply(connection).await?);
        Ok(())
    }

    fn insertion(&self) -> Option<&Analysis> {
        self.change.insertion()
    }

    fn inserted(&mut self) {
        self.answer = Some(C::Answer::default());
    }

    fn acknowledge(self: Box<Self>) {
        if let Some(answer) = self.answer {
            // An error says that whoever waited went away.
            drop(self.reply.send(Ok(answer)));
        }
    }

    fn refuse(self: Box<Self>, error: StoreError) {
        drop(self.reply.send(Err(error)));
    }
}

/// What the thread writes with.
struct Pen {
    connection: Option<SqliteConnection>,
    options: SqliteConnectOptions,
    file: DatabaseFile,
}

impl Pen {
    async fn write_all_of(mut self, mut waiting: mpsc::Receiver<Box<dyn Request>>) {
        let mut group = Vec::with_capacity(GROUP);
        while waiting.recv_many(&mut group, GROUP).await > 0 {
            group.retain(|request| !request.is_given_up());
            self.write(mem::take(&mut group)).await;
        }
        self.put_down().await;
    }

    /// Writes `group` in one transaction: one that fails by itself harms no other.
    async fn write(&mut self, group: Vec<Box<dyn Request>>) {
        if group.is_empty() {
            return;
        }
        let mut connection = match self.take_up().await {
            Ok(connection) => connection,
            Err(error) => return refuse_all(group, error),
        };
        let mut written = Vec::with_capacity(group.len());
        match transact(&mut connection, group, &mut written).await {
            Ok(()) => {
                self.connection = Some(connection);
                written.into_iter().for_each(Request::acknowledge);
            }
            Err((error, rest)) => {
                // SQLite may have rolled back by itself; then this fails, and says nothing new.
                drop(execute(&mut connection, statements::ROLLBACK).await);
                // A connection whose thread broke is of no more use.
                self.connection = connection.ping().await.is_ok().then_some(connection);
                refuse_all(written.into_iter().chain(rest), error);
            }
        }
    }

    async fn take_up(&mut self) -> Result<SqliteConnection, StoreError> {
        // What is written into a file that was moved away is written where nobody looks.
        if !self.file.is_in_place() {
            return Err(StoreError::unavailable("the file of the database was moved or replaced"));
        }
        match self.connection.take() {
            Some(connection) => Ok(connection),
            None => Ok(self.options.connect().await?),
        }
    }

    async fn put_down(mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        if !self.file.is_in_place() {
            // SQLite leaves the log of a file that was moved, and would then read it as the log
            // of whatever has its name now.
            let emptied = sqlx::query(statements::EMPTY_THE_LOG).execute(&mut connection).await;
            if let Err(error) = emptied {
                tracing::warn!(%error, "the log of a replaced database could not be emptied");
            }
        }
        if let Err(error) = connection.close().await {
            tracing::warn!(%error, "the database was not closed well");
        }
    }
}

/// Makes every change of `group` and commits. On an error that concerns all, the rest comes back.
async fn transact(
    connection: &mut SqliteConnection,
    group: Vec<Box<dyn Request>>,
    written: &mut Vec<Box<dyn Request>>,
) -> Result<(), (StoreError, Vec<Box<dyn Request>>)> {
    if let Err(error) = execute(connection, statements::BEGIN).await {
        return Err((error, group));
    }
    let mut rest = VecDeque::from(group);
    while !rest.is_empty() {
        let insertions = rest.iter().map_while(|request| request.insertion());
        let together: Vec<&Analysis> = insertions.take(statements::INSERTED_AT_ONCE).collect();
        let count = together.len();
        if count > 1 {
            match insert_analyses(connection, &together).await {
                Ok(()) => {
                    let inserted = rest.drain(..count);
                    written.extend(inserted.map(|mut request| {
                        request.inserted();
                        request
                    }));
                    continue;
                }
                Err(error) if error.may_recover() => return Err((error, rest.into())),
                // One of them fails by itself: alone, the others are inserted.
                Err(_) => {}
            }
        }
        for _ in 0..count.max(1) {
            let Some(mut request) = rest.pop_front() else { break };
            match request.apply(connection).await {
                Ok(()) => written.push(request),
                Err(error) if error.may_recover() => {
                    rest.push_front(request);
                    return Err((error, rest.into()));
                }
                Err(error) => request.refuse(error),
            }
        }
    }
    execute(connection, statements::COMMIT).await.map_err(|error| (error, Vec::new()))
}

pub(super) async fn execute(
    connection: &mut SqliteConnection,
    statement: &'static str,
) -> Result<(), StoreError> {
    sqlx::query(statement).execute(connection).await?;
    Ok(())
}

fn refuse_all(group: impl IntoIterator<Item = Box<dyn Request>>, error: StoreError) {
    let error = error.for_each();
    for request in group {
        request.refuse(error());
    }
}
