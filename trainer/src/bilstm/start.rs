//! What a training of a bidirectional LSTM starts from.

use std::path::Path;

use anyhow::{Context, Result, bail};
use sentiment::{
    Bundle,
    bundle::{CONFIG, VOCABULARY, WEIGHTS},
    models::{
        Outputs,
        bilstm::{BiLstmConfig, Config, FAMILY},
    },
    vocabulary::Vocabulary,
};
use sha2::{Digest, Sha256};

use super::{BiLstmLearner, Settings, WordReader};
use crate::{
    bundle_folder,
    data::Report,
    origin::{self, StartOrigin, VectorsOrigin},
    outputs,
    recipe::Recipe,
    tensors::{self, Arrays},
    training::Learner,
    vectors::Vectors,
};

/// Words, vectors and, from a bundle, all other weights.
pub struct Start {
    /// The words and their vectors.
    pub vectors: Vectors,
    /// The weights of the bundle, its vectors among them, and the outputs that it has.
    pub weights: Option<(Arrays, Outputs)>,
    /// Where they come from.
    pub origin: StartOrigin,
    /// The commands that made them.
    pub commands: Vec<String>,
}

impl Start {
    /// From the word vectors in `folder`, which are of the recipe's prepared rows.
    ///
    /// # Errors
    /// If they are not there or of other rows.
    pub fn from_vectors(
        folder: &Path,
        recipe: &Recipe,
        settings: &Settings,
        report: &Report,
    ) -> Result<Self> {
        let mut vectors = Vectors::read(folder)?;
        let origin: VectorsOrigin = origin::read(folder, "embed")?;
        origin.check(recipe, report)?;
        vectors.scale_to(settings.embedding_deviation);
        let VectorsOrigin { commands, embeddings, .. } = origin;
        Ok(Self { vectors, weights: None, origin: StartOrigin::Vectors { embeddings }, commands })
    }

    /// From the bundle in `folder`, whose network is the recipe's.
    ///
    /// # Errors
    /// If it is none, or reads or judges text in another way.
    pub fn from_bundle(folder: &Path, recipe: &Recipe, settings: &Settings) -> Result<Self> {
        let bundle = Bundle::verify(bundle_folder::read(folder)?)?;
        let (weights, _) = tensors::from_bytes(bundle.file(WEIGHTS)?)?;
        let vocabulary = Vocabulary::parse(bundle.file(VOCABULARY)?)?;
        let vectors = Vectors::from_arrays(vocabulary, &weights)?;
        let hint = || format!("training cannot start from {}", folder.display());
        let outputs = fits(&bundle, recipe, settings, vectors.dimension).with_context(hint)?;
        let origin = StartOrigin::of_bundle(&bundle)?;
        Ok(Self { vectors, weights: Some((weights, outputs)), origin, commands: Vec::new() })
    }

    /// The network at its start, and how it reads.
    ///
    /// # Errors
    /// If a thread cannot be started.
    pub fn learner(
        self,
        recipe: &Recipe,
        settings: &Settings,
    ) -> Result<(BiLstmLearner, WordReader)> {
        let Vectors { vocabulary, dimension, values } = self.vectors;
        let mut learner =
            BiLstmLearner::new(settings, &recipe.train, values, dimension, recipe.seed)?;
        if let Some((mut weights, outputs)) = self.weights {
            outputs::restore(&mut weights, &outputs, &learner.weights()?)?;
            learner.set_weights(&mut weights)?;
        }
        Ok((learner, WordReader::new(&recipe.preprocess, vocabulary)))
    }

    /// A sum of all numbers.
    #[must_use]
    pub fn digest(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        let weights = self
            .weights
            .iter()
            .flat_map(|(weights, _)| weights.values())
            .map(|array| &array.values);
        for values in weights.chain([&self.vectors.values]) {
            values.iter().for_each(|value| hash.update(value.to_le_bytes()));
        }
        hash.finalize().to_vec()
    }
}

/// The outputs of `bundle`, or what it has other than a network of `recipe` over vectors of this
/// dimension: such weights would load and mean something else.
fn fits(
    bundle: &Bundle,
    recipe: &Recipe,
    settings: &Settings,
    dimension: usize,
) -> Result<Outputs> {
    let family: serde_json::Value = bundle.json(CONFIG)?;
    if family["family"] != FAMILY {
        bail!("its family is {}, not “{FAMILY}”", family["family"]);
    }
    let Config { preprocess, network, .. } = bundle.json(CONFIG)?;
    let BiLstmConfig { embedding, hidden, dense, outputs } = network;
    if preprocess != recipe.preprocess {
        bail!("its preprocessing is {preprocess:?}, the recipe's {:?}", recipe.preprocess);
    }
    for (name, has, wanted) in [
        ("embedding", embedding, dimension),
        ("hidden", hidden, settings.hidden),
        ("dense", dense, settings.dense),
    ] {
        if has != wanted {
            bail!("its {name} size is {has} where {wanted} is wanted");
        }
    }
    Ok(outputs)
}

#[cfg(test)]
mod tests {
    use sentiment::bundle::BundleFiles;

    use super::*;

    /// What is said of a bundle whose configuration was changed so.
    fn refusal(change: impl FnOnce(&mut serde_json::Value)) -> Option<String> {
        let recipe = Recipe::parse(include_str!("../../recipes/bilstm.toml")).unwrap();
        let mut config = serde_json::json!({
            "family": FAMILY,
            "preprocess": recipe.preprocess,
            "network": {
                "embedding": 300,
                "hidden": Settings::default().hidden,
                "dense": Settings::default().dense,
                "labels": ["negative", "neutral", "positive"],
            },
            "temperature": 1.0,
            "languages": ["en"],
        });
        change(&mut config);
        let files = BundleFiles::from([(CONFIG.to_owned(), config.to_string().into_bytes())]);
        let bundle = Bundle::create("toy", files).unwrap();
        fits(&bundle, &recipe, &Settings::default(), 300).err().map(|error| error.to_string())
    }

    #[test]
    fn what_differs_from_the_recipe_is_named() {
        assert_eq!(refusal(|_| {}), None);
        let said = refusal(|config| config["family"] = "transformer".into()).unwrap();
        assert!(said.contains("family is \"transformer\""), "{said}");
        let said = refusal(|config| config["preprocess"]["max_tokens"] = 7.into()).unwrap();
        assert!(said.contains("preprocessing") && said.contains('7'), "{said}");
        for name in ["embedding", "hidden", "dense"] {
            let said = refusal(|config| config["network"][name] = 3.into()).unwrap();
            assert!(said.contains(&format!("{name} size is 3")), "{said}");
        }
    }
}
