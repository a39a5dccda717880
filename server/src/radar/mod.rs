//! `vigie radar`: a stream of tweets in, the incidents in it out, in constant memory.

use std::io::Write;

use domain::Prediction;
use engine::Incoming;
use indicatif::ProgressBar;
use radar::{Detector, Incident, Notice, Radar};
use sentiment::ByLanguage;
use tables::{
    Input, RowProblem,
    lines::{Line, Lines, without_end},
};

use crate::{
    predict::{Output, PredictError},
    stream_line,
};

/// The watch of tweets that name none.
const ANY_WATCH: &str = "all";
/// Tweets that are judged together.
const BATCH: usize = 1024;

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Lines that hold a tweet.
    pub tweets: u64,
    /// Those that do not, with the number of the line (from 1) and the reason: the first
    /// [`Summary::SHOWN`].
    pub bad: Vec<(u64, String)>,
    /// All that do not.
    pub bad_lines: u64,
    /// Tweets that came more than six hours after newer ones of their watch, and were not counted.
    pub too_late: u64,
    /// Tweets whose time was far ahead of all others of their watch, and were not counted.
    pub strays: u64,
    /// Incidents found.
    pub incidents: usize,
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

/// Finds the incidents in `input` and completes `output` with one line for each, in the order of
/// their detection. `models` are asked for when a tweet comes without its label or reason.
///
/// # Errors
/// See [`PredictError`], and those of `models`; what stood at the output's place before then still
/// stands there.
pub fn run(
    models: impl Fn() -> anyhow::Result<ByLanguage>,
    input: Input,
    mut output: Output,
    progress: &ProgressBar,
) -> anyhow::Result<Summary> {
    let mut stream = Stream { models, loaded: None, radar: Radar::default(), notices: Vec::new() };
    let mut summary = Summary::default();
    let mut lines = Lines::new(input);
    let mut batch = Vec::with_capacity(BATCH);
    let mut number = 0;
    while let Some(line) = lines.line().map_err(PredictError::Read)? {
        number += 1;
        let given = match line {
            Line::Whole(line) if without_end(line).iter().all(u8::is_ascii_whitespace) => continue,
            Line::Whole(line) => stream_line::parse(without_end(line)),
            Line::TooLong => Err(RowProblem::TooLong.to_string()),
        };
        match given {
            Ok(given) => {
                summary.tweets += 1;
                batch.push(given);
            }
            Err(reason) => summary.complain(number, reason),
        }
        if batch.len() == BATCH {
            stream.take_in(&mut batch)?;
            progress.set_message(format!("{} tweets", summary.tweets));
            progress.tick();
        }
    }
    stream.take_in(&mut batch)?;
    stream.radar.finish(&mut stream.notices);
    (summary.too_late, summary.strays) = stream.radar.not_counted();
    let incidents = incidents(stream.notices);
    summary.incidents = incidents.len();
    if summary.tweets == 0 && summary.bad_lines > 0 {
        return Ok(summary);
    }
    for incident in &incidents {
        serde_json::to_writer(&mut output, incident)
            .map_err(|error| PredictError::from(std::io::Error::from(error)))?;
        output.write_all(b"\n").map_err(PredictError::from)?;
    }
    output.complete().map_err(PredictError::from)?;
    Ok(summary)
}

struct Stream<M> {
    models: M,
    loaded: Option<ByLanguage>,
    radar: Radar,
    notices: Vec<Notice>,
}

impl<M: Fn() -> anyhow::Result<ByLanguage>> Stream<M> {
    /// Judges what is not judged yet and shows all of `batch` to the radar, in order.
    fn take_in(&mut self, batch: &mut Vec<Incoming>) -> anyhow::Result<()> {
        let questions: Vec<_> = batch.iter().map(|tweet| tweet.question().ok().flatten()).collect();
        let texts: Vec<&str> = questions.iter().flatten().map(domain::Tweet::as_str).collect();
        if !texts.is_empty() {
            let loaded = match self.loaded.take() {
                Some(loaded) => loaded,
                None => (self.models)()?,
            };
            let judged = loaded.predict(&texts).map_err(PredictError::from)?;
            let judged: Vec<Prediction> =
                judged.into_iter().map(|judged| judged.prediction).collect();
            self.loaded = Some(loaded);
            let asked = batch.iter_mut().zip(&questions).filter(|(_, asked)| asked.is_some());
            for ((tweet, _), judged) in asked.zip(judged) {
                tweet.judge(&judged);
            }
        }
        for tweet in batch.drain(..) {
            let watch = tweet.watch.as_deref().unwrap_or(ANY_WATCH);
            self.radar.observe(&tweet.observation(watch), &mut self.notices);
        }
        // An alert is the beginning of what its end tells in full.
        self.notices.retain(|notice| matches!(notice, Notice::Closed(_)));
        Ok(())
    }
}

fn incidents(notices: Vec<Notice>) -> Vec<Incident> {
    let mut incidents: Vec<Incident> = notices
        .into_iter()
        .filter_map(|notice| match notice {
            Notice::Closed(incident) => Some(incident),
            Notice::Opened(_) => None,
        })
        .collect();
    incidents.sort_by(|one, other| {
        (one.detected_at, &one.watch).cmp(&(other.detected_at, &other.watch))
    });
    incidents
}
