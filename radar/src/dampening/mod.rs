//! Which tweets count: one account with 300 posts, retweets and copies count once.

mod reading;
mod sightings;
mod typical;

use serde::{Deserialize, Serialize};

use crate::Observation;

pub use reading::{Reading, Word, hash, mix};
use sightings::Sightings;
use typical::Typical;

/// An author's or text's sightings count together for this long after the first.
const MINUTES: i64 = 6 * 60;
const AUTHOR_SLOTS: usize = 8_192;
const TEXT_SLOTS: usize = 16_384;
/// Times the usual that an author may write, or a text be written: crowds in a crisis do so.
const AUTHOR_TIMES: f64 = 3.0;
const TEXT_TIMES: f64 = 6.0;
/// Words that are compared as one.
const SHINGLE: usize = 3;
/// A text is the copy of another if most of these agree: the smallest hashes of its shingles
/// under as many orders (Broder 1997).
const SIGNATURE: usize = 3;

/// Tells the tweets that count from those that repeat.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Dampening {
    authors: Sightings,
    texts: Sightings,
    typical_author: Typical,
    typical_text: Typical,
    typical_copy: Typical,
}

impl Default for Dampening {
    fn default() -> Self {
        Self {
            authors: Sightings::new(AUTHOR_SLOTS, MINUTES),
            texts: Sightings::new(TEXT_SLOTS, MINUTES),
            typical_author: Typical::default(),
            typical_text: Typical::default(),
            typical_copy: Typical::default(),
        }
    }
}

impl Dampening {
    /// Whether `tweet`, whose text is `reading`, counts.
    pub fn admits(&mut self, tweet: &Observation<'_>, reading: &Reading) -> bool {
        let minute = tweet.at.as_second().div_euclid(60);
        let by_author = tweet.author.is_none_or(|author| {
            let sighting = self.authors.see(hash(author), minute);
            let most = self.typical_author.most(AUTHOR_TIMES);
            self.typical_author.learn(sighting, minute);
            sighting <= most
        });
        by_author & self.admits_text(reading, minute)
    }
}

impl Dampening {
    /// Whether the text is neither a copy nor nearly one, beyond what is usual of either here: a
    /// stream of a few templates has near copies of every text, and copies of none.
    fn admits_text(&mut self, reading: &Reading, minute: i64) -> bool {
        if reading.words.is_empty() {
            return true;
        }
        let mut near = signature(reading).map(|part| self.texts.see(part, minute));
        near.sort_unstable();
        let near = near[SIGNATURE / 2];
        let copy = self.texts.see(whole(reading), minute);
        if reading.is_retweet {
            return near.max(copy) == 1;
        }
        let is_usual = near <= self.typical_text.most(TEXT_TIMES)
            && copy <= self.typical_copy.most(TEXT_TIMES);
        self.typical_text.learn(near, minute);
        self.typical_copy.learn(copy, minute);
        is_usual
    }
}

/// What copies share.
fn whole(reading: &Reading) -> u64 {
    reading
        .words
        .iter()
        .fold(1, |hash: u64, word| hash.rotate_left(13).wrapping_mul(37) ^ word.hash)
}

/// What near copies share most of.
fn signature(reading: &Reading) -> [u64; SIGNATURE] {
    let mut smallest = [u64::MAX; SIGNATURE];
    let words = &reading.words;
    for shingle in words.windows(SHINGLE.min(words.len())) {
        let hash = shingle
            .iter()
            .fold(0_u64, |hash, word| hash.rotate_left(21).wrapping_mul(31) ^ word.hash);
        for (order, smallest) in (1_u64..).zip(&mut smallest) {
            let hash = mix(hash ^ order.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            *smallest = hash.min(*smallest);
        }
    }
    // The same shingle under another order is another key.
    smallest
}

#[cfg(test)]
mod tests {
    use domain::Label;
    use jiff::Timestamp;

    use super::*;

    fn admitted<'a>(tweets: impl IntoIterator<Item = (Option<&'a str>, String)>) -> usize {
        let mut dampening = Dampening::default();
        let mut reading = Reading::default();
        let mut second = 0;
        let mut admits = |author, text: &str| {
            second += 10;
            reading.read(text);
            let at = Timestamp::from_second(second).unwrap();
            let tweet =
                Observation { at, watch: "w", author, text, label: Label::Negative, reason: None };
            dampening.admits(&tweet, &reading)
        };
        tweets.into_iter().filter(|(author, text)| admits(*author, text)).count()
    }

    #[test]
    fn one_account_with_three_hundred_posts_counts_once() {
        let posts = (0..300).map(|post: u64| (Some("robot"), format!("{} {post:x}", mix(post))));
        assert_eq!(admitted(posts), 1);
    }

    #[test]
    fn retweets_and_copies_count_once() {
        let text = "so my flight to Denver was cancelled and nobody tells us why";
        let authors: Vec<String> = (0..300).map(|author| format!("a{author}")).collect();
        let copies = authors.iter().enumerate().map(|(number, author)| {
            let text = match number % 3 {
                0 => format!("RT @first: {text}"),
                1 => format!("{} {number}!", text.to_uppercase()),
                _ => format!("@united {text} https://t.co/{number}"),
            };
            (Some(author.as_str()), text)
        });
        assert_eq!(admitted(copies), 1);
    }

    #[test]
    fn what_has_no_author_and_no_text_counts() {
        assert_eq!(admitted((0..100).map(|_| (None, String::new()))), 100);
    }

    #[test]
    fn near_copies_count_once() {
        let text = |word: &str| {
            format!(
                "we have been waiting for {word} hours in the aircraft at gate nine and the crew says nothing at all"
            )
        };
        assert_eq!(admitted(["two", "three", "so many"].map(|word| (None, text(word)))), 1);
    }
}
