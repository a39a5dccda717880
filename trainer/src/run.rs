//! A run: one training of any family, from its recipe and rows to a result in a folder.

use std::path::Path;

use anyhow::{Result, bail, ensure};
use sentiment::bundle::BundleFiles;

use crate::{
    beginning::{Beginning, From},
    cores,
    data::Prepared,
    finished::Finished,
    linear,
    origin::{self, RowsOrigin, StartOrigin, TeachingOrigin, TrainingOrigin},
    paused::unless_paused,
    recipe::{Family, Recipe},
    teaching::Teaching,
    tracking::{Account, Tracker, tracked},
    trained,
    training::{self, Exam, Inputs, Lessons, Moment, Position, RunFolder},
    training_progress::TrainingProgress,
};

/// Everything that a training needs.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// What is trained, and how.
    pub recipe: &'a Recipe,
    /// Its rows.
    pub prepared: &'a Prepared,
    /// The folder that they come from.
    pub rows: &'a Path,
    /// What a network begins with.
    pub from: From<'a>,
    /// Where everything goes.
    pub folder: &'a Path,
    /// The command that trains it, for its card.
    pub command: &'a str,
}

/// What a run is told on its way by who watches it.
pub enum News<'a> {
    /// Something has happened in the training of a network.
    Network(&'a Position, Moment),
    /// A linear learner has passed over all rows.
    Pass,
}

/// Who watches a run; may pause it by the error [`crate::paused::Paused`].
pub type Watch<'a> = dyn FnMut(&News<'_>) -> Result<()> + Send + 'a;

