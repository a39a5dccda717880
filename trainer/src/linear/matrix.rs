//! All rows as one sparse matrix, in both layouts.

use anyhow::{Result, anyhow};
use rayon::prelude::*;
use sentiment::models::linear::{CUES, Counted, FeatureTable, Row, Weights};
use sprs::CsMatI;

use super::LABELS;

/// Rows or columns that one thread takes at a time.
const AT_ONCE: usize = 512;

type Sparse = CsMatI<f32, u32, usize>;

/// `(rows, features + cues)`.
///
/// Scores run over rows, gradients over columns: each sum has its own place and its own order, so
/// that threads share nothing.
pub struct Matrix {
    by_row: Sparse,
    by_column: Sparse,
}

impl Matrix {
    /// The rows of these texts.
    ///
    /// # Errors
    /// If `table` makes rows that are none.
    pub fn new(texts: &[Counted], table: &FeatureTable) -> Result<Self> {
        let rows: Vec<Row> = texts.par_iter().map(|text| table.row(text)).collect();
        let ends = rows.iter().scan(0, |end, row| {
            *end += row.features.len();
            Some(*end)
        });
        let pointers: Vec<usize> = [0].into_iter().chain(ends).collect();
        let shape = (rows.len(), table.len() + CUES.len());
        let (features, values): (Vec<Vec<u32>>, Vec<Vec<f32>>) =
            rows.into_iter().map(|row| (row.features, row.values)).unzip();
        let by_row = Sparse::try_new(shape, pointers, features.concat(), values.concat())
            .map_err(|(_, _, _, error)| anyhow!("the rows are no matrix: {error}"))?;
        Ok(Self { by_column: by_row.to_csc(), by_row })
    }

    /// How many rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.by_row.rows()
    }

    /// How many features and cues.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.by_row.cols()
    }

    /// How many numbers are not 0.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.by_row.nnz()
    }

    /// For each row its scores, `weights` `(columns)` summed over its features, in parallel.
    pub fn for_each_row<T: Send>(
        &self,
        weights: &[[f32; LABELS]],
        bias: [f32; LABELS],
        made: impl Fn(usize, [f32; LABELS]) -> T + Sync,
    ) -> Vec<T> {
        let (features, values) = (self.by_row.indices(), self.by_row.data());
        let pointers = self.by_row.indptr();
        let row = |row: usize| {
            let cells = pointers.outer_inds_sz(row);
            let mut scores = bias;
            for (&feature, value) in features[cells.clone()].iter().zip(&values[cells]) {
                let weights = &weights[feature as usize];
                for label in 0..LABELS {
                    scores[label] += value * weights[label];
                }
            }
            made(row, scores)
        };
        (0..self.rows()).into_par_iter().with_min_len(AT_ONCE).map(row).collect()
    }

    /// For each column the sum over its rows of `part(row, value)`, in parallel.
    pub fn column_sums(
        &self,
        part: impl Fn(usize, f32) -> [f32; LABELS] + Sync,
    ) -> Vec<[f32; LABELS]> {
        let (rows, values) = (self.by_column.indices(), self.by_column.data());
        let pointers = self.by_column.indptr();
        let column = |column: usize| {
            let cells = pointers.outer_inds_sz(column);
            let mut sums = [0.0_f32; LABELS];
            for (&row, &value) in rows[cells.clone()].iter().zip(&values[cells]) {
                let part = part(row as usize, value);
                for label in 0..LABELS {
                    sums[label] += part[label];
                }
            }
            sums
        };
        (0..self.columns()).into_par_iter().with_min_len(AT_ONCE).map(column).collect()
    }

    /// The scores of each row under `weights` for all labels.
    #[must_use]
    pub fn scores(&self, weights: &Weights) -> Vec<[f32; LABELS]> {
        let (by_feature, _) = weights.values.as_chunks::<LABELS>();
        let bias = std::array::from_fn(|label| weights.bias[label]);
        self.for_each_row(by_feature, bias, |_, scores| scores)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix() -> Matrix {
        let table = FeatureTable::new(&[(1, 2), (2, 1), (3, 2)], 3);
        let text = |names: &[u32]| Counted {
            words: names.iter().map(|&name| (name, 1)).collect(),
            ..Counted::default()
        };
        Matrix::new(&[text(&[1]), text(&[]), text(&[1, 3])], &table).unwrap()
    }

    #[test]
    fn rows_and_columns_hold_the_same_numbers() {
        let matrix = matrix();
        assert_eq!((matrix.rows(), matrix.columns(), matrix.cells()), (3, 3 + CUES.len(), 3));
        let sums = matrix.column_sums(|row, value| [value, row as f32, 1.0]);
        let half = 0.5_f32.sqrt();
        assert!((sums[0][0] - (1.0 + half)).abs() < 1e-6);
        assert_eq!((sums[0][1], sums[0][2]), (2.0, 2.0));
        assert_eq!((sums[1], sums[2][2]), ([0.0; 3], 1.0));
    }

    #[test]
    fn a_score_is_the_bias_and_the_weighted_sum() {
        let matrix = matrix();
        let mut values = vec![0.0; matrix.columns() * LABELS];
        values[..3].copy_from_slice(&[1.0, 2.0, 3.0]);
        let weights = Weights { labels: LABELS, values, bias: vec![0.5, 0.0, 0.0] };
        let scores = matrix.scores(&weights);
        assert_eq!(scores[0], [1.5, 2.0, 3.0]);
        assert_eq!(scores[1], [0.5, 0.0, 0.0]);
    }
}
