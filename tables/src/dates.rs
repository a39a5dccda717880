//! Dates as exports write them.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    fmt::strtime::BrokenDownTime,
    tz::TimeZone,
};

/// Patterns that mean the same everywhere.
const COMMON: [&str; 9] = [
    "%Y-%m-%d %H:%M:%S %z",
    // The network's own interface.
    "%a %b %d %H:%M:%S %z %Y",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%a %b %d %H:%M:%S %Y",
    "%Y-%m-%dT%H:%M",
];

const DAY_FIRST: [&str; 8] = [
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
];

const MONTH_FIRST: [&str; 6] = [
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m-%d-%Y",
];

/// Reads the dates of one column. What tells no zone is taken as UTC.
#[derive(Clone, Debug)]
pub struct Dates {
    patterns: Vec<&'static str>,
}

impl Dates {
    /// Of a column where `03/04/2024` is in April if the day comes first, else in March.
    #[must_use]
    pub fn new(day_first: bool) -> Self {
        let (local, other): (&[_], &[_]) = if day_first {
            (&DAY_FIRST, &MONTH_FIRST[..0])
        } else {
            (&MONTH_FIRST, &DAY_FIRST[3..6])
        };
        Self { patterns: [&COMMON[..], local, other].concat() }
    }

    /// The moment that `cell` tells. The pattern that fitted is tried first from then on.
    pub fn read(&mut self, cell: &str) -> Option<Timestamp> {
        let cell = cell.trim();
        if cell.len() < 8 || cell.len() > 40 || !cell.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if cell.bytes().all(|byte| byte.is_ascii_digit()) {
            return seconds(cell);
        }
        if cell.as_bytes().get(4) == Some(&b'-') {
            let standard = cell.parse::<Timestamp>().ok();
            let civil = || cell.parse::<DateTime>().ok().and_then(in_utc);
            if let Some(moment) = standard.or_else(civil) {
                return Some(moment);
            }
        }
        let without_zone = without_zone_name(cell);
        let cell = without_zone.as_deref().unwrap_or(cell);
        let place = self.patterns.iter().position(|pattern| moment(pattern, cell).is_some())?;
        self.patterns[..=place].rotate_right(1);
        moment(self.patterns[0], cell)
    }
}

fn moment(pattern: &str, cell: &str) -> Option<Timestamp> {
    let parts = BrokenDownTime::parse(pattern, cell).ok()?;
    if parts.offset().is_some() {
        return parts.to_timestamp().ok();
    }
    let datetime = parts.to_datetime().ok();
    datetime.or_else(|| parts.to_date().ok().map(Date::into)).and_then(in_utc)
}

fn in_utc(datetime: DateTime) -> Option<Timestamp> {
    Some(datetime.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

/// Seconds or milliseconds since 1970, by the number of digits.
fn seconds(cell: &str) -> Option<Timestamp> {
    let number: i64 = cell.parse().ok()?;
    match cell.len() {
        10 => Timestamp::from_second(number).ok(),
        13 => Timestamp::from_millisecond(number).ok(),
        _ => None,
    }
}

/// `Mon Apr 06 22:19:45 PDT 2009` without its zone, whose name does not say where it is.
fn without_zone_name(cell: &str) -> Option<String> {
    let mut words: Vec<&str> = cell.split(' ').collect();
    let is_name =
        |word: &&str| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    if words.len() != 6 || !words.get(4).is_some_and(is_name) {
        return None;
    }
    words.remove(4);
    Some(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str, day_first: bool) -> String {
        Dates::new(day_first)
            .read(cell)
            .map_or_else(|| "none".to_owned(), |moment| moment.to_string())
    }

    #[test]
    fn dates_are_read_as_exports_write_them() {
        for (cell, moment) in [
            ("2015-02-24T11:35:52Z", "2015-02-24T11:35:52Z"),
            ("2015-02-24 11:35:52 -0800", "2015-02-24T19:35:52Z"),
            ("2015-02-24 11:35:52", "2015-02-24T11:35:52Z"),
            ("2015-02-24 11:35", "2015-02-24T11:35:00Z"),
            ("2015-02-24", "2015-02-24T00:00:00Z"),
            ("Wed Oct 10 20:19:24 +0000 2018", "2018-10-10T20:19:24Z"),
            ("Mon Apr 06 22:19:45 PDT 2009", "2009-04-06T22:19:45Z"),
            ("1424806552", "2015-02-24T19:35:52Z"),
            ("1424806552000", "2015-02-24T19:35:52Z"),
            ("24/02/2015 11:35", "2015-02-24T11:35:00Z"),
            ("late again", "none"),
            ("12345678", "none"),
        ] {
            assert_eq!(read(cell, true), moment, "{cell}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_is_the_column_s() {
        assert_eq!(read("03/04/2024", true), "2024-04-03T00:00:00Z");
        assert_eq!(read("03/04/2024", false), "2024-03-04T00:00:00Z");
        assert_eq!(read("02/24/2015 01:35:52 PM", false), "2015-02-24T13:35:52Z");
    }
}
