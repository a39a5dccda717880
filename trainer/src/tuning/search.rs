//! A search from its beginning, or from where it was left, to its end or that of its time.

use std::{fs, io::ErrorKind, path::Path, time::Duration};

use anyhow::{Result, ensure};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{
    Job, Ledger, Outcome, Plan, Space, Trial, next, plot, propose, report,
    trial::{Ground, Reached},
};
use crate::{
    beginning::From,
    data::Prepared,
    random::stream,
    recipe::Recipe,
    tensors::write_atomically,
    tracking::{self, Account, Tracker, tracked},
    training::{METRICS, Record},
};

/// Trials on a rung from which further ones are drawn by it.
const ENOUGH: usize = 6;
/// The recipe of the best.
const WINNER: &str = "winner.toml";

/// Everything that a search needs.
pub struct Search<'a> {
    /// What is searched.
    pub space: &'a Space,
    /// The recipe that is to be bettered.
    pub recipe: &'a Recipe,
    /// Its rows.
    pub prepared: &'a Prepared,
    /// The folder that they come from.
    pub rows: &'a Path,
    /// What a network begins with.
    pub from: From<'a>,
    /// Where everything goes.
    pub folder: &'a Path,
    /// The command, for the cards of what comes of it.
    pub command: &'a str,
    /// How long it may take, over all calls.
    pub budget: Duration,
    /// How long this call has taken.
    pub clock: &'a (dyn Fn() -> Duration + Sync),
}

