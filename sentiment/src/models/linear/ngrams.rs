//! The runs of tokens and of characters that a text has.

use std::ops::Range;

use super::{FeatureConfig, hash::Name};
use crate::preprocess::TokenKind;

/// A group of features whose lengths are made equal before they are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// Runs of tokens, and words under a negation.
    Words,
    /// Runs of characters within a word.
    Characters,
}

/// A feature at one place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Its group.
    pub block: Block,
    /// Its name.
    pub name: u32,
    /// The tokens that it is of.
    pub tokens: Range<usize>,
}

/// How many tokens after a negation are still under it.
const NEGATION_REACH: usize = 4;

/// Tells `found` of every feature at every place in `tokens`, from the first token to the last.
pub fn occurrences(tokens: &[String], config: &FeatureConfig, mut found: impl FnMut(Occurrence)) {
    let [shortest, longest] = config.words;
    let mut under_negation = 0;
    for (start, token) in tokens.iter().enumerate() {
        let mut name = Name::of_kind(b'w');
        for (end, token) in tokens.iter().enumerate().skip(start).take(longest) {
            name = name.with(token.as_bytes()).end_of_token();
            if end + 1 - start >= shortest {
                found(Occurrence {
                    block: Block::Words,
                    name: name.finish(),
                    tokens: start..end + 1,
                });
            }
        }
        let kind = TokenKind::of(token);
        if config.negation {
            if is_negation(token) {
                under_negation = NEGATION_REACH;
            } else if kind == TokenKind::Punctuation || turns(token) {
                under_negation = 0;
            } else if under_negation > 0 {
                under_negation -= 1;
                let name = Name::of_kind(b'n').with(token.as_bytes()).finish();
                found(Occurrence { block: Block::Words, name, tokens: start..start + 1 });
            }
        }
        if let Some(lengths) = config.characters
            && kind == TokenKind::Word
        {
            characters(token, lengths, |name| {
                found(Occurrence { block: Block::Characters, name, tokens: start..start + 1 });
            });
        }
    }
}

/// The name of the single token `token` as a feature.
#[must_use]
pub fn token_name(token: &str) -> u32 {
    Name::of_kind(b'w').with(token.as_bytes()).end_of_token().finish()
}

/// A word that turns what follows into its opposite.
pub(super) fn is_negation(token: &str) -> bool {
    const NEGATIONS: [&str; 26] = [
        "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "nowhere", "without",
        "w/o", "cannot", "cant", "dont", "doesnt", "didnt", "isnt", "wasnt", "arent", "wont",
        "wouldnt", "couldnt", "shouldnt", "havent", "hasnt", "aint",
    ];
    token.ends_with("n't") || NEGATIONS.contains(&token)
}

/// A word after which a negation no longer holds.
fn turns(token: &str) -> bool {
    matches!(token, "but" | "however" | "although" | "though")
}

/// The runs of `shortest` to `longest` characters of a word between two blanks, as its ends.
fn characters(word: &str, [shortest, longest]: [usize; 2], mut found: impl FnMut(u32)) {
    let ended = format!(" {word} ");
    let ends: Vec<usize> = ended.char_indices().map(|(at, _)| at).chain([ended.len()]).collect();
    for start in 0..ends.len() - 1 {
        for &end in ends.iter().skip(start + shortest).take(longest + 1 - shortest) {
            found(Name::of_kind(b'c').with(&ended.as_bytes()[ends[start]..end]).finish());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn all(text: &str, config: &FeatureConfig) -> Vec<Occurrence> {
        let mut all = Vec::new();
        occurrences(&tokens(text), config, |occurrence| all.push(occurrence));
        all
    }

    const WORDS: FeatureConfig =
        FeatureConfig { words: [1, 3], characters: None, negation: false, cues: false };

    #[test]
    fn every_run_of_up_to_three_tokens_is_found_with_its_place() {
        let places: Vec<_> = all("a b c d", &WORDS).into_iter().map(|found| found.tokens).collect();
        assert_eq!(places, [0..1, 0..2, 0..3, 1..2, 1..3, 1..4, 2..3, 2..4, 3..4]);
    }

    #[test]
    fn where_a_token_ends_makes_a_difference() {
        let name = |text| all(text, &WORDS)[1].name;
        assert_ne!(name("at one"), name("a tone"));
        assert_eq!(name("at one"), name("at one day"));
        assert_eq!(all("late", &WORDS)[0].name, token_name("late"));
    }

    #[test]
    fn characters_are_taken_within_a_word_and_with_its_ends() {
        let config = FeatureConfig { words: [1, 1], characters: Some([2, 3]), ..WORDS };
        let found = all("né !", &config);
        // " n", " né", "né", "né ", "é ": two words and five runs of characters.
        assert_eq!(found.iter().filter(|found| found.block == Block::Characters).count(), 5);
        assert_eq!(found.iter().filter(|found| found.block == Block::Words).count(), 2);
    }

    #[test]
    fn words_under_a_negation_are_found_twice_until_it_ends() {
        let config = FeatureConfig { words: [1, 1], negation: true, ..WORDS };
        let twice = |text| all(text, &config).len() - tokens(text).len();
        assert_eq!(twice("good"), 0);
        assert_eq!(twice("not good"), 1);
        assert_eq!(twice("not good . really nice"), 1);
        assert_eq!(twice("don't like it but love her"), 2);
        assert_eq!(twice("not a b c d e f"), 4);
    }
}
