//! Which features are kept.

use std::sync::atomic::{AtomicU32, Ordering};

use domain::Label;
use rayon::prelude::*;
use sentiment::models::linear::{Counted, FeatureTable};

use super::{LABELS, Lesson, Settings, Texts};

/// Rows of one label that a person gave, and that an emoticon gave, with a feature or in all.
type Tally = [[u32; LABELS]; 2];

/// The table of the features that come in enough rows; of too many the single tokens, and those
/// that tell a label from its competitors best by χ² (Yang and Pedersen 1997).
#[must_use]
pub fn choose(texts: &Texts, settings: &Settings) -> FeatureTable {
    let rows = u32::try_from(texts.features.len()).unwrap_or(u32::MAX);
    let mut kept = frequent(&texts.features, settings.minimum_rows);
    if kept.len() > settings.most_features {
        let scores = scores(&kept, texts);
        let mut order: Vec<usize> = (0..kept.len()).collect();
        // The best first; of equals the first by name.
        order.sort_unstable_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        order.truncate(settings.most_features);
        order.sort_unstable();
        kept = order.into_iter().map(|index| kept[index]).collect();
    }
    FeatureTable::new(&kept, rows)
}

/// All features that come in at least `minimum` rows, with how many these are, by name.
fn frequent(rows: &[Counted], minimum: u32) -> Vec<(u32, u32)> {
    let mut names: Vec<u32> = rows.par_iter().flat_map_iter(names).collect();
    names.par_sort_unstable();
    let runs = names.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32));
    runs.filter(|(_, frequency)| *frequency >= minimum).collect()
}

fn names(row: &Counted) -> impl Iterator<Item = u32> + '_ {
    row.words.iter().chain(&row.characters).map(|(name, _)| *name)
}

/// How well each feature tells labels apart; a single token is never given up.
fn scores(features: &[(u32, u32)], texts: &Texts) -> Vec<f64> {
    let tallies: Vec<[AtomicU32; 2 * LABELS]> =
        features.iter().map(|_| Default::default()).collect();
    texts.features.par_iter().zip(&texts.lessons).for_each(|(row, lesson)| {
        for name in names(row) {
            if let Ok(index) = features.binary_search_by_key(&name, |(name, _)| *name) {
                tallies[index][place(lesson)].fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    let mut all = [0; 2 * LABELS];
    texts.lessons.iter().for_each(|lesson| all[place(lesson)] += 1);
    let all = tally(all);
    let score = |(index, (name, _)): (usize, &(u32, u32))| {
        if texts.tokens.binary_search(name).is_ok() {
            return f64::INFINITY;
        }
        let with = tally(tallies[index].each_ref().map(|count| count.load(Ordering::Relaxed)));
        Label::ALL.iter().map(|&label| chi_squared(label, &with, &all)).fold(0.0, f64::max)
    };
    features.par_iter().enumerate().map(score).collect()
}

/// Where a row is counted.
fn place(lesson: &Lesson) -> usize {
    let distant = !lesson.competes[Label::Neutral as usize];
    usize::from(distant) * LABELS + lesson.label as usize
}

fn tally(counts: [u32; 2 * LABELS]) -> Tally {
    [[counts[0], counts[1], counts[2]], [counts[3], counts[4], counts[5]]]
}

/// χ² of a feature and a label among the rows in which the label competes.
fn chi_squared(label: Label, with: &Tally, all: &Tally) -> f64 {
    let of = |tally: &Tally| {
        let kinds = if label == Label::Neutral { &tally[..1] } else { &tally[..] };
        let own: u32 = kinds.iter().map(|counts| counts[label as usize]).sum();
        let every: u32 = kinds.iter().flatten().sum();
        (f64::from(own), f64::from(every - own))
    };
    let ((own, other), (all_own, all_other)) = (of(with), of(all));
    let (without_own, without_other) = (all_own - own, all_other - other);
    let product = (own + other) * (without_own + without_other) * all_own * all_other;
    if product == 0.0 {
        return 0.0;
    }
    (all_own + all_other) * (own * without_other - other * without_own).powi(2) / product
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(names: &[u32], label: Label) -> (Counted, Lesson) {
        let words = names.iter().map(|&name| (name, 1)).collect();
        let lesson = Lesson { label, competes: [true; LABELS], weight: 1.0 };
        (Counted { words, ..Counted::default() }, lesson)
    }

    /// Feature 1 tells labels apart, 2 and 3 say nothing, 4 comes once; 3 is a single token.
    fn texts() -> Texts {
        let rows = [
            row(&[1, 2, 3], Label::Negative),
            row(&[1, 2, 3, 4], Label::Negative),
            row(&[2, 3], Label::Positive),
            row(&[2, 3], Label::Positive),
        ];
        let (features, lessons) = rows.into_iter().unzip();
        Texts { features, lessons, tokens: vec![3], ..Texts::default() }
    }

    fn kept(settings: &Settings) -> Vec<u32> {
        let table = choose(&texts(), settings);
        (0..6).filter(|&name| table.number(name).is_some()).collect()
    }

    #[test]
    fn rare_features_are_dropped() {
        assert_eq!(kept(&Settings { minimum_rows: 2, ..Settings::default() }), [1, 2, 3]);
        assert_eq!(kept(&Settings { minimum_rows: 1, ..Settings::default() }), [1, 2, 3, 4]);
    }

    #[test]
    fn of_too_many_the_telling_ones_and_single_tokens_stay() {
        let settings = Settings { minimum_rows: 2, most_features: 2, ..Settings::default() };
        assert_eq!(kept(&settings), [1, 3]);
    }

    /// `chi2_contingency([[20, 30], [30, 20]], correction=False)` of SciPy.
    #[test]
    fn chi_squared_is_the_textbook_s() {
        let with = [[20, 30, 0], [0; 3]];
        let all = [[50, 50, 0], [0; 3]];
        assert!((chi_squared(Label::Negative, &with, &all) - 4.0).abs() < 1e-12);
    }

    #[test]
    fn emoticons_say_nothing_about_neutral() {
        let all = [[10, 10, 10], [1000, 0, 1000]];
        let with = [[5, 5, 5], [1000, 0, 0]];
        assert_eq!(chi_squared(Label::Neutral, &with, &all), 0.0);
        assert!(chi_squared(Label::Negative, &with, &all) > 100.0);
    }
}
