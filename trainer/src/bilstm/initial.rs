//! Weights before training.

use rand::{Rng, RngExt};

use crate::random;

/// Values of the variable `name` of this shape: biases 0 with 1 for the forget gates (Jozefowicz
/// et al. 2015), all else uniform within ±√(6 / (in + out)) (Glorot and Bengio 2010), each of an
/// LSTM's four gates for itself.
pub fn values(name: &str, shape: &[usize], seed: u64) -> Vec<f32> {
    let mut random = random::stream(seed, name, 0);
    match *shape {
        [inputs, outputs] => {
            let gates = if name.starts_with("lstm.") { 4 } else { 1 };
            glorot(inputs, outputs / gates, inputs * outputs, &mut random)
        }
        _ if name.starts_with("lstm.") => forget_gates_open(shape.iter().product()),
        _ => vec![0.0; shape.iter().product()],
    }
}

fn glorot(inputs: usize, outputs: usize, count: usize, random: &mut impl Rng) -> Vec<f32> {
    let bound = (6.0 / (inputs + outputs) as f32).sqrt();
    (0..count).map(|_| random.random_range(-bound..bound)).collect()
}

/// Gates in the order input, forget, candidate, output.
fn forget_gates_open(count: usize) -> Vec<f32> {
    let hidden = count / 4;
    (0..count).map(|k| if (hidden..2 * hidden).contains(&k) { 1.0 } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_forget_gates_begin_open() {
        assert_eq!(values("lstm.forward.bias", &[8], 1), [0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(values("dense.bias", &[2], 1), [0.0, 0.0]);
    }

    #[test]
    fn weights_stay_within_their_bound_and_differ_by_name() {
        let forward = values("lstm.forward.input", &[10, 8], 1);
        let bound = (6.0_f32 / 12.0).sqrt();
        assert!(
            forward.iter().all(|w| w.abs() <= bound)
                && forward.iter().any(|w| w.abs() > 0.8 * bound)
        );
        assert_ne!(forward, values("lstm.backward.input", &[10, 8], 1));
    }
}
