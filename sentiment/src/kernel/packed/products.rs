//! Sums of products of a tile of rows and a panel of outputs, over the blocks of one kind.

use super::{Grid, Group, PANEL, TILE, Width};

/// The weights of a panel's outputs.
pub struct Panel<'a> {
    pub width: Width,
    /// By block, group.
    pub weights: &'a [[Group; PANEL]],
    /// By block: what 1 in a weight stands for.
    pub scales: &'a [[f32; PANEL]],
    /// By block: the sums of the weights.
    pub totals: &'a [[f32; PANEL]],
}

/// Some rows of inputs.
pub struct Tile<'a> {
    /// How many rows: at most [`TILE`].
    pub rows: usize,
    /// By row, block, group.
    pub groups: &'a [Group],
    /// By row, block.
    pub grids: &'a [Grid],
}

/// The sums of each row's products, added to.
type Sums<'a> = &'a mut [[f32; PANEL]];

/// Whether bytes are multiplied as such: with AVX-512 VNNI.
pub fn has_bytes() -> bool {
    #[cfg(target_arch = "x86_64")]
    return has_vnni();
    #[cfg(not(target_arch = "x86_64"))]
    false
}

#[cfg(target_arch = "x86_64")]
fn has_vnni() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vnni")
}

/// Adds the products of each row of `tile` and the panel's weights to `sums`.
///
/// # Panics
/// If the sizes do not fit.
pub fn products(panel: &Panel<'_>, tile: &Tile<'_>, sums: Sums<'_>) {
    let (width, blocks) = (panel.width, panel.scales.len());
    assert!(tile.rows <= TILE && tile.rows == sums.len(), "a sum for each row");
    assert_eq!(panel.weights.len(), blocks * width.groups(), "whole blocks of weights");
    assert_eq!(panel.totals.len(), blocks, "two numbers for each block of weights");
    assert_eq!(tile.groups.len(), tile.rows * blocks * width.groups(), "whole rows");
    assert_eq!(tile.grids.len(), tile.rows * blocks, "a grid for each block of a row");
    #[cfg(target_arch = "x86_64")]
    {
        if has_vnni() {
            // SAFETY: the processor has just been asked whether it has AVX-512 with VNNI.
            return unsafe { super::avx512::products(panel, tile, sums) };
        }
        if width != Width::Byte
            && is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("fma")
        {
            // SAFETY: the processor has just been asked whether it has AVX2 and FMA.
            return unsafe { super::avx2::products(panel, tile, sums) };
        }
    }
    plain(panel, tile, sums);
}

/// For any processor: inner loops over a panel's outputs, which the compiler makes vector code of.
fn plain(panel: &Panel<'_>, tile: &Tile<'_>, sums: Sums<'_>) {
    let (width, blocks) = (panel.width, panel.scales.len());
    let groups = width.groups();
    for (row, sums) in sums.iter_mut().enumerate() {
        for block in 0..blocks {
            let weights = &panel.weights[block * groups..][..groups];
            let place = row * blocks + block;
            let own = &tile.groups[place * groups..][..groups];
            if width == Width::Single {
                for (&x, weights) in own.iter().zip(weights) {
                    let x = f32::from_ne_bytes(x);
                    for (sum, &w) in sums.iter_mut().zip(weights) {
                        *sum = x.mul_add(f32::from_ne_bytes(w), *sum);
                    }
                }
                continue;
            }
            let mut totals = [0; PANEL];
            for (&x, weights) in own.iter().zip(weights) {
                for (total, &w) in totals.iter_mut().zip(weights) {
                    *total += product(width, x, w);
                }
            }
            let Grid { step, least } = tile.grids[place];
            for (column, sum) in sums.iter_mut().enumerate() {
                let scaled = totals[column] as f32 * panel.scales[block][column];
                *sum = scaled.mul_add(step, panel.totals[block][column].mul_add(least, *sum));
            }
        }
    }
}

/// Of the whole numbers of a group.
fn product(width: Width, x: Group, w: Group) -> i32 {
    if width == Width::Byte {
        let pairs = x.into_iter().zip(w);
        return pairs.map(|(x, w)| i32::from(x) * i32::from(w.cast_signed())).sum();
    }
    let words = |[a, b, c, d]: Group| {
        [i16::from_ne_bytes([a, b]), i16::from_ne_bytes([c, d])].map(i32::from)
    };
    let ([x0, x1], [w0, w1]) = (words(x), words(w));
    x0 * w0 + x1 * w1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::packed::{Kind, part::Part};

    const BLOCKS: usize = 3;
    const INPUTS: usize = BLOCKS * PANEL;

    /// Groups that look random: in words 13 bits of either sign, in bytes all, else small numbers.
    fn groups(width: Width, count: usize) -> Vec<Group> {
        let number = |k: usize| ((k as f32 + 1.0) * 12.9898).sin();
        let group = |k: usize| match width {
            Width::Single => number(k).to_ne_bytes(),
            Width::Word => {
                let [one, two] =
                    [2 * k, 2 * k + 1].map(|k| ((number(k) * 4095.0) as i16).to_ne_bytes());
                [one[0], one[1], two[0], two[1]]
            }
            Width::Byte => [0, 1, 2, 3].map(|part| (number(4 * k + part) * 127.0 + 128.0) as u8),
        };
        (0..count).map(group).collect()
    }

    #[test]
    fn every_processor_gives_the_same_to_the_bit() {
        let weights: Vec<f32> = (0..PANEL * INPUTS).map(|k| (k as f32 * 7.77).sin()).collect();
        for kind in [Kind::Single, Kind::Words, Kind::Bytes] {
            let part = Part::new(kind, 0..BLOCKS, &weights, PANEL);
            let panel = part.panel(0);
            for rows in 1..=TILE {
                let groups = groups(panel.width, rows * BLOCKS * panel.width.groups());
                let grids: Vec<Grid> = (0..rows * BLOCKS)
                    .map(|k| Grid { step: 0.01 + k as f32 * 1e-3, least: -0.3 })
                    .collect();
                let tile = Tile { rows, groups: &groups, grids: &grids };
                let mut expected = vec![[0.25; PANEL]; rows];
                plain(&panel, &tile, &mut expected);
                let mut sums = vec![[0.25; PANEL]; rows];
                products(&panel, &tile, &mut sums);
                assert_eq!(sums, expected, "{kind:?}, {rows} rows, by the widest vectors");
                #[cfg(target_arch = "x86_64")]
                if panel.width != Width::Byte
                    && is_x86_feature_detected!("avx2")
                    && is_x86_feature_detected!("fma")
                {
                    let mut sums = vec![[0.25; PANEL]; rows];
                    // SAFETY: the processor has just been asked whether it has AVX2 and FMA.
                    unsafe { crate::kernel::packed::avx2::products(&panel, &tile, &mut sums) };
                    assert_eq!(sums, expected, "{kind:?}, {rows} rows, by AVX2");
                }
            }
        }
    }
}
