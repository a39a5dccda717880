//! Text in, verdicts out.

use domain::{Label, ModelId, Prediction};
use safetensors::SafeTensors;

use super::{
    Config,
    plain::PlainBiLstm,
    quantised::{KEPT_WORDS, QuantisedBiLstm},
};
use crate::{
    bundle::{Bundle, BundleError, CARD, CONFIG, Card, VOCABULARY, WEIGHTS},
    language,
    models::{
        Arithmetic, Model, ModelError, Outputs, Reading, ReasonShares,
        ensemble::{Member, Opinion},
        tensors::{check_numbers, unreadable},
    },
    preprocess::Preprocessor,
    vocabulary::{Encoded, Vocabulary},
};

/// Rows that go through the network together at most.
const ROWS_AT_ONCE: usize = 64;

/// A loaded BiLSTM.
pub struct BiLstmModel {
    id: ModelId,
    card: Card,
    config: Config,
    preprocessor: Preprocessor,
    vocabulary: Vocabulary,
    network: Network,
}

enum Network {
    Plain(PlainBiLstm),
    Quantised(Box<QuantisedBiLstm>),
}

/// A text on its way through the model.
struct Read {
    words: Encoded,
    language: Option<&'static str>,
}

impl BiLstmModel {
    /// Reads a verified bundle.
    ///
    /// # Errors
    /// If its parts do not fit each other.
    pub fn load(bundle: &Bundle, arithmetic: Arithmetic) -> Result<Self, BundleError> {
        let config: Config = bundle.json(CONFIG)?;
        config.check().map_err(|reason| unreadable(CONFIG, reason))?;
        let vocabulary = Vocabulary::parse(bundle.file(VOCABULARY)?)?;
        let tensors = SafeTensors::deserialize(bundle.file(WEIGHTS)?)
            .map_err(|error| unreadable(WEIGHTS, error.to_string()))?;
        check_numbers(&tensors)?;
        let (shape, words) = (&config.network, vocabulary.len());
        let network = match arithmetic {
            Arithmetic::Plain => Network::Plain(PlainBiLstm::new(shape, &tensors, words)?),
            Arithmetic::Fast => Network::Quantised(Box::new(QuantisedBiLstm::new(
                shape, &tensors, words, KEPT_WORDS,
            )?)),
        };
        Ok(Self {
            id: ModelId { name: bundle.name().to_owned(), version: bundle.version().to_owned() },
            card: bundle.json::<Card>(CARD)?,
            preprocessor: Preprocessor::new(&config.preprocess),
            network,
            vocabulary,
            config,
        })
    }

    fn read(&self, text: &str) -> Read {
        let words = self.preprocessor.words(text);
        Read { words: self.vocabulary.encode(&words), language: language::detect(text) }
    }

    fn logits(&self, rows: &[&[u32]]) -> Result<Vec<Vec<f32>>, ModelError> {
        match &self.network {
            Network::Plain(network) => Ok(network.logits(rows)?),
            Network::Quantised(network) => Ok(network.logits(rows)),
        }
    }

    /// What `judge` makes of each text's logits, in the order of the texts.
    fn each<T: Clone>(
        &self,
        texts: &[&str],
        judge: impl Fn(&Read, &[f32]) -> T,
    ) -> Result<Vec<T>, ModelError> {
        let reads = texts.iter().map(|text| self.read(text)).collect::<Vec<_>>();
        // Rows of like length go together, so that little is padding.
        let mut order: Vec<usize> = (0..reads.len()).collect();
        order.sort_by_key(|&index| reads[index].words.ids.len());
        let mut judged = vec![None; reads.len()];
        for indices in order.chunks(ROWS_AT_ONCE) {
            let rows: Vec<&[u32]> =
                indices.iter().map(|&index| reads[index].words.ids.as_slice()).collect();
            for (&index, logits) in indices.iter().zip(self.logits(&rows)?) {
                judged[index] = Some(judge(&reads[index], &logits));
            }
        }
        Ok(judged.into_iter().flatten().collect())
    }
}

impl Model for BiLstmModel {
    fn id(&self) -> &ModelId {
        &self.id
    }

    fn labels(&self) -> &[Label] {
        &self.config.network.outputs.labels
    }

    fn card(&self) -> &Card {
        &self.card
    }

    fn predict(&self, texts: &[&str]) -> Result<Vec<Prediction>, ModelError> {
        let Config { network, calibration, .. } = &self.config;
        self.each(texts, |read, logits| {
            let reading = Reading::new(read.words.known, read.language, &self.config.languages);
            network.outputs.verdict(logits, calibration, &reading)
        })
    }

    fn reasons(&self, texts: &[&str]) -> Result<Option<Vec<ReasonShares>>, ModelError> {
        let Config { network, calibration, .. } = &self.config;
        if network.outputs.reasons.is_empty() {
            return Ok(None);
        }
        let shares = self.each(texts, |_, logits| network.outputs.reasons(logits, calibration))?;
        Ok(shares.into_iter().collect())
    }
}

impl Member for BiLstmModel {
    fn outputs(&self) -> &Outputs {
        &self.config.network.outputs
    }

    fn opinions(&self, texts: &[&str]) -> Result<Vec<Opinion>, ModelError> {
        let Config { network, calibration, .. } = &self.config;
        self.each(texts, |read, logits| {
            Opinion::new(&network.outputs, logits, calibration, read.words.known, read.language)
        })
    }
}
