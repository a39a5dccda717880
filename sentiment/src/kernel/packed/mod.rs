//! Affine maps whose weights are packed once, for serving, in single precision or in whole numbers.
//!
//! A map's outputs come in panels of [`PANEL`], its inputs in blocks of [`BLOCK`]; what is left over
//! is padded with 0. In whole numbers each block of a row and each block of an output's weights has
//! a scale of its own: sums of products within a block are exact, and the blocks are added up in
//! single precision, in their order and fused. So every processor gives the same to the bit, and a
//! row gives the same whatever rows are beside it.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod part;
mod precision;
mod products;
mod rows;
#[cfg(target_arch = "x86_64")]
mod tiles;

use self::{
    part::Part,
    precision::{Kind, Width},
    products::products,
    rows::Grid,
};
pub use self::{precision::Precision, rows::PackedRows};

/// Outputs that are computed together.
const PANEL: usize = 64;
/// Inputs that have a scale together: as many as a panel has outputs, so that a panel of one map is
/// a block of the next.
pub const BLOCK: usize = PANEL;
/// Rows that share a pass over a panel.
const TILE: usize = 6;

/// Numbers of an input or, for as many outputs as a panel has, weights that are multiplied at once.
type Group = [u8; 4];

/// `y = x Wᵀ + b`, packed.
#[derive(Clone, Debug)]
pub struct PackedMap {
    precision: Precision,
    /// One for each of the precision's spans.
    parts: [Part; 2],
    /// By panel.
    bias: Vec<[f32; PANEL]>,
    inputs: usize,
    outputs: usize,
}

impl PackedMap {
    /// Packs W `(outputs, inputs)` and b `(outputs)`.
    ///
    /// # Panics
    /// If the lengths do not fit.
    #[must_use]
    pub fn new(weight: &[f32], bias: &[f32], precision: Precision) -> Self {
        let outputs = bias.len();
        let inputs = weight.len() / outputs;
        assert_eq!(weight.len(), inputs * outputs, "whole rows of weights");
        let spans = precision.spans(inputs);
        let parts = spans.map(|(kind, blocks)| Part::new(kind, blocks, weight, outputs));
        let mut panels = vec![[0.0; PANEL]; outputs.div_ceil(PANEL)];
        panels.as_flattened_mut()[..outputs].copy_from_slice(bias);
        Self { precision, parts, bias: panels, inputs, outputs }
    }

    /// Makes `rows` hold `x` `(rows, inputs)` as this map takes it.
    ///
    /// # Panics
    /// If `x` holds a part of a row.
    pub fn pack_rows(&self, x: &[f32], rows: &mut PackedRows) {
        rows.fill(self.precision, self.inputs, x);
    }

    /// Writes `(rows, outputs)` to `out`.
    ///
    /// # Panics
    /// If the rows were packed for another map's precision or size, or `out` has another length.
    pub fn apply(&self, rows: &PackedRows, out: &mut [f32]) {
        assert_eq!(out.len(), rows.count() * self.outputs, "room for each row's outputs");
        self.tiles(rows, |first, panel, sums| {
            let start = panel * PANEL;
            let width = PANEL.min(self.outputs - start);
            for (row, sums) in sums.iter().enumerate() {
                let out = &mut out[(first + row) * self.outputs + start..][..width];
                match out.as_chunks_mut::<PANEL>().0 {
                    [out] => *out = *sums,
                    _ => out.copy_from_slice(&sums[..width]),
                }
            }
        });
    }

    /// Makes `out` hold `gelu(y)` as `next` takes it.
    ///
    /// # Panics
    /// If the rows were packed for another map, or `next` has another number of inputs than this
    /// has outputs.
    pub fn apply_gelu(&self, rows: &PackedRows, next: &Self, out: &mut PackedRows) {
        assert_eq!(self.outputs, next.inputs, "outputs are the next map's inputs");
        out.clear(next.precision, next.inputs, rows.count());
        self.tiles(rows, |first, panel, sums| out.set_gelu(first, panel, sums));
    }

