//! What is searched: a TOML file that gives some settings of a recipe a range.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use crate::recipe::{Family, Recipe};

/// A search.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Space {
    /// Trials at most; the first one has the recipe's own settings.
    pub trials: usize,
    /// Of how many trials on a rung one goes on to the next.
    pub reduction: usize,
    /// How much is trained on each rung, rising: epochs of a network, of which the last becomes
    /// the `train.epochs` of every trial; shares of the rows of a linear model, of which the last
    /// is 1.
    pub rungs: Vec<f64>,
    /// What rungs count, as the recipe's family has it.
    #[serde(skip)]
    pub unit: RungUnit,
    /// How new trials are drawn.
    #[serde(default)]
    pub sampler: Sampler,
    /// Seed of the drawing.
    pub seed: u64,
    /// The settings by dotted name, such as `"train.learning_rate"`.
    pub space: BTreeMap<String, Range>,
}

/// What rungs count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RungUnit {
    /// Epochs of a network.
    #[default]
    Epochs,
    /// Shares of the rows of a linear model.
    RowShares,
}

/// How trials are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sampler {
    /// Everywhere alike.
    Random,
    /// Where good ones lie: tree-structured Parzen estimators (Bergstra et al. 2011).
    #[default]
    Tpe,
}

/// What a setting may be. Whole ends make whole numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, untagged)]
pub enum Range {
    /// One of these.
    Choices {
        /// Of any kind.
        choices: Vec<Value>,
    },
    /// A number.
    Numbers {
        /// The least.
        from: Value,
        /// The greatest.
        to: Value,
        /// What is drawn alike.
        #[serde(default)]
        scale: Scale,
    },
}

/// What of a number is drawn alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// Itself.
    #[default]
    Linear,
    /// Its logarithm.
    Log,
}

impl Space {
    /// Reads the file at `path`, for the recipe.
    ///
    /// # Errors
    /// If it cannot be read, or asks of the recipe what cannot be.
    pub fn read(path: &Path, recipe: &Recipe) -> Result<Self> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("the search space {} cannot be read", path.display()))?;
        Self::parse(&text, recipe)
            .with_context(|| format!("the search space {} is not sound", path.display()))
    }

    /// A search of the recipe's settings from the text of its file.
    ///
    /// # Errors
    /// If it is no TOML, or asks of the recipe what cannot be.
    pub fn parse(text: &str, recipe: &Recipe) -> Result<Self> {
        let mut space: Self = toml::from_str(text)?;
        space.unit = match recipe.family()? {
            Family::Linear(_) => RungUnit::RowShares,
            Family::BiLstm(_) | Family::Bert(_) => RungUnit::Epochs,
        };
        space.check(recipe)?;
        Ok(space)
    }

    /// The values at a point, one number from 0 to 1 for each setting.
    #[must_use]
    pub fn values(&self, point: &[f64]) -> BTreeMap<String, Value> {
        let values = self.space.iter().zip(point);
        values.map(|((name, range), &unit)| (name.clone(), range.value(unit))).collect()
    }

    /// The recipe with `values` in their places; a network's is trained for as many epochs as the
    /// last rung says, whatever the recipe says.
    ///
    /// # Errors
    /// If it has no such setting, or they ask for what cannot be.
    pub fn apply(&self, recipe: &Recipe, values: &BTreeMap<String, Value>) -> Result<Recipe> {
        let mut recipe = recipe.clone();
        if let (Some(&epochs), RungUnit::Epochs) = (self.rungs.last(), self.unit) {
            recipe.train.epochs = epochs as u64;
        }
        let mut table: Table = toml::from_str(&toml::to_string(&recipe)?)?;
        for (name, value) in values {
            set(&mut table, name, value.clone())
                .with_context(|| format!("the recipe has no setting {name}"))?;
        }
        Recipe::parse(&toml::to_string(&table)?)
    }

    fn check(&self, recipe: &Recipe) -> Result<()> {
        ensure!(self.trials > 1, "trials must be above 1");
        ensure!(self.reduction > 1, "reduction must be above 1");
        ensure!(!self.space.is_empty(), "it gives no setting a range: add one below [space]");
        let rises = self.rungs.is_sorted_by(|a, b| a < b);
        ensure!(!self.rungs.is_empty() && rises, "rungs must rise");
        match self.unit {
            RungUnit::RowShares => {
                let are_shares = self.rungs[0] > 0.0 && self.rungs.last() == Some(&1.0);
                ensure!(are_shares, "rungs must be shares of the rows, and the last one 1");
            }
            RungUnit::Epochs => {
                let are_epochs = self.rungs.iter().all(|r| *r >= 1.0 && r.fract() == 0.0);
                ensure!(are_epochs, "rungs must be whole epochs");
            }
        }
        let section = match recipe.family()? {
            Family::Linear(_) => "linear.",
            Family::BiLstm(_) => "bilstm.",
            Family::Bert(_) => "bert.",
        };
        for (name, range) in &self.space {
            ensure!(
                name.starts_with("train.") || name.starts_with(section),
                "{name} cannot be searched: only settings of [train] and [{}], which change no rows and no vectors",
                section.trim_end_matches('.')
            );
            ensure!(name != "train.epochs", "train.epochs is what rungs say");
            range.check().with_context(|| name.clone())?;
        }
        // Which values do not go together shows when they are drawn.
        for (name, range) in &self.space {
            for value in range.to_try() {
                self.apply(recipe, &BTreeMap::from([(name.clone(), value)]))?;
            }
        }
        Ok(())
    }
}

