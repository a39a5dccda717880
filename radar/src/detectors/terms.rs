//! Fresh terms: words and pairs of words that negative tweets have much more often than they used to.
//!
//! A bounded table holds, for each term, how often it was in tweets that count, lately and usually,
//! each as a sum that halves with time. Non-negative tweets add to terms that are there but bring
//! none in, and where there is no place the term with the least weight goes.

use serde::{Deserialize, Serialize};

use crate::dampening::{Reading, Word};

const SLOTS: usize = 4_096;
const WAYS: usize = 8;
/// Minutes after which *lately* and *usually* count half.
const LATELY_MINUTES: f32 = 120.0;
const USUALLY_MINUTES: f32 = 4.0 * 24.0 * 60.0;
/// Terms of a tweet that are counted.
const MOST_WORDS: usize = 24;
/// The shortest word, in bytes.
const SHORTEST: usize = 3;
/// Negatives that a term which was never seen is worth.
const PRIOR: f64 = 0.5;
/// Negatives that a term needs to say anything.
const LEAST: f32 = 4.0;
/// So much more likely must it be that the term's tweets are more negative than others, in nats:
/// a campaign's hashtag is in negative tweets too.
const LEAST_NEGATIVE: f64 = 2.0;
/// Terms that an incident shows.
const SHOWN: usize = 3;

/// The terms of a watch.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Terms {
    slots: Vec<Term>,
    /// All tweets that count.
    total: Sums,
    /// The terms of the tweet that was counted last, if it was negative.
    #[serde(skip)]
    touched: Vec<Touched>,
}

/// A term of a tweet: its place, and those of the two words of a pair.
#[derive(Clone, Debug)]
struct Touched {
    place: usize,
    words: Option<[usize; 2]>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Term {
    /// 0 is an empty place.
    hash: u64,
    sums: Sums,
    /// In the spelling of a tweet that had it.
    name: Option<Box<str>>,
}

/// Sums that halve.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Sums {
    minute: i32,
    lately_negatives: f32,
    lately_others: f32,
    usually_negatives: f32,
}

impl Sums {
    fn at(self, minute: i32) -> Self {
        let passed = (minute - self.minute).max(0) as f32;
        if passed == 0.0 {
            return self;
        }
        let lately = (-passed / LATELY_MINUTES).exp2();
        Self {
            minute,
            lately_negatives: self.lately_negatives * lately,
            lately_others: self.lately_others * lately,
            usually_negatives: self.usually_negatives * (-passed / USUALLY_MINUTES).exp2(),
        }
    }

    fn count(&mut self, minute: i32, is_negative: bool) {
        *self = self.at(minute);
        if is_negative {
            self.lately_negatives += 1.0;
            self.usually_negatives += 1.0;
        } else {
            self.lately_others += 1.0;
        }
    }

    /// Negatives of the time before lately.
    fn before(&self) -> f64 {
        f64::from((self.usually_negatives - self.lately_negatives).max(0.0))
    }
}

impl Terms {
    /// Counts a tweet of `minute` whose text is `reading`.
    pub fn count(&mut self, minute: i64, text: &str, reading: &Reading, is_negative: bool) {
        let minute = i32::try_from(minute).unwrap_or(i32::MAX);
        self.touched.clear();
        self.total.count(minute, is_negative);
        let words = &reading.words[..reading.words.len().min(MOST_WORDS)];
        if words.is_empty() {
            return;
        }
        if self.slots.is_empty() {
            self.slots = vec![Term::default(); SLOTS];
        }
        let mut before: Option<(Word, Option<usize>)> = None;
        for word in words {
            let is_long = word.end - word.start >= SHORTEST;
            if !is_long {
                before = None;
                continue;
            }
            let place = self.add(word.hash, minute, is_negative, &text[word.start..word.end]);
            if is_negative {
                self.touch(place, None);
            }
            if let Some((first, first_place)) = before {
                let hash = first.hash.rotate_left(17) ^ word.hash;
                let pair = self.add(hash, minute, is_negative, &text[first.start..word.end]);
                if is_negative {
                    self.touch(pair, first_place.zip(place).map(|(one, other)| [one, other]));
                }
            }
            before = Some((*word, place));
        }
    }

