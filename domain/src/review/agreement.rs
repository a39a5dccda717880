//! How far reviewers agree beyond chance: Cohen's κ (Cohen, *Educational and Psychological Measurement* 20, 1960) with
//! the standard error for large samples of Fleiss, Cohen and Everitt (*Psychological Bulletin* 72, 1969).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{Label, Proportion, ReviewItem, Reviewer};

/// How far two reviewers agree on the texts that both labelled.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Agreement {
    /// The first by name.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub first: Reviewer,
    /// The second.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub second: Reviewer,
    /// How many texts both labelled, `counts` by the first's label and the second's, each in the order negative, neutral, positive.
    pub texts: u64,
    /// How many texts got which labels.
    pub counts: [[u64; 3]; 3],
    /// The share on which they agree.
    pub same: Proportion,
    /// κ; null with fewer than 30 texts, and where both gave one label alone.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub kappa: Option<Kappa>,
}

/// Cohen's κ with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Kappa {
    /// 1: they always agree; 0: as often as by chance; less: more rarely.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Kappa {
    /// With fewer texts it would say too little.
    pub const LEAST_TEXTS: u64 = 30;

    /// Of texts counted by both labels; `None` without any, and where chance alone would agree always.
    #[must_use]
    pub fn of(counts: &[[u64; 3]; 3]) -> Option<Self> {
        const Z: f64 = 1.959_964;
        let n: u64 = counts.iter().flatten().sum();
        let all = n as f64;
        let share = |first: usize, second: usize| counts[first][second] as f64 / all;
        let rows = [0, 1, 2].map(|first| (0..3).map(|second| share(first, second)).sum::<f64>());
        let columns = [0, 1, 2].map(|second| (0..3).map(|first| share(first, second)).sum::<f64>());
        let observed: f64 = (0..3).map(|label| share(label, label)).sum();
        let chance: f64 = (0..3).map(|label| rows[label] * columns[label]).sum();
        if n == 0 || 1.0 - chance < 1e-12 {
            return None;
        }
        let value = (observed - chance) / (1.0 - chance);
        let rest = 1.0 - value;
        let agreed: f64 = (0..3)
            .map(|label| {
                share(label, label) * (1.0 - (rows[label] + columns[label]) * rest).powi(2)
            })
            .sum();
        let pairs = (0..3).flat_map(|first| (0..3).map(move |second| (first, second)));
        let differed: f64 = pairs
            .filter(|(first, second)| first != second)
            .map(|(first, second)| share(first, second) * (columns[first] + rows[second]).powi(2))
            .sum();
        let variance = agreed + rest * rest * differed - (value - chance * rest).powi(2);
        let error = (variance.max(0.0) / all).sqrt() / (1.0 - chance);
        Some(Self { value, low: (value - Z * error).max(-1.0), high: (value + Z * error).min(1.0) })
    }
}

