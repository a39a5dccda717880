//! Two trained models that judge together, from their bundles to the comparison.

#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

use std::{fs, path::Path};

use sentiment::models::ensemble::Config;
use trainer::{
    bundle_folder,
    comparison::{Facts, Folder},
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
name = "one"
description = "A toy."
limits = ["It is a toy."]
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
validation = 0.2

[[source]]
name = "emoticons"
file = "emoticons.tsv"
kind = "distant"
validation = 0.2

[[test]]
name = "people"
file = "people.test.tsv"
kind = "human"

[linear]
members = ["logistic"]
vote = ["logistic"]
"#;

const COMPARISON: &str = r#"
[[test]]
name = "people"
file = "people.test.tsv"
language = "en"

[[model]]
name = "both"
title = "Both"
folder = "FOLDER/models/both"
protocols = ["people"]

[[protocol]]
name = "people"
title = "People"
description = "By hand."
test = "people"
classes = "labels"
headline = "accuracy"
"#;

const EMOTICONS: [(&str, &str); 2] =
    [("negative", "so sad and cold near"), ("positive", "yay what fun near")];

fn prepare(at: &Path, recipe: &str, output: &str) {
    run(at, &["prepare", "--recipe", recipe, "--data", "/", "--output", output]).unwrap();
}

/// Trains the model of a recipe and puts its bundle into the folder `output`.
fn release(at: &Path, recipe: &str, output: &str) {
    let run_folder = format!("/run-{}", &output[1..].replace('/', "-"));
    let train =
        ["train", "--recipe", recipe, "--prepared", "/prepared", "--run", run_folder.as_str()];
    run(at, &train).unwrap();
    let export = ["export", "--run", run_folder.as_str(), "--data", "/", "--output", output];
    run(at, &export).unwrap();
}

/// Rows, two recipes of different learners, and the bundles `one` and `two`.
fn two_models() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let two = RECIPE.replace("\"one\"", "\"two\"").replace("logistic", "bayes");
    fs::write(at.join("one.toml"), RECIPE).unwrap();
    fs::write(at.join("two.toml"), two).unwrap();
    fs::write(at.join("people.tsv"), tweets(&PLACES[..9], &PEOPLE)).unwrap();
    fs::write(at.join("people.test.tsv"), tweets(&PLACES[9..], &PEOPLE)).unwrap();
    fs::write(at.join("emoticons.tsv"), tweets(&PLACES[..9], &EMOTICONS)).unwrap();
    prepare(at, "/one.toml", "/prepared");
    release(at, "/one.toml", "/models/one");
    release(at, "/two.toml", "/models/two");
    folder
}

const ENSEMBLE: [&str; 11] = [
    "ensemble",
    "--recipe",
    "/one.toml",
    "--member",
    "/models/one",
    "--member",
    "/models/two",
    "--data",
    "/",
    "--output",
    "/models/both",
];
const COMPARE: [&str; 7] =
    ["compare", "--description", "/comparison.toml", "--docs", "/docs", "--run", "/compared"];
const PREPARED: [&str; 2] = ["--prepared", "/prepared"];

fn made(at: &Path) -> anyhow::Result<()> {
    run(at, &[ENSEMBLE.as_slice(), &PREPARED].concat())
}

/// What is said of an ensemble that cannot be made.
fn refusal(at: &Path, words: &[&str]) -> String {
    format!("{:#}", run(at, words).unwrap_err())
}

