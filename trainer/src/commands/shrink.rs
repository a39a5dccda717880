//! `vigie-train shrink`

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use jiff::Timestamp;
use sentiment::{
    bundle::{Bundle, CARD, CONFIG, Card},
    models::{Outline, bert::FAMILY},
};

use super::{CommandLine, RecipeArgument, release};
use crate::{behaviour::Suite, bert, bilstm, bundle_folder, data::TestReport};

/// What `shrink` needs.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    recipe: RecipeArgument,
    /// The bundle that it is made of.
    #[arg(long, default_value = "models/bilstm")]
    model: PathBuf,
    /// How many of its words, the most frequent ones, a BiLSTM keeps. An encoder keeps all.
    #[arg(long, default_value_t = 20_480)]
    words: usize,
    /// The folder of the recipe's files, for the figures on its tests.
    #[arg(long, default_value = "data", env = "VIGIE_DATA")]
    data: PathBuf,
    /// Where the bundle goes; its last part becomes the model's name.
    #[arg(long, default_value = "models/bilstm-device")]
    output: PathBuf,
    /// Replace the bundle that lies there even if the new one does worse.
    #[arg(long)]
    accept_falls: bool,
}

/// Makes the small bundle, measures it as it will be served, and writes it with its card.
pub fn run(arguments: &Arguments) -> Result<()> {
    let recipe = arguments.recipe.read()?;
    let whole = Bundle::verify(bundle_folder::read(&arguments.model)?)?;
    let name = arguments.output.file_name().context("the --output names no folder")?;
    let name = name.to_string_lossy();
    let Outline { family, .. } = whole.json(CONFIG)?;
    let words = (family != FAMILY).then_some(arguments.words);
    let mut card = card(&whole, words, arguments)?;
    let tests: Vec<TestReport> = serde_json::from_value(card.configuration["tests"].clone())
        .with_context(|| format!("the card of {} does not name its tests", whole.name()))?;
    let shrink = |card: &Card| match words {
        Some(words) => bilstm::shrink(&whole, &name, words, card),
        None => bert::shrink(&whole, &name, card),
    };
    let suite = Suite::released()?;
    card.metrics = release::measure(&shrink(&card)?, &recipe, &tests, &suite, &arguments.data)?;
    let bundle = shrink(&card)?;
    release::put(&bundle, &arguments.output, &suite, arguments.accept_falls, &card.metrics)
}

/// That of the whole bundle, and what was left out of it; without figures.
fn card(whole: &Bundle, words: Option<usize>, arguments: &Arguments) -> Result<Card> {
    let mut card: Card = whole.json(CARD)?;
    let of = format!("{}@{}", whole.name(), whole.version());
    let mut command = CommandLine::new("shrink")
        .path("--recipe", &arguments.recipe.recipe)
        .path("--model", &arguments.model);
    if let Some(words) = words {
        command = command.option("--words", &words.to_string());
    }
    let command = command.path("--data", &arguments.data).path("--output", &arguments.output);
    card.configuration["shrunk"] = serde_json::json!({ "of": of, "words": words, "bits": 8 });
    let kept = match words {
        Some(words) => {
            format!(" to be sent to a reader's device: its {words} most frequent words, weights")
        }
        None => ": weights".to_owned(),
    };
    Ok(Card {
        description: format!("{} Made small from {of}{kept} in 8 bits.", card.description),
        created_at: Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        command: format!("{} && {}", card.command, command.finish()),
        metrics: Vec::new(),
        ..card
    })
}
