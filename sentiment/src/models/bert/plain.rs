//! The same network in candle's own operations, for any device and with candle's own gradients:
//! what the fast one is compared with, and what runs where there is no fast one.

use candle_core::{D, Device, Result, Tensor};

use super::{EncoderConfig, Network, Parameter, Rows};

/// What padding is given before the softmax.
const NEVER: f32 = -1e9;

/// The network of [`Network`] with its weights as tensors, over padded rows.
#[derive(Clone, Debug)]
pub struct PlainNetwork {
    config: EncoderConfig,
    parameters: Vec<Parameter>,
    weights: Vec<Tensor>,
}

/// Makes the mask of an array of this shape, scaled by 1 / (1 - rate); `None` where all is kept.
pub type Masks<'a> = dyn FnMut(Blanked, &[usize]) -> Result<Option<Tensor>> + 'a;

/// What is blanked in training.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blanked {
    /// Embedded tokens, what a layer's halves add, and the rows' means.
    Numbers,
    /// Shares of attention.
    Shares,
}

impl PlainNetwork {
    /// `network` with these weights, one tensor for each of its parameters.
    #[must_use]
    pub fn new(network: &Network, weights: Vec<Tensor>) -> Self {
        let (config, parameters) = (network.config().clone(), network.parameters().to_vec());
        Self { config, parameters, weights }
    }

    /// Logits `(rows, outputs)`; `vectors` `(tokens, hidden)` are those of the rows' words.
    ///
    /// # Errors
    /// If a shape does not fit.
    pub fn forward(&self, vectors: &Tensor, rows: &Rows, masks: &mut Masks<'_>) -> Result<Tensor> {
        let padding = Padding::of(rows);
        let x = self.encode(vectors, &padding, masks)?;
        let mean = x.broadcast_mul(&padding.shares(vectors.device())?)?.sum(1)?;
        let mean = masked(mean, Blanked::Numbers, masks)?;
        mean.matmul(&self.weight("output.weight")?)?.broadcast_add(&self.weight("output.bias")?)
    }

    /// What the last layer makes of the tokens at `places` among the packed ones,
    /// `(places, hidden)`.
    ///
    /// # Errors
    /// If a shape does not fit.
    pub fn tokens(
        &self,
        vectors: &Tensor,
        rows: &Rows,
        places: &[usize],
        masks: &mut Masks<'_>,
    ) -> Result<Tensor> {
        let padding = Padding::of(rows);
        let x = self.encode(vectors, &padding, masks)?;
        let padded = padding.padded(places, vectors.device())?;
        x.reshape(((), self.config.hidden))?.index_select(&padded, 0)
    }

    /// `(rows, time, hidden)`.
    fn encode(&self, vectors: &Tensor, padding: &Padding, masks: &mut Masks<'_>) -> Result<Tensor> {
        let (hidden, device) = (self.config.hidden, vectors.device());
        let (batch, time) = (padding.lengths.len(), padding.time);
        let all = vectors.pad_with_zeros(0, 0, 1)?;
        let x = all.index_select(&padding.places(device)?, 0)?.reshape((batch, time, hidden))?;
        let x = x.broadcast_add(&self.weight("positions")?.narrow(0, 0, time)?)?;
        let x = self.norm(&x, "norm")?;
        let mut x = masked(x, Blanked::Numbers, masks)?;
        let never = padding.never(device)?;
        for layer in 0..self.config.layers {
            x = self.layer(&x, &format!("layer.{layer}"), &never, masks)?;
        }
        Ok(x)
    }

