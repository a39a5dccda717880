//! Rows of inputs as a map takes them.

use std::ops::Range;

use super::{BLOCK, Group, Kind, PANEL, Precision, Width, products::Tile};
use crate::kernel::{
    exponential::ROUND,
    gelu::gelu,
    lanes::{LANES, folded, larger, smaller, vectorised},
};

/// Some rows, packed for a map; kept and filled anew for the next.
#[derive(Clone, Debug)]
pub struct PackedRows {
    precision: Precision,
    inputs: usize,
    count: usize,
    /// One for each of the precision's spans.
    parts: [RowsPart; 2],
}

/// Some blocks of the rows, all of one kind.
#[derive(Clone, Debug)]
pub struct RowsPart {
    kind: Kind,
    /// The blocks of inputs.
    blocks: Range<usize>,
    /// By row, block, group of the block.
    groups: Vec<Group>,
    /// By row and block.
    grids: Vec<Grid>,
}

/// What the whole numbers of a block stand for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Grid {
    /// 1.
    pub step: f32,
    /// 0.
    pub least: f32,
}

impl Default for PackedRows {
    fn default() -> Self {
        let precision = Precision::Single;
        let parts = precision.spans(0).map(|(kind, blocks)| {
            let (groups, grids) = (Vec::new(), Vec::new());
            RowsPart { kind, blocks, groups, grids }
        });
        Self { precision, inputs: 0, count: 0, parts }
    }
}

impl PackedRows {
    /// How many rows there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    pub(super) fn fits(&self, precision: Precision, inputs: usize) -> bool {
        (self.precision, self.inputs) == (precision, inputs)
    }

    pub(super) const fn parts(&self) -> &[RowsPart; 2] {
        &self.parts
    }

    /// Room for so many rows, with nothing in them that counts.
    pub(super) fn clear(&mut self, precision: Precision, inputs: usize, count: usize) {
        (self.precision, self.inputs, self.count) = (precision, inputs, count);
        for (part, (kind, blocks)) in self.parts.iter_mut().zip(precision.spans(inputs)) {
            part.groups.resize(count * blocks.len() * kind.width().groups(), [0; 4]);
            part.grids.resize(count * blocks.len(), Grid::default());
            (part.kind, part.blocks) = (kind, blocks);
        }
    }

    /// Packs `x` `(rows, inputs)`.
    pub(super) fn fill(&mut self, precision: Precision, inputs: usize, x: &[f32]) {
        assert!(x.len().is_multiple_of(inputs), "whole rows of {inputs}");
        self.clear(precision, inputs, x.len() / inputs);
        for (row, x) in x.chunks_exact(inputs).enumerate() {
            let (whole, rest) = x.as_chunks();
            for (block, numbers) in whole.iter().enumerate() {
                self.set(row, block, numbers);
            }
            if !rest.is_empty() {
                // What fills the block is multiplied by 0, and must not widen its grid.
                let mut padded = [rest[0]; BLOCK];
                padded[..rest.len()].copy_from_slice(rest);
                self.set(row, whole.len(), &padded);
            }
        }
    }

    /// Packs the outputs that a panel of another map has for the rows from `first` on.
    pub(super) fn set_gelu(&mut self, first: usize, panel: usize, sums: &[[f32; PANEL]]) {
        let mut active = [0.0; PANEL];
        for (row, sums) in sums.iter().enumerate() {
            gelu(sums, &mut active);
            // What fills the last block is multiplied by 0, and must not widen its grid.
            let outside = self.inputs.saturating_sub(panel * PANEL).min(PANEL);
            let within = active[0];
            active[outside..].fill(within);
            self.set(first + row, panel, &active);
        }
    }

    fn set(&mut self, row: usize, block: usize, numbers: &[f32; BLOCK]) {
        let [first, last] = &mut self.parts;
        let part = if block < first.blocks.end { first } else { last };
        part.set(row, block, numbers);
    }
}

impl RowsPart {
    fn set(&mut self, row: usize, block: usize, numbers: &[f32; BLOCK]) {
        let place = row * self.blocks.len() + block - self.blocks.start;
        let groups = self.kind.width().groups();
        let groups = &mut self.groups[place * groups..][..groups];
        quantise(self.kind, numbers, groups, &mut self.grids[place]);
    }

    /// So many rows from `first` on.
    pub fn tile(&self, first: usize, rows: usize) -> Tile<'_> {
        let blocks = self.blocks.len();
        let groups = blocks * self.kind.width().groups();
        Tile {
            rows,
            groups: &self.groups[first * groups..(first + rows) * groups],
            grids: &self.grids[first * blocks..(first + rows) * blocks],
        }
    }
}

vectorised! {
    /// Writes a block's numbers as groups, and what they stand for.
    fn quantise(kind: Kind, numbers: &[f32; BLOCK], groups: &mut [Group], grid: &mut Grid) {
        let width = kind.width();
        if width == Width::Single {
            for (group, number) in groups.iter_mut().zip(numbers) {
                *group = number.to_ne_bytes();
            }
            return;
        }
        let [least, most] = range(numbers);
        *grid = kind.grid(least, most);
        let (least, share) = (grid.least, 1.0 / grid.step);
        let round = |number: f32| ((number - least) * share + ROUND).to_bits();
        if width == Width::Byte {
            let bytes = &mut groups.as_flattened_mut().as_chunks_mut::<BLOCK>().0[0];
            for k in 0..BLOCK {
                bytes[k] = round(numbers[k]) as u8;
            }
        } else {
            for k in 0..BLOCK / 2 {
                let (one, two) = (round(numbers[2 * k]), round(numbers[2 * k + 1]));
                groups[k] = (two << 16 | one & 0xffff).to_le_bytes();
            }
        }
    }
}

/// The least and the largest of the numbers.
#[inline(always)]
fn range(numbers: &[f32; BLOCK]) -> [f32; 2] {
    let (mut least, mut most) = ([f32::INFINITY; LANES], [f32::NEG_INFINITY; LANES]);
    for numbers in numbers.as_chunks::<LANES>().0 {
        for lane in 0..LANES {
            least[lane] = smaller(numbers[lane], least[lane]);
            most[lane] = larger(numbers[lane], most[lane]);
        }
    }
    [folded(least, smaller), folded(most, larger)]
}
