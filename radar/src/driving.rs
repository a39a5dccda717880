//! The newest negative tweets, of which an incident shows some.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::{DrivingTweet, Observation};

/// Tweets that are kept.
const KEPT: usize = 96;
/// Tweets that an incident shows.
const SHOWN: usize = 5;
/// Tweets that make a term that of a reason.
const LEAST_OF_TERM: usize = 3;

/// A bounded queue.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Driving {
    newest: VecDeque<DrivingTweet>,
}

impl Driving {
    /// Keeps `tweet` until newer ones have taken its place.
    pub fn keep(&mut self, tweet: &Observation<'_>) {
        if tweet.text.is_empty() {
            return;
        }
        if self.newest.len() == KEPT {
            self.newest.pop_front();
        }
        self.newest.push_back(DrivingTweet {
            at: tweet.at,
            author: tweet.author.map(|author| cut(author, 64)),
            text: cut(tweet.text, DrivingTweet::MOST_CHARS),
            reason: tweet.reason.map(|reason| cut(reason, 64)),
        });
    }

    /// The reason that most of the tweets with `term` have which have a reason.
    pub fn reason_of(&self, term: &str) -> Option<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let has_term = |tweet: &&DrivingTweet| tweet.text.to_lowercase().contains(term);
        let mut all = 0;
        for reason in self.newest.iter().filter(has_term).filter_map(|t| t.reason.as_deref()) {
            *counts.entry(reason).or_default() += 1;
            all += 1;
        }
        let (reason, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        (count >= LEAST_OF_TERM && 2 * count > all).then(|| reason.to_owned())
    }

    /// Of those since `second` the ones that speak most of the cause: of its reason, in its terms.
    pub fn tell(&self, second: i64, cause: &str, terms: &[String]) -> Vec<DrivingTweet> {
        let mut told: Vec<(usize, &DrivingTweet)> = self
            .newest
            .iter()
            .filter(|tweet| tweet.at.as_second() >= second)
            .map(|tweet| (telling(tweet, cause, terms), tweet))
            .collect();
        told.sort_by_key(|(telling, tweet)| (std::cmp::Reverse(*telling), tweet.at));
        told.into_iter().take(SHOWN).map(|(_, tweet)| tweet.clone()).collect()
    }
}

fn telling(tweet: &DrivingTweet, cause: &str, terms: &[String]) -> usize {
    let text = tweet.text.to_lowercase();
    let of_terms = terms.iter().filter(|term| text.contains(term.as_str())).count();
    of_terms + 2 * usize::from(tweet.reason.as_deref() == Some(cause))
}

fn cut(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}
