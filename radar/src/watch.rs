//! One watch: tweets in, notices out.

use domain::Label;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Incident, Notice, Observation, Settings, Usual,
    active::Active,
    arrival::{Arrival, Order},
    baseline::Baseline,
    bucket::{BUCKET_MINUTES, BUCKETS_AN_HOUR, BUCKETS_KEPT, Recent},
    dampening::{Dampening, Reading},
    detectors::{scan::scan, terms::Terms},
    driving::Driving,
    reasons::{Place, Reasons},
};

/// Hours are learnt so long after they are over: by then an incident in them is known.
const LAG_HOURS: i64 = 3;

/// The state of a watch. Its size is bounded, whatever comes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Watch {
    arrival: Arrival<Held>,
    dampening: Dampening,
    recent: Recent,
    baseline: Baseline,
    reasons: Reasons,
    terms: Terms,
    driving: Driving,
    active: Option<Active>,
    /// The first bucket that windows may reach: what is before belongs to an incident that is over.
    floor: i64,
    /// The hours of the newest incident.
    excepted: Option<(i64, i64)>,
    learnt_hour: Option<i64>,
    scanned_minute: Option<i64>,
    #[serde(skip)]
    reading: Reading,
}

/// A tweet that waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Held {
    at: Timestamp,
    author: Option<String>,
    text: String,
    label: Label,
    reason: Option<String>,
}

impl Watch {
    /// Takes in `tweet`.
    pub fn observe(
        &mut self,
        settings: &Settings,
        tweet: &Observation<'_>,
        notices: &mut Vec<Notice>,
    ) {
        match self.arrival.order(tweet.at, || Held::of(tweet)) {
            Order::This => self.count(settings, tweet, notices),
            Order::These(waiting) => {
                for held in &waiting {
                    self.count(settings, &held.observation(tweet.watch), notices);
                }
            }
            Order::Restart => {
                *self = Self::default();
                self.observe(settings, tweet, notices);
            }
            Order::Nothing => {}
        }
    }

    /// Lets time pass without a tweet: an incident may be over.
    pub fn advance(&mut self, settings: &Settings, now: Timestamp, notices: &mut Vec<Notice>) {
        if self.arrival.now().is_some_and(|newest| newest < now) {
            self.reach(settings, now, notices);
        }
    }

    /// Closes what is open: the stream is over.
    pub fn finish(&mut self, notices: &mut Vec<Notice>) {
        if let Some(active) = self.active.take() {
            notices.push(Notice::Closed(active.incident));
        }
    }

    /// The time of the newest tweet.
    pub fn newest(&self) -> Option<Timestamp> {
        self.arrival.now()
    }

    /// The incident that goes on.
    pub fn open(&self) -> Option<&Incident> {
        self.active.as_ref().map(|active| &active.incident)
    }

    /// What is usual in the hour of `at`.
    pub fn usual(&self, settings: &Settings, at: Timestamp) -> Option<Usual> {
        if !self.is_known(settings) {
            return None;
        }
        let (tweets, share) = self.baseline.expect(Recent::index_of(at.as_second()));
        let tweets_an_hour = f64::from(tweets) * BUCKETS_AN_HOUR as f64;
        Some(Usual { tweets_an_hour, negative_share: f64::from(share) })
    }

    /// Tweets that came too late to count, and those of a time that the stream did not reach.
    pub const fn not_counted(&self) -> (u64, u64) {
        (self.arrival.too_late, self.arrival.strays)
    }

    fn count(&mut self, settings: &Settings, tweet: &Observation<'_>, notices: &mut Vec<Notice>) {
        let index = Recent::index_of(tweet.at.as_second());
        let now = self.arrival.now().unwrap_or(tweet.at).max(tweet.at);
        self.reach(settings, now, notices);
        self.recent.reach_back(index, |index| self.baseline.expect(index));
        self.reading.read(tweet.text);
        if !self.dampening.admits(tweet, &self.reading) {
            return;
        }
        let is_negative = tweet.label == Label::Negative;
        let reason = tweet.reason.filter(|_| is_negative).and_then(|name| self.place(name));
        let Some(bucket) = self.recent.get_mut(index) else { return };
        bucket.tweets += 1;
        bucket.negatives += u32::from(is_negative);
        if let Some(place) = reason {
            bucket.by_reason[place] += 1;
        }
        let minute = tweet.at.as_second().div_euclid(60);
        self.terms.count(minute, tweet.text, &self.reading, is_negative);
        if let Some(active) = &mut self.active {
            active.count(index, is_negative, reason);
        }
        if is_negative {
            self.driving.keep(tweet);
            self.look(settings, tweet.watch, now, notices);
        }
    }

    /// The place at which a reason is counted.
    fn place(&mut self, name: &str) -> Option<usize> {
        match self.reasons.place(name)? {
            Place::Known(place) => Some(place),
            Place::New(place) => {
                self.recent.clear_reason(place);
                self.baseline.clear_reason(place);
                Some(place)
            }
        }
    }

