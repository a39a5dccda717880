//! The fine-tuning of an encoder, on toy rows and the small encoders of `sentiment`'s tests.

#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

use std::{fs, path::Path, path::PathBuf};

use anyhow::bail;
use candle_core::Device;
use domain::Label;
use sentiment::{
    bundle::BundleFiles,
    models::bert::{Checkpoint, EncoderConfig, Network},
};
use trainer::{
    bert::{self, BertLearner},
    recipe::Kind,
    training::{
        Answer, Exam, Inputs, Learner, Lessons, Moment, OUTPUTS, Outcome, Position, RunFolder,
        Settings, Step, Target, train,
    },
};

/// Pieces of the toy encoders that are no special ones.
const FIRST_WORD: u32 = 5;
const WORDS: u32 = 58;

fn settings() -> Settings {
    let optimiser = trainer::optimiser::AdamW { weight_decay: 0.0, ..Default::default() };
    Settings {
        epochs: 2,
        batch: 8,
        learning_rate: 1e-3,
        optimiser,
        checkpoint_minutes: 0.0,
        ..Settings::default()
    }
}

fn without_dropout() -> bert::Settings {
    bert::Settings { dropout: 0.0, attention_dropout: 0.0, ..bert::Settings::default() }
}

fn learner(architecture: &str, bert: &bert::Settings, settings: &Settings) -> BertLearner {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../sentiment/tests/bert")
        .join(architecture);
    let config =
        EncoderConfig::from_hugging_face(&fs::read(folder.join("config.json")).unwrap()).unwrap();
    let content = fs::read(folder.join("model.safetensors")).unwrap();
    let Checkpoint { words, encoder: mut weights } = Checkpoint::read(&content, &config).unwrap();
    let network = Network::new(&config, OUTPUTS);
    let head = (weights.len()..network.count()).map(|k| (k as f32 * 12.9898).sin() * 0.1);
    weights.extend(head.collect::<Vec<f32>>());
    BertLearner::new(settings, bert, network, weights, words, 7)
}

/// Rows of 1 to 5 pieces whose label follows from the first one.
fn lessons(rows: u32) -> Lessons {
    let mut lessons = Lessons::default();
    for n in 0..rows {
        let first = FIRST_WORD + (n * 5) % 18;
        lessons
            .ids
            .push((0..=n % 5).map(|k| FIRST_WORD + (first + k * 7 - FIRST_WORD) % 18).collect());
        lessons.targets.push(Target::new(label(first), Kind::Human, 0.0, 1.0));
        lessons.repeats.push(1);
    }
    lessons
}

fn label(first: u32) -> Label {
    Label::ALL[first as usize % 3]
}

fn exams(rows: u32) -> Vec<Exam> {
    let ids = lessons(rows).ids;
    let answers = ids.iter().map(|row| Answer { label: label(row[0]), cause: None }).collect();
    vec![Exam { name: "toy".to_owned(), kind: Kind::Human, calibrates: true, ids, answers }]
}

fn step(learner: &mut dyn Learner, rows: u32, number: u64, rate: f64) -> Outcome {
    let all: Vec<usize> = (0..rows as usize).collect();
    learner.step(&lessons(rows).of(&all), Step { number, rate }).unwrap()
}

#[test]
fn every_array_gets_a_finite_gradient_that_is_not_zero() {
    for architecture in ["bert", "minilm", "distilbert"] {
        let mut learner = learner(architecture, &without_dropout(), &settings());
        let outcome = step(&mut learner, 30, 0, 1e-4);
        assert!(outcome.loss.is_finite() && outcome.gradient_length > 0.0);
        let state = learner.state().unwrap();
        let moments: Vec<_> =
            state.iter().filter(|(name, _)| name.starts_with("adamw.first.")).collect();
        // The words, positions and their norm, two layers of ten, and the head.
        assert_eq!(moments.len(), 1 + 2 + 2 * 10 + 2, "{architecture}");
        for (name, moment) in moments {
            assert!(moment.values.iter().all(|g| g.is_finite()), "{architecture} {name}");
            assert!(moment.values.iter().any(|&g| g != 0.0), "{architecture} {name}");
        }
    }
}

