//! `vigie-train adapt`

use std::path::PathBuf;

use anyhow::Result;
use candle_core::Device;
use clap::Args;

use super::{CommandLine, RecipeArgument};
use crate::{
    beginning::On,
    bert::{self, Adaptation},
    data::Prepared,
    progress::Progress,
    training::{Moment, Position},
};

/// What `adapt` needs.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    recipe: RecipeArgument,
    /// The folder that `prepare` wrote.
    #[arg(long, default_value = "runs/prepared")]
    prepared: PathBuf,
    /// The Hugging Face directory of the encoder: `config.json`, `tokenizer.json` and
    /// `model.safetensors` of a BERT, MiniLM or DistilBERT.
    #[arg(long, value_name = "DIR")]
    encoder: PathBuf,
    /// What does the arithmetic.
    #[arg(long, value_enum, default_value = "cpu")]
    device: On,
    /// The folder of this adaptation: checkpoint, records.
    #[arg(long, default_value = "runs/adaptation")]
    run: PathBuf,
    /// Where the adapted encoder goes, as a Hugging Face directory for `train --encoder`.
    #[arg(long, default_value = "runs/adapted")]
    output: PathBuf,
}

/// Adapts to the end, or on to it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let Arguments { recipe, prepared: rows, encoder, device, run, output } = arguments;
    let line = CommandLine::new("adapt")
        .path("--recipe", &recipe.recipe)
        .path("--prepared", rows)
        .path("--encoder", encoder)
        .path("--run", run)
        .path("--output", output);
    let recipe = recipe.read()?;
    let prepared = Prepared::read(rows)?;
    let device = match device {
        On::Cpu => Device::Cpu,
        On::Cuda => bert::cuda()?,
    };
    let command = &line.finish();
    let adaptation =
        Adaptation { recipe: &recipe, prepared: &prepared, rows, encoder, run, output, command };
    let epochs = Adaptation::settings(&recipe)?.epochs;
    let mut shown = Shown { epochs, rows: prepared.train.len() as u64, loss: 0.0, bar: None };
    adaptation.perform(device, &mut |at, moment| {
        shown.show(at, moment);
        Ok(())
    })?;
    shown.say(&format!("The adapted encoder is in {}.", output.display()));
    Ok(())
}

/// What the terminal says on the way.
struct Shown {
    epochs: u64,
    rows: u64,
    /// Mean loss of the epoch so far.
    loss: f64,
    bar: Option<Progress>,
}

impl Shown {
    fn show(&mut self, at: &Position, moment: Moment) {
        let (all, done) = (self.rows * self.epochs, at.epoch * self.rows + at.rows as u64);
        let bar = self.bar.get_or_insert_with(|| Progress::new("adapting", "rows", all, done));
        match moment {
            Moment::Begin => {}
            Moment::Step(rows) => {
                bar.advance(rows as u64);
                self.loss = at.mean_loss();
            }
            Moment::EpochEnd(_) => bar.say(&format!(
                "epoch {} of {}: loss {:.3} a hidden piece, {:.0} rows/s",
                at.epoch,
                self.epochs,
                self.loss,
                bar.per_second()
            )),
        }
    }

    fn say(&self, sentence: &str) {
        if let Some(bar) = &self.bar {
            bar.say(sentence);
        }
    }
}