/// Puts `value` at a dotted name; nothing where the way there is none.
fn set(table: &mut Table, name: &str, value: Value) -> Option<()> {
    match name.split_once('.') {
        Some((first, rest)) => set(table.get_mut(first)?.as_table_mut()?, rest, value),
        None => {
            *table.get_mut(name)? = value;
            Some(())
        }
    }
}

impl Range {
    /// The value at `unit`, from 0 to 1; numbers have four digits.
    #[must_use]
    pub fn value(&self, unit: f64) -> Value {
        match self {
            Self::Choices { choices } => choices[self.choice(unit)].clone(),
            Self::Numbers { from, to, scale } => {
                let (low, high) = (number(from), number(to));
                let value = match scale {
                    Scale::Linear => low + unit * (high - low),
                    Scale::Log => (low.ln() + unit * (high.ln() - low.ln())).exp(),
                };
                if from.is_integer() && to.is_integer() {
                    Value::Integer(value.round() as i64)
                } else {
                    Value::Float(four_digits(value))
                }
            }
        }
    }

    /// Every choice, or both ends of a number: if each can be alone, so can all between.
    fn to_try(&self) -> Vec<Value> {
        match self {
            Self::Choices { choices } => choices.clone(),
            Self::Numbers { .. } => [0.0, 1.0].map(|unit| self.value(unit)).into(),
        }
    }

    /// How many choices it has, if they are choices.
    #[must_use]
    pub const fn choices(&self) -> Option<usize> {
        match self {
            Self::Choices { choices } => Some(choices.len()),
            Self::Numbers { .. } => None,
        }
    }

    /// Which choice lies at `unit`; of numbers the first.
    #[must_use]
    pub fn choice(&self, unit: f64) -> usize {
        let count = self.choices().unwrap_or(1);
        ((unit * count as f64) as usize).min(count - 1)
    }

    fn check(&self) -> Result<()> {
        match self {
            Self::Choices { choices } => {
                ensure!(choices.len() > 1, "choices must be two or more");
            }
            Self::Numbers { from, to, scale } => {
                let (low, high) = (number(from), number(to));
                ensure!(low < high, "from must be a number below to, which must be one too");
                if *scale == Scale::Log && low <= 0.0 {
                    bail!("from must be above 0 where the scale is log");
                }
            }
        }
        Ok(())
    }
}

