//! Text in, verdicts out.

use domain::{Label, ModelId, Prediction};

use super::{Config, MemberConfig, Members, Pool};
use crate::{
    bundle::{Bundle, BundleError, CARD, CONFIG, Card},
    models::{Arithmetic, Calibration, Model, ModelError, ReasonShares, tensors::unreadable},
};

/// A loaded ensemble.
pub struct EnsembleModel {
    id: ModelId,
    card: Card,
    members: Members,
    pool: Pool,
    calibration: Calibration,
}

impl EnsembleModel {
    /// Reads a verified bundle that was read with its members.
    ///
    /// # Errors
    /// If a member is missing, is of another version than the ensemble names, or does not load,
    /// or if the configuration is not sound.
    pub fn load(bundle: &Bundle, arithmetic: Arithmetic) -> Result<Self, BundleError> {
        let config: Config = bundle.json(CONFIG)?;
        config.check().map_err(|reason| unreadable(CONFIG, reason))?;
        let Config { members: named, calibration, languages, .. } = config;
        let bundles = named.iter().map(|member| pinned(bundle, member));
        let members = Members::load(bundles.collect::<Result<Vec<_>, _>>()?, arithmetic)?;
        let weights = named.iter().map(|member| member.weight).collect();
        Ok(Self {
            id: ModelId { name: bundle.name().to_owned(), version: bundle.version().to_owned() },
            card: bundle.json::<Card>(CARD)?,
            pool: Pool { outputs: members.outputs().clone(), weights, languages },
            members,
            calibration,
        })
    }
}

impl Model for EnsembleModel {
    fn id(&self) -> &ModelId {
        &self.id
    }

    fn labels(&self) -> &[Label] {
        &self.pool.outputs.labels
    }

    fn card(&self) -> &Card {
        &self.card
    }

    fn predict(&self, texts: &[&str]) -> Result<Vec<Prediction>, ModelError> {
        let opinions = self.members.opinions(texts)?;
        Ok(opinions.iter().map(|said| self.pool.verdict(said, &self.calibration)).collect())
    }

    fn reasons(&self, texts: &[&str]) -> Result<Option<Vec<ReasonShares>>, ModelError> {
        let outputs = &self.pool.outputs;
        if outputs.reasons.is_empty() {
            return Ok(None);
        }
        let opinions = self.members.opinions(texts)?;
        let shares = |said: &Vec<_>| outputs.reasons(&self.pool.logits(said), &self.calibration);
        Ok(opinions.iter().map(shares).collect())
    }
}

/// The member that the configuration names, in the version that it names.
fn pinned<'a>(bundle: &'a Bundle, member: &MemberConfig) -> Result<&'a Bundle, BundleError> {
    let MemberConfig { name, version, .. } = member;
    let found = bundle.member(name)?;
    if found.version() != version {
        return Err(BundleError::OtherMember {
            name: name.clone(),
            wanted: version.clone(),
            found: found.version().to_owned(),
        });
    }
    Ok(found)
}
