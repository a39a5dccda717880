//! A small network learns from a teacher: asked, interrupted, trained, exported.

#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

use std::{fmt::Write, fs, path::Path, time::Duration};

use anyhow::bail;
use bundle_fixture::SmallBundle;
use domain::Label;
use sentiment::Model;
use trainer::{
    bundle_folder,
    data::Prepared,
    recipe::Recipe,
    teaching::{Pace, Teachers, Teaching, ask},
};

#[path = "shared/places.rs"]
mod places;
mod shared;

use places::PLACES;
use shared::run;

const RECIPE: &str = r#"
name = "pupil"
description = "A toy that learns from a teacher."
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
reasons = "column"
validation = 0.3

[[source]]
name = "emoticons"
file = "emoticons.tsv"
kind = "distant"
teacher_share = 1.0

[[test]]
name = "people"
file = "people.test.tsv"
kind = "human"

[embed]
dimension = 8
epochs = 2

[train]
epochs = 15
batch = 16
learning_rate = 0.02
patience = 15

[bilstm]
hidden = 8
dense = 8
word_dropout = 0.0
spatial_dropout = 0.0
dropout = 0.0
"#;

fn refusal(folder: &Path, words: &[&str]) -> String {
    format!("{:#}", run(folder, words).unwrap_err())
}

/// Texts at `places`, with what `label` makes of what they really are.
fn rows(places: &[&str], label: impl Fn(Label) -> Label) -> String {
    let mut rows = String::from("label\treason\ttext\n");
    for place in places {
        for n in 0..10 {
            for (really, reason, words) in [
                (Label::Negative, "Late Flight", "awful delay and rude staff at"),
                (Label::Neutral, "", "what time does boarding start at"),
                (Label::Positive, "", "lovely crew and great service at"),
            ] {
                let (label, tail) = (label(really).as_str(), "x".repeat(n));
                writeln!(rows, "{label}\t{reason}\t@Delta {words} {place} {tail}").unwrap();
            }
        }
    }
    rows
}

/// What emoticons say that are always wrong.
const fn wrong(label: Label) -> Label {
    match label {
        Label::Negative | Label::Neutral => Label::Positive,
        Label::Positive => Label::Negative,
    }
}

/// Rows that people labelled, rows whose emoticons are wrong, what `prepare` makes of them, and a
/// teacher that knows nothing.
fn prepared() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    SmallBundle::doubtful().write(&at.join("teacher"));
    fs::write(at.join("toy.toml"), RECIPE).unwrap();
    fs::write(at.join("people.tsv"), rows(&PLACES[..5], |label| label)).unwrap();
    fs::write(at.join("emoticons.tsv"), rows(&PLACES[5..9], wrong)).unwrap();
    fs::write(at.join("people.test.tsv"), rows(&PLACES[9..], |label| label)).unwrap();
    run(at, &["prepare", "--recipe", "/toy.toml", "--data", "/", "--output", "/prepared"]).unwrap();
    folder
}

const TEACH: [&str; 7] =
    ["teach", "--recipe", "/toy.toml", "--prepared", "/prepared", "--teacher", "/teacher"];
const TRAIN: [&str; 7] =
    ["train", "--recipe", "/toy.toml", "--prepared", "/prepared", "--vectors", "/vectors"];

fn with<'a>(words: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [words, more].concat()
}

/// A teacher that has learnt from people alone, as the bundle `learned`.
fn learned_teacher(at: &Path) {
    let (people, rest) = RECIPE.split_once("[[source]]\nname = \"emoticons\"").unwrap();
    let (_, rest) = rest.split_once("[[test]]").unwrap();
    fs::write(at.join("learned.toml"), format!("{people}[[test]]{rest}")).unwrap();
    let recipe = ["--recipe", "/learned.toml"];
    let rows = ["--prepared", "/learned-rows"];
    let vectors = ["--vectors", "/learned-vectors"];
    run(at, &[&["prepare", "--data", "/", "--output", "/learned-rows"], &recipe[..]].concat())
        .unwrap();
    run(at, &[&["embed", "--output", "/learned-vectors"], &recipe[..], &rows].concat()).unwrap();
    run(at, &[&["train", "--run", "/learned-run"], &recipe[..], &rows, &vectors].concat()).unwrap();
    run(at, &["export", "--run", "/learned-run", "--data", "/", "--output", "/learned"]).unwrap();
}

fn load(at: &Path, bundle: &str) -> Box<dyn Model> {
    sentiment::load(bundle_folder::read(&at.join(bundle)).unwrap()).unwrap()
}

