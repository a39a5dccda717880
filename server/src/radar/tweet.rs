//! A tweet as the stream gives it, and what the model adds.

use domain::{Label, Prediction, Reason, Tweet};
use jiff::Timestamp;
use radar::Observation;

/// A tweet of the stream.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// When it was written.
    pub at: Timestamp,
    /// What it is about.
    pub watch: String,
    /// Who wrote it, if that is told.
    pub author: Option<String>,
    /// Its text, empty if it is not told.
    pub text: String,
    /// Its label, if it is told; else the model says it.
    pub label: Option<Label>,
    /// Its reason.
    pub reason: GivenReason,
    /// What the model is to read, if it is to.
    pub asked: Option<Tweet>,
}

/// What a stream says of the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenReason {
    /// This one, in its own words, or that there is none.
    Told(Option<String>),
    /// Nothing: the model says it.
    Untold,
}

impl Given {
    /// What the model is to read of it.
    pub const fn asks(&self) -> Option<&Tweet> {
        self.asked.as_ref()
    }

    /// Takes over what is not told.
    pub fn judge(&mut self, prediction: &Prediction) {
        self.label.get_or_insert(prediction.label);
        if self.reason == GivenReason::Untold {
            let reason = prediction.complaint.map(|complaint| complaint.reason);
            self.reason = GivenReason::Told(reason.map(Reason::as_str).map(str::to_owned));
        }
    }

    /// As the radar takes it.
    pub fn observation(&self) -> Observation<'_> {
        let reason = match &self.reason {
            GivenReason::Told(reason) => reason.as_deref(),
            GivenReason::Untold => None,
        };
        Observation {
            at: self.at,
            watch: &self.watch,
            author: self.author.as_deref(),
            text: &self.text,
            label: self.label.unwrap_or(Label::Neutral),
            reason,
        }
    }
}
