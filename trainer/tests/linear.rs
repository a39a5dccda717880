//! The classical family from tweets to a bundle, on hand-written rows.

#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

use std::fs;

use domain::Probabilities;
use rayon::ThreadPoolBuilder;
use trainer::{
    bundle_folder,
    data::Prepared,
    linear::{Matrix, Member, Texts, choose, fit},
    recipe::Recipe,
};

#[path = "shared/places.rs"]
mod places;
mod shared;
#[path = "shared/tweets.rs"]
mod tweets;

use places::PLACES;
use shared::run;
use tweets::{PEOPLE, tweets};

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

[[source]]
name = "emoticons"
file = "emoticons.tsv"
kind = "distant"
weight = 0.5

[[test]]
name = "people"
file = "people.test.tsv"
kind = "human"

[linear]
members = ["logistic", "svm", "bayes", "nb-svm", "nb-logistic"]
vote = ["logistic", "nb-svm"]
"#;

/// Rows, recipe and what `prepare` makes of them, in a folder.
fn prepared(recipe: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let emoticons = [("negative", "so sad and cold near"), ("positive", "yay what fun near")];
    fs::write(at.join("toy.toml"), recipe).unwrap();
    fs::write(at.join("people.tsv"), tweets(&PLACES[..9], &PEOPLE)).unwrap();
    fs::write(at.join("people.test.tsv"), tweets(&PLACES[9..], &PEOPLE)).unwrap();
    fs::write(at.join("emoticons.tsv"), tweets(&PLACES[..9], &emoticons)).unwrap();
    run(at, &["prepare", "--recipe", "/toy.toml", "--data", "/", "--output", "/prepared"]).unwrap();
    folder
}

const TRAIN: [&str; 7] =
    ["train", "--recipe", "/toy.toml", "--prepared", "/prepared", "--run", "/run"];

#[test]
fn from_tweets_to_a_bundle_that_tells_praise_from_blame() {
    let folder = prepared(RECIPE);
    let at = folder.path();
    run(at, &TRAIN).unwrap();
    run(at, &["export", "--run", "/run", "--data", "/", "--output", "/bundle"]).unwrap();

    let model = sentiment::load(bundle_folder::read(&at.join("bundle")).unwrap()).unwrap();
    let card = model.card();
    let test = card.metrics.iter().find(|metric| metric.name == "people test accuracy").unwrap();
    assert_eq!((test.value, test.n), (1.0, 54));
    assert!(card.metrics.iter().any(|metric| metric.name == "people validation macro F1"));
    assert_eq!(card.configuration["linear"]["vote"], serde_json::json!(["logistic", "nb-svm"]));
    assert!(card.command.contains("&& vigie-train train --recipe toy.toml --prepared prepared "));
    assert!(!card.command.contains(&at.display().to_string()), "{}", card.command);

    let said = model.predict(&["@delta lovely service", "rude staff again", "so sad"]).unwrap();
    let labels: Vec<&str> = said.iter().map(|verdict| verdict.label.as_str()).collect();
    assert_eq!(labels, ["positive", "negative", "negative"]);
    // Nobody said of these rows that they are not neutral.
    let Probabilities { neutral, positive, .. } = said[2].probabilities;
    assert!(neutral > 10.0 * positive, "{:?}", said[2]);
}

#[test]
fn a_killed_training_ends_as_an_uninterrupted_one() {
    let folder = prepared(RECIPE);
    let at = folder.path();
    run(at, &TRAIN).unwrap();
    let best = || fs::read(at.join("run/best.safetensors")).unwrap();
    let whole = best();

    // As a kill in the third learner leaves it.
    for file in ["best.safetensors", "result.json", "nb-svm.safetensors", "bayes.safetensors"] {
        fs::remove_file(at.join("run").join(file)).unwrap();
    }
    let kept = fs::metadata(at.join("run/svm.safetensors")).unwrap().modified().unwrap();
    run(at, &TRAIN).unwrap();
    assert!(best() == whole, "other weights");
    assert!(at.join("run/result.json").exists());
    let now = fs::metadata(at.join("run/svm.safetensors")).unwrap().modified().unwrap();
    assert_eq!(kept, now, "a finished learner is not fitted again");

    // Another recipe does not take over what was learnt.
    fs::write(at.join("toy.toml"), RECIPE.replace("weight = 0.5", "weight = 0.4")).unwrap();
    let error = run(at, &TRAIN).unwrap_err();
    assert!(error.to_string().contains("is of another recipe"), "{error}");
    assert!(best() == whole, "the refused training has written");
}

#[test]
fn a_finished_training_that_is_repeated_changes_nothing() {
    let folder = prepared(RECIPE);
    let at = folder.path();
    run(at, &TRAIN).unwrap();
    run(at, &["export", "--run", "/run", "--data", "/", "--output", "/bundle"]).unwrap();
    let lines = || fs::read_to_string(at.join("run/metrics.jsonl")).unwrap().lines().count();
    let (best, records) = (fs::read(at.join("run/best.safetensors")).unwrap(), lines());
    run(at, &TRAIN).unwrap();
    assert_eq!(lines(), records, "a record was repeated");
    assert!(fs::read(at.join("run/best.safetensors")).unwrap() == best, "other weights");
    assert!(at.join("run/bundle/card.json").exists(), "the exported bundle is gone");
}

#[test]
fn the_number_of_cores_changes_no_weight() {
    let folder = prepared(RECIPE);
    let recipe = Recipe::parse(RECIPE).unwrap();
    let settings = recipe.linear.clone().unwrap();
    let prepared = Prepared::read(&folder.path().join("prepared")).unwrap();
    let weights = |threads: usize| {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let texts = Texts::read(&prepared.train, &recipe, &settings.features).unwrap();
            let table = choose(&texts, &settings);
            let matrix = Matrix::new(&texts.features, &table).unwrap();
            let fitted = |member| fit(member, &matrix, &texts.lessons, &settings, &mut |_| Ok(()));
            [Member::Logistic, Member::NbSvm].map(|member| fitted(member).unwrap())
        })
    };
    assert_eq!(weights(1), weights(3));
}

#[test]
fn emoticons_alone_give_a_model_of_two_labels() {
    let people = RECIPE.find("[[source]]").unwrap();
    let emoticons = RECIPE.rfind("[[source]]").unwrap();
    let alone = format!("{}{}", &RECIPE[..people], &RECIPE[emoticons..])
        .replace("weight = 0.5", "validation = 0.2");
    let folder = prepared(&alone);
    let at = folder.path();
    run(at, &TRAIN).unwrap();
    run(at, &["export", "--run", "/run", "--data", "/", "--output", "/bundle"]).unwrap();
    let model = sentiment::load(bundle_folder::read(&at.join("bundle")).unwrap()).unwrap();
    let said = model.predict(&["yay fun", "so cold"]).unwrap();
    assert_eq!(model.labels().len(), 2);
    assert!(said.iter().all(|verdict| verdict.probabilities.neutral == 0.0));
    assert!(said[0].probabilities.positive > 0.5 && said[1].probabilities.negative > 0.5);
}

#[test]
fn a_linear_model_starts_from_nothing() {
    let folder = prepared(RECIPE);
    let init = [TRAIN.as_slice(), &["--init", "/bundle"]].concat();
    let error = run(folder.path(), &init).unwrap_err();
    assert!(error.to_string().contains("leave out --init"), "{error}");
}
