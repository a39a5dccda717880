//! The element-wise half of the step, as [`crate::kernel::cell_forward`], but to 1e-4 and in
//! fewer operations: all squashing is by one fraction, and fractions are multiplied out.

use super::{BLOCK, BLOCK_GATES, GATES, ONE};
use crate::kernel::{exponential::ROUND, lanes::vectorised};

/// One row's numbers of one block of units.
pub struct Units<'a> {
    /// The cell state, replaced.
    pub cell: &'a mut [f32],
    /// The hidden state in 8 bits, written.
    pub hidden: &'a mut [i8],
    /// The greatest hidden state so far.
    pub max: &'a mut [f32],
    /// The sum of the hidden states so far.
    pub sum: &'a mut [f32],
}

vectorised! {
    /// `sums` are those of the products, `scales` what they stand for; `word` are the word's own
    /// sums with what 1 of them stands for.
    pub fn cell(sums: &[[i32; BLOCK]; GATES], scales: &[f32], word: (&[i16], f32), units: Units<'_>) {
        let (word, scale) = word;
        let (scales, word) = (&scales[..BLOCK_GATES], &word[..BLOCK_GATES]);
        let (cell, hidden) = (&mut units.cell[..BLOCK], &mut units.hidden[..BLOCK]);
        let (max, sum) = (&mut units.max[..BLOCK], &mut units.sum[..BLOCK]);
        for k in 0..BLOCK {
            let gate = |gate: usize| {
                let at = gate * BLOCK + k;
                squash(sums[gate][k] as f32 * scales[at] + f32::from(word[at]) * scale)
            };
            let (input, forget, candidate, output) = (gate(0), gate(1), gate(2), gate(3));
            // σ(f)·c + σ(i)·tanh(g) over one denominator.
            let fresh_below = input.below * candidate.below;
            let kept = cell[k] * (forget.below + forget.above) * fresh_below;
            let fresh = (input.below + input.above) * candidate.above * forget.below;
            cell[k] = 0.5 * (kept + fresh) / (forget.below * fresh_below);
            let squashed = squash(cell[k]);
            let state = 0.5 * (output.below + output.above) * squashed.above
                / (output.below * squashed.below);
            max[k] = max[k].max(state);
            sum[k] += state;
            hidden[k] = (state * ONE + ROUND).to_bits() as i8;
        }
    }
}

/// `tanh x` as a fraction.
struct Squashed {
    above: f32,
    below: f32,
}

/// To 1e-4: x · a(x²) / b(x²), fitted to the least maximum error from -5 to 5; beyond it stays
/// where it is there.
#[inline(always)]
fn squash(x: f32) -> Squashed {
    let x = x.clamp(-5.0, 5.0);
    let square = x * x;
    Squashed {
        above: x * (0.999_810_3 + square * (0.101_725_56 + square * 6.550_127_5e-4)),
        below: 1.0 + square * (0.434_506_9 + square * 0.012_639_892),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fraction_is_tanh() {
        for step in -20_000..=20_000 {
            let x = step as f32 / 1000.0;
            let Squashed { above, below } = squash(x);
            let ours = above / below;
            assert!((ours - x.tanh()).abs() < 1e-4, "tanh({x}) = {ours}");
            assert!(ours.abs() < 1.0, "tanh({x}) = {ours}");
        }
    }

    #[test]
    fn one_step_is_the_textbook_s() {
        let (mut cell_state, mut hidden) = ([0.5; BLOCK], [0; BLOCK]);
        let (mut max, mut sum) = ([-1.0; BLOCK], [0.0; BLOCK]);
        let sums = [0.3, -0.2, 0.7, 0.1].map(|gate: f32| [(gate * 1000.0) as i32; BLOCK]);
        // The three gates that are no candidate come halved.
        let scales: Vec<f32> =
            [5e-4, 5e-4, 1e-3, 5e-4].iter().flat_map(|&scale| [scale; BLOCK]).collect();
        let units =
            Units { cell: &mut cell_state, hidden: &mut hidden, max: &mut max, sum: &mut sum };
        cell(&sums, &scales, (&[0; BLOCK_GATES], 1.0), units);
        let s = |x: f32| 1.0 / (1.0 + (-x).exp());
        let c = s(-0.2) * 0.5 + s(0.3) * 0.7_f32.tanh();
        let h = s(0.1) * c.tanh();
        assert!((cell_state[3] - c).abs() < 1e-4 && (sum[3] - h).abs() < 1e-4);
        assert_eq!((max[3], hidden[3]), (sum[3], (h * ONE).round() as i8));
    }
}
