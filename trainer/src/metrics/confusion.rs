//! Which class was taken for which, and the figures that follow from it.

use super::Judgements;

/// How many rows of each class were said to be of each class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    classes: usize,
    /// `(gold, said)`
    counts: Vec<u64>,
}

impl Confusion {
    /// The table of `judgements` under `weights`, one a row.
    #[must_use]
    pub fn of(judgements: &Judgements, weights: &[u16]) -> Self {
        let classes = judgements.classes();
        let mut counts = vec![0; classes * classes];
        let rows = judgements.gold().iter().zip(judgements.said()).zip(weights);
        for ((&gold, &said), &weight) in rows {
            counts[usize::from(gold) * classes + usize::from(said)] += u64::from(weight);
        }
        Self { classes, counts }
    }

    /// Rows of the class `gold` of which `said` was said.
    #[must_use]
    pub fn count(&self, gold: usize, said: usize) -> u64 {
        self.counts[gold * self.classes + said]
    }

    /// Rows of the class.
    #[must_use]
    pub fn found(&self, class: usize) -> u64 {
        (0..self.classes).map(|said| self.count(class, said)).sum()
    }

    /// Rows of which the class was said.
    #[must_use]
    pub fn said(&self, class: usize) -> u64 {
        (0..self.classes).map(|gold| self.count(gold, class)).sum()
    }

    /// Share of rows that are right.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        let right: u64 = (0..self.classes).map(|class| self.count(class, class)).sum();
        ratio(right, self.counts.iter().sum())
    }

    /// Of the rows of which the class was said: share that has it. 0 if it was never said.
    #[must_use]
    pub fn precision(&self, class: usize) -> f64 {
        ratio(self.count(class, class), self.said(class))
    }

    /// Of the rows of the class: share of which it was said. 0 if there are none.
    #[must_use]
    pub fn recall(&self, class: usize) -> f64 {
        ratio(self.count(class, class), self.found(class))
    }

    /// Harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(&self, class: usize) -> f64 {
        ratio(2 * self.count(class, class), self.found(class) + self.said(class))
    }

    /// Mean of the classes' recalls; a class that no row has does not count.
    #[must_use]
    pub fn macro_recall(&self) -> f64 {
        self.mean(|class| (self.found(class) > 0).then(|| self.recall(class)))
    }

    /// Mean of the classes' precisions, as scikit-learn has it: a class that is there but never
    /// said counts as 0.
    #[must_use]
    pub fn macro_precision(&self) -> f64 {
        self.mean(|class| self.occurs(class).then(|| self.precision(class)))
    }

    /// Mean of the classes' F1, as scikit-learn has it: a class that no row has counts as 0 where
    /// it is said, and does not count where it is not.
    #[must_use]
    pub fn macro_f1(&self) -> f64 {
        self.mean(|class| self.occurs(class).then(|| self.f1(class)))
    }

    fn occurs(&self, class: usize) -> bool {
        self.found(class) + self.said(class) > 0
    }

    fn mean(&self, value: impl Fn(usize) -> Option<f64>) -> f64 {
        let (sum, count) = (0..self.classes)
            .filter_map(value)
            .fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
        if count > 0.0 { sum / count } else { 0.0 }
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole > 0 { part as f64 / whole as f64 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(pairs: &[(usize, usize)]) -> Confusion {
        let mut judgements = Judgements::new(3);
        for &(gold, said) in pairs {
            let mut shares = [0.1; 3];
            shares[said] = 0.8;
            judgements.push(gold, &shares);
        }
        Confusion::of(&judgements, &judgements.once())
    }

    const PAIRS: [(usize, usize); 8] =
        [(0, 0), (0, 0), (0, 0), (0, 1), (1, 1), (1, 0), (2, 2), (2, 1)];

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} is not {b}");
    }

    #[test]
    fn figures_are_those_worked_out_by_hand() {
        let table = table(&PAIRS);
        close(table.accuracy(), 5.0 / 8.0);
        // Recalls 3/4, 1/2, 1/2.
        close(table.macro_recall(), 7.0 / 12.0);
        // Precisions 3/4, 1/3, 1: F1 3/4, 2/5, 2/3.
        close(table.macro_precision(), (0.75 + 1.0 / 3.0 + 1.0) / 3.0);
        close(table.macro_f1(), (0.75 + 0.4 + 2.0 / 3.0) / 3.0);
        assert_eq!((table.count(0, 1), table.found(2), table.said(1)), (1, 2, 3));
    }

    #[test]
    fn a_class_that_no_row_has_does_not_count() {
        let polar: Vec<_> = PAIRS.into_iter().filter(|pair| pair.0 != 2).collect();
        close(table(&polar).macro_recall(), 0.625);
    }

    /// `f1_score([0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 2], average="macro")` of scikit-learn, and
    /// `precision_score` of the same.
    #[test]
    fn a_class_that_is_said_but_never_right_lowers_f1_and_not_recall() {
        let table = table(&[(0, 0), (0, 0), (0, 0), (0, 1), (1, 1), (1, 2)]);
        close(table.macro_f1(), (6.0 / 7.0 + 0.5) / 3.0);
        close(table.macro_precision(), 0.5);
        close(table.macro_recall(), 0.625);
    }

    #[test]
    fn a_row_counts_as_often_as_it_was_drawn() {
        let mut judgements = Judgements::new(2);
        judgements.push(0, &[0.9, 0.1]);
        judgements.push(1, &[0.9, 0.1]);
        close(Confusion::of(&judgements, &[3, 1]).accuracy(), 0.75);
    }

    #[test]
    fn no_rows_give_zero() {
        let none = table(&[]);
        assert_eq!((none.accuracy(), none.macro_recall(), none.macro_f1()), (0.0, 0.0, 0.0));
    }
}
