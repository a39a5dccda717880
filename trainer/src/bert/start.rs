//! What the fine-tuning of an encoder starts from.

use std::{fs, path::Path};

use anyhow::{Context, Result, anyhow, bail, ensure};
use candle_core::Device;
use rand::RngExt;
use sentiment::{
    Bundle,
    bundle::{BundleFiles, CONFIG, TOKENIZER, WEIGHTS},
    models::{
        Outputs,
        bert::{Checkpoint, Config, EncoderConfig, FAMILY, Network, Pieces, WORDS},
    },
};
use sha2::{Digest, Sha256};

use super::{BertLearner, ENCODER, PieceReader, Settings, bundle::json};
use crate::{
    bundle_folder,
    data::Report,
    origin::{self, EncoderOrigin, FileSum, StartOrigin},
    outputs, random,
    recipe::Recipe,
    tensors::{self, Arrays},
    training::{Learner, OUTPUTS},
};

/// Deviation of the head's weights before training, as BERT's own were drawn.
const DEVIATION: f32 = 0.02;

/// An encoder, its word table and tokenizer and, from a bundle, its head.
pub struct Start {
    encoder: EncoderConfig,
    pub(super) tokenizer: Vec<u8>,
    weights: Weights,
    /// Where it comes from.
    pub origin: StartOrigin,
    /// The commands that adapted it, those that made their rows among them; none if none did.
    pub commands: Vec<String>,
}

/// The numbers of an encoder.
enum Weights {
    /// Without a head.
    Pretrained(Checkpoint),
    /// Of a bundle, with a head of these outputs.
    Bundle(Arrays, Outputs),
}

impl Start {
    /// From a Hugging Face directory: `config.json`, `tokenizer.json` and `model.safetensors` of
    /// a BERT, MiniLM or DistilBERT; or from what `adapt` made of one with the recipe's rows.
    ///
    /// # Errors
    /// If a file is missing, damaged, or of another architecture; or if it was adapted to other
    /// rows than those of `report`, which may be validated on.
    pub fn from_encoder(
        folder: &Path,
        settings: &Settings,
        recipe: &Recipe,
        report: &Report,
    ) -> Result<Self> {
        let hint = || format!("training cannot start from {}", folder.display());
        let file = |name: &str| {
            let path = folder.join(name);
            let content = fs::read(&path).with_context(|| {
                format!(
                    "{} cannot be read: give the folder of a Hugging Face encoder",
                    path.display()
                )
            })?;
            Ok::<_, anyhow::Error>((content, FileSum::of(&path)?))
        };
        let [config, tokenizer, weights] = [CONFIG, TOKENIZER, WEIGHTS].map(file);
        let ((config, config_sum), (tokenizer, tokenizer_sum)) = (config?, tokenizer?);
        let (weights, weights_sum) = weights?;
        let encoder =
            EncoderConfig::from_hugging_face(&config).map_err(|e| anyhow!(e)).with_context(hint)?;
        check_pieces(&encoder, settings).with_context(hint)?;
        let checkpoint =
            Checkpoint::read(&weights, &encoder).map_err(|e| anyhow!(e)).with_context(hint)?;
        let files = vec![config_sum, tokenizer_sum, weights_sum];
        let (mut adapted_from, mut commands) = (None, Vec::new());
        if folder.join(origin::FILE).exists() {
            let origin: EncoderOrigin = origin::read(folder, "adapt")?;
            origin.check(recipe, report)?;
            (adapted_from, commands) = (Some(origin.files), origin.commands);
        }
        Ok(Self {
            encoder,
            tokenizer,
            weights: Weights::Pretrained(checkpoint),
            origin: StartOrigin::Encoder { files, adapted_from },
            commands,
        })
    }

    /// The shape and the weights of an encoder without a head.
    ///
    /// # Errors
    /// If it has one.
    pub fn pretrained(&self) -> Result<(&EncoderConfig, &Checkpoint)> {
        match &self.weights {
            Weights::Pretrained(checkpoint) => Ok((&self.encoder, checkpoint)),
            Weights::Bundle(..) => bail!("a bundle's encoder is fine-tuned already"),
        }
    }

