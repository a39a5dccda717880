//! Whether rows of a class come before the others when sorted by its probability.

use super::Judgements;

/// The rows of [`Judgements`] in the order of each class's probability; made once, so that the
/// area under many weights needs no sorting.
#[derive(Clone, Debug)]
pub struct Ranking {
    classes: Vec<Vec<Place>>,
}

/// A row in the order of one class, from the least probable.
#[derive(Clone, Copy, Debug)]
struct Place {
    row: u32,
    is_of_class: bool,
    /// Whether the next row has another probability.
    ends_tie: bool,
}

/// A point of a ROC curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RocPoint {
    /// Share of the other classes' rows above the threshold.
    pub false_positive_rate: f64,
    /// Share of the class's rows above the threshold.
    pub true_positive_rate: f64,
}

impl Ranking {
    /// Sorts the rows.
    #[must_use]
    pub fn of(judgements: &Judgements) -> Self {
        // Of two classes the second says all: the first is its mirror image.
        let first = usize::from(judgements.classes() == 2);
        Self { classes: (first..judgements.classes()).map(|c| places(judgements, c)).collect() }
    }

    /// How many curves there are: one a class, or one in all where there are two classes.
    #[must_use]
    pub const fn curves(&self) -> usize {
        self.classes.len()
    }

    /// Area under the ROC curve: the chance that a row of the class is above a row of another
    /// (of equals, half; Hanley and McNeil 1982). Of more than two classes, the mean over those
    /// that have rows, each against the rest. 0.5 where there is nothing to compare.
    #[must_use]
    pub fn area(&self, weights: &[u16]) -> f64 {
        let areas = self.classes.iter().filter_map(|places| area(places, weights));
        let (sum, count) = areas.fold((0.0, 0.0), |(sum, count), area| (sum + area, count + 1.0));
        if count > 0.0 { sum / count } else { 0.5 }
    }

    /// The ROC curve with this index, from (0, 0) to (1, 1), of all rows; at most `most` points,
    /// evenly spread. Empty where the class or the rest has no rows.
    #[must_use]
    pub fn roc(&self, curve: usize, most: usize) -> Vec<RocPoint> {
        let places = &self.classes[curve];
        let positives = places.iter().filter(|place| place.is_of_class).count();
        let negatives = places.len() - positives;
        if positives == 0 || negatives == 0 {
            return Vec::new();
        }
        let mut points = vec![RocPoint { false_positive_rate: 0.0, true_positive_rate: 0.0 }];
        let (mut found, mut wrong) = (0, 0);
        for (index, place) in places.iter().enumerate().rev() {
            if place.is_of_class {
                found += 1;
            } else {
                wrong += 1;
            }
            // Downwards, a tie is whole where the row below has another probability.
            if index == 0 || places[index - 1].ends_tie {
                points.push(RocPoint {
                    false_positive_rate: f64::from(wrong) / negatives as f64,
                    true_positive_rate: f64::from(found) / positives as f64,
                });
            }
        }
        thin(&points, most)
    }
}

fn places(judgements: &Judgements, class: usize) -> Vec<Place> {
    let mut rows: Vec<(f32, u32)> = judgements.of_class(class).zip(0..).collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let ends_tie = |index: usize| rows.get(index + 1).is_none_or(|next| next.0 > rows[index].0);
    rows.iter()
        .enumerate()
        .map(|(index, &(_, row))| Place {
            row,
            is_of_class: usize::from(judgements.gold()[row as usize]) == class,
            ends_tie: ends_tie(index),
        })
        .collect()
}

/// `None` where the class or the rest has no weight.
fn area(places: &[Place], weights: &[u16]) -> Option<f64> {
    let (mut below, mut pairs) = (0_u64, 0_u64);
    let (mut inside, mut outside, mut of_class) = (0_u64, 0_u64, 0_u64);
    for place in places {
        let weight = u64::from(weights[place.row as usize]);
        if place.is_of_class {
            inside += weight;
        } else {
            outside += weight;
        }
        if place.ends_tie {
            // Twice the pairs, so that a half is whole.
            pairs += inside * (2 * below + outside);
            below += outside;
            of_class += inside;
            (inside, outside) = (0, 0);
        }
    }
    let all = 2 * of_class * below;
    (all > 0).then(|| pairs as f64 / all as f64)
}

