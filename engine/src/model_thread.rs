//! The one thread that owns the models, and its queue.
//!
//! The thread takes whatever waits, up to a batch, and runs it at once: a busy model reads many
//! tweets in one pass, a lone tweet never waits for company.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
    time::Instant,
};

use domain::{ModelId, Prediction, Tweet};
use sentiment::{ByLanguage, models::Judged};
use tokio::sync::{mpsc, oneshot};

use crate::EngineError;

/// A verdict, who gave it and how long it took.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) prediction: Prediction,
    pub(crate) model: ModelId,
    /// From the moment the thread took up the tweet, and those that waited with it, until their
    /// probabilities were there, in microseconds. Waiting before that is not the model's time.
    pub(crate) duration_us: u64,
}

type Reply = oneshot::Sender<Result<Verdict, EngineError>>;

enum Message {
    Read { tweet: Tweet, reply: Reply },
    Stop,
}

/// The handle of the thread. When it is dropped the thread ends after what waits.
pub(crate) struct ModelThread {
    queue: mpsc::Sender<Message>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl ModelThread {
    /// Starts the thread, with room for `capacity` waiting tweets.
    pub(crate) fn start(
        models: Arc<ByLanguage>,
        capacity: usize,
        max_batch: usize,
    ) -> io::Result<Self> {
        // One more, so that there is always room to say stop.
        let (queue, waiting) = mpsc::channel(capacity + 1);
        let thread = thread::Builder::new()
            .name("model".to_owned())
            .spawn(move || run(&models, waiting, max_batch.max(1)))?;
        Ok(Self { queue, thread: Mutex::new(Some(thread)) })
    }

    /// The verdict on `tweet`.
    pub(crate) async fn read(&self, tweet: Tweet) -> Result<Verdict, EngineError> {
        let (reply, verdict) = oneshot::channel();
        self.queue.try_send(Message::Read { tweet, reply }).map_err(|error| match error {
            // Tweets whose reader went away still wait.
            mpsc::error::TrySendError::Full(_) => EngineError::Busy,
            mpsc::error::TrySendError::Closed(_) => EngineError::ShuttingDown,
        })?;
        verdict.await.map_err(|_| EngineError::ShuttingDown)?
    }

    /// Ends the thread after what waits, and waits for it.
    pub(crate) async fn stop(&self) {
        // An error says that the thread has ended already.
        drop(self.queue.send(Message::Stop).await);
        let thread = self.thread.lock().ok().and_then(|mut thread| thread.take());
        if let Some(thread) = thread {
            let joined = tokio::task::spawn_blocking(move || thread.join()).await;
            if !matches!(joined, Ok(Ok(()))) {
                tracing::error!("the model's thread did not end well");
            }
        }
    }
}

fn run(models: &ByLanguage, mut waiting: mpsc::Receiver<Message>, max_batch: usize) {
    let mut messages = Vec::with_capacity(max_batch);
    while waiting.blocking_recv_many(&mut messages, max_batch) > 0 {
        let taken_up = Instant::now();
        let mut stop = false;
        let mut tweets = Vec::with_capacity(messages.len());
        let mut replies = Vec::with_capacity(messages.len());
        for message in messages.drain(..) {
            match message {
                Message::Stop => stop = true,
                Message::Read { reply, .. } if reply.is_closed() => {}
                Message::Read { tweet, reply } => {
                    tweets.push(tweet);
                    replies.push(reply);
                }
            }
        }
        answer(models, &tweets, replies, taken_up);
        if stop {
            return;
        }
    }
}

fn answer(models: &ByLanguage, tweets: &[Tweet], replies: Vec<Reply>, taken_up: Instant) {
    let texts: Vec<&str> = tweets.iter().map(Tweet::as_str).collect();
    match predict(models, &texts) {
        Ok(judged) => {
            for (judged, reply) in judged.into_iter().zip(replies) {
                send(reply, Ok(judged), taken_up);
            }
        }
        Err(error) if texts.len() == 1 => {
            tracing::error!(%error, "the model failed");
            if let Some(reply) = replies.into_iter().next() {
                send(reply, Err(error), taken_up);
            }
        }
        // One of them broke it: alone, the others get their verdict.
        Err(_) => {
            for (tweet, reply) in tweets.iter().zip(replies) {
                answer(models, std::slice::from_ref(tweet), vec![reply], Instant::now());
            }
        }
    }
}

/// Asks the model, and survives its panic: the next tweet must find a living thread.
fn predict<'a>(models: &'a ByLanguage, texts: &[&str]) -> Result<Vec<Judged<'a>>, EngineError> {
    let judged = catch_unwind(AssertUnwindSafe(|| models.predict(texts)))
        .map_err(|_| EngineError::ModelBroke)??;
    if judged.len() == texts.len() { Ok(judged) } else { Err(EngineError::ModelBroke) }
}

fn send(reply: Reply, judged: Result<Judged<'_>, EngineError>, taken_up: Instant) {
    let duration_us = u64::try_from(taken_up.elapsed().as_micros()).unwrap_or(u64::MAX);
    let verdict = judged.map(|Judged { prediction, model }| Verdict {
        prediction,
        model: model.clone(),
        duration_us,
    });
    // An error says that the reader went away.
    drop(reply.send(verdict));
}
