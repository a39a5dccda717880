//! A simulated watch, tweet by tweet.

use domain::{Label, Reason};
use jiff::Timestamp;
use radar::Observation;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::{
    confusion::{Confusion, draw},
    events::{Burst, BurstKind, Truth},
    texts::{Theme, write},
    world::{MINUTES, Plan, World},
};
use crate::random::stream;

/// The first second of every simulated stream: a Monday.
pub const BEGIN: i64 = 1_704_067_200;
/// People who write to an airline; few of them twice in a day.
const PEOPLE: u32 = 200_000;
/// Share of an incident's tweets that have its reason, that speak of its affair, and that are retweets beside them.
const OF_REASON: f64 = 0.65;
const OF_AFFAIR: f64 = 0.45;
const RETWEETS: f64 = 0.15;

/// A tweet as the radar gets it.
#[derive(Clone, Debug)]
pub struct Simulated {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub author: Option<String>,
    /// What.
    pub text: String,
    /// As it was judged.
    pub label: Label,
    /// The same.
    pub reason: Option<Reason>,
}

impl Simulated {
    /// For a detector.
    pub fn observation<'a>(&'a self, watch: &'a str) -> Observation<'a> {
        Observation {
            at: self.at,
            watch,
            author: self.author.as_deref(),
            text: &self.text,
            label: self.label,
            reason: self.reason.map(Reason::as_str),
        }
    }
}

/// A watch and what really happened in it.
pub struct Simulation {
    /// In the order in which they come.
    pub tweets: Vec<Simulated>,
    /// In order.
    pub truths: Vec<Truth>,
}

/// The `watch`th watch of the stream number `number` under `seed`.
pub fn simulate(
    world: World,
    seed: u64,
    number: u64,
    watch: usize,
    confusion: &Confusion,
) -> Simulation {
    let mut random = stream(seed, "radar", number * 64 + watch as u64);
    let plan = world.plan(&mut random, number, watch);
    let mut writer = Writer { random, plan: &plan, confusion, watch, tweets: Vec::new() };
    for minute in 0..MINUTES {
        writer.minute(minute);
    }
    plan.bursts.iter().for_each(|burst| writer.burst(burst));
    let mut tweets = writer.tweets;
    if plan.disorder > 0 {
        let mut keyed: Vec<(i64, Simulated)> = tweets
            .into_iter()
            .map(|tweet| {
                let off = writer.random.random_range(0..plan.disorder * 60_000);
                (tweet.at.as_millisecond() + off, tweet)
            })
            .collect();
        keyed.sort_by_key(|(key, _)| *key);
        tweets = keyed.into_iter().map(|(_, tweet)| tweet).collect();
    } else {
        tweets.sort_by_key(|tweet| tweet.at);
    }
    Simulation { tweets, truths: plan.truths }
}

struct Writer<'a> {
    random: ChaCha8Rng,
    plan: &'a Plan,
    confusion: &'a Confusion,
    watch: usize,
    tweets: Vec<Simulated>,
}

