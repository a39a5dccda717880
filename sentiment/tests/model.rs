//! What every model promises, on a small one with seeded weights.

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use bundle_fixture::{Bits, SmallBundle};
use domain::{Label, Prediction};
use sentiment::{
    Bundle, BundleError, BundleFiles, Model,
    bundle::{CONFIG, VOCABULARY, WEIGHTS},
    load, load_plain,
};

fn model() -> Box<dyn Model> {
    load(SmallBundle::default().files()).unwrap()
}

fn changed(change: impl FnOnce(&mut SmallBundle)) -> SmallBundle {
    let mut bundle = SmallBundle::default();
    change(&mut bundle);
    bundle
}

/// Why these files, with a manifest that is true of them, are no model.
fn refusal(parts: BundleFiles) -> BundleError {
    load(Bundle::create("small", parts).unwrap().to_files()).err().unwrap()
}

fn assert_same(one: &Prediction, other: &Prediction) {
    for label in Label::ALL {
        let difference = one.probabilities.of(label) - other.probabilities.of(label);
        assert!(difference.abs() < 1e-5, "{one:?} is not {other:?}");
    }
}

const TEXTS: [&str; 7] = [
    "The flight was late!",
    "thanks",
    "not good",
    "😡",
    "?!",
    "飛行機が遅れた",
    "the flight was not late and that was good, thanks! the flight was late and not good",
];

#[test]
fn a_text_alone_gets_what_it_gets_among_others() {
    let model = model();
    let together = model.predict(&TEXTS).unwrap();
    assert_eq!(together.len(), TEXTS.len());
    for (text, together) in TEXTS.iter().zip(&together) {
        assert_same(&model.predict(&[text]).unwrap()[0], together);
    }
}

#[test]
fn the_fast_path_says_nearly_what_plain_arithmetic_says() {
    let plain = load_plain(SmallBundle::default().files()).unwrap().predict(&TEXTS).unwrap();
    for (fast, plain) in model().predict(&TEXTS).unwrap().iter().zip(plain) {
        for label in Label::ALL {
            let difference = fast.probabilities.of(label) - plain.probabilities.of(label);
            assert!(difference.abs() < 0.02, "{fast:?} is not {plain:?}");
        }
    }
}

#[test]
fn more_texts_than_go_through_at_once_keep_their_order() {
    let model = model();
    let many = TEXTS.iter().copied().cycle().take(300).collect::<Vec<_>>();
    let once = model.predict(&TEXTS).unwrap();
    for (k, verdict) in model.predict(&many).unwrap().iter().enumerate() {
        assert_same(verdict, &once[k % TEXTS.len()]);
    }
}

#[test]
fn no_text_gives_no_verdict() {
    assert!(model().predict(&[]).unwrap().is_empty());
}

#[test]
fn probabilities_sum_to_one_and_the_label_is_their_greatest() {
    for verdict in model().predict(&TEXTS).unwrap() {
        let sum: f32 = Label::ALL.iter().map(|&label| verdict.probabilities.of(label)).sum();
        assert!((sum - 1.0).abs() < 1e-5);
        assert!(Label::ALL.iter().all(|&l| verdict.probabilities.of(l) <= verdict.confidence));
    }
}

#[test]
fn unknown_words_lower_the_confidence_and_say_so() {
    let verdicts = model().predict(&["qzx wvb", "not good"]).unwrap();
    assert_eq!(verdicts[0].known, 0.0);
    assert!(
        verdicts[0].confidence < 0.4,
        "a guess is near a third, not {}",
        verdicts[0].confidence
    );
    assert_eq!(verdicts[1].known, 1.0);
}

#[test]
fn weights_in_fewer_bits_give_nearly_the_same() {
    for bits in [Bits::Sixteen, Bits::Eight] {
        for load in [load, load_plain] {
            let narrow = load(changed(|bundle| bundle.bits = bits).files()).unwrap();
            let wide = load(SmallBundle::default().files()).unwrap().predict(&TEXTS).unwrap();
            for (wide, narrow) in wide.iter().zip(narrow.predict(&TEXTS).unwrap()) {
                for label in Label::ALL {
                    let difference = wide.probabilities.of(label) - narrow.probabilities.of(label);
                    assert!(difference.abs() < 0.01, "{bits:?}: {narrow:?} is not {wide:?}");
                }
            }
        }
    }
}

/// What x86-64 with AVX-512 says of `TEXTS` by weights in 8 bits: every processor, and WebAssembly,
/// must say the same.
const NEGATIVE_AND_POSITIVE: [[f32; 2]; 7] = [
    [0.247_951_64, 0.429_632_07],
    [0.223_240_26, 0.471_293_78],
    [0.236_705_94, 0.445_258_86],
    [0.322_511, 0.347_111_5],
    [0.322_511, 0.347_111_5],
    [0.328_074_22, 0.340_088_28],
    [0.230_805_75, 0.456_542_7],
];

