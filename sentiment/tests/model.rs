//! What every model promises, on a small one with seeded weights.

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use std::collections::{BTreeMap, HashMap};

use candle_core::{DType, Device, Tensor};
use domain::{Label, Prediction};
use sentiment::{
    Bundle, BundleError, Card, Model,
    bundle::{CARD, CONFIG, VOCABULARY, WEIGHTS},
    load,
    models::{
        Calibration, Outputs,
        bilstm::{BiLstmConfig, Config, FAMILY},
    },
    preprocess::PreprocessConfig,
    vocabulary::Vocabulary,
};

const WORDS: [&str; 10] =
    ["<pad>", "<unk>", "the", "flight", "was", "late", "thanks", "not", "good", "!"];

fn numbers(shape: &[usize], seed: f32) -> Tensor {
    let count: usize = shape.iter().product();
    let values = (0..count).map(|k| ((k as f32 + seed) * 12.9898).sin() * 0.8);
    Tensor::from_vec(values.collect(), shape, &Device::Cpu).unwrap()
}

fn config() -> Config {
    Config {
        family: FAMILY.to_owned(),
        preprocess: PreprocessConfig::default(),
        network: BiLstmConfig {
            embedding: 6,
            hidden: 4,
            dense: 5,
            outputs: Outputs::of_labels(Label::ALL.to_vec()),
        },
        calibration: Calibration { temperature: 0.5, ..Calibration::default() },
        languages: vec!["en".to_owned()],
    }
}

fn files(config: &Config, dtype: DType) -> BTreeMap<String, Vec<u8>> {
    let labels = config.network.outputs.labels.len();
    let weights: [(&str, &[usize]); 11] = [
        ("embedding.weight", &[WORDS.len(), 6]),
        ("lstm.forward.input", &[6, 16]),
        ("lstm.forward.recurrent", &[4, 16]),
        ("lstm.forward.bias", &[16]),
        ("lstm.backward.input", &[6, 16]),
        ("lstm.backward.recurrent", &[4, 16]),
        ("lstm.backward.bias", &[16]),
        ("dense.weight", &[16, 5]),
        ("dense.bias", &[5]),
        ("output.weight", &[5, labels]),
        ("output.bias", &[labels]),
    ];
    let weights: HashMap<String, Tensor> = (0..)
        .zip(weights)
        .map(|(seed, (name, shape))| {
            let tensor = numbers(shape, 10.0 * seed as f32).to_dtype(dtype).unwrap();
            (name.to_owned(), tensor)
        })
        .collect();
    let vocabulary = Vocabulary::from_words(WORDS.map(str::to_owned).to_vec()).unwrap();
    BTreeMap::from([
        (WEIGHTS.to_owned(), safetensors::serialize(&weights, None).unwrap()),
        (CONFIG.to_owned(), serde_json::to_vec(config).unwrap()),
        (VOCABULARY.to_owned(), vocabulary.to_bytes()),
        (CARD.to_owned(), serde_json::to_vec(&Card::default()).unwrap()),
    ])
}

fn model(config: &Config, dtype: DType) -> Result<Box<dyn Model>, BundleError> {
    load(Bundle::create("small", files(config, dtype)).unwrap().to_files())
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
    let model = model(&config(), DType::F32).unwrap();
    let together = model.predict(&TEXTS).unwrap();
    assert_eq!(together.len(), TEXTS.len());
    for (text, together) in TEXTS.iter().zip(&together) {
        assert_same(&model.predict(&[text]).unwrap()[0], together);
    }
}

#[test]
fn more_texts_than_go_through_at_once_keep_their_order() {
    let model = model(&config(), DType::F32).unwrap();
    let many = TEXTS.iter().copied().cycle().take(300).collect::<Vec<_>>();
    let once = model.predict(&TEXTS).unwrap();
    for (k, verdict) in model.predict(&many).unwrap().iter().enumerate() {
        assert_same(verdict, &once[k % TEXTS.len()]);
    }
}

#[test]
fn no_text_gives_no_verdict() {
    assert!(model(&config(), DType::F32).unwrap().predict(&[]).unwrap().is_empty());
}

