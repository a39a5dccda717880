//! An encoder that guesses hidden pieces, taken one step at a time.

use anyhow::{Result, bail};
use candle_core::{Device, Tensor, Var};
use rand::RngExt;
use sentiment::models::bert::{
    Checkpoint, EncoderConfig, Network, Parameter, PlainNetwork, Rows, WORDS,
};

use super::Masking;
use crate::{
    bert::{
        Settings,
        device::{Change, DeviceParameters, Noise, flat},
        learner::decays,
        numbers::Numbers,
        state::{self, FIRST, SECOND},
    },
    random,
    tensors::Arrays,
    training::{self, Diverged, Learner, Lesson, OUTPUTS, Outcome, Step},
};

/// Deviation of the weights of what guesses, before training, as BERT's own were drawn.
const DEVIATION: f32 = 0.02;

/// Arrays that guess: a dense map, a norm, and the word table with a bias for each word.
const GUESSING: usize = 5;

/// An encoder and what guesses, on a device.
pub struct Adapter {
    training: training::Settings,
    network: Network,
    masking: Masking,
    /// The encoder's, without a head, then those that guess.
    names: Vec<Parameter>,
    parameters: DeviceParameters,
    noise: Noise,
    seed: u64,
}

impl Adapter {
    /// `checkpoint`, an encoder of the shape `config`, on `device`; of `bert` the dropout counts.
    ///
    /// # Errors
    /// If the device cannot hold it.
    pub fn new(
        training: &training::Settings,
        bert: &Settings,
        config: &EncoderConfig,
        checkpoint: &Checkpoint,
        masking: Masking,
        seed: u64,
        device: Device,
    ) -> Result<Self> {
        let network = Network::new(config, OUTPUTS);
        let of_encoder = network.parameters().iter().filter(|p| p.depth <= config.layers).cloned();
        let names: Vec<Parameter> = of_encoder.chain(guessing(config)).collect();
        let numbers = Numbers::new(first_weights(config, checkpoint, seed), false);
        let changes = names.iter().map(|parameter| Change {
            shape: parameter.shape.clone(),
            rate_share: 1.0,
            decays: decays(parameter),
        });
        Ok(Self {
            parameters: DeviceParameters::new(&numbers, changes.collect(), &device)?,
            noise: Noise::new(seed, [bert.dropout, bert.attention_dropout], device),
            training: training.clone(),
            network,
            masking,
            names,
            seed,
        })
    }

    /// The encoder, without what guesses.
    ///
    /// # Errors
    /// If the device does not give it back.
    pub fn checkpoint(&self) -> Result<Checkpoint> {
        let mut encoder = self.parameters.numbers()?.weights;
        let of_encoder = &self.names[..self.names.len() - GUESSING];
        let rest = encoder.split_off(of_encoder.iter().map(Parameter::count).sum());
        let config = self.network.config();
        Ok(Checkpoint { words: rest[..config.words * config.hidden].to_vec(), encoder })
    }

