//! Text in, verdicts out.

use domain::{Label, ModelId, Prediction};
use safetensors::SafeTensors;

use super::{Config, Network, Pieces, WORDS, packed::PackedNetwork};
use crate::{
    bundle::{Bundle, BundleError, CARD, CONFIG, Card, TOKENIZER, WEIGHTS},
    language,
    models::{
        Arithmetic, Model, ModelError, Outputs, Reading, ReasonShares,
        ensemble::{Member, Opinion},
        tensors::{check_numbers, halves_of, numbers_of, unreadable},
    },
    vocabulary::Encoded,
};

/// A loaded encoder with its head.
pub struct BertModel {
    id: ModelId,
    card: Card,
    config: Config,
    pieces: Pieces,
    network: PackedNetwork,
}

/// A text on its way through the model.
struct Read {
    pieces: Encoded,
    language: Option<&'static str>,
}

impl BertModel {
    /// Reads a verified bundle.
    ///
    /// # Errors
    /// If its parts do not fit each other.
    pub fn load(bundle: &Bundle, arithmetic: Arithmetic) -> Result<Self, BundleError> {
        let config: Config = bundle.json(CONFIG)?;
        config.check().map_err(|reason| unreadable(CONFIG, reason))?;
        let encoder = &config.encoder;
        let tokenizer = bundle.file(TOKENIZER)?;
        let pieces = Pieces::new(&config.preprocess, tokenizer, config.pieces, encoder.words)
            .map_err(|reason| unreadable(TOKENIZER, reason))?;
        let tensors = SafeTensors::deserialize(bundle.file(WEIGHTS)?)
            .map_err(|error| unreadable(WEIGHTS, error.to_string()))?;
        check_numbers(&tensors)?;
        let network = Network::new(encoder, config.outputs.count());
        let mut weights = Vec::with_capacity(network.count());
        for parameter in network.parameters() {
            weights.extend(numbers_of(&tensors, &parameter.name, &parameter.shape)?);
        }
        let words = halves_of(&tensors, WORDS, &[encoder.words, encoder.hidden])?;
        Ok(Self {
            id: ModelId { name: bundle.name().to_owned(), version: bundle.version().to_owned() },
            card: bundle.json::<Card>(CARD)?,
            pieces,
            network: PackedNetwork::new(&network, &weights, words, arithmetic),
            config,
        })
    }

    fn read(&self, text: &str) -> Read {
        Read { pieces: self.pieces.encode(text), language: language::detect(text) }
    }

    /// What `judge` makes of each text's logits, in the order of the texts.
    fn each<T>(&self, texts: &[&str], judge: impl Fn(&Read, &[f32]) -> T) -> Vec<T> {
        let reads = texts.iter().map(|text| self.read(text)).collect::<Vec<_>>();
        let rows = reads.iter().map(|read| read.pieces.ids.as_slice()).collect::<Vec<_>>();
        let logits = self.network.logits(&rows);
        reads.iter().zip(logits).map(|(read, logits)| judge(read, &logits)).collect()
    }
}

impl Model for BertModel {
    fn id(&self) -> &ModelId {
        &self.id
    }

    fn labels(&self) -> &[Label] {
        &self.config.outputs.labels
    }

    fn card(&self) -> &Card {
        &self.card
    }

    fn predict(&self, texts: &[&str]) -> Result<Vec<Prediction>, ModelError> {
        let Config { outputs, calibration, languages, .. } = &self.config;
        Ok(self.each(texts, |read, logits| {
            let reading = Reading::new(read.pieces.known, read.language, languages);
            outputs.verdict(logits, calibration, &reading)
        }))
    }

    fn reasons(&self, texts: &[&str]) -> Result<Option<Vec<ReasonShares>>, ModelError> {
        let Config { outputs, calibration, .. } = &self.config;
        if outputs.reasons.is_empty() {
            return Ok(None);
        }
        let shares = self.each(texts, |_, logits| outputs.reasons(logits, calibration));
        Ok(shares.into_iter().collect())
    }
}

impl Member for BertModel {
    fn outputs(&self) -> &Outputs {
        &self.config.outputs
    }

    fn opinions(&self, texts: &[&str]) -> Result<Vec<Opinion>, ModelError> {
        let Config { outputs, calibration, .. } = &self.config;
        Ok(self.each(texts, |read, logits| {
            Opinion::new(outputs, logits, calibration, read.pieces.known, read.language)
        }))
    }
}
