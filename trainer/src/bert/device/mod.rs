//! Fine-tuning with the parameters on a device, in candle's own operations. The word table stays
//! with the processor: of it only the rows of a batch travel.

mod arithmetic;
mod noise;
mod parameters;

use anyhow::{Context, Result, bail};
use candle_core::{Device, Tensor};
use sentiment::models::bert::{Network, Rows};

use self::arithmetic::{Pass, logits};
pub(super) use self::{
    arithmetic::flat,
    noise::Noise,
    parameters::{Change, DeviceParameters},
};
use super::{
    BertLearner, Settings,
    learner::{decays, rate_share},
    numbers::Numbers,
    shard::Part,
    state,
};
use crate::{
    average::Decay,
    random,
    table::{RowGradients, Table},
    tensors::Arrays,
    training::{self, Diverged, Learner, Lesson, Outcome, Step},
};

/// The first CUDA device. Its matrix products round their factors to TF32.
///
/// # Errors
/// If there is none, or this program was built without CUDA.
pub fn cuda() -> Result<Device> {
    if !cfg!(feature = "cuda") {
        bail!(
            "this vigie-train knows no CUDA: build it with `cargo build --features=cuda`, or leave --device out"
        );
    }
    candle_core::cuda::set_gemm_reduced_precision_f32(true);
    Device::new_cuda(0).context("there is no CUDA device, or its driver does not answer")
}

/// As [`BertLearner`], with the arithmetic done by a device, a whole batch at a time.
pub struct DeviceLearner {
    training: training::Settings,
    settings: Settings,
    network: Network,
    table: Table,
    parameters: DeviceParameters,
    noise: Noise,
    decay: Option<Decay>,
    seed: u64,
}

impl DeviceLearner {
    pub(super) fn new(learner: BertLearner, device: Device) -> Result<Self> {
        let BertLearner { training, settings, network, table, numbers, decay, seed, .. } = learner;
        let layers = network.config().layers;
        let changes = network.parameters().iter().map(|parameter| Change {
            shape: parameter.shape.clone(),
            rate_share: rate_share(settings.layer_rate, layers, parameter.depth),
            decays: decays(parameter),
        });
        Ok(Self {
            parameters: DeviceParameters::new(&numbers, changes.collect(), &device)?,
            noise: Noise::new(seed, [settings.dropout, settings.attention_dropout], device),
            training,
            settings,
            network,
            table,
            decay,
            seed,
        })
    }

    /// The mean loss of the batch and its gradient, by the parameters and by the words' vectors.
    fn gradient(&mut self, batch: &[Lesson<'_>], step: u64) -> Result<(f64, Tensor, RowGradients)> {
        let mut random = random::stream(self.seed, "noise", step);
        let part = Part { lessons: batch.to_vec(), batch_rows: batch.len() };
        let mut words = RowGradients::new(self.table.dimension);
        let (mut loss, mut sum) = (0.0, None::<Tensor>);
        for (rows, targets) in part.micro_batches(&self.settings) {
            let pass = Pass { network: &self.network, table: &self.table, rows: &rows };
            let noise = &mut |what, shape: &[usize]| self.noise.mask(what, shape, &mut random);
            let gradient =
                pass.gradient(self.parameters.variables(), &targets, part.batch_rows, noise)?;
            loss += gradient.loss;
            words.add_tokens(&rows.words, &gradient.by_vectors);
            sum = Some(match sum {
                None => gradient.by_parameters,
                Some(sum) => (sum + gradient.by_parameters)?,
            });
        }
        let sum = sum.context("a batch needs a row")?;
        Ok((loss / batch.len().max(1) as f64, sum, words))
    }
}

impl Learner for DeviceLearner {
    fn step(&mut self, batch: &[Lesson<'_>], step: Step) -> Result<Outcome> {
        let (loss, gradient, words) = self.gradient(batch, step.number)?;
        let squares = f64::from(gradient.sqr()?.sum_all()?.to_scalar::<f32>()?);
        let gradient_length = (squares + words.squares()).sqrt();
        if !(loss.is_finite() && gradient_length.is_finite()) {
            return Err(Diverged { step: step.number }.into());
        }
        let scale = (self.training.clip / gradient_length).min(1.0);
        let (optimiser, count) = (self.training.optimiser, step.number + 1);
        self.parameters.update(&optimiser, &(gradient * scale)?, count, step.rate)?;
        if let Some(decay) = self.decay {
            self.parameters.follow(decay.at(step.number))?;
        }
        let layers = self.network.config().layers;
        let rate = step.rate * rate_share(self.settings.layer_rate, layers, 0);
        self.table.update(&optimiser, &words, scale as f32, count, rate);
        Ok(Outcome { loss, gradient_length })
    }

    fn logits(&self, batches: &[Vec<&[u32]>]) -> Result<Vec<Vec<f32>>> {
        let logits = |batch: &Vec<&[u32]>| {
            let rows = &Rows::pack(batch);
            let pass = Pass { network: &self.network, table: &self.table, rows };
            logits(&pass, self.parameters.variables())
        };
        batches.iter().map(logits).collect()
    }

    fn exchange_average(&mut self, steps: u64) -> Result<()> {
        self.table.exchange_average(steps);
        self.parameters.exchange_average()
    }

    fn weights(&self) -> Result<Arrays> {
        Ok(state::weights(&self.network, &self.parameters.numbers()?, &self.table))
    }

    fn state(&self) -> Result<Arrays> {
        Ok(state::state(&self.network, &self.parameters.numbers()?, &self.table))
    }

    fn set_weights(&mut self, arrays: &mut Arrays) -> Result<()> {
        self.set(|network, numbers, table| state::set_weights(network, numbers, table, arrays))
    }

    fn set_state(&mut self, arrays: &mut Arrays) -> Result<()> {
        self.set(|network, numbers, table| state::set_state(network, numbers, table, arrays))
    }
}

impl DeviceLearner {
    /// Lets `change` work on what there is of the parameters and the words.
    fn set(
        &mut self,
        change: impl FnOnce(&Network, &mut Numbers, &mut Table) -> Result<()>,
    ) -> Result<()> {
        let mut numbers = self.parameters.numbers()?;
        change(&self.network, &mut numbers, &mut self.table)?;
        self.parameters.set(&numbers)
    }
}