    fn layer(
        &self,
        x: &Tensor,
        name: &str,
        never: &Tensor,
        masks: &mut Masks<'_>,
    ) -> Result<Tensor> {
        let (batch, time, hidden) = x.dims3()?;
        let heads = self.config.heads;
        let projected = self.affine(x, &format!("{name}.attending"))?;
        let part = |number: usize| {
            let part = projected.narrow(D::Minus1, number * hidden, hidden)?;
            part.reshape((batch, time, heads, hidden / heads))?.transpose(1, 2)?.contiguous()
        };
        let scale = 1.0 / ((hidden / heads) as f64).sqrt();
        let keys = part(1)?.transpose(2, 3)?.contiguous()?;
        let scores = (part(0)?.matmul(&keys)? * scale)?.broadcast_add(never)?;
        let shares = masked(softmax(&scores)?, Blanked::Shares, masks)?;
        let attended = shares.matmul(&part(2)?)?.transpose(1, 2)?.reshape((batch, time, hidden))?;
        let added = self.affine(&attended, &format!("{name}.projection"))?;
        let added = masked(added, Blanked::Numbers, masks)?;
        let middle = self.norm(&(added + x)?, &format!("{name}.attention_norm"))?;
        let active = self.affine(&middle, &format!("{name}.inner"))?.gelu_erf()?;
        let added = self.affine(&active, &format!("{name}.outer"))?;
        let added = masked(added, Blanked::Numbers, masks)?;
        self.norm(&(added + middle)?, &format!("{name}.output_norm"))
    }

    fn affine(&self, x: &Tensor, name: &str) -> Result<Tensor> {
        let (batch, time, inputs) = x.dims3()?;
        let weight = self.weight(&format!("{name}.weight"))?.t()?;
        let out = x.reshape((batch * time, inputs))?.matmul(&weight)?;
        out.broadcast_add(&self.weight(&format!("{name}.bias"))?)?.reshape((batch, time, ()))
    }

    fn norm(&self, x: &Tensor, name: &str) -> Result<Tensor> {
        let norm = self.weight(name)?;
        let centred = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?)?;
        let variance = centred.sqr()?.mean_keepdim(D::Minus1)?;
        let deviation = (variance + f64::from(self.config.epsilon))?.sqrt()?;
        let scaled = centred.broadcast_div(&deviation)?.broadcast_mul(&norm.get(0)?)?;
        scaled.broadcast_add(&norm.get(1)?)
    }

    fn weight(&self, name: &str) -> Result<Tensor> {
        let place = self.parameters.iter().position(|parameter| parameter.name == name);
        place
            .and_then(|place| self.weights.get(place))
            .cloned()
            .ok_or_else(|| candle_core::Error::Msg(format!("the network has no parameter {name}")))
    }
}

/// Packed rows as a rectangle.
struct Padding {
    lengths: Vec<usize>,
    time: usize,
}

impl Padding {
    fn of(rows: &Rows) -> Self {
        let starts = std::iter::once(0).chain(rows.ends.iter().copied());
        let lengths: Vec<usize> = starts.zip(&rows.ends).map(|(start, end)| end - start).collect();
        Self { time: lengths.iter().copied().max().unwrap_or(0), lengths }
    }

    /// Where each place's token lies among the packed ones; behind the last for padding.
    fn places(&self, device: &Device) -> Result<Tensor> {
        let tokens: usize = self.lengths.iter().sum();
        let mut start = 0;
        let mut places = Vec::with_capacity(self.lengths.len() * self.time);
        for &length in &self.lengths {
            let place = |t: usize| if t < length { start + t } else { tokens };
            places.extend((0..self.time).map(|t| place(t) as u32));
            start += length;
        }
        let count = places.len();
        Tensor::from_vec(places, count, device)
    }

    /// Where the packed tokens at `places` lie among the padded ones.
    fn padded(&self, places: &[usize], device: &Device) -> Result<Tensor> {
        let rows = self.lengths.iter().enumerate();
        let all: Vec<u32> = rows
            .flat_map(|(row, &length)| (0..length).map(move |t| (row * self.time + t) as u32))
            .collect();
        let padded: Vec<u32> = places.iter().filter_map(|&place| all.get(place).copied()).collect();
        let count = padded.len();
        Tensor::from_vec(padded, count, device)
    }

    /// What is added to scores so that padding gets no share, `(rows, 1, 1, time)`.
    fn never(&self, device: &Device) -> Result<Tensor> {
        let never = self.each(|t, length| if t < length { 0.0 } else { NEVER });
        Tensor::from_vec(never, (self.lengths.len(), 1, 1, self.time), device)
    }

    /// Each token's share of its row's mean, `(rows, time, 1)`.
    fn shares(&self, device: &Device) -> Result<Tensor> {
        let shares = self.each(|t, length| if t < length { 1.0 / length as f32 } else { 0.0 });
        Tensor::from_vec(shares, (self.lengths.len(), self.time, 1), device)
    }

