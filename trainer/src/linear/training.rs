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
    paused::unless_paused,
    progress::{Progress, minutes},
    recipe::Recipe,
    tensors::{Array, Arrays},
    tracking::{Account, tracked},
    trained,
    training::{Best, Inputs, Position, RunFolder, curves::OBJECTIVE},
};

/// Names of the arrays of a learner.
const WEIGHTS: &str = "weights";
const BIAS: &str = "bias";
/// Seconds since the training began, one number.
const SECONDS: &str = "seconds of all";
/// Passes over all rows since then, one number.
const PASSES: &str = "passes of all";
/// Records since then, one number.
const RECORDS: &str = "records of all";
/// Passes between two records of the objective.
const RECORD_EVERY: u64 = 10;

/// Trains to the end. Learners that an earlier run has finished in `folder` are taken from there.
/// Runs on the threads of the pool that it is called in. `watch` is told of every pass over the
/// rows; nothing comes of a training that it pauses.
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
    watch: &mut (dyn FnMut() -> Result<()> + Send),
) -> Result<Option<Finished>> {
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
    let folder = RunFolder::begin_parts(folder, inputs.clone())?;
    trained::write(&folder, &recipe_text, &report, &files)?;
    origin::write(folder_path, origin)?;

    let account = Account::of_training(recipe, &prepared.report, &inputs, origin)?;
    tracked(folder_path, account, |tracker| {
        let mut watch = || {
            tracker.nudge();
            watch()
        };
        let learning = Learning { matrix: &matrix, texts: &texts, exam: &exam, settings };
        let Some((all, mut at)) = unless_paused(learning.all(&folder, reading, &mut watch))? else {
            return Ok(None);
        };
        let vote: Vec<&Fitted> =
            all.iter().filter(|fitted| settings.vote.contains(&fitted.member)).collect();
        let weights = pooled(&vote);
        folder.keep_as_best(&to_arrays(&weights, &Position::default()))?;
        let finished = finish(inputs, recipe, &exam, &table, &weights, &at);
        folder.write(Finished::FILE, &serde_json::to_vec_pretty(&finished)?)?;
        // A training that had come to its end before has that record already.
        folder.keep_records(at.records)?;
        folder.record(&mut at, finished.figures())?;
        folder.draw_curves()?;
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
        Ok(Some(finished))
    })
}

/// What every learner learns from and is asked on.
struct Learning<'a> {
    matrix: &'a Matrix,
    texts: &'a Texts,
    exam: &'a Exam,
    settings: &'a Settings,
}

impl Learning<'_> {
    /// All learners, fitted one after the other, and where that ends; it began after `seconds`.
    #[expect(clippy::print_stdout, reason = "the command's answer")]
    fn all(
        &self,
        folder: &RunFolder,
        seconds: f64,
        watch: &mut dyn FnMut() -> Result<()>,
    ) -> Result<(Vec<Fitted>, Position)> {
        let mut at = Position { seconds, ..Position::default() };
        let mut all: Vec<Fitted> = Vec::new();
        for &member in &self.settings.members {
            let before = at.step;
            let (weights, now) = self.one(member, at, folder, watch)?;
            at = now;
            let scores = self.exam.matrix.scores(&weights);
            let temperature = self.exam.temperature(&scores);
            println!(
                "{:<12} score {:.4} on validation, {} passes",
                member.name(),
                self.exam.score(&scores),
                at.step - before
            );
            all.push(Fitted { member, weights, temperature });
        }
        Ok((all, at))
    }

    /// The weights of `member`, who begins `at` a place, and where it ends: those that `folder`
    /// has, else new ones, which it then has.
    fn one(
        &self,
        member: Member,
        mut at: Position,
        folder: &RunFolder,
        watch: &mut dyn FnMut() -> Result<()>,
    ) -> Result<(Weights, Position)> {
        let file = format!("{}.safetensors", member.name());
        if let Some(arrays) = folder.kept(&file)? {
            return from_arrays(arrays).with_context(|| format!("{file} is damaged"));
        }
        folder.keep_records(at.records)?;
        let start = Instant::now();
        let progress = Progress::new(member.name(), "passes", self.settings.iterations, 0);
        let rows = self.matrix.rows() as f64;
        let mut watch = |pass: Pass| {
            at.step += 1;
            progress.advance(1);
            if pass.number.is_multiple_of(RECORD_EVERY) {
                let objective = (format!("{}{OBJECTIVE}", member.name()), pass.cost);
                folder.record(&mut at, [objective].into())?;
                progress.say(&format!(
                    "{}: pass {}, objective {:.5}, {:.0} rows/s",
                    member.name(),
                    pass.number,
                    pass.cost,
                    rows * pass.number as f64 / pass.seconds.max(1e-9)
                ));
            }
            watch()
        };
        let weights = fit(member, self.matrix, &self.texts.lessons, self.settings, &mut watch)?;
        drop(progress);
        let score = self.exam.score(&self.exam.matrix.scores(&weights));
        folder.record(&mut at, [(format!("validation {} score", member.name()), score)].into())?;
        at.seconds += start.elapsed().as_secs_f64();
        folder.keep(&file, &to_arrays(&weights, &at))?;
        Ok((weights, at))
    }
}

/// Calibrates and measures what is served.
fn finish(
    inputs: Inputs,
    recipe: &Recipe,
    exam: &Exam,
    table: &FeatureTable,
    weights: &Weights,
    at: &Position,
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
        best: Best { epoch: at.step, score: exam.score(&scores) },
        calibration,
        calibration_error_before,
        calibration_error_after,
        validation,
        epochs: at.step,
        training_seconds: at.seconds,
    }
}

fn to_arrays(weights: &Weights, at: &Position) -> Arrays {
    let array = |shape: &[usize], values: Vec<f32>| Array { shape: shape.to_vec(), values };
    let number = |name: &str, value: f64| (name.to_owned(), array(&[1], vec![value as f32]));
    Arrays::from([
        (
            WEIGHTS.to_owned(),
            array(&[weights.values.len() / LABELS, LABELS], weights.values.clone()),
        ),
        (BIAS.to_owned(), array(&[LABELS], weights.bias.clone())),
        number(SECONDS, at.seconds),
        number(PASSES, at.step as f64),
        number(RECORDS, at.records as f64),
    ])
}

fn from_arrays(mut arrays: Arrays) -> Result<(Weights, Position)> {
    let mut take = |name: &str| {
        let array = arrays.remove(name).with_context(|| format!("it has no {name}"))?;
        anyhow::Ok(array.values)
    };
    let weights = Weights { labels: LABELS, values: take(WEIGHTS)?, bias: take(BIAS)? };
    // An older vigie-train did not write these.
    let number = |name: &str| arrays.get(name)?.values.first().copied();
    let at = Position {
        seconds: f64::from(number(SECONDS).unwrap_or_default()),
        step: number(PASSES).unwrap_or_default() as u64,
        records: number(RECORDS).unwrap_or_default() as usize,
        ..Position::default()
    };
    Ok((weights, at))
}

/// The weights of a run's best, for all labels.
///
/// # Errors
/// If an array is missing.
pub(super) fn best(arrays: &Arrays) -> Result<Weights> {
    Ok(from_arrays(arrays.clone())?.0)
}
