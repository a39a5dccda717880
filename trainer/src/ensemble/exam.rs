//! What the members say of the validation rows of one source.

use anyhow::Result;
use rayon::prelude::*;
use sentiment::{
    bundle::Metric,
    models::{
        Calibration,
        ensemble::{Members, Opinion, Pool},
    },
};

use crate::{
    cores,
    data::{Cause, Example},
    metrics::{Measure, Scored, ScoredReason, reason_metric},
    recipe::{Kind, Recipe},
    training::Answer,
};

/// Texts that the members get at a time.
const BATCH: usize = 256;

/// The validation rows of one source.
#[derive(Clone, Debug)]
pub struct Exam {
    /// The source's name.
    pub name: String,
    /// Who labelled it.
    pub kind: Kind,
    /// Whether its rows decide on the temperature.
    pub calibrates: bool,
    /// What each member says of each row.
    pub opinions: Vec<Vec<Opinion>>,
    /// What is right of each row.
    pub answers: Vec<Answer>,
}

impl Exam {
    /// The exams of the recipe's sources that have rows among `examples`; the members are asked
    /// once, on all cores.
    ///
    /// # Errors
    /// If an example has no label or is of a source that the recipe lacks, or a member fails.
    pub fn all(examples: &[Example], recipe: &Recipe, members: &Members) -> Result<Vec<Self>> {
        let texts: Vec<&str> = examples.iter().map(|example| example.text.as_str()).collect();
        let pool = cores::pool()?;
        let asked = || texts.par_chunks(BATCH).map(|batch| members.opinions(batch));
        let said: Vec<Vec<Vec<Opinion>>> =
            pool.install(|| asked().collect::<std::result::Result<_, _>>())?;
        let mut exams: Vec<Self> = Vec::new();
        for (example, opinions) in examples.iter().zip(said.into_iter().flatten()) {
            let source = recipe.source(&example.source)?;
            let kind = source.labelled_by()?;
            let found = exams.iter().position(|exam| exam.name == source.name);
            let index = found.unwrap_or_else(|| {
                exams.push(Self {
                    name: source.name.clone(),
                    kind,
                    calibrates: source.calibrates,
                    opinions: Vec::new(),
                    answers: Vec::new(),
                });
                exams.len() - 1
            });
            let cause = example.cause.map(|given| given.cause);
            exams[index].opinions.push(opinions);
            exams[index].answers.push(Answer { label: example.labelled()?, cause });
        }
        Ok(exams)
    }

    /// The figures of what the ensemble says, as it is served.
    #[must_use]
    pub fn metrics(&self, pool: &Pool, calibration: &Calibration) -> Vec<Metric> {
        let (mut labels, mut reasons) = (Vec::new(), Vec::new());
        for (said, answer) in self.opinions.iter().zip(&self.answers) {
            let probabilities = pool.verdict(said, calibration).probabilities;
            labels.push(Scored { gold: answer.label, probabilities });
            if let Some(Cause::Reason(gold)) = answer.cause
                && let Some(shares) = pool.outputs.reasons(&pool.logits(said), calibration)
            {
                reasons.push(ScoredReason { gold, shares });
            }
        }
        let data = format!("{} validation", self.name);
        let measures = Measure::of(self.kind).iter();
        let metrics = measures.map(|measure| measure.metric(&data, &labels));
        metrics.chain(reason_metric(&data, &reasons)).collect()
    }
}
