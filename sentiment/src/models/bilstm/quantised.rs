//! The network as it is served: the recurrence in 8 bits, and what each word adds to the gates
//! computed when it is first read and kept.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use half::{f16, slice::HalfFloatSliceExt};
use safetensors::SafeTensors;

use super::{BiLstmConfig, word_vectors};
use crate::{
    bundle::BundleError,
    kernel::{InputWeights, Projection, RecurrentWeights, States, add_row_product},
    models::tensors::numbers_of,
};

/// The words, the most frequent first, whose gates are kept: 2 kB each of a network of 128 units.
pub const KEPT_WORDS: usize = 32_768;

/// [`super::BiLstm`] to within .02 in each probability.
pub struct QuantisedBiLstm {
    config: BiLstmConfig,
    /// `(words, embedding)`
    embedding: Vec<f16>,
    /// Forward and backward.
    directions: [QuantisedLstm; 2],
    dense: Dense,
    output: Dense,
    /// What the first words add to the gates, once they were read.
    kept: Vec<OnceLock<WordGates>>,
}

struct QuantisedLstm {
    input: InputWeights,
    recurrent: RecurrentWeights,
}

struct Dense {
    /// `(inputs, outputs)`
    weight: Vec<f32>,
    bias: Vec<f32>,
}

/// What a word adds to the gates of each direction.
type WordGates = [Projection; 2];

impl QuantisedBiLstm {
    /// Takes the weights of [`super::BiLstm`] from `tensors`, and a vector for each of so many
    /// `words`; keeps what the first `kept` of them add to the gates.
    ///
    /// # Errors
    /// If one is missing or of another shape.
    pub fn new(
        config: &BiLstmConfig,
        tensors: &SafeTensors<'_>,
        words: usize,
        kept: usize,
    ) -> Result<Self, BundleError> {
        let &BiLstmConfig { embedding, hidden, dense, ref outputs } = config;
        let lstm = |direction: &str| -> Result<QuantisedLstm, BundleError> {
            let weights = |name: &str, shape: &[usize]| {
                all(tensors, &format!("lstm.{direction}.{name}"), shape)
            };
            Ok(QuantisedLstm {
                input: InputWeights::new(
                    &weights("input", &[embedding, 4 * hidden])?,
                    &weights("bias", &[4 * hidden])?,
                    hidden,
                ),
                recurrent: RecurrentWeights::new(
                    &weights("recurrent", &[hidden, 4 * hidden])?,
                    hidden,
                ),
            })
        };
        Ok(Self {
            embedding: word_vectors(tensors, words, embedding)?,
            directions: [lstm("forward")?, lstm("backward")?],
            dense: Dense::new(tensors, "dense", 4 * hidden, dense)?,
            output: Dense::new(tensors, "output", dense, outputs.count())?,
            kept: (0..words.min(kept)).map(|_| OnceLock::new()).collect(),
            config: config.clone(),
        })
    }