    /// From the bundle in `folder`, which reads as the recipe says.
    ///
    /// # Errors
    /// If it is none, or reads text in another way.
    pub fn from_bundle(folder: &Path, recipe: &Recipe, settings: &Settings) -> Result<Self> {
        let bundle = Bundle::verify(bundle_folder::read(folder)?)?;
        let hint = || format!("training cannot start from {}", folder.display());
        let (weights, _) = tensors::from_bytes(bundle.file(WEIGHTS)?)?;
        let family: serde_json::Value = bundle.json(CONFIG)?;
        if family["family"] != FAMILY {
            bail!("{}: its family is {}, not “{FAMILY}”", hint(), family["family"]);
        }
        let Config { preprocess, encoder, outputs, .. } = bundle.json(CONFIG)?;
        check_pieces(&encoder, settings).with_context(hint)?;
        ensure!(
            preprocess == recipe.preprocess,
            "{}: its preprocessing is {preprocess:?}, the recipe's {:?}",
            hint(),
            recipe.preprocess
        );
        Ok(Self {
            encoder,
            tokenizer: bundle.file(TOKENIZER)?.to_vec(),
            weights: Weights::Bundle(weights, outputs),
            origin: StartOrigin::of_bundle(&bundle)?,
            commands: Vec::new(),
        })
    }

    /// The files that say how text becomes ids and what the network is.
    ///
    /// # Errors
    /// If they cannot be written as JSON.
    pub fn files(&self) -> Result<BundleFiles> {
        Ok(BundleFiles::from([
            (TOKENIZER.to_owned(), self.tokenizer.clone()),
            (ENCODER.to_owned(), json(&self.encoder)?),
        ]))
    }

    /// A sum of all numbers.
    #[must_use]
    pub fn digest(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        let mut add = |values: &[f32]| values.iter().for_each(|v| hash.update(v.to_le_bytes()));
        match &self.weights {
            Weights::Pretrained(checkpoint) => {
                add(&checkpoint.words);
                add(&checkpoint.encoder);
            }
            Weights::Bundle(weights, _) => weights.values().for_each(|array| add(&array.values)),
        }
        hash.finalize().to_vec()
    }

    /// The network at its start, on `device` if there is one, and how it reads.
    ///
    /// # Errors
    /// If the tokenizer or the bundle's weights do not fit the network.
    pub fn learner(
        self,
        recipe: &Recipe,
        settings: &Settings,
        device: Option<Device>,
    ) -> Result<(Box<dyn Learner>, PieceReader)> {
        let words = self.encoder.words;
        let pieces = Pieces::new(&recipe.preprocess, &self.tokenizer, settings.pieces, words)
            .map_err(|reason| anyhow!(reason))?;
        let network = Network::new(&self.encoder, OUTPUTS);
        let (mut weights, table) = match &self.weights {
            Weights::Pretrained(checkpoint) => {
                (checkpoint.encoder.clone(), checkpoint.words.clone())
            }
            Weights::Bundle(arrays, _) => {
                let table = arrays.get(WORDS).context("the bundle has no word table")?;
                (Vec::new(), table.values.clone())
            }
        };
        let head = initial_head(&network, recipe.seed);
        weights.resize(network.count() - head.len(), 0.0);
        weights.extend(head);
        let learner =
            BertLearner::new(&recipe.train, settings, network, weights, table, recipe.seed);
        let mut learner: Box<dyn Learner> = match device {
            None => Box::new(learner),
            Some(device) => Box::new(learner.on(device)?),
        };
        if let Weights::Bundle(mut arrays, outputs) = self.weights {
            outputs::restore(&mut arrays, &outputs, &learner.weights()?)?;
            learner.set_weights(&mut arrays)?;
        }
        Ok((learner, PieceReader(pieces)))
    }
}

/// A head that has learnt nothing: weights evenly spread around 0, biases 0.
fn initial_head(network: &Network, seed: u64) -> Vec<f32> {
    let mut random = random::stream(seed, "head", 0);
    let hidden = network.config().hidden;
    let reach = DEVIATION * 3.0_f32.sqrt();
    let mut head: Vec<f32> =
        (0..hidden * OUTPUTS).map(|_| random.random_range(-reach..reach)).collect();
    head.resize(head.len() + OUTPUTS, 0.0);
    head
}

fn check_pieces(encoder: &EncoderConfig, settings: &Settings) -> Result<()> {
    ensure!(
        settings.pieces <= encoder.positions,
        "it reads {} pieces at most where bert.pieces is {}",
        encoder.positions,
        settings.pieces
    );
    Ok(())
}
