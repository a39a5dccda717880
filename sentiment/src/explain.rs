//! Why a text got its verdict: the Shapley value of each word (Shapley 1953).
//!
//! A word's contribution is what it adds to the probability of the verdict's label, on average over
//! all orders in which the words could come in, each at its place. For a few words all subsets are
//! read and the values are exact; for more, orders are drawn, each with its reverse (Mitchell et al.
//! 2022, “Sampling permutations for Shapley value estimation”). Either way the contributions and
//! what is left without words sum to the probability of the label.

use domain::{Explanation, Label, Prediction, Share};

use crate::models::{Model, ModelError, Released, trust};

/// All subsets are read of so many words at most.
const EXACT_WORDS: usize = 8;
/// Two orders at least, so that there is a standard error; and at most.
const ORDERS: std::ops::RangeInclusive<usize> = 2..=12;
/// Where no contribution's standard error is above this, no more orders are drawn.
const SURE: f32 = 0.01;

/// Explains what `released` says of `text`. `goes_on` is asked before each further pair of orders
/// that would make the contributions surer: a caller who has no more time says no.
///
/// # Errors
/// Those of [`Model::predict`].
pub fn explain(
    released: &Released,
    text: &str,
    goes_on: impl FnMut() -> bool,
) -> Result<Explanation, ModelError> {
    let verdict = predict_one(released.model.as_ref(), text)?;
    let players = Players::new(released, text, &verdict);
    let count = players.words.len();
    let (contributions, error) =
        if count <= EXACT_WORDS { players.exact()? } else { players.sampled(goes_on)? };
    // What is doubted of the verdict is doubted of its reasons.
    let trust = players.trust(&verdict);
    let even = (1.0 - trust) * players.even();
    let shares = players.words.iter().zip(contributions).map(|(word, contribution)| Share {
        start: word.start,
        end: word.end,
        contribution: trust * contribution,
    });
    Ok(Explanation {
        label: verdict.label,
        probability: verdict.confidence,
        base: trust * players.without_words()? + even,
        words: shares.collect(),
        model: released.model.id().clone(),
        error: trust * error,
    })
}

fn predict_one(model: &dyn Model, text: &str) -> Result<Prediction, ModelError> {
    model.predict(&[text]).map(|mut verdicts| verdicts.remove(0))
}

/// A word of the text, and where it lies in it, in characters.
struct Word<'a> {
    text: &'a str,
    start: u32,
    end: u32,
}

/// The words, and the game that they play.
struct Players<'a> {
    released: &'a Released,
    label: Label,
    words: Vec<Word<'a>>,
}

impl<'a> Players<'a> {
    fn new(released: &'a Released, text: &'a str, verdict: &Prediction) -> Self {
        let mut words = Vec::new();
        let (mut start, mut characters) = (None, 0);
        for (place, character) in text.char_indices().chain([(text.len(), ' ')]) {
            match (start, character.is_whitespace()) {
                (None, false) => start = Some((place, characters)),
                (Some((begin, first)), true) => {
                    words.push(Word { text: &text[begin..place], start: first, end: characters });
                    start = None;
                }
                _ => {}
            }
            characters += 1;
        }
        Self { released, label: verdict.label, words }
    }

    /// The probability of a label of a model that knows nothing.
    fn even(&self) -> f32 {
        1.0 / self.released.model.labels().len() as f32
    }

    fn trust(&self, verdict: &Prediction) -> f32 {
        let knows = |code: &String| self.released.languages.contains(code);
        trust(verdict.known, verdict.language.as_ref().is_some_and(|code| !knows(code)))
    }

