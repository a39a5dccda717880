//! Text as numbers.

/// Sentences of word numbers, and how often each word comes.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// Numbers of the words, sentence after sentence.
    pub sentences: Vec<Vec<u32>>,
    /// How often each word comes.
    pub counts: Vec<u64>,
}

impl Corpus {
    /// Counts the words of `sentences`, whose numbers are below `words`.
    #[must_use]
    pub fn new(sentences: Vec<Vec<u32>>, words: usize) -> Self {
        let mut counts = vec![0; words];
        sentences.iter().flatten().for_each(|&word| counts[word as usize] += 1);
        Self { sentences, counts }
    }

    /// How many words it has.
    #[must_use]
    pub fn words(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The share of each word's occurrences that is kept when words above the share `threshold`
    /// are thinned out: `√(t / f) + t / f`, as the original program has it.
    pub(super) fn keep_shares(&self, threshold: f64) -> Vec<f32> {
        let all = self.words() as f64;
        let share = |&count: &u64| {
            let ratio = threshold * all / count.max(1) as f64;
            (ratio.sqrt() + ratio).min(1.0) as f32
        };
        self.counts.iter().map(share).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_words_are_thinned_and_rare_ones_kept() {
        let corpus = Corpus { sentences: Vec::new(), counts: vec![9_999, 1] };
        let keep = corpus.keep_shares(1e-3);
        assert!((keep[0] - 0.032_625).abs() < 1e-5, "{}", keep[0]);
        assert_eq!(keep[1], 1.0);
    }
}
