//! The training of the BiLSTM, on toy rows and a small network.

#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

use std::{fs, path::Path};

use anyhow::bail;
use domain::Label;
use sentiment::bundle::BundleFiles;
use trainer::{
    bilstm::{self, BiLstmLearner},
    optimiser::AdamW,
    recipe::Kind,
    training::{
        Answer, Exam, Inputs, Learner, Lessons, Moment, OUTPUTS, Position, RunFolder, Settings,
        Step, Target, train,
    },
};

const DIMENSION: usize = 6;
const WORDS: usize = 20;

fn settings() -> Settings {
    Settings {
        epochs: 2,
        batch: 8,
        learning_rate: 1e-2,
        optimiser: AdamW::default(),
        checkpoint_minutes: 0.0,
        ..Settings::default()
    }
}

fn network() -> bilstm::Settings {
    bilstm::Settings { hidden: 5, dense: 4, ..bilstm::Settings::default() }
}

fn without_noise() -> bilstm::Settings {
    bilstm::Settings { word_dropout: 0.0, spatial_dropout: 0.0, dropout: 0.0, ..network() }
}

fn learner(network: &bilstm::Settings, settings: &Settings) -> BiLstmLearner {
    let vectors = (0..WORDS * DIMENSION).map(|k| (k as f32 * 12.9898).sin() * 0.5).collect();
    BiLstmLearner::new(network, settings, vectors, DIMENSION, 7).unwrap()
}

/// Rows of 1 to 5 words whose label follows from the first word.
fn lessons(rows: usize) -> Lessons {
    let mut lessons = Lessons::default();
    for n in 0..rows {
        let first = 2 + (n * 5) % 18;
        let words: Vec<u32> = (0..=n % 5).map(|k| (2 + (first - 2 + k * 7) % 18) as u32).collect();
        lessons.ids.push(words);
        lessons.targets.push(Target::new(Label::ALL[first % 3], Kind::Human, 0.0, 1.0));
        lessons.repeats.push(1);
    }
    lessons
}

fn exams(rows: usize) -> Vec<Exam> {
    let lessons = lessons(rows);
    let label = |words: &Vec<u32>| Label::ALL[words[0] as usize % 3];
    let answers =
        lessons.ids.iter().map(|words| Answer { label: label(words), cause: None }).collect();
    vec![Exam {
        name: "toy".to_owned(),
        kind: Kind::Human,
        calibrates: true,
        ids: lessons.ids,
        answers,
    }]
}

#[test]
fn every_variable_gets_a_finite_gradient_that_is_not_zero() {
    let mut learner = learner(&without_noise(), &settings());
    let before = learner.state().unwrap();
    let lessons = lessons(30);
    let all: Vec<usize> = (0..30).collect();
    let outcome = learner.step(&lessons.of(&all), Step { number: 0, rate: 1e-3 }).unwrap();
    assert!(outcome.loss.is_finite() && outcome.gradient_length > 0.0);
    let state = learner.state().unwrap();
    let moments: Vec<_> =
        state.iter().filter(|(name, _)| name.starts_with("adamw.first.")).collect();
    // Two directions of three, two layers of two, and the embedding table.
    assert_eq!(moments.len(), 11);
    for (name, moment) in moments {
        assert!(moment.values.iter().all(|g| g.is_finite()), "{name}");
        assert!(moment.values.iter().any(|&g| g != 0.0), "{name}");
    }
    assert_ne!(state["lstm.backward.recurrent"], before["lstm.backward.recurrent"]);
}

#[test]
fn words_outside_the_batch_keep_their_vectors() {
    let mut learner = learner(&without_noise(), &settings());
    let before = learner.weights().unwrap()["embedding.weight"].values.clone();
    let target = Target::new(Label::Positive, Kind::Human, 0.0, 1.0);
    learner.step(&[(&[3, 4], target)], Step { number: 0, rate: 1e-2 }).unwrap();
    let after = learner.weights().unwrap()["embedding.weight"].values.clone();
    for word in 0..WORDS {
        let row = word * DIMENSION..(word + 1) * DIMENSION;
        assert_eq!(before[row.clone()] != after[row], [3, 4].contains(&word), "word {word}");
    }
}

#[test]
fn one_batch_can_be_learnt_by_heart() {
    let mut learner = learner(&bilstm::Settings { dense: 16, ..without_noise() }, &settings());
    let lessons = lessons(12);
    let all: Vec<usize> = (0..12).collect();
    let mut loss = f64::INFINITY;
    for number in 0..300 {
        loss = learner.step(&lessons.of(&all), Step { number, rate: 1e-2 }).unwrap().loss;
    }
    assert!(loss < 0.01, "{loss}");
}

