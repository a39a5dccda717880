//! The rows to learn from or to be examined on, counted.

use anyhow::{Result, ensure};
use domain::Label;
use rayon::prelude::*;
use sentiment::models::linear::{Counted, FeatureConfig, Reader, token_name};

use super::LABELS;
use crate::{
    data::Example,
    recipe::{Kind, Recipe, Source},
};

/// What a row teaches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lesson {
    /// Its label.
    pub label: Label,
    /// Which labels could have been given: all by a person, negative and positive by an emoticon.
    pub competes: [bool; LABELS],
    /// What its loss is multiplied by.
    pub weight: f32,
}

/// Rows without their texts.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// What each row teaches.
    pub lessons: Vec<Lesson>,
    /// The name of each row's source.
    pub sources: Vec<String>,
    /// The features of each row.
    pub features: Vec<Counted>,
    /// The single tokens of all rows as features, ascending, each once.
    pub tokens: Vec<u32>,
}

impl Lesson {
    /// A row of `source` that is labelled `label`.
    #[must_use]
    pub fn new(label: Label, source: &Source) -> Self {
        let mut competes = [true; LABELS];
        competes[Label::Neutral as usize] =
            source.kind == Some(Kind::Human) || label == Label::Neutral;
        Self { label, competes, weight: source.weight * source.repeat as f32 }
    }
}

impl Texts {
    /// Reads `examples` as the recipe says.
    ///
    /// # Errors
    /// If an example is of a source that the recipe lacks, or its label is none of the recipe's.
    pub fn read(examples: &[Example], recipe: &Recipe, config: &FeatureConfig) -> Result<Self> {
        let reader = Reader::new(&recipe.preprocess, config);
        let read = |example: &Example| {
            let read = reader.read(&example.text);
            let tokens: Vec<u32> = read.tokens.iter().map(|token| token_name(token)).collect();
            (read.features, tokens)
        };
        let (features, tokens): (Vec<Counted>, Vec<Vec<u32>>) =
            examples.par_iter().map(read).unzip();
        let mut tokens = tokens.concat();
        tokens.par_sort_unstable();
        tokens.dedup();
        let mut texts = Self { features, tokens, ..Self::default() };
        let labels = recipe.outputs().labels;
        for example in examples {
            let Example { source, row, .. } = example;
            let label = example.labelled()?;
            ensure!(
                labels.contains(&label),
                "row {row} of {source} is {label}, which is no label of a recipe without a [[source]] that people labelled"
            );
            texts.lessons.push(Lesson::new(label, recipe.source(source)?));
            texts.sources.push(source.clone());
        }
        Ok(texts)
    }
}