    /// The label's probability for the words that `has` tells of each of `subsets`: as the model
    /// has it, before it is doubted because little of the rest is known, or its language.
    fn values(
        &self,
        subsets: impl Iterator<Item = impl Fn(usize) -> bool>,
    ) -> Result<Vec<f32>, ModelError> {
        let text = |has: &dyn Fn(usize) -> bool| {
            let chosen = self.words.iter().enumerate().filter(|(place, _)| has(*place));
            chosen.map(|(_, word)| word.text).collect::<Vec<_>>().join(" ")
        };
        let texts: Vec<String> = subsets.map(|has| text(&has)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let verdicts = self.released.model.predict(&texts)?;
        let value = |verdict: &Prediction| {
            let trust = self.trust(verdict);
            let doubted = verdict.probabilities.of(self.label) - (1.0 - trust) * self.even();
            doubted / trust
        };
        Ok(verdicts.iter().map(value).collect())
    }

    fn without_words(&self) -> Result<f32, ModelError> {
        Ok(self.values(std::iter::once(|_| false))?[0])
    }

    /// From all subsets.
    fn exact(&self) -> Result<(Vec<f32>, f32), ModelError> {
        let count = self.words.len();
        let values =
            self.values((0..1_usize << count).map(|set| move |word| set >> word & 1 == 1))?;
        let contribution = |word: usize| -> f32 {
            let without = (0..values.len()).filter(|set| set >> word & 1 == 0);
            let added = |set: usize| {
                weight(set.count_ones() as usize, count) * (values[set | 1 << word] - values[set])
            };
            without.map(added).sum()
        };
        Ok(((0..count).map(contribution).collect(), 0.0))
    }

    /// From some orders and their reverses.
    fn sampled(&self, mut goes_on: impl FnMut() -> bool) -> Result<(Vec<f32>, f32), ModelError> {
        let count = self.words.len();
        let ends = self.values([false, true].map(|all| move |_| all).into_iter())?;
        let mut chance = Chance(count as u64);
        let mut sums = vec![Sum::default(); count];
        let mut error = f32::INFINITY;
        for number in 1..=*ORDERS.end() {
            if number > *ORDERS.start() && (error <= SURE || !goes_on()) {
                break;
            }
            let order = chance.order(count);
            let mut places = vec![0; count];
            order.iter().enumerate().for_each(|(place, &word)| places[word] = place);
            let places = places.as_slice();
            // What the first words of the order are worth, and what all but these: the reverse's first.
            let [first, rest] =
                [true, false].map(|is_first| (1..count).map(move |length| (length, is_first)));
            let has = |(length, is_first)| move |word: usize| (places[word] < length) == is_first;
            let values = self.values(first.chain(rest).map(has))?;
            let (first, rest) = values.split_at(count - 1);
            let first = [&ends[..1], first, &ends[1..]].concat();
            let rest = [&ends[1..], rest, &ends[..1]].concat();
            for (place, &word) in order.iter().enumerate() {
                let forth = first[place + 1] - first[place];
                let back = rest[place] - rest[place + 1];
                sums[word].add((forth + back) / 2.0);
            }
            error = sums.iter().map(Sum::error).fold(0.0, f32::max);
        }
        Ok((sums.iter().map(Sum::mean).collect(), error))
    }
}

/// The share of orders in which exactly a given set of `size` words comes before a given other
/// one, of `count` in all.
fn weight(size: usize, count: usize) -> f32 {
    // size! (count - size - 1)! / count!
    let mut weight = 1.0 / count as f32;
    for k in 1..=size {
        weight *= k as f32 / (count - k) as f32;
    }
    weight
}

/// A mean and how sure it is.
#[derive(Clone, Default)]
struct Sum {
    count: f32,
    sum: f32,
    squares: f32,
}

impl Sum {
    fn add(&mut self, value: f32) {
        self.count += 1.0;
        self.sum += value;
        self.squares += value * value;
    }

    fn mean(&self) -> f32 {
        self.sum / self.count
    }

    fn error(&self) -> f32 {
        let variance =
            (self.squares - self.sum * self.mean()).max(0.0) / (self.count - 1.0).max(1.0);
        (variance / self.count).sqrt()
    }
}

/// Orders that look random and are the same each time (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let value = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((value ^ (value >> 31)) % end as u64) as usize
    }

    fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for place in (1..count).rev() {
            order.swap(place, self.below(place + 1));
        }
        order
    }
}
