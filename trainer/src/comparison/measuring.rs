//! From predictions to figures.

use anyhow::{Context, Result, ensure};
use rayon::prelude::*;

use super::{
    Classes, Description, ModelEntry, Predictions, Protocol, Summary,
    results::{
        ClassResult, CoveragePoint, Figure, ModelResult, NamedFigure, Pair, PairDifference,
        ProtocolResult, ReliabilityBin, rounded,
    },
    rows::View,
};
use crate::metrics::{
    Confusion, DRAWINGS, Difference, Disagreement, Judgements, Ranking, calibration_error, drawing,
    percentiles, wilson,
};

/// Points of a drawn ROC curve.
const ROC_POINTS: usize = 120;

/// A model's predictions on the test of a protocol.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Its place among all models.
    pub index: usize,
    /// The model.
    pub entry: &'a ModelEntry,
    /// What it said.
    pub predictions: &'a Predictions,
}

/// A candidate with what its figures are made from.
struct Measured<'a> {
    candidate: Candidate<'a>,
    view: View<'a>,
    ranking: Ranking,
}

/// Figures in the order of [`Summary::ALL`], then the F1 of each class.
type Values = Vec<f64>;

/// What `candidates` reach under `protocol`; `None` where no candidate has such rows.
///
/// # Errors
/// If the candidates were not asked about the same rows.
pub fn measure(
    description: &Description,
    protocol: &Protocol,
    candidates: &[Candidate<'_>],
) -> Result<Option<ProtocolResult>> {
    let measured: Vec<Measured<'_>> = candidates
        .iter()
        .filter_map(|&candidate| {
            let view = View::of(protocol, candidate.predictions)?;
            let ranking = Ranking::of(&view.judgements);
            Some(Measured { candidate, view, ranking })
        })
        .collect();
    let Some(first) = measured.first() else { return Ok(None) };
    for other in &measured {
        ensure!(
            first.candidate.predictions.are_of_the_rows_of(other.candidate.predictions),
            "{} and {} were asked about different rows of {}: run `vigie-train compare --from-bundles` for both",
            first.candidate.entry.name,
            other.candidate.entry.name,
            protocol.test
        );
    }
    let rows = first.view.judgements.len();
    let once = vec![1; rows];
    let values: Vec<Values> = measured.iter().map(|model| model.values(&once)).collect();
    // One drawing for all models, so that their differences are of the same rows.
    let drawings: Vec<Vec<Values>> = (0..DRAWINGS)
        .into_par_iter()
        .map(|index| {
            let weights = drawing(rows, index);
            measured.iter().map(|model| model.values(&weights)).collect()
        })
        .collect();
    let drawn = |model: usize, value: usize| -> Vec<f64> {
        drawings.iter().map(|models| models[model][value]).collect()
    };
    let results = measured
        .iter()
        .enumerate()
        .map(|(k, model)| model.result(protocol, &values[k], &|value| drawn(k, value)))
        .collect();
    let test = description.test_of(protocol).context("the protocol's test is not described")?;
    Ok(Some(ProtocolResult {
        name: protocol.name.clone(),
        title: protocol.title.clone(),
        description: protocol.description.clone(),
        file: test.file.clone(),
        sha256: first.candidate.predictions.sha256.clone(),
        n: rows as u64,
        classes: protocol.classes.names(),
        headline: protocol.headline,
        results,
        pairs: pairs(&measured, &values, &drawn),
        published: protocol.published.clone(),
        plots: Vec::new(),
    }))
}

impl Measured<'_> {
    fn judgements(&self) -> &Judgements {
        &self.view.judgements
    }

    fn values(&self, weights: &[u16]) -> Values {
        let judgements = self.judgements();
        let confusion = Confusion::of(judgements, weights);
        let summary = Summary::ALL.map(|measure| match measure {
            Summary::Accuracy => confusion.accuracy(),
            Summary::MacroPrecision => confusion.macro_precision(),
            Summary::MacroRecall => confusion.macro_recall(),
            Summary::MacroF1 => confusion.macro_f1(),
            Summary::Auc => self.ranking.area(weights),
            Summary::CalibrationError => calibration_error::expected(judgements, weights),
        });
        let classes = (0..judgements.classes()).map(|class| confusion.f1(class));
        summary.into_iter().chain(classes).collect()
    }

    fn result(
        &self,
        protocol: &Protocol,
        values: &Values,
        drawn: &dyn Fn(usize) -> Vec<f64>,
    ) -> ModelResult {
        let judgements = self.judgements();
        let n = judgements.len() as u64;
        let figure = |at: usize, n| Figure::new(values[at], percentiles(values[at], &drawn(at)), n);
        let summary = Summary::ALL.into_iter().enumerate().map(|(at, measure)| NamedFigure {
            measure,
            figure: match measure {
                Summary::Accuracy => share(values[at], n),
                _ => figure(at, n),
            },
        });
        let confusion = Confusion::of(judgements, &judgements.once());
        let classes = protocol.classes.names();
        ModelResult {
            model: self.candidate.entry.name.clone(),
            title: self.candidate.entry.title.clone(),
            index: self.candidate.index,
            summary: summary.collect(),
            classes: classes
                .iter()
                .enumerate()
                .map(|(class, &name)| ClassResult {
                    class: name,
                    precision: share(confusion.precision(class), confusion.said(class)),
                    recall: share(confusion.recall(class), confusion.found(class)),
                    f1: figure(Summary::ALL.len() + class, confusion.found(class)),
                })
                .collect(),
            confusion: (0..classes.len())
                .map(|gold| (0..classes.len()).map(|said| confusion.count(gold, said)).collect())
                .collect(),
            coverage: coverage(judgements),
            sure: (protocol.classes == Classes::Labels).then(|| self.view.sure()).flatten(),
            reliability: reliability(judgements),
            roc: (0..self.ranking.curves()).map(|curve| self.roc(curve)).collect(),
            slices: self.view.slices(),
        }
    }

    fn roc(&self, curve: usize) -> Vec<(f64, f64)> {
        let points = self.ranking.roc(curve, ROC_POINTS).into_iter();
        points.map(|point| (point.false_positive_rate, point.true_positive_rate)).collect()
    }
}