impl Search<'_> {
    /// Searches on until every trial has come as far as it may, or the time is over; it may be
    /// called again. Table, chart and the best recipe are written after every rung.
    ///
    /// # Errors
    /// If the folder is of another search or cannot be written, or a trial fails by anything but
    /// its settings.
    pub fn perform(&self) -> Result<Ledger> {
        let of = self.of()?;
        fs::create_dir_all(self.folder)?;
        let mut ledger = Ledger::begin(self.folder, &of)?;
        tracked(self.folder, self.account(&of)?, |tracker| {
            self.search(&mut ledger, tracker).map(Some)
        })?;
        ensure!(
            ledger.winner().is_some(),
            "no trial has come to a rung without failing: give the search more --minutes, or a space that can be trained"
        );
        Ok(ledger)
    }

    fn search(&self, ledger: &mut Ledger, tracker: &mut Tracker) -> Result<()> {
        let before = ledger.spent_seconds;
        let spent = || before + (self.clock)().as_secs_f64();
        let plan = Plan {
            trials: self.space.trials,
            reduction: self.space.reduction,
            rungs: self.space.rungs.len(),
        };
        // A kill may have come between the ledger and what is made of it.
        if !ledger.outcomes.is_empty() {
            self.report(ledger)?;
        }
        while spent() < self.budget.as_secs_f64()
            && let Some(job) = self.next(plan, ledger)
        {
            self.begin(job, ledger)?;
            let begin = spent();
            let mut is_over = || spent() >= self.budget.as_secs_f64();
            let reached = self.train(job, ledger, &mut is_over)?;
            ledger.spent_seconds = spent();
            if let Some(score) = score(reached) {
                let at_ms = Timestamp::now().as_millisecond();
                let seconds = ledger.spent_seconds - begin;
                let Job { trial, rung } = job;
                ledger.outcomes.push(Outcome { trial, rung, score, seconds, at_ms });
            }
            ledger.write(self.folder)?;
            self.report(ledger)?;
            tracker.nudge();
        }
        Ok(())
    }

    /// The next job; first of all a trial that was begun and has reached no rung yet.
    fn next(&self, plan: Plan, ledger: &Ledger) -> Option<Job> {
        let scores = ledger.scores();
        let begun = scores.iter().position(Vec::is_empty);
        begun.map(|trial| Job { trial, rung: 0 }).or_else(|| next(plan, &scores))
    }

    /// Draws the job's trial, if there is none yet.
    fn begin(&self, job: Job, ledger: &mut Ledger) -> Result<()> {
        if job.trial == ledger.trials.len() {
            let point = (job.trial > 0).then(|| {
                let mut random = stream(self.space.seed, "trial", job.trial as u64);
                let observations = ledger.observations(ENOUGH);
                propose(&self.space.space, self.space.sampler, &observations, &mut random)
            });
            let values = point.as_deref().map(|point| self.space.values(point));
            ledger.trials.push(Trial { point, values: values.unwrap_or_default() });
            ledger.write(self.folder)?;
        }
        Ok(())
    }

    /// Trains the job's trial up to its rung.
    fn train(
        &self,
        job: Job,
        ledger: &Ledger,
        is_over: &mut (dyn FnMut() -> bool + Send),
    ) -> Result<Reached> {
        // Each value can be alone, but these do not go together.
        let Ok(recipe) = self.recipe_of(job.trial, ledger) else {
            return Ok(Reached::Failed);
        };
        let folder = self.folder.join(format!("trial-{:03}", job.trial));
        self.ground().train(&recipe, &folder, self.space.rungs[job.rung], is_over)
    }

    const fn ground(&self) -> Ground<'_> {
        let Self { prepared, rows, from, command, .. } = *self;
        Ground { prepared, rows, from, command }
    }

    fn recipe_of(&self, trial: usize, ledger: &Ledger) -> Result<Recipe> {
        self.space.apply(self.recipe, &ledger.trials[trial].values)
    }

    /// Writes all that is made of the ledger.
    fn report(&self, ledger: &Ledger) -> Result<()> {
        let write = |name: &str, content: String| {
            write_atomically(&self.folder.join(name), content.as_bytes())
        };
        let records = records(ledger);
        let lines = records.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
        write(METRICS, lines.iter().map(|line| format!("{line}\n")).collect())?;
        write("report.md", report::table(self.space, ledger))?;
        write("search.svg", plot::draw(self.space, ledger))?;
        let Some(winner) = ledger.winner() else {
            // The best so far may have failed on a higher rung.
            return remove(&self.folder.join(WINNER));
        };
        let recipe = self.recipe_of(winner, ledger)?;
        write(WINNER, report::recipe(&recipe, self.space, ledger, winner)?)
    }

    /// The sum of all that the outcome depends on: contents, wherever they lie.
    fn of(&self) -> Result<String> {
        let all = (self.ground().inputs(self.recipe, self.folder)?, self.space);
        Ok(hex::encode(Sha256::digest(serde_json::to_vec(&all)?)))
    }

    fn account(&self, of: &str) -> Result<Account> {
        let mut parameters = tracking::parameters(&toml::to_string(self.recipe)?)?;
        let space = tracking::parameters(&toml::to_string(self.space)?)?;
        parameters.extend(space.into_iter().map(|(name, value)| (format!("tune.{name}"), value)));
        let name = format!("search {}", self.recipe.name);
        Ok(Account::new(&name, of.as_bytes(), parameters)
            .tagged("mlflow.source.name", "vigie-train tune")
            .tagged("vigie.command", self.command)
            .tagged("vigie.seed", &self.space.seed.to_string())
            .tagged("vigie.rows.sha256", &self.prepared.report.rows_sha256))
    }
}

/// Removes a file, if it is there.
fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// The score that a trial gets on a rung, if it has come there.
fn score(reached: Reached) -> Option<Option<f64>> {
    match reached {
        Reached::Score(score) => Some(score.is_finite().then_some(score)),
        Reached::Failed => Some(None),
        Reached::OutOfTime => None,
    }
}

/// One record for each rung that was reached, counted from 1.
fn records(ledger: &Ledger) -> Vec<Record> {
    let mut best = f64::NEG_INFINITY;
    let record = |(index, outcome): (usize, &Outcome)| {
        let mut metrics = vec![("trial", outcome.trial as f64), ("rung", outcome.rung as f64)];
        if let Some(score) = outcome.score {
            best = best.max(score);
            metrics.extend([("score", score), ("best score", best)]);
        }
        let metrics = metrics.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Record { step: index as u64 + 1, at_ms: outcome.at_ms, metrics }
    };
    ledger.outcomes.iter().enumerate().map(record).collect()
}
