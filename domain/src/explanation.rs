//! Why a text got its verdict: what each of its words adds to it.

use serde::{Deserialize, Serialize};

use crate::{Label, ModelId};

/// The probability of a verdict's label, shared out among the words of the text: `base` and all
/// contributions sum to `probability`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// The label of the verdict.
    pub label: Label,
    /// Its probability, 0 to 1.
    pub probability: f32,
    /// What its probability would be without any word.
    pub base: f32,
    /// The words in the order of the text.
    pub words: Vec<Share>,
    /// Who gives this verdict.
    pub model: ModelId,
    /// How far the least sure contribution may be off: its standard error, 0 where contributions are exact.
    pub error: f32,
}

/// What a part of the text adds to the probability of the label.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Where it begins in the text, in Unicode characters.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// From -1 to 1; below 0 it speaks against the label.
    pub contribution: f32,
}

impl Explanation {
    /// Below this a contribution says nothing.
    pub const LEAST: f32 = 0.02;

    /// Neighbouring words that say something and speak alike, as one; the most telling first.
    #[must_use]
    pub fn phrases(&self) -> Vec<Share> {
        let mut phrases: Vec<Share> = Vec::new();
        let mut may_grow = false;
        for word in &self.words {
            if word.contribution.abs() < Self::LEAST {
                may_grow = false;
                continue;
            }
            match phrases.last_mut() {
                Some(phrase)
                    if may_grow && (phrase.contribution > 0.0) == (word.contribution > 0.0) =>
                {
                    phrase.end = word.end;
                    phrase.contribution += word.contribution;
                }
                _ => phrases.push(*word),
            }
            may_grow = true;
        }
        phrases.sort_by(|one, other| other.contribution.abs().total_cmp(&one.contribution.abs()));
        phrases
    }
}

impl Share {
    /// This part of `text`, which must be the text that was explained.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        let place = |character: u32| {
            text.char_indices().nth(character as usize).map_or(text.len(), |(place, _)| place)
        };
        text.get(place(self.start)..place(self.end)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_that_speak_alike_are_a_phrase() {
        let text = "né lost my bag, but thanks again";
        let words = [
            (0, 2, 0.01),
            (3, 7, 0.3),
            (8, 10, 0.05),
            (11, 15, 0.2),
            (16, 19, 0.0),
            (20, 26, -0.4),
            (27, 32, 0.1),
        ];
        let words = words.map(|(start, end, contribution)| Share { start, end, contribution });
        let explanation = Explanation {
            label: Label::Negative,
            probability: 0.6,
            base: 0.3,
            words: words.to_vec(),
            model: ModelId { name: "bilstm".to_owned(), version: "0123456789ab".to_owned() },
            error: 0.0,
        };
        let phrases = explanation.phrases();
        let said: Vec<&str> = phrases.iter().map(|phrase| phrase.of(text)).collect();
        assert_eq!(said, ["lost my bag,", "thanks", "again"]);
        assert!((phrases[0].contribution - 0.55).abs() < 1e-6);
    }
}
