//! How fast tweets are sent.

use std::{str::FromStr, time::Duration};

use jiff::Timestamp;
use tokio::time::Instant;

/// How fast time goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Speed {
    /// As fast as they are taken.
    Max,
    /// So many times as fast as they were written.
    Times(f64),
}

/// A text that is no speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write `max`, or how many times as fast as they were written, such as `60x`")]
pub struct NoSpeed;

impl FromStr for Speed {
    type Err = NoSpeed;

    fn from_str(text: &str) -> Result<Self, NoSpeed> {
        if text == "max" {
            return Ok(Self::Max);
        }
        let times: f64 = text.strip_suffix('x').unwrap_or(text).parse().map_err(|_| NoSpeed)?;
        if times.is_finite() && times > 0.0 { Ok(Self::Times(times)) } else { Err(NoSpeed) }
    }
}

/// When each tweet is due, counted from the first.
pub struct Pace {
    speed: Speed,
    start: Instant,
    first: Option<Timestamp>,
}

impl Pace {
    /// The first tweet is due at `start`.
    pub const fn new(speed: Speed, start: Instant) -> Self {
        Self { speed, start, first: None }
    }

    /// When a tweet that was written at `at` is due; `None` if at once.
    pub fn due(&mut self, at: Timestamp) -> Option<Instant> {
        let Speed::Times(times) = self.speed else { return None };
        let first = *self.first.get_or_insert(at);
        let after = at.duration_since(first).as_secs_f64() / times;
        let after = Duration::try_from_secs_f64(after).unwrap_or(Duration::ZERO);
        self.start.checked_add(after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speed_is_max_or_a_number_of_times() {
        assert_eq!("max".parse(), Ok(Speed::Max));
        assert_eq!("60x".parse(), Ok(Speed::Times(60.0)));
        assert_eq!("0.5".parse(), Ok(Speed::Times(0.5)));
        for text in ["", "x", "0x", "-1x", "fast", "infx", "NaN"] {
            assert_eq!(text.parse::<Speed>(), Err(NoSpeed), "{text}");
        }
    }

    #[test]
    fn at_sixty_times_a_minute_is_a_second() {
        let start = Instant::now();
        let at = |seconds: i64| Timestamp::from_second(1_700_000_000 + seconds).unwrap();
        let mut pace = Pace::new(Speed::Times(60.0), start);
        assert_eq!(pace.due(at(0)), Some(start));
        assert_eq!(pace.due(at(60)), Some(start + Duration::from_secs(1)));
        assert_eq!(pace.due(at(-60)), Some(start), "what is late is due at once");
        assert_eq!(Pace::new(Speed::Max, start).due(at(60)), None);
    }
}
