//! One trial, trained up to a rung.

use std::path::Path;

use anyhow::Result;

use crate::{
    beginning::From,
    data::Prepared,
    linear::OptimiserFailed,
    paused::Paused,
    recipe::{Family, Recipe},
    run::{News, Run},
    training::{Diverged, Inputs, Moment, Position},
};

/// What every trial is trained on and from.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The rows.
    pub prepared: &'a Prepared,
    /// The folder that they come from.
    pub rows: &'a Path,
    /// What a network begins with.
    pub from: From<'a>,
    /// The command of the search.
    pub command: &'a str,
}

/// How a trial came to a rung.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reached {
    /// With this score on validation.
    Score(f64),
    /// It did not, and never will: its settings do not go together, or its numbers ceased to be
    /// finite.
    Failed,
    /// Not yet: the time is over.
    OutOfTime,
}

impl Ground<'_> {
    /// The sums of all that a training of `recipe` would be given, in `folder` or another.
    ///
    /// # Errors
    /// Those of [`Run::inputs`].
    pub fn inputs(&self, recipe: &Recipe, folder: &Path) -> Result<Inputs> {
        self.run(recipe, self.prepared, folder).inputs()
    }

    /// Trains `recipe` in `folder` up to a rung: so many epochs of a network, which goes on where
    /// the rung before has left it, or that share of the rows of a linear model. `is_over` is
    /// asked often whether the time is over.
    ///
    /// # Errors
    /// Those of [`Run::perform`].
    pub fn train(
        &self,
        recipe: &Recipe,
        folder: &Path,
        rung: f64,
        is_over: &mut (dyn FnMut() -> bool + Send),
    ) -> Result<Reached> {
        let outcome = match recipe.family()? {
            Family::Linear(_) => self.fit(recipe, folder, rung, is_over),
            Family::BiLstm(_) | Family::Bert(_) => self.go_on(recipe, folder, rung, is_over),
        };
        match outcome {
            Err(error) if error.is::<Diverged>() || error.is::<OptimiserFailed>() => {
                Ok(Reached::Failed)
            }
            outcome => outcome,
        }
    }

    fn go_on(
        &self,
        recipe: &Recipe,
        folder: &Path,
        rung: f64,
        is_over: &mut (dyn FnMut() -> bool + Send),
    ) -> Result<Reached> {
        let epochs = rung as u64;
        let mut best = None;
        let mut watch = |news: &News<'_>| {
            if let News::Network(at, moment) = news {
                let is_between = !matches!(moment, Moment::Step(_));
                if is_between && is_there(at, epochs) && epochs < recipe.train.epochs {
                    best = at.best;
                    return Err(Paused.into());
                }
            }
            if is_over() { Err(Paused.into()) } else { Ok(()) }
        };
        let finished = self.run(recipe, self.prepared, folder).perform(&mut watch)?;
        let best = finished.map(|finished| finished.best).or(best);
        Ok(best.map_or(Reached::OutOfTime, |best| Reached::Score(best.score)))
    }

    fn fit(
        &self,
        recipe: &Recipe,
        folder: &Path,
        share: f64,
        is_over: &mut (dyn FnMut() -> bool + Send),
    ) -> Result<Reached> {
        let part;
        let prepared = if share < 1.0 {
            part = self.prepared.part(share, recipe.seed)?;
            &part
        } else {
            self.prepared
        };
        let mut watch = |_: &News<'_>| if is_over() { Err(Paused.into()) } else { Ok(()) };
        let folder = folder.join(format!("rows-{share}"));
        let finished = self.run(recipe, prepared, &folder).perform(&mut watch)?;
        Ok(finished.map_or(Reached::OutOfTime, |finished| Reached::Score(finished.best.score)))
    }

    const fn run<'a>(
        &'a self,
        recipe: &'a Recipe,
        prepared: &'a Prepared,
        folder: &'a Path,
    ) -> Run<'a> {
        let Self { rows, from, command, .. } = *self;
        Run { recipe, prepared, rows, from, folder, command }
    }
}

const fn is_there(at: &Position, epochs: u64) -> bool {
    at.epoch >= epochs
}
