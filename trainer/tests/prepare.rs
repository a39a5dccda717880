//! From files to sorted rows, on hand-written tweets.

#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

use std::{fs, path::Path};

use domain::Label;
use trainer::{
    behaviour::Suite,
    data::{Prepared, prepare},
    recipe::Recipe,
};

const RECIPE: &str = r#"
name = "toy"
description = "A toy."
languages = ["en"]
seed = 1

[preprocess]
brands = ["delta"]
brand_token = true
max_tokens = 64

[[source]]
name = "people"
file = "people.tsv"
kind = "human"
validation = 0.3

[[source]]
name = "emoticons"
file = "emoticons.csv"
format = "sentiment140-csv"
kind = "distant"
weight = 0.6

[[test]]
name = "people"
file = "people.test.tsv"
kind = "human"

[embed]

[train]

[bilstm]
"#;

fn written(folder: &Path) -> Prepared {
    let mut people = String::from("label\ttext\n");
    for n in 0..200 {
        people.push_str(&format!("neutral\tboarding at gate {n}\n"));
    }
    people.push_str("negative\t@Delta lost my bag &amp; my patience\nneutral\tso it goes\npositive\tSo it  goes\n");
    fs::write(folder.join("people.tsv"), people).unwrap();
    fs::write(
        folder.join("emoticons.csv"),
        "\"4\",\"1\",\"d\",\"q\",\"u\",\"Boarding at gate 7\"\n\"0\",\"2\",\"d\",\"q\",\"u\",\"they lost it all\"\n",
    )
    .unwrap();
    fs::write(
        folder.join("people.test.tsv"),
        "label\ttext\nnegative\t@united LOST my bag & my patience\n",
    )
    .unwrap();
    prepare(&Recipe::parse(RECIPE).unwrap(), folder).unwrap()
}

#[test]
fn a_text_of_a_test_never_enters_training() {
    let folder = tempfile::tempdir().unwrap();
    let prepared = written(folder.path());
    assert_eq!(prepared.report.sources[0].in_tests, 1);
    let all = prepared.train.iter().chain(&prepared.validation);
    assert!(
        all.clone().count() > 100 && all.clone().all(|example| !example.text.contains("patience"))
    );
}

/// Rows among which there is a case of the released behaviour suite, written by somebody else.
fn written_with_a_case(folder: &Path) -> (Prepared, String) {
    written(folder);
    let suite = Suite::released().unwrap();
    let (_, case) = suite.cases().last().unwrap();
    let copy = case.texts()[0].to_uppercase();
    let path = folder.join("people.tsv");
    let rows = fs::read_to_string(&path).unwrap() + &format!("positive\t{copy}\n");
    fs::write(path, rows).unwrap();
    (prepare(&Recipe::parse(RECIPE).unwrap(), folder).unwrap(), copy)
}

#[test]
fn a_case_of_the_behaviour_suite_never_enters_training() {
    let folder = tempfile::tempdir().unwrap();
    let (prepared, copy) = written_with_a_case(folder.path());
    assert_eq!(prepared.report.sources[0].in_tests, 2);
    let mut all = prepared.train.iter().chain(&prepared.validation);
    assert!(all.all(|example| example.text != copy));
}

#[test]
fn rows_from_before_a_case_was_written_are_looked_through() {
    let folder = tempfile::tempdir().unwrap();
    let (mut prepared, copy) = written_with_a_case(folder.path());
    let suite = Suite::released().unwrap();
    prepared.report.cases_sha256 = String::new();
    suite.check_unlearnt(&prepared).unwrap();

    let path = folder.path().join("prepared");
    prepared.write(&path).unwrap();
    suite.check_training(&prepared.report, &path).unwrap();
    let mut others = prepared.report.clone();
    others.rows_sha256.clear();
    let error = suite.check_training(&others, &path).unwrap_err();
    assert!(error.to_string().contains("are of another training"), "{error}");

    prepared.train.last_mut().unwrap().text = copy;
    let error = prepared.check(&Recipe::parse(RECIPE).unwrap()).unwrap_err();
    assert!(error.to_string().contains("the text of a case of the behaviour suite"), "{error}");
}

