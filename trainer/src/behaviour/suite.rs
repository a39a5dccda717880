//! All capabilities.

use std::collections::{HashMap, HashSet};

use anyhow::{Result, ensure};
use sentiment::Model;

use super::{Capability, Case, Examination, Outcome};
use crate::data::Fingerprint;

/// The released files, by their path below `trainer/behaviour`, in the order of reports.
const RELEASED: [(&str, &str); 22] = [
    ("en/negation-in-scope.toml", include_str!("../../behaviour/en/negation-in-scope.toml")),
    (
        "en/negation-out-of-scope.toml",
        include_str!("../../behaviour/en/negation-out-of-scope.toml"),
    ),
    ("en/double-negation.toml", include_str!("../../behaviour/en/double-negation.toml")),
    ("en/intensity.toml", include_str!("../../behaviour/en/intensity.toml")),
    ("en/but-clauses.toml", include_str!("../../behaviour/en/but-clauses.toml")),
    ("en/comparisons.toml", include_str!("../../behaviour/en/comparisons.toml")),
    ("en/temporal-change.toml", include_str!("../../behaviour/en/temporal-change.toml")),
    ("en/emoji-alone.toml", include_str!("../../behaviour/en/emoji-alone.toml")),
    ("en/emoji-against-text.toml", include_str!("../../behaviour/en/emoji-against-text.toml")),
    ("en/hashtags.toml", include_str!("../../behaviour/en/hashtags.toml")),
    ("en/sarcasm.toml", include_str!("../../behaviour/en/sarcasm.toml")),
    ("en/airline-idioms.toml", include_str!("../../behaviour/en/airline-idioms.toml")),
    ("en/questions.toml", include_str!("../../behaviour/en/questions.toml")),
    ("en/thanks-in-complaint.toml", include_str!("../../behaviour/en/thanks-in-complaint.toml")),
    ("en/praise-of-staff.toml", include_str!("../../behaviour/en/praise-of-staff.toml")),
    ("en/exchanged-names.toml", include_str!("../../behaviour/en/exchanged-names.toml")),
    ("en/exchanged-details.toml", include_str!("../../behaviour/en/exchanged-details.toml")),
    ("en/typos.toml", include_str!("../../behaviour/en/typos.toml")),
    ("fr/polarity.toml", include_str!("../../behaviour/fr/polarity.toml")),
    ("fr/negation.toml", include_str!("../../behaviour/fr/negation.toml")),
    ("fr/idioms.toml", include_str!("../../behaviour/fr/idioms.toml")),
    ("fr/exchanges.toml", include_str!("../../behaviour/fr/exchanges.toml")),
];

/// The capabilities that a model is examined on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suite {
    /// In the order of reports.
    pub capabilities: Vec<Capability>,
}

impl Suite {
    /// The suite that this program was built with.
    ///
    /// # Errors
    /// If a file is not sound.
    pub fn released() -> Result<Self> {
        Self::parse(&RELEASED)
    }

    /// A suite of files, each with its name.
    ///
    /// # Errors
    /// If a file is not sound, two have one name, or two cases share a text.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self> {
        let capabilities: Vec<Capability> = files
            .iter()
            .map(|(file, text)| Capability::parse(file, text))
            .collect::<Result<_>>()?;
        let mut names = HashSet::new();
        let mut owners: HashMap<Fingerprint, String> = HashMap::new();
        for capability in &capabilities {
            let name = &capability.name;
            ensure!(names.insert(name), "two behaviour files are called “{name}”: rename one");
            for case in &capability.cases {
                let owner = format!("{name}/{}", case.id);
                for text in case.texts() {
                    let before = owners.insert(Fingerprint::of(text), owner.clone());
                    ensure!(
                        before.as_ref().is_none_or(|before| *before == owner),
                        "“{owner}” has a text of “{}”: write another",
                        before.unwrap_or_default()
                    );
                }
            }
        }
        Ok(Self { capabilities })
    }

    /// Every case with its capability.
    pub fn cases(&self) -> impl Iterator<Item = (&Capability, &Case)> {
        self.capabilities
            .iter()
            .flat_map(|capability| capability.cases.iter().map(move |case| (capability, case)))
    }

    /// Asks `model` every case in one of `languages` that its labels fit.
    ///
    /// # Errors
    /// If the model fails.
    pub fn examine(&self, model: &dyn Model, languages: &[String]) -> Result<Examination> {
        let asked: Vec<(&Capability, &Case)> = self
            .cases()
            .filter(|(capability, _)| languages.contains(&capability.language))
            .filter(|(_, case)| case.fits(model.labels()))
            .collect();
        let texts: Vec<&str> = asked.iter().flat_map(|(_, case)| case.texts()).collect();
        let said = model.predict(&texts)?;
        ensure!(said.len() == texts.len(), "{} left texts without a verdict", model.id());
        let mut said = said.iter().map(|prediction| prediction.probabilities);
        let outcomes = asked
            .into_iter()
            .map(|(capability, case)| {
                let said: Vec<_> = said.by_ref().take(case.texts().len()).collect();
                Outcome::of(capability, case, &said)
            })
            .collect();
        Ok(Examination { outcomes })
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;
    use crate::behaviour::Check;

    #[test]
    fn the_released_suite_is_large_and_broad_enough() {
        let suite = Suite::released().unwrap();
        let english: Vec<_> =
            suite.capabilities.iter().filter(|capability| capability.language == "en").collect();
        assert!(english.len() >= 12, "{} English capabilities", english.len());
        let cases: usize = english.iter().map(|capability| capability.cases.len()).sum();
        assert!(cases >= 300, "{cases} English cases");
        assert!(suite.capabilities.iter().any(|capability| capability.language == "fr"));
        for capability in &suite.capabilities {
            assert!(capability.cases.len() >= 15, "{} has few cases", capability.name);
        }
    }

    #[test]
    fn one_answer_to_everything_does_not_pass() {
        // In each capability that asks for labels, no label is right in nine cases of ten.
        for capability in &Suite::released().unwrap().capabilities {
            for label in domain::Label::ALL {
                let allows = |case: &&Case| match &case.check {
                    Check::Label { allowed, .. } => allowed.contains(&label),
                    _ => false,
                };
                let right = capability.cases.iter().filter(allows).count();
                assert!(right * 10 < capability.cases.len() * 9, "{} {label}", capability.name);
            }
        }
    }

    #[test]
    fn every_file_of_the_folder_is_compiled_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("behaviour");
        let mut files = 0;
        for language in ["en", "fr"] {
            for entry in fs::read_dir(folder.join(language)).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                let path = format!("{language}/{name}");
                assert!(RELEASED.iter().any(|(file, _)| *file == path), "{path} is left out");
                files += 1;
            }
        }
        assert_eq!(files, RELEASED.len());
    }

    #[test]
    fn two_cases_never_share_a_text() {
        let file = |name: &str, text: &str| {
            format!(
                "name = \"{name}\"\nlanguage = \"en\"\ncases = [{{ id = \"x\", expect = \"neutral\", text = \"{text}\" }}]"
            )
        };
        let (one, other) = (file("one", "@united it left"), file("other", "@Delta  It left"));
        let error = Suite::parse(&[("1", &one), ("2", &other)]).unwrap_err();
        assert!(error.to_string().contains("“other/x” has a text of “one/x”"), "{error}");
        let error = Suite::parse(&[("1", &one), ("2", &file("one", "hello"))]).unwrap_err();
        assert!(error.to_string().contains("called “one”"), "{error}");
    }
}