/// That the pupil says what its teacher says of the rows that it learnt from it alone.
fn assert_agreement(at: &Path, teacher: &dyn Model, pupil: &dyn Model) {
    let prepared = Prepared::read(&at.join("prepared")).unwrap();
    let taught = prepared.train.iter().filter(|example| example.source == "emoticons");
    let texts: Vec<&str> = taught.map(|example| example.text.as_str()).collect();
    let said = teacher.predict(&texts).unwrap().into_iter().zip(pupil.predict(&texts).unwrap());
    let agreeing = said.filter(|(teacher, pupil)| teacher.label == pupil.label).count();
    assert!(agreeing * 20 > texts.len() * 19, "{agreeing} of {}", texts.len());
}

#[test]
fn from_a_teacher_to_a_bundle_that_believes_it_and_not_the_emoticons() {
    let folder = prepared();
    let at = folder.path();
    learned_teacher(at);
    let teach = ["teach", "--recipe", "/toy.toml", "--prepared", "/prepared"];
    run(at, &with(&teach, &["--teacher", "/learned", "--output", "/teaching"])).unwrap();
    run(at, &["embed", "--recipe", "/toy.toml", "--prepared", "/prepared", "--output", "/vectors"])
        .unwrap();
    run(at, &with(&TRAIN, &["--teaching", "/teaching", "--run", "/run"])).unwrap();
    run(at, &["export", "--run", "/run", "--data", "/", "--output", "/bundle"]).unwrap();

    let (teacher, pupil) = (load(at, "learned"), load(at, "bundle"));
    assert_agreement(at, teacher.as_ref(), pupil.as_ref());

    let card = pupil.card();
    let taught = &card.configuration["teaching"];
    assert_eq!(taught["teachers"][0], teacher.id().to_string());
    assert_eq!(taught["sha256"].as_str().unwrap().len(), 64);
    assert!(
        card.command.contains(
            "&& vigie-train teach --recipe toy.toml --prepared prepared --teacher learned --output teaching && vigie-train train "
        ),
        "{}",
        card.command
    );
    assert!(card.command.contains(" --teaching teaching "), "{}", card.command);

    // Other answers make another training.
    let other = SmallBundle { name: "other".to_owned(), seed: 3.0, ..SmallBundle::doubtful() };
    other.write(&at.join("other"));
    run(at, &with(&TEACH, &["--teacher", "/other", "--output", "/two"])).unwrap();
    let said = refusal(at, &with(&TRAIN, &["--teaching", "/two", "--run", "/run"]));
    assert!(said.contains("is of other teachers' answers"), "{said}");
}

#[test]
fn texts_without_labels_are_learnt_from_a_teacher_alone() {
    let folder = prepared();
    let at = folder.path();
    learned_teacher(at);
    let emoticons = fs::read_to_string(at.join("emoticons.tsv")).unwrap();
    let texts = emoticons.lines().map(|line| line.rsplit('\t').next().unwrap());
    fs::write(at.join("emoticons.tsv"), texts.collect::<Vec<_>>().join("\n")).unwrap();
    fs::write(at.join("toy.toml"), RECIPE.replace("kind = \"distant\"\n", "")).unwrap();
    let recipe = ["--recipe", "/toy.toml"];
    run(at, &with(&["prepare", "--data", "/", "--output", "/prepared"], &recipe)).unwrap();
    let rows = ["--recipe", "/toy.toml", "--prepared", "/prepared"];
    run(at, &with(&["embed", "--output", "/vectors"], &rows)).unwrap();
    run(at, &with(&["teach", "--teacher", "/learned", "--output", "/teaching"], &rows)).unwrap();
    run(at, &with(&TRAIN, &["--teaching", "/teaching", "--run", "/run"])).unwrap();
    run(at, &["export", "--run", "/run", "--data", "/", "--output", "/bundle"]).unwrap();
    assert_agreement(at, load(at, "learned").as_ref(), load(at, "bundle").as_ref());
}

#[test]
fn only_rows_to_learn_from_with_a_teacher_share_are_asked_about() {
    let folder = prepared();
    let at = folder.path();
    run(at, &with(&TEACH, &["--output", "/teaching"])).unwrap();
    let prepared = Prepared::read(&at.join("prepared")).unwrap();
    let teaching = Teaching::read(&at.join("teaching"), &prepared).unwrap();
    for (place, example) in prepared.train.iter().enumerate() {
        let said = teaching.of(place);
        assert_eq!(said.is_some(), example.source == "emoticons", "{example:?}");
        let reasons = said.and_then(|said| said.reasons);
        let is_complaint = example.label == Some(Label::Negative);
        assert_eq!(reasons.is_some(), said.is_some() && is_complaint, "{example:?}");
    }
    assert_eq!(teaching.count(), 120);
}

