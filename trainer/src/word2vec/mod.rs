//! Word vectors from unlabelled text: skip-gram with negative sampling (Mikolov et al. 2013).
//!
//! As in Ji et al. 2016 (pWord2Vec), one draw of negatives serves all words of a window, so that
//! a window is three small matrix products. All threads share one table (Recht et al. 2011,
//! Hogwild) whose cells are atomics: an update may be lost, never torn. With one thread the same
//! seed gives the same vectors; with several, vectors of the same quality.

mod corpus;
mod negatives;
mod rows;
mod settings;
mod window;
mod worker;

use std::sync::atomic::{AtomicU64, Ordering};

use rand::RngExt;

pub use corpus::Corpus;
pub use settings::Settings;

use self::{negatives::Negatives, rows::SharedRows};
use crate::{progress::Progress, random};

/// The vector of every word of `corpus`, row after row, `dimension` numbers each.
///
/// `threads` of them work at once; `progress` counts words read.
#[must_use]
pub fn train(
    corpus: &Corpus,
    settings: &Settings,
    seed: u64,
    threads: usize,
    progress: &Progress,
) -> Vec<f32> {
    let job = Job {
        corpus,
        settings,
        seed,
        keep: corpus.keep_shares(settings.subsample),
        negatives: Negatives::new(&corpus.counts),
        inputs: SharedRows::new(
            first_vectors(corpus.counts.len(), settings.dimension, seed),
            settings.dimension,
        ),
        outputs: SharedRows::new(
            vec![0.0; corpus.counts.len() * settings.dimension],
            settings.dimension,
        ),
        next_block: AtomicU64::new(0),
        words_read: AtomicU64::new(0),
        progress,
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| worker::run(&job));
        }
    });
    job.inputs.into_vec()
}

/// What all threads share.
struct Job<'a> {
    corpus: &'a Corpus,
    settings: &'a Settings,
    seed: u64,
    /// Share of each word's occurrences to keep.
    keep: Vec<f32>,
    negatives: Negatives,
    inputs: SharedRows,
    outputs: SharedRows,
    next_block: AtomicU64,
    words_read: AtomicU64,
    progress: &'a Progress,
}

impl Job<'_> {
    /// The learning rate now: it falls in proportion to the words read.
    fn learning_rate(&self) -> f32 {
        let all = (self.corpus.words() * u64::from(self.settings.epochs)).max(1);
        let share = self.words_read.load(Ordering::Relaxed) as f32 / all as f32;
        let Settings { learning_rate, final_learning_rate, .. } = *self.settings;
        learning_rate + (final_learning_rate - learning_rate) * share.min(1.0)
    }
}

/// Small random vectors, as in the original program: uniform within ± 1 / (2 · dimension).
fn first_vectors(words: usize, dimension: usize, seed: u64) -> Vec<f32> {
    let mut random = random::stream(seed, "word2vec: first vectors", 0);
    let bound = 0.5 / dimension as f32;
    (0..words * dimension).map(|_| random.random_range(-bound..bound)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences in which `cat` and `dog` stand in the same places, and `seven` in others.
    fn corpus() -> Corpus {
        let words =
            ["cat", "dog", "seven", "the", "sat", "ran", "home", "plus", "two", "is", "nine"];
        let id = |word: &str| words.iter().position(|&w| w == word).unwrap() as u32;
        let mut sentences = Vec::new();
        for _ in 0..300 {
            for animal in ["cat", "dog"] {
                sentences.push(["the", animal, "sat", "home"].map(id).to_vec());
                sentences.push(["the", animal, "ran", "home"].map(id).to_vec());
            }
            sentences.push(["two", "plus", "seven", "is", "nine"].map(id).to_vec());
        }
        Corpus::new(sentences, words.len())
    }

    fn settings() -> Settings {
        Settings {
            dimension: 16,
            window: 2,
            epochs: 8,
            negatives: 3,
            subsample: 1.0,
            learning_rate: 0.05,
            ..Settings::default()
        }
    }

    fn cosine(vectors: &[f32], a: usize, b: usize) -> f32 {
        let row = |n: usize| &vectors[n * 16..(n + 1) * 16];
        let dot = |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
        dot(row(a), row(b)) / (dot(row(a), row(a)) * dot(row(b), row(b))).sqrt()
    }

    #[test]
    fn words_that_stand_in_the_same_places_become_neighbours() {
        for threads in [1, 2] {
            let vectors = train(&corpus(), &settings(), 1, threads, &Progress::silent());
            let (dog, others) = (cosine(&vectors, 0, 1), 2..11);
            for other in others {
                assert!(dog > cosine(&vectors, 0, other), "word {other} is nearer to cat than dog");
            }
            assert!(dog > 0.8, "{dog}");
        }
    }

    #[test]
    fn one_thread_and_one_seed_give_the_same_vectors() {
        let vectors = |seed| train(&corpus(), &settings(), seed, 1, &Progress::silent());
        assert_eq!(vectors(3), vectors(3));
        assert_ne!(vectors(3), vectors(4));
    }
}
