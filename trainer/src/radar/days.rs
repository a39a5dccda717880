//! The days of February 2015 in the airline set: what the radar says of each airline, by the people's
//! labels and by the released model's.

use std::{fmt::Write, fs::File, io::Read, path::Path};

use anyhow::{Context, Result};
use domain::{Label, Reason};
use flate2::read::GzDecoder;
use jiff::Timestamp;
use radar::{Detector, Incident, Notice, Observation, Radar};
use sentiment::Model;
use serde::{Deserialize, Serialize};

/// An incident of those days; no text of a tweet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Day {
    /// Who labelled: `people`, or a model.
    pub labels: String,
    /// The airline.
    pub airline: String,
    /// When it began, as known at its detection.
    pub started_at: Timestamp,
    /// When the alarm would have gone out.
    pub detected_at: Timestamp,
    /// Its peak.
    pub peak_at: Timestamp,
    /// What it was about.
    pub cause: String,
    /// Times the usual negatives at its worst.
    pub ratio: f64,
}

/// A row of the set.
struct Row {
    at: Timestamp,
    airline: String,
    text: String,
    label: Label,
    reason: Option<Reason>,
}

/// What the radar says of the files in `folder`, by the people's labels and by those of `model`.
///
/// # Errors
/// If a file is of another form, or the model fails.
pub fn run(folder: &Path, model: &dyn Model) -> Result<Vec<Day>> {
    let mut rows = Vec::new();
    for part in ["train", "test"] {
        let path = folder.join(format!("airline.{part}.tsv.gz"));
        read(&path, &mut rows).with_context(|| format!("{} is no airline set", path.display()))?;
    }
    rows.sort_by_key(|row| row.at);
    let mut days = watch("people", &rows);
    for rows in rows.chunks_mut(1024) {
        let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        let judged = model.predict(&texts)?;
        for (row, judged) in rows.iter_mut().zip(judged) {
            row.label = judged.label;
            row.reason = judged.complaint.map(|complaint| complaint.reason);
        }
    }
    days.extend(watch(&model.id().name, &rows));
    Ok(days)
}

fn read(path: &Path, rows: &mut Vec<Row>) -> Result<()> {
    let mut text = String::new();
    GzDecoder::new(File::open(path)?).read_to_string(&mut text)?;
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().context("it is empty")?.split('\t').collect();
    let place = |name: &str| {
        header
            .iter()
            .position(|column| *column == name)
            .with_context(|| format!("no column {name}"))
    };
    let (at, airline, text) = (place("created_at")?, place("airline")?, place("text")?);
    let (label, reason) = (place("label")?, place("reason")?);
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |place: usize| cells.get(place).copied().context("a line is too short");
        let reason = crate::data::import::reason::reason(cell(reason)?, "")?;
        rows.push(Row {
            at: cell(at)?.replacen(" -", "-", 1).parse()?,
            airline: cell(airline)?.to_owned(),
            text: cell(text)?.to_owned(),
            label: cell(label)?.parse()?,
            reason: reason.map(|given| given.reason),
        });
    }
    Ok(())
}

fn watch(labels: &str, rows: &[Row]) -> Vec<Day> {
    let mut radar = Radar::default();
    let mut notices = Vec::new();
    for row in rows {
        let tweet = Observation {
            at: row.at,
            watch: &row.airline,
            author: None,
            text: &row.text,
            label: row.label,
            reason: row.reason.map(Reason::as_str),
        };
        radar.observe(&tweet, &mut notices);
    }
    radar.finish(&mut notices);
    let closed = notices.into_iter().filter_map(|notice| match notice {
        Notice::Closed(incident) => Some(incident),
        Notice::Opened(_) => None,
    });
    let mut days: Vec<Day> = closed.map(|incident| day(labels, incident)).collect();
    days.sort_by_key(|day| day.detected_at);
    days
}

fn day(labels: &str, incident: Incident) -> Day {
    let Incident { watch, started_at, detected_at, peak_at, cause, ratio, .. } = incident;
    Day {
        labels: labels.to_owned(),
        airline: watch,
        started_at,
        detected_at,
        peak_at,
        cause,
        ratio,
    }
}

/// The table of `days`.
pub fn write(text: &mut String, days: &[Day]) {
    text.push_str(
        "\n## February 2015\n\nThe airline set (12,329 tweets, 16 to 24 February 2015) in the order of its times, which are UTC here, without authors: it has none. By the labels \
        of people, and by those of the released model for the same texts (of which it has learnt from most). A known crisis each are \
        Southwest's cancellations on 21 February and US Airways on 22 February; American's rows begin at 19:00 UTC on 22 February, which is no incident.\n\n\
        | labels | airline | began | detected | peak | cause | times the usual |\n|---|---|---|---|---|---|---|\n",
    );
    for day in days {
        let Day { labels, airline, started_at, detected_at, peak_at, cause, ratio } = day;
        let short = |at: &Timestamp| at.strftime("%d %b %H:%M").to_string();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {labels} | {airline} | {} | {} | {} | {cause} | {ratio:.1} |",
            short(started_at),
            short(detected_at),
            short(peak_at)
        );
    }
}
