//! Which words set a label apart, in bounded memory.

use std::collections::HashMap;

use domain::{Label, LabelWords, WordCount};

/// So many words are counted at most; then the rarest are dropped.
const MOST_WORDS: usize = 60_000;
/// So many words are told of each label.
const TOLD: usize = 12;
/// A word in fewer texts tells nothing.
const LEAST_COUNT: u32 = 3;

/// Counts, for each word, the texts of each label that hold it. Where there are too many words, those with the smallest counts are
/// dropped (as by Misra and Gries): a count is short by [`dropped`](Self::dropped) at most.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    counts: HashMap<Box<str>, [u32; 3]>,
    texts: [u64; 3],
    dropped: u32,
}

impl Words {
    /// Counts each word of a text once.
    pub(super) fn add(&mut self, text: &str, label: Label) {
        self.texts[label as usize] += 1;
        let mut seen: Vec<String> = Vec::new();
        for word in words(text) {
            if seen.contains(&word) {
                continue;
            }
            match self.counts.get_mut(word.as_str()) {
                Some(counts) => counts[label as usize] += 1,
                None => {
                    let mut counts = [0; 3];
                    counts[label as usize] = 1;
                    self.counts.insert(word.clone().into_boxed_str(), counts);
                }
            }
            seen.push(word);
        }
        while self.counts.len() > MOST_WORDS {
            self.dropped += 1;
            let bound = self.dropped;
            self.counts.retain(|_, counts| counts.iter().sum::<u32>() > bound);
        }
    }

    /// The most telling words of each label: log-odds against the other labels in units of their standard error, with the
    /// counts of all texts as the prior (Monroe, Colaresi and Quinn 2008, equations 16 and 22).
    pub(super) fn telling(&self) -> Vec<LabelWords> {
        let of = |label: Label| {
            let mut scored: Vec<(f64, &str, u32)> = self
                .counts
                .iter()
                .filter(|(_, counts)| counts[label as usize] >= LEAST_COUNT)
                .map(|(word, counts)| {
                    (self.score(label, counts), word.as_ref(), counts[label as usize])
                })
                .filter(|(score, ..)| *score > 1.96)
                .collect();
            scored
                .sort_by(|first, second| second.0.total_cmp(&first.0).then(first.1.cmp(second.1)));
            scored.truncate(TOLD);
            let words = scored.into_iter().map(|(_, word, count)| WordCount {
                word: word.to_owned(),
                count: u64::from(count),
            });
            LabelWords { label, words: words.collect() }
        };
        Label::ALL.map(of).into()
    }

    fn score(&self, label: Label, counts: &[u32; 3]) -> f64 {
        let all = f64::from(counts.iter().sum::<u32>());
        let texts: f64 = self.texts.iter().sum::<u64>() as f64;
        // The prior weighs as much as a hundred texts.
        let prior = all / texts.max(1.0) * 100.0;
        let inside = f64::from(counts[label as usize]) + prior;
        let outside = all - f64::from(counts[label as usize]) + prior;
        let own = self.texts[label as usize] as f64;
        let odds = |count: f64, texts: f64| (count / (texts + 100.0 - count).max(1.0)).ln();
        let difference = odds(inside, own) - odds(outside, texts - own);
        difference / (1.0 / inside + 1.0 / outside).sqrt()
    }
}

/// Words of three letters and more in lower case; no handles, addresses or numbers.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace()
        .filter(|part| !part.starts_with('@') && !part.contains("://"))
        .flat_map(|part| part.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')))
        .map(|word| word.trim_matches(['\'', '’']))
        .filter(|word| word.chars().nth(2).is_some() && word.chars().all(|c| !c.is_numeric()))
        .filter(|word| *word != "amp")
        .map(|word| word.to_lowercase().replace('’', "'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_label_are_those_that_the_others_lack() {
        let mut words = Words::default();
        for _ in 0..20 {
            words.add("@handle the flight was late, late again https://t.co/x", Label::Negative);
            words.add("the flight was great, thanks!", Label::Positive);
        }
        let telling = words.telling();
        let of = |place: usize| -> Vec<&str> {
            telling[place].words.iter().map(|word| word.word.as_str()).collect()
        };
        assert_eq!(of(0), ["again", "late"]);
        assert_eq!(of(2), ["great", "thanks"]);
        assert_eq!(telling[0].words[1].count, 20);
    }

    #[test]
    fn many_different_words_take_bounded_room_and_frequent_ones_stay() {
        let mut words = Words::default();
        for number in 0..200_000_u32 {
            let letter = |place: u32| char::from(b'a' + (number / 26_u32.pow(place) % 26) as u8);
            let rare: String = (0..5).map(letter).collect();
            words.add(&format!("{rare} frequent"), Label::Negative);
        }
        assert!(words.counts.len() <= MOST_WORDS);
        assert!(words.counts["frequent"][0] + words.dropped >= 200_000);
    }
}
