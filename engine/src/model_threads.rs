//! The threads that own the models, and their queue.
//!
//! A thread takes its share of whatever waits, up to a batch, and runs it at once: a busy model
//! reads many tweets in one pass, a lone tweet never waits for company. All threads share the
//! models; one is enough for a model that is faster than the doors to it.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
    time::Instant,
};

use domain::Tweet;
use sentiment::{ByLanguage, models::Judged};
use tokio::sync::{mpsc, oneshot};

use crate::{
    EngineConfig, clock,
    cores::{self, Cores},
    verdict::{NotRead, Verdict},
};

type Reply = oneshot::Sender<Result<Verdict, NotRead>>;

enum Message {
    Read { tweet: Tweet, reply: Reply },
    Stop,
}

/// The handle of the threads. When it is dropped they end after what waits.
pub(crate) struct ModelThreads {
    queue: mpsc::Sender<Message>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// What all threads share.
struct Shared {
    models: Arc<ByLanguage>,
    /// Whoever takes holds it, also while nothing waits; the others read meanwhile, or wait for it.
    waiting: Mutex<mpsc::Receiver<Message>>,
    threads: usize,
    max_batch: usize,
}

impl ModelThreads {
    /// Starts as many threads as `config` says, where it says, with room for all tweets that may
    /// be under way.
    pub(crate) fn start(models: Arc<ByLanguage>, config: &EngineConfig) -> io::Result<Self> {
        let cores = Cores::of(&config.model_cores)?;
        // One more, so that there is always room to say stop.
        let (queue, waiting) = mpsc::channel(config.max_in_flight + 1);
        let shared = Arc::new(Shared {
            models,
            waiting: Mutex::new(waiting),
            threads: config.model_threads.max(1),
            max_batch: config.max_batch.max(1),
        });
        let threads = (0..shared.threads).map(|number| {
            let shared = Arc::clone(&shared);
            let work = move || shared.run();
            cores::spawn(format!("model-{number}"), cores.clone(), work)
        });
        let threads = Mutex::new(threads.collect::<io::Result<_>>()?);
        Ok(Self { queue, threads })
    }

    /// The verdict on `tweet`.
    pub(crate) async fn read(&self, tweet: Tweet) -> Result<Verdict, NotRead> {
        let (reply, verdict) = oneshot::channel();
        self.queue.try_send(Message::Read { tweet, reply }).map_err(|error| match error {
            // Tweets whose reader went away still wait.
            mpsc::error::TrySendError::Full(_) => NotRead::Busy,
            mpsc::error::TrySendError::Closed(_) => NotRead::ShuttingDown,
        })?;
        verdict.await.map_err(|_| NotRead::ShuttingDown)?
    }

    /// Ends the threads after what waits, and waits for them.
    pub(crate) async fn stop(&self) {
        // An error says that the threads have ended already.
        drop(self.queue.send(Message::Stop).await);
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        let join = || threads.into_iter().map(JoinHandle::join).all(|joined| joined.is_ok());
        if !tokio::task::spawn_blocking(join).await.unwrap_or(false) {
            tracing::error!("a thread of the models did not end well");
        }
    }
}

impl Shared {
    fn run(&self) {
        let mut tweets = Vec::with_capacity(self.max_batch);
        let mut replies = Vec::with_capacity(self.max_batch);
        while self.take(&mut tweets, &mut replies) {
            let taken_up = Instant::now();
            self.answer(&tweets, replies.drain(..), taken_up);
            tweets.clear();
        }
    }

    /// Waits for a tweet, and takes with it this thread's share of those behind it. False when
    /// there will be no more.
    fn take(&self, tweets: &mut Vec<Tweet>, replies: &mut Vec<Reply>) -> bool {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(first) = waiting.blocking_recv() else { return false };
        let share = waiting.len().div_ceil(self.threads).min(self.max_batch - 1);
        let rest = (0..share).map_while(|_| waiting.try_recv().ok());
        let mut stop = false;
        for message in std::iter::once(first).chain(rest) {
            match message {
                Message::Stop => stop = true,
                Message::Read { reply, .. } if reply.is_closed() => {}
                Message::Read { tweet, reply } => {
                    tweets.push(tweet);
                    replies.push(reply);
                }
            }
        }
        if stop {
            // What is in the queue is still taken, by all threads.
            waiting.close();
        }
        true
    }

    fn answer(
        &self,
        tweets: &[Tweet],
        mut replies: impl Iterator<Item = Reply>,
        taken_up: Instant,
    ) {
        let texts: Vec<&str> = tweets.iter().map(Tweet::as_str).collect();
        match self.predict(&texts) {
            Ok(judged) => {
                for (judged, reply) in judged.into_iter().zip(replies) {
                    send(reply, Ok(judged), taken_up);
                }
            }
            Err(failure) if texts.len() == 1 => {
                tracing::error!(?failure, "the model failed");
                if let Some(reply) = replies.next() {
                    send(reply, Err(failure), taken_up);
                }
            }
            // One of them broke it: alone, the others get their verdict.
            Err(_) => {
                for (tweet, reply) in tweets.iter().zip(replies) {
                    let reply = std::iter::once(reply);
                    self.answer(std::slice::from_ref(tweet), reply, Instant::now());
                }
            }
        }
    }

    /// Asks the models, and survives their panic: the next tweet must find a living thread.
    fn predict<'a>(&'a self, texts: &[&str]) -> Result<Vec<Judged<'a>>, NotRead> {
        let begun = Instant::now();
        let judged = catch_unwind(AssertUnwindSafe(|| self.models.predict(texts)))
            .map_err(|_| NotRead::Broke)?
            .map_err(|error| NotRead::Failed(Arc::new(error)))?;
        metrics::histogram!("vigie_model_batch_texts").record(texts.len() as f64);
        metrics::histogram!("vigie_model_reading_seconds").record(begun.elapsed());
        if judged.len() == texts.len() { Ok(judged) } else { Err(NotRead::Broke) }
    }
}

fn send(reply: Reply, judged: Result<Judged<'_>, NotRead>, taken_up: Instant) {
    let duration_us = clock::micros_since(taken_up);
    let verdict = judged.map(|Judged { prediction, model }| Verdict {
        prediction,
        model: model.clone(),
        duration_us,
    });
    // An error says that the reader went away.
    drop(reply.send(verdict));
}
