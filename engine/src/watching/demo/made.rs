//! The tweets of an airline that does not exist.

use std::collections::BTreeSet;

use domain::{Label, Reason, Watch};
use jiff::{Timestamp, tz::TimeZone};

use super::{hours_after, random::Random};
use crate::watching::{Given, Incoming};

/// Tweets of one kind.
#[derive(Clone, Copy)]
struct Kind {
    label: Label,
    reason: Option<Reason>,
    templates: &'static [&'static str],
}

/// What the watch is called.
pub const NAME: &str = "Vigie Air (simulated)";
/// For the reader: a simulated watch gets nothing else.
pub const QUERY: &str = "@vigieair";

const MINUTES: i64 = 5;
/// Tweets an hour, on average over the day.
const AN_HOUR: f64 = 60.0;
/// Share of complaints and of praise on an ordinary day.
const COMPLAINTS: f64 = 0.24;
const PRAISE: f64 = 0.3;

/// Bad buzz: hours before the watch was made, how many hours it lasts, how many times the usual complaints
/// there are at its height, and of what.
const INCIDENTS: [(i64, i64, f64, Kind); 3] =
    [(9 * 24 + 5, 7, 4.0, LUGGAGE), (4 * 24 + 2, 9, 6.0, CANCELLED), (3, 8, 5.0, LATE)];
/// Afterwards one begins every so many hours.
const HOURS_BETWEEN: i64 = 61;

const LATE: Kind = Kind {
    label: Label::Negative,
    reason: Some(Reason::LateFlight),
    templates: &[
        "@vigieair {flight} is {n} hours late and nobody tells us anything",
        "still sitting at gate {gate}, @vigieair. {n} hours of delay and counting",
        "@vigieair another delay? I have missed my connection because of {flight}",
        "delayed again @vigieair, {n} hours this time. how hard can it be",
        "@vigieair your board says on time, your plane says otherwise. {flight} late, as always",
    ],
};
const CANCELLED: Kind = Kind {
    label: Label::Negative,
    reason: Some(Reason::CancelledFlight),
    templates: &[
        "@vigieair just cancelled {flight}. no hotel, no rebooking, no answer",
        "my flight was cancelled by text message while I stood in line. thanks for nothing @vigieair",
        "@vigieair {flight} cancelled and the next seat is in {n} days. are you serious",
        "cancelled. {n} hours in the queue to be told to call a number. @vigieair",
        "snow in one city and @vigieair cancels half of its flights. {flight} gone",
    ],
};
const LUGGAGE: Kind = Kind {
    label: Label::Negative,
    reason: Some(Reason::LostLuggage),
    templates: &[
        "@vigieair my bag did not arrive with {flight}, it's day {n}",
        "where is my suitcase @vigieair? {n} calls and still no trace of it",
        "@vigieair lost my luggage, and the desk at gate {gate} sent me away",
        "whole carousel empty, nobody of {flight} got their bags @vigieair",
    ],
};
const OTHER: Kind = Kind {
    label: Label::Negative,
    reason: None,
    templates: &[
        "@vigieair on hold for {n} minutes, then the line went dead",
        "the seat on {flight} was broken and the screen too @vigieair",
        "@vigieair your app took my money twice and shows no booking",
        "rude crew on {flight}. never again @vigieair",
    ],
};
const QUESTIONS: Kind = Kind {
    label: Label::Neutral,
    reason: None,
    templates: &[
        "@vigieair does {flight} leave from gate {gate}?",
        "@vigieair can I take a guitar on board?",
        "on my way to the airport, flying @vigieair {flight} tonight",
        "@vigieair which terminal is {flight} from?",
        "@vigieair do you fly to Lisbon in May?",
        "boarding {flight} now @vigieair gate {gate}",
    ],
};
const THANKS: Kind = Kind {
    label: Label::Positive,
    reason: None,
    templates: &[
        "@vigieair thank you for the lovely crew on {flight}",
        "landed {n} minutes early with @vigieair, great flight",
        "@vigieair the woman at gate {gate} was so kind, thank you!",
        "best coffee above the clouds, well done @vigieair",
        "smooth rebooking by @vigieair, thanks a lot",
    ],
};

/// The tweets of `watch` after `from` and up to `to`, the same ones whoever asks and in how many steps.
pub fn tweets(watch: &Watch, from: Timestamp, to: Timestamp) -> Vec<Incoming> {
    let width = 60 * MINUTES;
    let first = from.as_second().div_euclid(width);
    let last = to.as_second().div_euclid(width);
    let all = (first..=last).flat_map(|bucket| in_bucket(watch, bucket));
    let mut tweets: Vec<Incoming> = all.filter(|tweet| tweet.at > from && tweet.at <= to).collect();
    tweets.sort_by_key(|tweet| tweet.at);
    tweets
}