/// `most` of the points, the first and the last among them.
fn thin(points: &[RocPoint], most: usize) -> Vec<RocPoint> {
    if points.len() <= most || most < 2 {
        return points.to_vec();
    }
    (0..most).map(|k| points[k * (points.len() - 1) / (most - 1)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of the test beneath, in scikit-learn:
    /// ```python
    /// y = [0, 0, 1, 1, 2, 2, 1]
    /// p = [[.7, .2, .1], [.3, .4, .3], [.2, .6, .2], [.4, .3, .3], [.1, .2, .7], [.3, .3, .4], [.5, .4, .1]]
    /// roc_auc_score(y, p, multi_class="ovr", average="macro")  # 0.861111111111111
    /// [roc_auc_score([v == c for v in y], [row[c] for row in p]) for c in range(3)]
    /// # [0.75, 0.8333333333333333, 1.0]
    /// ```
    fn rows() -> Judgements {
        let mut judgements = Judgements::new(3);
        for (gold, shares) in [
            (0, [0.7, 0.2, 0.1]),
            (0, [0.3, 0.4, 0.3]),
            (1, [0.2, 0.6, 0.2]),
            (1, [0.4, 0.3, 0.3]),
            (2, [0.1, 0.2, 0.7]),
            (2, [0.3, 0.3, 0.4]),
            (1, [0.5, 0.4, 0.1]),
        ] {
            judgements.push(gold, &shares);
        }
        judgements
    }

    #[test]
    fn the_area_is_scikit_learn_s() {
        let judgements = rows();
        let ranking = Ranking::of(&judgements);
        let once = judgements.once();
        let areas: Vec<f64> =
            ranking.classes.iter().map(|places| area(places, &once).unwrap()).collect();
        for (found, expected) in areas.iter().zip(EXPECTED) {
            assert!((found - expected).abs() < 1e-12, "{areas:?}");
        }
        let mean = EXPECTED.iter().sum::<f64>() / 3.0;
        assert!((ranking.area(&once) - mean).abs() < 1e-12);
    }

    const EXPECTED: [f64; 3] = [0.75, 5.0 / 6.0, 1.0];

    #[test]
    fn a_weight_of_two_is_the_row_twice() {
        let judgements = rows();
        let mut twice = rows();
        twice.push(0, &[0.3, 0.4, 0.3]);
        let weighted = Ranking::of(&judgements).area(&[1, 2, 1, 1, 1, 1, 1]);
        assert_eq!(weighted, Ranking::of(&twice).area(&twice.once()));
    }

    #[test]
    fn the_area_under_the_drawn_curve_is_the_area() {
        let judgements = rows();
        let ranking = Ranking::of(&judgements);
        let curve = ranking.roc(0, 100);
        let drawn: f64 = curve
            .windows(2)
            .map(|pair| {
                (pair[1].false_positive_rate - pair[0].false_positive_rate)
                    * (pair[1].true_positive_rate + pair[0].true_positive_rate)
                    / 2.0
            })
            .sum();
        assert!((drawn - EXPECTED[0]).abs() < 1e-12, "{drawn}");
        assert_eq!(ranking.roc(0, 3).len(), 3);
        assert_eq!(ranking.roc(0, 3).last(), curve.last());
    }

    #[test]
    fn one_class_alone_cannot_be_ranked() {
        let mut judgements = Judgements::new(2);
        judgements.push(1, &[0.2, 0.8]);
        let ranking = Ranking::of(&judgements);
        assert_eq!((ranking.curves(), ranking.area(&[1])), (1, 0.5));
        assert!(ranking.roc(0, 10).is_empty());
    }
}
