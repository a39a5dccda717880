//! What a linear model promises, on a small one made by hand.

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use std::collections::BTreeMap;

use domain::{Label, Prediction};
use sentiment::{
    Bundle, BundleError, Card, Model,
    bundle::{CARD, CONFIG, WEIGHTS},
    load,
    models::{
        Calibration, Outputs,
        linear::{
            CUES, Compact, Config, FAMILY, FEATURES, FeatureConfig, FeatureTable, Reader, Weights,
        },
    },
    preprocess::PreprocessConfig,
};

const TEXTS: [&str; 7] = [
    "The flight was late!",
    "thanks",
    "not good",
    "😡",
    "?!",
    "飛行機が遅れた",
    "the flight was not late and that was good, thanks! the flight was late and not good",
];

fn config() -> Config {
    Config {
        family: FAMILY.to_owned(),
        preprocess: PreprocessConfig::default(),
        features: FeatureConfig::default(),
        outputs: Outputs::of_labels(Label::ALL.to_vec()),
        calibration: Calibration { temperature: 0.5, ..Calibration::default() },
        languages: vec!["en".to_owned()],
    }
}

/// The features of two texts, in all of which a word is of its own weight.
fn files(config: &Config) -> BTreeMap<String, Vec<u8>> {
    let reader = Reader::new(&config.preprocess, &config.features);
    let mut names: Vec<(u32, u32)> = ["the flight was late and not good, thanks!", "not late"]
        .iter()
        .map(|text| reader.read(text).features)
        .flat_map(|features| [features.words, features.characters].concat())
        .map(|(name, _)| (name, 2))
        .collect();
    names.sort_unstable();
    names.dedup();
    let table = FeatureTable::new(&names, 9);
    let labels = config.outputs.count();
    let number = |k: usize| (k as f32 * 12.9898).sin() * 0.8;
    let values = (0..(table.len() + CUES.len()) * labels).map(number).collect();
    let bias = (0..labels).map(number).collect();
    let weights = Compact::of(&Weights { labels, values, bias }, table.len());
    BTreeMap::from([
        (FEATURES.to_owned(), table.to_bytes().unwrap()),
        (WEIGHTS.to_owned(), weights.to_bytes().unwrap()),
        (CONFIG.to_owned(), serde_json::to_vec(config).unwrap()),
        (CARD.to_owned(), serde_json::to_vec(&Card::default()).unwrap()),
    ])
}

fn reload(files: BTreeMap<String, Vec<u8>>) -> Result<Box<dyn Model>, BundleError> {
    load(Bundle::create("small", files).unwrap().to_files())
}

fn model() -> Box<dyn Model> {
    reload(files(&config())).unwrap()
}

fn verdict(text: &str) -> Prediction {
    model().predict(&[text]).unwrap().remove(0)
}

#[test]
fn a_text_alone_gets_exactly_what_it_gets_among_others() {
    let together = model().predict(&TEXTS).unwrap();
    let alone: Vec<Prediction> = TEXTS.iter().map(|text| verdict(text)).collect();
    assert_eq!(together, alone);
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
fn the_share_of_known_words_is_told_and_a_text_without_any_is_a_guess() {
    assert_eq!(verdict("not good").known, 1.0);
    assert_eq!(verdict("good qzx, @someone").known, 0.5);
    let guess = verdict("qzx wvb");
    assert_eq!(guess.known, 0.0);
    assert!(guess.confidence < 0.4, "{}", guess.confidence);
}

#[test]
fn a_foreign_text_is_believed_less() {
    let foreign = verdict("Der Flug war leider nicht gut und wir sind sehr late");
    assert_eq!(foreign.language.as_deref(), Some("de"));
    assert!(foreign.confidence < 0.67, "{}", foreign.confidence);
}

#[test]
fn the_order_of_words_and_a_negation_change_the_verdict() {
    let share = |text: &str| verdict(text).probabilities.positive;
    assert_ne!(share("not late"), share("late not"));
    assert_ne!(share("late"), share("not late"));
    assert_ne!(share("thanks"), share("thanks!!!"));
}

#[test]
fn a_label_that_the_bundle_lacks_has_probability_0() {
    let two = Outputs::of_labels(vec![Label::Negative, Label::Positive]);
    let model = reload(files(&Config { outputs: two, ..config() })).unwrap();
    assert!(model.predict(&TEXTS).unwrap().iter().all(|said| said.probabilities.neutral == 0.0));
    assert_eq!(model.labels(), [Label::Negative, Label::Positive]);
}

#[test]
fn a_bundle_whose_parts_do_not_fit_is_refused() {
    let unreadable = |files, wanted: &str| match reload(files) {
        Err(BundleError::Unreadable { file, reason }) => {
            assert_eq!(file, wanted, "{reason}");
        }
        other => panic!("{:?}", other.err()),
    };
    let two = Outputs::of_labels(vec![Label::Negative, Label::Positive]);
    let mut fewer_labels = files(&config());
    let narrow = serde_json::to_vec(&Config { outputs: two, ..config() }).unwrap();
    fewer_labels.insert(CONFIG.to_owned(), narrow);
    unreadable(fewer_labels, WEIGHTS);

    let mut other_features = files(&config());
    other_features.insert(FEATURES.to_owned(), FeatureTable::new(&[(1, 1)], 2).to_bytes().unwrap());
    unreadable(other_features, WEIGHTS);

    let mut damaged = files(&config());
    damaged.insert(FEATURES.to_owned(), b"\xff\xff\xff\xff\xff\xff\xff\xffjunk".to_vec());
    unreadable(damaged, FEATURES);

    let mut no_number = files(&config());
    let weights = no_number.get_mut(WEIGHTS).unwrap();
    let header = u64::from_le_bytes(weights[..8].try_into().unwrap()) as usize;
    weights[8 + header..12 + header].copy_from_slice(&f32::NAN.to_le_bytes());
    unreadable(no_number, WEIGHTS);

    let features = FeatureConfig { words: [1, 99], ..FeatureConfig::default() };
    let mut too_long = files(&config());
    too_long
        .insert(CONFIG.to_owned(), serde_json::to_vec(&Config { features, ..config() }).unwrap());
    unreadable(too_long, CONFIG);
}