    fn each(&self, value: impl Fn(usize, usize) -> f32) -> Vec<f32> {
        let rows = self.lengths.iter();
        rows.flat_map(|&length| (0..self.time).map(move |t| (t, length)))
            .map(|(t, length)| value(t, length))
            .collect()
    }
}

/// Over the last dimension, from operations that have a gradient: candle's own has none.
fn softmax(scores: &Tensor) -> Result<Tensor> {
    let powers = scores.broadcast_sub(&scores.max_keepdim(D::Minus1)?.detach())?.exp()?;
    powers.broadcast_div(&powers.sum_keepdim(D::Minus1)?)
}

fn masked(x: Tensor, what: Blanked, masks: &mut Masks<'_>) -> Result<Tensor> {
    match masks(what, x.dims())? {
        None => Ok(x),
        Some(mask) => x.mul(&mask),
    }
}

#[cfg(test)]
mod tests {
    use candle_core::Var;

    use super::*;
    use crate::{layers::Buffers, models::bert::NetworkDropout};

    const OUTPUTS: usize = 3;

    fn numbers(count: usize, seed: f32) -> Vec<f32> {
        (0..count).map(|k| ((k as f32 + seed) * 12.9898).sin() * 0.6).collect()
    }

    #[test]
    fn the_fast_network_is_candle_s_operations_and_has_their_gradients() {
        let config = EncoderConfig {
            words: 10,
            positions: 40,
            hidden: 24,
            layers: 2,
            heads: 3,
            inner: 40,
            epsilon: 1e-5,
        };
        let network = Network::new(&config, OUTPUTS);
        let words: Vec<u32> = (0..40).map(|k| k % 10).collect();
        let rows = Rows::pack(&[&words[..3], &words[..1], &words[..33], &words[..17]]);
        let weights = numbers(network.count(), 1.0);
        let vectors = numbers(rows.words.len() * config.hidden, 2.0);
        let by_logits = numbers(rows.ends.len() * OUTPUTS, 3.0);

        let device = Device::Cpu;
        let mut rest = weights.as_slice();
        let variables: Vec<Var> = network
            .parameters()
            .iter()
            .map(|parameter| {
                let (own, after) = rest.split_at(parameter.count());
                rest = after;
                Var::from_slice(own, parameter.shape.as_slice(), &device).unwrap()
            })
            .collect();
        let tensors = variables.iter().map(|variable| variable.as_tensor().clone()).collect();
        let plain = PlainNetwork::new(&network, tensors);
        let shape = (rows.words.len(), config.hidden);
        let x = Var::from_slice(&vectors, shape, &device).unwrap();
        let logits = plain.forward(&x, &rows, &mut |_, _| Ok(None)).unwrap();

        let dropout = NetworkDropout::none(&config);
        let buffers = &mut Buffers::default();
        let tape = network.forward(&weights, vectors, &rows, dropout, buffers);
        let near = |name: &str, fast: &[f32], plain: &Tensor| {
            let plain = plain.flatten_all().unwrap().to_vec1::<f32>().unwrap();
            let largest = plain.iter().fold(1.0, |largest: f32, number| largest.max(number.abs()));
            let farthest = fast.iter().zip(&plain).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(fast.len() == plain.len() && farthest < 1e-4 * largest, "{name}: {farthest}");
        };
        near("logits", &tape.logits, &logits);

        let mut gradients = vec![0.0; network.count()];
        let by_vectors =
            network.backward(&weights, tape, &rows, &by_logits, &mut gradients, buffers);
        let by_logits = Tensor::from_vec(by_logits, logits.shape(), &device).unwrap();
        let theirs = logits.mul(&by_logits).unwrap().sum_all().unwrap().backward().unwrap();
        near("vectors", &by_vectors, theirs.get(&x).unwrap());
        let mut rest = gradients.as_slice();
        for (parameter, variable) in network.parameters().iter().zip(&variables) {
            let (own, after) = rest.split_at(parameter.count());
            rest = after;
            near(&parameter.name, own, theirs.get(variable).unwrap());
        }
    }
}
