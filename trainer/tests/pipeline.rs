//! All commands one after the other, on hand-written tweets.

#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use trainer::bundle_folder;

#[path = "shared/places.rs"]
mod places;
mod shared;

use places::PLACES;
use shared::run;

const RECIPE: &str = r#"
name = "toy"
description = "A toy."
languages = ["en"]
seed = 1

[preprocess]
brands = ["delta"]
brand_token = true
max_tokens = 32

[[source]]
name = "people"
file = "people.tsv"
kind = "human"
repeat = 2
validation = 0.2

[[test]]
name = "people"
file = "people.test.tsv"
kind = "human"

[embed]
dimension = 8
epochs = 2

[train]
epochs = 6
batch = 16
learning_rate = 0.02
patience = 6

[bilstm]
hidden = 8
dense = 8
word_dropout = 0.0
spatial_dropout = 0.0
dropout = 0.0
"#;

fn tweets(places: &[&str], numbers: std::ops::Range<u32>) -> String {
    let mut text = String::from("label\ttext\n");
    for place in places {
        for n in numbers.clone() {
            for (label, words) in [
                ("negative", "awful delay and rude staff at"),
                ("neutral", "what time does boarding start at"),
                ("positive", "lovely crew and great service at"),
            ] {
                let tail = "x".repeat(n as usize);
                writeln!(text, "{label}\t@Delta {words} {place} {tail}").unwrap();
            }
        }
    }
    text
}

