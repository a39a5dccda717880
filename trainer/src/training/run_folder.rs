//! One training's folder: records, the newest checkpoint, the best weights, the curves.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::{Inputs, Learner, METRICS, Position, Record, curves, records};
use crate::{
    bundle_folder,
    finished::Finished,
    tensors::{self, Arrays, Precision, write_atomically},
};

const CHECKPOINT: &str = "checkpoint.safetensors";
const BEST: &str = "best.safetensors";
const CURVES: &str = "curves.svg";

/// The folder of a training.
#[derive(Clone, Debug)]
pub struct RunFolder {
    path: PathBuf,
    inputs: Inputs,
}

/// What a checkpoint says beside its arrays.
#[derive(Serialize, Deserialize)]
struct Note {
    inputs: Inputs,
    position: Position,
}

/// What the best weights say beside themselves, and what every note has.
#[derive(Serialize, Deserialize)]
struct Owner {
    inputs: Inputs,
}

impl RunFolder {
    /// The folder in it that holds the bundle that was exported of it.
    pub const BUNDLE: &'static str = "bundle";

    /// The folder at `path` for a training of `inputs`, made if it is not there. Where there is
    /// no checkpoint to go on from, what an earlier training left of results is removed.
    ///
    /// # Errors
    /// If it holds a training of other inputs, which then stays as it is; or it cannot be made.
    pub fn begin(path: &Path, inputs: Inputs) -> Result<Self> {
        let folder = Self::of(path, inputs)?;
        if !path.join(CHECKPOINT).exists() {
            folder.remove_results()?;
        }
        Ok(folder)
    }

    /// The same for a training without checkpoints, which keeps each part that is finished. Its
    /// best weights come of all parts at once: where they are there, it had come to its end, and
    /// its results stay.
    ///
    /// # Errors
    /// As [`RunFolder::begin`].
    pub fn begin_parts(path: &Path, inputs: Inputs) -> Result<Self> {
        let folder = Self::of(path, inputs)?;
        if !path.join(BEST).exists() {
            folder.remove_results()?;
        }
        Ok(folder)
    }

    fn of(path: &Path, inputs: Inputs) -> Result<Self> {
        for file in [path.join(CHECKPOINT), path.join(BEST)] {
            if file.exists() {
                check_owner(&file, &inputs)?;
            }
        }
        fs::create_dir_all(path).with_context(|| format!("{} cannot be made", path.display()))?;
        Ok(Self { path: path.to_owned(), inputs })
    }

    fn remove_results(&self) -> Result<()> {
        for file in [self.path.join(Finished::FILE), self.path.join(BEST)] {
            if file.exists() {
                fs::remove_file(&file)
                    .with_context(|| format!("{} cannot be removed", file.display()))?;
            }
        }
        bundle_folder::remove(&self.path.join(Self::BUNDLE))
    }

    /// The folder at `path`, in which an epoch has ended.
    ///
    /// # Errors
    /// If there is none.
    pub fn existing(path: &Path) -> Result<Self> {
        let best = path.join(BEST);
        if !best.exists() {
            bail!(
                "{} holds no finished training: run `vigie-train train` to its end, or give its folder with --run",
                path.display()
            );
        }
        Ok(Self { path: path.to_owned(), inputs: owner(&best)? })
    }

    /// What its training is of.
    #[must_use]
    pub const fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// Reads its file of this name.
    ///
    /// # Errors
    /// If it is not there.
    pub fn read(&self, name: &str) -> Result<Vec<u8>> {
        fs::read(self.path.join(name)).with_context(|| {
            format!(
                "{} holds no finished training: run `vigie-train train` to its end",
                self.path.display()
            )
        })
    }

