//! The learners, one after the other.

use anyhow::Result;
use sentiment::models::linear::Weights;

use super::{
    LABELS, Lesson, Loss, Matrix, Member, Objective, Settings, Watch,
    bayes::{log_count_ratios, log_odds},
    minimise,
};

/// A learner that has learnt.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// Which.
    pub member: Member,
    /// What it has learnt, for all labels.
    pub weights: Weights,
    /// What its scores are divided by to be the logarithms of probabilities, up to a constant.
    pub temperature: f32,
}

/// The weights of `member` for these rows.
///
/// # Errors
/// If the optimiser fails, or `watch` ends it.
pub fn fit<'a>(
    member: Member,
    matrix: &'a Matrix,
    lessons: &'a [Lesson],
    settings: &Settings,
    watch: &'a mut Watch<'a>,
) -> Result<Weights> {
    let penalty = &settings.penalty;
    let ratios = || log_count_ratios(matrix, lessons, settings.smoothing);
    let (loss, penalty, factors) = match member {
        Member::Bayes => return Ok(weights(&ratios(), log_odds(lessons))),
        Member::Logistic => (Loss::CrossEntropy, penalty.logistic, None),
        Member::Svm => (Loss::SquaredHinge, penalty.svm, None),
        Member::NbSvm => (Loss::SquaredHinge, penalty.nb_svm, Some(ratios())),
        Member::NbLogistic => (Loss::CrossEntropy, penalty.nb_logistic, Some(ratios())),
    };
    let objective = Objective::new(matrix, lessons, loss, penalty, factors.as_deref(), watch);
    let parameters = minimise(&objective, settings.iterations, settings.tolerance)?;
    let (by_feature, bias) = objective.weights(&parameters);
    Ok(weights(&by_feature, bias))
}

fn weights(by_feature: &[[f32; LABELS]], bias: [f32; LABELS]) -> Weights {
    let values = by_feature.iter().flatten().copied().collect();
    Weights { labels: LABELS, values, bias: bias.to_vec() }
}

/// The vote of several learners: the mean of their calibrated scores. That is the normalised
/// geometric mean of their probabilities, the logarithmic opinion pool (Genest and Zidek 1986),
/// and unlike the arithmetic mean it is again one weight for each feature and label.
#[must_use]
pub fn pooled(members: &[&Fitted]) -> Weights {
    let mut sum = Weights { labels: LABELS, values: Vec::new(), bias: vec![0.0; LABELS] };
    for member in members {
        let Weights { values, bias, .. } = &member.weights;
        let share = 1.0 / (member.temperature * members.len() as f32);
        sum.values.resize(values.len(), 0.0);
        sum.values.iter_mut().zip(values).for_each(|(sum, value)| *sum += share * value);
        sum.bias.iter_mut().zip(bias).for_each(|(sum, value)| *sum += share * value);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vote_is_the_mean_of_what_its_members_say_at_their_temperatures() {
        let fitted = |value: f32, temperature| Fitted {
            member: Member::Logistic,
            weights: Weights { labels: 3, values: vec![value; 3], bias: vec![value; 3] },
            temperature,
        };
        let vote = pooled(&[&fitted(1.0, 0.5), &fitted(8.0, 2.0)]);
        assert_eq!((vote.values, vote.bias), (vec![3.0; 3], vec![3.0; 3]));
    }
}
