//! One row times a matrix, in plain loops: what iterators call is not compiled for the processor's
//! vectors, and not inlined for certain.

use super::lanes::vectorised;

/// Columns whose sums stay in registers.
const COLUMNS: usize = 64;

vectorised! {
    /// `out += row × weights`, with `weights` `(row.len(), out.len())` row after row. Products are
    /// added in the order of the row, so that it gives the same to the bit wherever it is called.
    ///
    /// # Panics
    /// If `weights` are not as many.
    pub fn add_row_product(row: &[f32], weights: &[f32], out: &mut [f32]) {
        let columns = out.len();
        assert_eq!(weights.len(), row.len() * columns, "weights of {columns} columns");
        let whole = columns - columns % COLUMNS;
        for start in (0..whole).step_by(COLUMNS) {
            let out = &mut out[start..start + COLUMNS];
            let mut sums = [0.0; COLUMNS];
            sums.copy_from_slice(out);
            for k in 0..row.len() {
                let weights = &weights[k * columns + start..][..COLUMNS];
                for column in 0..COLUMNS {
                    sums[column] += row[k] * weights[column];
                }
            }
            out.copy_from_slice(&sums);
        }
        let out = &mut out[whole..];
        for k in 0..row.len() {
            let weights = &weights[k * columns + whole..][..out.len()];
            for column in 0..out.len() {
                out[column] += row[k] * weights[column];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_in_blocks_and_those_left_over_are_the_textbook_s() {
        for columns in [1, 63, 64, 65, 130] {
            let weights: Vec<f32> = (0..3 * columns).map(|k| (k % 11) as f32 - 5.0).collect();
            let mut out = vec![1.0; columns];
            add_row_product(&[1.0, -2.0, 0.5], &weights, &mut out);
            for (column, sum) in out.iter().enumerate() {
                let at = |row: usize| weights[row * columns + column];
                assert_eq!(*sum, 1.0 + at(0) - 2.0 * at(1) + 0.5 * at(2), "column {column}");
            }
        }
    }
}
