//! Products with AVX2. It has no instruction that multiplies bytes and keeps the whole product, so
//! there are words and single precision alone.

#![expect(
    clippy::needless_range_loop,
    reason = "loops over registers, which the compiler unrolls, read best by their numbers"
)]

use std::{
    arch::x86_64::{
        __m256, __m256i, _mm256_add_epi32, _mm256_castps_si256, _mm256_castsi256_ps,
        _mm256_cvtepi32_ps, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_loadu_si256,
        _mm256_madd_epi16, _mm256_mul_ps, _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_si256,
        _mm256_storeu_ps,
    },
    array,
};

use super::{
    Grid, Group, PANEL, Width,
    products::{Panel, Tile},
};

/// Numbers of a vector.
const LANES: usize = 8;
/// Vectors of a panel.
const VECTORS: usize = PANEL / LANES;
/// Vectors that are added to at once: with those of six rows they fill the registers.
const ABREAST: usize = 2;

type Sums<'a> = &'a mut [[f32; PANEL]];
type Vectors<const ROWS: usize> = [[__m256i; ABREAST]; ROWS];

/// As [`super::products::products`], for all but bytes.
#[target_feature(enable = "avx2,fma")]
pub fn products(panel: &Panel<'_>, tile: &Tile<'_>, sums: Sums<'_>) {
    match panel.width {
        Width::Single => tiled::<{ Width::Single.groups() }>(panel, tile, sums),
        Width::Word => tiled::<{ Width::Word.groups() }>(panel, tile, sums),
        Width::Byte => unreachable!("bytes are kept as words where there is only AVX2"),
    }
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn tiled<const GROUPS: usize>(panel: &Panel<'_>, tile: &Tile<'_>, sums: Sums<'_>) {
    match tile.rows {
        0 => {}
        1 => of_rows::<GROUPS, 1>(panel, tile, sums),
        2 => of_rows::<GROUPS, 2>(panel, tile, sums),
        3 => of_rows::<GROUPS, 3>(panel, tile, sums),
        4 => of_rows::<GROUPS, 4>(panel, tile, sums),
        5 => of_rows::<GROUPS, 5>(panel, tile, sums),
        _ => of_rows::<GROUPS, 6>(panel, tile, sums),
    }
}

/// [`Width`] by the groups of its blocks, so that each has a loop of its own.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn of_rows<const GROUPS: usize, const ROWS: usize>(
    panel: &Panel<'_>,
    tile: &Tile<'_>,
    sums: Sums<'_>,
) {
    let blocks = panel.scales.len();
    let weights = panel.weights.as_chunks::<GROUPS>().0;
    let groups = tile.groups.as_chunks::<GROUPS>().0;
    assert!(weights.len() == blocks && groups.len() == ROWS * blocks && sums.len() == ROWS);
    for block in 0..blocks {
        let rows = array::from_fn(|row| &groups[row * blocks + block]);
        for first in (0..VECTORS).step_by(ABREAST) {
            let mut totals: Vectors<ROWS> = [[_mm256_setzero_si256(); ABREAST]; ROWS];
            if GROUPS == Width::Single.groups() {
                for row in 0..ROWS {
                    for vector in 0..ABREAST {
                        totals[row][vector] = _mm256_castps_si256(load(&sums[row], first + vector));
                    }
                }
            }
            add::<GROUPS, ROWS>(&weights[block], first, &rows, &mut totals);
            for vector in 0..ABREAST {
                let scale = load(&panel.scales[block], first + vector);
                let total_weight = load(&panel.totals[block], first + vector);
                for row in 0..ROWS {
                    let total = totals[row][vector];
                    let sum = if GROUPS == Width::Single.groups() {
                        _mm256_castsi256_ps(total)
                    } else {
                        let Grid { step, least } = tile.grids[row * blocks + block];
                        let scaled = _mm256_mul_ps(_mm256_cvtepi32_ps(total), scale);
                        let sum = load(&sums[row], first + vector);
                        let sum = _mm256_fmadd_ps(total_weight, _mm256_set1_ps(least), sum);
                        _mm256_fmadd_ps(scaled, _mm256_set1_ps(step), sum)
                    };
                    store(&mut sums[row], first + vector, sum);
                }
            }
        }
    }
}

/// Adds a block's products with the vectors of a panel from `first` on to `totals`.
#[inline]
#[target_feature(enable = "avx2,fma")]
fn add<const GROUPS: usize, const ROWS: usize>(
    weights: &[[Group; PANEL]; GROUPS],
    first: usize,
    rows: &[&[Group; GROUPS]; ROWS],
    totals: &mut Vectors<ROWS>,
) {
    let mut sums = *totals;
    for group in 0..GROUPS {
        let mut columns = [_mm256_setzero_si256(); ABREAST];
        for vector in 0..ABREAST {
            let weights = &weights[group].as_chunks::<LANES>().0[first + vector];
            // SAFETY: it is an array of as many bytes as are read.
            columns[vector] = unsafe { _mm256_loadu_si256(weights.as_ptr().cast()) };
        }
        for row in 0..ROWS {
            let x = _mm256_set1_epi32(i32::from_ne_bytes(rows[row][group]));
            for vector in 0..ABREAST {
                sums[row][vector] = dot::<GROUPS>(sums[row][vector], x, columns[vector]);
            }
        }
    }
    *totals = sums;
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn dot<const GROUPS: usize>(total: __m256i, x: __m256i, w: __m256i) -> __m256i {
    if GROUPS == Width::Word.groups() {
        return _mm256_add_epi32(total, _mm256_madd_epi16(x, w));
    }
    let (x, w) = (_mm256_castsi256_ps(x), _mm256_castsi256_ps(w));
    _mm256_castps_si256(_mm256_fmadd_ps(x, w, _mm256_castsi256_ps(total)))
}

#[inline]
#[target_feature(enable = "avx2")]
fn load(numbers: &[f32; PANEL], vector: usize) -> __m256 {
    let numbers = &numbers.as_chunks::<LANES>().0[vector];
    // SAFETY: it is an array of as many bytes as are read.
    unsafe { _mm256_loadu_ps(numbers.as_ptr()) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn store(numbers: &mut [f32; PANEL], vector: usize, values: __m256) {
    let numbers = &mut numbers.as_chunks_mut::<LANES>().0[vector];
    // SAFETY: it is an array of as many bytes as are written.
    unsafe { _mm256_storeu_ps(numbers.as_mut_ptr(), values) };
}
