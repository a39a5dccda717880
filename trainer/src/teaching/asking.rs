//! Asks teachers about the rows to learn from, on all cores; a run that was interrupted goes on
//! where it was and ends the same.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use domain::Label;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Answers, Note, Question, Said, Teachers, Teaching};
use crate::{
    cores,
    data::Prepared,
    recipe::Recipe,
    tensors::{self, Precision, write_atomically},
    training::batches,
};

/// Texts that the teachers get at a time.
const BATCH: usize = 64;
/// Decides on the order of batches, and nothing else.
const SEED: u64 = 0;
const CHECKPOINT: &str = "checkpoint.safetensors";

/// How often something is heard and kept of the work. It changes no answer.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Batches that are shared out among the cores before the watcher is told.
    pub batches: usize,
    /// Time between two checkpoints.
    pub keep_every: Duration,
}

/// What a checkpoint says beside the answers.
#[derive(Serialize, Deserialize)]
struct Place {
    note: Note,
    /// Batches whose answers it has.
    batches: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self { batches: 64, keep_every: Duration::from_secs(60) }
    }
}

/// What `teachers` say of the training rows of each source of `recipe` that has a teacher share;
/// of complaints also why they complain, where the model is to know that. `folder` holds it then.
/// `watch` is told how many rows of how many have their answer, at the beginning too, and may end
/// the work by an error.
///
/// # Errors
/// If no row is to be asked about, a teacher was trained on a test or fails, or `folder` holds
/// other answers or cannot be written.
pub fn ask(
    teachers: &Teachers,
    prepared: &Prepared,
    recipe: &Recipe,
    folder: &Path,
    pace: &Pace,
    watch: &mut dyn FnMut(usize, usize) -> Result<()>,
) -> Result<Teaching> {
    teachers.check(&prepared.report)?;
    let questions = questions(prepared, recipe)?;
    let note = Note {
        teachers: teachers.ids(),
        rows_sha256: prepared.report.rows_sha256.clone(),
        sources: recipe.taught_sources().map(str::to_owned).collect(),
    };
    if folder.join(Teaching::FILE).exists() {
        let teaching = Teaching::read(folder, prepared)?;
        check_same(&teaching.note, &note, folder)?;
        return Ok(teaching);
    }
    // Rows of like length together, batches in a random order, so that the speed so far is that
    // of what is left.
    let lengths: Vec<usize> = questions.iter().map(|question| question.text.len()).collect();
    let order = batches::epoch(&lengths, &vec![1; questions.len()], BATCH, SEED, 0);
    let (mut answers, mut done) = resume(folder, &note, prepared.train.len())?;
    let pool = cores::pool()?;
    let mut last_kept = Instant::now();
    loop {
        watch(order[..done].iter().map(Vec::len).sum(), questions.len())?;
        let round = &order[done..order.len().min(done + pace.batches)];
        if round.is_empty() {
            break;
        }
        let answer = |batch: &Vec<usize>| {
            let batch: Vec<Question<'_>> = batch.iter().map(|&k| questions[k]).collect();
            teachers.answer(&batch)
        };
        let said: Vec<Vec<Said>> =
            pool.install(|| round.par_iter().map(answer).collect::<Result<_>>())?;
        for (&index, said) in round.iter().flatten().zip(said.into_iter().flatten()) {
            answers.put(questions[index].place, said);
        }
        done += round.len();
        if last_kept.elapsed() >= pace.keep_every {
            let place = serde_json::to_string(&Place { note: note.clone(), batches: done })?;
            write(&folder.join(CHECKPOINT), &answers, &place)?;
            last_kept = Instant::now();
        }
    }
    write(&folder.join(Teaching::FILE), &answers, &serde_json::to_string(&note)?)?;
    let checkpoint = folder.join(CHECKPOINT);
    if checkpoint.exists() {
        fs::remove_file(&checkpoint)
            .with_context(|| format!("{} cannot be removed", checkpoint.display()))?;
    }
    Teaching::read(folder, prepared)
}

/// The rows of the sources that have a teacher share.
fn questions<'a>(prepared: &'a Prepared, recipe: &Recipe) -> Result<Vec<Question<'a>>> {
    let learns_reasons = !recipe.outputs().reasons.is_empty();
    let mut questions = Vec::new();
    for (place, example) in prepared.train.iter().enumerate() {
        if recipe.source(&example.source)?.teacher_share > 0.0 {
            let asks_reason = learns_reasons && example.label == Some(Label::Negative);
            questions.push(Question { place, text: &example.text, asks_reason });
        }
    }
    ensure!(
        !questions.is_empty(),
        "there is nothing to ask teachers about: give a [[source]] with training rows a teacher_share, such as 0.7"
    );
    Ok(questions)
}

/// The answers of the checkpoint in `folder`, which is made if need be, and the batches that they
/// are of.
fn resume(folder: &Path, note: &Note, rows: usize) -> Result<(Answers, usize)> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let path = folder.join(CHECKPOINT);
    if !path.exists() {
        return Ok((Answers::none(rows), 0));
    }
    let (arrays, place) = tensors::read(&path)?;
    let damaged = || format!("{} is damaged", path.display());
    let place: Place = serde_json::from_str(&place).with_context(damaged)?;
    check_same(&place.note, note, folder)?;
    Ok((Answers::from_arrays(arrays, rows).with_context(damaged)?, place.batches))
}

fn write(path: &Path, answers: &Answers, note: &str) -> Result<()> {
    write_atomically(path, &tensors::to_bytes(&answers.to_arrays(), note, Precision::Single)?)
}

/// Says what `folder` holds answers of, if not what is asked now.
fn check_same(held: &Note, asked: &Note, folder: &Path) -> Result<()> {
    let difference = if held.teachers != asked.teachers {
        format!("by {}", held.teachers.join(", "))
    } else if held.rows_sha256 != asked.rows_sha256 {
        "of other rows".to_owned()
    } else {
        format!("of the rows of {}", held.sources.join(", "))
    };
    ensure!(
        held == asked,
        "{} holds answers {difference}: choose another --output, or delete it",
        folder.display()
    );
    Ok(())
}
