//! Sums by column.

use super::lanes::vectorised;

vectorised! {
    /// Adds each row of `rows`, `sums.len()` numbers wide, to `sums`.
    ///
    /// # Panics
    /// If `rows` holds a part of a row.
    pub fn add_columns(rows: &[f32], sums: &mut [f32]) {
        assert!(rows.len().is_multiple_of(sums.len()), "whole rows");
        for row in rows.chunks_exact(sums.len()) {
            for (sum, &number) in sums.iter_mut().zip(row) {
                *sum += number;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_added_to_what_was_there() {
        let mut sums = [10.0, 20.0];
        add_columns(&[1.0, 2.0, 3.0, 4.0], &mut sums);
        assert_eq!(sums, [14.0, 26.0]);
    }
}
