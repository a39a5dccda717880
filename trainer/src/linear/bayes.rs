//! Naive Bayes, one label against its competitors.

use super::{LABELS, Lesson, Matrix};

/// For each column and label ln((p / ‖p‖₁) / (q / ‖q‖₁)) (Wang and Manning 2012): p is how many
/// rows of the label have the feature and q how many of those where another label won against it,
/// by weight, each plus `smoothing`.
#[must_use]
pub fn log_count_ratios(matrix: &Matrix, lessons: &[Lesson], smoothing: f64) -> Vec<[f32; LABELS]> {
    let smoothing = smoothing as f32;
    let own = matrix.column_sums(|row, _| {
        let lesson = &lessons[row];
        std::array::from_fn(|k| if k == lesson.label as usize { lesson.weight } else { 0.0 })
    });
    let others = matrix.column_sums(|row, _| {
        let lesson = &lessons[row];
        let lost = |k: usize| lesson.competes[k] && k != lesson.label as usize;
        std::array::from_fn(|k| if lost(k) { lesson.weight } else { 0.0 })
    });
    let total = |counts: &[[f32; LABELS]], label: usize| {
        counts.iter().map(|counts| f64::from(counts[label] + smoothing)).sum::<f64>().ln() as f32
    };
    let shift: [f32; LABELS] =
        std::array::from_fn(|label| total(&others, label) - total(&own, label));
    let ratio = |(own, others): (&[f32; LABELS], &[f32; LABELS])| {
        std::array::from_fn(|k| ((own[k] + smoothing) / (others[k] + smoothing)).ln() + shift[k])
    };
    own.iter().zip(&others).map(ratio).collect()
}

/// ln of how often each label wins against how often another does, by weight.
#[must_use]
pub(super) fn log_odds(lessons: &[Lesson]) -> [f32; LABELS] {
    let (mut own, mut others) = ([0.0_f64; LABELS], [0.0_f64; LABELS]);
    for lesson in lessons {
        for k in (0..LABELS).filter(|&k| lesson.competes[k]) {
            let side = if k == lesson.label as usize { &mut own } else { &mut others };
            side[k] += f64::from(lesson.weight);
        }
    }
    std::array::from_fn(
        |k| if own[k] > 0.0 { (own[k] / others[k].max(1.0)).ln() as f32 } else { 0.0 },
    )
}

#[cfg(test)]
mod tests {
    use domain::Label;
    use sentiment::models::linear::{Counted, FeatureTable};

    use super::*;

    #[test]
    fn a_feature_of_one_label_speaks_for_it_and_against_the_others() {
        let table = FeatureTable::new(&[(1, 2), (2, 2)], 4);
        let text = |name: u32| Counted { words: vec![(name, 1)], ..Counted::default() };
        let matrix = Matrix::new(&[text(1), text(1), text(2), text(2)], &table).unwrap();
        let lesson = |label| Lesson { label, competes: [true; 3], weight: 1.0 };
        let lessons =
            [Label::Negative, Label::Negative, Label::Positive, Label::Positive].map(lesson);
        let ratios = log_count_ratios(&matrix, &lessons, 1.0);
        // Negative has it in 2 rows, the others in none: ln(3 / 1); both sides sum to the same.
        assert!((ratios[0][0] - 3.0_f32.ln()).abs() < 1e-6, "{ratios:?}");
        assert!((ratios[0][2] + 3.0_f32.ln()).abs() < 1e-6);
        assert_eq!(log_odds(&lessons), [0.0, 0.0, 0.0]);
    }
}
