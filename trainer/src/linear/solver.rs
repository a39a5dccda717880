//! L-BFGS (Liu and Nocedal 1989) with the line search of Moré and Thuente (1994).

use anyhow::Result;
use argmin::{
    core::{ArgminError, Error, Executor},
    solver::{linesearch::MoreThuenteLineSearch, quasinewton::LBFGS},
};

use super::Objective;

/// Steps that the shape of the objective is estimated from.
const MEMORY: usize = 8;

/// The optimiser found no way down, as where the objective is no number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the optimiser failed: {cause}")]
pub struct OptimiserFailed {
    /// What it says.
    pub cause: String,
}

/// The parameters at which `objective` is least, from 0, in at most so many iterations and until
/// one of them wins less than `tolerance`.
///
/// # Errors
/// [`OptimiserFailed`] if the line search finds no way down; that of who watches, if he ends it.
pub fn minimise(objective: &Objective<'_>, iterations: u64, tolerance: f64) -> Result<Vec<f64>> {
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY)
        .with_tolerance_cost(tolerance)
        .map_err(failed)?
        .with_tolerance_grad(1e-9)
        .map_err(failed)?;
    let origin = vec![0.0; objective.parameters()];
    let mut result = Executor::new(objective, solver)
        .configure(|state| state.param(origin).max_iters(iterations))
        .run()
        .map_err(failed)?;
    let none = || OptimiserFailed { cause: "it found no parameters".to_owned() };
    Ok(result.state.take_best_param().ok_or_else(none)?)
}

/// What the optimiser itself says is told from what who watches it says.
fn failed(error: Error) -> Error {
    match error.downcast::<ArgminError>() {
        Ok(cause) => OptimiserFailed { cause: cause.to_string() }.into(),
        Err(of_who_watches) => of_who_watches,
    }
}
