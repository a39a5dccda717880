//! A table that all threads read and write.

use std::sync::atomic::{AtomicU64, Ordering};

/// Vectors of an even dimension. A cell holds two numbers, so that a row is copied in half as
/// many moves; relaxed atomics are plain moves on all processors that matter.
pub struct SharedRows {
    cells: Vec<AtomicU64>,
    cells_per_row: usize,
}

impl SharedRows {
    /// Rows of `dimension` numbers.
    pub fn new(numbers: Vec<f32>, dimension: usize) -> Self {
        let cells = numbers.as_chunks().0.iter().map(|&pair| AtomicU64::new(pack(pair))).collect();
        Self { cells, cells_per_row: dimension / 2 }
    }

    /// Copies the row out.
    pub fn load(&self, row: u32, out: &mut [f32]) {
        for (cell, out) in self.row(row).iter().zip(out.as_chunks_mut().0) {
            *out = unpack(cell.load(Ordering::Relaxed));
        }
    }

    /// Replaces the row.
    pub fn store(&self, row: u32, numbers: &[f32]) {
        for (cell, &pair) in self.row(row).iter().zip(numbers.as_chunks().0) {
            cell.store(pack(pair), Ordering::Relaxed);
        }
    }

    /// All numbers, row after row.
    pub fn into_vec(self) -> Vec<f32> {
        self.cells.into_iter().flat_map(|cell| unpack(cell.into_inner())).collect()
    }

    fn row(&self, row: u32) -> &[AtomicU64] {
        let start = row as usize * self.cells_per_row;
        &self.cells[start..start + self.cells_per_row]
    }
}

const fn pack([low, high]: [f32; 2]) -> u64 {
    low.to_bits() as u64 | (high.to_bits() as u64) << 32
}

const fn unpack(cell: u64) -> [f32; 2] {
    [f32::from_bits(cell as u32), f32::from_bits((cell >> 32) as u32)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_row_loads_as_it_was_and_its_neighbours_stay() {
        let rows = SharedRows::new((0..12).map(|n| n as f32).collect(), 4);
        rows.store(1, &[-1.5, 2.5, f32::MIN_POSITIVE, 0.0]);
        let mut out = [0.0; 4];
        rows.load(1, &mut out);
        assert_eq!(out, [-1.5, 2.5, f32::MIN_POSITIVE, 0.0]);
        assert_eq!(rows.into_vec()[8..], [8.0, 9.0, 10.0, 11.0]);
    }
}
