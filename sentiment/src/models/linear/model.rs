//! Text in, verdicts out.

use domain::{Label, ModelId, Prediction};

use super::{Compact, Config, FEATURES, FeatureTable, Reader};
use crate::{
    bundle::{Bundle, BundleError, CARD, CONFIG, Card, WEIGHTS},
    language,
    models::{
        Model, ModelError, Outputs, Reading, ReasonShares,
        ensemble::{Member, Opinion},
    },
    vocabulary::known_share,
};

/// A loaded linear model.
pub struct LinearModel {
    id: ModelId,
    card: Card,
    config: Config,
    reader: Reader,
    table: FeatureTable,
    weights: Compact,
}

impl LinearModel {
    /// Reads a verified bundle.
    ///
    /// # Errors
    /// If its parts do not fit each other.
    pub fn load(bundle: &Bundle) -> Result<Self, BundleError> {
        let config: Config = bundle.json(CONFIG)?;
        config
            .check()
            .map_err(|reason| BundleError::Unreadable { file: CONFIG.to_owned(), reason })?;
        let table = FeatureTable::from_bytes(bundle.file(FEATURES)?)?;
        let outputs = config.outputs.count();
        let weights = Compact::from_bytes(bundle.file(WEIGHTS)?, table.len(), outputs)?;
        Ok(Self {
            id: ModelId { name: bundle.name().to_owned(), version: bundle.version().to_owned() },
            card: bundle.json::<Card>(CARD)?,
            reader: Reader::new(&config.preprocess, &config.features),
            table,
            weights,
            config,
        })
    }

    fn scores(&self, text: &str) -> (Vec<f32>, Reading) {
        let read = self.reader.read(text);
        let known: Vec<bool> = read.tokens.iter().map(|token| self.table.knows(token)).collect();
        let known = known_share(&read.tokens, &known);
        let reading = Reading::new(known, language::detect(text), &self.config.languages);
        (self.weights.scores(&self.table.row(&read.features)), reading)
    }
}

impl Model for LinearModel {
    fn id(&self) -> &ModelId {
        &self.id
    }

    fn labels(&self) -> &[Label] {
        &self.config.outputs.labels
    }

    fn card(&self) -> &Card {
        &self.card
    }

    fn predict(&self, texts: &[&str]) -> Result<Vec<Prediction>, ModelError> {
        let Config { outputs, calibration, .. } = &self.config;
        let verdict = |text: &&str| {
            let (scores, reading) = self.scores(text);
            outputs.verdict(&scores, calibration, &reading)
        };
        Ok(texts.iter().map(verdict).collect())
    }

    fn reasons(&self, texts: &[&str]) -> Result<Option<Vec<ReasonShares>>, ModelError> {
        let Config { outputs, calibration, .. } = &self.config;
        let shares = |text: &&str| outputs.reasons(&self.scores(text).0, calibration);
        Ok(texts.iter().map(shares).collect())
    }
}

impl Member for LinearModel {
    fn outputs(&self) -> &Outputs {
        &self.config.outputs
    }

    fn opinions(&self, texts: &[&str]) -> Result<Vec<Opinion>, ModelError> {
        let Config { outputs, calibration, .. } = &self.config;
        let opinion = |text: &&str| {
            let (scores, Reading { known, language, .. }) = self.scores(text);
            Opinion::new(outputs, &scores, calibration, known, language)
        };
        Ok(texts.iter().map(opinion).collect())
    }
}
