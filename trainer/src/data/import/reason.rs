//! The reasons of complaints as the airline set writes them.

use anyhow::{Context, Result, bail, ensure};
use domain::Reason;

use crate::data::GivenReason;

/// The reason in `cell`, which `confidence` of the people asked gave. A cell that is empty or
/// says that nobody could tell holds none.
pub fn reason(cell: &str, confidence: &str) -> Result<Option<GivenReason>> {
    let reason = match cell {
        "" | "Can't Tell" => return Ok(None),
        "Bad Flight" => Reason::BadFlight,
        "Cancelled Flight" => Reason::CancelledFlight,
        "Customer Service Issue" => Reason::CustomerService,
        "Damaged Luggage" => Reason::DamagedLuggage,
        "Flight Attendant Complaints" => Reason::FlightAttendants,
        "Flight Booking Problems" => Reason::FlightBooking,
        "Late Flight" => Reason::LateFlight,
        "longlines" => Reason::LongLines,
        "Lost Luggage" => Reason::LostLuggage,
        other => match other.parse() {
            Ok(reason) => reason,
            Err(_) => bail!("“{other}” is no reason of the airline set"),
        },
    };
    let confidence = match confidence {
        "" => 1.0,
        number => number
            .parse::<f32>()
            .with_context(|| format!("the confidence “{number}” is no number"))?,
    };
    ensure!((0.0..=1.0).contains(&confidence), "the confidence {confidence} is not from 0 to 1");
    Ok(Some(GivenReason { reason, confidence }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_read_in_the_set_s_words_and_in_ours() {
        let late = GivenReason { reason: Reason::LateFlight, confidence: 0.7 };
        assert_eq!(reason("Late Flight", "0.7").unwrap(), Some(late));
        assert_eq!(reason("late_flight", "0.7").unwrap(), Some(late));
        assert_eq!(reason("longlines", "").unwrap().unwrap().confidence, 1.0);
    }

    #[test]
    fn what_nobody_could_tell_is_no_reason() {
        assert_eq!(reason("", "").unwrap(), None);
        assert_eq!(reason("Can't Tell", "0.6").unwrap(), None);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for (cell, confidence) in [("Late", "1"), ("Late Flight", "much"), ("Late Flight", "2")] {
            assert!(reason(cell, confidence).is_err(), "{cell} {confidence}");
        }
    }
}