#[test]
fn every_row_is_accounted_for() {
    let folder = tempfile::tempdir().unwrap();
    let prepared = written(folder.path());
    for source in &prepared.report.sources {
        let sum = source.train
            + source.validation
            + source.duplicates
            + source.conflicts
            + source.in_tests;
        assert_eq!(sum, source.rows, "{}", source.name);
        assert_eq!(source.sha256.len(), 64);
    }
    assert_eq!(prepared.report.sources[0].conflicts, 2);
    assert_eq!(prepared.report.sources[1].duplicates, 1);
    let validation = prepared.validation.len();
    assert!((35..85).contains(&validation), "{validation} of 200 rows validate at a share of .3");
}

#[test]
fn labels_that_are_not_to_count_are_dropped_and_those_that_are_must_be_there() {
    let folder = tempfile::tempdir().unwrap();
    let with_labels = written(folder.path());
    let unlabelled = RECIPE.replace("kind = \"distant\"", "teacher_share = 1.0");
    let prepared = prepare(&Recipe::parse(&unlabelled).unwrap(), folder.path()).unwrap();
    assert_eq!(prepared.report.sources[1].duplicates, 1, "people labelled the same text");
    let of_emoticons = |prepared: &Prepared| {
        let rows = prepared.train.iter().filter(|example| example.source == "emoticons");
        rows.map(|example| (example.text.clone(), example.label)).collect::<Vec<_>>()
    };
    let lost = "they lost it all".to_owned();
    assert_eq!(of_emoticons(&with_labels), [(lost.clone(), Some(Label::Negative))]);
    assert_eq!(of_emoticons(&prepared), [(lost, None)]);

    fs::write(folder.path().join("people.tsv"), "text\nboarding\n").unwrap();
    let error = prepare(&Recipe::parse(RECIPE).unwrap(), folder.path()).unwrap_err();
    assert!(error.to_string().contains("people.tsv has no column `label`"), "{error}");
}

#[test]
fn prepared_rows_come_back_as_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let prepared = written(folder.path());
    prepared.write(&folder.path().join("prepared")).unwrap();
    assert_eq!(Prepared::read(&folder.path().join("prepared")).unwrap(), prepared);
}

#[test]
fn rows_of_another_report_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut prepared = written(folder.path());
    let path = folder.path().join("prepared");
    prepared.train.pop();
    prepared.write(&path).unwrap();
    let error = Prepared::read(&path).unwrap_err();
    assert!(error.to_string().contains("run `vigie-train prepare` again"), "{error}");
}

#[test]
fn a_recipe_with_other_files_than_were_prepared_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let report = written(folder.path()).report;
    report.check(&Recipe::parse(RECIPE).unwrap()).unwrap();
    let another_test = "[[test]]\nname = \"late\"\nfile = \"late.tsv\"\nkind = \"human\"\n[embed]";
    for (from, to, named) in [
        ("[embed]", another_test, "test “late”"),
        ("people.test.tsv", "other.test.tsv", "test “people”"),
        ("validation = 0.3", "validation = 0.2", "source “people”"),
        ("emoticons.csv", "others.csv", "source “emoticons”"),
    ] {
        let recipe = Recipe::parse(&RECIPE.replace(from, to)).unwrap();
        let error = report.check(&recipe).unwrap_err().to_string();
        assert!(error.contains(named), "{error}");
    }
}

#[test]
fn rows_without_one_of_the_labels_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut prepared = written(folder.path());
    let recipe = Recipe::parse(RECIPE).unwrap();
    prepared.train.retain(|example| example.label != Some(Label::Neutral));
    let error = prepared.check(&recipe).unwrap_err().to_string();
    assert!(error.contains("no training row is neutral"), "{error}");
}

#[test]
fn a_misspelt_setting_is_refused() {
    let error = Recipe::parse(&RECIPE.replace("weight = 0.6", "wieght = 0.6")).unwrap_err();
    assert!(format!("{error:#}").contains("wieght"), "{error:#}");
}

#[test]
fn the_released_recipe_is_sound() {
    let recipe = Recipe::parse(include_str!("../recipes/bilstm.toml")).unwrap();
    assert!(recipe.sources.iter().any(|source| source.validation > 0.0));
    assert!(!recipe.tests.is_empty());
}
