//! Weights that look random and are not.

use half::f16;
use safetensors::{Dtype, tensor::TensorView};
use sentiment::models::{SCALES, bilstm::BiLstmConfig};

/// What each weight is kept in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bits {
    /// Whole numbers with scales, where it is a matrix; else half precision.
    Eight,
    /// Half precision.
    Sixteen,
    /// Single precision.
    ThirtyTwo,
}

/// A tensor as it is written.
type Part = (String, Dtype, Vec<usize>, Vec<u8>);

/// The tensors of a network of this shape over `words` words, as safetensors. Each is a sine of its
/// own phase, from -0.8 to 0.8.
pub fn seeded(network: &BiLstmConfig, words: usize, seed: f32, bits: Bits) -> Vec<u8> {
    let &BiLstmConfig { embedding, hidden, dense, ref outputs } = network;
    let (gates, pooled, outputs) = (4 * hidden, 4 * hidden, outputs.count());
    let shapes: [(&str, Vec<usize>); 11] = [
        ("embedding.weight", vec![words, embedding]),
        ("lstm.forward.input", vec![embedding, gates]),
        ("lstm.forward.recurrent", vec![hidden, gates]),
        ("lstm.forward.bias", vec![gates]),
        ("lstm.backward.input", vec![embedding, gates]),
        ("lstm.backward.recurrent", vec![hidden, gates]),
        ("lstm.backward.bias", vec![gates]),
        ("dense.weight", vec![pooled, dense]),
        ("dense.bias", vec![dense]),
        ("output.weight", vec![dense, outputs]),
        ("output.bias", vec![outputs]),
    ];
    let tensors: Vec<Part> = (0_u8..)
        .zip(shapes)
        .flat_map(|(place, (name, shape))| {
            let phase = seed + 10.0 * f32::from(place);
            let numbers = (0..shape.iter().product()).map(|k| number(k, phase)).collect();
            parts(name, shape, numbers, bits)
        })
        .collect();
    let views = tensors.iter().map(|(name, dtype, shape, bytes)| {
        let view = TensorView::new(*dtype, shape.clone(), bytes);
        (name, view.expect("there are as many bytes as the shape has numbers"))
    });
    safetensors::serialize(views, None).expect("the tensors fit their names")
}

fn parts(name: &str, shape: Vec<usize>, numbers: Vec<f32>, bits: Bits) -> Vec<Part> {
    let name = name.to_owned();
    match (bits, shape.as_slice()) {
        (Bits::Eight, &[rows, columns]) => {
            // A word has one scale, any other matrix one a column.
            let (scales, of): (_, fn(usize, usize) -> usize) = match name.as_str() {
                "embedding.weight" => (vec![rows, 1], |place, columns| place / columns),
                _ => (vec![1, columns], |place, columns| place % columns),
            };
            let mut largest = vec![f32::MIN_POSITIVE; scales[0] * scales[1]];
            for (place, number) in numbers.iter().enumerate() {
                let largest = &mut largest[of(place, columns)];
                *largest = largest.max(number.abs());
            }
            let whole = |(place, number): (usize, f32)| {
                ((number / largest[of(place, columns)] * 127.0).round() as i8).cast_unsigned()
            };
            let codes = numbers.into_iter().enumerate().map(whole).collect();
            let singles = largest.iter().flat_map(|largest| (largest / 127.0).to_le_bytes());
            let scales = (format!("{name}{SCALES}"), Dtype::F32, scales, singles.collect());
            vec![(name, Dtype::I8, shape, codes), scales]
        }
        (Bits::ThirtyTwo, _) => {
            let bytes = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
            vec![(name, Dtype::F32, shape, bytes)]
        }
        (Bits::Eight | Bits::Sixteen, _) => {
            let halves = numbers.iter().flat_map(|&number| f16::from_f32(number).to_le_bytes());
            vec![(name, Dtype::F16, shape, halves.collect())]
        }
    }
}

fn number(k: usize, phase: f32) -> f32 {
    ((k as f32 + phase) * 12.9898).sin() * 0.8
}
