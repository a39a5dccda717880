//! What a training is of: all that its result depends on, by its SHA-256.

use sentiment::bundle::BundleFiles;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::origin::TeachingSum;

/// The sums in hexadecimal. Weights and results carry them, so that none is taken for another's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inputs {
    /// Of the recipe.
    pub recipe: String,
    /// Of the report on the prepared rows, which has the rows' own sum.
    pub rows: String,
    /// Of the vocabulary, and of what else the family's files say.
    pub vocabulary: String,
    /// Of the vectors or weights that training starts from.
    pub start: String,
    /// Of what teachers say of the rows, if there are teachers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teaching: Option<TeachingSum>,
}

impl Inputs {
    /// The sums of these contents.
    #[must_use]
    pub fn of(recipe: &[u8], report: &[u8], files: &BundleFiles, start: &[u8]) -> Self {
        let sum = |content: &[u8]| hex::encode(Sha256::digest(content));
        Self {
            recipe: sum(recipe),
            rows: sum(report),
            vocabulary: sum(&files.values().flatten().copied().collect::<Vec<u8>>()),
            start: sum(start),
            teaching: None,
        }
    }

    /// The same of a training that has these teachers, if any.
    #[must_use]
    pub fn taught(self, teaching: Option<TeachingSum>) -> Self {
        Self { teaching, ..self }
    }

    /// In words, how these differ from `other`; nothing if they do not.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Option<String> {
        let differing = [
            (self.recipe != other.recipe, "another recipe"),
            (self.rows != other.rows, "other rows"),
            (self.vocabulary != other.vocabulary, "another vocabulary"),
            (self.start != other.start, "other vectors or weights to start from"),
            (self.teaching != other.teaching, "other teachers' answers"),
        ];
        let words: Vec<&str> =
            differing.into_iter().filter_map(|(differs, words)| differs.then_some(words)).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_names_what_differs() {
        let words = BundleFiles::from([("vocab.txt".to_owned(), b"c".to_vec())]);
        let inputs = Inputs::of(b"a", b"b", &words, b"d");
        assert_eq!(inputs.difference(&inputs.clone()), None);
        let other = Inputs::of(b"a", b"x", &words, b"x");
        let difference = inputs.difference(&other).unwrap();
        assert_eq!(difference, "other rows, other vectors or weights to start from");
        let teaching = TeachingSum { teachers: vec!["a@1".to_owned()], sha256: "c".to_owned() };
        let taught = inputs.clone().taught(Some(teaching));
        assert_eq!(inputs.difference(&taught).unwrap(), "other teachers' answers");
    }
}