fn share(value: f64, n: u64) -> Figure {
    Figure::new(value, wilson(value, n as usize), n)
}

/// The surest 5, 10, … 100 % of the rows; of equally sure ones those that come first.
fn coverage(judgements: &Judgements) -> Vec<CoveragePoint> {
    let mut order: Vec<usize> = (0..judgements.len()).collect();
    let confidence = judgements.confidence();
    order.sort_by(|&a, &b| confidence[b].total_cmp(&confidence[a]).then(a.cmp(&b)));
    let mut right = vec![0_u64];
    for &row in &order {
        right.push(right[right.len() - 1] + u64::from(judgements.is_right(row)));
    }
    (1..=20)
        .filter_map(|twentieth| {
            let n = (judgements.len() * twentieth).div_ceil(20);
            let last = order.get(n.checked_sub(1)?)?;
            Some(CoveragePoint {
                coverage: twentieth as f64 / 20.0,
                confidence: rounded(f64::from(confidence[*last])),
                accuracy: share(right[n] as f64 / n as f64, n as u64),
            })
        })
        .collect()
}

fn reliability(judgements: &Judgements) -> Vec<ReliabilityBin> {
    let bins = calibration_error::bins(judgements, &judgements.once());
    let width = 1.0 / bins.len() as f64;
    let filled = bins.iter().enumerate().filter(|(_, bin)| bin.rows > 0);
    filled
        .map(|(k, bin)| ReliabilityBin {
            from: rounded(k as f64 * width),
            to: rounded((k + 1) as f64 * width),
            confidence: rounded(bin.confidence / bin.rows as f64),
            accuracy: share(bin.right as f64 / bin.rows as f64, bin.rows),
        })
        .collect()
}

/// Every two models, the later one first: it is the one that should be better.
fn pairs(
    measured: &[Measured<'_>],
    values: &[Values],
    drawn: &dyn Fn(usize, usize) -> Vec<f64>,
) -> Vec<Pair> {
    const COMPARED: [Summary; 3] = [Summary::Accuracy, Summary::MacroRecall, Summary::MacroF1];
    let mut pairs = Vec::new();
    for first in 0..measured.len() {
        for second in 0..first {
            let disagreement =
                Disagreement::of(measured[first].judgements(), measured[second].judgements());
            let difference = |measure: Summary| {
                let at = measure as usize;
                let (one, other) = (drawn(first, at), drawn(second, at));
                let difference =
                    Difference::of((values[first][at], &one), (values[second][at], &other));
                let p = match measure {
                    Summary::Accuracy => disagreement.mid_p(),
                    _ => difference.p,
                };
                PairDifference {
                    measure,
                    value: rounded(difference.value),
                    low: rounded(difference.interval.low),
                    high: rounded(difference.interval.high),
                    p: rounded(p),
                }
            };
            pairs.push(Pair {
                first: measured[first].candidate.entry.name.clone(),
                second: measured[second].candidate.entry.name.clone(),
                first_only: disagreement.first_only,
                second_only: disagreement.second_only,
                differences: COMPARED.map(difference).to_vec(),
            });
        }
    }
    pairs
}
