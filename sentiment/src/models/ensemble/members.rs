//! The members, loaded and asked together.

use domain::{Label, Reason};

use super::{Member, Opinion};
use crate::{
    bundle::{Bundle, BundleError, CONFIG},
    models::{Arithmetic, ModelError, Outputs, load_member, tensors::unreadable},
};

/// Models that tell the same labels apart.
pub struct Members {
    models: Vec<Box<dyn Member>>,
    outputs: Outputs,
}

impl Members {
    /// Loads each of these verified bundles.
    ///
    /// # Errors
    /// If there is none, one does not load, or they know different labels; names the member.
    pub fn load<'a>(
        bundles: impl IntoIterator<Item = &'a Bundle>,
        arithmetic: Arithmetic,
    ) -> Result<Self, BundleError> {
        let load = |bundle: &Bundle| {
            load_member(bundle, arithmetic)
                .map_err(|source| BundleError::of_member(bundle.name(), source))
        };
        let models = bundles.into_iter().map(load).collect::<Result<Vec<_>, _>>()?;
        let knows = |model: &dyn Member, label| model.outputs().labels.contains(&label);
        let Some(first) = models.first() else {
            return Err(unreadable(CONFIG, "an ensemble needs members".to_owned()));
        };
        let labels: Vec<Label> =
            Label::ALL.into_iter().filter(|&label| knows(first.as_ref(), label)).collect();
        for model in &models {
            if Label::ALL
                .into_iter()
                .any(|label| knows(model.as_ref(), label) != labels.contains(&label))
            {
                let (one, other) = (first.id(), model.id());
                let reason = format!("its members {one} and {other} know different labels");
                return Err(unreadable(CONFIG, reason));
            }
        }
        let is_known =
            |reason: &Reason| models.iter().any(|model| model.outputs().reasons.contains(reason));
        let reasons = Reason::ALL.into_iter().filter(is_known).collect();
        Ok(Self { outputs: Outputs { labels, reasons }, models })
    }

    /// What they tell apart: the labels that all know, and the reasons that one of them knows.
    #[must_use]
    pub const fn outputs(&self) -> &Outputs {
        &self.outputs
    }

    /// What each member makes of each text: by text, in the order of the members.
    ///
    /// # Errors
    /// If a member fails.
    pub fn opinions(&self, texts: &[&str]) -> Result<Vec<Vec<Opinion>>, ModelError> {
        let mut by_text = vec![Vec::with_capacity(self.models.len()); texts.len()];
        for model in &self.models {
            for (opinions, opinion) in by_text.iter_mut().zip(model.opinions(texts)?) {
                opinions.push(opinion);
            }
        }
        Ok(by_text)
    }
}
