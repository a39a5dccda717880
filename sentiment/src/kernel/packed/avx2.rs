//! Products with AVX2. It has no instruction that multiplies bytes and keeps the whole product, so
//! there are words and single precision alone.

use std::arch::x86_64::{
    __m256 as Real, __m256i as Whole, _mm256_add_epi32, _mm256_castps_si256, _mm256_castsi256_ps,
    _mm256_cvtepi32_ps, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_loadu_si256, _mm256_madd_epi16,
    _mm256_mul_ps, _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_si256, _mm256_storeu_ps,
};

use super::{
    Grid, Group, PANEL, Width,
    products::{Panel, Tile},
    tiles::tiles,
};

/// Numbers of a vector.
const LANES: usize = 8;
/// Vectors that are added to at once: with those of six rows they fill the registers.
const ABREAST: usize = 2;

/// As [`super::products::products`], for all but bytes.
#[target_feature(enable = "avx2,fma")]
pub fn products(panel: &Panel<'_>, tile: &Tile<'_>, sums: &mut [[f32; PANEL]]) {
    match panel.width {
        Width::Single => tiled::<{ Width::Single.groups() }>(panel, tile, sums),
        Width::Word => tiled::<{ Width::Word.groups() }>(panel, tile, sums),
        Width::Byte => unreachable!("bytes are kept as words where there is only AVX2"),
    }
}

tiles!("avx2,fma");

#[inline]
#[target_feature(enable = "avx2,fma")]
fn dot<const GROUPS: usize>(total: Whole, x: Whole, w: Whole) -> Whole {
    if GROUPS == Width::Word.groups() {
        return _mm256_add_epi32(total, _mm256_madd_epi16(x, w));
    }
    as_whole(_mm256_fmadd_ps(as_real(x), as_real(w), as_real(total)))
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn zero() -> Whole {
    _mm256_setzero_si256()
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn groups_of(groups: &[Group; PANEL], vector: usize) -> Whole {
    let groups = &groups.as_chunks::<LANES>().0[vector];
    // SAFETY: it is an array of as many bytes as are read.
    unsafe { _mm256_loadu_si256(groups.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn repeated(group: Group) -> Whole {
    _mm256_set1_epi32(i32::from_ne_bytes(group))
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn as_real(whole: Whole) -> Real {
    _mm256_castsi256_ps(whole)
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn as_whole(real: Real) -> Whole {
    _mm256_castps_si256(real)
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn scaled(total: Whole, scale: Real, total_weight: Real, grid: Grid, sum: Real) -> Real {
    let products = _mm256_mul_ps(_mm256_cvtepi32_ps(total), scale);
    let sum = _mm256_fmadd_ps(total_weight, _mm256_set1_ps(grid.least), sum);
    _mm256_fmadd_ps(products, _mm256_set1_ps(grid.step), sum)
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn load(numbers: &[f32; PANEL], vector: usize) -> Real {
    let numbers = &numbers.as_chunks::<LANES>().0[vector];
    // SAFETY: it is an array of as many bytes as are read.
    unsafe { _mm256_loadu_ps(numbers.as_ptr()) }
}

#[inline]
#[target_feature(enable = "avx2,fma")]
fn store(numbers: &mut [f32; PANEL], vector: usize, values: Real) {
    let numbers = &mut numbers.as_chunks_mut::<LANES>().0[vector];
    // SAFETY: it is an array of as many bytes as are written.
    unsafe { _mm256_storeu_ps(numbers.as_mut_ptr(), values) };
}
