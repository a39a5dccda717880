//! How a source is doing, for people.

use std::sync::{Mutex, PoisonError};

use domain::{ReadBudget, SourceReport, SourceState, WaitingReason};

use super::SourceError;
use crate::clock;

/// Written by who follows a source, read by who asks.
pub struct Report(Mutex<SourceReport>);

impl Report {
    pub fn new(source: &str, monthly_reads: Option<u64>) -> Self {
        Self(Mutex::new(SourceReport {
            source: source.to_owned(),
            state: SourceState::Waiting,
            since: clock::now(),
            reason: Some(WaitingReason::Starting),
            detail: None,
            tweets: 0,
            garbled: 0,
            last_at: None,
            budget: monthly_reads.map(|of| ReadBudget { read: 0, of }),
        }))
    }

    /// As it is now.
    pub fn now(&self) -> SourceReport {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// It is connected; `detail` is what it does not take of what it is asked for.
    pub fn follows(&self, detail: Option<String>) {
        self.change(|report| set(report, SourceState::Followed, None, detail));
    }

    /// Nothing keeps it from being as it was `before`.
    pub fn is_as(&self, before: &SourceReport) {
        let SourceReport { state, reason, detail, .. } = before.clone();
        self.change(|report| set(report, state, reason, detail));
    }

    /// It cannot be followed; gives whether that is new.
    pub fn fails(&self, error: &SourceError) -> bool {
        let reason =
            if error.is_refusal() { WaitingReason::Refused } else { WaitingReason::Unreachable };
        self.wait(reason, Some(error.to_string()))
    }

    /// It has to wait, without an error.
    pub fn waits(&self, reason: WaitingReason) {
        self.wait(reason, None);
    }

    fn wait(&self, reason: WaitingReason, detail: Option<String>) -> bool {
        self.change(|report| {
            let is_new = (report.reason, &report.detail) != (Some(reason), &detail);
            set(report, SourceState::Waiting, Some(reason), detail);
            is_new
        })
    }

    /// So many tweets came, and messages that are not understood; `read` in this month in all.
    pub fn came(&self, tweets: u64, garbled: u64, read: u64) {
        self.change(|report| {
            report.tweets += tweets;
            report.garbled += garbled;
            report.last_at = (tweets > 0).then(clock::now).or(report.last_at);
            if let Some(budget) = &mut report.budget {
                budget.read = read;
            }
        });
    }

    fn change<T>(&self, change: impl FnOnce(&mut SourceReport) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn set(
    report: &mut SourceReport,
    state: SourceState,
    reason: Option<WaitingReason>,
    detail: Option<String>,
) {
    if report.state != state {
        (report.state, report.since) = (state, clock::now());
    }
    (report.reason, report.detail) = (reason, detail);
}