#[test]
fn a_bundle_says_the_same_everywhere() {
    let model = load(changed(|bundle| bundle.bits = Bits::Eight).files()).unwrap();
    let said = model.predict(&TEXTS).unwrap();
    let said = said.iter().map(|verdict| verdict.probabilities);
    for (said, [negative, positive]) in said.zip(NEGATIVE_AND_POSITIVE) {
        assert!((said.negative - negative).abs() < 1e-6, "{said:?}");
        assert!((said.positive - positive).abs() < 1e-6, "{said:?}");
    }
}

#[test]
fn weights_in_8_bits_without_their_scales_or_with_huge_ones_are_refused() {
    let small = changed(|bundle| bundle.bits = Bits::Eight);
    let renamed = |to: &str| {
        let mut parts = small.parts();
        let weights = parts.get_mut(WEIGHTS).unwrap();
        let name = b"dense.weight.scales";
        let place = weights.windows(name.len()).position(|found| found == name).unwrap();
        weights[place..place + name.len()].copy_from_slice(to.as_bytes());
        parts
    };
    assert!(
        load(Bundle::create("small", renamed("dense.weight.scales")).unwrap().to_files()).is_ok()
    );
    let error = refusal(renamed("dense.weight.scalez"));
    assert!(error.to_string().contains("dense.weight.scales"), "{error}");

    let mut huge = small.parts();
    let weights = huge.get_mut(WEIGHTS).unwrap();
    // Single precision stands first behind the header, whose length the first 8 bytes tell.
    let (length, _) = weights.split_first_chunk().unwrap();
    let first = 8 + usize::try_from(u64::from_le_bytes(*length)).unwrap();
    weights[first..first + 4].copy_from_slice(&1e4_f32.to_le_bytes());
    assert!(matches!(refusal(huge), BundleError::Unreadable { file, .. } if file == WEIGHTS));
}

#[test]
fn a_label_that_the_bundle_lacks_has_probability_0() {
    let two = [Label::Negative, Label::Positive].to_vec();
    let model = load(changed(|bundle| bundle.config.network.outputs.labels = two).files()).unwrap();
    assert!(model.predict(&TEXTS).unwrap().iter().all(|v| v.probabilities.neutral == 0.0));
}

#[test]
fn a_bundle_whose_parts_do_not_fit_is_refused() {
    let mut wider = SmallBundle::default().parts();
    let broken = changed(|bundle| bundle.config.network.hidden = 5);
    wider.insert(CONFIG.to_owned(), broken.parts()[CONFIG].clone());
    assert!(matches!(refusal(wider), BundleError::Unreadable { file, .. } if file == WEIGHTS));

    let mut fewer = SmallBundle::default().parts();
    fewer.insert(VOCABULARY.to_owned(), b"<pad>\n<unk>\n".to_vec());
    assert!(matches!(refusal(fewer), BundleError::Unreadable { file, .. } if file == WEIGHTS));
}

#[test]
fn a_temperature_or_a_layer_of_nothing_is_refused() {
    for broken in [
        changed(|bundle| bundle.config.calibration.temperature = 0.0),
        changed(|bundle| bundle.config.network.hidden = 0),
    ] {
        let refusal = refusal(broken.parts());
        assert!(matches!(refusal, BundleError::Unreadable { file, .. } if file == CONFIG));
    }
}

#[test]
fn weights_that_are_no_numbers_or_huge_ones_are_refused() {
    for number in [f32::NAN, f32::INFINITY, -1e30] {
        let mut broken = SmallBundle::default().parts();
        let weights = broken.get_mut(WEIGHTS).unwrap();
        let last = weights.len() - 4;
        weights[last..].copy_from_slice(&number.to_le_bytes());
        let refusal = refusal(broken);
        assert!(matches!(refusal, BundleError::Unreadable { file, .. } if file == WEIGHTS));
    }
}

#[test]
fn a_model_of_another_family_is_refused() {
    let foreign = changed(|bundle| bundle.config.family = "oracle".to_owned());
    assert!(matches!(refusal(foreign.parts()), BundleError::UnknownFamily(_)));
}

#[test]
fn weights_that_are_no_safetensors_are_refused() {
    let mut damaged = SmallBundle::default().parts();
    damaged.insert(WEIGHTS.to_owned(), b"\xff\xff\xff\xff\xff\xff\xff\xffjunk".to_vec());
    assert!(matches!(refusal(damaged), BundleError::Unreadable { .. } | BundleError::Weights(_)));
}
