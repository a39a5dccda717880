//! Figures on the tests, through the bundle and the code that serves it.

use std::{fmt::Write, path::Path};

use anyhow::{Context, Result, ensure};
use rayon::prelude::*;
use sentiment::{Model, bundle::Metric};
use serde::Serialize;

use crate::{
    cores,
    data::Row,
    metrics::{Measure, Scored, ScoredReason, reason_metric},
    recipe::Test,
};

/// Texts that the model gets at a time.
const BATCH: usize = 256;

/// What a model reaches on one test.
#[derive(Clone, Debug, Serialize)]
pub struct TestResult {
    /// The test's name.
    pub name: String,
    /// Its file.
    pub file: String,
    /// The file's SHA-256 in hexadecimal.
    pub sha256: String,
    /// The figures.
    pub metrics: Vec<Metric>,
    /// What was said of each row.
    #[serde(skip)]
    pub rows: Vec<Scored>,
}

/// Measures `model` on a test whose file lies below `data`.
///
/// # Errors
/// If the file cannot be read, the model was trained on it, or the model fails.
pub fn evaluate(model: &dyn Model, test: &Test, data: &Path) -> Result<TestResult> {
    let (rows, sha256) = test.rows(data)?;
    ensure!(
        model.card().data.iter().all(|source| source.sha256 != sha256),
        "{} is no test of {}, which was trained on it",
        test.file,
        model.id()
    );
    let pool = cores::pool()?;
    let labels = pool.install(|| in_batches(&rows, |batch| said(model, batch)))?;
    let complaints: Vec<Row> = rows.into_iter().filter(|row| row.reason.is_some()).collect();
    let reasons = pool.install(|| in_batches(&complaints, |batch| blamed(model, batch)))?;

    let name = format!("{} test", test.name);
    let measures = Measure::of(test.kind).iter();
    let mut metrics: Vec<Metric> = measures.map(|measure| measure.metric(&name, &labels)).collect();
    metrics.extend(reason_metric(&name, &reasons));
    Ok(TestResult {
        name: test.name.clone(),
        file: test.file.clone(),
        sha256,
        metrics,
        rows: labels,
    })
}

/// `work` on all rows, batch by batch, on all threads of the pool.
fn in_batches<T: Send>(
    rows: &[Row],
    work: impl Fn(&[Row]) -> Result<Vec<T>> + Send + Sync,
) -> Result<Vec<T>> {
    let batches: Vec<Vec<T>> = rows.par_chunks(BATCH).map(work).collect::<Result<_>>()?;
    Ok(batches.into_iter().flatten().collect())
}

/// What the model says of the labels of `rows`, which have one.
fn said(model: &dyn Model, rows: &[Row]) -> Result<Vec<Scored>> {
    let predictions = model.predict(&texts(rows))?;
    let pairs = rows.iter().zip(predictions);
    pairs
        .map(|(row, said)| {
            let gold = row.label.context("a row has no label to measure by")?;
            Ok(Scored { gold, probabilities: said.probabilities })
        })
        .collect()
}

/// What the model says of the reasons of `rows`, which have one; nothing if it knows none.
fn blamed(model: &dyn Model, rows: &[Row]) -> Result<Vec<ScoredReason>> {
    let shares = model.reasons(&texts(rows))?.unwrap_or_default();
    let pairs = rows.iter().zip(shares);
    Ok(pairs
        .filter_map(|(row, shares)| Some(ScoredReason { gold: row.reason?.reason, shares }))
        .collect())
}

fn texts(rows: &[Row]) -> Vec<&str> {
    rows.iter().map(|row| row.text.as_str()).collect()
}

/// The predictions as TSV by row number, without any text.
#[must_use]
pub fn predictions(rows: &[Scored]) -> String {
    let mut tsv = String::from("row\tgold\tnegative\tneutral\tpositive\n");
    for (number, row) in rows.iter().enumerate() {
        let p = row.probabilities;
        // Writing to a string cannot fail.
        let _ = writeln!(
            tsv,
            "{number}\t{}\t{:.5}\t{:.5}\t{:.5}",
            row.gold, p.negative, p.neutral, p.positive
        );
    }
    tsv
}