    /// Gives `finish` each tile's sums, after the place of its first row and the panel.
    fn tiles(&self, rows: &PackedRows, mut finish: impl FnMut(usize, usize, &[[f32; PANEL]])) {
        assert!(rows.fits(self.precision, self.inputs), "rows packed for this map");
        let mut sums = [[0.0; PANEL]; TILE];
        for (panel, bias) in self.bias.iter().enumerate() {
            for first in (0..rows.count()).step_by(TILE) {
                let count = TILE.min(rows.count() - first);
                let sums = &mut sums[..count];
                sums.fill(*bias);
                for (part, own) in self.parts.iter().zip(rows.parts()) {
                    products(&part.panel(panel), &own.tile(first, count), sums);
                }
                finish(first, panel, sums);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::gelu;

    const WHOLE: [Precision; 3] = [
        Precision::Whole { in_words: 0 },
        Precision::Whole { in_words: 64 },
        Precision::Whole { in_words: usize::MAX },
    ];

    fn numbers(count: usize, seed: f32) -> Vec<f32> {
        (0..count).map(|k| ((k as f32 + seed) * 12.9898).sin() * 2.0 - 0.5).collect()
    }

    fn map(inputs: usize, outputs: usize, precision: Precision) -> PackedMap {
        PackedMap::new(&numbers(inputs * outputs, 1.0), &numbers(outputs, 2.0), precision)
    }

    fn applied(map: &PackedMap, x: &[f32]) -> Vec<f32> {
        let mut rows = PackedRows::default();
        map.pack_rows(x, &mut rows);
        let mut out = vec![0.0; rows.count() * map.outputs];
        map.apply(&rows, &mut out);
        out
    }

    /// In double precision.
    fn exact(inputs: usize, outputs: usize, x: &[f32]) -> Vec<f64> {
        let (weight, bias) = (numbers(inputs * outputs, 1.0), numbers(outputs, 2.0));
        x.chunks_exact(inputs)
            .flat_map(|x| {
                weight.chunks_exact(inputs).zip(&bias).map(move |(weight, &bias)| {
                    let products = x.iter().zip(weight).map(|(&x, &w)| f64::from(x) * f64::from(w));
                    f64::from(bias) + products.sum::<f64>()
                })
            })
            .collect()
    }

    #[test]
    fn it_is_the_textbook_s_as_near_as_its_numbers_are_fine() {
        for (inputs, outputs) in [(1, 1), (64, 64), (130, 70), (200, 1)] {
            for rows in [1, 5, 6, 13] {
                let x = numbers(rows * inputs, 3.0);
                let exact = exact(inputs, outputs, &x);
                let [bytes, mixed, words] = WHOLE;
                // Errors add up as a random walk's steps do.
                let walk = (inputs as f64).sqrt();
                let near = [(Precision::Single, 3e-5), (words, 2e-3), (mixed, 6e-2), (bytes, 6e-2)];
                for (precision, tolerance) in near {
                    let out = applied(&map(inputs, outputs, precision), &x);
                    let far = out.iter().zip(&exact).map(|(a, b)| (f64::from(*a) - b).abs());
                    let farthest = far.fold(0.0, f64::max);
                    assert!(
                        farthest < tolerance * walk,
                        "{inputs} {rows} {precision:?} {farthest}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_row_alone_is_the_row_among_others_to_the_bit() {
        for precision in [Precision::Single].into_iter().chain(WHOLE) {
            let (map, x) = (map(130, 70, precision), numbers(13 * 130, 3.0));
            let alone = x.chunks_exact(130).flat_map(|x| applied(&map, x)).collect::<Vec<_>>();
            assert_eq!(applied(&map, &x), alone, "{precision:?}");
        }
    }

    #[test]
    fn what_is_active_is_packed_as_if_it_had_been_written_out() {
        for precision in [Precision::Single].into_iter().chain(WHOLE) {
            let (map, next) = (map(64, 130, precision), map(130, 70, precision));
            let x = numbers(7 * 64, 3.0);
            let written = applied(&map, &x);
            let mut active = vec![0.0; written.len()];
            gelu(&written, &mut active);
            let (mut rows, mut wide) = (PackedRows::default(), PackedRows::default());
            map.pack_rows(&x, &mut rows);
            map.apply_gelu(&rows, &next, &mut wide);
            let mut out = vec![0.0; 7 * 70];
            next.apply(&wide, &mut out);
            assert_eq!(out, applied(&next, &active), "{precision:?}");
        }
    }

    #[test]
    fn numbers_of_one_amount_and_huge_ones_stay_finite() {
        for precision in [Precision::Single].into_iter().chain(WHOLE) {
            for x in [0.0, -3.0, 1e30] {
                let out = applied(&map(64, 64, precision), &[x; 64]);
                assert!(out.iter().all(|y| y.is_finite()), "{precision:?} {x}");
            }
        }
    }
}
