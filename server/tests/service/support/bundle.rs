//! A small BiLSTM with seeded weights, as a bundle on disk.

use std::{fs, path::Path};

use domain::Label;
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

const WORDS: [&str; 10] =
    ["<pad>", "<unk>", "the", "flight", "was", "late", "thanks", "not", "good", "!"];

const SHAPES: [(&str, &[usize]); 11] = [
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

/// Writes the bundle into `folder`.
pub fn write(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for (name, content) in Bundle::create("small", files()).unwrap().to_files() {
        fs::write(folder.join(name), content).unwrap();
    }
}

fn files() -> BundleFiles {
    let config = Config {
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
    };
    let vocabulary = Vocabulary::from_words(WORDS.map(str::to_owned).to_vec()).unwrap();
    BundleFiles::from([
        (WEIGHTS.to_owned(), weights()),
        (CONFIG.to_owned(), serde_json::to_vec(&config).unwrap()),
        (VOCABULARY.to_owned(), vocabulary.to_bytes()),
        (CARD.to_owned(), serde_json::to_vec(&Card::default()).unwrap()),
    ])
}

fn weights() -> Vec<u8> {
    let bytes: Vec<Vec<u8>> = SHAPES
        .iter()
        .zip(0..)
        .map(|((_, shape), seed)| {
            let count: usize = shape.iter().product();
            let number = |k: usize| ((k as f32 + 10.0 * seed as f32) * 12.9898).sin() * 0.8;
            (0..count).flat_map(|k| number(k).to_le_bytes()).collect()
        })
        .collect();
    let tensors = SHAPES.iter().zip(&bytes).map(|((name, shape), bytes)| {
        (*name, TensorView::new(Dtype::F32, shape.to_vec(), bytes).unwrap())
    });
    safetensors::serialize(tensors, None).unwrap()
}
