//! What a recipe may not ask for.

use anyhow::{Result, bail, ensure};
use sentiment::bundle::{Bundle, BundleFiles};

use super::{Family, Reasons, Recipe, Source};
use crate::{bert::AdaptationSettings, data::import::Format};

/// How often a row may come in an epoch at most.
const MAX_REPEAT: u32 = 100;

impl Recipe {
    pub(super) fn check(&self) -> Result<()> {
        // The name becomes the bundle's, and a training is too long to learn at its end that it
        // cannot.
        Bundle::create(&self.name, BundleFiles::new())?;
        ensure!(self.preprocess.max_tokens > 0, "preprocess.max_tokens must be above 0");
        self.sources.iter().try_for_each(Source::check)?;
        only_once("sources", self.sources.iter().map(|source| source.name.as_str()))?;
        ensure!(!self.sources.is_empty(), "it names no source: add a [[source]]");
        let decides = self.decisive_kind();
        ensure!(
            self.sources.iter().any(|source| self.is_decisive(source) && source.validation > 0.0),
            "no source that is {decides:?} and calibrates has rows to validate on: set its validation, such as 0.1"
        );
        ensure!(
            !self.tests.is_empty(),
            "it names no test, so that nothing would be known of the model: add a [[test]]"
        );
        for test in &self.tests {
            ensure!(
                test.format != Format::Lessons,
                "test “{}” is of lessons, which are made to be learnt from: test on a file",
                test.name
            );
        }
        only_once("tests", self.tests.iter().map(|test| test.name.as_str()))?;
        self.embed.check()?;
        self.train.check()?;
        self.adapt.as_ref().map_or(Ok(()), AdaptationSettings::check)?;
        match self.family()? {
            Family::BiLstm(settings) => settings.check(),
            Family::Bert(settings) => settings.check(),
            Family::Linear(settings) => {
                if let Some(name) = self.taught_sources().next() {
                    bail!(
                        "a linear model does not learn from teachers: leave out the teacher_share of source “{name}”"
                    );
                }
                settings.check()
            }
        }
    }
}

impl Source {
    fn check(&self) -> Result<()> {
        let name = &self.name;
        ensure!(
            (0.0..1.0).contains(&self.validation),
            "source “{name}” needs a validation from 0 to below 1, not {}",
            self.validation
        );
        ensure!(
            (1..=MAX_REPEAT).contains(&self.repeat),
            "source “{name}” needs a repeat from 1 to {MAX_REPEAT}, not {}",
            self.repeat
        );
        ensure!(
            self.weight.is_finite() && self.weight > 0.0,
            "source “{name}” needs a weight above 0, not {}",
            self.weight
        );
        ensure!(
            (0.0..=1.0).contains(&self.teacher_share),
            "source “{name}” needs a teacher_share from 0 to 1, not {}",
            self.teacher_share
        );
        if self.kind.is_none() {
            ensure!(
                self.teacher_share == 1.0,
                "source “{name}” has no kind: say who labelled it, kind = \"human\" or \"distant\", or leave its rows to teachers alone, teacher_share = 1.0"
            );
            ensure!(
                self.validation == 0.0 && self.reasons == Reasons::Unknown,
                "source “{name}” has no kind, so that no label of it counts: leave out its validation and reasons"
            );
        }
        Ok(())
    }
}

