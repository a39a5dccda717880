//! Rows read, scored and written at the same time, and written in the order in which they were read.

use std::num::NonZero;

use domain::{Share, Tweet};
use engine::assembly_line;
use sentiment::{ByLanguage, models::Judged};
use tables::RowReader;

use super::{Judgement, PredictError, Row, Verdict, columns::Layout, next_batch};

/// Scores `first` and all that `reader` gives after it, on so many threads at once, and hands rows and
/// verdicts to `write`, in order.
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
    let mut first = Some(first);
    assembly_line::run(
        threads,
        || {
            let rows = match first.take() {
                Some(rows) => rows,
                None => next_batch(reader.as_mut())?,
            };
            Ok((!rows.is_empty()).then_some(rows))
        },
        |rows| score(models, layout, &rows).map(|verdicts| (rows, verdicts)),
        |(rows, verdicts)| write(&rows, &verdicts),
    )
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
