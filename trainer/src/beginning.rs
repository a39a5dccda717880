//! A training before its first step, whatever its family.

use std::path::Path;

use anyhow::Result;

use crate::{
    bilstm,
    data::Prepared,
    origin::StartOrigin,
    recipe::{Family, Recipe},
    training::{Learner, Reader},
};

/// Everything that the training loop is given of a family.
pub struct Beginning {
    /// The network.
    pub learner: Box<dyn Learner>,
    /// How text becomes what it reads.
    pub reader: Box<dyn Reader>,
    /// The content of the file that says so, which becomes the bundle's.
    pub words: Vec<u8>,
    /// A sum of all numbers that it starts from.
    pub digest: Vec<u8>,
    /// Where they come from.
    pub origin: StartOrigin,
    /// The commands that made them, those that made the rows among them; none for a bundle.
    pub commands: Vec<String>,
}

impl Beginning {
    /// What `recipe` begins with: the bundle `init` if there is one, else what its family starts
    /// from, such as the word vectors in `vectors`.
    ///
    /// # Errors
    /// If that is missing, or is of other rows or another recipe.
    pub fn new(
        recipe: &Recipe,
        prepared: &Prepared,
        vectors: &Path,
        init: Option<&Path>,
    ) -> Result<Self> {
        match recipe.family()? {
            Family::BiLstm(settings) => {
                let start = match init {
                    None => {
                        let report = &prepared.report;
                        bilstm::Start::from_vectors(vectors, recipe, settings, report)?
                    }
                    Some(bundle) => bilstm::Start::from_bundle(bundle, recipe, settings)?,
                };
                Self::of_bilstm(start, recipe, settings)
            }
        }
    }

    fn of_bilstm(
        start: bilstm::Start,
        recipe: &Recipe,
        settings: &bilstm::Settings,
    ) -> Result<Self> {
        let words = start.vectors.vocabulary.to_bytes();
        let (digest, origin) = (start.digest(), start.origin.clone());
        let commands = start.commands.clone();
        let (learner, reader) = start.learner(recipe, settings)?;
        let (learner, reader) = (Box::new(learner), Box::new(reader));
        Ok(Self { learner, reader, words, digest, origin, commands })
    }
}
