//! Tweets that come by themselves: which watches they belong to, how they feel, and into the store.

use std::sync::Arc;

use domain::{Label, Prediction, Reason, StreamTweet, Tweet, TweetError, Watch, WatchId, Words};
use jiff::{SignedDuration, Timestamp};
use radar::Observation;
use sha2::{Digest, Sha256};

use super::Watching;
use crate::{Engine, EngineError, clock};

/// A tweet as its source gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// Where it comes from, such as `bluesky`.
    pub source: String,
    /// Its name there. Without one it is known by its time, author and text.
    pub source_id: Option<String>,
    /// When it was written.
    pub at: Timestamp,
    /// The name of the watch that it belongs to; without one the queries of all watches decide.
    pub watch: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// What it says. Of a long one the first [`Tweet::MAX_CHARS`] characters are read and kept.
    pub text: String,
    /// How it feels, where the source says so; else the model says it.
    pub label: Option<Label>,
    /// How sure the model is of that, 0 to 1; 1 where the source says it.
    pub confidence: f32,
    /// What it complains of.
    pub reason: Given,
}

/// What a source says of the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// This one, in its own words, or that there is none.
    Told(Option<String>),
    /// Nothing: the model says it.
    Untold,
}

/// What became of a batch of tweets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// New ones, counted once for each watch that has them.
    pub stored: u64,
    /// Ones that had come before, likewise.
    pub known: u64,
    /// Ones that no watch asks for.
    pub unwatched: u64,
    /// The places in the batch of those that cannot be taken, each with a sentence.
    pub refused: Vec<(usize, String)>,
}

/// A clock may be so far ahead.
const AHEAD: SignedDuration = SignedDuration::from_hours(1);
/// Texts that are judged together.
const BATCH: usize = 256;

impl Engine {
    /// Takes in tweets of one source. What belongs to a watch is judged, and is on the disk when this returns.
    ///
    /// # Errors
    /// [`EngineError::Busy`] when several batches are under way; otherwise see [`EngineError`]. Then none was
    /// stored, and the same batch can be sent again.
    pub async fn take_in(&self, tweets: Vec<Incoming>) -> Result<Intake, EngineError> {
        let watching = self.watching();
        let _permit = watching.intakes.try_acquire().map_err(|_| EngineError::Busy)?;
        watching.take_in(tweets).await
    }
}

impl Watching {
    pub(crate) async fn take_in(&self, tweets: Vec<Incoming>) -> Result<Intake, EngineError> {
        let now = clock::now();
        let watches = match self.known_watches() {
            known if known.is_empty() => self.refresh().await?,
            known => known,
        };
        let mut intake = Intake::default();
        let mut wanted = Vec::with_capacity(tweets.len());
        for (place, mut tweet) in tweets.into_iter().enumerate() {
            tweet.text.truncate(tweet.beginning().len());
            match admit(&tweet, &watches, now) {
                Ok(ids) if ids.is_empty() => intake.unwatched += 1,
                Ok(ids) => wanted.push((tweet, ids)),
                Err(sentence) => intake.refused.push((place, sentence)),
            }
        }
        let judged = self.judge(wanted).await?;
        let all: Vec<StreamTweet> =
            judged.into_iter().flat_map(|(tweet, ids)| rows(tweet, ids, now)).collect();
        let count = all.len() as u64;
        if count > 0 {
            intake.stored = self.store.append_tweets(all).await?;
            intake.known = count - intake.stored;
            self.bell.notify_one();
        }
        for (outcome, count) in [
            ("stored", intake.stored),
            ("known", intake.known),
            ("unwatched", intake.unwatched),
            ("refused", intake.refused.len() as u64),
        ] {
            metrics::counter!("vigie_stream_tweets_total", "outcome" => outcome).increment(count);
        }
        Ok(intake)
    }

