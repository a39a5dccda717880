//! L-BFGS (Liu and Nocedal 1989) with the line search of Moré and Thuente (1994).

use anyhow::{Context, Result};
use argmin::{
    core::{Error, Executor},
    solver::{linesearch::MoreThuenteLineSearch, quasinewton::LBFGS},
};

use super::Objective;

/// Steps that the shape of the objective is estimated from.
const MEMORY: usize = 8;

/// The parameters at which `objective` is least, from 0, in at most so many iterations and until
/// one of them wins less than `tolerance`.
///
/// # Errors
/// If the line search finds no way down, as where the objective is no number; or who watches ends
/// it.
pub fn minimise(objective: &Objective<'_>, iterations: u64, tolerance: f64) -> Result<Vec<f64>> {
    let failed = |error: Error| error.context("the optimiser failed");
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
    let best = result.state.take_best_param();
    best.context("the optimiser found no parameters")
}
