//! The network against PyTorch.
//!
//! The numbers below were made by this program (torch 2, float32):
//! ```python
//! import torch
//! E, H, D, C, B, T = 6, 4, 5, 3, 3, 5
//! def numbers(shape, seed):
//!     k = torch.arange(torch.Size(shape).numel(), dtype=torch.float64)
//!     return (((k + seed) * 12.9898).sin() * 0.8).reshape(shape).float()
//! x, lengths = numbers((B, T, E), 1), torch.tensor([3, 5, 1])
//! lstm = torch.nn.LSTM(E, H, batch_first=True, bidirectional=True)   # gates i, f, g, o
//! for suffix, seed in (("", 10), ("_reverse", 20)):
//!     getattr(lstm, "weight_ih_l0" + suffix).data = numbers((E, 4 * H), seed).T.contiguous()
//!     getattr(lstm, "weight_hh_l0" + suffix).data = numbers((H, 4 * H), seed + 1).T.contiguous()
//!     getattr(lstm, "bias_ih_l0" + suffix).data = numbers((4 * H,), seed + 2)
//!     getattr(lstm, "bias_hh_l0" + suffix).data.zero_()
//! packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
//! h, _ = torch.nn.utils.rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True)
//! inside = (torch.arange(T) < lengths[:, None]).unsqueeze(-1)
//! pooled = torch.cat([h.masked_fill(~inside, -1e4).max(1)[0], h.sum(1) / lengths[:, None]], -1)
//! dense = torch.relu(pooled @ numbers((4 * H, D), 30) + numbers((D,), 31))
//! print((dense @ numbers((D, C), 32) + numbers((C,), 33)).tolist())
//! ```

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use std::collections::HashMap;

use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use domain::Label;
use sentiment::models::{
    Outputs,
    bilstm::{BiLstm, BiLstmConfig},
};

const GOLDEN: [[f32; 3]; 3] = [
    [0.734_720_35, 0.583_401_56, 0.329_036_95],
    [0.778_958_7, 0.637_399, 0.383_255_9],
    [0.769_752_6, 0.617_017_5, 0.355_298_94],
];

fn numbers(shape: &[usize], seed: f64) -> Tensor {
    let count: usize = shape.iter().product();
    let values = (0..count).map(|k| (((k as f64 + seed) * 12.9898).sin() * 0.8) as f32);
    Tensor::from_vec(values.collect(), shape, &Device::Cpu).unwrap()
}

fn network() -> BiLstm {
    let config = BiLstmConfig {
        embedding: 6,
        hidden: 4,
        dense: 5,
        outputs: Outputs::of_labels(Label::ALL.to_vec()),
    };
    let weights: [(&str, &[usize], f64); 10] = [
        ("lstm.forward.input", &[6, 16], 10.0),
        ("lstm.forward.recurrent", &[4, 16], 11.0),
        ("lstm.forward.bias", &[16], 12.0),
        ("lstm.backward.input", &[6, 16], 20.0),
        ("lstm.backward.recurrent", &[4, 16], 21.0),
        ("lstm.backward.bias", &[16], 22.0),
        ("dense.weight", &[16, 5], 30.0),
        ("dense.bias", &[5], 31.0),
        ("output.weight", &[5, 3], 32.0),
        ("output.bias", &[3], 33.0),
    ];
    let weights: HashMap<String, Tensor> = weights
        .into_iter()
        .map(|(name, shape, seed)| (name.to_owned(), numbers(shape, seed)))
        .collect();
    BiLstm::new(&config, &VarBuilder::from_tensors(weights, DType::F32, &Device::Cpu)).unwrap()
}

#[test]
fn logits_are_those_of_pytorch() {
    let logits = network().forward(&numbers(&[3, 5, 6], 1.0), &[3, 5, 1], None).unwrap();
    for (ours, golden) in logits.to_vec2::<f32>().unwrap().iter().zip(GOLDEN) {
        for (ours, golden) in ours.iter().zip(golden) {
            assert!((ours - golden).abs() < 1e-5, "{ours} is not {golden}");
        }
    }
}

#[test]
fn a_row_alone_gives_what_it_gives_in_a_padded_batch() {
    let x = numbers(&[3, 5, 6], 1.0);
    for (row, (length, golden)) in [3, 5, 1].into_iter().zip(GOLDEN).enumerate() {
        let alone =
            x.narrow(0, row, 1).unwrap().narrow(1, 0, length).unwrap().contiguous().unwrap();
        let logits = network().forward(&alone, &[length], None).unwrap();
        for (ours, golden) in logits.to_vec2::<f32>().unwrap()[0].iter().zip(golden) {
            assert!((ours - golden).abs() < 1e-5, "row {row}: {ours} is not {golden}");
        }
    }
}