    fn touch(&mut self, place: Option<usize>, words: Option<[usize; 2]>) {
        let Some(place) = place else { return };
        if !self.touched.iter().any(|touched| touched.place == place) {
            self.touched.push(Touched { place, words });
        }
    }

    /// Counts a term; where it stands, if it is known or comes in.
    fn add(&mut self, hash: u64, minute: i32, is_negative: bool, name: &str) -> Option<usize> {
        let hash = hash.max(1);
        let place = (hash as usize % (SLOTS / WAYS)) * WAYS;
        let set = &mut self.slots[place..place + WAYS];
        let known = set.iter().position(|term| term.hash == hash);
        let way = match known {
            Some(way) => way,
            None if !is_negative => return None,
            None => {
                let weight = |term: &Term| term.sums.at(minute).usually_negatives;
                let lightest = (0..WAYS)
                    .min_by(|one, other| weight(&set[*one]).total_cmp(&weight(&set[*other])));
                let way = lightest.unwrap_or(0);
                set[way] = Term { hash, ..Term::default() };
                set[way].sums.minute = minute;
                way
            }
        };
        let term = &mut set[way];
        term.sums.count(minute, is_negative);
        if is_negative && term.name.is_none() && term.sums.lately_negatives >= 2.0 {
            term.name = Some(name.to_lowercase().into());
        }
        Some(place + way)
    }

    /// Evidence that a term of the tweet that was counted last is fresh and its tweets negative,
    /// where `share` of the tweets usually are, in nats; 0 if there is none.
    pub fn evidence(&self, share: f64) -> f64 {
        let sums = |place: usize| &self.slots[place].sums;
        let is_of_all = |place: &usize| {
            self.freshness(sums(*place)) > 0.0 && !is_negative(sums(*place), share, LEAST_NEGATIVE)
        };
        let evidence = self.touched.iter().map(|touched| {
            let evidence = self.freshness(sums(touched.place));
            // A campaign's hashtag beside a word of anger is in negative tweets alone.
            let is_angry = evidence > 0.0
                && is_negative(sums(touched.place), share, LEAST_NEGATIVE)
                && !touched.words.iter().flatten().any(is_of_all);
            if is_angry { evidence } else { 0.0 }
        });
        evidence.fold(0.0, f64::max)
    }

    /// How much more often than usual a term is in negatives, in nats; 0 if it is not.
    fn freshness(&self, sums: &Sums) -> f64 {
        if sums.lately_negatives < LEAST {
            return 0.0;
        }
        let seen = f64::from(sums.lately_negatives);
        let usual = (sums.before() + PRIOR) / (self.total.before() + 50.0);
        let expected = f64::from(self.total.lately_negatives) * usual;
        if seen > expected { seen * (seen / expected).ln() - (seen - expected) } else { 0.0 }
    }

    /// The freshest terms at `minute`, the most telling first: the log-odds of their share of the
    /// negatives against the usual one, in standard deviations (Monroe, Colaresi, Quinn 2008).
    pub fn fresh(&self, minute: i64, share: f64) -> Vec<String> {
        let minute = i32::try_from(minute).unwrap_or(i32::MAX);
        let total = self.total.at(minute);
        let mut fresh: Vec<(f64, Sums, &str)> = self
            .slots
            .iter()
            .filter_map(|term| Some((term.sums.at(minute), term.name.as_deref()?)))
            .filter(|(sums, _)| sums.lately_negatives >= LEAST - 1.0)
            .map(|(sums, name)| (standing_out(&sums, &total), sums, name))
            .filter(|(z, ..)| *z >= 3.0)
            .collect();
        let is_angry = |sums: &Sums| is_negative(sums, share, LEAST_NEGATIVE / 2.0);
        let of_all: Vec<&str> = fresh
            .iter()
            .filter(|(_, sums, name)| !is_angry(sums) && !name.contains(' '))
            .map(|(.., name)| *name)
            .collect();
        let has_one =
            |name: &str| name.split(' ').any(|word| of_all.iter().any(|all| word.ends_with(all)));
        fresh.retain(|(_, sums, name)| is_angry(sums) && !has_one(name));
        // Of terms that stand out alike the longest says most.
        fresh.sort_by(|one, other| other.0.total_cmp(&one.0).then(other.2.len().cmp(&one.2.len())));
        let mut shown: Vec<String> = Vec::new();
        for (.., name) in fresh {
            // A word of a pair that is shown says nothing more.
            if shown.len() < SHOWN
                && !shown.iter().any(|known| known.contains(name) || name.contains(known.as_str()))
            {
                shown.push(name.to_owned());
            }
        }
        shown
    }
}

