//! What explanations promise, of the released models where they are read.

#![cfg(not(target_family = "wasm"))]
#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

use std::path::Path;

use domain::Explanation;
use sentiment::{Released, explain, release};

const SHORT: &str = "not a good day at all";
const LONG: &str = "@united thanks for nothing: my bag is lost again, two hours late, and nobody at the desk wants to help us :(";

fn released(name: &str) -> Released {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models").join(name);
    release(bundle_fixture::read(&folder)).unwrap()
}

fn sum(explanation: &Explanation) -> f32 {
    explanation.base + explanation.words.iter().map(|word| word.contribution).sum::<f32>()
}

#[test]
fn contributions_and_base_sum_to_the_probability_of_the_verdict() {
    for name in ["bilstm", "bilstm-fr", "linear"] {
        let released = released(name);
        for text in [
            SHORT,
            LONG,
            "great",
            "zxqv wvvq",
            "quel retard, merci beaucoup !",
            " \u{a0}ok\u{301} 🙂 \n",
        ] {
            let verdict = released.model.predict(&[text]).unwrap().remove(0);
            let explanation = explain(&released, text, || true).unwrap();
            assert_eq!(
                (explanation.label, explanation.probability),
                (verdict.label, verdict.confidence)
            );
            assert!(
                (sum(&explanation) - verdict.confidence).abs() < 1e-4,
                "{text}: {explanation:?}"
            );
            let said: Vec<&str> = explanation.words.iter().map(|word| word.of(text)).collect();
            assert_eq!(said, text.split_whitespace().collect::<Vec<_>>());
        }
    }
}

/// The mean over all orders of what a word adds.
fn by_definition(
    released: &Released,
    text: &str,
    Explanation { label, base, .. }: &Explanation,
) -> Vec<f32> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let value = |mut set: Vec<usize>| {
        if set.is_empty() {
            return *base; // a text of which nothing is known is doubted
        }
        set.sort_unstable();
        let text = set.iter().map(|&place| words[place]).collect::<Vec<_>>().join(" ");
        released.model.predict(&[&text]).unwrap()[0].probabilities.of(*label)
    };
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in &words {
        let longer = orders.iter().flat_map(|order| {
            let rest = (0..words.len()).filter(|place| !order.contains(place));
            rest.map(|place| [order.as_slice(), &[place]].concat())
        });
        orders = longer.collect();
    }
    let mut sums = vec![0.0; words.len()];
    for order in &orders {
        for (place, &word) in order.iter().enumerate() {
            sums[word] += value(order[..=place].to_vec()) - value(order[..place].to_vec());
        }
    }
    sums.iter().map(|sum| sum / orders.len() as f32).collect()
}

#[test]
fn few_words_get_their_shapley_values() {
    let released = released("linear");
    let text = "not a good day";
    let explanation = explain(&released, text, || false).unwrap();
    assert_eq!(explanation.error, 0.0);
    // Nothing is doubted here: all words are known, and too few to tell the language.
    for (word, exact) in explanation.words.iter().zip(by_definition(&released, text, &explanation))
    {
        assert!((word.contribution - exact).abs() < 1e-4, "{explanation:?}: {exact}");
    }
}

#[test]
fn drawn_orders_come_near_and_say_how_near() {
    let released = released("bilstm");
    let quick = explain(&released, LONG, || false).unwrap();
    let thorough = explain(&released, LONG, || true).unwrap();
    assert!(quick.error > thorough.error && thorough.error > 0.0);
    for (quick_word, word) in quick.words.iter().zip(&thorough.words) {
        let distance = (quick_word.contribution - word.contribution).abs();
        assert!(distance < 5.0 * quick.error, "{distance} where {} is said", quick.error);
    }
    assert_eq!(thorough, explain(&released, LONG, || true).unwrap(), "the same each time");
}

#[test]
fn the_words_that_tell_are_those_a_person_would_name() {
    let released = released("bilstm");
    for (text, expected) in [
        ("@united you lost my bag and nobody answers the phone since yesterday", "lost"),
        ("@JetBlue what a wonderful crew on my way to Boston this morning", "wonderful"),
        ("the food was awful", "awful"),
    ] {
        let explanation = explain(&released, text, || true).unwrap();
        let phrase = explanation.phrases()[0];
        assert!(phrase.of(text).contains(expected), "{text}: {}", phrase.of(text));
        assert!(phrase.contribution > 0.0);
    }
}

#[test]
fn the_most_a_text_may_have_is_explained_too() {
    let released = released("bilstm");
    let text = "a ".repeat(250);
    let explanation = explain(&released, &text, || false).unwrap();
    assert_eq!(explanation.words.len(), 250);
    assert!((sum(&explanation) - explanation.probability).abs() < 1e-3);
}
