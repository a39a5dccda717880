//! Teachers' probabilities, row by row.

use anyhow::{Context, Result, ensure};

use crate::{
    tensors::{Array, Arrays},
    training::{LABELS, REASONS},
};

const IN_LABELS: &str = "labels";
const IN_REASONS: &str = "reasons";

/// What teachers say of one text: probabilities that sum to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Said {
    /// Of each label.
    pub labels: [f32; LABELS],
    /// Of each reason, given that the text is a complaint, and last of none; nothing where they
    /// were not asked or know none.
    pub reasons: Option<[f32; REASONS]>,
}

/// What they say of all rows; a row that was not asked about is all 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    labels: Vec<[f32; LABELS]>,
    /// Nothing before the first answer on reasons.
    reasons: Option<Vec<[f32; REASONS]>>,
}

impl Answers {
    /// None yet, of so many rows.
    #[must_use]
    pub fn none(rows: usize) -> Self {
        Self { labels: vec![[0.0; LABELS]; rows], reasons: None }
    }

    /// Notes what is said of the row at `place`.
    pub fn put(&mut self, place: usize, said: Said) {
        self.labels[place] = said.labels;
        if let Some(shares) = said.reasons {
            let rows = self.labels.len();
            self.reasons.get_or_insert_with(|| vec![[0.0; REASONS]; rows])[place] = shares;
        }
    }

    /// What is said of the row at `place`, if it was asked about.
    #[must_use]
    pub fn of(&self, place: usize) -> Option<Said> {
        let labels = *self.labels.get(place).filter(|shares| is_said(shares))?;
        let reasons = self.reasons.as_ref().map(|reasons| reasons[place]).filter(is_said);
        Some(Said { labels, reasons })
    }

    /// How many rows were asked about.
    #[must_use]
    pub fn count(&self) -> usize {
        self.labels.iter().filter(|shares| is_said(shares)).count()
    }

    /// As arrays `labels`, `(rows, 3)`, and `reasons`, `(rows, 10)`, if there are any.
    #[must_use]
    pub fn to_arrays(&self) -> Arrays {
        let labels = Array {
            shape: vec![self.labels.len(), LABELS],
            values: self.labels.as_flattened().to_vec(),
        };
        let mut arrays = Arrays::from([(IN_LABELS.to_owned(), labels)]);
        if let Some(reasons) = &self.reasons {
            let (shape, values) = (vec![reasons.len(), REASONS], reasons.as_flattened().to_vec());
            arrays.insert(IN_REASONS.to_owned(), Array { shape, values });
        }
        arrays
    }

    /// What [`Answers::to_arrays`] gave of so many rows.
    ///
    /// # Errors
    /// If it did not, or a row is neither all 0 nor a distribution.
    pub fn from_arrays(mut arrays: Arrays, rows: usize) -> Result<Self> {
        let labels = arrays.remove(IN_LABELS).with_context(|| format!("{IN_LABELS} is missing"))?;
        let reasons = arrays.remove(IN_REASONS);
        Ok(Self {
            labels: shares(IN_LABELS, labels, rows)?,
            reasons: reasons.map(|array| shares(IN_REASONS, array, rows)).transpose()?,
        })
    }
}

fn is_said<const N: usize>(shares: &[f32; N]) -> bool {
    shares.iter().any(|&share| share != 0.0)
}

fn shares<const N: usize>(name: &str, array: Array, rows: usize) -> Result<Vec<[f32; N]>> {
    ensure!(
        array.shape == [rows, N],
        "{name} is {:?} where {:?} is wanted",
        array.shape,
        [rows, N]
    );
    let shares = array.values.as_chunks::<N>().0.to_vec();
    let is_sound = |shares: &[f32; N]| {
        let is_whole = (shares.iter().sum::<f32>() - 1.0).abs() < 1e-3;
        !is_said(shares) || (is_whole && shares.iter().all(|share| (0.0..=1.0).contains(share)))
    };
    let unsound = shares.iter().position(|shares| !is_sound(shares));
    ensure!(unsound.is_none(), "row {unsound:?} of {name} is no distribution");
    Ok(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(reasons: bool) -> Said {
        Said { labels: [0.5, 0.25, 0.25], reasons: reasons.then_some([0.1; REASONS]) }
    }

    #[test]
    fn what_was_said_comes_back_and_the_rest_is_marked() {
        let mut answers = Answers::none(4);
        assert!(!answers.to_arrays().contains_key("reasons"));
        answers.put(1, said(false));
        answers.put(3, said(true));
        let read = Answers::from_arrays(answers.to_arrays(), 4).unwrap();
        assert_eq!(read, answers);
        assert_eq!(
            (read.of(0), read.of(1), read.of(3)),
            (None, Some(said(false)), Some(said(true)))
        );
        assert_eq!((read.of(4), read.count()), (None, 2));
    }

    #[test]
    fn what_is_no_distribution_of_every_row_is_refused() {
        let mut answers = Answers::none(2);
        answers.put(1, said(true));
        assert!(Answers::from_arrays(answers.to_arrays(), 3).is_err());
        for labels in [[0.5, 0.5, 0.5], [1.5, -0.5, 0.0], [f32::NAN, 0.5, 0.5]] {
            answers.put(0, Said { labels, reasons: None });
            let error = Answers::from_arrays(answers.to_arrays(), 2).unwrap_err();
            assert!(error.to_string().contains("no distribution"), "{error}");
        }
    }
}
