//! Hidden states times recurrent weights, in whole numbers: the same sums on every processor.

use super::{BLOCK, BLOCK_GATES, GATES, GROUP, TILE};

/// Of each row of a tile the sums of a block's gates.
pub type Sums = [[[i32; BLOCK]; GATES]; TILE];

/// Writes the sums of one block of units for the rows whose `hidden` states follow each other, at
/// most [`TILE`]; `weights` and `shifts` are those of the block. States and
/// weights lie within -127 and 127.
///
/// # Panics
/// If there are more rows, or the sizes do not fit.
pub fn products(weights: &[i8], shifts: &[i32], hidden: &[i8], sums: &mut Sums) {
    let units = weights.len() / BLOCK_GATES;
    let rows = hidden.len() / units;
    assert!(rows <= TILE, "{rows} rows in a tile of {TILE}");
    assert!(units.is_multiple_of(BLOCK) && shifts.len() == BLOCK_GATES, "a block of {units} units");
    assert_eq!((weights.len(), hidden.len()), (BLOCK_GATES * units, rows * units), "whole rows");
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vnni")
        {
            // SAFETY: the processor has just been asked whether it has AVX-512 with VNNI.
            return unsafe { x86::with_vnni(weights, shifts, hidden, &mut sums[..rows]) };
        }
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has just been asked whether it has AVX2.
            return unsafe { x86::with_avx2(weights, hidden, &mut sums[..rows]) };
        }
    }
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    return wasm::with_simd128(weights, hidden, &mut sums[..rows]);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    plain(weights, hidden, &mut sums[..rows]);
}

/// For any processor; the compiler makes vector code of it where it can.
#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
fn plain(weights: &[i8], hidden: &[i8], sums: &mut [[[i32; BLOCK]; GATES]]) {
    let units = weights.len() / BLOCK_GATES;
    for (sums, hidden) in sums.iter_mut().zip(hidden.chunks_exact(units)) {
        *sums = [[0; BLOCK]; GATES];
        let groups = weights.chunks_exact(BLOCK_GATES * GROUP);
        for (weights, states) in groups.zip(hidden.as_chunks::<GROUP>().0) {
            let weights = weights.as_chunks::<GROUP>().0;
            for (sum, weights) in sums.as_flattened_mut().iter_mut().zip(weights) {
                let products = weights.iter().zip(states);
                *sum += products.map(|(&w, &h)| i32::from(w) * i32::from(h)).sum::<i32>();
            }
        }
    }
}

/// The states of a group as one number, as a vector takes them.
#[cfg(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
const fn together(states: &[i8; GROUP]) -> i32 {
    let [one, two, three, four] = *states;
    i32::from_le_bytes([one as u8, two as u8, three as u8, four as u8])
}

#[cfg(target_arch = "x86_64")]
#[expect(
    clippy::needless_range_loop,
    reason = "what iterators call is not compiled for these processors, and not inlined for certain"
)]
mod x86 {
    use std::arch::x86_64::{
        __m256i, __m512i, _mm256_abs_epi8, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16,
        _mm256_maddubs_epi16, _mm256_set1_epi16, _mm256_set1_epi32, _mm256_setzero_si256,
        _mm256_sign_epi8, _mm256_storeu_si256, _mm512_add_epi32, _mm512_dpbusd_epi32,
        _mm512_loadu_si512, _mm512_set1_epi8, _mm512_set1_epi32, _mm512_setzero_si512,
        _mm512_storeu_si512, _mm512_xor_si512,
    };

    use super::{super::BLOCK_GATES, BLOCK, GATES, GROUP, together};

    /// Bytes of the weights of one group and gate: what a vector holds.
    const WIDTH: usize = BLOCK * GROUP;
    /// Sums of each gate of a row that is alone: each waits for the one before it only.
    const CHAINS: usize = 4;
    /// Vectors of AVX2 that hold what one of AVX-512 does.
    const HALVES: usize = 2;

