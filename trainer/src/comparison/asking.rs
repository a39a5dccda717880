//! Asks bundles about the tests, and keeps what they say.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail, ensure};
use domain::Label;
use rayon::prelude::*;
use sentiment::{
    Model,
    bundle::{Bundle, Card, MANIFEST, Metric, version_of},
    models::ReasonShares,
};
use serde::Deserialize;

use super::{
    Description, Facts, Folder, ModelEntry, PredictedRow, Predictions, TestFile,
    latency::Latency,
    marks::unknown,
    test_rows::{TestRow, TestRows},
};
use crate::{
    bundle_folder, cores, finished::Finished, tensors::write_atomically, training::Record,
};

/// Texts that a model gets at a time.
const BATCH: usize = 256;
/// Records of a training that are kept for its curves, beside those of its epochs.
const RECORDS: usize = 300;

/// Asks the models of `description` that are at hand, or only those called in `only`; their
/// tests lie below `data`. Says what it does to `say`.
///
/// # Errors
/// If a bundle is damaged, a test is missing, or a model was trained on it.
pub fn ask(
    description: &Description,
    folder: &Folder,
    data: &Path,
    only: &[String],
    mut say: impl FnMut(String),
) -> Result<()> {
    for name in only {
        ensure!(
            description.models.iter().any(|model| model.name == *name),
            "no model is called “{name}”: the description has {}",
            description
                .models
                .iter()
                .map(|model| model.name.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        );
    }
    let mut tests: BTreeMap<&str, TestRows> = BTreeMap::new();
    for entry in &description.models {
        if !only.is_empty() && !only.contains(&entry.name) {
            continue;
        }
        if !entry.folder.exists() {
            ensure!(only.is_empty(), "{} is not there: train it first", entry.folder.display());
            say(format!(
                "{}: {} is not there, what is known of it stays",
                entry.name,
                entry.folder.display()
            ));
            continue;
        }
        for test in description.tests_for(entry) {
            if !tests.contains_key(test.name.as_str()) {
                tests.insert(&test.name, TestRows::read(test, data)?);
            }
        }
        ask_model(description, entry, &tests, folder, &mut say)
            .with_context(|| entry.name.clone())?;
    }
    Ok(())
}

/// The version of the bundle in `folder`, which follows from its manifest alone.
///
/// # Errors
/// If there is none.
pub fn version(folder: &Path) -> Result<String> {
    let manifest = fs::read(folder.join(MANIFEST))
        .with_context(|| format!("{} is no bundle", folder.display()))?;
    Ok(version_of(&manifest))
}

fn ask_model(
    description: &Description,
    entry: &ModelEntry,
    tests: &BTreeMap<&str, TestRows>,
    folder: &Folder,
    say: &mut impl FnMut(String),
) -> Result<()> {
    let bundle = Bundle::verify(bundle_folder::read(&entry.folder)?)?;
    let model = sentiment::load(bundle.to_files())?;
    let mut texts: Vec<&str> = Vec::new();
    for test in description.tests_for(entry) {
        let rows = &tests[test.name.as_str()];
        let predictions = predictions(model.as_ref(), test, rows)?;
        let path = folder.predictions(&test.name, &entry.name);
        predictions.write(&path)?;
        say(format!(
            "{}: {} rows of {} in {}",
            model.id(),
            rows.rows.len(),
            test.name,
            path.display()
        ));
        texts.extend(rows.rows.iter().map(|row| row.text.as_str()));
    }
    let latency = Latency::measure(model.as_ref(), &texts)?;
    say(format!("{}: p50 {} µs, p99 {} µs", model.id(), latency.p50_us, latency.p99_us));
    Facts::of(model.as_ref(), &bundle, latency)?.write(&folder.facts(&entry.name))?;
    let Some(run) = &entry.run else { return Ok(()) };
    if !made(run, model.card())? {
        say(format!("{} did not make it, what is known of its training stays", run.display()));
        return Ok(());
    }
    keep_records(run, &folder.records(&entry.name))
}

/// What `model` says of every row of `test`.
///
/// # Errors
/// If it was trained on the test, or fails.
pub fn predictions(model: &dyn Model, test: &TestFile, rows: &TestRows) -> Result<Predictions> {
    ensure!(
        model.card().data.iter().all(|source| source.sha256 != rows.sha256),
        "{} is no test of {}, which was trained on it: take it from its protocols",
        test.file,
        model.id()
    );
    let pool = cores::pool()?;
    let batches: Vec<Vec<PredictedRow>> = pool.install(|| {
        rows.rows.par_chunks(BATCH).map(|rows| predicted(model, rows)).collect::<Result<_>>()
    })?;
    Ok(Predictions {
        model: model.id().clone(),
        test: test.name.clone(),
        file: test.file.clone(),
        sha256: rows.sha256.clone(),
        rows: batches.concat(),
    })
}

fn predicted(model: &dyn Model, rows: &[TestRow]) -> Result<Vec<PredictedRow>> {
    let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
    let said = model.predict(&texts)?;
    let reasons = reasons(model, rows)?;
    let rows = rows.iter().zip(said).zip(reasons);
    Ok(rows
        .map(|((row, said), reasons)| {
            let mut marks = row.marks.clone();
            marks.unknown = unknown(said.known).to_owned();
            marks.is_sure = said.sure;
            marks.language = said.language;
            PredictedRow {
                number: row.number,
                gold: row.gold,
                marks,
                labels: Label::ALL.map(|label| said.probabilities.of(label)),
                reasons,
            }
        })
        .collect())
}

/// Of each row that has a reason, what the model says of the reasons.
fn reasons(model: &dyn Model, rows: &[TestRow]) -> Result<Vec<Option<ReasonShares>>> {
    let asked: Vec<&str> =
        rows.iter().filter(|row| row.marks.reason.is_some()).map(|row| row.text.as_str()).collect();
    let Some(said) = model.reasons(&asked)? else { return Ok(vec![None; rows.len()]) };
    let mut said = said.into_iter();
    Ok(rows.iter().map(|row| row.marks.reason.and_then(|_| said.next())).collect())
}

/// Whether the training in `run` made the bundle of `card`, in which then stands what it came to on
/// validation. One that has not ended made none.
fn made(run: &Path, card: &Card) -> Result<bool> {
    #[derive(Deserialize)]
    struct Validated {
        validation: Vec<Metric>,
    }
    let path = run.join(Finished::FILE);
    let Ok(text) = fs::read(&path) else { return Ok(false) };
    let ended: Validated =
        serde_json::from_slice(&text).with_context(|| format!("{} is damaged", path.display()))?;
    let stands = |figure: &Metric| {
        card.metrics
            .iter()
            .any(|known| known.name == figure.name && (known.value - figure.value).abs() < 1e-9)
    };
    Ok(ended.validation.iter().all(stands))
}

/// Keeps so much of a training's records as its curves need.
fn keep_records(run: &Path, to: &Path) -> Result<()> {
    let from = run.join("metrics.jsonl");
    let text =
        fs::read_to_string(&from).with_context(|| format!("{} cannot be read", from.display()))?;
    let records: Vec<Record> = text
        .lines()
        .map(|line| {
            serde_json::from_str(line).with_context(|| format!("{} is damaged", from.display()))
        })
        .collect::<Result<_>>()?;
    let every = records.len().div_ceil(RECORDS).max(1);
    let is_epoch =
        |record: &Record| record.metrics.keys().any(|name| name.starts_with("validation "));
    let kept = records.iter().enumerate().filter(|(k, record)| k % every == 0 || is_epoch(record));
    let mut lines = String::new();
    for (_, record) in kept {
        lines.push_str(&serde_json::to_string(record)?);
        lines.push('\n');
    }
    let Some(folder) = to.parent() else { bail!("{} is no file", to.display()) };
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    write_atomically(to, lines.as_bytes())
}

#[cfg(test)]
mod tests {
    use bundle_fixture::SmallBundle;

    use super::*;

    #[test]
    fn another_training_is_told_by_what_it_came_to() {
        let figure = |value| Metric {
            name: "people validation accuracy".to_owned(),
            value,
            low: 0.7,
            high: 0.9,
            n: 50,
        };
        let mut card = SmallBundle::default().card;
        card.metrics = vec![figure(0.8)];
        let run = tempfile::tempdir().unwrap();
        assert!(!made(run.path(), &card).unwrap(), "it has not ended");
        for (value, made_it) in [(0.8, true), (0.81, false)] {
            let outcome = serde_json::json!({ "validation": [figure(value)] });
            fs::write(run.path().join(Finished::FILE), outcome.to_string()).unwrap();
            assert_eq!(made(run.path(), &card).unwrap(), made_it);
        }
    }
}
