//! Where the next trial is drawn.

use std::{collections::BTreeMap, f64::consts::PI};

use rand::{Rng, RngExt};

use super::{Range, Sampler};

/// A number from 0 to 1 for each setting, in the order of their names.
pub type Point = Vec<f64>;

/// Points among which the most promising is taken.
const CANDIDATES: usize = 24;
/// What share of the observations counts as good, γ.
const GAMMA: f64 = 0.25;
/// Trials, beside one for each setting, before good ones are told from others.
const AT_FIRST: usize = 3;

/// A point where no trial has been, given the `observations`: points where trials have been, with
/// their scores.
///
/// Tree-structured Parzen estimators (Bergstra et al. 2011, Algorithms for Hyper-Parameter
/// Optimization, section 4): each setting's density among the good points, `l`, and among the
/// others, `g`, is a mixture of a uniform one and of normal kernels around the points; of some
/// points drawn from `l`, the one with the greatest `l / g` is taken.
pub fn propose(
    space: &BTreeMap<String, Range>,
    sampler: Sampler,
    observations: &[(Point, f64)],
    random: &mut impl Rng,
) -> Point {
    let ranges: Vec<&Range> = space.values().collect();
    if sampler == Sampler::Random || observations.len() < ranges.len() + AT_FIRST {
        return ranges.iter().map(|_| random.random()).collect();
    }
    let mut order: Vec<&(Point, f64)> = observations.iter().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let count = (observations.len() as f64 * GAMMA).ceil() as usize;
    let column = |points: &[&(Point, f64)], k: usize| points.iter().map(|p| p.0[k]).collect();
    let densities = |points: &[&(Point, f64)]| -> Vec<Density> {
        let of = |(k, range): (usize, &&Range)| Density::new(range, column(points, k));
        ranges.iter().enumerate().map(of).collect()
    };
    let (good, others) = (densities(&order[..count]), densities(&order[count..]));
    let mut best: (Point, f64) = (Vec::new(), f64::NEG_INFINITY);
    for _ in 0..CANDIDATES {
        let point: Point = good.iter().map(|density| density.draw(random)).collect();
        let promise = |(k, &unit): (usize, &f64)| (good[k].at(unit) / others[k].at(unit)).ln();
        let promise: f64 = point.iter().enumerate().map(promise).sum();
        if promise > best.1 {
            best = (point, promise);
        }
    }
    best.0
}

/// How densely a setting's values lie on the line from 0 to 1.
enum Density {
    /// Normal kernels of this bandwidth around these centres, reflected at the ends, and a uniform
    /// density.
    Kernels { centres: Vec<f64>, bandwidth: f64 },
    /// The weight of each choice.
    Choices(Vec<f64>),
}

impl Density {
    fn new(range: &Range, centres: Vec<f64>) -> Self {
        match range.choices() {
            Some(count) => {
                let mut weights = vec![1.0; count];
                centres.iter().for_each(|&unit| weights[range.choice(unit)] += 1.0);
                let sum = (centres.len() + count) as f64;
                Self::Choices(weights.into_iter().map(|weight| weight / sum).collect())
            }
            None => {
                let bandwidth = (1.0 / (centres.len() + 1) as f64).clamp(0.05, 0.3);
                Self::Kernels { centres, bandwidth }
            }
        }
    }

    fn at(&self, unit: f64) -> f64 {
        match self {
            Self::Choices(weights) => {
                let choice = (unit * weights.len() as f64) as usize;
                weights[choice.min(weights.len() - 1)]
            }
            Self::Kernels { centres, bandwidth } => {
                let kernel = |centre: f64| {
                    let z = (unit - centre) / bandwidth;
                    (-0.5 * z * z).exp() / (bandwidth * (2.0 * PI).sqrt())
                };
                let kernels = centres
                    .iter()
                    .map(|&centre| kernel(centre) + kernel(-centre) + kernel(2.0 - centre));
                (1.0 + kernels.sum::<f64>()) / (centres.len() + 1) as f64
            }
        }
    }

    fn draw(&self, random: &mut impl Rng) -> f64 {
        match self {
            Self::Choices(weights) => {
                let mut left: f64 = random.random();
                let choice = weights.iter().position(|weight| {
                    left -= weight;
                    left < 0.0
                });
                let choice = choice.unwrap_or(weights.len() - 1);
                (choice as f64 + 0.5) / weights.len() as f64
            }
            Self::Kernels { centres, bandwidth } => {
                let index = random.random_range(0..=centres.len());
                let Some(centre) = centres.get(index) else {
                    return random.random();
                };
                // Box and Muller's normal number.
                let (u, v): (f64, f64) = (1.0 - random.random::<f64>(), random.random());
                let z = (-2.0 * u.ln()).sqrt() * (2.0 * PI * v).cos();
                let unit = (centre + bandwidth * z).rem_euclid(2.0);
                if unit > 1.0 { 2.0 - unit } else { unit }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use toml::Value;

    use super::*;
    use crate::random::stream;

    fn space() -> BTreeMap<String, Range> {
        let choices = vec![Value::Integer(1), Value::Integer(2)];
        let numbers = Range::Numbers {
            from: Value::Float(0.0),
            to: Value::Float(1.0),
            scale: super::super::space::Scale::Linear,
        };
        [("a".to_owned(), numbers), ("b".to_owned(), Range::Choices { choices })].into()
    }

    /// Trials whose score is the better the nearer they are to 0.8 and the second choice.
    fn observations(random: &mut impl Rng) -> Vec<(Point, f64)> {
        let score = |p: &Point| -(p[0] - 0.8).abs() + if p[1] > 0.5 { 0.2 } else { 0.0 };
        (0..40)
            .map(|_| propose(&space(), Sampler::Random, &[], random))
            .map(|point| (point.clone(), score(&point)))
            .collect()
    }

    #[test]
    fn trials_are_drawn_where_good_ones_lie() {
        let mut random = stream(1, "test", 0);
        let observations = observations(&mut random);
        let mean = |sampler, random: &mut _| {
            let drawn = (0..50).map(|_| propose(&space(), sampler, &observations, random));
            let far: Vec<f64> = drawn.map(|p| (p[0] - 0.8).abs() + f64::from(p[1] < 0.5)).collect();
            far.iter().sum::<f64>() / far.len() as f64
        };
        let (tpe, at_random) =
            (mean(Sampler::Tpe, &mut random), mean(Sampler::Random, &mut random));
        assert!(tpe < at_random / 2.0, "{tpe} against {at_random}");
    }

    #[test]
    fn a_density_is_one_in_all_and_drawn_within_its_line() {
        let mut random = stream(2, "test", 0);
        for range in space().values() {
            let density = Density::new(range, vec![0.1, 0.9, 0.95]);
            let steps = 10_000;
            let at = |k: usize| density.at((k as f64 + 0.5) / f64::from(steps));
            let mut sum: f64 = (0..steps as usize).map(at).sum::<f64>() / f64::from(steps);
            sum *= range.choices().map_or(1.0, |count| count as f64);
            assert!((sum - 1.0).abs() < 1e-3, "{sum}");
            assert!((0..1000).all(|_| (0.0..=1.0).contains(&density.draw(&mut random))));
        }
    }
}
