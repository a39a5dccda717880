//! The radar: a stream of judged tweets in, incidents out. What Vigie exists for: seeing bad buzz
//! before it is news.

mod active;
mod arrival;
mod baseline;
mod bucket;
mod cause;
mod dampening;
mod detectors;
mod driving;
mod incident;
mod observation;
mod reasons;
pub mod rules;
mod settings;
mod watch;

use std::{borrow::Cow, collections::BTreeMap};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use bucket::REASONS;
pub use domain::{DrivingTweet, Incident, Severity};
pub use incident::Notice;
pub use observation::Observation;
pub use settings::Settings;
use watch::Watch;

/// Whatever finds incidents in a stream.
pub trait Detector {
    /// Takes in one tweet; what it brings about goes to `notices`.
    fn observe(&mut self, tweet: &Observation<'_>, notices: &mut Vec<Notice>);

    /// Ends the stream: what is open is closed.
    fn finish(&mut self, notices: &mut Vec<Notice>);
}

/// What a watch usually gets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usual {
    /// Tweets an hour.
    pub tweets_an_hour: f64,
    /// Of them the share of negative ones.
    pub negative_share: f64,
}

/// A watch whose newest tweet is older has a time of its own.
const LIVE: SignedDuration = SignedDuration::from_hours(12);

/// All watches. Write it with serde and read it back, and it goes on as if nothing had been.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Radar {
    settings: Settings,
    /// Watches with a threshold of their own.
    #[serde(default)]
    thresholds: BTreeMap<String, f64>,
    watches: BTreeMap<String, Watch>,
}

impl Radar {
    /// With other settings than the tuned ones.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings, ..Self::default() }
    }

    /// Evidence, in nats, that an incident of `watch` takes from now on; `None` for that of the settings.
    pub fn set_threshold(&mut self, watch: &str, threshold: Option<f64>) {
        match threshold {
            Some(threshold) => self.thresholds.insert(watch.to_owned(), threshold),
            None => self.thresholds.remove(watch),
        };
    }

    /// Lets time pass without tweets, as a clock does in a live service, for the watches that had one in the
    /// twelve hours before `now`: a stream that is told long after it happened has a time of its own.
    pub fn advance(&mut self, now: Timestamp, notices: &mut Vec<Notice>) {
        let is_live =
            |watch: &Watch| watch.newest().is_some_and(|newest| now.duration_since(newest) < LIVE);
        for (name, watch) in self.watches.iter_mut().filter(|(_, watch)| is_live(watch)) {
            let settings = settings_of(&self.settings, &self.thresholds, name);
            watch.advance(&settings, now, notices);
        }
    }

    /// Forgets the watches of other names than those that `is_kept` keeps.
    pub fn retain(&mut self, mut is_kept: impl FnMut(&str) -> bool) {
        self.watches.retain(|name, _| is_kept(name));
        self.thresholds.retain(|name, _| is_kept(name));
    }

    /// The incidents that go on, as far as known.
    pub fn open(&self) -> impl Iterator<Item = &Incident> {
        self.watches.values().filter_map(Watch::open)
    }

    /// What is usual for a watch in the hour of `at`, by what was learnt so far; `None` before it
    /// has seen enough to have incidents.
    #[must_use]
    pub fn usual(&self, watch: &str, at: Timestamp) -> Option<Usual> {
        self.watches.get(watch)?.usual(&self.settings, at)
    }

    /// Tweets that came more than six hours late, and tweets whose clock was ahead of all others.
    #[must_use]
    pub fn not_counted(&self) -> (u64, u64) {
        self.watches
            .values()
            .map(Watch::not_counted)
            .fold((0, 0), |sum, watch| (sum.0 + watch.0, sum.1 + watch.1))
    }
}

impl Detector for Radar {
    fn observe(&mut self, tweet: &Observation<'_>, notices: &mut Vec<Notice>) {
        let watch = match self.watches.get_mut(tweet.watch) {
            Some(watch) => watch,
            None => self.watches.entry(tweet.watch.to_owned()).or_default(),
        };
        let settings = settings_of(&self.settings, &self.thresholds, tweet.watch);
        watch.observe(&settings, tweet, notices);
    }

    fn finish(&mut self, notices: &mut Vec<Notice>) {
        for watch in self.watches.values_mut() {
            watch.finish(notices);
        }
    }
}

/// The settings with a watch's own threshold, if it has one.
fn settings_of<'a>(
    settings: &'a Settings,
    thresholds: &BTreeMap<String, f64>,
    watch: &str,
) -> Cow<'a, Settings> {
    match thresholds.get(watch) {
        None => Cow::Borrowed(settings),
        Some(&threshold) => Cow::Owned(Settings { threshold, ..settings.clone() }),
    }
}
