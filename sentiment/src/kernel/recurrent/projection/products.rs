//! Vectors times input weights, in whole numbers of 16 bits: the same sums on every processor.

use super::{PAIR, TILE};
use crate::kernel::recurrent::BLOCK;

/// Weights of [`BLOCK`] columns and of [`PAIR`] inputs.
type Group = [i16; BLOCK * PAIR];

/// Weights of whole blocks of columns.
#[derive(Clone, Debug)]
pub struct Weights {
    /// By block of columns, pair of inputs, column of the block, input of the pair.
    groups: Vec<Group>,
    /// Of inputs.
    pairs: usize,
}

impl Weights {
    /// All of them 0.
    pub fn new(inputs: usize, columns: usize) -> Self {
        let pairs = inputs.div_ceil(PAIR);
        Self { groups: vec![[0; BLOCK * PAIR]; columns / BLOCK * pairs], pairs }
    }

    pub fn set(&mut self, input: usize, column: usize, weight: i16) {
        let group = &mut self.groups[column / BLOCK * self.pairs + input / PAIR];
        group[column % BLOCK * PAIR + input % PAIR] = weight;
    }
}

/// Writes the sums of all columns of each row of `numbers`, at most [`TILE`], one row of `sums`
/// after the other. They must fit into 32 bits.
///
/// # Panics
/// If there are more rows, or the sizes do not fit.
pub fn products(weights: &Weights, numbers: &[i16], sums: &mut [i32]) {
    let numbers = numbers.as_chunks::<PAIR>().0;
    let rows = numbers.len() / weights.pairs;
    let columns = weights.groups.len() / weights.pairs * BLOCK;
    assert!(rows <= TILE, "{rows} rows in a tile of {TILE}");
    assert_eq!((numbers.len(), sums.len()), (rows * weights.pairs, rows * columns), "whole rows");
    let sums = sums.as_chunks_mut::<BLOCK>().0;
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vnni")
        {
            // SAFETY: the processor has just been asked whether it has AVX-512 with VNNI.
            return unsafe { x86::with_vnni(weights, numbers, sums) };
        }
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has just been asked whether it has AVX2.
            return unsafe { x86::with_avx2(weights, numbers, sums) };
        }
    }
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    return wasm::with_simd128(weights, numbers, sums);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    plain(weights, numbers, sums);
}

/// For any processor; the compiler makes vector code of it where it can.
#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
fn plain(weights: &Weights, numbers: &[[i16; PAIR]], sums: &mut [[i32; BLOCK]]) {
    let blocks = weights.groups.len() / weights.pairs;
    for (numbers, sums) in numbers.chunks_exact(weights.pairs).zip(sums.chunks_exact_mut(blocks)) {
        for (groups, sums) in weights.groups.chunks_exact(weights.pairs).zip(sums) {
            *sums = [0; BLOCK];
            for (group, pair) in groups.iter().zip(numbers) {
                for (sum, weights) in sums.iter_mut().zip(group.as_chunks::<PAIR>().0) {
                    let products = weights.iter().zip(pair);
                    *sum += products.map(|(&w, &x)| i32::from(w) * i32::from(x)).sum::<i32>();
                }
            }
        }
    }
}

