//! A whole training: features, learners, vote, calibration.

use std::{path::Path, time::Instant};

use anyhow::{Context, Result};
use sentiment::{
    bundle::BundleFiles,
    models::{
        Calibration,
        linear::{Compact, FEATURES, FeatureTable, Weights},
    },
};

use super::{
    Exam, Fitted, LABELS, Matrix, Member, Pass, Settings, Texts, bundle::served, choose, fit,
    pooled,
};
use crate::{
    data::Prepared,
    finished::{Finished, line},
    origin::{self, TrainingOrigin},
    progress::{Progress, minutes},
    recipe::Recipe,
    tensors::{Array, Arrays},
    trained,
    training::{Best, Inputs, RunFolder},
};

/// Names of the arrays of a learner.
const WEIGHTS: &str = "weights";
const BIAS: &str = "bias";
/// Seconds of fitting, one number.
const SECONDS: &str = "seconds";
/// Passes over all rows, one number.
const PASSES: &str = "passes";

/// What fitting took.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Effort {
    seconds: f64,
    passes: u64,
}

/// Trains to the end. Learners that an earlier run has finished in `folder` are taken from there.
/// Runs on the threads of the pool that it is called in.
///
/// # Errors
/// If the optimiser fails, or `folder` cannot be written or is of another training.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn train(
    recipe: &Recipe,
    settings: &Settings,
    prepared: &Prepared,
    folder: &Path,
    origin: &TrainingOrigin,
) -> Result<()> {
    let start = Instant::now();
    let mut texts = Texts::read(&prepared.train, recipe, &settings.features)?;
    let table = choose(&texts, settings);
    let matrix = Matrix::new(&texts.features, &table)?;
    texts.features = Vec::new();
    let exam = Exam::new(&prepared.validation, recipe, &settings.features, &table)?;
    let reading = start.elapsed().as_secs_f64();
    println!(
        "{} rows, {} features, {:.1} million cells; read in {}.",
        matrix.rows(),
        table.len(),
        matrix.cells() as f64 / 1e6,
        minutes(reading)
    );

    let files = BundleFiles::from([(FEATURES.to_owned(), table.to_bytes()?)]);
    let recipe_text = toml::to_string(recipe)?;
    let report = serde_json::to_vec_pretty(&prepared.report)?;
    let inputs = Inputs::of(recipe_text.as_bytes(), &report, &files, &[]);
    let folder_path = folder;
    let folder = RunFolder::begin(folder, inputs.clone())?;
    trained::write(&folder, &recipe_text, &report, &files)?;
    origin::write(folder_path, origin)?;

    let mut effort = Effort { seconds: reading, passes: 0 };
    let mut all: Vec<Fitted> = Vec::new();
    for &member in &settings.members {
        let (weights, took) = one(member, &matrix, &texts, settings, &folder)?;
        effort.seconds += took.seconds;
        effort.passes += took.passes;
        let scores = exam.matrix.scores(&weights);
        let temperature = exam.temperature(&scores);
        println!(
            "{:<12} score {:.4} on validation, {} passes in {}",
            member.name(),
            exam.score(&scores),
            took.passes,
            minutes(took.seconds)
        );
        all.push(Fitted { member, weights, temperature });
    }

    let vote: Vec<&Fitted> =
        all.iter().filter(|fitted| settings.vote.contains(&fitted.member)).collect();
    let weights = pooled(&vote);
    folder.keep_as_best(&to_arrays(&weights, Effort::default()))?;
    let finished = finish(inputs, recipe, &exam, &table, &weights, effort);
    folder.write(Finished::FILE, &serde_json::to_vec_pretty(&finished)?)?;
    let names: Vec<&str> = settings.vote.iter().map(|member| member.name()).collect();
    println!(
        "The vote of {}: score {:.4}; temperature {:.3}, ECE {:.4} before, {:.4} after. {} in all.",
        names.join(", "),
        finished.best.score,
        finished.calibration.temperature,
        finished.calibration_error_before,
        finished.calibration_error_after,
        minutes(finished.training_seconds)
    );
    finished.validation.iter().for_each(|metric| println!("{}", line(metric)));
    Ok(())
}