#[test]
fn two_bundles_become_one_that_every_command_takes() {
    let folder = two_models();
    let at = folder.path();
    made(at).unwrap();
    let files = |name: &str| bundle_folder::read(&at.join("models").join(name)).unwrap();
    let mut written: Vec<_> = fs::read_dir(at.join("models/both"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    written.sort();
    assert_eq!(written, ["card.json", "config.json", "manifest.json"], "no weights are copied");

    let config: Config = serde_json::from_slice(&files("both")["config.json"]).unwrap();
    let members: Vec<&str> = config.members.iter().map(|member| member.name.as_str()).collect();
    assert_eq!(members, ["one", "two"]);
    let one = sentiment::load(files("one")).unwrap();
    assert_eq!(config.members[0].version, one.id().version);

    let model = sentiment::load(files("both")).unwrap();
    let card = model.card();
    let test = card.metrics.iter().find(|metric| metric.name == "people test accuracy").unwrap();
    assert_eq!((test.value, test.n), (1.0, 54));
    for name in ["people validation macro F1", "emoticons validation accuracy of two"] {
        assert!(card.metrics.iter().any(|metric| metric.name == name), "{name}");
    }
    assert!(card.metrics.iter().any(|metric| metric.name == "behaviour pass rate"));
    assert_eq!(card.data.len(), 2, "what both learnt from is named once");
    assert!(card.limits.contains(&"It is a toy.".to_owned()));
    assert!(card.configuration["members"][1]["card_sha256"].as_str().unwrap().len() == 64);
    let command = "&& vigie-train ensemble --recipe one.toml --member one --member two ";
    assert!(card.command.contains(command), "{}", card.command);
    assert!(!card.command.contains(&at.display().to_string()), "{}", card.command);

    let said = model.predict(&["@delta lovely service", "rude staff again", "so sad"]).unwrap();
    let labels: Vec<&str> = said.iter().map(|verdict| verdict.label.as_str()).collect();
    assert_eq!(labels, ["positive", "negative", "negative"]);

    run(at, &["evaluate", "--recipe", "/one.toml", "--model", "/models/both", "--data", "/"])
        .unwrap();
    run(at, &["behave", "--model", "/models/both"]).unwrap();
    run(at, &["gate", "--model", "/models/both", "--against", "/models/both"]).unwrap();

    // Made again it is the same but for the time, and replaces itself.
    made(at).unwrap();
    let again: Config = serde_json::from_slice(&files("both")["config.json"]).unwrap();
    assert_eq!(again, config);
}

#[test]
fn the_comparison_counts_all_members() {
    let folder = two_models();
    let at = folder.path();
    made(at).unwrap();
    let ask = |name: &str| {
        let text = COMPARISON.replace("FOLDER", &at.display().to_string()).replace("both", name);
        fs::write(at.join("comparison.toml"), text).unwrap();
        run(at, &[COMPARE.as_slice(), &["--from-bundles", "--data", "/"]].concat()).unwrap();
        Facts::read(&Folder::at(&at.join("docs")).facts(name)).unwrap()
    };
    let [one, two, both] = ["one", "two", "both"].map(ask);
    assert_eq!(both.family, "ensemble");
    assert_eq!(both.parameters, one.parameters + two.parameters);
    assert!(both.bytes > one.bytes + two.bytes, "{} {} {}", both.bytes, one.bytes, two.bytes);
    assert!(both.latency.p50_us > 0);
    let together = one.training_seconds.unwrap() + two.training_seconds.unwrap();
    assert!((both.training_seconds.unwrap() - together).abs() < 1e-9);
    run(at, &[COMPARE.as_slice(), &["--check"]].concat()).unwrap();
}

#[test]
fn what_cannot_judge_together_is_told() {
    let folder = two_models();
    let at = folder.path();
    let other = |index: usize, word: &'static str| {
        let mut words = [ENSEMBLE.as_slice(), &PREPARED].concat();
        words[index] = word;
        refusal(at, &words)
    };
    let elsewhere = other(10, "/elsewhere/both");
    assert!(elsewhere.contains("choose another --output"), "{elsewhere}");
    let itself = other(10, "/models/one");
    assert!(itself.contains("a folder of another name"), "{itself}");
    let twice = other(6, "/models/one");
    assert!(twice.contains("one is given twice"), "{twice}");
    let missing = other(6, "/models/three");
    assert!(missing.contains("models/three"), "{missing}");

    // A larger share of validation rows: some of them the members have learnt.
    let larger = RECIPE.replace("validation = 0.2", "validation = 0.5");
    fs::write(at.join("larger.toml"), larger).unwrap();
    prepare(at, "/larger.toml", "/larger");
    let mut words = [ENSEMBLE.as_slice(), &["--prepared", "/larger"]].concat();
    words[2] = "/larger.toml";
    let learnt = refusal(at, &words);
    assert!(learnt.contains("one@") && learnt.contains("may have learnt"), "{learnt}");

    // Another test, whose texts the members may have learnt.
    fs::write(at.join("more.test.tsv"), tweets(&PLACES[10..], &PEOPLE)).unwrap();
    let test = "[[test]]\nname = \"more\"\nfile = \"more.test.tsv\"\nkind = \"human\"\n\n[linear]";
    fs::write(at.join("tested.toml"), RECIPE.replace("[linear]", test)).unwrap();
    prepare(at, "/tested.toml", "/tested");
    let mut words = [ENSEMBLE.as_slice(), &["--prepared", "/tested"]].concat();
    words[2] = "/tested.toml";
    let untested = refusal(at, &words);
    assert!(untested.contains("more.test.tsv were kept out"), "{untested}");
    assert!(!at.join("models/both").exists(), "nothing is written");
}

#[test]
fn a_member_that_was_replaced_is_noticed_and_the_ensemble_made_again() {
    let folder = two_models();
    let at = folder.path();
    made(at).unwrap();
    let other = RECIPE.replace("\"A toy.\"", "\"Another toy.\"");
    fs::write(at.join("one.toml"), other).unwrap();
    fs::remove_dir_all(at.join("models/one")).unwrap();
    let behave = ["behave", "--model", "/models/both"];
    let missing = refusal(at, &behave);
    assert!(missing.contains("needs its member one beside it"), "{missing}");
    let run_folder = at.join("run-models-one");
    fs::remove_dir_all(run_folder).unwrap();
    release(at, "/one.toml", "/models/one");
    let replaced = refusal(at, &behave);
    assert!(replaced.contains("the ensemble was made with one@"), "{replaced}");

    // The old ensemble can no longer be asked, so that a word of consent is needed.
    let refused = refusal(at, &[ENSEMBLE.as_slice(), &PREPARED].concat());
    assert!(refused.contains("--accept-falls"), "{refused}");
    run(at, &[ENSEMBLE.as_slice(), &PREPARED, &["--accept-falls"]].concat()).unwrap();
    run(at, &behave).unwrap();
}