/// What is no number is below and above nothing.
fn number(value: &Value) -> f64 {
    let whole = value.as_integer().map(|whole| whole as f64);
    value.as_float().or(whole).unwrap_or(f64::NAN)
}

/// As a recipe can be read aloud.
fn four_digits(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECIPE: &str = include_str!("../../recipes/bilstm.toml");

    fn space(ranges: &str) -> Result<Space> {
        let text =
            format!("trials = 4\nreduction = 2\nrungs = [1, 3]\nseed = 1\n[space]\n{ranges}");
        Space::parse(&text, &Recipe::parse(RECIPE)?)
    }

    #[test]
    fn the_released_spaces_are_sound_for_their_recipes() {
        for (recipe, text) in [
            (RECIPE, include_str!("../../recipes/tune-bilstm.toml")),
            (
                include_str!("../../recipes/minilm.toml"),
                include_str!("../../recipes/tune-minilm.toml"),
            ),
            (
                include_str!("../../recipes/linear.toml"),
                include_str!("../../recipes/tune-linear.toml"),
            ),
        ] {
            Space::parse(text, &Recipe::parse(recipe).unwrap()).unwrap();
        }
    }

    #[test]
    fn a_point_is_a_recipe() {
        let space = space(
            "\"train.learning_rate\" = { from = 1e-4, to = 1e-2, scale = \"log\" }\n\
             \"bilstm.hidden\" = { from = 16, to = 32 }\n\
             \"train.batch\" = { choices = [32, 64, 128] }",
        )
        .unwrap();
        let recipe = Recipe::parse(RECIPE).unwrap();
        // In the order of names: hidden, batch, learning rate.
        let drawn = space.apply(&recipe, &space.values(&[0.5, 0.4, 0.5])).unwrap();
        assert_eq!((drawn.train.epochs, drawn.train.batch), (3, 64));
        assert_eq!((drawn.bilstm.unwrap().hidden, drawn.train.learning_rate), (24, 1e-3));
        let own = space.apply(&recipe, &BTreeMap::new()).unwrap();
        assert_eq!((own.train.epochs, own.train.batch), (3, recipe.train.batch));
    }

    #[test]
    fn rungs_are_shares_of_the_rows_by_the_family_and_not_by_their_numbers() {
        let recipe = Recipe::parse(include_str!("../../recipes/linear.toml")).unwrap();
        let text = "trials = 4\nreduction = 2\nrungs = [1.0]\nseed = 1\n[space]\n\
            \"linear.smoothing\" = { from = 0.1, to = 1.0 }";
        assert_eq!(Space::parse(text, &recipe).unwrap().unit, RungUnit::RowShares);
        let of_network = space("\"train.clip\" = { from = 1, to = 2 }").unwrap();
        assert_eq!(of_network.unit, RungUnit::Epochs);
    }

    #[test]
    fn a_search_of_what_cannot_be_is_refused_by_its_name() {
        for (ranges, word) in [
            ("", "no setting"),
            ("\"train.lerning_rate\" = { from = 1e-4, to = 1e-2 }", "train.lerning_rate"),
            ("\"train.epochs\" = { from = 1, to = 2 }", "train.epochs"),
            ("\"preprocess.max_tokens\" = { from = 1, to = 2 }", "preprocess.max_tokens"),
            ("\"linear.smoothing\" = { from = 1, to = 2 }", "linear.smoothing"),
            ("\"train.clip\" = { from = 2, to = 1 }", "below to"),
            ("\"train.clip\" = { from = 0, to = 1, scale = \"log\" }", "above 0"),
            ("\"train.clip\" = { choices = [1.0] }", "two or more"),
            ("\"bilstm.dropout\" = { from = 0.1, to = 1.5 }", "bilstm.dropout"),
            ("\"train.batch\" = { choices = [32, 0, 64] }", "train.batch"),
        ] {
            let refusal = format!("{:#}", space(ranges).unwrap_err());
            assert!(refusal.contains(word), "{ranges}: {refusal}");
        }
    }
}
