//! The parameters on a device, with AdamW's memory of them and their average.

use anyhow::{Context, Result};
use candle_core::{Device, Tensor, Var};

use crate::{bert::numbers::Numbers, optimiser::AdamW};

/// How an update treats one of the parameters.
pub struct Change {
    pub shape: Vec<usize>,
    /// What its learning rate is of the highest.
    pub rate_share: f64,
    /// Whether it is pulled to 0.
    pub decays: bool,
}

/// Arrays in which the parameters lie one after the other, `(count)`, so that an update is a few
/// operations however many parameters there are; and each of them as the network needs it.
pub struct DeviceParameters {
    variables: Vec<Var>,
    weights: Tensor,
    first: Tensor,
    second: Tensor,
    average: Option<Tensor>,
    /// What each number's learning rate is of the highest.
    rate_shares: Tensor,
    /// The same of the numbers that are pulled to 0; 0 of the others.
    decay_shares: Tensor,
}

impl DeviceParameters {
    /// `numbers`, of parameters that change as `changes` says, on `device`.
    pub fn new(numbers: &Numbers, changes: Vec<Change>, device: &Device) -> Result<Self> {
        let on_device = |values: &Vec<f32>| Tensor::new(values.as_slice(), device);
        let each = |share: &dyn Fn(&Change) -> f64| {
            let spread = |change: &Change| {
                vec![share(change) as f32; change.shape.iter().product::<usize>()]
            };
            on_device(&changes.iter().flat_map(spread).collect())
        };
        let zeros = |change: &Change| Var::zeros(&*change.shape, candle_core::DType::F32, device);
        let mut parameters = Self {
            variables: changes.iter().map(zeros).collect::<candle_core::Result<_>>()?,
            weights: on_device(&numbers.weights)?,
            first: on_device(&numbers.first)?,
            second: on_device(&numbers.second)?,
            average: numbers.average.as_ref().map(on_device).transpose()?,
            rate_shares: each(&|change| change.rate_share)?,
            decay_shares: each(&|change| if change.decays { change.rate_share } else { 0.0 })?,
        };
        parameters.spread()?;
        Ok(parameters)
    }

    /// Each parameter, in their order.
    pub fn variables(&self) -> &[Var] {
        &self.variables
    }

    /// One update by `gradient`, `(count)`, the `step`th, counted from 1: [`AdamW::update`].
    pub fn update(
        &mut self,
        optimiser: &AdamW,
        gradient: &Tensor,
        step: u64,
        rate: f64,
    ) -> Result<()> {
        let &AdamW { beta_1, beta_2, epsilon, weight_decay } = optimiser;
        let steps = i32::try_from(step).unwrap_or(i32::MAX);
        let (whole_1, whole_2) = (1.0 - beta_1.powi(steps), 1.0 - beta_2.powi(steps));
        self.first = ((&self.first * beta_1)? + (gradient * (1.0 - beta_1))?)?;
        self.second = ((&self.second * beta_2)? + (gradient.sqr()? * (1.0 - beta_2))?)?;
        let width = self.second.sqrt()?.affine(1.0 / whole_2.sqrt(), epsilon)?;
        let way = (&self.first / width)?.mul(&self.rate_shares)?;
        let kept = self.decay_shares.affine(-rate * weight_decay, 1.0)?;
        self.weights = (self.weights.mul(&kept)? - (way * (rate / whole_1))?)?;
        self.spread()
    }

    /// Lets the average, of which `kept` is left, follow the weights.
    pub fn follow(&mut self, kept: f64) -> Result<()> {
        if let Some(average) = &mut self.average {
            *average = ((&*average * kept)? + (&self.weights * (1.0 - kept))?)?;
        }
        Ok(())
    }

    /// Exchanges the weights and their average, if there is one.
    pub fn exchange_average(&mut self) -> Result<()> {
        let Some(average) = &mut self.average else { return Ok(()) };
        std::mem::swap(average, &mut self.weights);
        self.spread()
    }

    /// All numbers, from the device.
    pub fn numbers(&self) -> Result<Numbers> {
        let values = |tensor: &Tensor| tensor.to_vec1::<f32>();
        Ok(Numbers {
            weights: values(&self.weights)?,
            first: values(&self.first)?,
            second: values(&self.second)?,
            average: self.average.as_ref().map(values).transpose()?,
        })
    }

    /// Puts `numbers` in place of its own.
    pub fn set(&mut self, numbers: &Numbers) -> Result<()> {
        let device = self.weights.device().clone();
        let on_device = |values: &Vec<f32>| Tensor::new(values.as_slice(), &device);
        self.weights = on_device(&numbers.weights)?;
        self.first = on_device(&numbers.first)?;
        self.second = on_device(&numbers.second)?;
        self.average = numbers.average.as_ref().map(on_device).transpose()?;
        self.spread()
    }

    /// Brings each parameter up to date with the weights.
    fn spread(&mut self) -> Result<()> {
        let mut start = 0;
        for variable in &self.variables {
            let count = variable.elem_count();
            let values = self.weights.narrow(0, start, count)?.reshape(variable.shape())?;
            variable.set(&values).context("a parameter cannot be written")?;
            start += count;
        }
        Ok(())
    }
}
