//! What the page knows of the service behind it.

use domain::ModelId;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{ApiError, api};

/// The service as it said of itself when the page was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The models that give the verdicts, the default first.
    pub models: Vec<ServingModel>,
    /// Whether the database answers.
    pub store_answers: bool,
}

/// A model that gives verdicts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServingModel {
    /// Its name and version.
    pub id: ModelId,
    /// ISO 639-1 codes of the languages that it knows.
    pub languages: Vec<String>,
}

/// The answer of the service, or that there was none.
pub type AskedService = OnceResource<Result<Service, ApiError>>;

/// Asks the service once for the whole site.
pub fn ask() -> AskedService {
    OnceResource::new(api::ask_service())
}

/// The service as the site has asked it.
pub fn asked() -> AskedService {
    use_context().unwrap_or_else(ask)
}

impl Service {
    /// All languages that its models know, each once.
    pub fn languages(&self) -> Vec<String> {
        let mut languages: Vec<String> = Vec::new();
        for code in self.models.iter().flat_map(|model| &model.languages) {
            if !languages.contains(code) {
                languages.push(code.clone());
            }
        }
        languages
    }

    /// The languages that `model` knows. Of one that is no longer there: those of its successor by
    /// name, else those of the default model.
    pub fn languages_of(&self, model: &ModelId) -> &[String] {
        let same = self.models.iter().find(|serving| serving.id == *model);
        let successor = || self.models.iter().find(|serving| serving.id.name == model.name);
        let known = same.or_else(successor).or_else(|| self.models.first());
        known.map_or(&[], |serving| &serving.languages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(name: &str, version: &str, languages: &[&str]) -> ServingModel {
        let languages = languages.iter().map(|&code| code.to_owned()).collect();
        ServingModel { id: id(name, version), languages }
    }

    fn id(name: &str, version: &str) -> ModelId {
        ModelId { name: name.to_owned(), version: version.to_owned() }
    }

    fn service() -> Service {
        let models = vec![model("bilstm", "2", &["en"]), model("bilstm-fr", "1", &["fr", "en"])];
        Service { models, store_answers: true }
    }

    #[test]
    fn a_language_that_two_models_know_is_said_once() {
        assert_eq!(service().languages(), ["en", "fr"]);
    }

    #[test]
    fn an_old_version_knew_what_its_successor_knows() {
        assert_eq!(service().languages_of(&id("bilstm-fr", "1")), ["fr", "en"]);
        assert_eq!(service().languages_of(&id("bilstm-fr", "0")), ["fr", "en"]);
        assert_eq!(service().languages_of(&id("forgotten", "0")), ["en"]);
    }
}
