//! Products with AVX-512 and its instructions for whole numbers (VNNI).

#![expect(
    clippy::needless_range_loop,
    reason = "loops over registers, which the compiler unrolls, read best by their numbers"
)]

use std::{
    arch::{
        asm,
        x86_64::{
            __m512, __m512i, _mm512_castps_si512, _mm512_castsi512_ps, _mm512_cvtepi32_ps,
            _mm512_dpbusd_epi32, _mm512_fmadd_ps, _mm512_loadu_ps, _mm512_loadu_si512,
            _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_si512,
            _mm512_storeu_ps,
        },
    },
    array,
};

use super::{
    Grid, Group, PANEL, Width,
    products::{Panel, Tile},
};

/// Vectors of a panel.
const VECTORS: usize = 4;
/// Numbers of a vector.
const LANES: usize = PANEL / VECTORS;

type Sums<'a> = &'a mut [[f32; PANEL]];
type Vectors<const ROWS: usize> = [[__m512i; VECTORS]; ROWS];

/// As [`super::products::products`].
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
pub fn products(panel: &Panel<'_>, tile: &Tile<'_>, sums: Sums<'_>) {
    match panel.width {
        Width::Single => tiled::<{ Width::Single.groups() }>(panel, tile, sums),
        Width::Word => tiled::<{ Width::Word.groups() }>(panel, tile, sums),
        Width::Byte => tiled::<{ Width::Byte.groups() }>(panel, tile, sums),
    }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
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
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
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
        let mut totals: Vectors<ROWS> = [[_mm512_setzero_si512(); VECTORS]; ROWS];
        if GROUPS == Width::Single.groups() {
            for row in 0..ROWS {
                for vector in 0..VECTORS {
                    totals[row][vector] = _mm512_castps_si512(load(&sums[row], vector));
                }
            }
        }
        add::<GROUPS, ROWS>(&weights[block], &rows, &mut totals);
        for vector in 0..VECTORS {
            let scale = load(&panel.scales[block], vector);
            let total_weight = load(&panel.totals[block], vector);
            for row in 0..ROWS {
                let total = totals[row][vector];
                let sum = if GROUPS == Width::Single.groups() {
                    _mm512_castsi512_ps(total)
                } else {
                    let Grid { step, least } = tile.grids[row * blocks + block];
                    let scaled = _mm512_mul_ps(_mm512_cvtepi32_ps(total), scale);
                    let sum = load(&sums[row], vector);
                    let sum = _mm512_fmadd_ps(total_weight, _mm512_set1_ps(least), sum);
                    _mm512_fmadd_ps(scaled, _mm512_set1_ps(step), sum)
                };
                store(&mut sums[row], vector, sum);
            }
        }
    }
}

/// Adds a block's products to `totals`.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn add<const GROUPS: usize, const ROWS: usize>(
    weights: &[[Group; PANEL]; GROUPS],
    rows: &[&[Group; GROUPS]; ROWS],
    totals: &mut Vectors<ROWS>,
) {
    let mut sums = *totals;
    for group in 0..GROUPS {
        let mut columns = [_mm512_setzero_si512(); VECTORS];
        for vector in 0..VECTORS {
            let weights = &weights[group].as_chunks::<LANES>().0[vector];
            // SAFETY: it is an array of as many bytes as are read.
            columns[vector] = unsafe { _mm512_loadu_si512(weights.as_ptr().cast()) };
        }
        for row in 0..ROWS {
            let x = _mm512_set1_epi32(i32::from_ne_bytes(rows[row][group]));
            for vector in 0..VECTORS {
                sums[row][vector] = dot::<GROUPS>(sums[row][vector], x, columns[vector]);
            }
        }
    }
    *totals = sums;
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn dot<const GROUPS: usize>(total: __m512i, x: __m512i, w: __m512i) -> __m512i {
    if GROUPS == Width::Byte.groups() {
        return _mm512_dpbusd_epi32(total, x, w);
    }
    if GROUPS == Width::Word.groups() {
        return add_products_of_words(total, x, w);
    }
    let (x, w) = (_mm512_castsi512_ps(x), _mm512_castsi512_ps(w));
    _mm512_castps_si512(_mm512_fmadd_ps(x, w, _mm512_castsi512_ps(total)))
}

/// What `_mm512_dpwssd_epi32` is for: the compiler makes two instructions of it, which take the same
/// unit of most processors twice.
#[inline]
#[target_feature(enable = "avx512f,avx512vnni")]
fn add_products_of_words(mut total: __m512i, x: __m512i, w: __m512i) -> __m512i {
    // SAFETY: it reads and writes these registers alone.
    unsafe {
        asm!(
            "vpdpwssd {}, {}, {}",
            inout(zmm_reg) total,
            in(zmm_reg) x,
            in(zmm_reg) w,
            options(pure, nomem, nostack, preserves_flags),
        );
    }
    total
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load(numbers: &[f32; PANEL], vector: usize) -> __m512 {
    let numbers = &numbers.as_chunks::<LANES>().0[vector];
    // SAFETY: it is an array of as many bytes as are read.
    unsafe { _mm512_loadu_ps(numbers.as_ptr()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn store(numbers: &mut [f32; PANEL], vector: usize, values: __m512) {
    let numbers = &mut numbers.as_chunks_mut::<LANES>().0[vector];
    // SAFETY: it is an array of as many bytes as are written.
    unsafe { _mm512_storeu_ps(numbers.as_mut_ptr(), values) };
}
