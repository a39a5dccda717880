//! Small streams, the same every time.

use domain::Label;
use jiff::Timestamp;
use radar::{Detector, Incident, Notice, Observation, Radar};

/// A tweet that owns its parts.
#[derive(Clone, Debug)]
pub struct Tweet {
    pub second: i64,
    pub author: String,
    pub text: String,
    pub label: Label,
    pub reason: Option<&'static str>,
}

impl Tweet {
    pub fn observation(&self) -> Observation<'_> {
        Observation {
            at: Timestamp::from_second(self.second).unwrap(),
            watch: "w",
            author: Some(&self.author),
            text: &self.text,
            label: self.label,
            reason: self.reason,
        }
    }
}

/// Numbers that look random (splitmix64).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let value = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

pub const HOUR: i64 = 3600;
pub const DAY: i64 = 24 * HOUR;
const REASONS: [&str; 4] = ["late_flight", "lost_luggage", "customer_service", "bad_flight"];

/// Tweets of `from..to` (seconds), about `an_hour` of them an hour, `percent` of them negative.
pub fn usual(numbers: &mut Numbers, from: i64, to: i64, an_hour: i64, percent: u64) -> Vec<Tweet> {
    let count = (to - from) * an_hour / HOUR;
    let mut tweets: Vec<Tweet> = (0..count)
        .map(|_| {
            let second = from + numbers.below((to - from) as u64) as i64;
            let label = match numbers.below(100) {
                roll if roll < percent => Label::Negative,
                roll if roll % 2 == 0 => Label::Neutral,
                _ => Label::Positive,
            };
            let reason = (label == Label::Negative).then(|| REASONS[numbers.below(4) as usize]);
            tweet(numbers, second, label, reason)
        })
        .collect();
    tweets.sort_by_key(|tweet| tweet.second);
    tweets
}

/// Another author's tweet of other words.
pub fn tweet(
    numbers: &mut Numbers,
    second: i64,
    label: Label,
    reason: Option<&'static str>,
) -> Tweet {
    let mut word = || format!("w{}", letters(numbers.below(20_000)));
    let text = format!("{} {} {} {} {} {}", word(), word(), word(), word(), word(), word());
    Tweet { second, author: format!("a{}", numbers.next()), text, label, reason }
}

fn letters(number: u64) -> String {
    number.to_string().bytes().map(|digit| char::from(b'a' + digit - b'0')).collect()
}

/// Ten usual days and, on the last, six hours with three times the negatives, of one reason.
pub fn with_incident(seed: u64) -> Vec<Tweet> {
    let mut numbers = Numbers(seed);
    let mut tweets = usual(&mut numbers, 0, 10 * DAY, 60, 30);
    let begin = 9 * DAY + 8 * HOUR;
    for _ in 0..6 * 36 {
        let second = begin + numbers.below(6 * HOUR as u64) as i64;
        tweets.push(tweet(&mut numbers, second, Label::Negative, Some("cancelled_flight")));
    }
    tweets.sort_by_key(|tweet| tweet.second);
    tweets
}

/// Everything that the radar says of `tweets`.
pub fn notices(tweets: &[Tweet]) -> Vec<Notice> {
    let mut radar = Radar::default();
    let mut notices = Vec::new();
    for tweet in tweets {
        radar.observe(&tweet.observation(), &mut notices);
    }
    radar.finish(&mut notices);
    notices
}

/// The incidents in `tweets`, as they are at their end.
pub fn incidents(tweets: &[Tweet]) -> Vec<Incident> {
    let closed = notices(tweets).into_iter().filter_map(|notice| match notice {
        Notice::Closed(incident) => Some(incident),
        Notice::Opened(_) => None,
    });
    closed.collect()
}
