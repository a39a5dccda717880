//! Loops over numbers as vector code.

/// Numbers that are taken together; a multiple of what any processor takes at once.
pub(super) const LANES: usize = 16;

/// Defines a function whose body is compiled three times, for the vectors of AVX-512, for those
/// of AVX2 and for any processor, and picks the widest that the processor has. The arithmetic is
/// the same, to the bit: none of them fuses multiplication and addition.
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
                #[target_feature(enable = "avx2")]
                fn avx2($($argument: $kind),*) {
                    plain($($argument),*);
                }
                if is_x86_feature_detected!("avx512f") {
                    // SAFETY: the processor has just been asked whether it has AVX-512.
                    return unsafe { avx512($($argument),*) };
                }
                if is_x86_feature_detected!("avx2") {
                    // SAFETY: the processor has just been asked whether it has AVX2.
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
}