/// A pair as one number, as a vector takes it.
#[cfg(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
const fn together(pair: [i16; PAIR]) -> i32 {
    let [one, two] = pair;
    (two as i32) << 16 | one as u16 as i32
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_set1_epi32,
        _mm256_setzero_si256, _mm256_storeu_si256, _mm512_dpwssd_epi32, _mm512_loadu_si512,
        _mm512_set1_epi32, _mm512_setzero_si512, _mm512_storeu_si512,
    };

    use super::{BLOCK, PAIR, Weights, together};

    /// Blocks of columns that share a pass over the numbers.
    const ABREAST: usize = 4;
    /// Vectors of a block.
    const HALVES: usize = 2;

    type Rows<'a> = &'a mut [[i32; BLOCK]];

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub fn with_vnni(weights: &Weights, numbers: &[[i16; PAIR]], sums: Rows<'_>) {
        match numbers.len() / weights.pairs {
            0 => {}
            1 => rows_with_vnni::<1>(weights, numbers, sums),
            2 => rows_with_vnni::<2>(weights, numbers, sums),
            3 => rows_with_vnni::<3>(weights, numbers, sums),
            _ => rows_with_vnni::<4>(weights, numbers, sums),
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn rows_with_vnni<const ROWS: usize>(
        weights: &Weights,
        numbers: &[[i16; PAIR]],
        sums: Rows<'_>,
    ) {
        let pairs = weights.pairs;
        let blocks = weights.groups.len() / pairs;
        let numbers = &numbers[..ROWS * pairs];
        // A unit's four gates lie in four blocks: blocks come in fours.
        for first in (0..blocks).step_by(ABREAST) {
            let groups = &weights.groups[first * pairs..(first + ABREAST) * pairs];
            let mut totals = [[_mm512_setzero_si512(); ABREAST]; ROWS];
            for pair in 0..pairs {
                let mut columns = [_mm512_setzero_si512(); ABREAST];
                for block in 0..ABREAST {
                    let group = &groups[block * pairs + pair];
                    // SAFETY: it is an array of as many bytes as are read.
                    columns[block] = unsafe { _mm512_loadu_si512(group.as_ptr().cast()) };
                }
                for row in 0..ROWS {
                    let number = _mm512_set1_epi32(together(numbers[row * pairs + pair]));
                    for block in 0..ABREAST {
                        let total = totals[row][block];
                        totals[row][block] = _mm512_dpwssd_epi32(total, columns[block], number);
                    }
                }
            }
            for row in 0..ROWS {
                for block in 0..ABREAST {
                    let sums = &mut sums[row * blocks + first + block];
                    // SAFETY: it is an array of as many bytes as are written.
                    unsafe { _mm512_storeu_si512(sums.as_mut_ptr().cast(), totals[row][block]) };
                }
            }
        }
    }

    #[target_feature(enable = "avx2")]
    pub fn with_avx2(weights: &Weights, numbers: &[[i16; PAIR]], sums: Rows<'_>) {
        match numbers.len() / weights.pairs {
            0 => {}
            1 => rows_with_avx2::<1>(weights, numbers, sums),
            2 => rows_with_avx2::<2>(weights, numbers, sums),
            3 => rows_with_avx2::<3>(weights, numbers, sums),
            _ => rows_with_avx2::<4>(weights, numbers, sums),
        }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn rows_with_avx2<const ROWS: usize>(
        weights: &Weights,
        numbers: &[[i16; PAIR]],
        sums: Rows<'_>,
    ) {
        let pairs = weights.pairs;
        let blocks = weights.groups.len() / pairs;
        let numbers = &numbers[..ROWS * pairs];
        for block in 0..blocks {
            let groups = &weights.groups[block * pairs..(block + 1) * pairs];
            let mut totals = [[_mm256_setzero_si256(); HALVES]; ROWS];
            for pair in 0..pairs {
                let halves = groups[pair].as_chunks::<{ BLOCK * PAIR / HALVES }>().0;
                let mut columns = [_mm256_setzero_si256(); HALVES];
                for half in 0..HALVES {
                    // SAFETY: it is an array of as many bytes as are read.
                    columns[half] = unsafe { _mm256_loadu_si256(halves[half].as_ptr().cast()) };
                }
                for row in 0..ROWS {
                    let number = _mm256_set1_epi32(together(numbers[row * pairs + pair]));
                    for half in 0..HALVES {
                        let products = _mm256_madd_epi16(columns[half], number);
                        totals[row][half] = _mm256_add_epi32(totals[row][half], products);
                    }
                }
            }
            for row in 0..ROWS {
                let halves = sums[row * blocks + block].as_chunks_mut::<{ BLOCK / HALVES }>().0;
                for half in 0..HALVES {
                    let sums = &mut halves[half];
                    // SAFETY: it is an array of as many bytes as are written.
                    unsafe { _mm256_storeu_si256(sums.as_mut_ptr().cast(), totals[row][half]) };
                }
            }
        }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm {
    use std::arch::wasm32::{i32x4_add, i32x4_dot_i16x8, i32x4_splat, v128, v128_load, v128_store};

    use super::{BLOCK, PAIR, Weights, together};

    /// Vectors of a block.
    const QUARTERS: usize = 4;

    pub fn with_simd128(weights: &Weights, numbers: &[[i16; PAIR]], sums: &mut [[i32; BLOCK]]) {
        let blocks = weights.groups.len() / weights.pairs;
        let rows = numbers.chunks_exact(weights.pairs).zip(sums.chunks_exact_mut(blocks));
        for (numbers, sums) in rows {
            for (groups, sums) in weights.groups.chunks_exact(weights.pairs).zip(sums) {
                let mut totals: [v128; QUARTERS] = [i32x4_splat(0); QUARTERS];
                for (group, pair) in groups.iter().zip(numbers) {
                    let pair = i32x4_splat(together(*pair));
                    let quarters = group.as_chunks::<{ BLOCK * PAIR / QUARTERS }>().0;
                    for (total, quarter) in totals.iter_mut().zip(quarters) {
                        // SAFETY: it is an array of as many bytes as are read.
                        let quarter = unsafe { v128_load(quarter.as_ptr().cast()) };
                        *total = i32x4_add(*total, i32x4_dot_i16x8(quarter, pair));
                    }
                }
                let quarters = sums.as_chunks_mut::<{ BLOCK / QUARTERS }>().0;
                for (quarter, total) in quarters.iter_mut().zip(totals) {
                    // SAFETY: it is an array of as many bytes as are written.
                    unsafe { v128_store(quarter.as_mut_ptr().cast(), total) };
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_processor_sums_up_alike() {
        let (inputs, columns) = (38, 8 * BLOCK);
        let number =
            |k: usize, largest: usize| (k * 7919 % (2 * largest + 1)) as i16 - largest as i16;
        let mut weights = Weights::new(inputs, columns);
        for input in 0..inputs {
            for column in 0..columns {
                weights.set(input, column, number(input * columns + column, 2047));
            }
        }
        let numbers: Vec<i16> = (0..TILE * inputs).map(|k| number(k, 3000)).collect();
        for rows in 1..=TILE {
            let numbers = &numbers[..rows * inputs];
            let mut expected = vec![1; rows * columns];
            let in_pairs = numbers.as_chunks().0;
            plain(&weights, in_pairs, expected.as_chunks_mut().0);
            let mut sums = vec![0; rows * columns];
            products(&weights, numbers, &mut sums);
            assert_eq!(sums, expected, "{rows} rows");
            #[cfg(target_arch = "x86_64")]
            if is_x86_feature_detected!("avx2") {
                sums.fill(0);
                // SAFETY: the processor has just been asked whether it has AVX2.
                unsafe { x86::with_avx2(&weights, in_pairs, sums.as_chunks_mut().0) };
                assert_eq!(sums, expected, "{rows} rows with AVX2");
            }
        }
    }
}