#[test]
fn probabilities_sum_to_one_and_the_label_is_their_greatest() {
    for verdict in model(&config(), DType::F32).unwrap().predict(&TEXTS).unwrap() {
        let sum: f32 = Label::ALL.iter().map(|&label| verdict.probabilities.of(label)).sum();
        assert!((sum - 1.0).abs() < 1e-5);
        assert!(Label::ALL.iter().all(|&l| verdict.probabilities.of(l) <= verdict.confidence));
    }
}

#[test]
fn unknown_words_lower_the_confidence_and_say_so() {
    let verdicts = model(&config(), DType::F32).unwrap().predict(&["qzx wvb", "not good"]).unwrap();
    assert_eq!(verdicts[0].known, 0.0);
    assert!(
        verdicts[0].confidence < 0.4,
        "a guess is near a third, not {}",
        verdicts[0].confidence
    );
    assert_eq!(verdicts[1].known, 1.0);
}

#[test]
fn weights_in_16_bits_give_nearly_the_same() {
    let (wide, narrow) = (model(&config(), DType::F32), model(&config(), DType::F16));
    let narrow = narrow.unwrap().predict(&TEXTS).unwrap();
    for (wide, narrow) in wide.unwrap().predict(&TEXTS).unwrap().iter().zip(narrow) {
        for label in Label::ALL {
            let difference = wide.probabilities.of(label) - narrow.probabilities.of(label);
            assert!(difference.abs() < 0.01);
        }
    }
}

#[test]
fn a_label_that_the_bundle_lacks_has_probability_0() {
    let mut config = config();
    config.network.outputs.labels = vec![Label::Negative, Label::Positive];
    let model = model(&config, DType::F32).unwrap();
    assert!(model.predict(&TEXTS).unwrap().iter().all(|v| v.probabilities.neutral == 0.0));
}

#[test]
fn a_bundle_whose_parts_do_not_fit_is_refused() {
    let mut wider = files(&config(), DType::F32);
    let mut broken = config();
    broken.network.hidden = 5;
    wider.insert(CONFIG.to_owned(), serde_json::to_vec(&broken).unwrap());
    assert!(matches!(reload(wider), Err(BundleError::Weights(_))));

    let mut fewer = files(&config(), DType::F32);
    fewer.insert(VOCABULARY.to_owned(), b"<pad>\n<unk>\n".to_vec());
    assert!(matches!(reload(fewer), Err(BundleError::Unreadable { file, .. }) if file == WEIGHTS));

    let mut cold = config();
    cold.calibration.temperature = 0.0;
    assert!(
        matches!(model(&cold, DType::F32), Err(BundleError::Unreadable { file, .. }) if file == CONFIG)
    );
}

#[test]
fn a_layer_without_units_is_refused() {
    let mut empty = config();
    empty.network.hidden = 0;
    assert!(
        matches!(model(&empty, DType::F32), Err(BundleError::Unreadable { file, .. }) if file == CONFIG)
    );
}

#[test]
fn weights_that_are_no_numbers_are_refused() {
    let mut broken = files(&config(), DType::F32);
    let weights = broken.get_mut(WEIGHTS).unwrap();
    let last = weights.len() - 4;
    weights[last..].copy_from_slice(&f32::NAN.to_le_bytes());
    assert!(matches!(reload(broken), Err(BundleError::Unreadable { file, .. }) if file == WEIGHTS));
}

#[test]
fn a_model_of_another_family_is_refused() {
    let mut foreign = config();
    foreign.family = "oracle".to_owned();
    assert!(matches!(model(&foreign, DType::F32), Err(BundleError::UnknownFamily(_))));
}

#[test]
fn weights_that_are_no_safetensors_are_refused() {
    let mut damaged = files(&config(), DType::F32);
    damaged.insert(WEIGHTS.to_owned(), b"\xff\xff\xff\xff\xff\xff\xff\xffjunk".to_vec());
    assert!(matches!(
        reload(damaged),
        Err(BundleError::Unreadable { .. } | BundleError::Weights(_))
    ));
}

fn reload(files: BTreeMap<String, Vec<u8>>) -> Result<Box<dyn Model>, BundleError> {
    load(Bundle::create("small", files).unwrap().to_files())
}
