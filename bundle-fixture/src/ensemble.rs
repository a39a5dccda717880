//! An ensemble of small bundles.

use std::path::Path;

use sentiment::{
    Bundle, BundleFiles, Card,
    bundle::{CARD, CONFIG},
    models::{
        Calibration,
        ensemble::{Config, FAMILY, MemberConfig},
    },
};

use crate::{SmallBundle, card, write};

/// Small bundles that judge together; change what a test is about, leave the rest.
#[derive(Clone, Debug)]
pub struct SmallEnsemble {
    /// The ensemble's name.
    pub name: String,
    /// Its members and how much each counts.
    pub members: Vec<(SmallBundle, f32)>,
    /// How the pooled logarithms become probabilities.
    pub calibration: Calibration,
    /// ISO 639-1 codes.
    pub languages: Vec<String>,
    /// Its `card.json`.
    pub card: Card,
}

impl Default for SmallEnsemble {
    /// English: a quarter of one that knows labels, three quarters of one that knows reasons too
    /// and has its labels in another order.
    fn default() -> Self {
        Self {
            name: "small-ensemble".to_owned(),
            members: vec![(SmallBundle::default(), 0.25), (SmallBundle::doubtful(), 0.75)],
            calibration: Calibration { temperature: 0.8, ..Calibration::default() },
            languages: vec!["en".to_owned()],
            card: card(),
        }
    }
}

impl SmallEnsemble {
    /// Its `config.json`, which pins its members as they are.
    ///
    /// # Panics
    /// If a member cannot be made.
    #[must_use]
    pub fn config(&self) -> Config {
        let member = |(bundle, weight): &(SmallBundle, f32)| MemberConfig {
            name: bundle.name.clone(),
            version: verified(bundle.files()).version().to_owned(),
            weight: *weight,
        };
        Config {
            family: FAMILY.to_owned(),
            members: self.members.iter().map(member).collect(),
            calibration: self.calibration,
            languages: self.languages.clone(),
        }
    }

    /// Its bundle with its members.
    ///
    /// # Panics
    /// If its name is none for a model, or a member cannot be made.
    #[must_use]
    pub fn bundle(&self) -> Bundle {
        let files = BundleFiles::from([
            (CONFIG.to_owned(), serde_json::json!(self.config()).to_string().into_bytes()),
            (CARD.to_owned(), serde_json::json!(self.card).to_string().into_bytes()),
        ]);
        let own = Bundle::create(&self.name, files).expect("the name is one for a model");
        own.with_members(self.members.iter().map(|(member, _)| verified(member.files())))
    }

    /// Writes its bundle and those of its members into folders of their names below `models`.
    ///
    /// # Panics
    /// If they cannot be made or written.
    pub fn write(&self, models: &Path) {
        write(&models.join(&self.name), &self.bundle().own_files());
        self.members.iter().for_each(|(member, _)| member.write(&models.join(&member.name)));
    }
}

fn verified(files: BundleFiles) -> Bundle {
    Bundle::verify(files).expect("the fixture is a bundle")
}
