//! A released network made small enough to be sent to a reader's device: its most frequent words
//! alone, and weights in 8 bits.

use anyhow::{Context, Result, ensure};
use half::f16;
use safetensors::{Dtype, tensor::TensorView};
use sentiment::{
    bundle::{Bundle, BundleFiles, CARD, CONFIG, Card, VOCABULARY, WEIGHTS},
    models::{
        SCALES,
        bilstm::{Config, FAMILY},
    },
    vocabulary::Vocabulary,
};

use super::EMBEDDING;
use crate::tensors::{self, Array};

/// The largest whole number that a weight becomes.
const ONE: f32 = 127.0;

/// A tensor as it is written.
type Part = (String, Dtype, Vec<usize>, Vec<u8>);

/// The bundle called `name` of the first `words` words of `bundle`, which are its most frequent
/// ones, with the rest of its weights: vectors in 8 bits with a scale a word, matrices in 8 bits
/// with a scale a column, and what is no matrix in 16 bits. A gate's recurrent weights are those that
/// it is served with.
///
/// # Errors
/// If it is no BiLSTM, has fewer words, or its weights are in 8 bits already.
pub fn shrink(bundle: &Bundle, name: &str, words: usize, card: &Card) -> Result<Bundle> {
    let config: Config = bundle.json(CONFIG)?;
    ensure!(
        config.family == FAMILY,
        "{} is a “{}”, not a “{FAMILY}”",
        bundle.name(),
        config.family
    );
    let vocabulary = Vocabulary::parse(bundle.file(VOCABULARY)?)?;
    let first = vocabulary.words().get(..words).with_context(|| {
        format!("{} knows {} words, fewer than {words}", bundle.name(), vocabulary.len())
    })?;
    let (mut weights, _) = tensors::from_bytes(bundle.file(WEIGHTS)?)?;
    let vectors = weights.get_mut(EMBEDDING).with_context(|| format!("{EMBEDDING} is missing"))?;
    vectors.shape[0] = words;
    vectors.values.truncate(words * config.network.embedding);

    let parts: Vec<Part> = weights.iter().flat_map(|(name, array)| parts(name, array)).collect();
    let views = parts.iter().map(|(name, dtype, shape, bytes)| {
        Ok((name, TensorView::new(*dtype, shape.clone(), bytes)?))
    });
    let weights = safetensors::serialize(views.collect::<Result<Vec<_>>>()?, None)?;
    let mut card = serde_json::to_vec_pretty(card)?;
    card.push(b'\n');
    let files = [
        (WEIGHTS, weights),
        (CONFIG, bundle.file(CONFIG)?.to_vec()),
        (VOCABULARY, Vocabulary::from_words(first.to_vec())?.to_bytes()),
        (CARD, card),
    ];
    let files: BundleFiles =
        files.into_iter().map(|(name, content)| (name.to_owned(), content)).collect();
    Ok(Bundle::create(name, files)?)
}

/// An array as it is written: a matrix and its scales, or numbers in 16 bits.
fn parts(name: &str, array: &Array) -> Vec<Part> {
    let &[rows, columns] = array.shape.as_slice() else {
        let bytes = array.values.iter().flat_map(|&value| f16::from_f32(value).to_le_bytes());
        return vec![(name.to_owned(), Dtype::F16, array.shape.clone(), bytes.collect())];
    };
    // A word is read alone; the inputs of a gate or unit are summed up.
    let (scales, scale_of): (_, fn(usize, usize) -> usize) = if name == EMBEDDING {
        ([rows, 1], |place, columns| place / columns)
    } else {
        ([1, columns], |place, columns| place % columns)
    };
    let mut largest = vec![f32::MIN_POSITIVE; scales[0] * scales[1]];
    for (place, value) in array.values.iter().enumerate() {
        let largest = &mut largest[scale_of(place, columns)];
        *largest = largest.max(value.abs());
    }
    let codes = array.values.iter().enumerate().map(|(place, value)| {
        let whole = value / largest[scale_of(place, columns)] * ONE;
        (whole.round() as i8).cast_unsigned()
    });
    let bytes = largest.iter().flat_map(|largest| (largest / ONE).to_le_bytes()).collect();
    vec![
        (name.to_owned(), Dtype::I8, array.shape.clone(), codes.collect()),
        (format!("{name}{SCALES}"), Dtype::F32, scales.to_vec(), bytes),
    ]
}
