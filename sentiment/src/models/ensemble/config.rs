//! What `config.json` says of an ensemble.

use serde::{Deserialize, Serialize};

use crate::models::Calibration;

/// The family's name in `config.json`.
pub const FAMILY: &str = "ensemble";

/// How far the weights' sum may be from 1, for numbers written with few digits.
const ROUNDING: f32 = 1e-4;

/// Everything but the members themselves, whose bundles lie beside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// Always [`FAMILY`].
    pub family: String,
    /// Two or more.
    pub members: Vec<MemberConfig>,
    /// How the pooled logarithms become probabilities.
    #[serde(flatten)]
    pub calibration: Calibration,
    /// ISO 639-1 codes of the languages that all members were trained on.
    pub languages: Vec<String>,
}

/// A member: exactly this version of the bundle of this name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemberConfig {
    /// Its name, which its folder beside the ensemble's has too.
    pub name: String,
    /// Its version.
    pub version: String,
    /// How much it counts, above 0; all weights sum to 1.
    pub weight: f32,
}

impl Config {
    /// Says what no ensemble could be made of.
    pub(super) fn check(&self) -> Result<(), String> {
        self.calibration.check()?;
        if self.members.len() < 2 {
            return Err(format!("members must be two or more, not {}", self.members.len()));
        }
        for (k, MemberConfig { name, weight, .. }) in self.members.iter().enumerate() {
            if self.members[..k].iter().any(|other| other.name == *name) {
                return Err(format!("members must be different ones, but two are {name}"));
            }
            if !(weight.is_finite() && *weight > 0.0) {
                return Err(format!("the weight of {name} must be above 0, not {weight}"));
            }
        }
        let sum: f32 = self.members.iter().map(|member| member.weight).sum();
        if (sum - 1.0).abs() > ROUNDING {
            return Err(format!("the members' weights must sum to 1, not {sum}"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(weights: &[(&str, f32)]) -> Option<String> {
        let member = |&(name, weight): &(&str, f32)| MemberConfig {
            name: name.to_owned(),
            version: "0123456789ab".to_owned(),
            weight,
        };
        let config = Config {
            family: FAMILY.to_owned(),
            members: weights.iter().map(member).collect(),
            calibration: Calibration::default(),
            languages: vec!["en".to_owned()],
        };
        config.check().err()
    }

    #[test]
    fn what_no_ensemble_could_be_made_of_is_refused() {
        assert_eq!(refusal(&[("a", 0.35), ("b", 0.65)]), None);
        for (weights, words) in [
            (vec![("a", 1.0)], "two or more"),
            (vec![("a", 0.5), ("a", 0.5)], "two are a"),
            (vec![("a", 1.0), ("b", 0.0)], "the weight of b"),
            (vec![("a", f32::NAN), ("b", 0.5)], "the weight of a"),
            (vec![("a", 0.5), ("b", 0.6)], "must sum to 1"),
        ] {
            let refusal = refusal(&weights).unwrap();
            assert!(refusal.contains(words), "{refusal}");
        }
    }
}