    /// Writes a file of this name into it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, name: &str, content: &[u8]) -> Result<()> {
        write_atomically(&self.path.join(name), content)
    }

    /// Puts `learner` where the newest checkpoint left off; the beginning if there is none.
    /// Records of steps that will be taken again are dropped.
    ///
    /// # Errors
    /// If the checkpoint is damaged.
    pub fn resume(&self, learner: &mut dyn Learner) -> Result<Position> {
        let path = self.path.join(CHECKPOINT);
        if !path.exists() {
            self.keep_records(0)?;
            return Ok(Position::default());
        }
        let (mut arrays, note) = tensors::read(&path)?;
        let note: Note = serde_json::from_str(&note)
            .with_context(|| format!("{} is damaged", path.display()))?;
        learner.set_state(&mut arrays)?;
        self.keep_records(note.position.records)?;
        Ok(note.position)
    }

    /// Writes a checkpoint in place of the last one.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn save(&self, learner: &dyn Learner, position: &Position) -> Result<()> {
        let note = serde_json::to_string(&Note {
            inputs: self.inputs.clone(),
            position: position.clone(),
        })?;
        let content = tensors::to_bytes(&learner.state()?, &note, Precision::Single)?;
        write_atomically(&self.path.join(CHECKPOINT), &content)
    }

    /// Keeps the learner's weights as the best.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn keep_best(&self, learner: &dyn Learner) -> Result<()> {
        self.keep(BEST, &learner.weights()?)
    }

    /// Keeps weights as the best.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn keep_as_best(&self, weights: &Arrays) -> Result<()> {
        self.keep(BEST, weights)
    }

    /// Keeps the weights of a part of the training in a file of this name.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn keep(&self, name: &str, weights: &Arrays) -> Result<()> {
        let note = serde_json::to_string(&Owner { inputs: self.inputs.clone() })?;
        let content = tensors::to_bytes(weights, &note, Precision::Single)?;
        write_atomically(&self.path.join(name), &content)
    }

    /// The weights that [`RunFolder::keep`] has kept under this name, if it has.
    ///
    /// # Errors
    /// If they are of a training of other inputs, or damaged.
    pub fn kept(&self, name: &str) -> Result<Option<Arrays>> {
        let path = self.path.join(name);
        if !path.exists() {
            return Ok(None);
        }
        check_owner(&path, &self.inputs)?;
        Ok(Some(tensors::read(&path)?.0))
    }

    /// The best weights.
    ///
    /// # Errors
    /// If no epoch has ended yet.
    pub fn best(&self) -> Result<Arrays> {
        let hint = "no epoch of this training has ended yet: run `vigie-train train` to its end";
        Ok(tensors::read(&self.path.join(BEST)).context(hint)?.0)
    }

    /// Appends figures to the records.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn record(&self, position: &mut Position, metrics: BTreeMap<String, f64>) -> Result<()> {
        Record::now(position.step, metrics).append(&self.path.join(METRICS))?;
        position.records += 1;
        Ok(())
    }

    /// All records so far.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn records(&self) -> Result<Vec<Record>> {
        records(&self.path.join(METRICS))
    }

    /// Draws the learning curves anew.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn draw_curves(&self) -> Result<()> {
        write_atomically(&self.path.join(CURVES), curves::draw(&self.records()?).as_bytes())
    }

    /// Drops all records but the first `count`.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn keep_records(&self, count: usize) -> Result<()> {
        let path = self.path.join(METRICS);
        let text = fs::read_to_string(&path).unwrap_or_default();
        let kept: String = text.lines().take(count).flat_map(|line| [line, "\n"]).collect();
        write_atomically(&path, kept.as_bytes())
    }
}

/// Says of what another training a file of weights is, if it is not of `inputs`.
fn check_owner(file: &Path, inputs: &Inputs) -> Result<()> {
    match owner(file)?.difference(inputs) {
        None => Ok(()),
        Some(difference) => bail!(
            "{} is of {difference}: choose a new --run folder, or delete this one",
            file.display()
        ),
    }
}

/// Whose a file of weights is.
fn owner(path: &Path) -> Result<Inputs> {
    let note: Owner = serde_json::from_str(&tensors::read_note(path)?).with_context(|| {
        format!(
            "{} does not say what it was trained on, as an older vigie-train left it: choose a new --run folder",
            path.display()
        )
    })?;
    Ok(note.inputs)
}
