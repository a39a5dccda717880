//! Why a tweet to an airline complains.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What a negative tweet to an airline is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Reason {
    /// The flight itself: seats, food, screens, delays on the ground inside the aircraft.
    BadFlight,
    /// The flight was cancelled.
    CancelledFlight,
    /// Nobody answers, or the answer is no help.
    CustomerService,
    /// The luggage arrived broken.
    DamagedLuggage,
    /// The crew on board.
    FlightAttendants,
    /// Booking, changing, paying, the web site.
    FlightBooking,
    /// The flight was late.
    LateFlight,
    /// Queues at the airport.
    LongLines,
    /// The luggage did not arrive.
    LostLuggage,
}

impl Reason {
    /// All reasons, in the order of every array of their probabilities.
    pub const ALL: [Self; 9] = [
        Self::BadFlight,
        Self::CancelledFlight,
        Self::CustomerService,
        Self::DamagedLuggage,
        Self::FlightAttendants,
        Self::FlightBooking,
        Self::LateFlight,
        Self::LongLines,
        Self::LostLuggage,
    ];

    /// The name used in JSON, SQL, files and bundles.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadFlight => "bad_flight",
            Self::CancelledFlight => "cancelled_flight",
            Self::CustomerService => "customer_service",
            Self::DamagedLuggage => "damaged_luggage",
            Self::FlightAttendants => "flight_attendants",
            Self::FlightBooking => "flight_booking",
            Self::LateFlight => "late_flight",
            Self::LongLines => "long_lines",
            Self::LostLuggage => "lost_luggage",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is no reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no reason of a complaint")]
pub struct UnknownReason(pub String);

impl FromStr for Reason {
    type Err = UnknownReason;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|reason| reason.as_str() == word)
            .ok_or_else(|| UnknownReason(word.chars().take(40).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_read_back_from_its_name() {
        for (index, reason) in Reason::ALL.into_iter().enumerate() {
            assert_eq!(reason.as_str().parse(), Ok(reason));
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
            assert_eq!(reason as usize, index);
        }
        assert!("can't tell".parse::<Reason>().is_err());
    }
}
