//! What a mixture is chosen by must be new to every member, and what it is measured by even more.

use anyhow::{Result, ensure};
use sentiment::bundle::{Bundle, CARD, Card};

use crate::{data::Report, origin::EarlierTraining, recipe::Recipe};

/// Holds what each member's card says of its training, and of those that it started from, against
/// the rows of `recipe`. Whether a text is a validation row follows from the text and the source's
/// share, so that a member that was validated on as large a share of a file has learnt none of its
/// validation rows.
///
/// # Errors
/// If a member may have learnt a validation row or the text of a test; names it.
pub fn check_unlearnt(members: &[Bundle], recipe: &Recipe, report: &Report) -> Result<()> {
    for bundle in members {
        let card: Card = bundle.json(CARD)?;
        let name = format!("{}@{}", bundle.name(), bundle.version());
        let again =
            format!("train {} again by a recipe with the same sources and tests", bundle.name());
        let training = EarlierTraining::of(&card);
        let Some(trainings) = training.as_ref().and_then(EarlierTraining::all) else {
            anyhow::bail!("the card of {name} does not say what it was trained on: {again}")
        };
        for source in recipe.sources.iter().filter(|source| source.validation > 0.0) {
            let named = trainings.iter().flat_map(|training| &training.sources);
            let mut named = named.filter(|known| known.file == source.file);
            let is_data = card.data.iter().any(|data| data.file == source.file);
            let is_named = named.clone().next().is_some();
            ensure!(
                (!is_data || is_named) && named.all(|known| known.validation >= source.validation),
                "{name} may have learnt rows of {} that the weights would be chosen by: {again}",
                source.file
            );
        }
        for test in &report.tests {
            let kept_out = |training: &&EarlierTraining| {
                training.tests.iter().any(|kept| kept.sha256 == test.sha256)
            };
            ensure!(
                trainings.iter().all(kept_out),
                "the card of {name} does not say that the texts of {} were kept out of its training: {again}",
                test.file
            );
        }
    }
    Ok(())
}
