//! What is compared with what: one TOML file under version control.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use domain::Label;
use serde::{Deserialize, Serialize};

/// Tests, models and protocols.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// The test files.
    #[serde(rename = "test")]
    pub tests: Vec<TestFile>,
    /// The models, in the order of every table.
    #[serde(rename = "model")]
    pub models: Vec<ModelEntry>,
    /// What is measured, in the order of the report.
    #[serde(rename = "protocol")]
    pub protocols: Vec<Protocol>,
    /// What has to be reached on the behaviour suite.
    #[serde(rename = "behaviour_goal", default)]
    pub behaviour_goals: Vec<BehaviourGoal>,
}

/// A file of rows with their label.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestFile {
    /// What it is called here, and the folder of its predictions.
    pub name: String,
    /// Its path below the data folder.
    pub file: String,
    /// ISO 639-1 code of its texts' language.
    pub language: String,
    /// Labels that are called otherwise in the file.
    #[serde(default)]
    pub rename: BTreeMap<String, Label>,
    /// Labels whose rows are left out.
    #[serde(default)]
    pub skip: Vec<String>,
}

/// A model to compare.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelEntry {
    /// What it is called here, and its predictions' file.
    pub name: String,
    /// What it is called in the report.
    pub title: String,
    /// Its bundle.
    pub folder: PathBuf,
    /// The recipe that `vigie-train protocol` trains it by.
    #[serde(default)]
    pub recipe: Option<PathBuf>,
    /// The models whose bundles it learns from, where its recipe has teacher shares.
    #[serde(default)]
    pub teachers: Vec<String>,
    /// Its training, for the learning curves.
    #[serde(default)]
    pub run: Option<PathBuf>,
    /// The protocols under which it is reported.
    pub protocols: Vec<String>,
}

/// Which rows of the test are measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rows {
    /// All of them.
    #[default]
    All,
    /// Those of the reference article's test.
    Article,
    /// Those with a reason of complaint.
    Reason,
    /// Those whose reason at least 60 % of the people asked gave.
    SureReason,
}

/// What competes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Classes {
    /// Negative, neutral and positive.
    Labels,
    /// Negative and positive; neutral's share is given up.
    Two,
    /// The reasons of a complaint.
    Reasons,
}

/// A figure of the whole, in the order of every table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Summary {
    /// Share of rows that are right.
    #[serde(rename = "accuracy")]
    Accuracy,
    /// Mean of the classes' precisions.
    #[serde(rename = "macro precision")]
    MacroPrecision,
    /// Mean of the classes' recalls.
    #[serde(rename = "macro recall")]
    MacroRecall,
    /// Mean of the classes' F1.
    #[serde(rename = "macro F1")]
    MacroF1,
    /// Area under the ROC curve.
    #[serde(rename = "AUC")]
    Auc,
    /// Expected calibration error.
    #[serde(rename = "ECE")]
    CalibrationError,
}

impl Summary {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Accuracy,
        Self::MacroPrecision,
        Self::MacroRecall,
        Self::MacroF1,
        Self::Auc,
        Self::CalibrationError,
    ];

    /// Its name in tables and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accuracy => "accuracy",
            Self::MacroPrecision => "macro precision",
            Self::MacroRecall => "macro recall",
            Self::MacroF1 => "macro F1",
            Self::Auc => "AUC",
            Self::CalibrationError => "ECE",
        }
    }

    /// Whether `value` is as good as `wanted`, or better.
    #[must_use]
    pub fn reaches(self, value: f64, wanted: f64) -> bool {
        if self == Self::CalibrationError { value <= wanted } else { value >= wanted }
    }
}

/// Rows of a test and what is measured on them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Protocol {
    /// Its name in files.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// What a stranger should know of the rows, in a few sentences.
    pub description: String,
    /// The test.
    pub test: String,
    /// Its rows.
    #[serde(default)]
    pub rows: Rows,
    /// What competes.
    pub classes: Classes,
    /// The figure that it is judged by.
    pub headline: Summary,
    /// What has to be reached.
    #[serde(default)]
    pub goals: Vec<Goal>,
    /// What others published.
    #[serde(default)]
    pub published: Vec<Published>,
}

/// What a model has to reach.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// Which model.
    pub model: String,
    /// Which figure.
    pub measure: Summary,
    /// What must hold.
    #[serde(default)]
    pub floor: Option<f64>,
    /// What is tried for.
    #[serde(default)]
    pub aim: Option<f64>,
    /// The model that it has to be above by a paired test.
    #[serde(default)]
    pub above: Option<String>,
}