#[test]
fn from_tweets_to_a_bundle_that_tells_praise_from_blame() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("toy.toml"), RECIPE).unwrap();
    fs::write(at.join("people.tsv"), tweets(&PLACES[..9], 0..6)).unwrap();
    fs::write(at.join("people.test.tsv"), tweets(&PLACES[9..], 0..2)).unwrap();

    run(at, &["prepare", "--recipe", "/toy.toml", "--data", "/", "--output", "/prepared"]).unwrap();
    run(at, &["embed", "--recipe", "/toy.toml", "--prepared", "/prepared", "--output", "/vectors"])
        .unwrap();
    let train =
        ["train", "--recipe", "/toy.toml", "--prepared", "/prepared", "--vectors", "/vectors"];
    run(at, &[train.as_slice(), &["--run", "/run"]].concat()).unwrap();
    run(at, &["export", "--run", "/run", "--data", "/", "--output", "/bundle"]).unwrap();

    let model = sentiment::load(bundle_folder::read(&at.join("bundle")).unwrap()).unwrap();
    let accuracy =
        model.card().metrics.iter().find(|metric| metric.name == "people test accuracy").unwrap();
    assert_eq!((accuracy.value, accuracy.n), (1.0, 18));
    assert_eq!(model.card().data[0].rows, 162);

    // The behaviour suite is asked through the bundle, and a release goes through its gate.
    let metrics = &model.card().metrics;
    let behaviour =
        metrics.iter().find(|metric| metric.name == "behaviour questions pass rate").unwrap();
    assert!(behaviour.n >= 15 && behaviour.low <= behaviour.value, "{behaviour:?}");
    assert!(!metrics.iter().any(|metric| metric.name.contains("French")), "it claims English");
    let behave = ["behave", "--model", "/bundle", "--failures", "--output", "/behaviour.json"];
    run(at, &behave).unwrap();
    let said: serde_json::Value =
        serde_json::from_slice(&fs::read(at.join("behaviour.json")).unwrap()).unwrap();
    assert_eq!(said["cases"][0]["capability"], "negation in scope", "{said}");
    let error = run(at, &[behave.as_slice(), &["--language", "eo"]].concat()).unwrap_err();
    assert!(error.to_string().contains("no cases in: eo"), "{error}");
    run(at, &["gate", "--model", "/bundle", "--against", "/bundle"]).unwrap();

    let evaluate = ["evaluate", "--recipe", "/toy.toml", "--model", "/bundle", "--data", "/"];
    run(
        at,
        &[evaluate.as_slice(), &["--predictions", "/said", "--output", "/figures.json"]].concat(),
    )
    .unwrap();
    let said = fs::read_to_string(at.join("said/people.tsv")).unwrap();
    assert_eq!(said.lines().count(), 19);
    assert!(!said.contains("crew") && said.lines().nth(1).unwrap().starts_with("0\tnegative\t"));
    assert!(fs::read_to_string(at.join("figures.json")).unwrap().contains("people test macro F1"));

    let command = &model.card().command;
    assert!(command.starts_with("vigie-train prepare --recipe toy.toml "), "{command}");
    assert!(command.contains("&& vigie-train train --recipe toy.toml --prepared prepared "));
    assert!(!command.contains(&at.display().to_string()), "{command}");

    // A refused training leaves the finished one as it was.
    let files = |name: &str| {
        let entries = fs::read_dir(at.join(name)).unwrap().map(|entry| entry.unwrap().path());
        let files = entries.filter(|path| path.is_file());
        files.map(|path| (path.clone(), fs::read(path).unwrap())).collect::<BTreeMap<_, _>>()
    };
    let before = files("run");
    fs::write(at.join("other.toml"), RECIPE.replace("seed = 1", "seed = 2")).unwrap();
    let other =
        ["train", "--recipe", "/other.toml", "--prepared", "/prepared", "--vectors", "/vectors"];
    let error = run(at, &[other.as_slice(), &["--run", "/run"]].concat()).unwrap_err();
    assert!(error.to_string().contains("is of another recipe"), "{error}");
    assert!(files("run") == before, "the refused training has written");

    // A bundle is never made of the files of two trainings, nor measured on what it learnt.
    let export = ["export", "--run", "/run", "--data", "/", "--output", "/mixed"];
    fs::write(at.join("run/recipe.toml"), RECIPE.replace("seed = 1", "seed = 2")).unwrap();
    let error = run(at, &export).unwrap_err();
    assert!(error.to_string().contains("mixes trainings"), "{error}");
    fs::write(at.join("run/recipe.toml"), &before[&at.join("run/recipe.toml")]).unwrap();
    let test = at.join("people.test.tsv");
    let tests = fs::read(&test).unwrap();
    fs::write(&test, tweets(&PLACES[8..9], 0..2)).unwrap();
    let error = run(at, &export).unwrap_err();
    assert!(error.to_string().contains("has changed since"), "{error}");
    fs::copy(at.join("people.tsv"), &test).unwrap();
    let error = run(at, &evaluate).unwrap_err();
    assert!(error.to_string().contains("was trained on it"), "{error}");
    fs::write(&test, tests).unwrap();
    assert!(!at.join("mixed").exists());

    // Neither vectors nor a bundle serve a recipe that reads text in another way.
    fs::write(at.join("other.toml"), RECIPE.replace("brand_token = true", "brand_token = false"))
        .unwrap();
    let error = run(at, &[other.as_slice(), &["--run", "/new"]].concat()).unwrap_err();
    assert!(error.to_string().contains("another preprocessing"), "{error}");
    let from_bundle = ["--init", "/bundle", "--run", "/new"];
    let error = run(at, &[other.as_slice(), &from_bundle].concat()).unwrap_err();
    assert!(format!("{error:#}").contains("its preprocessing is"), "{error:#}");
    assert!(!at.join("new").exists());

    // A bundle that does worse than the one whose place it would take needs a word of consent.
    let mut files = bundle_folder::read(&at.join("bundle")).unwrap();
    let card = String::from_utf8(files["card.json"].clone()).unwrap();
    files.remove("manifest.json");
    let better = card.replacen("people test accuracy", "another test accuracy", 1);
    files.insert("card.json".to_owned(), better.into_bytes());
    let better = sentiment::bundle::Bundle::create("toy", files).unwrap();
    bundle_folder::write(&at.join("bundle"), &better).unwrap();
    let export = ["export", "--run", "/run", "--data", "/", "--output", "/bundle"];
    let error = format!("{:#}", run(at, &export).unwrap_err());
    assert!(error.contains("--accept-falls") && error.contains("no another test"), "{error}");
    let lies = || sentiment::load(bundle_folder::read(&at.join("bundle")).unwrap()).unwrap();
    assert_eq!(lies().id().version, better.version());
    run(at, &[export.as_slice(), &["--accept-falls"]].concat()).unwrap();
    assert_ne!(lies().id().version, better.version());
    let model = lies();

    // A training that starts from the bundle knows from the beginning what the bundle knows.
    let again = RECIPE
        .replace("learning_rate = 0.02", "learning_rate = 1e-9")
        .replace("epochs = 6", "epochs = 1");
    fs::write(at.join("toy.toml"), again).unwrap();
    run(at, &[train.as_slice(), &["--init", "/bundle", "--run", "/more"]].concat()).unwrap();
    let result: serde_json::Value =
        serde_json::from_slice(&fs::read(at.join("more/result.json")).unwrap()).unwrap();
    assert!(result["best"]["score"].as_f64().unwrap() > 0.95, "{result}");
    let origin = fs::read_to_string(at.join("more/origin.json")).unwrap();
    assert!(origin.contains(&model.id().version), "{origin}");
}

