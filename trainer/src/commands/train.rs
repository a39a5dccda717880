//! `vigie-train train`

use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};
use clap::Args;

use super::{CommandLine, RecipeArgument};
use crate::{
    beginning::{Beginning, From, On},
    cores,
    data::Prepared,
    finished::Finished,
    linear,
    origin::{self, RowsOrigin, StartOrigin, TeachingOrigin, TrainingOrigin},
    recipe::{Family, Recipe},
    teaching::Teaching,
    trained,
    training::{self, Exam, Inputs, Lessons, Position, RunFolder},
    training_progress::TrainingProgress,
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
    /// The Hugging Face directory of the encoder that is fine-tuned: `config.json`,
    /// `tokenizer.json` and `model.safetensors` of a BERT, MiniLM or DistilBERT.
    #[arg(long, value_name = "DIR")]
    encoder: Option<PathBuf>,
    /// Start from the weights and the vocabulary of this bundle instead.
    #[arg(long, value_name = "DIR")]
    init: Option<PathBuf>,
    /// The folder that `teach` wrote; needed where a source of the recipe has a teacher share.
    #[arg(long, value_name = "DIR")]
    teaching: Option<PathBuf>,
    /// What does the arithmetic.
    #[arg(long, value_enum, default_value = "cpu")]
    device: On,
    /// The folder of this training: checkpoint, records, curves, best weights.
    #[arg(long, default_value = "runs/bilstm")]
    run: PathBuf,
}

/// Trains to the end, or on to it. What is wrong is said before anything is written.
pub fn run(arguments: &Arguments) -> Result<()> {
    let recipe = arguments.recipe.read()?;
    let prepared = Prepared::read(&arguments.prepared)?;
    prepared.check(&recipe)?;
    if let Family::Linear(settings) = recipe.family()? {
        return fit(arguments, &recipe, settings, &prepared);
    }
    let teaching = teaching(arguments.teaching.as_deref(), &recipe, &prepared)?;
    let from = From {
        vectors: &arguments.vectors,
        encoder: arguments.encoder.as_deref(),
        init: arguments.init.as_deref(),
        on: arguments.device,
    };
    let beginning = Beginning::new(&recipe, &prepared, from)?;
    let origin = origin(arguments, &beginning, teaching.as_ref())?;
    let recipe_text = toml::to_string(&recipe)?;
    let report = serde_json::to_vec_pretty(&prepared.report)?;
    let Beginning { mut learner, reader, files, digest, .. } = beginning;
    let inputs = Inputs::of(recipe_text.as_bytes(), &report, &files, &digest)
        .taught(origin.teaching.clone());

    let lessons = Lessons::new(&prepared.train, &recipe, reader.as_ref(), teaching.as_ref())?;
    let exams = Exam::all(&prepared.validation, &recipe, reader.as_ref())?;

    let mut folder = RunFolder::begin(&arguments.run, inputs.clone())?;
    trained::write(&folder, &recipe_text, &report, &files)?;
    origin::write(&arguments.run, &origin)?;

    let mut progress = TrainingProgress::new(&recipe.train, lessons.rows_per_epoch() as u64);
    let mut watch = |at: &Position, moment| {
        progress.show(at, moment);
        Ok(())
    };
    let (learner, settings, seed) = (learner.as_mut(), &recipe.train, recipe.seed);
    let at = training::train(learner, &lessons, &exams, settings, seed, &mut folder, &mut watch)?;

    learner.set_weights(&mut folder.best()?)?;
    let finished = Finished::measure(inputs, learner, &exams, &at, &recipe)?;
    folder.write(Finished::FILE, &serde_json::to_vec_pretty(&finished)?)?;
    finished.show();
    Ok(())
}

/// Fits a linear model to all rows at once.
fn fit(
    arguments: &Arguments,
    recipe: &Recipe,
    settings: &linear::Settings,
    prepared: &Prepared,
) -> Result<()> {
    ensure!(
        arguments.init.is_none() && arguments.encoder.is_none(),
        "a linear model starts from nothing: leave out --init and --encoder"
    );
    ensure!(
        arguments.teaching.is_none(),
        "a linear model does not learn from teachers: leave out --teaching"
    );
    let RowsOrigin { command } = origin::read(&arguments.prepared, "prepare")?;
    let line = CommandLine::new("train")
        .path("--recipe", &arguments.recipe.recipe)
        .path("--prepared", &arguments.prepared)
        .path("--run", &arguments.run);
    let commands = vec![command, line.finish()];
    let origin = TrainingOrigin { commands, start: StartOrigin::Zero, teaching: None };
    cores::pool()?.install(|| linear::train(recipe, settings, prepared, &arguments.run, &origin))
}

/// The answers in `folder`, which a recipe with teachers needs and no other can use.
fn teaching(
    folder: Option<&Path>,
    recipe: &Recipe,
    prepared: &Prepared,
) -> Result<Option<Teaching>> {
    match (folder, recipe.taught_sources().next()) {
        (None, None) => Ok(None),
        (Some(folder), Some(_)) => Teaching::read(folder, prepared).map(Some),
        (None, Some(source)) => bail!(
            "the source “{source}” has a teacher_share: run `vigie-train teach`, and give its folder with --teaching"
        ),
        (Some(folder), None) => bail!(
            "no [[source]] has a teacher_share, so that nothing would be learnt from {}: set one, or leave out --teaching",
            folder.display()
        ),
    }
}

/// The commands that lead here, what they start from, and whom they learn from.
fn origin(
    arguments: &Arguments,
    beginning: &Beginning,
    teaching: Option<&Teaching>,
) -> Result<TrainingOrigin> {
    let line = CommandLine::new("train")
        .path("--recipe", &arguments.recipe.recipe)
        .path("--prepared", &arguments.prepared);
    let line = match (&arguments.init, &arguments.encoder) {
        (Some(bundle), _) => line.path("--init", bundle),
        (None, Some(encoder)) => line.path("--encoder", encoder),
        (None, None) => line.path("--vectors", &arguments.vectors),
    };
    let mut commands = beginning.commands.clone();
    if commands.is_empty() {
        let RowsOrigin { command } = origin::read(&arguments.prepared, "prepare")?;
        commands.push(command);
    }
    let line = match &arguments.teaching {
        None => line,
        Some(folder) => {
            let TeachingOrigin { command } = origin::read(folder, "teach")?;
            commands.push(command);
            line.path("--teaching", folder)
        }
    };
    commands.push(line.path("--run", &arguments.run).finish());
    let teaching = teaching.map(|teaching| teaching.sum().clone());
    Ok(TrainingOrigin { commands, start: beginning.origin.clone(), teaching })
}
