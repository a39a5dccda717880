//! The network that was trained, in single precision: what the fast one is held against.

use std::collections::HashMap;

use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use half::f16;
use safetensors::SafeTensors;

use super::{BiLstm, BiLstmConfig, EMBEDDING, word_vectors};
use crate::{
    bundle::{BundleError, WEIGHTS},
    models::tensors::{SCALES, numbers_of, unreadable},
};

/// [`BiLstm`] with its word vectors.
pub struct PlainBiLstm {
    /// `(words, embedding)`
    embedding: Vec<f16>,
    size: usize,
    network: BiLstm,
}

impl PlainBiLstm {
    /// Takes its weights from `tensors`, and a vector for each of so many `words`.
    ///
    /// # Errors
    /// If one is missing or of another shape.
    pub fn new(
        config: &BiLstmConfig,
        tensors: &SafeTensors<'_>,
        words: usize,
    ) -> Result<Self, BundleError> {
        let embedding = word_vectors(tensors, words, config.embedding)?;
        let mut variables = HashMap::new();
        let is_other = |name: &str| name != EMBEDDING && !name.ends_with(SCALES);
        for (name, tensor) in tensors.tensors().into_iter().filter(|(name, _)| is_other(name)) {
            let values: Vec<f32> = numbers_of(tensors, &name, tensor.shape())?.collect();
            variables.insert(name, Tensor::from_vec(values, tensor.shape(), &Device::Cpu)?);
        }
        let vars = VarBuilder::from_tensors(variables, DType::F32, &Device::Cpu);
        let network =
            BiLstm::new(config, &vars).map_err(|error| unreadable(WEIGHTS, error.to_string()))?;
        Ok(Self { embedding, size: config.embedding, network })
    }

    /// The logits of each of `rows`, the ids of its words.
    ///
    /// # Errors
    /// If the arithmetic fails.
    pub fn logits(&self, rows: &[&[u32]]) -> candle_core::Result<Vec<Vec<f32>>> {
        let lengths: Vec<usize> = rows.iter().map(|row| row.len()).collect();
        let time = lengths.iter().copied().max().unwrap_or(0);
        self.network.forward(&self.embed(rows, time)?, &lengths, None)?.to_vec2()
    }

    /// The embedded words of `rows`, `(rows, time, embedding)`, with 0 after each row's end.
    fn embed(&self, rows: &[&[u32]], time: usize) -> candle_core::Result<Tensor> {
        let size = self.size;
        let mut x = vec![0.0_f32; rows.len() * time * size];
        for (ids, x) in rows.iter().zip(x.chunks_exact_mut(time * size)) {
            for (&id, x) in ids.iter().zip(x.chunks_exact_mut(size)) {
                let from = id as usize * size;
                let vector = &self.embedding[from..from + size];
                x.iter_mut().zip(vector).for_each(|(x, v)| *x = v.to_f32());
            }
        }
        Tensor::from_vec(x, (rows.len(), time, size), &Device::Cpu)
    }
}