#[test]
fn a_distant_row_teaches_nothing_about_neutral() {
    let mut learner = learner(&without_noise(), &settings());
    let target = Target::new(Label::Positive, Kind::Distant, 0.0, 0.6);
    learner.step(&[(&[3, 4, 5], target), (&[6], target)], Step { number: 0, rate: 1e-2 }).unwrap();
    let state = learner.state().unwrap();
    let bias = &state["adamw.first.output.bias"].values;
    assert_eq!(bias[Label::Neutral as usize], 0.0);
    assert!(
        bias[Label::Negative as usize] > 0.0 && bias[Label::Positive as usize] < 0.0,
        "{bias:?}"
    );
    let weight = &state["adamw.first.output.weight"].values;
    assert!(weight.iter().skip(Label::Neutral as usize).step_by(OUTPUTS).all(|&g| g == 0.0));
}

#[test]
fn the_number_of_parts_does_not_change_the_gradient() {
    let lessons = lessons(13);
    let all: Vec<usize> = (0..13).collect();
    let losses = [1, 2, 3].map(|shards| {
        let mut learner = learner(&without_noise(), &Settings { shards, ..settings() });
        let outcome = learner.step(&lessons.of(&all), Step { number: 0, rate: 1e-3 }).unwrap();
        (outcome.loss, outcome.gradient_length)
    });
    for (loss, length) in losses {
        assert!(
            (loss - losses[0].0).abs() < 1e-6 && (length - losses[0].1).abs() < 1e-5,
            "{losses:?}"
        );
    }
}

fn inputs(recipe: &str) -> Inputs {
    Inputs::of(recipe.as_bytes(), b"rows", &BundleFiles::new(), b"vectors")
}

/// Trains in `folder` until step `kill_at`, keeping a copy of the checkpoint of step `keep_at`.
fn run(folder: &Path, keep_at: u64, kill_at: u64) -> anyhow::Result<(BiLstmLearner, Position)> {
    run_with(&settings(), folder, keep_at, kill_at)
}

fn run_with(
    settings: &Settings,
    folder: &Path,
    keep_at: u64,
    kill_at: u64,
) -> anyhow::Result<(BiLstmLearner, Position)> {
    let mut learner = learner(&network(), settings);
    let mut run = RunFolder::begin(folder, inputs("toy"))?;
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
    let position =
        train(&mut learner, &lessons(60), &exams(30), settings, 3, &mut run, &mut watch)?;
    Ok((learner, position))
}

#[test]
fn a_resumed_training_ends_as_an_uninterrupted_one() {
    a_resumed_training_ends_the_same(&settings());
}

#[test]
fn so_does_one_with_an_average() {
    a_resumed_training_ends_the_same(&Settings { average: 0.9, ..settings() });
}

fn a_resumed_training_ends_the_same(settings: &Settings) {
    let run = |folder, keep_at, kill_at| run_with(settings, folder, keep_at, kill_at);
    let (whole, broken) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (learner, position) = run(whole.path(), u64::MAX, u64::MAX).unwrap();
    assert_eq!(position.step, 16);

    // Killed in the second epoch; the newest checkpoint is from the first.
    let killed = run(broken.path(), 5, 11).err().unwrap();
    assert_eq!(killed.to_string(), "killed");
    fs::rename(broken.path().join("kept"), broken.path().join("checkpoint.safetensors")).unwrap();
    let (resumed, resumed_position) = run(broken.path(), u64::MAX, u64::MAX).unwrap();

    assert_eq!(resumed.state().unwrap(), learner.state().unwrap());
    assert_eq!(
        Position { seconds: 0.0, ..resumed_position },
        Position { seconds: 0.0, ..position }
    );
    let best = |folder: &Path| fs::read(folder.join("best.safetensors")).unwrap();
    assert_eq!(best(whole.path()), best(broken.path()));
    let figures = |folder: &Path| {
        let records = RunFolder::begin(folder, inputs("toy")).unwrap().records().unwrap();
        let validation = records
            .into_iter()
            .filter_map(|record| record.metrics.get("validation score").copied());
        validation.collect::<Vec<f64>>()
    };
    assert_eq!(figures(whole.path()), figures(broken.path()));
    assert_eq!(figures(whole.path()).len(), 2);
}