/// Asks in small rounds, keeping every one, until `kill_at` rows have their answer; where it
/// began.
fn ask_until(at: &Path, output: &str, kill_at: usize) -> anyhow::Result<usize> {
    let prepared = Prepared::read(&at.join("prepared"))?;
    let recipe = Recipe::read(&at.join("toy.toml"))?;
    let teachers = Teachers::read(&[at.join("teacher")])?;
    let pace = Pace { batches: 1, keep_every: Duration::ZERO };
    let mut begun = None;
    let mut watch = |done: usize, _: usize| {
        begun.get_or_insert(done);
        if done >= kill_at {
            bail!("killed");
        }
        Ok(())
    };
    ask(&teachers, &prepared, &recipe, &at.join(output), &pace, &mut watch)?;
    Ok(begun.unwrap())
}

#[test]
fn interrupted_teachers_end_with_the_answers_of_uninterrupted_ones() {
    let folder = prepared();
    let at = folder.path();
    fs::write(at.join("toy.toml"), RECIPE.replace("validation", "teacher_share = 0.5\nvalidation"))
        .unwrap();
    run(at, &with(&TEACH, &["--output", "/whole"])).unwrap();
    assert_eq!(ask_until(at, "broken", 100).unwrap_err().to_string(), "killed");
    assert!(!at.join("broken/teaching.safetensors").exists());

    let begun = ask_until(at, "broken", usize::MAX).unwrap();
    assert!((100..200).contains(&begun), "went on at row {begun}");
    let answers = |name: &str| fs::read(at.join(name).join("teaching.safetensors")).unwrap();
    assert!(answers("broken") == answers("whole"), "other answers");
    assert!(!at.join("broken/checkpoint.safetensors").exists());
}

#[test]
fn answers_of_other_rows_or_teachers_are_refused() {
    let folder = prepared();
    let at = folder.path();
    run(at, &["embed", "--recipe", "/toy.toml", "--prepared", "/prepared", "--output", "/vectors"])
        .unwrap();
    let said = refusal(at, &with(&TRAIN, &["--run", "/run"]));
    assert!(said.contains("“emoticons” has a teacher_share"), "{said}");
    let taught = with(&TRAIN, &["--teaching", "/teaching", "--run", "/run"]);
    assert!(refusal(at, &taught).contains("run `vigie-train teach` to its end"));

    run(at, &with(&TEACH, &["--output", "/teaching"])).unwrap();
    SmallBundle::default().write(&at.join("another"));
    let another = with(&TEACH, &["--teacher", "/another", "--output", "/teaching"]);
    let said = refusal(at, &another);
    assert!(said.contains("holds answers by small-doubtful@"), "{said}");

    // A source that nobody was asked about.
    let all = RECIPE.replace("validation", "teacher_share = 0.5\nvalidation");
    fs::write(at.join("toy.toml"), all).unwrap();
    let said = refusal(at, &taught);
    assert!(said.contains("asked about the rows of source “people”"), "{said}");
    let said = refusal(at, &with(&TEACH, &["--output", "/teaching"]));
    assert!(said.contains("of the rows of emoticons"), "{said}");

    // A recipe that has no use for them.
    fs::write(at.join("toy.toml"), RECIPE.replace("teacher_share = 1.0", "")).unwrap();
    assert!(refusal(at, &taught).contains("leave out --teaching"));
    let said = refusal(at, &with(&TEACH, &["--output", "/nothing"]));
    assert!(said.contains("nothing to ask teachers about"), "{said}");

    // Other rows.
    fs::write(at.join("toy.toml"), RECIPE).unwrap();
    let emoticons = fs::read_to_string(at.join("emoticons.tsv")).unwrap();
    fs::write(at.join("emoticons.tsv"), emoticons.replace("crew", "cabin crew")).unwrap();
    run(at, &["prepare", "--recipe", "/toy.toml", "--data", "/", "--output", "/prepared"]).unwrap();
    run(at, &["embed", "--recipe", "/toy.toml", "--prepared", "/prepared", "--output", "/vectors"])
        .unwrap();
    assert!(refusal(at, &taught).contains("are of other rows"));
    assert!(!at.join("run").exists(), "a refused training has written");
}

#[test]
fn what_was_trained_on_a_test_does_not_teach() {
    let folder = prepared();
    let at = folder.path();
    let prepared = Prepared::read(&at.join("prepared")).unwrap();
    let mut cheat = SmallBundle::doubtful();
    cheat.card.data[0].sha256.clone_from(&prepared.report.tests[0].sha256);
    cheat.write(&at.join("teacher"));
    let said = refusal(at, &with(&TEACH, &["--output", "/teaching"]));
    assert!(said.contains("cannot teach") && said.contains("people.test.tsv"), "{said}");
}
