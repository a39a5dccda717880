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

impl OptimiserFailed {
    /// By this cause.
    #[must_use]
    pub fn new(cause: impl ToString) -> Self {
        Self { cause: cause.to_string() }
    }
}

/// The parameters at which `objective` is least, from 0, in at most so many iterations and until
/// one of them wins less than `tolerance`.
///
/// # Errors
/// [`OptimiserFailed`] if the line search finds no way down, or the objective is no number; any
/// other if whoever watches ends it.
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
    let none = || OptimiserFailed::new("it found no parameters");
    Ok(result.state.take_best_param().ok_or_else(none)?)
}

/// What the optimiser itself says is told from what who watches it says.
fn failed(error: Error) -> Error {
    match error.downcast::<ArgminError>() {
        Ok(cause) => OptimiserFailed::new(cause).into(),
        Err(of_who_watches) => of_who_watches,
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;
    use domain::Label;
    use sentiment::models::linear::{Counted, FeatureTable};

    use super::*;
    use crate::{
        linear::{LABELS, Lesson, Loss, Matrix, Watch},
        paused::Paused,
    };

    fn failure(penalty: f64, watch: &mut Watch<'_>) -> Error {
        let table = FeatureTable::new(&[(1, 1)], 2);
        let text = Counted { words: vec![(1, 1)], ..Counted::default() };
        let matrix = Matrix::new(&[text], &table).unwrap();
        let lessons = [Lesson { label: Label::Positive, competes: [true; LABELS], weight: 1.0 }];
        // The objective asks for a watch that lives as long as its rows.
        let mut told = |pass| watch(pass);
        let objective =
            Objective::new(&matrix, &lessons, Loss::CrossEntropy, penalty, None, &mut told);
        minimise(&objective, 5, 1e-9).unwrap_err()
    }

    #[test]
    fn an_objective_that_is_no_number_fails_the_optimiser_and_who_watches_does_not() {
        assert!(failure(f64::NAN, &mut |_| Ok(())).is::<OptimiserFailed>());
        assert!(failure(0.1, &mut |_| Err(Paused.into())).is::<Paused>());
        let full = failure(0.1, &mut |_| bail!("the disk is full"));
        assert_eq!(full.to_string(), "the disk is full");
    }
}