#[test]
fn the_average_is_that_of_the_weights_after_each_step() {
    let settings = Settings { average: 0.6, ..settings() };
    let mut learner = learner(&without_noise(), &settings);
    let lessons = lessons(60);
    let mut average = learner.weights().unwrap();
    for number in 0..20_usize {
        // Two rows at a time, so that most words are in few batches.
        let batch = lessons.of(&[number, number + 20]);
        learner.step(&batch, Step { number: number as u64, rate: 1e-2 }).unwrap();
        let decay = 0.6_f32.min((1.0 + number as f32) / (10.0 + number as f32));
        for (name, array) in learner.weights().unwrap() {
            let sums = average.get_mut(&name).unwrap().values.iter_mut().zip(array.values);
            sums.for_each(|(sum, weight)| *sum = decay * *sum + (1.0 - decay) * weight);
        }
    }
    let (weights, state) = (learner.weights().unwrap(), learner.state().unwrap());
    let rows: Vec<&[u32]> = lessons.ids.iter().map(Vec::as_slice).collect();
    let before = learner.logits(std::slice::from_ref(&rows)).unwrap();
    learner.exchange_average(20).unwrap();
    for (name, array) in learner.weights().unwrap() {
        let pairs = array.values.iter().zip(&average[&name].values);
        let farthest = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(farthest < 1e-5, "{name}: {farthest}");
        assert_ne!(array, weights[&name], "{name}");
    }
    assert_ne!(learner.logits(&[rows]).unwrap(), before);
    learner.exchange_average(20).unwrap();
    assert_eq!(learner.weights().unwrap(), weights);
    assert_eq!(learner.state().unwrap()["average.dense.bias"], state["average.dense.bias"]);
}

#[test]
fn what_is_kept_as_the_best_is_the_average() {
    let best = |average| {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { epochs: 1, average, ..settings() };
        let (mut learner, _) = run_with(&settings, folder.path(), u64::MAX, u64::MAX).unwrap();
        let best = RunFolder::existing(folder.path()).unwrap().best().unwrap();
        let last = learner.weights().unwrap();
        learner.exchange_average(8).unwrap();
        (best, last, learner.weights().unwrap())
    };
    let (kept, last, average) = best(0.9);
    assert_eq!(kept, average);
    assert_ne!(kept, last);
    let (kept, last, _) = best(0.0);
    assert_eq!(kept, last);
}

#[test]
fn a_checkpoint_of_other_inputs_is_not_resumed() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), u64::MAX, 3).is_err());
    let before = fs::read(folder.path().join("checkpoint.safetensors")).unwrap();
    let error = RunFolder::begin(folder.path(), inputs("other")).unwrap_err();
    assert!(error.to_string().contains("another recipe"), "{error}");
    assert_eq!(fs::read(folder.path().join("checkpoint.safetensors")).unwrap(), before);
}

#[test]
fn a_training_that_begins_anew_leaves_no_result_of_an_earlier_one() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), u64::MAX, u64::MAX).unwrap();
    let [checkpoint, result, best] = ["checkpoint.safetensors", "result.json", "best.safetensors"]
        .map(|name| folder.path().join(name));
    fs::write(&result, "{}").unwrap();
    RunFolder::begin(folder.path(), inputs("toy")).unwrap();
    assert!(result.exists() && best.exists());
    fs::remove_file(checkpoint).unwrap();
    assert!(RunFolder::begin(folder.path(), inputs("other")).is_err());
    assert!(result.exists() && best.exists());
    RunFolder::begin(folder.path(), inputs("toy")).unwrap();
    assert!(!result.exists() && !best.exists());
}

#[test]
fn every_epoch_is_announced_the_last_one_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut run = RunFolder::begin(folder.path(), inputs("toy")).unwrap();
    let mut epochs = Vec::new();
    let mut begun = 0;
    let settings = settings();
    let mut watch = |at: &Position, moment: Moment| {
        match moment {
            Moment::Begin => begun += 1,
            Moment::EpochEnd(_) => epochs.push(at.epoch),
            Moment::Step(_) => {}
        }
        Ok(())
    };
    let (mut learner, lessons, exams) = (learner(&network(), &settings), lessons(20), exams(20));
    train(&mut learner, &lessons, &exams, &settings, 3, &mut run, &mut watch).unwrap();
    assert_eq!((begun, epochs), (1, vec![1, 2]));
}

#[test]
fn training_stops_when_validation_stops_improving() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { epochs: 50, patience: 1, learning_rate: 1e-9, ..settings() };
    let mut run = RunFolder::begin(folder.path(), inputs("toy")).unwrap();
    let position = train(
        &mut learner(&network(), &settings),
        &lessons(20),
        &exams(20),
        &settings,
        3,
        &mut run,
        &mut |_, _| Ok(()),
    )
    .unwrap();
    assert_eq!(position.epoch, 2);
    assert!(fs::read_to_string(folder.path().join("curves.svg")).unwrap().contains("polyline"));
}