    /// The mean loss over the pieces to be guessed, and its gradient, if there is such a piece.
    fn gradient(&mut self, batch: &[Lesson<'_>], step: u64) -> Result<Option<(f64, Tensor)>> {
        let mut random = random::stream(self.seed, "masking", step);
        let rows: Vec<&[u32]> = batch.iter().map(|(row, _)| *row).collect();
        let masked = self.masking.mask(&rows, &mut random);
        if masked.places.is_empty() {
            return Ok(None);
        }
        let seen: Vec<&[u32]> = masked.rows.iter().map(Vec::as_slice).collect();
        let rows = Rows::pack(&seen);
        let variables = self.parameters.variables();
        let (encoder, guessing) = variables.split_at(variables.len() - GUESSING);
        let [words, weight, bias, norm, word_bias] = guessing else { bail!("arrays are missing") };
        let device = words.device();
        let ids = |ids: &[u32]| Tensor::from_slice(ids, ids.len(), device);
        let vectors = words.index_select(&ids(&rows.words)?, 0)?;
        let tensors = encoder.iter().map(|variable: &Var| variable.as_tensor().clone()).collect();
        let mut masks = |what, shape: &[usize]| self.noise.mask(what, shape, &mut random);
        let x = PlainNetwork::new(&self.network, tensors).tokens(
            &vectors,
            &rows,
            &masked.places,
            &mut masks,
        )?;
        let x = x.matmul(&weight.t()?)?.broadcast_add(bias)?.gelu_erf()?;
        let (scale, shift, epsilon) = (norm.get(0)?, norm.get(1)?, self.network.config().epsilon);
        let x = candle_nn::ops::layer_norm_slow(&x, &scale, &shift, epsilon)?;
        let logits = x.matmul(&words.t()?)?.broadcast_add(word_bias)?;
        let loss = candle_nn::loss::cross_entropy(&logits, &ids(&masked.wanted)?)?;
        let gradients = loss.backward()?;
        Ok(Some((f64::from(loss.to_scalar::<f32>()?), flat(&gradients, variables)?)))
    }
}

impl Learner for Adapter {
    fn step(&mut self, batch: &[Lesson<'_>], step: Step) -> Result<Outcome> {
        let Some((loss, gradient)) = self.gradient(batch, step.number)? else {
            return Ok(Outcome { loss: 0.0, gradient_length: 0.0 });
        };
        let squares = f64::from(gradient.sqr()?.sum_all()?.to_scalar::<f32>()?);
        let gradient_length = squares.sqrt();
        if !(loss.is_finite() && gradient_length.is_finite()) {
            return Err(Diverged { step: step.number }.into());
        }
        let scale = (self.training.clip / gradient_length).min(1.0);
        let (optimiser, count) = (self.training.optimiser, step.number + 1);
        self.parameters.update(&optimiser, &(gradient * scale)?, count, step.rate)?;
        Ok(Outcome { loss, gradient_length })
    }

    fn logits(&self, batches: &[Vec<&[u32]>]) -> Result<Vec<Vec<f32>>> {
        match batches {
            [] => Ok(Vec::new()),
            _ => bail!("an encoder that guesses pieces gives no verdicts"),
        }
    }

    fn exchange_average(&mut self, _: u64) -> Result<()> {
        Ok(())
    }

    fn weights(&self) -> Result<Arrays> {
        let mut arrays = Arrays::new();
        state::insert(&mut arrays, &self.names, &self.parameters.numbers()?.weights, "");
        Ok(arrays)
    }

    fn state(&self) -> Result<Arrays> {
        let Numbers { weights, first, second, .. } = self.parameters.numbers()?;
        let mut arrays = Arrays::new();
        for (values, prefix) in [(weights, ""), (first, FIRST), (second, SECOND)] {
            state::insert(&mut arrays, &self.names, &values, prefix);
        }
        Ok(arrays)
    }

    fn set_weights(&mut self, arrays: &mut Arrays) -> Result<()> {
        let weights = state::remove(arrays, &self.names, "")?;
        let numbers = self.parameters.numbers()?;
        self.parameters.set(&Numbers { weights, ..numbers })
    }

    fn set_state(&mut self, arrays: &mut Arrays) -> Result<()> {
        let mut values = |prefix| state::remove(arrays, &self.names, prefix);
        let (weights, first, second) = (values("")?, values(FIRST)?, values(SECOND)?);
        self.parameters.set(&Numbers { weights, first, second, average: None })
    }
}

/// The arrays that guess.
fn guessing(config: &EncoderConfig) -> [Parameter; GUESSING] {
    let &EncoderConfig { words, hidden, layers, .. } = config;
    let array = |name: &str, shape: &[usize], depth| Parameter {
        name: name.to_owned(),
        shape: shape.to_vec(),
        depth,
    };
    [
        array(WORDS, &[words, hidden], 0),
        array("guess.weight", &[hidden, hidden], layers + 1),
        array("guess.bias", &[hidden], layers + 1),
        array("guess.norm", &[2, hidden], layers + 1),
        array("guess.word_bias", &[words], layers + 1),
    ]
}

/// All weights before the first step.
fn first_weights(config: &EncoderConfig, checkpoint: &Checkpoint, seed: u64) -> Vec<f32> {
    let &EncoderConfig { words, hidden, .. } = config;
    let mut random = random::stream(seed, "guess", 0);
    let reach = DEVIATION * 3.0_f32.sqrt();
    let mut weights = checkpoint.encoder.clone();
    weights.extend(&checkpoint.words);
    weights.extend((0..hidden * hidden).map(|_| random.random_range(-reach..reach)));
    weights.resize(weights.len() + hidden, 0.0);
    weights.resize(weights.len() + hidden, 1.0);
    weights.resize(weights.len() + hidden + words, 0.0);
    weights
}
