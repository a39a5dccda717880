//! Loops over numbers as vector code.

/// Numbers that are taken together; a multiple of what any processor takes at once.
pub(super) const LANES: usize = 16;

/// Defines a function whose body is compiled three times, for the vectors of AVX-512, for those
/// of AVX2 and for any processor, and picks the widest that the processor has. The arithmetic is
/// the same, to the bit: multiplication and addition are fused only where `mul_add` says so.
macro_rules! vectorised {
    ($(#[$about:meta])* $visible:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) $body:block) => {
        $(#[$about])*
        $visible fn $name($($argument: $kind),*) {
            #[inline(always)]
            fn plain($($argument: $kind),*) $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f")]
                fn avx512($($argument: $kind),*) {
                    plain($($argument),*);
                }
                #[target_feature(enable = "avx2,fma")]
                fn avx2($($argument: $kind),*) {
                    plain($($argument),*);
                }
                if is_x86_feature_detected!("avx512f") {
                    // SAFETY: the processor has just been asked whether it has AVX-512.
                    return unsafe { avx512($($argument),*) };
                }
                if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                    // SAFETY: the processor has just been asked whether it has AVX2 and FMA.
                    return unsafe { avx2($($argument),*) };
                }
            }
            plain($($argument),*);
        }
    };
}
pub(super) use vectorised;

/// Sum of `term(k)` for `k` below `count`, [`LANES`] partial sums at a time, so that it becomes
/// vector code: a plain sum would have to be taken in its order.
#[inline(always)]
pub(super) fn sum(count: usize, term: impl Fn(usize) -> f32) -> f32 {
    let mut sums = [0.0; LANES];
    let whole = count - count % LANES;
    for start in (0..whole).step_by(LANES) {
        for (lane, sum) in sums.iter_mut().enumerate() {
            *sum += term(start + lane);
        }
    }
    for k in whole..count {
        sums[k - whole] += term(k);
    }
    sums.iter().sum()
}

/// What `of_two` makes of all lanes, half against half.
#[inline(always)]
pub(super) fn folded(mut lanes: [f32; LANES], of_two: impl Fn(f32, f32) -> f32) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            lanes[lane] = of_two(lanes[lane], lanes[half + lane]);
        }
        half /= 2;
    }
    lanes[0]
}

/// The smaller of two numbers, as vectors have it: the second where one of them is none.
#[inline(always)]
pub(super) const fn smaller(one: f32, other: f32) -> f32 {
    if one < other { one } else { other }
}

/// The larger of two numbers, likewise.
#[inline(always)]
pub(super) const fn larger(one: f32, other: f32) -> f32 {
    if one > other { one } else { other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_out_of_a_sum() {
        for count in [0_usize, 1, 15, 16, 17, 40] {
            let exact = (count * count.saturating_sub(1) / 2) as f32;
            assert_eq!(sum(count, |k| k as f32), exact, "{count}");
        }
    }

    #[test]
    fn every_lane_is_folded_in() {
        let lanes = std::array::from_fn(|lane| lane as f32);
        assert_eq!(folded(lanes, |one, other| one + other), 120.0);
        for place in 0..LANES {
            let mut lanes = [0.0; LANES];
            lanes[place] = 1.0;
            assert_eq!(folded(lanes, larger), 1.0);
            lanes[place] = -1.0;
            assert_eq!(folded(lanes, smaller), -1.0);
        }
    }
}
