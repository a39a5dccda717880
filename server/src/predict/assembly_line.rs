//! Rows read, scored and written at the same time, and written in the order in which they were read.

use std::{
    num::NonZero,
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

use domain::{Share, Tweet};
use sentiment::{ByLanguage, models::Judged};

use super::{
    Judgement, PredictError, Row, Verdict, columns::Layout, formats::RowReader, next_batch,
};

/// Rows that are scored together, and the way back for their verdicts.
struct Batch {
    rows: Vec<Row>,
    done: SyncSender<Scored>,
}

type Scored = Result<(Vec<Row>, Vec<Verdict>), PredictError>;

/// Scores `first` and all that `reader` gives after it, on so many threads at once, and hands rows and
/// verdicts to `write`, in order. Few batches are on their way at a time, so memory is bounded.
///
/// # Errors
/// The first that reading, scoring or `write` ends with.
pub(super) fn run(
    models: &ByLanguage,
    layout: &Layout,
    first: Vec<Row>,
    mut reader: Box<dyn RowReader>,
    threads: NonZero<usize>,
    mut write: impl FnMut(&[Row], &[Verdict]) -> Result<(), PredictError>,
) -> Result<(), PredictError> {
    // One batch waits for each thread while it scores another.
    let (batches, waiting) = sync_channel::<Batch>(threads.get());
    let (in_order, scored) = sync_channel::<Receiver<Scored>>(threads.get());
    let waiting = Mutex::new(waiting);
    thread::scope(|scope| {
        scope.spawn(move || read(reader.as_mut(), first, &batches, &in_order));
        for _ in 0..threads.get() {
            scope.spawn(|| {
                while let Some(Batch { rows, done }) = next(&waiting) {
                    let scored = score(models, layout, &rows).map(|verdicts| (rows, verdicts));
                    // An error says that writing has ended.
                    drop(done.send(scored));
                }
            });
        }
        for answer in scored {
            // Without an answer its thread has panicked, and so will the scope.
            let Ok(answer) = answer.recv() else { break };
            let (rows, verdicts) = answer?;
            write(&rows, &verdicts)?;
        }
        Ok(())
    })
}

/// Sends batches until there are no more, or nobody wants them.
fn read(
    reader: &mut dyn RowReader,
    first: Vec<Row>,
    batches: &SyncSender<Batch>,
    in_order: &SyncSender<Receiver<Scored>>,
) {
    let mut next = Ok(first);
    loop {
        let (done, answer) = sync_channel(1);
        if in_order.send(answer).is_err() {
            return;
        }
        match next {
            Ok(rows) if rows.is_empty() => {
                // The end, as an answer without rows.
                drop(done.send(Ok(Default::default())));
                return;
            }
            Ok(rows) => {
                if batches.send(Batch { rows, done }).is_err() {
                    return;
                }
            }
            Err(error) => {
                drop(done.send(Err(error)));
                return;
            }
        }
        next = next_batch(reader);
    }
}

fn next(waiting: &Mutex<Receiver<Batch>>) -> Option<Batch> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// A verdict for each row, in order.
fn score(models: &ByLanguage, layout: &Layout, rows: &[Row]) -> Result<Vec<Verdict>, PredictError> {
    let tweets: Vec<Result<Tweet, String>> = rows.iter().map(|row| layout.tweet(row)).collect();
    let texts: Vec<&str> = tweets.iter().flatten().map(Tweet::as_str).collect();
    let mut judged = models.predict(&texts)?.into_iter();
    let mut verdicts = Vec::with_capacity(rows.len());
    for tweet in &tweets {
        let verdict = match (tweet, tweet.is_ok().then(|| judged.next()).flatten()) {
            (Err(problem), _) => Err(problem.clone()),
            (Ok(_), None) => Err("the model gave no verdict".to_owned()),
            (Ok(tweet), Some(Judged { prediction, .. })) => {
                let words = layout.explains.then(|| words(models, tweet)).transpose()?;
                Ok(Judgement { prediction, words })
            }
        };
        verdicts.push(verdict);
    }
    Ok(verdicts)
}

/// What each word adds, as a JSON array of words and contributions.
fn words(models: &ByLanguage, tweet: &Tweet) -> Result<String, PredictError> {
    let explanation = models.explain(tweet.as_str(), || true)?;
    let word = |share: &Share| {
        let word = serde_json::Value::from(share.of(tweet.as_str()));
        format!("[{word},{:.6}]", share.contribution)
    };
    Ok(format!("[{}]", explanation.words.iter().map(word).collect::<Vec<_>>().join(",")))
}