/// How many standard deviations the log-odds of a term lie above the usual ones.
fn standing_out(sums: &Sums, total: &Sums) -> f64 {
    let (usual, all) = (sums.before() + PRIOR, total.before() + 50.0);
    let prior = 10.0 * usual / all;
    let (seen, of) =
        (f64::from(sums.lately_negatives) + prior, f64::from(total.lately_negatives) + 10.0);
    let (rest, usual_rest) = ((of - seen).max(0.5), (all - usual).max(0.5));
    let log_odds = (seen / rest).ln() - (usual / usual_rest).ln();
    log_odds / (1.0 / seen + 1.0 / rest + 1.0 / usual + 1.0 / usual_rest).sqrt()
}

/// Whether more of a term's tweets than `share` are negative, by `least` nats.
fn is_negative(sums: &Sums, share: f64, least: f64) -> bool {
    let (negatives, others) = (f64::from(sums.lately_negatives), f64::from(sums.lately_others));
    negative_evidence(negatives, others, share) >= least
}

/// How much more likely it is that more than `share` of a term's tweets are negative.
fn negative_evidence(negatives: f64, others: f64, share: f64) -> f64 {
    let all = negatives + others;
    let seen = negatives / all.max(1e-9);
    if seen <= share {
        return 0.0;
    }
    let part = |count: f64, share: f64, usual: f64| {
        if count > 0.0 { count * (share / usual).ln() } else { 0.0 }
    };
    part(negatives, seen, share.clamp(1e-6, 1.0))
        + part(others, 1.0 - seen, (1.0 - share).max(1e-6))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(terms: &mut Terms, minute: i64, text: &str, is_negative: bool) {
        let mut reading = Reading::default();
        reading.read(text);
        terms.count(minute, text, &reading, is_negative);
    }

    fn with_usual_days() -> Terms {
        let mut terms = Terms::default();
        for minute in 0..2_000 {
            count(&mut terms, minute * 5, "late again, what a mess in Boston", minute % 3 == 0);
        }
        terms
    }

    #[test]
    fn what_nobody_wrote_before_is_fresh() {
        let mut terms = with_usual_days();
        assert_eq!(terms.evidence(0.33), 0.0);
        for minute in 10_000..10_008 {
            count(&mut terms, minute, "the Server outage again", true);
        }
        assert!(terms.evidence(0.33) > 10.0);
        assert_eq!(terms.fresh(10_010, 0.33)[0], "server outage");
    }

    #[test]
    fn a_campaign_s_hashtag_is_in_negative_tweets_too_but_not_fresh_anger() {
        let mut terms = with_usual_days();
        for minute in 10_000..10_030 {
            count(&mut terms, minute, "#FlyForFifty is on", minute % 3 == 0);
        }
        assert_eq!(terms.evidence(0.33), 0.0);
        assert!(terms.fresh(10_030, 0.33).is_empty());
    }

    #[test]
    fn the_table_is_bounded() {
        let mut terms = Terms::default();
        for minute in 0..50_000_i64 {
            count(
                &mut terms,
                minute,
                &format!("{:x}a {:x}b", minute * 7919, minute * 104_729),
                true,
            );
        }
        assert_eq!(terms.slots.len(), SLOTS);
    }
}