impl Writer<'_> {
    fn minute(&mut self, minute: i64) {
        let plan = self.plan;
        let (volume, share) =
            (f64::from(plan.volume[minute as usize]), f64::from(plan.share[minute as usize]));
        for _ in 0..poisson(&mut self.random, volume) {
            self.usual(minute, share, Theme::default());
        }
        for truth in &plan.truths {
            let rate = truth.excess(minute) * volume * share;
            for _ in 0..poisson(&mut self.random, rate) {
                self.affair(minute, truth);
            }
        }
        for campaign in &plan.campaigns {
            if !(campaign.start..campaign.start + campaign.minutes).contains(&minute) {
                continue;
            }
            let theme = Theme { hashtag: Some(campaign.hashtag), affair: None };
            for _ in 0..poisson(&mut self.random, volume * campaign.size) {
                self.usual(minute, share * campaign.negatives, theme);
                if self.random.random_bool(campaign.retweets) {
                    self.retweet_last(minute);
                }
            }
        }
    }

    fn usual(&mut self, minute: i64, share: f64, theme: Theme) {
        let label = if self.random.random_bool(share) {
            Label::Negative
        } else if self.random.random_bool(0.6) {
            Label::Neutral
        } else {
            Label::Positive
        };
        let reason = Reason::ALL.get(draw(&mut self.random, &self.plan.reasons)).copied();
        self.tweet(minute, label, reason, theme);
    }

    fn affair(&mut self, minute: i64, truth: &Truth) {
        let usual = Reason::ALL.get(draw(&mut self.random, &self.plan.reasons)).copied();
        let reason = truth.reason.filter(|_| self.random.random_bool(OF_REASON)).or(usual);
        let affair = self.random.random_bool(OF_AFFAIR).then_some(truth.affair);
        self.tweet(minute, Label::Negative, reason, Theme { affair, hashtag: None });
        if self.random.random_bool(RETWEETS) {
            self.retweet_last(minute);
        }
    }

    fn tweet(&mut self, minute: i64, label: Label, reason: Option<Reason>, theme: Theme) {
        let reason = reason.filter(|_| label == Label::Negative);
        let text = write(&mut self.random, self.watch, label, reason, theme);
        let author = self.random.random_range(0..PEOPLE);
        self.push(minute, author, text, label, reason);
    }

    fn retweet_last(&mut self, minute: i64) {
        let Some(last) = self.tweets.last() else { return };
        let author = last.author.as_deref().unwrap_or("someone");
        let text = format!("RT @{author}: {}", last.text);
        let (label, reason) = (last.label, last.reason);
        let author = self.random.random_range(0..PEOPLE);
        let at = self.time(minute);
        let author = self.plan.has_authors.then(|| format!("u{author}"));
        self.tweets.push(Simulated { at, author, text, label, reason });
    }

    fn burst(&mut self, burst: &Burst) {
        let robot = PEOPLE + self.random.random_range(0..PEOPLE);
        let reason = Some(Reason::ALL[self.random.random_range(0..Reason::ALL.len())]);
        let fixed = write(&mut self.random, self.watch, Label::Negative, reason, Theme::default());
        for number in 0..burst.tweets {
            let minute = burst.start + self.random.random_range(0..burst.minutes);
            let author = self.random.random_range(0..PEOPLE);
            let (author, text) = match burst.kind {
                BurstKind::OneAuthorOneText => (robot, format!("{fixed} {number}")),
                BurstKind::OneAuthor => (
                    robot,
                    write(&mut self.random, self.watch, Label::Negative, reason, Theme::default()),
                ),
                BurstKind::Copies => (author, fixed.clone()),
                BurstKind::Retweets => (author, format!("RT @u{robot}: {fixed}")),
            };
            // Without authors nothing tells one who writes a lot from many.
            if self.plan.has_authors || burst.kind != BurstKind::OneAuthor {
                self.push(minute, author, text, Label::Negative, reason);
            }
        }
    }

    fn push(
        &mut self,
        minute: i64,
        author: u32,
        text: String,
        label: Label,
        reason: Option<Reason>,
    ) {
        let (label, reason) = match self.plan.coin {
            None => self.confusion.say(&mut self.random, label, reason),
            Some(share) if self.random.random_bool(share) => {
                (Label::ALL[self.random.random_range(0..3)], None)
            }
            Some(_) => (label, reason),
        };
        let reason = reason.filter(|_| self.plan.has_reasons && label == Label::Negative);
        let author = self.plan.has_authors.then(|| format!("u{author}"));
        let at = self.time(minute);
        self.tweets.push(Simulated { at, author, text, label, reason });
    }

    fn time(&mut self, minute: i64) -> Timestamp {
        let millisecond = (BEGIN + minute * 60) * 1000 + self.random.random_range(0..60_000);
        Timestamp::from_millisecond(millisecond).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// A count of that mean (Knuth 1969).
fn poisson(random: &mut ChaCha8Rng, mean: f64) -> u32 {
    let (limit, mut product, mut count) = ((-mean).exp(), 1.0, 0);
    loop {
        product *= random.random::<f64>();
        if product <= limit {
            return count;
        }
        count += 1;
    }
}