#[test]
fn a_step_that_comes_too_early_says_which_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("toy.toml"), RECIPE).unwrap();
    let embed =
        ["embed", "--recipe", "/toy.toml", "--prepared", "/nowhere", "--output", "/vectors"];
    let error = run(folder.path(), &embed).unwrap_err();
    assert!(error.to_string().contains("run `vigie-train prepare` first"), "{error}");
    let error = run(folder.path(), &["export", "--run", "/typo", "--data", "/"]).unwrap_err();
    assert!(error.to_string().contains("run `vigie-train train` to its end"), "{error}");
    assert!(!folder.path().join("typo").exists());
}

/// Tweets in the few words that the toy encoder knows, each with other letters.
fn simple_tweets(letters: std::ops::Range<u8>) -> String {
    let mut text = String::from("label\ttext\n");
    for first in letters.clone() {
        for second in letters.clone() {
            for (label, words) in [
                ("negative", "bad flight late again"),
                ("neutral", "is my flight the"),
                ("positive", "thank you very good"),
            ] {
                writeln!(text, "{label}\t{words} {} {}", first as char, second as char).unwrap();
            }
        }
    }
    text
}

#[test]
fn from_an_encoder_to_a_bundle_that_tells_praise_from_blame() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let (recipe, _) = RECIPE.split_once("[embed]").unwrap();
    let recipe = format!(
        "{recipe}[train]\nepochs = 8\nbatch = 16\nlearning_rate = 3e-3\n\n[bert]\npieces = 16\n"
    );
    fs::write(at.join("toy.toml"), &recipe).unwrap();
    fs::write(at.join("people.tsv"), simple_tweets(b'a'..b'g')).unwrap();
    fs::write(at.join("people.test.tsv"), simple_tweets(b'w'..b'z')).unwrap();
    let encoder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sentiment/tests/bert/distilbert");
    fs::create_dir(at.join("encoder")).unwrap();
    for name in ["config.json", "tokenizer.json", "model.safetensors"] {
        fs::copy(encoder.join(name), at.join("encoder").join(name)).unwrap();
    }

    run(at, &["prepare", "--recipe", "/toy.toml", "--data", "/", "--output", "/prepared"]).unwrap();
    let train = ["train", "--recipe", "/toy.toml", "--prepared", "/prepared"];
    let error = run(at, &[train.as_slice(), &["--run", "/run"]].concat()).unwrap_err();
    assert!(error.to_string().contains("--encoder"), "{error}");
    let from_encoder = ["--encoder", "/encoder", "--run", "/run"];
    run(at, &[train.as_slice(), &from_encoder].concat()).unwrap();
    run(at, &["export", "--run", "/run", "--data", "/", "--output", "/bundle"]).unwrap();

    let model = sentiment::load(bundle_folder::read(&at.join("bundle")).unwrap()).unwrap();
    let accuracy =
        model.card().metrics.iter().find(|metric| metric.name == "people test accuracy").unwrap();
    assert_eq!((accuracy.value, accuracy.n), (1.0, 27));
    let command = &model.card().command;
    assert!(
        command.contains("train --recipe toy.toml --prepared prepared --encoder "),
        "{command}"
    );
    let origin = fs::read_to_string(at.join("run/origin.json")).unwrap();
    assert!(origin.contains("tokenizer.json"), "{origin}");

    // A text gets the same verdict alone and among others.
    let texts = ["thank you very good", "bad", "is my flight the flight late again a b c d"];
    let together = model.predict(&texts).unwrap();
    for (text, among) in texts.iter().zip(together) {
        let alone = model.predict(&[text]).unwrap().remove(0).probabilities;
        assert!((alone.negative - among.probabilities.negative).abs() < 1e-5, "{text}");
    }

    // A training that starts from the bundle knows from the beginning what the bundle knows.
    let again = recipe.replace("learning_rate = 3e-3", "learning_rate = 1e-9");
    fs::write(at.join("toy.toml"), again.replace("epochs = 8", "epochs = 1")).unwrap();
    run(at, &[train.as_slice(), &["--init", "/bundle", "--run", "/more"]].concat()).unwrap();
    let result: serde_json::Value =
        serde_json::from_slice(&fs::read(at.join("more/result.json")).unwrap()).unwrap();
    assert!(result["best"]["score"].as_f64().unwrap() > 0.95, "{result}");
}
