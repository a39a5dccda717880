//! Products with AVX-512 and its instructions for whole numbers (VNNI).

use std::arch::{
    asm,
    x86_64::{
        __m512 as Real, __m512i as Whole, _mm512_castps_si512, _mm512_castsi512_ps,
        _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_fmadd_ps, _mm512_loadu_ps,
        _mm512_loadu_si512, _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_si512,
        _mm512_storeu_ps,
    },
};

use super::{
    Grid, Group, PANEL, Width,
    products::{Panel, Tile},
    tiles::tiles,
};

/// Numbers of a vector.
const LANES: usize = 16;
/// Vectors that are added to at once: all of a panel.
const ABREAST: usize = VECTORS;

/// As [`super::products::products`].
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
pub fn products(panel: &Panel<'_>, tile: &Tile<'_>, sums: &mut [[f32; PANEL]]) {
    match panel.width {
        Width::Single => tiled::<{ Width::Single.groups() }>(panel, tile, sums),
        Width::Word => tiled::<{ Width::Word.groups() }>(panel, tile, sums),
        Width::Byte => tiled::<{ Width::Byte.groups() }>(panel, tile, sums),
    }
}

tiles!("avx512f,avx512bw,avx512vnni");

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn dot<const GROUPS: usize>(total: Whole, x: Whole, w: Whole) -> Whole {
    if GROUPS == Width::Byte.groups() {
        return _mm512_dpbusd_epi32(total, x, w);
    }
    if GROUPS == Width::Word.groups() {
        return add_products_of_words(total, x, w);
    }
    as_whole(_mm512_fmadd_ps(as_real(x), as_real(w), as_real(total)))
}

/// What `_mm512_dpwssd_epi32` is for: the compiler makes two instructions of it, which take the same
/// unit of most processors twice.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn add_products_of_words(mut total: Whole, x: Whole, w: Whole) -> Whole {
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
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn zero() -> Whole {
    _mm512_setzero_si512()
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn groups_of(groups: &[Group; PANEL], vector: usize) -> Whole {
    let groups = &groups.as_chunks::<LANES>().0[vector];
    // SAFETY: it is an array of as many bytes as are read.
    unsafe { _mm512_loadu_si512(groups.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn repeated(group: Group) -> Whole {
    _mm512_set1_epi32(i32::from_ne_bytes(group))
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn as_real(whole: Whole) -> Real {
    _mm512_castsi512_ps(whole)
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn as_whole(real: Real) -> Whole {
    _mm512_castps_si512(real)
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn scaled(total: Whole, scale: Real, total_weight: Real, grid: Grid, sum: Real) -> Real {
    let products = _mm512_mul_ps(_mm512_cvtepi32_ps(total), scale);
    let sum = _mm512_fmadd_ps(total_weight, _mm512_set1_ps(grid.least), sum);
    _mm512_fmadd_ps(products, _mm512_set1_ps(grid.step), sum)
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn load(numbers: &[f32; PANEL], vector: usize) -> Real {
    let numbers = &numbers.as_chunks::<LANES>().0[vector];
    // SAFETY: it is an array of as many bytes as are read.
    unsafe { _mm512_loadu_ps(numbers.as_ptr()) }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn store(numbers: &mut [f32; PANEL], vector: usize, values: Real) {
    let numbers = &mut numbers.as_chunks_mut::<LANES>().0[vector];
    // SAFETY: it is an array of as many bytes as are written.
    unsafe { _mm512_storeu_ps(numbers.as_mut_ptr(), values) };
}
