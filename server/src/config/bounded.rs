//! Whole numbers within bounds, read alike from a flag, a variable and a file.

use std::{
    fmt::{self, Display},
    str::FromStr,
    time::Duration,
};

use serde::Deserialize;

/// A whole number from `MIN` to `MAX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub struct Bounded<const MIN: u32, const MAX: u32>(u32);

/// Up to a hundred years.
pub type Days = Bounded<1, 36_500>;

/// Up to 64 MiB.
pub type Bytes = Bounded<1, 67_108_864>;

/// How many of something there may be at a time.
pub type Count = Bounded<1, 65_536>;

/// How many threads there are.
pub type Threads = Bounded<1, 1024>;

/// How many of something are kept, which may be none.
pub type Entries = Bounded<0, 100_000_000>;

/// Up to 16 TiB.
pub type Gibibytes = Bounded<1, 16_384>;

/// Up to an hour.
pub type Milliseconds = Bounded<1, 3_600_000>;

/// The number is another one, or no number at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write a whole number from {min} to {max}")]
pub struct OutOfBounds {
    min: u32,
    max: u32,
}

impl<const MIN: u32, const MAX: u32> Bounded<MIN, MAX> {
    const OUT_OF_BOUNDS: OutOfBounds = OutOfBounds { min: MIN, max: MAX };

    /// `VALUE`, whose bounds the compiler checks.
    #[must_use]
    pub const fn of<const VALUE: u32>() -> Self {
        const { assert!(MIN <= VALUE && VALUE <= MAX) };
        Self(VALUE)
    }

    /// As a number of things in memory.
    #[must_use]
    pub const fn as_usize(self) -> usize {
        self.0 as usize
    }
}

impl Days {
    /// As a time.
    #[must_use]
    pub const fn duration(self) -> Duration {
        Duration::from_secs(self.0 as u64 * 24 * 60 * 60)
    }
}

impl Gibibytes {
    /// As a number of bytes.
    #[must_use]
    pub const fn bytes(self) -> u64 {
        (self.0 as u64) << 30
    }
}

impl Milliseconds {
    /// As a time.
    #[must_use]
    pub const fn duration(self) -> Duration {
        Duration::from_millis(self.0 as u64)
    }
}

impl<const MIN: u32, const MAX: u32> TryFrom<i64> for Bounded<MIN, MAX> {
    type Error = OutOfBounds;

    fn try_from(value: i64) -> Result<Self, OutOfBounds> {
        match u32::try_from(value) {
            Ok(value) if (MIN..=MAX).contains(&value) => Ok(Self(value)),
            _ => Err(Self::OUT_OF_BOUNDS),
        }
    }
}

impl<const MIN: u32, const MAX: u32> FromStr for Bounded<MIN, MAX> {
    type Err = OutOfBounds;

    fn from_str(text: &str) -> Result<Self, OutOfBounds> {
        text.parse::<i64>().map_err(|_| Self::OUT_OF_BOUNDS)?.try_into()
    }
}

impl<const MIN: u32, const MAX: u32> Display for Bounded<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_within_the_bounds_is_taken() {
        assert_eq!("1".parse(), Ok(Days::of::<1>()));
        assert_eq!(Days::try_from(36_500), Ok(Days::of::<36_500>()));
        assert_eq!(Days::of::<2>().duration(), Duration::from_secs(172_800));
        assert_eq!(Milliseconds::of::<1_500>().duration(), Duration::from_millis(1_500));
    }

    #[test]
    fn any_other_one_is_refused_with_the_bounds() {
        for text in ["0", "-1", "36501", "4294967297", "99999999999999999999", "1.5", "a", ""] {
            let refused = text.parse::<Days>().unwrap_err();
            assert_eq!(refused.to_string(), "write a whole number from 1 to 36500", "{text}");
        }
    }
}
