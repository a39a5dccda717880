//! Text in, verdicts out.

use domain::{Label, ModelId, Prediction};
use half::f16;
use safetensors::{SafeTensors, tensor::TensorView};

use super::{Config, Network, Pieces, Rows, WORDS};
use crate::{
    bundle::{Bundle, BundleError, CARD, CONFIG, Card, TOKENIZER, WEIGHTS},
    language,
    models::{
        Model, ModelError, Outputs, Reading, ReasonShares,
        ensemble::{Member, Opinion},
        tensors::{check_numbers, numbers, unreadable},
    },
    vocabulary::Encoded,
};

/// Rows that go through the network together at most.
const ROWS_AT_ONCE: usize = 32;

/// A loaded encoder with its head.
pub struct BertModel {
    id: ModelId,
    card: Card,
    config: Config,
    pieces: Pieces,
    /// `(words, hidden)`, kept in 16 bits: only the rows of a text's pieces are widened.
    words: Vec<f16>,
    weights: Vec<f32>,
    network: Network,
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
    pub fn load(bundle: &Bundle) -> Result<Self, BundleError> {
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
            weights.extend(numbers(&tensor(&tensors, &parameter.name, &parameter.shape)?)?);
        }
        let words = tensor(&tensors, WORDS, &[encoder.words, encoder.hidden])?;
        Ok(Self {
            id: ModelId { name: bundle.name().to_owned(), version: bundle.version().to_owned() },
            card: bundle.json::<Card>(CARD)?,
            pieces,
            words: numbers(&words)?.map(f16::from_f32).collect(),
            weights,
            network,
            config,
        })
    }

    fn read(&self, text: &str) -> Read {
        Read { pieces: self.pieces.encode(text), language: language::detect(text) }
    }

    /// The vectors of the rows' pieces, `(tokens, hidden)`.
    fn vectors(&self, rows: &Rows) -> Vec<f32> {
        let hidden = self.config.encoder.hidden;
        let vectors =
            rows.words.iter().flat_map(|&id| &self.words[id as usize * hidden..][..hidden]);
        vectors.map(|number| number.to_f32()).collect()
    }

    fn logits(&self, rows: &[&Read]) -> Vec<Vec<f32>> {
        let ids: Vec<&[u32]> = rows.iter().map(|row| row.pieces.ids.as_slice()).collect();
        let rows = Rows::pack(&ids);
        let logits = self.network.logits(&self.weights, self.vectors(&rows), &rows);
        logits.chunks_exact(self.config.outputs.count()).map(<[f32]>::to_vec).collect()
    }

    /// What `judge` makes of each text's logits, in the order of the texts.
    fn each<T>(&self, texts: &[&str], judge: impl Fn(&Read, &[f32]) -> T) -> Vec<T> {
        let reads = texts.iter().map(|text| self.read(text)).collect::<Vec<_>>();
        let mut judged = Vec::with_capacity(texts.len());
        for rows in reads.chunks(ROWS_AT_ONCE) {
            let rows = rows.iter().collect::<Vec<_>>();
            let logits = self.logits(&rows);
            judged.extend(rows.iter().zip(logits).map(|(row, logits)| judge(row, &logits)));
        }
        judged
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

/// The tensor `name`, which must be of this shape.
fn tensor<'a>(
    tensors: &SafeTensors<'a>,
    name: &str,
    shape: &[usize],
) -> Result<TensorView<'a>, BundleError> {
    let tensor = tensors.tensor(name).map_err(|error| unreadable(WEIGHTS, error.to_string()))?;
    if tensor.shape() != shape {
        let found = tensor.shape();
        return Err(unreadable(WEIGHTS, format!("{name} is {found:?} where {shape:?} is wanted")));
    }
    Ok(tensor)
}