impl Run<'_> {
    /// Trains to the end, or on to it, from where the folder has left off. Nothing if `watch` has
    /// paused it. What is wrong is said before anything is written.
    ///
    /// # Errors
    /// If what it begins with is missing or of others, the folder is of another training or
    /// cannot be written, or the arithmetic fails.
    pub fn perform(&self, watch: &mut Watch<'_>) -> Result<Option<Finished>> {
        self.prepared.check(self.recipe)?;
        match self.recipe.family()? {
            Family::Linear(settings) => self.fit(settings, watch),
            Family::BiLstm(_) | Family::Bert(_) => self.train(watch),
        }
    }

    /// The sums of all that it is given. Those of a linear model's features, which follow from
    /// its rows and its recipe, are not among them.
    ///
    /// # Errors
    /// If what it begins with is missing or of others.
    pub fn inputs(&self) -> Result<Inputs> {
        self.prepared.check(self.recipe)?;
        if matches!(self.recipe.family()?, Family::Linear(_)) {
            self.check_linear()?;
            return self.sums(&BundleFiles::new(), &[], None);
        }
        let teaching = self.teaching()?;
        let Beginning { files, digest, .. } =
            Beginning::new(self.recipe, self.prepared, self.from)?;
        self.sums(&files, &digest, teaching.as_ref())
    }

    fn sums(
        &self,
        files: &BundleFiles,
        digest: &[u8],
        teaching: Option<&Teaching>,
    ) -> Result<Inputs> {
        let recipe = toml::to_string(self.recipe)?;
        let report = serde_json::to_vec_pretty(&self.prepared.report)?;
        let sums = Inputs::of(recipe.as_bytes(), &report, files, digest);
        Ok(sums.taught(teaching.map(|teaching| teaching.sum().clone())))
    }

    fn train(&self, watch: &mut Watch<'_>) -> Result<Option<Finished>> {
        let Self { recipe, prepared, .. } = *self;
        let teaching = self.teaching()?;
        let beginning = Beginning::new(recipe, prepared, self.from)?;
        let origin = self.origin(&beginning, teaching.as_ref())?;
        let Beginning { mut learner, reader, files, digest, .. } = beginning;
        let inputs = self.sums(&files, &digest, teaching.as_ref())?;
        let lessons = Lessons::new(&prepared.train, recipe, reader.as_ref(), teaching.as_ref())?;
        let exams = Exam::all(&prepared.validation, recipe, reader.as_ref())?;

        let mut folder = RunFolder::begin(self.folder, inputs.clone())?;
        let report = serde_json::to_vec_pretty(&prepared.report)?;
        trained::write(&folder, &toml::to_string(recipe)?, &report, &files)?;
        origin::write(self.folder, &origin)?;
        let account = Account::of_training(recipe, &prepared.report, &inputs, &origin)?;

        let (learner, settings, seed) = (learner.as_mut(), &recipe.train, recipe.seed);
        let mut progress = TrainingProgress::new(settings, lessons.rows_per_epoch() as u64);
        tracked(self.folder, account, |tracker: &mut Tracker| {
            let mut told = |at: &Position, moment| {
                progress.show(at, moment);
                tracker.nudge();
                watch(&News::Network(at, moment))
            };
            let end =
                training::train(learner, &lessons, &exams, settings, seed, &mut folder, &mut told);
            let Some(mut at) = unless_paused(end)? else {
                return Ok(None);
            };
            learner.set_weights(&mut folder.best()?)?;
            let finished = Finished::measure(inputs, learner, &exams, &at, recipe)?;
            folder.write(Finished::FILE, &serde_json::to_vec_pretty(&finished)?)?;
            folder.record(&mut at, finished.figures())?;
            Ok(Some(finished))
        })
    }

    /// Fits a linear model to all rows at once.
    fn fit(&self, settings: &linear::Settings, watch: &mut Watch<'_>) -> Result<Option<Finished>> {
        self.check_linear()?;
        let RowsOrigin { command } = origin::read(self.rows, "prepare")?;
        let commands = vec![command, self.command.to_owned()];
        let origin = TrainingOrigin { commands, start: StartOrigin::Zero, teaching: None };
        let (recipe, prepared, folder) = (self.recipe, self.prepared, self.folder);
        let mut told = || watch(&News::Pass);
        cores::pool()?
            .install(|| linear::train(recipe, settings, prepared, folder, &origin, &mut told))
    }

    fn check_linear(&self) -> Result<()> {
        ensure!(
            self.from.init.is_none() && self.from.encoder.is_none(),
            "a linear model starts from nothing: leave out --init and --encoder"
        );
        ensure!(
            self.from.teaching.is_none(),
            "a linear model does not learn from teachers: leave out --teaching"
        );
        Ok(())
    }

    /// The teachers' answers, which a recipe with teachers needs and no other can use.
    fn teaching(&self) -> Result<Option<Teaching>> {
        match (self.from.teaching, self.recipe.taught_sources().next()) {
            (None, None) => Ok(None),
            (Some(folder), Some(_)) => Teaching::read(folder, self.prepared).map(Some),
            (None, Some(source)) => bail!(
                "the source “{source}” has a teacher_share: run `vigie-train teach`, and give its folder with --teaching"
            ),
            (Some(folder), None) => bail!(
                "no [[source]] has a teacher_share, so that nothing would be learnt from {}: set one, or leave out --teaching",
                folder.display()
            ),
        }
    }

    /// The commands that lead here, what it starts from, and whom it learns from.
    fn origin(&self, beginning: &Beginning, teaching: Option<&Teaching>) -> Result<TrainingOrigin> {
        let mut commands = beginning.commands.clone();
        if commands.is_empty() {
            let RowsOrigin { command } = origin::read(self.rows, "prepare")?;
            commands.push(command);
        }
        if let Some(folder) = self.from.teaching {
            let TeachingOrigin { command } = origin::read(folder, "teach")?;
            commands.push(command);
        }
        commands.push(self.command.to_owned());
        let teaching = teaching.map(|teaching| teaching.sum().clone());
        Ok(TrainingOrigin { commands, start: beginning.origin.clone(), teaching })
    }
}
