//! `vigie-train train`

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use domain::Label;
use sentiment::bundle::VOCABULARY;

use super::{CommandLine, RecipeArgument};
use crate::{
    bilstm::Learner,
    data::Prepared,
    finished::Finished,
    origin::{self, RowsOrigin, TrainingOrigin},
    recipe::Kind,
    start::Start,
    trained,
    training::{self, Exam, Inputs, Lessons, Position, RunFolder, calibration},
    training_progress::TrainingProgress,
    vectors::Vectors,
};

/// What `train` needs.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    recipe: RecipeArgument,
    /// The folder that `prepare` wrote.
    #[arg(long, default_value = "runs/prepared")]
    prepared: PathBuf,
    /// The folder that `embed` wrote.
    #[arg(long, default_value = "runs/vectors")]
    vectors: PathBuf,
    /// Start from the weights and the vocabulary of this bundle instead.
    #[arg(long, value_name = "DIR")]
    init: Option<PathBuf>,
    /// The folder of this training: checkpoint, records, curves, best weights.
    #[arg(long, default_value = "runs/bilstm")]
    run: PathBuf,
}

/// Trains to the end, or on to it. What is wrong is said before anything is written.
pub fn run(arguments: &Arguments) -> Result<()> {
    let recipe = arguments.recipe.read()?;
    let prepared = Prepared::read(&arguments.prepared)?;
    prepared.check(&recipe)?;
    let start = match &arguments.init {
        None => Start::from_vectors(&arguments.vectors, &recipe, &prepared.report)?,
        Some(bundle) => Start::from_bundle(bundle, &recipe)?,
    };
    let origin = origin(arguments, &start)?;
    let recipe_text = toml::to_string(&recipe)?;
    let report = serde_json::to_vec_pretty(&prepared.report)?;
    let digest = start.digest();
    let Vectors { vocabulary, dimension, values } = start.vectors;
    let words = vocabulary.to_bytes();
    let inputs = Inputs::of(recipe_text.as_bytes(), &report, &words, &digest);

    let lessons = Lessons::new(&prepared.train, &recipe, &vocabulary)?;
    let exams = Exam::all(&prepared.validation, &recipe, &vocabulary)?;
    let mut learner = Learner::new(&recipe.train, values, dimension, recipe.seed)?;
    if let Some(mut weights) = start.weights {
        learner.set_weights(&mut weights)?;
    }

    let mut folder = RunFolder::begin(&arguments.run, inputs.clone())?;
    folder.write(trained::RECIPE, recipe_text.as_bytes())?;
    folder.write(trained::REPORT, &report)?;
    folder.write(VOCABULARY, &words)?;
    origin::write(&arguments.run, &origin)?;

    let mut progress = TrainingProgress::new(&recipe.train, lessons.rows_per_epoch() as u64);
    let mut watch = |at: &Position, moment| {
        progress.show(at, moment);
        Ok(())
    };
    let (settings, seed) = (&recipe.train, recipe.seed);
    let at =
        training::train(&mut learner, &lessons, &exams, settings, seed, &mut folder, &mut watch)?;

    learner.set_weights(&mut folder.best()?)?;
    let temperature = temperature(&learner, &exams)?;
    let finished = Finished::measure(inputs, &learner, &exams, &at, temperature)?;
    folder.write(Finished::FILE, &serde_json::to_vec_pretty(&finished)?)?;
    finished.show();
    Ok(())
}

/// The commands that lead here, and what they start from.
fn origin(arguments: &Arguments, start: &Start) -> Result<TrainingOrigin> {
    let line = CommandLine::new("train")
        .path("--recipe", &arguments.recipe.recipe)
        .path("--prepared", &arguments.prepared);
    let (mut commands, line) = match &arguments.init {
        None => (start.commands.clone(), line.path("--vectors", &arguments.vectors)),
        Some(bundle) => {
            let RowsOrigin { command } = origin::read(&arguments.prepared, "prepare")?;
            (vec![command], line.path("--init", bundle))
        }
    };
    commands.push(line.path("--run", &arguments.run).finish());
    Ok(TrainingOrigin { commands, start: start.origin.clone() })
}

/// The temperature under which the validation rows that people labelled are most likely.
fn temperature(learner: &Learner, exams: &[Exam]) -> Result<f32> {
    let mut rows: Vec<([f32; 3], Label)> = Vec::new();
    for exam in exams.iter().filter(|exam| exam.kind == Kind::Human) {
        rows.extend(exam.logits(learner)?.into_iter().zip(exam.gold.iter().copied()));
    }
    Ok(calibration::temperature(&rows))
}