/// The weights of `member`: those that `folder` has, else new ones, which it then has.
fn one(
    member: Member,
    matrix: &Matrix,
    texts: &Texts,
    settings: &Settings,
    folder: &RunFolder,
) -> Result<(Weights, Effort)> {
    let file = format!("{}.safetensors", member.name());
    if let Some(arrays) = folder.kept(&file)? {
        return from_arrays(arrays).with_context(|| format!("{file} is damaged"));
    }
    let start = Instant::now();
    let progress = Progress::new(member.name(), "passes", settings.iterations, 0);
    let rows = matrix.rows() as f64;
    let mut passes = 0;
    let mut watch = |pass: Pass| {
        passes = pass.number;
        progress.advance(1);
        if pass.number.is_multiple_of(20) {
            progress.say(&format!(
                "{}: pass {}, objective {:.5}, {:.0} rows/s",
                member.name(),
                pass.number,
                pass.cost,
                rows * pass.number as f64 / pass.seconds.max(1e-9)
            ));
        }
    };
    let weights = fit(member, matrix, &texts.lessons, settings, &mut watch)?;
    drop(progress);
    let effort = Effort { seconds: start.elapsed().as_secs_f64(), passes };
    folder.keep(&file, &to_arrays(&weights, effort))?;
    Ok((weights, effort))
}

/// Calibrates and measures what is served.
fn finish(
    inputs: Inputs,
    recipe: &Recipe,
    exam: &Exam,
    table: &FeatureTable,
    weights: &Weights,
    effort: Effort,
) -> Finished {
    let scores = exam.matrix.scores(weights);
    let sure_from = recipe.train.sure_from;
    let plain = Calibration { sure_from, ..Calibration::default() };
    let calibration = Calibration { temperature: exam.temperature(&scores), ..plain };
    let served: Compact = served(weights, table, &recipe.outputs().labels);
    let (_, calibration_error_before) = exam.figures(&served, &plain);
    let (validation, calibration_error_after) = exam.figures(&served, &calibration);
    Finished {
        inputs,
        best: Best { epoch: effort.passes, score: exam.score(&scores) },
        calibration,
        calibration_error_before,
        calibration_error_after,
        validation,
        epochs: effort.passes,
        training_seconds: effort.seconds,
    }
}

fn to_arrays(weights: &Weights, effort: Effort) -> Arrays {
    let array = |shape: &[usize], values: Vec<f32>| Array { shape: shape.to_vec(), values };
    Arrays::from([
        (
            WEIGHTS.to_owned(),
            array(&[weights.values.len() / LABELS, LABELS], weights.values.clone()),
        ),
        (BIAS.to_owned(), array(&[LABELS], weights.bias.clone())),
        (SECONDS.to_owned(), array(&[1], vec![effort.seconds as f32])),
        (PASSES.to_owned(), array(&[1], vec![effort.passes as f32])),
    ])
}

fn from_arrays(mut arrays: Arrays) -> Result<(Weights, Effort)> {
    let mut take = |name: &str| {
        let array = arrays.remove(name).with_context(|| format!("it has no {name}"))?;
        anyhow::Ok(array.values)
    };
    let number = |values: Vec<f32>| values.first().copied().unwrap_or_default();
    let weights = Weights { labels: LABELS, values: take(WEIGHTS)?, bias: take(BIAS)? };
    let effort =
        Effort { seconds: f64::from(number(take(SECONDS)?)), passes: number(take(PASSES)?) as u64 };
    Ok((weights, effort))
}

/// The weights of a run's best, for all labels.
///
/// # Errors
/// If an array is missing.
pub(super) fn best(arrays: &Arrays) -> Result<Weights> {
    Ok(from_arrays(arrays.clone())?.0)
}