    /// Lets the models say what the source did not.
    async fn judge(
        &self,
        mut tweets: Vec<(Incoming, Vec<WatchId>)>,
    ) -> Result<Vec<(Incoming, Vec<WatchId>)>, EngineError> {
        let models = Arc::clone(&self.models);
        let judge = move || {
            let mut open: Vec<&mut Incoming> = tweets
                .iter_mut()
                .map(|(tweet, _)| tweet)
                .filter(|tweet| matches!(tweet.question(), Ok(Some(_))))
                .collect();
            for batch in open.chunks_mut(BATCH) {
                let texts: Vec<&str> = batch.iter().map(|tweet| tweet.text.as_str()).collect();
                let judged = models.predict(&texts)?;
                let judged: Vec<Prediction> =
                    judged.into_iter().map(|judged| judged.prediction).collect();
                for (tweet, prediction) in batch.iter_mut().zip(judged) {
                    tweet.judge(&prediction);
                }
            }
            Ok(tweets)
        };
        let judged = tokio::task::spawn_blocking(judge).await;
        let judged = judged.map_err(|_| EngineError::ModelBroke)?;
        judged.map_err(|error| EngineError::Model(Arc::new(error)))
    }
}

impl Incoming {
    /// What the model is to read of it, if it has something to say that the source did not.
    ///
    /// # Errors
    /// When there is no label, and no text that could have one.
    pub fn question(&self) -> Result<Option<Tweet>, TweetError> {
        let lacks_reason = self.label == Some(Label::Negative) && self.reason == Given::Untold;
        let tweet = Tweet::parse(self.beginning());
        match self.label {
            None => tweet.map(Some),
            Some(_) => Ok(tweet.ok().filter(|_| lacks_reason)),
        }
    }

    /// The part of its text that is read.
    fn beginning(&self) -> &str {
        let end = self.text.char_indices().nth(Tweet::MAX_CHARS).map(|(end, _)| end);
        &self.text[..end.unwrap_or(self.text.len())]
    }

    /// Takes over from `prediction` what the source did not say.
    pub fn judge(&mut self, prediction: &Prediction) {
        if self.label.is_none() {
            (self.label, self.confidence) = (Some(prediction.label), prediction.confidence);
        }
        if self.reason == Given::Untold {
            let reason = prediction.complaint.map(|complaint| complaint.reason);
            self.reason = Given::Told(reason.map(Reason::as_str).map(str::to_owned));
        }
    }

    /// As the radar sees it, as a tweet of `watch`.
    #[must_use]
    pub fn observation<'a>(&'a self, watch: &'a str) -> Observation<'a> {
        Observation {
            at: self.at,
            watch,
            author: self.author.as_deref(),
            text: &self.text,
            label: self.label.unwrap_or(Label::Neutral),
            reason: match &self.reason {
                Given::Told(reason) => reason.as_deref(),
                Given::Untold => None,
            },
        }
    }

    /// By what it is known when it comes again.
    fn name(&self) -> String {
        if let Some(id) = &self.source_id {
            return id.clone();
        }
        let mut hash = Sha256::new();
        for part in [&self.at.to_string(), self.author.as_deref().unwrap_or_default(), &self.text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The watches that `tweet` belongs to.
///
/// # Errors
/// Why it cannot be taken, in a sentence that repeats nothing of it.
fn admit(tweet: &Incoming, watches: &[Watch], now: Timestamp) -> Result<Vec<WatchId>, String> {
    if tweet.at.duration_since(now) > AHEAD {
        return Err("its time is more than an hour ahead: check the clock of its source".to_owned());
    }
    tweet.question().map_err(|error| format!("there is no label, and {error}"))?;
    if let Some(name) = &tweet.watch {
        let named = watches.iter().find(|watch| watch.name.as_str() == name);
        return named.map(|watch| vec![watch.id]).ok_or_else(|| {
            "there is no watch of the name that it gives: make it first, or leave the name out"
                .to_owned()
        });
    }
    let words = Words::of(&tweet.text);
    let asks = |watch: &&Watch| !watch.is_simulated && watch.query.fits(&words);
    Ok(watches.iter().filter(asks).map(|watch| watch.id).collect())
}

fn rows(tweet: Incoming, ids: Vec<WatchId>, now: Timestamp) -> impl Iterator<Item = StreamTweet> {
    let source_id = tweet.name();
    let label = tweet.label.unwrap_or(Label::Neutral);
    let reason = match tweet.reason {
        Given::Told(reason) => reason.filter(|_| label == Label::Negative),
        Given::Untold => None,
    };
    ids.into_iter().map(move |watch_id| StreamTweet {
        watch_id,
        source: tweet.source.clone(),
        source_id: source_id.clone(),
        at: tweet.at,
        author: tweet.author.clone(),
        text: Some(tweet.text.clone()),
        label,
        confidence: tweet.confidence,
        reason: reason.clone(),
        received_at: now,
    })
}
