//! Text in, verdicts out.

use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use domain::{Label, ModelId, Prediction};
use half::f16;
use safetensors::SafeTensors;

use super::{BiLstm, Config};
use crate::{
    bundle::{Bundle, BundleError, CARD, CONFIG, Card, VOCABULARY, WEIGHTS},
    language,
    models::{
        Model, ModelError, Outputs, Reading, ReasonShares,
        ensemble::{Member, Opinion},
        tensors::{check_numbers, numbers, unreadable},
    },
    preprocess::Preprocessor,
    vocabulary::{Encoded, Vocabulary},
};

/// Name of the embedding table `(words, embedding)` among the weights.
const EMBEDDING: &str = "embedding.weight";

/// Rows that go through the network together at most.
const ROWS_AT_ONCE: usize = 64;

/// A loaded BiLSTM.
pub struct BiLstmModel {
    id: ModelId,
    card: Card,
    config: Config,
    preprocessor: Preprocessor,
    vocabulary: Vocabulary,
    /// `(words, embedding)`, kept in 16 bits: only the rows of a text's words are widened.
    embedding: Vec<f16>,
    network: BiLstm,
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
    pub fn load(bundle: &Bundle) -> Result<Self, BundleError> {
        let config: Config = bundle.json(CONFIG)?;
        config.check().map_err(|reason| unreadable(CONFIG, reason))?;
        let vocabulary = Vocabulary::parse(bundle.file(VOCABULARY)?)?;
        let weights = bundle.file(WEIGHTS)?;
        let tensors = SafeTensors::deserialize(weights)
            .map_err(|error| unreadable(WEIGHTS, error.to_string()))?;
        check_numbers(&tensors)?;
        let embedding = embedding(&tensors, vocabulary.len(), config.network.embedding)?;
        let vars =
            VarBuilder::from_buffered_safetensors(weights.to_vec(), DType::F32, &Device::Cpu)?;
        Ok(Self {
            id: ModelId { name: bundle.name().to_owned(), version: bundle.version().to_owned() },
            card: bundle.json::<Card>(CARD)?,
            preprocessor: Preprocessor::new(&config.preprocess),
            network: BiLstm::new(&config.network, &vars)?,
            vocabulary,
            embedding,
            config,
        })
    }

    fn read(&self, text: &str) -> Read {
        let words = self.preprocessor.words(text);
        Read { words: self.vocabulary.encode(&words), language: language::detect(text) }
    }

    /// The embedded words of `rows`, `(rows, time, embedding)`, with 0 after each row's end.
    fn embed(&self, rows: &[&Read], time: usize) -> candle_core::Result<Tensor> {
        let size = self.config.network.embedding;
        let mut x = vec![0.0_f32; rows.len() * time * size];
        for (row, x) in rows.iter().zip(x.chunks_exact_mut(time * size)) {
            for (&id, x) in row.words.ids.iter().zip(x.chunks_exact_mut(size)) {
                let from = id as usize * size;
                let vector = &self.embedding[from..from + size];
                x.iter_mut().zip(vector).for_each(|(x, v)| *x = v.to_f32());
            }
        }
        Tensor::from_vec(x, (rows.len(), time, size), &Device::Cpu)
    }

    fn logits(&self, rows: &[&Read]) -> candle_core::Result<Vec<Vec<f32>>> {
        let lengths = rows.iter().map(|row| row.words.ids.len()).collect::<Vec<_>>();
        let time = lengths.iter().copied().max().unwrap_or(0);
        self.network.forward(&self.embed(rows, time)?, &lengths, None)?.to_vec2()
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
            let rows = indices.iter().map(|&index| &reads[index]).collect::<Vec<_>>();
            for ((&index, row), logits) in indices.iter().zip(&rows).zip(self.logits(&rows)?) {
                judged[index] = Some(judge(row, &logits));
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

/// The embedding table in 16 bits, whatever the bundle keeps it in.
fn embedding(
    tensors: &SafeTensors<'_>,
    words: usize,
    size: usize,
) -> Result<Vec<f16>, BundleError> {
    let table =
        tensors.tensor(EMBEDDING).map_err(|error| unreadable(WEIGHTS, error.to_string()))?;
    if table.shape() != [words, size] {
        let shape = table.shape();
        let reason = format!("{EMBEDDING} is {shape:?}, the vocabulary wants [{words}, {size}]");
        return Err(unreadable(WEIGHTS, reason));
    }
    Ok(numbers(&table)?.map(f16::from_f32).collect())
}
