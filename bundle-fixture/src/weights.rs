//! Weights that look random and are not.

use half::f16;
use safetensors::{Dtype, tensor::TensorView};
use sentiment::models::bilstm::BiLstmConfig;

/// What each weight is kept in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bits {
    /// Half precision.
    Sixteen,
    /// Single precision.
    ThirtyTwo,
}

impl Bits {
    const fn dtype(self) -> Dtype {
        match self {
            Self::Sixteen => Dtype::F16,
            Self::ThirtyTwo => Dtype::F32,
        }
    }

    fn append(self, number: f32, bytes: &mut Vec<u8>) {
        match self {
            Self::Sixteen => bytes.extend(f16::from_f32(number).to_le_bytes()),
            Self::ThirtyTwo => bytes.extend(number.to_le_bytes()),
        }
    }
}

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
    let tensors: Vec<_> = (0_u8..)
        .zip(shapes)
        .map(|(place, (name, shape))| {
            let phase = seed + 10.0 * f32::from(place);
            let mut bytes = Vec::new();
            for k in 0..shape.iter().product() {
                bits.append(number(k, phase), &mut bytes);
            }
            (name, shape, bytes)
        })
        .collect();
    let views = tensors.iter().map(|(name, shape, bytes)| {
        let view = TensorView::new(bits.dtype(), shape.clone(), bytes);
        (*name, view.expect("there are as many bytes as the shape has numbers"))
    });
    safetensors::serialize(views, None).expect("the tensors fit their names")
}

fn number(k: usize, phase: f32) -> f32 {
    ((k as f32 + phase) * 12.9898).sin() * 0.8
}