    /// The logits of each of `rows`, which are the ids of its words, at least one and all of the
    /// vocabulary's. A row gets to the bit what it gets alone.
    #[must_use]
    pub fn logits(&self, rows: &[&[u32]]) -> Vec<Vec<f32>> {
        let hidden = self.config.hidden;
        let fresh = self.read(rows);
        let words: Vec<Vec<&WordGates>> =
            rows.iter().map(|row| row.iter().map(|&id| self.word(id, &fresh)).collect()).collect();
        // The longest first: at every step those that are still running are the first.
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&row| Reverse(rows[row].len()));
        let [forward, backward] = std::array::from_fn(|direction| {
            let mut states = States::new(rows.len(), hidden);
            let mut running = Vec::with_capacity(rows.len());
            for step in 0..order.first().map_or(0, |&row| rows[row].len()) {
                running.clear();
                running.extend(order.iter().map_while(|&row| {
                    let last = words[row].len().checked_sub(step + 1)?;
                    let place = if direction == 0 { step } else { last };
                    Some(&words[row][place][direction])
                }));
                self.directions[direction].recurrent.step(&running, &mut states);
            }
            states
        });
        let mut logits = vec![Vec::new(); rows.len()];
        for (place, &row) in order.iter().enumerate() {
            let [(forward_max, forward_sum), (backward_max, backward_sum)] =
                [&forward, &backward].map(|states| states.pooled(place, hidden));
            let share = 1.0 / rows[row].len() as f32;
            let sums = forward_sum.iter().chain(backward_sum);
            let pooled = forward_max.iter().chain(backward_max).copied();
            let pooled: Vec<f32> = pooled.chain(sums.map(|sum| sum * share)).collect();
            let mut units = self.dense.forward(&pooled);
            units.iter_mut().for_each(|unit| *unit = unit.max(0.0));
            logits[row] = self.output.forward(&units);
        }
        logits
    }

    /// Computes what the words of `rows` add to the gates that were not read before, and keeps it.
    /// Gives what is not kept, by id.
    fn read(&self, rows: &[&[u32]]) -> BTreeMap<u32, WordGates> {
        let all = rows.iter().copied().flatten();
        let unread = all.filter(|&&id| self.kept(id).is_none()).copied();
        let ids: Vec<u32> = unread.collect::<BTreeSet<_>>().into_iter().collect();
        if ids.is_empty() {
            return BTreeMap::new();
        }
        let size = self.config.embedding;
        let mut vectors = vec![0.0; ids.len() * size];
        for (&id, vector) in ids.iter().zip(vectors.chunks_exact_mut(size)) {
            let start = id as usize * size;
            self.embedding[start..start + size].convert_to_f32_slice(vector);
        }
        let [forward, backward] = &self.directions;
        let both =
            forward.input.project(&vectors).into_iter().zip(backward.input.project(&vectors));
        let mut fresh = BTreeMap::new();
        for (id, (forward, backward)) in ids.into_iter().zip(both) {
            let gates = [forward, backward];
            match self.kept.get(id as usize) {
                // Another thread may have read it meanwhile, and computed the same.
                Some(kept) => drop(kept.set(gates)),
                None => drop(fresh.insert(id, gates)),
            }
        }
        fresh
    }

    fn kept(&self, id: u32) -> Option<&WordGates> {
        self.kept.get(id as usize).and_then(OnceLock::get)
    }

    fn word<'a>(&'a self, id: u32, fresh: &'a BTreeMap<u32, WordGates>) -> &'a WordGates {
        self.kept(id).unwrap_or_else(|| &fresh[&id])
    }
}

impl Dense {
    fn new(
        tensors: &SafeTensors<'_>,
        name: &str,
        inputs: usize,
        outputs: usize,
    ) -> Result<Self, BundleError> {
        Ok(Self {
            weight: all(tensors, &format!("{name}.weight"), &[inputs, outputs])?,
            bias: all(tensors, &format!("{name}.bias"), &[outputs])?,
        })
    }

    fn forward(&self, x: &[f32]) -> Vec<f32> {
        let mut out = self.bias.clone();
        add_row_product(x, &self.weight, &mut out);
        out
    }
}

fn all(tensors: &SafeTensors<'_>, name: &str, shape: &[usize]) -> Result<Vec<f32>, BundleError> {
    Ok(numbers_of(tensors, name, shape)?.collect())
}

#[cfg(test)]
mod tests {
    use bundle_fixture::SmallBundle;
    use domain::Label;

    use super::*;
    use crate::{bundle::WEIGHTS, models::Outputs};

    #[test]
    fn words_whose_gates_are_not_kept_give_the_same() {
        let bundle = SmallBundle::default();
        let weights = bundle.parts().remove(WEIGHTS).unwrap();
        let tensors = SafeTensors::deserialize(&weights).unwrap();
        let outputs = Outputs::of_labels(Label::ALL.to_vec());
        let shape = BiLstmConfig { embedding: 6, hidden: 4, dense: 5, outputs };
        let words = bundle.words.len();
        let network = |kept| QuantisedBiLstm::new(&shape, &tensors, words, kept).unwrap();
        let rows: [&[u32]; 3] = [&[2, 3, 1, 2], &[4], &[0, 5, 2]];
        let all = network(KEPT_WORDS).logits(&rows);
        assert_eq!(network(0).logits(&rows), all);
        assert_eq!(network(3).logits(&rows), all);
    }
}
