//! A released network made small enough to be sent to a reader's device: its most frequent words
//! alone, and weights in 8 bits.

use anyhow::{Context, Result, ensure};
use sentiment::{
    bundle::{Bundle, BundleFiles, CARD, CONFIG, Card, VOCABULARY, WEIGHTS},
    models::bilstm::{Config, FAMILY},
    vocabulary::Vocabulary,
};

use super::EMBEDDING;
use crate::{
    eight_bits::{self, Part, Scales},
    tensors::{self, Array},
};

/// The bundle called `name` of the first `words` words of `bundle`, which are its most frequent
/// ones, with the rest of its weights: vectors in 8 bits with a scale a word, matrices in 8 bits
/// with a scale a column, and what is no matrix in 16 bits. A gate's recurrent weights are those that
/// it is served with.
///
/// # Errors
/// If it is no BiLSTM or has fewer words.
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
    let weights = eight_bits::to_bytes(&parts)?;
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
    let &[_, columns] = array.shape.as_slice() else {
        return vec![eight_bits::halves(name, array)];
    };
    // A word is read alone; the inputs of a gate or unit are summed up.
    let scales = if name == EMBEDDING { Scales::InRows(columns) } else { Scales::OfColumns };
    eight_bits::small(name, array, scales).to_vec()
}
