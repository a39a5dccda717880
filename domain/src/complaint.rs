//! The reason of a complaint, and how sure it is.

use serde::{Deserialize, Serialize};

use crate::Reason;

/// What a negative text complains of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Complaint {
    /// The most probable reason.
    pub reason: Reason,
    /// Its calibrated probability, 0 to 1.
    pub confidence: f32,
}

impl Complaint {
    /// The most probable of `reasons`, which stand in the order of [`Reason::ALL`]; of equal ones
    /// the first. `None` if none is more probable than `other`, the probability that it is no
    /// reason that the model knows.
    #[must_use]
    pub fn most_probable(reasons: [f32; Reason::ALL.len()], other: f32) -> Option<Self> {
        let mut best: Option<Self> = None;
        for (reason, confidence) in Reason::ALL.into_iter().zip(reasons) {
            if confidence > best.map_or(other, |best| best.confidence) {
                best = Some(Self { reason, confidence });
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason_of(reasons: [f32; 9], other: f32) -> Option<Reason> {
        Complaint::most_probable(reasons, other).map(|complaint| complaint.reason)
    }

    #[test]
    fn the_most_probable_reason_is_given_unless_none_is_more_probable() {
        let mut reasons = [0.05; 9];
        reasons[Reason::LateFlight as usize] = 0.35;
        assert_eq!(reason_of(reasons, 0.25), Some(Reason::LateFlight));
        assert_eq!(reason_of(reasons, 0.35), None);
        assert_eq!(reason_of([0.1; 9], 0.0), Some(Reason::BadFlight));
    }
}
