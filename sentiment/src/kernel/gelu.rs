//! The Gaussian error linear unit (Hendrycks and Gimpel 2016) in its exact form,
//! `x · Φ(x)` with Φ the distribution function of the standard normal distribution.

use super::{exponential::exp, lanes::vectorised};

vectorised! {
    /// `out[k] = gelu(x[k])`, to 1e-6.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn gelu(x: &[f32], out: &mut [f32]) {
        assert_eq!(x.len(), out.len(), "a result for each number");
        for (out, &x) in out.iter_mut().zip(x) {
            *out = x * normal(x).0;
        }
    }
}

vectorised! {
    /// Turns the gradient by `gelu(x[k])` into that by `x[k]`.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn gelu_backward(x: &[f32], gradient: &mut [f32]) {
        assert_eq!(x.len(), gradient.len(), "a gradient for each number");
        for (gradient, &x) in gradient.iter_mut().zip(x) {
            let (below, density) = normal(x);
            *gradient *= below + x * density;
        }
    }
}

/// Distribution function and density of the standard normal distribution at `x`; the former to
/// 1e-7 (Abramowitz and Stegun 1964, 7.1.26, whose exponential is the density's).
#[inline(always)]
fn normal(x: f32) -> (f32, f32) {
    const ROOT_HALF: f32 = std::f32::consts::FRAC_1_SQRT_2;
    const DENSITY_AT_0: f32 = 0.398_942_3;
    let power = exp(-0.5 * x * x);
    let t = 1.0 / (1.0 + 0.327_591_1 * ROOT_HALF * x.abs());
    let mut polynomial = 1.061_405_4;
    for coefficient in [-1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6] {
        polynomial = polynomial * t + coefficient;
    }
    let tail = 0.5 * polynomial * t * power;
    (if x < 0.0 { tail } else { 1.0 - tail }, DENSITY_AT_0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ```python
    /// import math
    /// for x in (-4, -2.5, -1, -.1, 0, .3, 1, 2, 6): print(x * .5 * math.erfc(-x / math.sqrt(2)))
    /// ```
    #[test]
    fn it_is_the_exact_one() {
        let x = [-4.0, -2.5, -1.0, -0.1, 0.0, 0.3, 1.0, 2.0, 6.0];
        let expected = [
            -0.000_126_684_97,
            -0.015_524_164,
            -0.158_655_25,
            -0.046_017_216,
            0.0,
            0.185_373_43,
            0.841_344_8,
            1.954_499_7,
            6.0,
        ];
        let mut out = [0.0; 9];
        gelu(&x, &mut out);
        for (out, expected) in out.iter().zip(expected) {
            assert!((out - expected).abs() < 1e-6, "{out} is not {expected}");
        }
    }

    #[test]
    fn its_slope_is_that_of_finite_differences() {
        for step in -60..=60 {
            let x = step as f32 / 10.0;
            let (mut ends, mut slope) = ([0.0; 2], [1.0]);
            gelu(&[x - 1e-2, x + 1e-2], &mut ends);
            gelu_backward(&[x], &mut slope);
            assert!((slope[0] - (ends[1] - ends[0]) / 2e-2).abs() < 1e-3, "at {x}");
        }
    }

    #[test]
    fn huge_numbers_stay_finite() {
        let mut out = [0.0; 2];
        gelu(&[-1e18, 1e18], &mut out);
        assert!(out[0].abs() < 1e-6 && out[1] == 1e18, "{out:?}");
        let mut slope = [1.0; 2];
        gelu_backward(&[-1e18, 1e18], &mut slope);
        assert!(slope[0].abs() < 1e-6 && (slope[1] - 1.0).abs() < 1e-6, "{slope:?}");
    }
}
