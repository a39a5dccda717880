//! The released models in both arithmetics.

#![cfg(not(target_family = "wasm"))]

use std::path::Path;

use domain::Label;
use sentiment::{BundleFiles, load, load_plain};

const TEXTS: [&str; 12] = [
    "@united you lost my bag again and nobody at the desk cares",
    "Thank you @JetBlue, what a crew! Best flight in years :)",
    "what time does boarding start for UA1234?",
    "not bad, not great, it was a flight",
    "I don't like it",
    "no problem at all, thanks!",
    "3 hours on the tarmac, no water, no answers. #neveragain",
    "😡😡😡",
    "qzx wvb jkl",
    "The food was cold but the staff could not have been kinder to my mother, who is afraid of flying and talked about it for the whole of the two hours that we waited at the gate in Chicago",
    "Mon vol est encore en retard, c'est la honte",
    "Merci à toute l'équipe, super voyage !",
];

fn files(name: &str) -> BundleFiles {
    bundle_fixture::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../models").join(name))
}

#[test]
fn what_is_served_is_nearly_plain_arithmetic_and_exactly_the_same_in_a_batch() {
    for name in ["bilstm", "bilstm-fr", "minilm"] {
        let (fast, plain) = (load(files(name)).unwrap(), load_plain(files(name)).unwrap());
        let said = fast.predict(&TEXTS).unwrap().into_iter().zip(plain.predict(&TEXTS).unwrap());
        for ((fast, plain), text) in said.zip(TEXTS) {
            for label in Label::ALL {
                let difference = fast.probabilities.of(label) - plain.probabilities.of(label);
                assert!(difference.abs() < 0.02, "{name}, “{text}”: {fast:?} is not {plain:?}");
            }
        }
        let together = fast.predict(&TEXTS).unwrap();
        for (text, together) in TEXTS.iter().zip(together) {
            assert_eq!(fast.predict(&[text]).unwrap(), [together], "{name}, “{text}”");
        }
    }
}
