//! What is minimised: the mean loss of all rows and the penalty.

use std::{cell::RefCell, time::Instant};

use anyhow::Result;
use argmin::core::{CostFunction, Error, Gradient};

use super::{LABELS, Lesson, Loss, Matrix, OptimiserFailed};

/// Mean loss, weighted by row, plus half the penalty times the squared length of the coefficients;
/// the biases, which come last, bear none.
///
/// The weight of a feature is its coefficient times its factor, where there are factors: a support
/// vector machine over features times their log-count ratios learns the coefficients. A
/// coefficient, in turn, is a parameter times a fixed step, by which all parameters curve the
/// objective about alike (Jacobi's preconditioner): features of very different frequency are then
/// learnt in a third of the passes.
pub struct Objective<'a> {
    matrix: &'a Matrix,
    lessons: &'a [Lesson],
    loss: Loss,
    penalty: f64,
    factors: Option<&'a [[f32; LABELS]]>,
    steps: Vec<f64>,
    total: f64,
    last: RefCell<Option<Value>>,
    passes: RefCell<Passes<'a>>,
}

/// A pass over all rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pass {
    /// Its number, from 1.
    pub number: u64,
    /// The objective that it found.
    pub cost: f64,
    /// Seconds since the first began.
    pub seconds: f64,
}

/// Who is told of every pass.
struct Passes<'a> {
    count: u64,
    start: Instant,
    watch: &'a mut Watch<'a>,
}

/// Who is told of every pass over the rows; may end the optimisation by an error.
pub type Watch<'a> = dyn FnMut(Pass) -> Result<()> + 'a;

/// The objective at a point. It gives value and gradient in one pass, and is asked for one after
/// the other.
struct Value {
    at: Vec<f64>,
    cost: f64,
    gradient: Vec<f64>,
}

impl<'a> Objective<'a> {
    /// Of these rows; `watch` is told of every pass over them.
    pub fn new(
        matrix: &'a Matrix,
        lessons: &'a [Lesson],
        loss: Loss,
        penalty: f64,
        factors: Option<&'a [[f32; LABELS]]>,
        watch: &'a mut Watch<'a>,
    ) -> Self {
        let total = lessons.iter().map(|lesson| f64::from(lesson.weight)).sum();
        let steps = steps(matrix, lessons, loss, penalty, factors, total);
        let last = RefCell::new(None);
        let passes = RefCell::new(Passes { count: 0, start: Instant::now(), watch });
        Self { matrix, lessons, loss, penalty, factors, steps, total, last, passes }
    }

    /// How many parameters: one for each column and label, and a bias for each label.
    #[must_use]
    pub fn parameters(&self) -> usize {
        (self.matrix.columns() + 1) * LABELS
    }

    /// The weights that `parameters` stand for, `(columns, labels)`, and the biases.
    #[must_use]
    pub fn weights(&self, parameters: &[f64]) -> (Vec<[f32; LABELS]>, [f32; LABELS]) {
        let stepped: Vec<f32> =
            parameters.iter().zip(&self.steps).map(|(p, step)| (p * step) as f32).collect();
        let mut weights: Vec<[f32; LABELS]> = stepped.as_chunks::<LABELS>().0.to_vec();
        let bias = weights.pop().unwrap_or_default();
        for (weights, factors) in weights.iter_mut().zip(self.factors.unwrap_or_default()) {
            weights.iter_mut().zip(factors).for_each(|(weight, factor)| *weight *= factor);
        }
        (weights, bias)
    }

    /// Value and gradient at `parameters`.
    #[must_use]
    pub fn value(&self, parameters: &[f64]) -> (f64, Vec<f64>) {
        let (weights, bias) = self.weights(parameters);
        let (loss, lessons) = (self.loss, self.lessons);
        let rows =
            self.matrix.for_each_row(&weights, bias, |row, scores| loss.of(scores, &lessons[row]));
        let mut cost = 0.0;
        let mut bias_slopes = [0.0_f64; LABELS];
        for (loss, slopes) in &rows {
            cost += f64::from(*loss);
            bias_slopes.iter_mut().zip(slopes).for_each(|(sum, &slope)| *sum += f64::from(slope));
        }
        let mut sums = self.matrix.column_sums(|row, value| rows[row].1.map(|slope| slope * value));
        for (sums, factors) in sums.iter_mut().zip(self.factors.unwrap_or_default()) {
            sums.iter_mut().zip(factors).for_each(|(sum, factor)| *sum *= factor);
        }
        let slopes = sums.iter().flatten().map(|&sum| f64::from(sum)).chain(bias_slopes);
        let mut gradient: Vec<f64> = slopes.map(|slope| slope / self.total).collect();
        let mut squares = 0.0;
        let penalised = parameters.len() - LABELS;
        for ((slope, parameter), step) in
            gradient.iter_mut().zip(parameters).zip(&self.steps).take(penalised)
        {
            squares += (step * parameter).powi(2);
            *slope += self.penalty * step * parameter;
        }
        gradient.iter_mut().zip(&self.steps).for_each(|(slope, step)| *slope *= step);
        (cost / self.total + self.penalty / 2.0 * squares, gradient)
    }

