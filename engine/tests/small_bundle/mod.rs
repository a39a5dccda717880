//! A whole bundle, small and with seeded weights: what it says of a text means nothing, but it
//! says the same every time.

use safetensors::{Dtype, tensor::TensorView};
use sentiment::{
    Bundle, BundleFiles, Card,
    bundle::{CARD, CONFIG, VOCABULARY, WEIGHTS},
    models::{
        Calibration, Outputs,
        bilstm::{BiLstmConfig, Config, FAMILY},
    },
    preprocess::PreprocessConfig,
    vocabulary::Vocabulary,
};

const WORDS: [&str; 8] = ["<pad>", "<unk>", "the", "flight", "was", "late", "thanks", "not"];

/// Its files, the manifest too.
pub fn files() -> BundleFiles {
    files_of(WORDS, 1.0)
}

/// Those of a bundle with these words and this temperature.
pub fn files_of(words: [&str; 8], temperature: f32) -> BundleFiles {
    let network = BiLstmConfig {
        embedding: 6,
        hidden: 4,
        dense: 5,
        outputs: Outputs::of_labels(domain::Label::ALL.to_vec()),
    };
    let config = Config {
        family: FAMILY.to_owned(),
        preprocess: PreprocessConfig::default(),
        network,
        calibration: Calibration { temperature, ..Calibration::default() },
        languages: vec!["en".to_owned()],
    };
    let vocabulary = Vocabulary::from_words(words.map(str::to_owned).to_vec()).unwrap();
    let files = BundleFiles::from([
        (WEIGHTS.to_owned(), weights()),
        (CONFIG.to_owned(), serde_json::to_vec(&config).unwrap()),
        (VOCABULARY.to_owned(), vocabulary.to_bytes()),
        (CARD.to_owned(), serde_json::to_vec(&Card::default()).unwrap()),
    ]);
    Bundle::create("small", files).unwrap().to_files()
}

fn weights() -> Vec<u8> {
    let shapes: [(&str, &[usize]); 11] = [
        ("embedding.weight", &[WORDS.len(), 6]),
        ("lstm.forward.input", &[6, 16]),
        ("lstm.forward.recurrent", &[4, 16]),
        ("lstm.forward.bias", &[16]),
        ("lstm.backward.input", &[6, 16]),
        ("lstm.backward.recurrent", &[4, 16]),
        ("lstm.backward.bias", &[16]),
        ("dense.weight", &[16, 5]),
        ("dense.bias", &[5]),
        ("output.weight", &[5, 3]),
        ("output.bias", &[3]),
    ];
    let bytes = |seed: f32, shape: &[usize]| -> Vec<u8> {
        let count = shape.iter().product::<usize>();
        let value = |k: usize| ((k as f32 + seed) * 12.9898).sin() * 0.8;
        (0..count).flat_map(|k| value(k).to_le_bytes()).collect()
    };
    let tensors: Vec<_> = (0_u8..)
        .zip(shapes)
        .map(|(seed, (name, shape))| (name, shape, bytes(10.0 * f32::from(seed), shape)))
        .collect();
    let views = tensors.iter().map(|(name, shape, bytes)| {
        (*name, TensorView::new(Dtype::F32, shape.to_vec(), bytes).unwrap())
    });
    safetensors::serialize(views, None).unwrap()
}
