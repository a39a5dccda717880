//! A bundle for readers' devices is the bundle that it was made of, with fewer words and bits.

#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

use std::path::Path;

use bundle_fixture::SmallBundle;
use domain::{Label, Prediction};
use sentiment::{
    Bundle,
    bundle::{CARD, Card, VOCABULARY, WEIGHTS},
    load, load_plain,
    vocabulary::Vocabulary,
};
use trainer::{bert, bilstm::shrink};

fn whole() -> Bundle {
    Bundle::verify(SmallBundle::default().files()).unwrap()
}

#[track_caller]
fn assert_none_moved(before: &[Prediction], after: &[Prediction], tolerance: f32) {
    for (before, after) in before.iter().zip(after) {
        for label in Label::ALL {
            let moved = before.probabilities.of(label) - after.probabilities.of(label);
            assert!(moved.abs() < tolerance, "{before:?} became {after:?}");
        }
    }
}

#[test]
fn the_most_frequent_words_are_kept_and_the_verdicts_on_them_stay() {
    let (whole, card) = (whole(), Card { seed: 7, ..Card::default() });
    let words = 8;
    let small = shrink(&whole, "small-device", words, &card).unwrap();
    let known = |bundle: &Bundle| Vocabulary::parse(bundle.file(VOCABULARY).unwrap()).unwrap();
    assert_eq!(known(&small).words(), &known(&whole).words()[..words]);
    assert_eq!((small.name(), small.json::<Card>(CARD).unwrap()), ("small-device", card));
    assert!(small.file(WEIGHTS).unwrap().len() < whole.file(WEIGHTS).unwrap().len());

    let texts = ["the flight was late", "thanks", "not late", "late late thanks"];
    let [before, after] =
        [whole, small].map(|bundle| load(bundle.to_files()).unwrap().predict(&texts).unwrap());
    assert_none_moved(&before, &after, 0.01);
}

#[test]
fn a_word_that_is_left_out_is_unknown() {
    let small = shrink(&whole(), "small-device", 8, &Card::default()).unwrap();
    let verdicts = load(small.to_files()).unwrap().predict(&["good", "not"]).unwrap();
    assert_eq!((verdicts[0].known, verdicts[1].known), (0.0, 1.0));
}

#[test]
fn more_words_than_there_are_are_refused() {
    let error = shrink(&whole(), "small-device", 11, &Card::default()).unwrap_err();
    assert!(error.to_string().contains("10 words, fewer than 11"), "{error}");
}

#[test]
fn an_encoder_s_numbers_are_put_in_another_order_which_moves_no_verdict() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/minilm");
    let whole = Bundle::verify(bundle_fixture::read(&folder)).unwrap();
    let small = bert::shrink(&whole, "small", &Card::default()).unwrap();
    let texts = ["the flight was late, again", "thanks!", "which gate is it?", "Not bad at all"];
    let [before, after] = [whole, small]
        .map(|bundle| load_plain(bundle.to_files()).unwrap().predict(&texts).unwrap());
    assert_none_moved(&before, &after, 0.02);
}

#[test]
fn an_encoder_is_no_bilstm() {
    let error = bert::shrink(&whole(), "small", &Card::default()).unwrap_err();
    assert!(error.to_string().contains("“bilstm”, not a “bert”"), "{error}");
}
