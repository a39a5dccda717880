//! Texts as many as one likes, none twice, with words as often as they are in the released vocabulary.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::workspace::Workspace;

/// Words of a text: 5 to 23, 14 on average.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=23;

/// Makes texts of the words of the released English model by Zipf's law: the word of rank *r* comes in
/// proportion to 1 / *r*. A handle at the end makes each of them another one.
pub struct Tweets {
    words: Vec<String>,
    random: ChaCha8Rng,
    count: usize,
}

impl Tweets {
    /// The same ones in the same order each time.
    ///
    /// # Errors
    /// When the vocabulary cannot be read.
    pub fn new(workspace: &Workspace) -> Result<Self> {
        let path = workspace.root.join("models/bilstm/vocab.txt");
        let words = fs::read_to_string(&path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        Ok(Self::of(&words))
    }

    /// Of these words, a line each, the most frequent first; marks in angle brackets are no words.
    fn of(words: &str) -> Self {
        let is_word = |word: &&str| !word.starts_with('<') && !word.contains('"');
        let words = words.lines().filter(is_word).map(str::to_owned).collect();
        Self { words, random: ChaCha8Rng::seed_from_u64(1), count: 0 }
    }

    fn word(&mut self) -> &str {
        // The inverse of the distribution of 1 / r, from 1 to the last word's rank.
        let rank = (self.words.len() as f64 + 1.0).powf(self.random.random::<f64>());
        &self.words[(rank as usize).clamp(1, self.words.len()) - 1]
    }
}

impl Iterator for Tweets {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut text = String::new();
        for _ in 0..self.random.random_range(LENGTHS) {
            text.push_str(self.word());
            text.push(' ');
        }
        self.count += 1;
        Some(format!("{text}@u{:x}", self.count))
    }
}

/// Writes so many of them as CSV with the columns `id` and `text`, unless the file is there.
///
/// # Errors
/// When it cannot be written.
pub fn csv(workspace: &Workspace, rows: usize) -> Result<PathBuf> {
    let path = workspace.target.join(format!("bench-tweets-{rows}.csv"));
    if !path.exists() {
        write(&path, Tweets::new(workspace)?.take(rows))
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(path)
}

fn write(path: &Path, tweets: impl Iterator<Item = String>) -> Result<()> {
    let unfinished = path.with_extension("unfinished");
    let mut file = BufWriter::new(File::create(&unfinished)?);
    writeln!(file, "id,text")?;
    for (id, text) in tweets.enumerate() {
        writeln!(file, "{id},\"{text}\"")?;
    }
    file.into_inner()?;
    Ok(fs::rename(unfinished, path)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_comes_twice_and_the_first_word_comes_most() {
        let words = "<pad>\nthe\ni\n\"\nto\nflight\n";
        let tweets: Vec<_> = Tweets::of(words).take(1000).collect();
        let of = |word: &str| {
            tweets.iter().flat_map(|text| text.split(' ')).filter(|&one| one == word).count()
        };
        assert!(of("the") > of("i") && of("i") > of("flight") && of("flight") > 100);
        assert_eq!((of("<pad>"), of("\"")), (0, 0));
        let mut unique = tweets.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), tweets.len());
    }
}
