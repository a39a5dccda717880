//! Several models at once: each text goes to the one that knows its language.

use domain::{Explanation, ModelId, Prediction};

use super::{ModelError, Released};
use crate::{explain, language};

/// One model or several, of which the first is the default: it reads what no other is better for.
pub struct ByLanguage {
    /// Never empty.
    models: Vec<Released>,
}

/// A verdict and who gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged<'a> {
    /// The verdict.
    pub prediction: Prediction,
    /// The model that read the text.
    pub model: &'a ModelId,
}

/// Models of which one would never be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the model {0} would never be asked, because those before it know its languages: leave it out, or name it first"
)]
pub struct NeverAsked(pub ModelId);

impl ByLanguage {
    /// `default`, and `others` for the languages that none before them knows.
    ///
    /// # Errors
    /// [`NeverAsked`] for one that knows no language of its own.
    pub fn new(default: Released, others: Vec<Released>) -> Result<Self, NeverAsked> {
        let mut models = vec![default];
        for other in others {
            if other.languages.iter().all(|code| knows(&models, code)) {
                return Err(NeverAsked(other.model.id().clone()));
            }
            models.push(other);
        }
        Ok(Self { models })
    }

    /// All of them, the default first.
    #[must_use]
    pub fn all(&self) -> &[Released] {
        &self.models
    }

    /// The one that reads what no other is better for.
    #[must_use]
    pub fn default_model(&self) -> &Released {
        &self.models[0]
    }

    /// ISO 639-1 codes of all languages that they know, each once, in the order of the models.
    #[must_use]
    pub fn languages(&self) -> Vec<String> {
        let mut languages: Vec<String> = Vec::new();
        for code in self.models.iter().flat_map(|released| &released.languages) {
            if !languages.contains(code) {
                languages.push(code.clone());
            }
        }
        languages
    }

    /// The verdicts on `texts`, in their order. A text in a language that one of the models knows is
    /// read by the first such model; any other, and one whose language cannot be told, by the default.
    ///
    /// # Errors
    /// Those of [`Model::predict`](super::Model::predict).
    pub fn predict(&self, texts: &[&str]) -> Result<Vec<Judged<'_>>, ModelError> {
        let mut shares = vec![Vec::new(); self.models.len()];
        for (place, text) in texts.iter().enumerate() {
            shares[self.choose(text)].push(place);
        }
        let mut judged = vec![None; texts.len()];
        for (Released { model, .. }, places) in self.models.iter().zip(shares) {
            if places.is_empty() {
                continue;
            }
            let share: Vec<&str> = places.iter().map(|&place| texts[place]).collect();
            for (place, prediction) in places.into_iter().zip(model.predict(&share)?) {
                judged[place] = Some(Judged { prediction, model: model.id() });
            }
        }
        Ok(judged.into_iter().flatten().collect())
    }

    /// Why `text` gets its verdict, from the model that reads it; see [`explain`].
    ///
    /// # Errors
    /// Those of [`Model::predict`](super::Model::predict).
    pub fn explain(
        &self,
        text: &str,
        goes_on: impl FnMut() -> bool,
    ) -> Result<Explanation, ModelError> {
        explain(&self.models[self.choose(text)], text, goes_on)
    }

    /// The place of the model for `text`.
    fn choose(&self, text: &str) -> usize {
        if self.models.len() == 1 {
            return 0;
        }
        let chosen = language::detect(text).and_then(|code| {
            self.models.iter().position(|model| model.languages.iter().any(|known| known == code))
        });
        chosen.unwrap_or(0)
    }
}

impl From<Released> for ByLanguage {
    fn from(only: Released) -> Self {
        Self { models: vec![only] }
    }
}

fn knows(models: &[Released], code: &str) -> bool {
    models.iter().any(|model| model.languages.iter().any(|known| known == code))
}
