//! Adapting an encoder to the texts of training rows, with the small encoders of `sentiment`'s tests.

#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

use std::{fs, path::PathBuf};

use candle_core::Device;
use sentiment::{
    models::bert::{Checkpoint, EncoderConfig, Pieces},
    preprocess::PreprocessConfig,
};
use trainer::{
    bert::{self, AdaptationSettings, Adapter, Masking},
    training::{Learner, Lesson, Step, Target},
};

mod shared;

use shared::run;

const FIRST_WORD: u32 = 5;

fn encoder(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../sentiment/tests/bert/minilm").join(file)
}

fn adapter() -> Adapter {
    let config =
        EncoderConfig::from_hugging_face(&fs::read(encoder("config.json")).unwrap()).unwrap();
    let content = fs::read(encoder("model.safetensors")).unwrap();
    let checkpoint = Checkpoint::read(&content, &config).unwrap();
    let tokenizer = fs::read(encoder("tokenizer.json")).unwrap();
    let pieces = Pieces::new(&PreprocessConfig::default(), &tokenizer, 32, config.words).unwrap();
    let masking = Masking::new(&pieces, config.words, 0.3).unwrap();
    let bert = bert::Settings { dropout: 0.0, attention_dropout: 0.0, ..Default::default() };
    let training = AdaptationSettings::default().training();
    Adapter::new(&training, &bert, &config, &checkpoint, masking, 7, Device::Cpu).unwrap()
}

/// Rows in which each piece follows from those beside it.
fn rows() -> Vec<Vec<u32>> {
    (0..16).map(|n| (0..6).map(|k| FIRST_WORD + (n % 4) * 8 + k).collect()).collect()
}

fn step(adapter: &mut Adapter, number: u64) -> f64 {
    let rows = rows();
    let lessons: Vec<Lesson<'_>> = rows.iter().map(|row| (&row[..], Target::NOTHING)).collect();
    adapter.step(&lessons, Step { number, rate: 3e-3 }).unwrap().loss
}

fn mean(losses: &[f64]) -> f64 {
    losses.iter().sum::<f64>() / losses.len() as f64
}

#[test]
fn hidden_pieces_are_guessed_from_those_beside_them() {
    let mut adapter = adapter();
    let losses: Vec<f64> = (0..200).map(|number| step(&mut adapter, number)).collect();
    let (first, last) = (mean(&losses[..10]), mean(&losses[190..]));
    assert!(first > 2.0 && last < 0.5, "{first} {last}");
}

#[test]
fn every_array_gets_a_finite_gradient_that_is_not_zero() {
    let mut adapter = adapter();
    step(&mut adapter, 0);
    let state = adapter.state().unwrap();
    let moments: Vec<_> =
        state.iter().filter(|(name, _)| name.starts_with("adamw.first.")).collect();
    // Positions and their norm, two layers of ten, the words, and four arrays that guess.
    assert_eq!(moments.len(), 2 + 2 * 10 + 1 + 4);
    for (name, moment) in moments {
        assert!(moment.values.iter().all(|g| g.is_finite()), "{name}");
        assert!(moment.values.iter().any(|&g| g != 0.0), "{name}");
    }
}

#[test]
fn a_resumed_adaptation_goes_on_as_the_uninterrupted_one() {
    let (mut whole, mut resumed) = (adapter(), adapter());
    for number in 0..3 {
        step(&mut whole, number);
    }
    resumed.set_state(&mut whole.state().unwrap()).unwrap();
    for number in 3..6 {
        assert_eq!(step(&mut whole, number), step(&mut resumed, number));
    }
    assert_eq!(whole.checkpoint().unwrap(), resumed.checkpoint().unwrap());
}

const RECIPE: &str = r#"
name = "toy"
description = "A toy."
languages = ["en"]
seed = 1

[preprocess]
brands = []
brand_token = false
max_tokens = 32

[[source]]
name = "people"
file = "people.tsv"
kind = "human"
validation = 0.3

[[test]]
name = "people"
file = "people.test.tsv"
kind = "human"

[adapt]
epochs = 2
batch = 8

[train]
epochs = 1
batch = 8

[bert]
pieces = 20
"#;

/// Tweets in the few words that the toy encoder knows, each with other letters.
fn tweets(letters: std::ops::Range<u8>) -> String {
    let words = [
        ("negative", "bad flight late again"),
        ("neutral", "is my flight the"),
        ("positive", "thank you very good"),
    ];
    let row = |(label, words), first: u8, second: u8| {
        format!("{label}\t{words} {} {}\n", first as char, second as char)
    };
    let pairs =
        letters.clone().flat_map(|first| letters.clone().map(move |second| (first, second)));
    let rows = pairs.flat_map(|(first, second)| words.map(|of| row(of, first, second)));
    "label\ttext\n".to_owned() + &rows.collect::<String>()
}

#[test]
fn an_adapted_encoder_is_fine_tuned_on_the_rows_that_it_has_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("encoder")).unwrap();
    for file in ["config.json", "tokenizer.json", "model.safetensors"] {
        fs::copy(encoder(file), at.join("encoder").join(file)).unwrap();
    }
    fs::write(at.join("toy.toml"), RECIPE).unwrap();
    fs::write(at.join("people.tsv"), tweets(b'a'..b'f')).unwrap();
    fs::write(at.join("people.test.tsv"), tweets(b'w'..b'z')).unwrap();
    let rows = |recipe, rows| {
        run(at, &["prepare", "--recipe", recipe, "--data", "/", "--output", rows]).unwrap();
    };
    rows("/toy.toml", "/prepared");
    let adapt = |encoder, output| {
        let from = ["adapt", "--recipe", "/toy.toml", "--prepared", "/prepared"];
        let to = ["--encoder", encoder, "--run", "/adaptation", "--output", output];
        run(at, &[from.as_slice(), &to].concat())
    };
    adapt("/encoder", "/adapted").unwrap();
    let weights = |name: &str| fs::read(at.join(name).join("model.safetensors")).unwrap();
    assert_ne!(weights("encoder"), weights("adapted"));
    // What is finished is finished.
    adapt("/encoder", "/again").unwrap();
    assert_eq!(weights("again"), weights("adapted"));
    let error = adapt("/adapted", "/twice").unwrap_err();
    assert!(error.to_string().contains("adapted already"), "{error}");

    let train = |rows, run_folder| {
        let from = ["train", "--recipe", "/toy.toml", "--prepared", rows];
        run(at, &[from.as_slice(), &["--encoder", "/adapted", "--run", run_folder]].concat())
    };
    train("/prepared", "/run").unwrap();
    let origin = fs::read_to_string(at.join("run/origin.json")).unwrap();
    for said in ["vigie-train prepare", "vigie-train adapt", "vigie-train train", "adapted_from"] {
        assert!(origin.contains(said), "{said}: {origin}");
    }
    // Rows of which some are validated on that the encoder has read.
    fs::write(at.join("people.tsv"), tweets(b'a'..b'e')).unwrap();
    rows("/toy.toml", "/others");
    let error = train("/others", "/run2").unwrap_err();
    assert!(error.to_string().contains("of other rows"), "{error}");
}