/// Names go into reports and file names, where two of one name could not be told apart.
fn only_once<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut seen = Vec::new();
    for name in names {
        if seen.contains(&name) {
            bail!("two {what} are called “{name}”");
        }
        seen.push(name);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::Label;
    use sentiment::models::Outputs;

    use super::*;
    use crate::recipe::Kind;

    const SOUND: &str = include_str!("../../recipes/bilstm.toml");

    /// What is said of the released recipe once `change` was made to it.
    fn refusal(change: impl FnOnce(&mut Recipe)) -> String {
        let mut recipe = Recipe::parse(SOUND).unwrap();
        change(&mut recipe);
        recipe.check().unwrap_err().to_string()
    }

    #[test]
    fn a_recipe_without_tests_is_refused() {
        assert!(refusal(|recipe| recipe.tests.clear()).contains("names no test"));
    }

    #[test]
    fn lessons_are_no_test() {
        let refusal = refusal(|recipe| recipe.tests[0].format = Format::Lessons);
        assert!(refusal.contains("test “sentiment140” is of lessons"), "{refusal}");
    }

    #[test]
    fn a_recipe_without_validation_rows_is_refused() {
        let refusal =
            refusal(|recipe| recipe.sources.iter_mut().for_each(|source| source.validation = 0.0));
        assert!(refusal.contains("rows to validate on"), "{refusal}");
    }

    #[test]
    fn a_recipe_that_calibrates_on_nothing_is_refused() {
        let refusal = refusal(|recipe| {
            recipe.sources.iter_mut().for_each(|source| source.calibrates = false);
        });
        assert!(refusal.contains("rows to validate on"), "{refusal}");
    }

    #[test]
    fn emoticons_alone_teach_two_labels() {
        let mut recipe = Recipe::parse(SOUND).unwrap();
        assert_eq!(recipe.outputs(), Outputs::all());
        recipe.sources.retain(|source| source.kind == Some(Kind::Distant));
        recipe.check().unwrap();
        assert_eq!(recipe.outputs(), Outputs::of_labels(vec![Label::Negative, Label::Positive]));
    }

    #[test]
    fn a_recipe_names_one_family() {
        assert!(refusal(|recipe| recipe.bilstm = None).contains("no model family"));
    }

    #[test]
    fn a_name_that_no_bundle_may_have_is_refused() {
        for name in ["", "two words", "../up", ".hidden"] {
            assert!(refusal(|recipe| recipe.name = name.to_owned()).contains("is no name"));
        }
    }

    #[test]
    fn a_source_that_cannot_be_used_is_refused_by_its_name() {
        for weight in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            assert!(refusal(|recipe| recipe.sources[1].weight = weight).contains("“semeval”"));
        }
        for repeat in [0, 101] {
            assert!(refusal(|recipe| recipe.sources[1].repeat = repeat).contains("“semeval”"));
        }
        for validation in [1.0, -0.1, f64::NAN] {
            let refusal = refusal(|recipe| recipe.sources[1].validation = validation);
            assert!(refusal.contains("“semeval”"), "{refusal}");
        }
        for share in [-0.1, 1.1, f32::NAN] {
            let refusal = refusal(|recipe| recipe.sources[1].teacher_share = share);
            assert!(refusal.contains("“semeval” needs a teacher_share"), "{refusal}");
        }
    }

    #[test]
    fn a_source_that_nobody_labelled_is_left_to_teachers() {
        let change = |share: f32, validation: f64| {
            refusal(|recipe| {
                let source = &mut recipe.sources[1];
                (source.kind, source.teacher_share, source.validation) = (None, share, validation);
            })
        };
        assert!(change(0.9, 0.0).contains("“semeval” has no kind: say who labelled it"));
        assert!(change(1.0, 0.1).contains("leave out its validation"));
        let mut recipe = Recipe::parse(SOUND).unwrap();
        recipe.sources[3] =
            toml::from_str("name = \"more\"\nfile = \"more.tsv\"\nteacher_share = 1.0").unwrap();
        recipe.check().unwrap();
    }

    #[test]
    fn a_linear_recipe_with_a_teacher_is_refused() {
        let linear = include_str!("../../recipes/linear.toml");
        let taught = linear.replacen("[[source]]", "[[source]]\nteacher_share = 0.5", 1);
        let refusal = Recipe::parse(&taught).unwrap_err().to_string();
        assert!(refusal.contains("does not learn from teachers"), "{refusal}");
    }

    #[test]
    fn a_recipe_without_teachers_is_written_as_before_there_were_any() {
        let mut recipe = Recipe::parse(SOUND).unwrap();
        recipe.sources.iter_mut().for_each(|source| source.teacher_share = 0.0);
        assert!(!toml::to_string(&recipe).unwrap().contains("teacher"));
        recipe.sources[0].teacher_share = 0.7;
        let again = Recipe::parse(&toml::to_string(&recipe).unwrap()).unwrap();
        assert_eq!(again.taught_sources().collect::<Vec<_>>(), ["airline"]);
    }

    #[test]
    fn two_tests_of_one_name_are_refused() {
        let refusal = refusal(|recipe| recipe.tests[1].name = recipe.tests[0].name.clone());
        assert!(refusal.contains("two tests are called “sentiment140”"), "{refusal}");
    }
}
