//! The rows of a protocol, as its figures see them.

use domain::{Label, Reason};

use super::{
    Classes, Marks, PredictedRow, Predictions, Protocol, Rows,
    marks::{LENGTHS, UNKNOWN},
    results::{CoveragePoint, Figure, Slice, rounded},
};
use crate::metrics::{Judgements, wilson};

/// [`UNKNOWN`] in words.
const SHARES: [&str; 4] = ["none", "up to 10 %", "up to 25 %", "more"];
/// Slices of fewer rows say nothing.
const LEAST_ROWS: u64 = 30;

/// The rows of a protocol that a model was asked about.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// Their classes and what was said of them.
    pub judgements: Judgements,
    /// Their marks.
    pub marks: Vec<&'a Marks>,
}

impl Classes {
    /// Their names, in the order of every table.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        match self {
            Self::Labels => Label::ALL.map(Label::as_str).to_vec(),
            Self::Two => vec![Label::Negative.as_str(), Label::Positive.as_str()],
            Self::Reasons => Reason::ALL.map(Reason::as_str).to_vec(),
        }
    }

    /// The class of `row` and the probability of each class; `None` where it has none of them.
    fn judged(self, row: &PredictedRow) -> Option<(usize, Vec<f32>)> {
        match self {
            Self::Labels => Some((row.gold as usize, row.labels.to_vec())),
            Self::Two => {
                let [negative, _, positive] = row.labels;
                let gold = match row.gold {
                    Label::Neutral => return None,
                    label => usize::from(label == Label::Positive),
                };
                Some((gold, shared_out(&[negative, positive])))
            }
            Self::Reasons => Some((row.marks.reason? as usize, shared_out(&row.reasons?))),
        }
    }
}

impl Rows {
    fn have(self, row: &PredictedRow) -> bool {
        match self {
            Self::All => true,
            Self::Article => row.marks.is_article,
            Self::Reason => row.marks.reason.is_some(),
            Self::SureReason => row.marks.reason.is_some() && row.marks.is_reason_sure,
        }
    }
}

impl<'a> View<'a> {
    /// The rows of `protocol` among `predictions`; `None` where there is none, as of reasons
    /// that the model does not tell.
    #[must_use]
    pub fn of(protocol: &Protocol, predictions: &'a Predictions) -> Option<Self> {
        let mut judgements = Judgements::new(protocol.classes.names().len());
        let mut marks = Vec::new();
        for row in predictions.rows.iter().filter(|row| protocol.rows.have(row)) {
            if let Some((gold, shares)) = protocol.classes.judged(row) {
                judgements.push(gold, &shares);
                marks.push(&row.marks);
            }
        }
        (!judgements.is_empty()).then_some(Self { judgements, marks })
    }

    /// The rows of which the model calls its verdict sure; `None` where those are all or none.
    #[must_use]
    pub fn sure(&self) -> Option<CoveragePoint> {
        let all = self.marks.len();
        let sure: Vec<usize> = (0..all).filter(|&row| self.marks[row].is_sure).collect();
        let confidence = |&row: &usize| f64::from(self.judgements.confidence()[row]);
        let least = sure.iter().map(confidence).reduce(f64::min)?;
        let right = sure.iter().filter(|&&row| self.judgements.is_right(row)).count();
        let share = right as f64 / sure.len() as f64;
        (sure.len() < all).then(|| CoveragePoint {
            coverage: rounded(sure.len() as f64 / all as f64),
            confidence: rounded(least),
            accuracy: Figure::new(share, wilson(share, sure.len()), sure.len() as u64),
        })
    }

    /// Accuracy by kind of text, of the kinds that tell rows apart.
    #[must_use]
    pub fn slices(&self) -> Vec<Slice> {
        let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let unknown = |mark: &str| UNKNOWN.iter().position(|known| *known == mark);
        let airlines = self.names_of(|marks| marks.airline.clone());
        let languages = self.names_of(|marks| marks.language.clone());
        let groups: [Group<'_>; 5] = [
            ("words", named(&LENGTHS), &|marks| Some(marks.length.clone())),
            ("unknown words", named(&SHARES), &|marks| {
                unknown(&marks.unknown).map(|share| SHARES[share].to_owned())
            }),
            ("negation", named(&["without", "with"]), &|marks| {
                Some(if marks.is_negated { "with" } else { "without" }.to_owned())
            }),
            ("airline", airlines, &|marks| marks.airline.clone()),
            ("language seen", languages, &|marks| marks.language.clone()),
        ];
        groups.into_iter().flat_map(|group| self.slices_of(group)).collect()
    }

    fn slices_of(&self, (group, names, name_of): Group<'_>) -> Vec<Slice> {
        let own: Vec<Option<String>> = self.marks.iter().map(|marks| name_of(marks)).collect();
        let slices: Vec<Slice> = names
            .into_iter()
            .filter_map(|name| {
                let rows = || (0..own.len()).filter(|&row| own[row].as_ref() == Some(&name));
                let n = rows().count();
                let right = rows().filter(|&row| self.judgements.is_right(row)).count();
                let share = if n == 0 { 0.0 } else { right as f64 / n as f64 };
                let accuracy = Figure::new(share, wilson(share, n), n as u64);
                (accuracy.n >= LEAST_ROWS).then_some(Slice { group, name, accuracy })
            })
            .collect();
        // A single slice is the whole again.
        if slices.len() < 2 { Vec::new() } else { slices }
    }

    fn names_of(&self, name: impl Fn(&Marks) -> Option<String>) -> Vec<String> {
        let mut names: Vec<String> = self.marks.iter().filter_map(|marks| name(marks)).collect();
        names.sort();
        names.dedup();
        names
    }
}

/// What rows are told apart by, the names in their order, and which of them a row has.
type Group<'a> = (&'static str, Vec<String>, &'a dyn Fn(&Marks) -> Option<String>);

/// Shares that sum to 1: what the others leave is given up. Even ones where nothing is left.
fn shared_out(shares: &[f32]) -> Vec<f32> {
    let sum: f32 = shares.iter().sum();
    let even = 1.0 / shares.len() as f32;
    shares.iter().map(|share| if sum > 0.0 { share / sum } else { even }).collect()
}
