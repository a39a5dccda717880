//! What a mixture is chosen by must be new to every member, and what it is measured by even more.

use anyhow::{Result, ensure};
use sentiment::bundle::{Bundle, CARD, Card};
use serde::Deserialize;

use crate::{data::Report, recipe::Recipe};

/// What a member's card says of its training.
#[derive(Debug, Deserialize)]
struct Training {
    #[serde(default)]
    sources: Vec<LearntFrom>,
    #[serde(default)]
    tests: Vec<KeptOut>,
}

#[derive(Debug, Deserialize)]
struct LearntFrom {
    file: String,
    #[serde(default)]
    validation: f64,
}

#[derive(Debug, Deserialize)]
struct KeptOut {
    sha256: String,
}

/// Holds each member's card against the rows of `recipe`. Whether a text is a validation row
/// follows from the text and the source's share, so that a member that was validated on as large a
/// share of a file has learnt none of its validation rows.
///
/// # Errors
/// If a member may have learnt a validation row or the text of a test; names it.
pub fn check_unlearnt(members: &[Bundle], recipe: &Recipe, report: &Report) -> Result<()> {
    for bundle in members {
        let card: Card = bundle.json(CARD)?;
        let name = format!("{}@{}", bundle.name(), bundle.version());
        let again =
            format!("train {} again by a recipe with the same sources and tests", bundle.name());
        let Ok(training) = serde_json::from_value::<Training>(card.configuration.clone()) else {
            anyhow::bail!("the card of {name} does not say what it was trained on: {again}")
        };
        for source in recipe.sources.iter().filter(|source| source.validation > 0.0) {
            let mut named = training.sources.iter().filter(|known| known.file == source.file);
            let is_data = card.data.iter().any(|data| data.file == source.file);
            let is_named = training.sources.iter().any(|known| known.file == source.file);
            ensure!(
                (!is_data || is_named) && named.all(|known| known.validation >= source.validation),
                "{name} may have learnt rows of {} that the weights would be chosen by: {again}",
                source.file
            );
        }
        for test in &report.tests {
            ensure!(
                training.tests.iter().any(|kept| kept.sha256 == test.sha256),
                "the card of {name} does not say that the texts of {} were kept out of its training: {again}",
                test.file
            );
        }
    }
    Ok(())
}
