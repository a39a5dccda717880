//! What a model said of rows whose class is known, in columns.

use domain::Label;

use super::Scored;

/// Rows with their class and what a model says of each class.
///
/// Every figure is of such rows under *weights*: how often each row counts. All ones is the
/// sample itself; other weights are a drawing of the bootstrap.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgements {
    classes: usize,
    gold: Vec<u8>,
    said: Vec<u8>,
    confidence: Vec<f32>,
    /// `(rows, classes)`
    probabilities: Vec<f32>,
}

impl Judgements {
    /// No rows yet, of this many classes.
    #[must_use]
    pub const fn new(classes: usize) -> Self {
        Self {
            classes,
            gold: Vec::new(),
            said: Vec::new(),
            confidence: Vec::new(),
            probabilities: Vec::new(),
        }
    }

    /// Three classes, in the order of [`Label::ALL`].
    #[must_use]
    pub fn of_labels(rows: &[Scored]) -> Self {
        let mut judgements = Self::new(Label::ALL.len());
        for row in rows {
            let shares = Label::ALL.map(|label| row.probabilities.of(label));
            judgements.push(row.gold as usize, &shares);
        }
        judgements
    }

    /// Two classes, negative and positive: rows that are neutral are left out, and so is the
    /// share that neutral has of the others.
    #[must_use]
    pub fn of_two(rows: &[Scored]) -> Self {
        let mut judgements = Self::new(2);
        for row in rows.iter().filter(|row| row.gold != Label::Neutral) {
            let positive = row.probabilities.positive_of_two();
            let gold = usize::from(row.gold == Label::Positive);
            judgements.push(gold, &[1.0 - positive, positive]);
        }
        judgements
    }

    /// Adds a row of the class `gold` and what is said of it, one probability a class. Of equal
    /// probabilities the first counts as the largest.
    pub fn push(&mut self, gold: usize, probabilities: &[f32]) {
        debug_assert_eq!(probabilities.len(), self.classes);
        let first = (0, probabilities[0]);
        let (said, confidence) = probabilities
            .iter()
            .copied()
            .enumerate()
            .fold(first, |best, next| if next.1 > best.1 { next } else { best });
        self.gold.push(gold as u8);
        self.said.push(said as u8);
        self.confidence.push(confidence);
        self.probabilities.extend_from_slice(probabilities);
    }

    /// How many classes there are.
    #[must_use]
    pub const fn classes(&self) -> usize {
        self.classes
    }

    /// How many rows there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.gold.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.gold.is_empty()
    }

    /// The class of each row.
    #[must_use]
    pub fn gold(&self) -> &[u8] {
        &self.gold
    }

    /// The most probable class of each row.
    #[must_use]
    pub fn said(&self) -> &[u8] {
        &self.said
    }

    /// The probability of the most probable class of each row.
    #[must_use]
    pub fn confidence(&self) -> &[f32] {
        &self.confidence
    }

    /// The probability of `class` in each row.
    pub fn of_class(&self, class: usize) -> impl Iterator<Item = f32> {
        self.probabilities.iter().skip(class).step_by(self.classes).copied()
    }

    /// Whether the most probable class of the row is its class.
    #[must_use]
    pub fn is_right(&self, row: usize) -> bool {
        self.gold[row] == self.said[row]
    }

    /// Each row once.
    #[must_use]
    pub fn once(&self) -> Vec<u16> {
        vec![1; self.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_classes_ignore_neutral_rows_and_neutral_s_share() {
        let row = |gold| Scored { gold, probabilities: [0.1, 0.7, 0.2].into() };
        let rows = Label::ALL.map(row);
        let two = Judgements::of_two(&rows);
        assert_eq!((two.gold(), two.said()), ([0, 1].as_slice(), [1, 1].as_slice()));
        assert!((two.confidence()[0] - 2.0 / 3.0).abs() < 1e-6);
        assert_eq!(Judgements::of_labels(&rows).said(), [1, 1, 1]);
    }

    #[test]
    fn of_equal_probabilities_the_first_is_said() {
        let mut judgements = Judgements::new(2);
        judgements.push(1, &[0.5, 0.5]);
        assert_eq!(judgements.said(), [0]);
        assert_eq!(judgements.of_class(1).collect::<Vec<_>>(), [0.5]);
    }
}
