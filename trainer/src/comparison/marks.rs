//! What kind of text a row is, told without the text.

use domain::Reason;
use sentiment::preprocess::{PreprocessConfig, Preprocessor};

/// The marks of a row: each puts it into one slice of its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// How many words it has: one of [`LENGTHS`].
    pub length: String,
    /// How many of them the model does not know: one of [`UNKNOWN`].
    pub unknown: String,
    /// Whether it holds a negation.
    pub is_negated: bool,
    /// The airline that it is to.
    pub airline: Option<String>,
    /// ISO 639-1 code of the language that the model sees in it.
    pub language: Option<String>,
    /// Whether the model calls its verdict sure.
    pub is_sure: bool,
    /// Whether it is of the reference article's test.
    pub is_article: bool,
    /// Why it complains, as people saw it.
    pub reason: Option<Reason>,
    /// Whether at least 60 % of them saw it.
    pub is_reason_sure: bool,
}

/// Numbers of words, separated by white space.
pub const LENGTHS: [&str; 4] = ["1-7", "8-14", "15-21", "22+"];
/// Shares of words.
pub const UNKNOWN: [&str; 4] = ["0%", "-10%", "-25%", "25%+"];

/// The mark of a text's length.
#[must_use]
pub fn length(text: &str) -> &'static str {
    match text.split_whitespace().count() {
        0..=7 => LENGTHS[0],
        8..=14 => LENGTHS[1],
        15..=21 => LENGTHS[2],
        _ => LENGTHS[3],
    }
}

/// The mark of the share of words that a model knows.
#[must_use]
pub fn unknown(known: f32) -> &'static str {
    match 1.0 - known {
        unknown if unknown <= 0.0 => UNKNOWN[0],
        unknown if unknown <= 0.1 => UNKNOWN[1],
        unknown if unknown <= 0.25 => UNKNOWN[2],
        _ => UNKNOWN[3],
    }
}

/// English, French, German, Spanish, Italian and Portuguese words that turn a statement round.
const NEGATIONS: [&str; 66] = [
    "not", "no", "never", "nothing", "nobody", "none", "nor", "neither", "nowhere", "cannot",
    "without", "hardly", "barely", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent",
    "wont", "wouldnt", "couldnt", "shouldnt", "cant", "havent", "hasnt", "hadnt", "aint", "ne",
    "n'", "pas", "jamais", "rien", "personne", "aucun", "aucune", "sans", "ni", "nicht", "kein",
    "keine", "keinen", "keiner", "nie", "niemals", "nichts", "niemand", "ohne", "nunca", "nada",
    "nadie", "ningún", "ninguna", "sin", "tampoco", "non", "mai", "niente", "nessuno", "nessuna",
    "senza", "não", "nao", "nenhum", "sem",
];

/// Finds negations in the words that models read.
pub struct Negations(Preprocessor);

impl Negations {
    /// Reads as the models do.
    #[must_use]
    pub fn new() -> Self {
        Self(Preprocessor::new(&PreprocessConfig { max_tokens: 512, ..Default::default() }))
    }

    /// Whether `text` holds a negation.
    #[must_use]
    pub fn occur_in(&self, text: &str) -> bool {
        let words = self.0.words(text);
        words.iter().any(|word| word.ends_with("n't") || NEGATIONS.contains(&word.as_str()))
    }
}

impl Default for Negations {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negations_are_found_in_words_and_not_inside_them() {
        let negations = Negations::new();
        for text in ["This is NOT fine", "it doesn't fly", "didnt board", "ce n'est pas drôle"] {
            assert!(negations.occur_in(text), "{text}");
        }
        for text in ["a notable night", "known to fly", "http://no.not/never"] {
            assert!(!negations.occur_in(text), "{text}");
        }
    }

    #[test]
    fn lengths_and_unknown_words_fall_into_their_buckets() {
        assert_eq!((length("a b c"), length("a b c d e f g h")), ("1-7", "8-14"));
        assert_eq!(
            (unknown(1.0), unknown(0.95), unknown(0.8), unknown(0.0)),
            ("0%", "-10%", "-25%", "25%+")
        );
    }
}