    type Gates = [[i32; BLOCK]; GATES];

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub fn with_vnni(weights: &[i8], shifts: &[i32], hidden: &[i8], sums: &mut [Gates]) {
        match sums {
            [] => {}
            [sums] => alone(weights, shifts, hidden, sums),
            [one, two] => rows::<2>(weights, shifts, hidden, [one, two]),
            [one, two, three] => rows::<3>(weights, shifts, hidden, [one, two, three]),
            [one, two, three, four] => {
                rows::<4>(weights, shifts, hidden, [one, two, three, four]);
            }
            [one, two, three, four, five] => {
                rows::<5>(weights, shifts, hidden, [one, two, three, four, five]);
            }
            [one, two, three, four, five, six, ..] => {
                rows::<6>(weights, shifts, hidden, [one, two, three, four, five, six]);
            }
        }
    }

    /// `ROWS` rows at once, so that each weight is loaded once for all.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn rows<const ROWS: usize>(
        weights: &[i8],
        shifts: &[i32],
        hidden: &[i8],
        sums: [&mut Gates; ROWS],
    ) {
        let groups = weights.len() / BLOCK_GATES / GROUP;
        let weights = weights.as_chunks::<WIDTH>().0;
        let hidden = hidden.as_chunks::<GROUP>().0;
        let (weights, hidden) = (&weights[..groups * GATES], &hidden[..ROWS * groups]);
        let mut totals = [shifted(shifts); ROWS];
        for group in 0..groups {
            let weights = loaded(weights, group);
            for row in 0..ROWS {
                let states = unsigned(&hidden[row * groups + group]);
                for gate in 0..GATES {
                    totals[row][gate] =
                        _mm512_dpbusd_epi32(totals[row][gate], states, weights[gate]);
                }
            }
        }
        for row in 0..ROWS {
            store(totals[row], sums[row]);
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn alone(weights: &[i8], shifts: &[i32], hidden: &[i8], sums: &mut Gates) {
        let groups = weights.len() / BLOCK_GATES / GROUP;
        let weights = weights.as_chunks::<WIDTH>().0;
        let hidden = hidden.as_chunks::<GROUP>().0;
        let (weights, hidden) = (&weights[..groups * GATES], &hidden[..groups]);
        let mut totals = [[_mm512_setzero_si512(); GATES]; CHAINS];
        totals[0] = shifted(shifts);
        for first in (0..groups).step_by(CHAINS) {
            for chain in 0..CHAINS {
                let weights = loaded(weights, first + chain);
                let states = unsigned(&hidden[first + chain]);
                for gate in 0..GATES {
                    totals[chain][gate] =
                        _mm512_dpbusd_epi32(totals[chain][gate], states, weights[gate]);
                }
            }
        }
        for chain in 1..CHAINS {
            for gate in 0..GATES {
                totals[0][gate] = _mm512_add_epi32(totals[0][gate], totals[chain][gate]);
            }
        }
        store(totals[0], sums);
    }

    /// A group's states in each lane, 128 more than they are: the instruction takes no negative.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn unsigned(states: &[i8; GROUP]) -> __m512i {
        _mm512_xor_si512(_mm512_set1_epi32(together(states)), _mm512_set1_epi8(i8::MIN))
    }

    /// The weights of a group's gates.
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn loaded(weights: &[[i8; WIDTH]], group: usize) -> [__m512i; GATES] {
        let mut vectors = [_mm512_setzero_si512(); GATES];
        for gate in 0..GATES {
            let weights = &weights[group * GATES + gate];
            // SAFETY: it is an array of as many bytes as are read.
            vectors[gate] = unsafe { _mm512_loadu_si512(weights.as_ptr().cast()) };
        }
        vectors
    }

    #[inline]
    #[target_feature(enable = "avx512f")]
    fn shifted(shifts: &[i32]) -> [__m512i; GATES] {
        let shifts = &shifts.as_chunks::<BLOCK>().0[..GATES];
        let mut vectors = [_mm512_setzero_si512(); GATES];
        for gate in 0..GATES {
            // SAFETY: it is an array of as many bytes as are read.
            vectors[gate] = unsafe { _mm512_loadu_si512(shifts[gate].as_ptr().cast()) };
        }
        vectors
    }

    #[inline]
    #[target_feature(enable = "avx512f")]
    fn store(totals: [__m512i; GATES], sums: &mut Gates) {
        for gate in 0..GATES {
            // SAFETY: it is an array of as many bytes as are written.
            unsafe { _mm512_storeu_si512(sums[gate].as_mut_ptr().cast(), totals[gate]) };
        }
    }

    #[target_feature(enable = "avx2")]
    pub fn with_avx2(weights: &[i8], hidden: &[i8], sums: &mut [Gates]) {
        match sums {
            [] => {}
            [sums] => alone_with_avx2(weights, hidden, sums),
            [_, _] => rows_with_avx2::<2>(weights, hidden, sums),
            [_, _, _] => rows_with_avx2::<3>(weights, hidden, sums),
            [_, _, _, _] => rows_with_avx2::<4>(weights, hidden, sums),
            [_, _, _, _, _] => rows_with_avx2::<5>(weights, hidden, sums),
            _ => rows_with_avx2::<6>(weights, hidden, sums),
        }
    }

    /// Gate by gate, so that the sums of all rows stay in registers.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn rows_with_avx2<const ROWS: usize>(weights: &[i8], hidden: &[i8], sums: &mut [Gates]) {
        let groups = weights.len() / BLOCK_GATES / GROUP;
        let weights = &weights.as_chunks::<WIDTH>().0[..groups * GATES];
        let hidden = &hidden.as_chunks::<GROUP>().0[..ROWS * groups];
        let sums = &mut sums[..ROWS];
        for gate in 0..GATES {
            let mut totals = [[_mm256_setzero_si256(); HALVES]; ROWS];
            for group in 0..groups {
                let weights = halves(&weights[group * GATES + gate]);
                for row in 0..ROWS {
                    let states = _mm256_set1_epi32(together(&hidden[row * groups + group]));
                    for half in 0..HALVES {
                        let magnitudes = _mm256_abs_epi8(weights[half]);
                        let states = _mm256_sign_epi8(states, weights[half]);
                        totals[row][half] = added(totals[row][half], magnitudes, states);
                    }
                }
            }
            for row in 0..ROWS {
                store_halves(totals[row], &mut sums[row][gate]);
            }
        }
    }

    /// All gates in one pass over the states, whose magnitudes are taken once for all of them.
    #[target_feature(enable = "avx2")]
    fn alone_with_avx2(weights: &[i8], hidden: &[i8], sums: &mut Gates) {
        let groups = weights.len() / BLOCK_GATES / GROUP;
        let weights = &weights.as_chunks::<WIDTH>().0[..groups * GATES];
        let hidden = &hidden.as_chunks::<GROUP>().0[..groups];
        let mut totals = [[_mm256_setzero_si256(); HALVES]; GATES];
        for group in 0..groups {
            let states = _mm256_set1_epi32(together(&hidden[group]));
            let magnitudes = _mm256_abs_epi8(states);
            for gate in 0..GATES {
                let weights = halves(&weights[group * GATES + gate]);
                for half in 0..HALVES {
                    let weights = _mm256_sign_epi8(weights[half], states);
                    totals[gate][half] = added(totals[gate][half], magnitudes, weights);
                }
            }
        }
        for gate in 0..GATES {
            store_halves(totals[gate], &mut sums[gate]);
        }
    }

    /// `totals` and what each unit's four products come to: of magnitudes, and of numbers that
    /// have taken over the signs. Two products of numbers up to 127 fit into 16 bits.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn added(totals: __m256i, magnitudes: __m256i, signed: __m256i) -> __m256i {
        let pairs = _mm256_maddubs_epi16(magnitudes, signed);
        _mm256_add_epi32(totals, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn halves(weights: &[i8; WIDTH]) -> [__m256i; HALVES] {
        let halves = weights.as_chunks::<{ WIDTH / HALVES }>().0;
        let mut vectors = [_mm256_setzero_si256(); HALVES];
        for half in 0..HALVES {
            // SAFETY: it is an array of as many bytes as are read.
            vectors[half] = unsafe { _mm256_loadu_si256(halves[half].as_ptr().cast()) };
        }
        vectors
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn store_halves(totals: [__m256i; HALVES], sums: &mut [i32; BLOCK]) {
        let halves = sums.as_chunks_mut::<{ BLOCK / HALVES }>().0;
        for half in 0..HALVES {
            // SAFETY: it is an array of as many bytes as are written.
            unsafe { _mm256_storeu_si256(halves[half].as_mut_ptr().cast(), totals[half]) };
        }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm {
    use std::arch::wasm32::{
        i16x8_extend_low_i8x16, i16x8_load_extend_i8x8, i32x4, i32x4_add, i32x4_dot_i16x8,
        i32x4_extract_lane, i32x4_splat, v128,
    };

    use super::{super::BLOCK_GATES, BLOCK, GATES, GROUP, together};

    /// In 16 bits, where products of two bytes have room: two units at a time.
    pub fn with_simd128(weights: &[i8], hidden: &[i8], sums: &mut [[[i32; BLOCK]; GATES]]) {
        const PAIRS: usize = BLOCK / 2;
        let units = weights.len() / BLOCK_GATES;
        let weights = weights.as_chunks::<{ BLOCK * GROUP }>().0;
        for (sums, hidden) in sums.iter_mut().zip(hidden.chunks_exact(units)) {
            for (gate, sums) in sums.iter_mut().enumerate() {
                let mut totals: [v128; PAIRS] = [i32x4(0, 0, 0, 0); PAIRS];
                let weights = weights[gate..].iter().step_by(GATES);
                for (weights, states) in weights.zip(hidden.as_chunks::<GROUP>().0) {
                    let states = i16x8_extend_low_i8x16(i32x4_splat(together(states)));
                    for (total, pair) in totals.iter_mut().zip(weights.as_chunks::<8>().0) {
                        // SAFETY: it is an array of as many bytes as are read.
                        let pair = unsafe { i16x8_load_extend_i8x8(pair.as_ptr()) };
                        *total = i32x4_add(*total, i32x4_dot_i16x8(pair, states));
                    }
                }
                for (pair, total) in sums.as_chunks_mut::<2>().0.iter_mut().zip(totals) {
                    pair[0] = i32x4_extract_lane::<0>(total) + i32x4_extract_lane::<1>(total);
                    pair[1] = i32x4_extract_lane::<2>(total) + i32x4_extract_lane::<3>(total);
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
        let units = 2 * BLOCK;
        let bytes = |count: usize, step: usize| -> Vec<i8> {
            (0..count).map(|k| (((k * step + k / 7) % 255) as i16 - 127) as i8).collect()
        };
        let (weights, hidden) = (bytes(BLOCK_GATES * units, 37), bytes(TILE * units, 53));
        let mut shifts = vec![0; BLOCK_GATES];
        for (at, weights) in weights.as_chunks::<GROUP>().0.iter().enumerate() {
            let sum: i32 = weights.iter().map(|&weight| i32::from(weight)).sum();
            shifts[at % BLOCK_GATES] -= 128 * sum;
        }
        for rows in 1..=TILE {
            let hidden = &hidden[..rows * units];
            let mut expected = [[[0; BLOCK]; GATES]; TILE];
            plain(&weights, hidden, &mut expected[..rows]);
            let mut sums = [[[1; BLOCK]; GATES]; TILE];
            products(&weights, &shifts, hidden, &mut sums);
            assert_eq!(sums[..rows], expected[..rows], "{rows} rows");
            #[cfg(target_arch = "x86_64")]
            if is_x86_feature_detected!("avx2") {
                // SAFETY: the processor has just been asked whether it has AVX2.
                unsafe { x86::with_avx2(&weights, hidden, &mut sums[..rows]) };
                assert_eq!(sums[..rows], expected[..rows], "{rows} rows with AVX2");
            }
        }
    }
}
