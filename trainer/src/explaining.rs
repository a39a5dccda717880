//! What explanations are worth: whether the words that they name carry the verdict, whether they
//! account for all of it, and what they cost.

use std::time::Instant;

use anyhow::Result;
use domain::Label;
use rand::seq::index;
use sentiment::{Released, explain};
use serde::Serialize;

use crate::random;

/// Words that are taken away.
const TAKEN: usize = 2;
/// Texts of fewer words are left out: what remained would be no text.
const LEAST_WORDS: usize = 5;
/// Drawings of words at random, for each text.
const DRAWINGS: usize = 5;
/// The lengths, in words, of the texts whose time is reported.
const ABOUT_TWENTY: std::ops::RangeInclusive<usize> = 19..=21;

/// The figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Worth {
    /// Texts.
    pub texts: usize,
    /// The share whose verdict changes without the two words that add most.
    pub changed: f64,
    /// The same without two words at random.
    pub changed_at_random: f64,
    /// The same without the two that matter most when each is left out alone.
    pub changed_by_leaving_out: f64,
    /// The share of texts in which leaving out alone names the same first word.
    pub agreement: f64,
    /// What contributions and base miss of the probability, at most, as a share of it.
    pub missed: f64,
    /// What leaving out one by one misses, on average.
    pub missed_by_leaving_out: f64,
    /// The median of the standard errors.
    pub error: f64,
    /// Milliseconds for a text of about twenty words, the median.
    pub milliseconds: f64,
    /// Milliseconds for its verdict alone.
    pub milliseconds_of_verdict: f64,
}

/// Explains `texts`, and takes words away from each.
///
/// # Errors
/// If the model fails.
pub fn examine(released: &Released, texts: &[String], seed: u64) -> Result<Worth> {
    let mut worth = Worth::default();
    let (mut times, mut verdict_times, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for (number, text) in texts.iter().enumerate() {
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.len() < LEAST_WORDS {
            continue;
        }
        let start = Instant::now();
        let verdict = released.model.predict(&[text])?.remove(0);
        let verdict_time = start.elapsed();
        let start = Instant::now();
        let explanation = explain(released, text, || true)?;
        if ABOUT_TWENTY.contains(&words.len()) {
            times.push(start.elapsed().as_secs_f64() * 1e3);
            verdict_times.push(verdict_time.as_secs_f64() * 1e3);
        }
        errors.push(f64::from(explanation.error));
        let contributions: Vec<f32> =
            explanation.words.iter().map(|word| word.contribution).collect();
        let missed = |parts: &[f32]| {
            let whole = explanation.base + parts.iter().sum::<f32>();
            f64::from((whole - verdict.confidence).abs() / verdict.confidence)
        };
        let left_out = left_out(released, &words, verdict.label, verdict.confidence)?;
        worth.missed = worth.missed.max(missed(&contributions));
        worth.missed_by_leaving_out += missed(&left_out);
        let (top, top_left_out) = (top(&contributions), top(&left_out));
        worth.agreement += f64::from(top[0] == top_left_out[0]);
        let mut chance = random::stream(seed, "words taken away", number as u64);
        let drawn = (0..DRAWINGS)
            .map(|_| index::sample(&mut chance, words.len(), TAKEN).into_vec())
            .collect::<Vec<_>>();
        let taken = [top, top_left_out].into_iter().chain(drawn);
        let rest: Vec<String> = taken.map(|taken| without(&words, &taken)).collect();
        let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
        let changed: Vec<f64> = released
            .model
            .predict(&rest)?
            .iter()
            .map(|rest| f64::from(rest.label != verdict.label))
            .collect();
        worth.changed += changed[0];
        worth.changed_by_leaving_out += changed[1];
        worth.changed_at_random += changed[2..].iter().sum::<f64>() / DRAWINGS as f64;
        worth.texts += 1;
    }
    let all = worth.texts.max(1) as f64;
    for sum in [
        &mut worth.changed,
        &mut worth.changed_at_random,
        &mut worth.changed_by_leaving_out,
        &mut worth.agreement,
        &mut worth.missed_by_leaving_out,
    ] {
        *sum /= all;
    }
    worth.error = median(errors);
    worth.milliseconds = median(times);
    worth.milliseconds_of_verdict = median(verdict_times);
    Ok(worth)
}

/// What the label's probability loses without each word.
fn left_out(released: &Released, words: &[&str], label: Label, whole: f32) -> Result<Vec<f32>> {
    let texts: Vec<String> = (0..words.len()).map(|word| without(words, &[word])).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let verdicts = released.model.predict(&texts)?;
    Ok(verdicts.iter().map(|verdict| whole - verdict.probabilities.of(label)).collect())
}

/// The places of the words that add most.
fn top(contributions: &[f32]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..contributions.len()).collect();
    places.sort_by(|&one, &other| contributions[other].total_cmp(&contributions[one]));
    places.truncate(TAKEN);
    places
}

fn without(words: &[&str], taken: &[usize]) -> String {
    let rest = words.iter().enumerate().filter(|(place, _)| !taken.contains(place));
    rest.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
