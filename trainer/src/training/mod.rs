//! The training loop, the same for every network, and what it needs.

pub mod batches;
pub mod calibration;
pub mod curves;
mod exam;
mod inputs;
mod learner;
mod lessons;
mod loss;
mod position;
mod records;
mod run_folder;
mod schedule;
mod settings;
mod target;

use std::time::{Duration, Instant};

use anyhow::Result;

pub use exam::{Answer, Exam, Examination, Scores, examine};
pub use inputs::Inputs;
pub use learner::{Diverged, Learner, Lesson, Outcome, Reader, Step};
pub use lessons::Lessons;
pub use loss::{Loss, cross_entropy};
pub use position::{Best, Position};
pub use records::{METRICS, Record, records};
pub use run_folder::RunFolder;
pub use schedule::Schedule;
pub use settings::Settings;
pub use target::{Choice, LABELS, OUTPUTS, REASONS, Target, Wish};

/// Steps between two records of the loss.
const RECORD_EVERY: u64 = 20;

/// What has just happened in a training.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    /// It begins, or goes on where it was.
    Begin,
    /// A step over so many rows was taken.
    Step(usize),
    /// An epoch has ended with this score on validation.
    EpochEnd(f64),
}

/// Who watches the training: told of every moment, may end it by an error.
pub type Watch<'a> = dyn FnMut(&Position, Moment) -> Result<()> + 'a;

/// Trains until the epochs are over or validation has stopped improving, from wherever `run`
/// left off. The best weights on `exams` are in `run` then; averages of the weights, where
/// `settings` ask for them.
///
/// # Errors
/// If the arithmetic fails, `run` cannot be written, or `watch` ends it.
pub fn train(
    learner: &mut dyn Learner,
    lessons: &Lessons,
    exams: &[Exam],
    settings: &Settings,
    seed: u64,
    run: &mut RunFolder,
    watch: &mut Watch<'_>,
) -> Result<Position> {
    let mut at = run.resume(learner)?;
    watch(&at, Moment::Begin)?;
    let lengths = lessons.lengths();
    let steps_per_epoch = lessons.rows_per_epoch().div_ceil(settings.batch) as u64;
    let schedule = Schedule {
        peak: settings.learning_rate,
        warm_up: settings.warm_up,
        last_share: settings.last_rate,
        steps: settings.epochs * steps_per_epoch,
    };
    let checkpoint_every = Duration::from_secs_f64(settings.checkpoint_minutes * 60.0);
    let mut last_checkpoint = Instant::now();

    while at.epoch < settings.epochs && at.epochs_without_better < settings.patience {
        let batches = batches::epoch(&lengths, &lessons.repeats, settings.batch, seed, at.epoch);
        for batch in &batches[at.batch..] {
            let start = Instant::now();
            let rate = schedule.rate(at.step);
            let outcome = learner.step(&lessons.of(batch), Step { number: at.step, rate })?;
            at.count(outcome, batch.len(), start.elapsed());
            if at.step.is_multiple_of(RECORD_EVERY) {
                run.record(&mut at, Record::step(outcome, rate))?;
            }
            if last_checkpoint.elapsed() >= checkpoint_every {
                run.save(learner, &at)?;
                last_checkpoint = Instant::now();
            }
            watch(&at, Moment::Step(batch.len()))?;
        }
        learner.exchange_average(at.step)?;
        let examination = examine(learner, exams)?;
        let figures = Record::epoch(&at, &examination);
        run.record(&mut at, figures)?;
        if at.end_epoch(examination.score) {
            run.keep_best(learner)?;
        }
        learner.exchange_average(at.step)?;
        run.save(learner, &at)?;
        last_checkpoint = Instant::now();
        run.draw_curves()?;
        watch(&at, Moment::EpochEnd(examination.score))?;
    }
    Ok(at)
}
