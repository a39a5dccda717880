//! Counted signs of how a text is written, each from 0 to 1.

use super::{ngrams::is_negation, polarity};
use crate::preprocess::{TokenKind, normal_form};

/// Their names, in their order.
pub const CUES: [&str; 18] = [
    "length",
    "exclamation marks",
    "question marks",
    "share of capitals",
    "shouting",
    "elongation",
    "positive pictures",
    "negative pictures",
    "negations",
    "hashtags",
    "handles",
    "links",
    "numbers",
    "share of punctuation",
    "ellipses",
    "length of words",
    "ends glad",
    "ends sad",
];

/// The cues of `text`, whose tokens are `tokens`.
pub(super) fn cues(text: &str, tokens: &[String]) -> [f32; CUES.len()] {
    let written = normal_form(text);
    let signs = |sign: char| written.chars().filter(|&c| c == sign).count();
    let (mut letters, mut capitals) = (0_usize, 0_usize);
    for c in written.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        capitals += usize::from(c.is_uppercase());
    }
    let count = |test: &dyn Fn(&str) -> bool| tokens.iter().filter(|token| test(token)).count();
    let is = |mark: &'static str| move |token: &str| token == mark;
    let kind = |kind: TokenKind| move |token: &str| TokenKind::of(token) == kind;
    let words = count(&kind(TokenKind::Word));
    let last = tokens.iter().rev().find(|token| TokenKind::of(token) != TokenKind::Mark);
    let ends = |test: fn(&str) -> bool| f32::from(u8::from(last.is_some_and(|token| test(token))));
    [
        few(tokens.len(), 64),
        few(signs('!'), 8),
        few(signs('?'), 8),
        share(capitals, letters),
        few(count(&is("<shout>")), 4),
        few(count(&is("<elong>")), 4),
        few(count(&polarity::is_positive), 4),
        few(count(&polarity::is_negative), 4),
        few(count(&is_negation), 4),
        few(count(&is("<hashtag>")), 8),
        few(count(&|token| is("<user>")(token) || token.len() > 1 && token.starts_with('@')), 8),
        few(count(&|token| is("<url>")(token) || is("<email>")(token)), 4),
        few(count(&|token| is("<num>")(token) || is("<flight>")(token)), 8),
        share(count(&kind(TokenKind::Punctuation)), tokens.len()),
        few(count(&is("...")), 4),
        share(letters, 8 * words).min(1.0),
        ends(polarity::is_positive),
        ends(polarity::is_negative),
    ]
}

/// 0 for none, 1 for `many` or more; between them each further one counts less.
fn few(count: usize, many: usize) -> f32 {
    let log = |count: usize| (1.0 + count as f32).ln();
    (log(count) / log(many)).min(1.0)
}

fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preprocess::{PreprocessConfig, Preprocessor};

    fn cue(name: &str, text: &str) -> f32 {
        let tokens = Preprocessor::new(&PreprocessConfig::default()).words(text);
        cues(text, &tokens)[CUES.iter().position(|cue| *cue == name).unwrap()]
    }

    #[test]
    fn a_sign_is_counted_as_often_as_it_is_written() {
        assert!(cue("exclamation marks", "late!!!!") > cue("exclamation marks", "late!!"));
        assert!(cue("shouting", "SO LATE again AND AGAIN") > cue("shouting", "SO LATE again"));
        assert_eq!(cue("question marks", "late!"), 0.0);
        assert_eq!(cue("share of capitals", "LATE late"), 0.5);
    }

    #[test]
    fn every_cue_answers_to_what_it_is_named_after() {
        for (name, with) in [
            ("elongation", "soooo late"),
            ("positive pictures", "on time :) then"),
            ("negative pictures", "😡 late"),
            ("negations", "it isn't late"),
            ("hashtags", "#late"),
            ("handles", "@someone late"),
            ("links", "late http://t.co/x"),
            ("numbers", "late 45min"),
            ("share of punctuation", "late , again"),
            ("ellipses", "late..."),
            ("ends glad", "thanks 😊 http://t.co/x"),
            ("ends sad", "thanks :("),
        ] {
            assert!(cue(name, with) > 0.0, "{name}");
            assert_eq!(cue(name, "late again"), 0.0, "{name}");
        }
    }

    #[test]
    fn no_cue_leaves_its_bounds() {
        for text in ["", "!", "😡", &"!?".repeat(500), &"AAAA ".repeat(500), &"x".repeat(500)] {
            let tokens = Preprocessor::new(&PreprocessConfig::default()).words(text);
            assert!(cues(text, &tokens).iter().all(|cue| (0.0..=1.0).contains(cue)), "{text}");
        }
    }
}