fn in_bucket(watch: &Watch, bucket: i64) -> Vec<Incoming> {
    let mut random = Random::new(bucket.cast_unsigned() ^ watch.id.0.as_u128() as u64);
    let begin = bucket * 60 * MINUTES;
    let at = Timestamp::from_second(begin).unwrap_or(watch.created_at);
    let usual = AN_HOUR * by_hour(at) * MINUTES as f64 / 60.0;
    let (times, cause) = buzz(watch, at);
    let mut kinds: Vec<Kind> = Vec::new();
    for (mean, kind) in [
        (usual * PRAISE, THANKS),
        (usual * (1.0 - PRAISE - COMPLAINTS), QUESTIONS),
        (usual * COMPLAINTS * 0.4, OTHER),
        (usual * COMPLAINTS * 0.3, LATE),
        (usual * COMPLAINTS * 0.15, CANCELLED),
        (usual * COMPLAINTS * 0.15, LUGGAGE),
        (usual * COMPLAINTS * (times - 1.0), cause),
    ] {
        kinds.extend((0..random.poisson(mean)).map(|_| kind));
    }
    let mut seconds = BTreeSet::new();
    while seconds.len() < kinds.len().min(60 * MINUTES as usize) {
        seconds.insert((random.share() * 60.0 * MINUTES as f64) as i64);
    }
    let mut tweets: Vec<Incoming> = kinds
        .into_iter()
        .zip(seconds)
        .map(|(kind, second)| tweet(begin + second, kind, &mut random))
        .collect();
    tweets.sort_by_key(|tweet| tweet.at);
    tweets
}

/// Quiet nights, busy mornings and evenings; it averages 1.
fn by_hour(at: Timestamp) -> f64 {
    let hour = f64::from(at.to_zoned(TimeZone::UTC).hour());
    1.0 + 0.6 * ((hour - 15.0) / 24.0 * std::f64::consts::TAU).cos()
}

/// How many times the usual complaints there are at `at`, and of what.
fn buzz(watch: &Watch, at: Timestamp) -> (f64, Kind) {
    let mut incidents = INCIDENTS.to_vec();
    let since = at.duration_since(watch.created_at).as_hours();
    if since > HOURS_BETWEEN {
        let number = since / HOURS_BETWEEN;
        let (_, hours, times, cause) = INCIDENTS[number.unsigned_abs() as usize % INCIDENTS.len()];
        incidents.push((-number * HOURS_BETWEEN, hours, times, cause));
    }
    let height = |(before, hours, times, cause): (i64, i64, f64, Kind)| {
        let begin = hours_after(watch.created_at, -before);
        let hour = at.duration_since(begin).as_secs_f64() / 3600.0;
        let share = hour / hours as f64;
        // It rises fast and dies away.
        let shape = if share < 0.25 { share * 4.0 } else { (1.0 - share) / 0.75 };
        (1.0 + (times - 1.0) * shape.clamp(0.0, 1.0), cause)
    };
    let all = incidents.into_iter().map(height);
    all.max_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or((1.0, OTHER))
}

fn tweet(second: i64, kind: Kind, random: &mut Random) -> Incoming {
    let text = random.one_of(kind.templates);
    let mut number = |most: f64| (1.0 + random.share() * most) as u32;
    let text = text
        .replace("{n}", &(number(7.0) + 1).to_string())
        .replace("{flight}", &format!("VG{}", 100 + number(880.0)))
        .replace(
            "{gate}",
            &format!("{}{}", ["A", "B", "C"][number(2.9) as usize - 1], number(40.0)),
        );
    let author = format!("traveller{}", number(60_000.0));
    Incoming {
        source: "simulation".to_owned(),
        source_id: Some(format!("{second}-{author}")),
        at: Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH),
        watch: Some(NAME.to_owned()),
        author: Some(author),
        text,
        label: Some(kind.label),
        confidence: 1.0,
        reason: Given::Told(kind.reason.map(|reason| reason.as_str().to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use domain::{Query, WatchId, WatchName};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn many_steps_give_what_one_does() {
        let watch = Watch {
            id: WatchId(Uuid::from_u128(7)),
            name: WatchName::parse(NAME).unwrap(),
            query: Query::parse(QUERY).unwrap(),
            is_simulated: true,
            created_at: Timestamp::from_second(1_700_000_000).unwrap(),
        };
        let [from, middle, to] = [-40, -7, 0].map(|hours| hours_after(watch.created_at, hours));
        let whole = tweets(&watch, from, to);
        let mut parts = tweets(&watch, from, middle);
        parts.extend(tweets(&watch, middle, to));
        assert_eq!(whole, parts);
        assert!((1_500..4_000).contains(&whole.len()), "{}", whole.len());
    }
}
