//! The exponential function, fit for vectors.

/// Adding it rounds to the nearest integer, which the lowest bits then hold: 1.5 · 2^23.
pub(super) const ROUND: f32 = 12_582_912.0;

/// `e^x` to 2e-7 of its value, for x from -87 to 87 (clamped beyond): 2^n by the exponent's bits,
/// e^r for |r| ≤ ln 2 / 2 by a polynomial of degree 6. Free of branches, so that loops over it
/// become vector code.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    const LN_2_HIGH: f32 = 0.693_359_4;
    const LN_2_LOW: f32 = -2.121_944_4e-4;
    let x = x.clamp(-87.0, 87.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (x - n * LN_2_HIGH) - n * LN_2_LOW;
    let mut p = 1.0 / 720.0;
    for coefficient in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        p = p * r + coefficient;
    }
    let exponent = shifted.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23;
    p * f32::from_bits(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_that_of_the_standard_library() {
        for step in -8700..=8700 {
            let x = step as f32 / 100.0;
            let (ours, theirs) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((ours / theirs - 1.0).abs() < 3e-7, "exp({x}) = {ours}, not {theirs}");
        }
    }
}