/// What a model has to reach on the behaviour suite.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BehaviourGoal {
    /// Which model.
    pub model: String,
    /// Which figure, as cards call it: `behaviour pass rate`.
    pub measure: String,
    /// What must hold.
    pub floor: f64,
    /// What is tried for.
    pub aim: f64,
}

/// A figure that others published. Not ours: other rows, training or rules may stand behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// Which model.
    pub model: String,
    /// Which figure.
    pub measure: Summary,
    /// Its value.
    pub value: f64,
    /// Where it stands.
    pub source: String,
    /// What is not the same.
    #[serde(default)]
    pub note: String,
}

impl Description {
    /// Reads and checks the file at `path`.
    ///
    /// # Errors
    /// If it cannot be read, is no such TOML, or names what it does not describe.
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("the description {} cannot be read", path.display()))?;
        Self::parse(&text)
            .with_context(|| format!("the description {} is not sound", path.display()))
    }

    /// A description from the text of its file.
    ///
    /// # Errors
    /// If it is no TOML, misspells a setting, or names what it does not describe.
    pub fn parse(text: &str) -> Result<Self> {
        let description: Self = toml::from_str(text)?;
        description.check()?;
        Ok(description)
    }

    /// The test of a protocol.
    #[must_use]
    pub fn test_of(&self, protocol: &Protocol) -> Option<&TestFile> {
        self.tests.iter().find(|test| test.name == protocol.test)
    }

    /// What the model called `name` is called in the report.
    #[must_use]
    pub fn title_of(&self, name: &str) -> String {
        let model = self.models.iter().find(|model| model.name == name);
        model.map_or_else(|| name.to_owned(), |model| model.title.clone())
    }

    /// The tests that `model` is reported on.
    pub fn tests_for<'a>(&'a self, model: &'a ModelEntry) -> impl Iterator<Item = &'a TestFile> {
        let is_wanted = |test: &&TestFile| {
            let mut protocols = self.protocols.iter().filter(|p| p.test == test.name);
            protocols.any(|protocol| model.protocols.contains(&protocol.name))
        };
        self.tests.iter().filter(is_wanted)
    }

    fn check(&self) -> Result<()> {
        let tests: Vec<&str> = self.tests.iter().map(|test| test.name.as_str()).collect();
        let models: Vec<&str> = self.models.iter().map(|model| model.name.as_str()).collect();
        let protocols: Vec<&str> = self.protocols.iter().map(|p| p.name.as_str()).collect();
        for (what, names) in [("test", &tests), ("model", &models), ("protocol", &protocols)] {
            for (index, name) in names.iter().enumerate() {
                let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
                ensure!(
                    !name.is_empty() && name.chars().all(plain),
                    "“{name}” cannot name a {what}: use letters, digits, - and _"
                );
                ensure!(!names[..index].contains(name), "two a {what} are called “{name}”");
            }
        }
        let known = |what: &str, names: &[&str], name: &str, by: &str| {
            ensure!(
                names.contains(&name),
                "{by} names the {what} “{name}”, which is not described"
            );
            Ok(())
        };
        for protocol in &self.protocols {
            let by = format!("the protocol “{}”", protocol.name);
            known("test", &tests, &protocol.test, &by)?;
            for goal in &protocol.goals {
                known("model", &models, &goal.model, &by)?;
                goal.above.as_ref().map_or(Ok(()), |other| known("model", &models, other, &by))?;
            }
        }
        for goal in &self.behaviour_goals {
            known("model", &models, &goal.model, "a goal of the behaviour suite")?;
        }
        for model in &self.models {
            let by = format!("the model “{}”", model.name);
            model.protocols.iter().try_for_each(|name| known("protocol", &protocols, name, &by))?;
            model.teachers.iter().try_for_each(|name| known("model", &models, name, &by))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_of_this_repository_is_sound() {
        let description = Description::parse(include_str!("../../comparison.toml")).unwrap();
        let names: Vec<&str> = description.protocols.iter().map(|p| p.name.as_str()).collect();
        for name in ["article", "full", "airline", "reasons", "semeval"] {
            assert!(names.contains(&name), "{name}");
        }
    }

    #[test]
    fn a_goal_for_a_model_that_is_not_described_is_refused() {
        let text = include_str!("../../comparison.toml");
        let misspelt = text.replacen("{ model = \"bilstm\"", "{ model = \"bilstn\"", 1);
        let error = Description::parse(&misspelt).unwrap_err();
        assert!(error.to_string().contains("model “bilstn”, which is not described"), "{error}");
    }

    #[test]
    fn a_small_calibration_error_is_the_better_one() {
        assert!(Summary::CalibrationError.reaches(0.01, 0.02));
        assert!(!Summary::Accuracy.reaches(0.01, 0.02));
    }
}
