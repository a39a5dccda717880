//! The commands of `vigie-train`, one file each.

mod adapt;
mod behave;
mod command_line;
mod compare;
mod embed;
mod ensemble;
mod evaluate;
mod explain;
mod export;
mod gate;
mod prepare;
mod protocol;
mod radar;
mod release;
mod shrink;
mod start;
mod teach;
mod track;
mod train;
mod tune;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use command_line::CommandLine;
use start::StartArguments;

use crate::recipe::Recipe;

/// What `vigie-train` can do.
#[derive(Subcommand)]
pub enum Command {
    /// Sort the rows of the recipe's sources into training and validation.
    Prepare(prepare::Arguments),
    /// Make the vocabulary and its word vectors.
    Embed(embed::Arguments),
    /// Let an encoder guess hidden words of the training texts, before it is fine-tuned.
    Adapt(adapt::Arguments),
    /// Ask released models for their probabilities of the training rows, to learn from.
    Teach(teach::Arguments),
    /// Train the network; started again after a kill it goes on where it was.
    Train(train::Arguments),
    /// Search better settings for a recipe, for so many minutes.
    Tune(tune::Arguments),
    /// Measure a bundle on the recipe's tests.
    Evaluate(evaluate::Arguments),
    /// Measure what explanations of a bundle's verdicts are worth: words taken away, completeness, time.
    Explain(explain::Arguments),
    /// Examine a bundle on the behaviour suite.
    Behave(behave::Arguments),
    /// Refuse a bundle that does worse than the one whose place it would take.
    Gate(gate::Arguments),
    /// Compare all models on the same rows: docs/models.md and its charts, from what they said.
    Compare(compare::Arguments),
    /// Retrain and measure every model of a protocol, from its rows to the report.
    Protocol(protocol::Arguments),
    /// Put the best weights of a training into a bundle, with a card of what it reaches.
    Export(export::Arguments),
    /// Let released bundles judge together: weights and calibration chosen on validation.
    Ensemble(ensemble::Arguments),
    /// Make a small bundle of a released one, for readers' own devices.
    Shrink(shrink::Arguments),
    /// Measure the radar on simulated streams, beside published rules: docs/radar.md.
    Radar(radar::Arguments),
    /// Send what a tracking server lacks of runs.
    Track(track::Arguments),
}

impl Command {
    /// Does it.
    ///
    /// # Errors
    /// A sentence for the reader of the terminal, with its causes.
    pub fn run(self) -> Result<()> {
        match self {
            Self::Prepare(arguments) => prepare::run(&arguments),
            Self::Embed(arguments) => embed::run(&arguments),
            Self::Adapt(arguments) => adapt::run(&arguments),
            Self::Teach(arguments) => teach::run(&arguments),
            Self::Train(arguments) => train::run(&arguments),
            Self::Tune(arguments) => tune::run(&arguments),
            Self::Evaluate(arguments) => evaluate::run(&arguments),
            Self::Explain(arguments) => explain::run(&arguments),
            Self::Behave(arguments) => behave::run(&arguments),
            Self::Gate(arguments) => gate::run(&arguments),
            Self::Compare(arguments) => compare::run(&arguments),
            Self::Protocol(arguments) => protocol::run(&arguments),
            Self::Export(arguments) => export::run(&arguments),
            Self::Ensemble(arguments) => ensemble::run(&arguments),
            Self::Shrink(arguments) => shrink::run(&arguments),
            Self::Radar(arguments) => radar::run(&arguments),
            Self::Track(arguments) => track::run(&arguments),
        }
    }
}

/// Which recipe.
#[derive(Args)]
struct RecipeArgument {
    /// The recipe: sources, preprocessing, settings.
    #[arg(long, default_value = "trainer/recipes/bilstm.toml", env = "VIGIE_RECIPE")]
    recipe: PathBuf,
}

impl RecipeArgument {
    fn read(&self) -> Result<Recipe> {
        Recipe::read(&self.recipe)
    }
}