/// How far each two reviewers agree who have labelled the same texts, by name.
#[must_use]
pub fn agreements<'a>(items: impl IntoIterator<Item = &'a ReviewItem>) -> Vec<Agreement> {
    let mut pairs: BTreeMap<(String, String), [[u64; 3]; 3]> = BTreeMap::new();
    for item in items {
        let labels: Vec<(&Reviewer, Label)> = item.labels().collect();
        for (place, (first, one)) in labels.iter().enumerate() {
            for (second, other) in &labels[place + 1..] {
                let pair = (first.to_string(), second.to_string());
                pairs.entry(pair).or_default()[*one as usize][*other as usize] += 1;
            }
        }
    }
    let agreement = |((first, second), counts): ((String, String), [[u64; 3]; 3])| {
        let texts = counts.iter().flatten().sum();
        let same = Proportion::of((0..3).map(|label| counts[label][label]).sum(), texts);
        let kappa = if texts < Kappa::LEAST_TEXTS { None } else { Kappa::of(&counts) };
        let (first, second) = (Reviewer::parse(&first).ok()?, Reviewer::parse(&second).ok()?);
        Some(Agreement { first, second, texts, counts, same, kappa })
    };
    pairs.into_iter().filter_map(agreement).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{ReviewItemId, Said};

    #[track_caller]
    fn is_near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 5e-4, "{found} for {expected}");
    }

    /// By hand: observed .7, by chance .5 · .6 + .5 · .4 = .5, κ = .2 / .5; the variance is
    /// (.10972 + .36 · .283 − .01) / (50 · .25) = .016128, its root .1270.
    #[test]
    fn two_labels_of_fifty_texts() {
        let kappa = Kappa::of(&[[20, 0, 5], [0, 0, 0], [10, 0, 15]]).unwrap();
        is_near(kappa.value, 0.4);
        is_near(kappa.low, 0.4 - 1.96 * 0.1270);
        is_near(kappa.high, 0.4 + 1.96 * 0.1270);
    }

    /// By hand: observed .71, by chance (40 · 45 + 30 · 30 + 30 · 25) / 10,000 = .345, κ = .365 / .655.
    #[test]
    fn three_labels_of_a_hundred_texts() {
        let kappa = Kappa::of(&[[32, 4, 4], [8, 20, 2], [5, 6, 19]]).unwrap();
        is_near(kappa.value, 0.5573);
        assert!(kappa.low < kappa.value && kappa.value < kappa.high);
    }

    #[test]
    fn always_never_and_by_chance() {
        let always = Kappa::of(&[[10, 0, 0], [0, 10, 0], [0, 0, 10]]).unwrap();
        assert_eq!((always.value, always.low, always.high), (1.0, 1.0, 1.0));
        is_near(Kappa::of(&[[0, 0, 20], [0, 0, 0], [20, 0, 0]]).unwrap().value, -1.0);
        is_near(Kappa::of(&[[10, 10, 10], [10, 10, 10], [10, 10, 10]]).unwrap().value, 0.0);
        assert_eq!(Kappa::of(&[[40, 0, 0], [0, 0, 0], [0, 0, 0]]), None);
        assert_eq!(Kappa::of(&[[0; 3]; 3]), None);
    }

    fn item(labels: &[(&str, Label)]) -> ReviewItem {
        let said = |(who, label): &(&str, Label)| Said {
            reviewer: Reviewer::parse(who).unwrap(),
            label: Some(*label),
            at: Timestamp::UNIX_EPOCH,
            act: None,
            undone: false,
        };
        ReviewItem {
            id: ReviewItemId::Tweet(1),
            watch_id: None,
            text: None,
            label: Label::Neutral,
            confidence: 1.0,
            at: Timestamp::UNIX_EPOCH,
            log: labels.iter().map(said).collect(),
        }
    }

    #[test]
    fn each_pair_is_compared_on_what_both_labelled() {
        let items = [
            item(&[("zoé", Label::Negative), ("ann", Label::Positive)]),
            item(&[("ann", Label::Neutral), ("bob", Label::Neutral), ("zoé", Label::Neutral)]),
            item(&[("bob", Label::Neutral)]),
        ];
        let found = agreements(&items);
        let of = |agreement: &Agreement| {
            (agreement.first.to_string(), agreement.second.to_string(), agreement.texts)
        };
        let names = |first: &str, second: &str, texts| (first.to_owned(), second.to_owned(), texts);
        let expected = [names("ann", "bob", 1), names("ann", "zoé", 2), names("bob", "zoé", 1)];
        assert_eq!(found.iter().map(of).collect::<Vec<_>>(), expected);
        assert_eq!(found[1].counts[Label::Positive as usize][Label::Negative as usize], 1);
        assert_eq!(found[1].same.count, 1);
    }

    #[test]
    fn too_few_texts_say_nothing() {
        let one = item(&[("ann", Label::Negative), ("bob", Label::Negative)]);
        let other = item(&[("ann", Label::Neutral), ("bob", Label::Positive)]);
        let mut items = vec![one; 28];
        items.push(other.clone());
        assert_eq!(agreements(&items)[0].kappa, None);
        items.push(other);
        assert!(agreements(&items)[0].kappa.is_some());
    }
}
