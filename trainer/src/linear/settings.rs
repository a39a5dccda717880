//! How a linear model is trained.

use anyhow::{Result, ensure};
use sentiment::models::linear::FeatureConfig;
use serde::{Deserialize, Serialize};

/// What a recipe says under `[linear]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// How few rows a feature may come in.
    pub minimum_rows: u32,
    /// How many features are kept, single words before all others.
    pub most_features: usize,
    /// The learners that are fitted and measured.
    pub members: Vec<Member>,
    /// Those of them whose scores are added up in what is released.
    pub vote: Vec<Member>,
    /// Weight of the squared length of the weights, by learner.
    pub penalty: Penalty,
    /// What is added to each count of naive Bayes.
    pub smoothing: f64,
    /// Iterations of the optimiser at most.
    pub iterations: u64,
    /// Fall of the mean loss in one iteration below which the optimiser stops.
    pub tolerance: f64,
    /// Which features a text has.
    pub features: FeatureConfig,
}

/// A learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Member {
    /// Multinomial logistic regression.
    Logistic,
    /// Linear support vector machine of squared hinge loss, one label against the others (Fan et
    /// al. 2008).
    Svm,
    /// Naive Bayes: log-count ratios as weights.
    Bayes,
    /// A support vector machine over features times their log-count ratios (Wang and Manning
    /// 2012).
    NbSvm,
    /// Logistic regression over the same.
    NbLogistic,
}

/// Penalties by learner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Penalty {
    /// Of [`Member::Logistic`].
    pub logistic: f64,
    /// Of [`Member::Svm`].
    pub svm: f64,
    /// Of [`Member::NbSvm`].
    pub nb_svm: f64,
    /// Of [`Member::NbLogistic`].
    pub nb_logistic: f64,
}

impl Member {
    /// Its name in recipes, tables and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Logistic => "logistic",
            Self::Svm => "svm",
            Self::Bayes => "bayes",
            Self::NbSvm => "nb-svm",
            Self::NbLogistic => "nb-logistic",
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            minimum_rows: 2,
            most_features: 1_000_000,
            members: vec![
                Member::Logistic,
                Member::Svm,
                Member::Bayes,
                Member::NbSvm,
                Member::NbLogistic,
            ],
            vote: vec![Member::Logistic, Member::NbSvm],
            penalty: Penalty::default(),
            smoothing: 1.0,
            iterations: 200,
            tolerance: 1e-5,
            features: FeatureConfig::default(),
        }
    }
}

impl Default for Penalty {
    fn default() -> Self {
        Self { logistic: 3e-6, svm: 1e-5, nb_svm: 1e-4, nb_logistic: 3e-5 }
    }
}

impl Settings {
    /// Says what cannot be trained.
    ///
    /// # Errors
    /// A sentence that names the setting.
    pub fn check(&self) -> Result<()> {
        ensure!(self.minimum_rows > 0, "linear.minimum_rows must be above 0");
        ensure!(self.most_features > 0, "linear.most_features must be above 0");
        ensure!(self.iterations > 0, "linear.iterations must be above 0");
        ensure!(!self.vote.is_empty(), "linear.vote names no learner: nothing would be released");
        for (list, members) in [("members", &self.members), ("vote", &self.vote)] {
            let repeated = members.iter().enumerate().find(|(k, m)| members[..*k].contains(m));
            if let Some((_, member)) = repeated {
                anyhow::bail!("linear.{list} names “{}” twice", member.name());
            }
        }
        if let Some(member) = self.vote.iter().find(|member| !self.members.contains(member)) {
            let name = member.name();
            anyhow::bail!("linear.vote names “{name}”, which linear.members does not");
        }
        let Penalty { logistic, svm, nb_svm, nb_logistic } = self.penalty;
        for (name, value) in [
            ("penalty.logistic", logistic),
            ("penalty.svm", svm),
            ("penalty.nb-svm", nb_svm),
            ("penalty.nb-logistic", nb_logistic),
            ("smoothing", self.smoothing),
            ("tolerance", self.tolerance),
        ] {
            ensure!(value.is_finite() && value > 0.0, "linear.{name} must be above 0, not {value}");
        }
        self.features.check().map_err(|reason| anyhow::anyhow!("linear.{reason}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(change: impl FnOnce(&mut Settings)) -> String {
        let mut settings = Settings::default();
        settings.check().unwrap();
        change(&mut settings);
        settings.check().unwrap_err().to_string()
    }

    #[test]
    fn what_cannot_be_trained_is_refused_by_its_name() {
        assert!(refusal(|s| s.vote.clear()).contains("linear.vote names no learner"));
        assert!(refusal(|s| s.members = vec![Member::Svm]).contains("“logistic”, which"));
        assert!(refusal(|s| s.vote.push(Member::Logistic)).contains("“logistic” twice"));
        assert!(refusal(|s| s.penalty.nb_svm = 0.0).contains("linear.penalty.nb-svm"));
        assert!(refusal(|s| s.tolerance = f64::NAN).contains("linear.tolerance"));
        assert!(refusal(|s| s.features.words = [2, 3]).contains("must begin with 1"));
        assert!(refusal(|s| s.features.characters = Some([5, 2])).contains("features.characters"));
    }
}
