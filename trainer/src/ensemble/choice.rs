//! How much each member counts, and the calibration of what they say together.

use sentiment::models::{
    Calibration,
    ensemble::{Opinion, Pool},
};

use super::Exam;
use crate::{
    recipe::Kind,
    training::{
        Answer, LABELS, REASONS,
        calibration::{Rows, competing, mean_loss, temperature},
    },
};

/// The weights that are tried are multiples of one part in so many.
const STEPS: usize = 20;

/// What was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The members' weights.
    pub pool: Pool,
    /// How the pooled logarithms become probabilities.
    pub calibration: Calibration,
    /// The mean over the sources of the mean negative logarithm of the probability of what is
    /// right; where neutral was no choice, of the two that were.
    pub loss: f64,
    /// The same of each member alone, as it was released.
    pub alone: Vec<f64>,
}

/// Chooses the mixture, above 0 of every member and in steps of a twentieth, under which `exams`
/// are most likely, each mixture at its own temperature. `pool` says what the members tell apart;
/// its weights are replaced. A member is as sure as `sure_from` says; the ensemble is sure from
/// the lowest hundredth at which it is right as often as the best of them.
#[must_use]
pub fn choose(exams: &[Exam], pool: &Pool, sure_from: f32) -> Choice {
    let members = pool.weights.len();
    let alone: Vec<Pool> = (0..members)
        .map(|one| with(pool, (0..members).map(|k| if k == one { 1.0 } else { 0.0 }).collect()))
        .collect();
    let mixtures = mixtures(STEPS, members).into_iter();
    let mixtures = mixtures.map(|parts| parts.iter().map(|&k| k as f32 / STEPS as f32).collect());
    let tried = mixtures.map(|weights| {
        let pool = with(pool, weights);
        let (cooling, loss) = calibrated(exams, &pool);
        (loss, cooling, pool)
    });
    let best = tried.min_by(|one, other| one.0.total_cmp(&other.0));
    let (loss, cooling, pool) = best.unwrap_or_else(|| (f64::INFINITY, 1.0, pool.clone()));
    let mut calibration = Calibration {
        temperature: cooling,
        reason_temperature: temperature(&[reasons(exams, &pool)]),
        sure_from: 0.0,
    };
    let of_people = |exam: &&Exam| exam.calibrates && exam.kind == Kind::Human;
    let of_people: Vec<&Exam> = exams.iter().filter(of_people).collect();
    calibration.sure_from = bound(&of_people, &pool, &calibration, &alone, sure_from);
    let alone = alone.iter().map(|pool| mean_loss(&of_labels(exams, pool), 1.0)).collect();
    Choice { pool, calibration, loss, alone }
}

fn with(pool: &Pool, weights: Vec<f32>) -> Pool {
    Pool { weights, ..pool.clone() }
}

/// All ways to cut `steps` into `parts` parts, none of them empty.
fn mixtures(steps: usize, parts: usize) -> Vec<Vec<usize>> {
    if parts <= 1 {
        return vec![vec![steps]; parts];
    }
    let firsts = 1..=(steps + 1).saturating_sub(parts);
    firsts
        .flat_map(|first| {
            let rests = mixtures(steps - first, parts - 1).into_iter();
            rests.map(move |rest| [vec![first], rest].concat())
        })
        .collect()
}

/// The temperature under which the exams that calibrate are most likely, and the loss of all at it.
fn calibrated(exams: &[Exam], pool: &Pool) -> (f32, f64) {
    let rows = of_labels(exams, pool);
    let deciding = exams.iter().zip(&rows).filter(|(exam, _)| exam.calibrates);
    let deciding: Vec<Rows<LABELS>> = deciding.map(|(_, rows)| rows.clone()).collect();
    let temperature = temperature(&deciding);
    (temperature, mean_loss(&rows, temperature))
}

/// The labels' logits of each exam. A label that was no choice does not compete.
fn of_labels(exams: &[Exam], pool: &Pool) -> Vec<Rows<LABELS>> {
    let row = |kind: Kind, said: &[Opinion], answer: &Answer| {
        let mut all = [f32::NEG_INFINITY; LABELS];
        for (&label, logit) in pool.outputs.labels.iter().zip(pool.logits(said)) {
            all[label as usize] = logit;
        }
        (competing(kind, all), answer.label as usize)
    };
    exams
        .iter()
        .map(|exam| {
            let rows = exam.opinions.iter().zip(&exam.answers);
            rows.map(|(said, answer)| row(exam.kind, said, answer)).collect()
        })
        .collect()
}

/// The reasons' logits of all rows whose reason is known; none where no member knows reasons.
fn reasons(exams: &[Exam], pool: &Pool) -> Rows<REASONS> {
    let reasons = &pool.outputs.reasons;
    if reasons.is_empty() {
        return Vec::new();
    }
    let rows = exams.iter().flat_map(|exam| exam.opinions.iter().zip(&exam.answers));
    rows.filter_map(|(said, answer)| {
        let logits = pool.logits(said);
        let places = reasons.iter().map(|&reason| reason as usize).chain([REASONS - 1]);
        let mut all = [f32::NEG_INFINITY; REASONS];
        places
            .zip(&logits[pool.outputs.labels.len()..])
            .for_each(|(place, &logit)| all[place] = logit);
        Some((all, answer.cause?.place()))
    })
    .collect()
}

