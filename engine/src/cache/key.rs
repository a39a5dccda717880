//! The name under which a verdict is kept.

use sentiment::ByLanguage;
use sha2::{Digest, Sha256};

/// Names a verdict: the SHA-256 of the models' names and versions and of the text as it was given.
///
/// The whole text, because its language is guessed from more than the words that a model reads.
/// Its hash, because it is as good as the text, has one size, and says nothing once the text must
/// be forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VerdictKey(pub [u8; 32]);

/// Stands for models in the keys of their verdicts: all of them, because which one reads a text
/// depends on which others there are.
#[derive(Clone, Debug)]
pub struct ModelsMark(Sha256);

impl ModelsMark {
    /// Of these models, in their order.
    #[must_use]
    pub fn of(models: &ByLanguage) -> Self {
        let mut hash = Sha256::new();
        for released in models.all() {
            // No name of a bundle holds a zero byte, and none is empty.
            hash.update(released.model.id().to_string());
            hash.update([0]);
        }
        hash.update([0]);
        Self(hash)
    }

    /// The name of their verdict on `text`.
    #[must_use]
    pub fn key(&self, text: &str) -> VerdictKey {
        let mut hash = self.0.clone();
        hash.update(text);
        VerdictKey(hash.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use bundle_fixture::SmallBundle;
    use sentiment::{Released, release};

    use super::*;

    fn english() -> Released {
        release(SmallBundle::default().files()).unwrap()
    }

    fn french() -> Released {
        release(SmallBundle::french().files()).unwrap()
    }

    #[test]
    fn equal_texts_share_a_name_and_no_others_do() {
        let mark = ModelsMark::of(&english().into());
        assert_eq!(mark.key("thanks"), ModelsMark::of(&english().into()).key("thanks"));
        for other in ["Thanks", "thanks ", "thank", "", "ｔhanks"] {
            assert_ne!(mark.key("thanks"), mark.key(other), "{other}");
        }
    }

    #[test]
    fn other_models_another_order_and_more_of_them_have_other_names() {
        let both = |first, second| ByLanguage::new(first, vec![second]).unwrap();
        let models: [ByLanguage; 4] = [
            english().into(),
            french().into(),
            both(english(), french()),
            both(french(), english()),
        ];
        let mut keys: Vec<_> =
            models.iter().map(|models| ModelsMark::of(models).key("thanks").0).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), models.len());
    }
}