    fn at<T>(&self, parameters: &[f64], of: impl FnOnce(&Value) -> T) -> Result<T> {
        let mut last = self.last.borrow_mut();
        let value = match last.take() {
            Some(value) if value.at == parameters => value,
            _ => {
                let (cost, gradient) = self.value(parameters);
                self.passes.borrow_mut().tell(cost)?;
                // The line search would look for a way down for ever.
                if !cost.is_finite() {
                    return Err(OptimiserFailed::new("the objective is no number").into());
                }
                Value { at: parameters.to_vec(), cost, gradient }
            }
        };
        Ok(of(last.insert(value)))
    }
}

/// For each parameter 1 / √(how much its coefficient curves the objective, at most about).
fn steps(
    matrix: &Matrix,
    lessons: &[Lesson],
    loss: Loss,
    penalty: f64,
    factors: Option<&[[f32; LABELS]]>,
    total: f64,
) -> Vec<f64> {
    let squares = matrix.column_sums(|row, value| {
        let Lesson { competes, weight, .. } = lessons[row];
        competes.map(|competes| if competes { weight * value * value } else { 0.0 })
    });
    let curvature = f64::from(loss.curvature());
    let step = |square: f64| (curvature * square / total + penalty).sqrt().recip();
    let ones = [1.0; LABELS];
    let of_column = |(column, squares): (usize, &[f32; LABELS])| {
        let factors = factors.map_or(&ones, |factors| &factors[column]);
        let squares = squares.iter().zip(factors).map(|(&square, &f)| f64::from(square * f * f));
        squares.map(step).collect::<Vec<f64>>()
    };
    let of_columns = squares.iter().enumerate().flat_map(of_column);
    of_columns.chain([step(total); LABELS]).collect()
}

impl Passes<'_> {
    fn tell(&mut self, cost: f64) -> Result<()> {
        self.count += 1;
        let seconds = self.start.elapsed().as_secs_f64();
        (self.watch)(Pass { number: self.count, cost, seconds })
    }
}

impl CostFunction for &Objective<'_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, parameters: &Vec<f64>) -> Result<f64, Error> {
        self.at(parameters, |value| value.cost)
    }
}

impl Gradient for &Objective<'_> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, parameters: &Vec<f64>) -> Result<Vec<f64>, Error> {
        self.at(parameters, |value| value.gradient.clone())
    }
}

#[cfg(test)]
mod tests {
    use domain::Label;
    use sentiment::models::linear::{Counted, FeatureTable};

    use super::*;

    #[test]
    fn the_gradient_is_that_of_finite_differences() {
        let table = FeatureTable::new(&[(1, 2), (2, 1), (3, 2)], 3);
        let text = |words: &[(u32, u16)]| Counted { words: words.to_vec(), ..Counted::default() };
        let texts = [text(&[(1, 1), (2, 2)]), text(&[(3, 1)]), text(&[(1, 3), (3, 1)])];
        let matrix = Matrix::new(&texts, &table).unwrap();
        let lessons = [
            Lesson { label: Label::Negative, competes: [true; 3], weight: 1.0 },
            Lesson { label: Label::Neutral, competes: [true; 3], weight: 3.0 },
            Lesson { label: Label::Positive, competes: [true, false, true], weight: 0.6 },
        ];
        let factors: Vec<[f32; 3]> =
            (0..matrix.columns()).map(|k| [0.5 + k as f32, 1.0, -0.7]).collect();
        for loss in [Loss::CrossEntropy, Loss::SquaredHinge] {
            let mut watch = |_| Ok(());
            let objective =
                Objective::new(&matrix, &lessons, loss, 0.1, Some(&factors), &mut watch);
            let point: Vec<f64> =
                (0..objective.parameters()).map(|k| (k as f64 * 12.9898).sin() * 0.3).collect();
            let (_, gradient) = objective.value(&point);
            for k in [0, 1, 2, 3, 7, 8, point.len() - 2, point.len() - 1] {
                let at = |step: f64| {
                    let mut moved = point.clone();
                    moved[k] += step;
                    objective.value(&moved).0
                };
                let slope = (at(1e-3) - at(-1e-3)) / 2e-3;
                assert!(
                    (slope - gradient[k]).abs() < 2e-3,
                    "{loss:?} {k}: {slope} {}",
                    gradient[k]
                );
            }
        }
    }
}