    /// Begins the buckets up to `now` and learns the hours that are long over.
    fn reach(&mut self, settings: &Settings, now: Timestamp, notices: &mut Vec<Notice>) {
        let index = Recent::index_of(now.as_second());
        if self.recent.newest().is_some_and(|newest| newest >= index) {
            return;
        }
        // An incident may be over in a silence: its buckets pass one by one.
        while let (Some(_), Some(newest)) = (&self.active, self.recent.newest()) {
            let next = (newest + 1).max(index - BUCKETS_KEPT);
            if next >= index {
                break;
            }
            self.begin(settings, next, notices);
        }
        self.begin(settings, index, notices);
    }

    /// Begins the bucket `index`, after all that are before it.
    fn begin(&mut self, settings: &Settings, index: i64, notices: &mut Vec<Notice>) {
        self.recent.advance(index, |index| self.baseline.expect(index));
        let hour = index.div_euclid(BUCKETS_AN_HOUR) - LAG_HOURS;
        if self.learnt_hour.is_none_or(|learnt| learnt < hour) {
            self.learn(hour);
        }
        let Some(active) = &mut self.active else { return };
        active.pass(index, &self.recent, &self.baseline);
        if !active.is_calm() {
            active.update(&self.recent, &self.baseline, &self.reasons, &self.terms, &self.driving);
        }
        let is_long = active.hours(index) >= settings.longest_hours;
        if is_long || active.is_over(index) {
            self.close(index, is_long, notices);
        }
    }

    fn learn(&mut self, hour: i64) {
        let begin = self.active.as_ref().map(|active| active.since().div_euclid(BUCKETS_AN_HOUR));
        let excepted = self.excepted;
        self.baseline.learn(&self.recent, hour, |hour| {
            begin.is_some_and(|begin| hour >= begin)
                || excepted.is_some_and(|(begin, end)| (begin..=end).contains(&hour))
        });
        self.recent.expect(|index| self.baseline.expect(index));
        for _ in self.learnt_hour.unwrap_or(hour - 1).max(hour - 24 * 7)..hour {
            self.reasons.pass_hour();
        }
        self.learnt_hour = Some(hour);
    }

    /// Whether enough of its past is known to tell an incident.
    fn is_known(&self, settings: &Settings) -> bool {
        self.baseline.hours() >= settings.least_hours
            && self.baseline.tweets() >= settings.least_tweets
    }

    /// Looks for an incident, at most once a minute of the stream.
    fn look(
        &mut self,
        settings: &Settings,
        watch: &str,
        now: Timestamp,
        notices: &mut Vec<Notice>,
    ) {
        let second = now.as_second();
        let minute = second.div_euclid(60);
        if self.active.is_some() || !self.is_known(settings) || self.scanned_minute == Some(minute)
        {
            return;
        }
        self.scanned_minute = Some(minute);
        let (_, share) = self.baseline.expect(Recent::index_of(second));
        let bonus = settings.bonus(self.terms.evidence(f64::from(share)));
        let found = scan(&self.recent, &self.baseline, settings, bonus, self.floor, second);
        let Some(finding) = found else { return };
        let mut active = Active::open(watch, now, finding, &self.recent, &self.baseline);
        self.baseline.except_since(finding.since.div_euclid(BUCKETS_AN_HOUR));
        self.recent.expect(|index| self.baseline.expect(index));
        active.update(&self.recent, &self.baseline, &self.reasons, &self.terms, &self.driving);
        notices.push(Notice::Opened(active.incident.clone()));
        self.active = Some(active);
    }

    fn close(&mut self, index: i64, is_long: bool, notices: &mut Vec<Notice>) {
        let Some(mut active) = self.active.take() else { return };
        active.end(index);
        // Where the state has become another it is learnt, and so is what was hardly one.
        let begin = active.since().div_euclid(BUCKETS_AN_HOUR);
        if is_long || active.is_small() {
            self.baseline.accept_since(begin);
            self.recent.expect(|index| self.baseline.expect(index));
        } else {
            self.excepted = Some((begin, index.div_euclid(BUCKETS_AN_HOUR)));
        }
        self.floor = index;
        notices.push(Notice::Closed(active.incident));
    }
}

impl Held {
    fn of(tweet: &Observation<'_>) -> Self {
        Self {
            at: tweet.at,
            author: tweet.author.map(str::to_owned),
            text: tweet.text.to_owned(),
            label: tweet.label,
            reason: tweet.reason.map(str::to_owned),
        }
    }

    fn observation<'a>(&'a self, watch: &'a str) -> Observation<'a> {
        Observation {
            at: self.at,
            watch,
            author: self.author.as_deref(),
            text: &self.text,
            label: self.label,
            reason: self.reason.as_deref(),
        }
    }
}

/// The time at which the bucket `index` begins.
pub fn begin_of(index: i64) -> Timestamp {
    let second = index.saturating_mul(60 * BUCKET_MINUTES);
    Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH)
}