/// The lowest confidence, in hundredths, from which the ensemble is right as often as the best of
/// the members from `asked` on; `asked` if there is none.
fn bound(
    exams: &[&Exam],
    pool: &Pool,
    calibration: &Calibration,
    alone: &[Pool],
    asked: f32,
) -> f32 {
    let released = Calibration::default();
    let members = alone.iter().filter_map(|pool| right(&verdicts(exams, pool, &released), asked));
    let ours = verdicts(exams, pool, calibration);
    let Some(wanted) = members.max_by(f64::total_cmp) else { return asked };
    let mut bounds = (0_u8..=100).map(|hundredths| f32::from(hundredths) / 100.0);
    bounds.find(|&bound| right(&ours, bound).is_some_and(|share| share >= wanted)).unwrap_or(asked)
}

/// Confidence of each verdict, and whether it is right.
fn verdicts(exams: &[&Exam], pool: &Pool, calibration: &Calibration) -> Vec<(f32, bool)> {
    let rows = exams.iter().flat_map(|exam| exam.opinions.iter().zip(&exam.answers));
    rows.map(|(said, answer)| {
        let verdict = pool.verdict(said, calibration);
        (verdict.confidence, verdict.label == answer.label)
    })
    .collect()
}

/// Share that is right of the verdicts of at least this confidence; `None` without any.
fn right(verdicts: &[(f32, bool)], least: f32) -> Option<f64> {
    let sure: Vec<bool> =
        verdicts.iter().filter(|(confidence, _)| *confidence >= least).map(|row| row.1).collect();
    let right = sure.iter().filter(|&&right| right).count();
    (!sure.is_empty()).then(|| right as f64 / sure.len() as f64)
}

#[cfg(test)]
mod tests {
    use domain::Label;
    use sentiment::models::Outputs;

    use super::*;

    const ALL: [Label; 3] = Label::ALL;

    fn pool(members: usize) -> Pool {
        Pool {
            outputs: Outputs::of_labels(ALL.to_vec()),
            weights: vec![0.0; members],
            languages: vec!["en".to_owned()],
        }
    }

    /// Says `share` of `label`, and the rest evenly of the others.
    fn says(label: Label, share: f32) -> Opinion {
        let mut labels = [((1.0 - share) / 2.0).ln(); 3];
        labels[label as usize] = share.ln();
        Opinion { labels, reasons: None, known: 1.0, language: None }
    }

    /// Three hundred rows: the first member is right in `first` of ten, the second in `second`,
    /// independently of each other. Both always claim 70 %.
    fn exam(first: usize, second: usize) -> Exam {
        let row = |k: usize| {
            let gold = ALL[k % 3];
            let said = |is_right| says(if is_right { gold } else { ALL[(k + 1) % 3] }, 0.7);
            let opinions = vec![said((k / 3) % 10 < first), said(k / 30 < second)];
            (opinions, Answer { label: gold, cause: None })
        };
        let (opinions, answers) = (0..300).map(row).unzip();
        Exam { name: "toy".to_owned(), kind: Kind::Human, calibrates: true, opinions, answers }
    }

    /// The same and a hundred rows of which both members are unsure, right in half of them.
    fn exam_with_hard_rows(first: usize, second: usize) -> Exam {
        let mut exam = exam(first, second);
        for k in 0..100 {
            let gold = ALL[k % 3];
            let said = if k % 2 == 0 { gold } else { ALL[(k + 1) % 3] };
            exam.opinions.push(vec![says(said, 0.5); 2]);
            exam.answers.push(Answer { label: gold, cause: None });
        }
        exam
    }

    #[test]
    fn every_mixture_counts_every_member() {
        let all = mixtures(4, 3);
        assert_eq!(all, [[1, 1, 2], [1, 2, 1], [2, 1, 1]]);
        assert_eq!(mixtures(STEPS, 2).len(), STEPS - 1);
    }

    #[test]
    fn the_better_member_counts_more_and_both_together_are_better_than_each() {
        let choice = choose(&[exam(6, 9)], &pool(2), 0.6);
        let [first, second] = choice.pool.weights[..] else { panic!("{choice:?}") };
        assert!(second > first && first > 0.0, "{choice:?}");
        assert!((first + second - 1.0).abs() < 1e-6, "{choice:?}");
        assert!(choice.alone.iter().all(|alone| choice.loss < *alone), "{choice:?}");
    }

    #[test]
    fn a_member_that_knows_nothing_gets_the_least_weight() {
        let mut exam = exam(8, 8);
        for (k, opinions) in exam.opinions.iter_mut().enumerate() {
            opinions[1] = says(ALL[(k / 3) % 3], 0.6);
        }
        let choice = choose(&[exam], &pool(2), 0.6);
        assert!(choice.pool.weights[1] < 0.15, "{choice:?}");
    }

    #[test]
    fn neutral_does_not_compete_where_it_was_no_choice() {
        let mut exam = exam(8, 8);
        exam.kind = Kind::Distant;
        let rows = of_labels(&[exam], &Pool { weights: vec![0.5, 0.5], ..pool(2) });
        assert!(rows[0].iter().all(|(logits, _)| logits[1] == f32::NEG_INFINITY));
    }

    #[test]
    fn the_bound_is_where_it_is_right_as_often_as_the_best_member() {
        let exam = exam_with_hard_rows(6, 9);
        let choice = choose(std::slice::from_ref(&exam), &pool(2), 0.6);
        let ours = verdicts(&[&exam], &choice.pool, &choice.calibration);
        let bound = choice.calibration.sure_from;
        // The second member is right in nine of ten rows of which it is sure.
        assert!(right(&ours, bound).unwrap() >= 0.9, "{choice:?}");
        let below = right(&ours, bound - 0.01).unwrap();
        assert!(below < 0.9, "{choice:?}, {below}");
        // Without a member that is ever so sure, what the recipe asks for stays.
        let choice = choose(&[exam], &pool(2), 0.95);
        assert_eq!(choice.calibration.sure_from, 0.95);
    }
}
