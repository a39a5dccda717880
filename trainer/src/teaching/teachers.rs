//! The bundles that are asked.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use domain::Label;
use sentiment::Model;

use super::Said;
use crate::{
    bundle_folder,
    data::Report,
    training::{LABELS, REASONS},
};

/// Models as they are served; what they say is the mean of their probabilities.
pub struct Teachers {
    models: Vec<Box<dyn Model>>,
}

/// A training row as the teachers get it.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Its place among the training rows.
    pub place: usize,
    /// Its text.
    pub text: &'a str,
    /// Whether its reason is asked for too.
    pub asks_reason: bool,
}

impl Teachers {
    /// Loads the bundles in `folders`.
    ///
    /// # Errors
    /// If there is none, or one does not load.
    pub fn read(folders: &[PathBuf]) -> Result<Self> {
        ensure!(!folders.is_empty(), "there is no teacher: give a bundle with --teacher");
        let load = |folder: &PathBuf| {
            sentiment::load(bundle_folder::read(folder)?)
                .with_context(|| format!("{} is no teacher", folder.display()))
        };
        Ok(Self { models: folders.iter().map(load).collect::<Result<_>>()? })
    }

    /// `name@version` of each.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        self.models.iter().map(|model| model.id().to_string()).collect()
    }

    /// Whether they may teach the rows of `report`: what learnt a test would hand it on.
    ///
    /// # Errors
    /// If one was trained on a test.
    pub fn check(&self, report: &Report) -> Result<()> {
        for model in &self.models {
            for test in &report.tests {
                ensure!(
                    model.card().data.iter().all(|source| source.sha256 != test.sha256),
                    "{} cannot teach: it was trained on {}, which the model is to be tested on",
                    model.id(),
                    test.file
                );
            }
        }
        Ok(())
    }

    /// What they say of each question.
    ///
    /// # Errors
    /// If a model fails.
    pub fn answer(&self, questions: &[Question<'_>]) -> Result<Vec<Said>> {
        let texts: Vec<&str> = questions.iter().map(|question| question.text).collect();
        let mut labels = vec![[0.0; LABELS]; questions.len()];
        for model in &self.models {
            let said = model.predict(&texts)?;
            for (shares, said) in labels.iter_mut().zip(said) {
                add(shares, Label::ALL.map(|label| said.probabilities.of(label)));
            }
        }
        let asked = questions.iter().filter(|question| question.asks_reason);
        let asked: Vec<&str> = asked.map(|question| question.text).collect();
        let mut reasons = self.reasons(&asked)?.into_iter();
        let said = questions.iter().zip(labels).map(|(question, labels)| Said {
            labels: mean(labels, self.models.len()),
            reasons: question.asks_reason.then(|| reasons.next()).flatten(),
        });
        Ok(said.collect())
    }

    /// The reasons of each text by those who know reasons; of no text if nobody does.
    fn reasons(&self, texts: &[&str]) -> Result<Vec<[f32; REASONS]>> {
        let mut sums = vec![[0.0; REASONS]; texts.len()];
        let mut who_know = 0;
        for model in &self.models {
            let Some(said) = model.reasons(texts)? else { continue };
            who_know += 1;
            for (shares, said) in sums.iter_mut().zip(said) {
                let mut all = [0.0; REASONS];
                all[..said.len()].copy_from_slice(&said);
                all[REASONS - 1] = (1.0 - said.iter().sum::<f32>()).max(0.0);
                add(shares, all);
            }
        }
        if who_know == 0 {
            return Ok(Vec::new());
        }
        Ok(sums.into_iter().map(|shares| mean(shares, who_know)).collect())
    }
}

fn add<const N: usize>(sums: &mut [f32; N], shares: [f32; N]) {
    sums.iter_mut().zip(shares).for_each(|(sum, share)| *sum += share);
}

fn mean<const N: usize>(sums: [f32; N], count: usize) -> [f32; N] {
    sums.map(|sum| sum / count as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bundle_fixture::SmallBundle;

    fn teachers(bundles: &[SmallBundle]) -> Teachers {
        let load = |bundle: &SmallBundle| sentiment::load(bundle.files()).unwrap();
        Teachers { models: bundles.iter().map(load).collect() }
    }

    fn ask(bundles: &[SmallBundle], asks_reason: bool) -> Said {
        let text = "the flight was late !";
        let question = Question { place: 0, text, asks_reason };
        teachers(bundles).answer(&[question]).unwrap()[0]
    }

    #[test]
    fn several_teachers_say_the_mean() {
        let (one, other) = (SmallBundle::default(), SmallBundle::doubtful());
        let [first, second] = [&one, &other].map(|bundle| ask(std::slice::from_ref(bundle), true));
        assert_ne!(first.labels, second.labels);
        let both = ask(&[one, other], true);
        for k in 0..LABELS {
            let mean = f32::midpoint(first.labels[k], second.labels[k]);
            assert!((both.labels[k] - mean).abs() < 1e-6, "{both:?}");
        }
        assert_eq!(both.reasons, second.reasons, "only the second knows reasons");
    }

    #[test]
    fn reasons_are_said_where_they_are_asked_for_and_known() {
        let shares = ask(&[SmallBundle::doubtful()], true).reasons.unwrap();
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-5, "{shares:?}");
        assert_eq!(ask(&[SmallBundle::doubtful()], false).reasons, None);
        assert_eq!(ask(&[SmallBundle::default()], true).reasons, None);
    }

    #[test]
    fn each_question_gets_its_own_answer() {
        let question = |place, text, asks_reason| Question { place, text, asks_reason };
        let questions = [
            question(0, "thanks", false),
            question(1, "late", true),
            question(2, "good", false),
            question(3, "not good", true),
        ];
        let teachers = teachers(&[SmallBundle::doubtful()]);
        let together = teachers.answer(&questions).unwrap();
        for (question, among) in questions.iter().zip(together) {
            let alone = teachers.answer(&[*question]).unwrap()[0];
            let close = |a: &[f32], b: &[f32]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5);
            assert!(close(&alone.labels, &among.labels), "{question:?}");
            let reasons = [alone.reasons, among.reasons].map(Option::unwrap_or_default);
            assert_eq!(among.reasons.is_some(), question.asks_reason);
            assert!(close(&reasons[0], &reasons[1]), "{question:?}");
        }
    }
}