#[test]
fn words_outside_the_batch_keep_their_vectors() {
    let mut learner = learner("minilm", &without_dropout(), &settings());
    let before = learner.weights().unwrap().remove("words").unwrap();
    let target = Target::new(Label::Positive, Kind::Human, 0.0, 1.0);
    learner.step(&[(&[2, 9, 3], target)], Step { number: 0, rate: 1e-2 }).unwrap();
    let after = learner.weights().unwrap().remove("words").unwrap();
    let hidden = before.shape[1];
    for word in 0..WORDS as usize {
        let row = word * hidden..(word + 1) * hidden;
        let moved = before.values[row.clone()] != after.values[row];
        assert_eq!(moved, [2, 3, 9].contains(&word), "word {word}");
    }
}

#[test]
fn one_batch_can_be_learnt_by_heart() {
    let mut learner = learner("bert", &without_dropout(), &settings());
    let mut loss = f64::INFINITY;
    for number in 0..200 {
        loss = step(&mut learner, 12, number, 3e-3).loss;
    }
    assert!(loss < 0.01, "{loss}");
}

#[test]
fn neither_shards_nor_micro_batches_change_the_gradient() {
    let outcomes = [(1, 1), (2, 1), (3, 2), (1, 4)].map(|(shards, micro_batches)| {
        let bert = bert::Settings { micro_batches, ..without_dropout() };
        step(&mut learner("bert", &bert, &Settings { shards, ..settings() }), 13, 0, 1e-4)
    });
    for outcome in outcomes {
        assert!((outcome.loss - outcomes[0].loss).abs() < 1e-5, "{outcomes:?}");
        let length = outcome.gradient_length / outcomes[0].gradient_length;
        assert!((length - 1.0).abs() < 1e-4, "{outcomes:?}");
    }
}

#[test]
fn candle_s_own_operations_learn_the_same() {
    let settings = Settings { average: 0.9, ..settings() };
    let bert = bert::Settings { micro_batches: 2, ..without_dropout() };
    let mut fast = learner("minilm", &bert, &settings);
    let mut plain = learner("minilm", &bert, &settings).on(Device::Cpu).unwrap();
    let lessons = lessons(8);
    let rows: Vec<Vec<&[u32]>> = vec![lessons.ids.iter().map(Vec::as_slice).collect()];
    let both = |fast: &dyn Learner, plain: &dyn Learner| {
        let logits = [fast, plain].map(|learner| learner.logits(&rows).unwrap().concat());
        assert!(logits[0].iter().zip(&logits[1]).all(|(a, b)| (a - b).abs() < 2e-3), "{logits:?}");
    };
    for number in 0..3 {
        let [fast, plain]: [&mut dyn Learner; 2] = [&mut fast, &mut plain];
        let [fast, plain] = [fast, plain].map(|it| step(it, 13, number, 1e-3));
        assert!((fast.loss - plain.loss).abs() < 1e-4, "{fast:?} {plain:?}");
        let length = fast.gradient_length / plain.gradient_length;
        assert!((length - 1.0).abs() < 1e-3, "{fast:?} {plain:?}");
    }
    both(&fast, &plain);
    fast.exchange_average(3).unwrap();
    plain.exchange_average(3).unwrap();
    both(&fast, &plain);
    let (fast, plain) = (fast.state().unwrap(), plain.state().unwrap());
    assert!(fast.keys().eq(plain.keys()));
}

#[test]
fn what_a_device_learnt_is_put_back_to_the_last_bit() {
    let settings = Settings { average: 0.9, ..settings() };
    let begin = || learner("bert", &bert::Settings::default(), &settings).on(Device::Cpu).unwrap();
    let (mut whole, mut resumed) = (begin(), begin());
    for number in 0..3 {
        step(&mut whole, 13, number, 1e-3);
    }
    resumed.set_state(&mut whole.state().unwrap()).unwrap();
    for number in 3..5 {
        let [whole, resumed]: [&mut dyn Learner; 2] = [&mut whole, &mut resumed];
        let [whole, resumed] = [whole, resumed].map(|it| step(it, 13, number, 1e-3));
        assert_eq!(whole.loss, resumed.loss);
    }
    assert_eq!(whole.state().unwrap(), resumed.state().unwrap());
    // Its dropout takes part in the training, and not in the verdicts.
    let quiet = &mut learner("bert", &without_dropout(), &settings).on(Device::Cpu).unwrap();
    quiet.set_weights(&mut whole.weights().unwrap()).unwrap();
    let lessons = lessons(8);
    let rows: Vec<Vec<&[u32]>> = vec![lessons.ids.iter().map(Vec::as_slice).collect()];
    assert_eq!(quiet.logits(&rows).unwrap(), whole.logits(&rows).unwrap());
    assert_ne!(step(quiet, 8, 5, 1e-4).loss, step(&mut whole, 8, 5, 1e-4).loss);
}

