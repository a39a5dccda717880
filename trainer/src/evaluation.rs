//! Figures on the tests, through the bundle and the code that serves it.

use std::{fmt::Write, path::Path, thread};

use anyhow::{Context, Result, ensure};
use rayon::{ThreadPoolBuilder, prelude::*};
use sentiment::{Model, bundle::Metric};
use serde::Serialize;

use crate::{
    data::{Row, SourceFile},
    metrics::{Measure, Scored},
    recipe::{Kind, Test},
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
    let file = SourceFile::read(&data.join(&test.file), test.format)?;
    ensure!(
        model.card().data.iter().all(|source| source.sha256 != file.sha256),
        "{} is no test of {}, which was trained on it",
        test.file,
        model.id()
    );
    let rows = test.format.rows(&file).with_context(|| test.file.clone())?;
    let scored = |rows: &[Row]| {
        let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        let said = model.predict(&texts)?;
        let pairs = rows.iter().zip(said);
        Ok(pairs
            .map(|(row, said)| Scored { gold: row.label, probabilities: said.probabilities })
            .collect())
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let pool = ThreadPoolBuilder::new().num_threads(cores).build()?;
    let batches: Vec<Vec<Scored>> =
        pool.install(|| rows.par_chunks(BATCH).map(scored).collect::<Result<_>>())?;
    let rows = batches.concat();
    let measures: &[Measure] = match test.kind {
        Kind::Human => &Measure::HUMAN,
        Kind::Distant => &Measure::DISTANT,
    };
    let metrics = measures
        .iter()
        .map(|measure| measure.metric(&format!("{} test", test.name), &rows))
        .collect();
    Ok(TestResult {
        name: test.name.clone(),
        file: test.file.clone(),
        sha256: file.sha256,
        metrics,
        rows,
    })
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
