//! What one visit has learnt from the service's answers: analyses, corrections, and whether it answers.

use domain::{Analysis, AnalysisId, Label, Prediction};
use leptos::prelude::*;

use crate::ApiError;

/// The reader's desk: shared by all pages of one visit, filled by answers alone.
#[derive(Clone, Copy)]
pub struct Desk {
    visit: RwSignal<Visit>,
    trouble: RwSignal<Option<Result<(), ApiError>>>,
}

impl Desk {
    /// An empty desk.
    pub fn new() -> Self {
        Self { visit: RwSignal::default(), trouble: RwSignal::default() }
    }

    /// The desk of this visit.
    pub fn here() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// Puts the answer to a new text on the desk.
    pub fn analysed(&self, answer: &Result<Analysis, ApiError>) {
        self.trouble.set(Some(answer.as_ref().map(drop).map_err(Clone::clone)));
        if let Ok(analysis) = answer {
            self.visit.update(|visit| visit.analysed(analysis.clone()));
        }
    }

    /// Puts the answer to a correction on the desk.
    pub fn corrected(&self, answer: &Result<Analysis, ApiError>) {
        self.trouble.set(Some(answer.as_ref().map(drop).map_err(Clone::clone)));
        if let Ok(analysis) = answer {
            self.visit.update(|visit| visit.keep(analysis.clone()));
        }
    }

    /// Counts a verdict that was given on the reader's device; no more of it is kept.
    pub fn read_on_device(&self, prediction: Prediction) {
        self.visit.update(|visit| visit.on_device.push(prediction));
    }

    /// How the last request went; `None` before the first.
    pub fn last_outcome(&self) -> Option<Result<(), ApiError>> {
        self.trouble.get()
    }

    /// Reads the visit; what reads it is told of every change.
    pub fn with<T>(&self, read: impl FnOnce(&Visit) -> T) -> T {
        self.visit.with(read)
    }

    /// Reads the visit as it is now.
    pub fn glance<T>(&self, read: impl FnOnce(&Visit) -> T) -> T {
        self.visit.with_untracked(read)
    }
}

/// The analyses of one visit.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    /// Made in this visit, oldest first.
    made: Vec<AnalysisId>,
    /// Everything that an answer brought, as it was last heard of.
    latest: Vec<Analysis>,
    /// Verdicts given on the reader's device, oldest first.
    on_device: Vec<Prediction>,
}

/// The session card: what was read in this visit, by the service or on the device.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// How many tweets.
    pub count: usize,
    /// Their mean confidence, 0 to 1; 0 without any.
    pub mean_confidence: f32,
    /// How many of each label, in the order of [`Label::ALL`].
    pub labels: [usize; 3],
}

impl Visit {
    fn analysed(&mut self, analysis: Analysis) {
        self.made.push(analysis.id);
        self.keep(analysis);
    }

    fn keep(&mut self, analysis: Analysis) {
        match self.latest.iter_mut().find(|kept| kept.id == analysis.id) {
            Some(kept) => *kept = analysis,
            None => self.latest.push(analysis),
        }
    }

    /// An analysis as it was last heard of in this visit.
    pub fn latest(&self, id: AnalysisId) -> Option<&Analysis> {
        self.latest.iter().find(|kept| kept.id == id)
    }

    /// The newest `limit` analyses, newest first, given those that the page was `loaded` with.
    pub fn recent(&self, loaded: &[Analysis], limit: usize) -> Vec<Analysis> {
        let made = self.made.iter().rev().filter_map(|id| self.latest(*id));
        let older = loaded.iter().filter(|old| !self.made.contains(&old.id));
        let older = older.map(|old| self.latest(old.id).unwrap_or(old));
        made.chain(older).take(limit).cloned().collect()
    }

    /// What was read in this visit, in numbers.
    pub fn summary(&self) -> Summary {
        let made = self.made.iter().filter_map(|id| self.latest(*id));
        let made = made.map(|analysis| &analysis.prediction);
        let read: Vec<&Prediction> = made.chain(&self.on_device).collect();
        let count = read.len();
        let confidence: f32 = read.iter().map(|prediction| prediction.confidence).sum();
        let of = |label| read.iter().filter(|prediction| prediction.label == label).count();
        Summary {
            count,
            mean_confidence: confidence / count.max(1) as f32,
            labels: Label::ALL.map(of),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{Feedback, ModelId, Reviewer};
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;

    fn analysis(number: u128, probabilities: [f32; 3]) -> Analysis {
        Analysis {
            id: AnalysisId(Uuid::from_u128(number)),
            text: Some(format!("text {number}")),
            prediction: Prediction::new(probabilities.into(), 1.0, None),
            model: ModelId { name: "bilstm".to_owned(), version: "0".to_owned() },
            created_at: Timestamp::UNIX_EPOCH,
            duration_us: 300,
            feedback: None,
        }
    }

    fn corrected(mut analysis: Analysis, label: Label) -> Analysis {
        let reviewer = Reviewer::local();
        analysis.feedback = Some(Feedback { label, at: Timestamp::UNIX_EPOCH, reviewer });
        analysis
    }

    #[test]
    fn a_new_analysis_stands_before_what_was_loaded() {
        let mut visit = Visit::default();
        visit.analysed(analysis(3, [0.9, 0.1, 0.0]));
        visit.analysed(analysis(4, [0.1, 0.9, 0.0]));
        let loaded = [analysis(2, [0.9, 0.1, 0.0]), analysis(1, [0.9, 0.1, 0.0])];
        let ids: Vec<_> = visit.recent(&loaded, 3).iter().map(|a| a.id.0.as_u128()).collect();
        assert_eq!(ids, [4, 3, 2]);
    }

    #[test]
    fn a_reload_that_brings_the_visit_s_own_analyses_doubles_none() {
        let mut visit = Visit::default();
        visit.analysed(analysis(1, [0.9, 0.1, 0.0]));
        assert_eq!(visit.recent(&[analysis(1, [0.9, 0.1, 0.0])], 20).len(), 1);
    }

    #[test]
    fn a_correction_shows_in_the_history_and_leaves_the_session_as_it_was() {
        let mut visit = Visit::default();
        let old = analysis(1, [0.9, 0.1, 0.0]);
        visit.keep(corrected(old.clone(), Label::Positive));
        assert_eq!(visit.recent(&[old], 20)[0].agreed(), Some(false));
        assert_eq!(visit.summary(), Summary::default());
    }

    #[test]
    fn the_summary_counts_each_label_and_averages_the_confidence() {
        let mut visit = Visit::default();
        visit.analysed(analysis(1, [0.9, 0.1, 0.0]));
        visit.on_device.push(Prediction::new([0.1, 0.2, 0.7].into(), 1.0, None));
        let summary = visit.summary();
        assert_eq!((summary.count, summary.labels), (2, [1, 0, 1]));
        assert!((summary.mean_confidence - 0.8).abs() < 1e-6);
    }
}