#[test]
fn dropout_changes_the_training_and_not_the_verdicts() {
    let mut noisy = learner("bert", &bert::Settings::default(), &settings());
    let mut quiet = learner("bert", &without_dropout(), &settings());
    let lessons = lessons(8);
    let rows: Vec<Vec<&[u32]>> = vec![lessons.ids.iter().map(Vec::as_slice).collect()];
    assert_eq!(noisy.logits(&rows).unwrap(), quiet.logits(&rows).unwrap());
    assert_ne!(step(&mut noisy, 8, 0, 1e-4).loss, step(&mut quiet, 8, 0, 1e-4).loss);
}

#[test]
fn lower_layers_learn_more_slowly() {
    let bert = bert::Settings { layer_rate: 0.1, ..without_dropout() };
    let mut learner = learner("bert", &bert, &settings());
    let before = learner.weights().unwrap();
    step(&mut learner, 30, 0, 1e-3);
    let after = learner.weights().unwrap();
    // The first step of Adam is as long as the rate, whatever the gradient.
    let farthest = |name: &str| {
        let pairs = before[name].values.iter().zip(&after[name].values);
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
    };
    for (name, rate) in [
        ("output.weight", 1e-3),
        ("layer.1.inner.weight", 1e-4),
        ("layer.0.inner.weight", 1e-5),
        ("positions", 1e-6),
    ] {
        let share = farthest(name) / rate;
        assert!((0.8..1.2).contains(&share), "{name}: {share} of {rate}");
    }
}

#[test]
fn biases_and_norms_do_not_decay() {
    let optimiser = trainer::optimiser::AdamW { weight_decay: 1.0, ..Default::default() };
    let mut learner =
        learner("bert", &without_dropout(), &Settings { optimiser, clip: 1e-30, ..settings() });
    let before = learner.weights().unwrap();
    step(&mut learner, 8, 0, 1e-1);
    let after = learner.weights().unwrap();
    let shrinks = |name: &str| {
        let length = |values: &[f32]| values.iter().map(|v| v * v).sum::<f32>();
        length(&after[name].values) < 0.95 * length(&before[name].values)
    };
    for name in ["layer.0.inner.weight", "layer.1.attending.weight", "output.weight"] {
        assert!(shrinks(name), "{name}");
    }
    for name in ["layer.0.inner.bias", "norm", "layer.1.output_norm"] {
        assert!(!shrinks(name), "{name}");
    }
}

/// Trains in `folder` until step `kill_at`, keeping a copy of the checkpoint of step `keep_at`.
fn run(folder: &Path, keep_at: u64, kill_at: u64) -> anyhow::Result<(BertLearner, Position)> {
    let settings = Settings { average: 0.9, ..settings() };
    let mut learner = learner("minilm", &bert::Settings::default(), &settings);
    let inputs = Inputs::of(b"toy", b"rows", &BundleFiles::new(), b"encoder");
    let mut run = RunFolder::begin(folder, inputs)?;
    let checkpoint = folder.join("checkpoint.safetensors");
    let mut watch = |at: &Position, moment: Moment| {
        if !matches!(moment, Moment::Step(_)) {
            return Ok(());
        }
        if at.step == keep_at {
            fs::copy(&checkpoint, folder.join("kept"))?;
        }
        if at.step == kill_at {
            bail!("killed");
        }
        Ok(())
    };
    let (lessons, exams) = (lessons(60), exams(30));
    let position = train(&mut learner, &lessons, &exams, &settings, 3, &mut run, &mut watch)?;
    Ok((learner, position))
}

#[test]
fn a_resumed_training_ends_as_an_uninterrupted_one() {
    let (whole, broken) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (learner, position) = run(whole.path(), u64::MAX, u64::MAX).unwrap();
    assert_eq!(position.step, 16);

    // Killed in the second epoch; the newest checkpoint is from the first.
    let killed = run(broken.path(), 5, 11).err().unwrap();
    assert_eq!(killed.to_string(), "killed");
    fs::rename(broken.path().join("kept"), broken.path().join("checkpoint.safetensors")).unwrap();
    let (resumed, resumed_position) = run(broken.path(), u64::MAX, u64::MAX).unwrap();
    assert_eq!(resumed.state().unwrap(), learner.state().unwrap());
    assert_eq!(resumed_position.best, position.best);
}
