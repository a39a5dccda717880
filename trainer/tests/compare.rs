//! The comparison, from hand-written tweets and hand-made predictions, and the one that is
//! committed.

#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use clap::Parser;
use domain::{Label, ModelId, Reason};
use sentiment::models::ReasonShares;
use trainer::{
    commands::Command,
    comparison::{self, Description, Facts, Folder, Latency, Marks, PredictedRow, Predictions},
};

const DESCRIPTION: &str = r#"
[[test]]
name = "people"
file = "people.tsv"
language = "en"

[[model]]
name = "one"
title = "One"
folder = "/nowhere/one"
protocols = ["people", "reasons"]

[[model]]
name = "two"
title = "Two"
folder = "/nowhere/two"
protocols = ["people", "reasons"]

[[model]]
name = "three"
title = "Three"
folder = "/nowhere/three"
protocols = ["people"]

[[protocol]]
name = "people"
title = "People"
description = "By hand."
test = "people"
classes = "labels"
headline = "macro recall"
goals = [
    { model = "two", measure = "accuracy", floor = 0.7, aim = 0.9, above = "one" },
    { model = "three", measure = "ECE", floor = 0.03 },
]
published = [{ model = "Somebody's", measure = "macro recall", value = 0.5, source = "a paper" }]

[[protocol]]
name = "reasons"
title = "Reasons"
description = "By hand."
test = "people"
rows = "sure-reason"
classes = "reasons"
headline = "macro F1"
"#;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn compare(at: &Path, more: &[&str]) -> anyhow::Result<()> {
    let path = |name: &str| at.join(name).display().to_string();
    let mut words = ["vigie-train", "compare", "--description"].map(str::to_owned).to_vec();
    words.extend([path("comparison.toml"), "--docs".to_owned(), path("docs")]);
    words.extend(["--run".to_owned(), path("run")]);
    words.extend(more.iter().map(|word| (*word).to_owned()));
    Arguments::try_parse_from(words)?.command.run()
}

/// Sixty rows, a third of each label. Of every twenty the first model has 12 right, the second 16.
fn predictions(name: &str) -> Predictions {
    let rights = if name == "one" { 12 } else { 16 };
    let row = |number: usize| {
        let gold = number / 20;
        let said = if number % 20 < rights { gold } else { (gold + 1) % 3 };
        let mut labels = [0.1; 3];
        labels[said] = 0.8;
        let is_complaint = gold == 0;
        let mut shares = ReasonShares::default();
        shares[Reason::LateFlight as usize] = 0.6;
        PredictedRow {
            number: number as u64,
            gold: Label::ALL[gold],
            marks: Marks {
                length: if number.is_multiple_of(2) { "1-7" } else { "8-14" }.to_owned(),
                unknown: "0%".to_owned(),
                language: Some("en".to_owned()),
                reason: is_complaint.then_some(if number < 15 {
                    Reason::LateFlight
                } else {
                    Reason::LostLuggage
                }),
                is_reason_sure: is_complaint,
                ..Marks::default()
            },
            labels,
            reasons: (is_complaint && name == "two").then_some(shares),
        }
    };
    Predictions {
        model: ModelId { name: name.to_owned(), version: "0123456789ab".to_owned() },
        test: "people".to_owned(),
        file: "people.tsv".to_owned(),
        sha256: "ab".repeat(32),
        rows: (0..60).map(row).collect(),
    }
}

fn facts(name: &str) -> Facts {
    Facts {
        model: predictions(name).model,
        family: "toy".to_owned(),
        description: "A toy.".to_owned(),
        languages: vec!["en".to_owned()],
        parameters: 1234,
        bytes: 5_600_000,
        training_seconds: Some(90.0),
        training_rows: 100,
        latency: Latency {
            p50_us: 500,
            p99_us: 900,
            texts: 300,
            calls: 5,
            machine: "a machine".to_owned(),
            cores: 2,
            build: "release".to_owned(),
        },
        card: Vec::new(),
        behaviour: Vec::new(),
        limits: Vec::new(),
    }
}

fn prepared() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().to_owned();
    fs::write(at.join("comparison.toml"), DESCRIPTION).unwrap();
    let docs = Folder::at(&at.join("docs"));
    for name in ["one", "two"] {
        predictions(name).write(&docs.predictions("people", name)).unwrap();
        facts(name).write(&docs.facts(name)).unwrap();
    }
    (folder, at)
}

fn files(at: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(files(&entry));
        } else {
            found.insert(entry.clone(), fs::read(&entry).unwrap());
        }
    }
    found
}

/// The figures of both models in scikit-learn:
/// ```python
/// y = [k // 20 for k in range(60)]
/// said = lambda right: [g if k % 20 < right else (g + 1) % 3 for k, g in enumerate(y)]
/// accuracy_score(y, said(12)), recall_score(y, said(16), average="macro")   # 0.6, 0.8
/// # reasons: 15 late flights and 5 lost pieces of luggage, all said to be late flights
/// f1_score([0] * 15 + [1] * 5, [0] * 20, average="macro")                   # 0.42857142857142855
/// ```
#[test]
fn the_report_has_the_figures_worked_out_by_hand() {
    let (_folder, at) = prepared();
    compare(&at, &[]).unwrap();
    let figures: serde_json::Value =
        serde_json::from_slice(&fs::read(at.join("docs/models.json")).unwrap()).unwrap();
    let people = &figures["protocols"][0];
    let value = |model: usize, measure: &str| {
        let summary = people["results"][model]["summary"].as_array().unwrap();
        let found = summary.iter().find(|named| named["measure"] == measure).unwrap();
        found["value"].as_f64().unwrap()
    };
    assert_eq!((value(0, "accuracy"), value(1, "macro recall")), (0.6, 0.8));
    // Confidence .8 everywhere: 60 % and 80 % of the rows are right.
    assert_eq!((value(0, "ECE"), value(1, "ECE")), (0.2, 0.0));
    assert_eq!(people["results"][1]["confusion"][2], serde_json::json!([4, 0, 16]));
    assert_eq!(people["results"][0]["slices"].as_array().unwrap().len(), 2);
    // Only the second has twelve rows right that the first has not: a mid-p of 2^-12.
    let pair = &people["pairs"][0];
    assert_eq!(
        (&pair["first"], &pair["first_only"], &pair["second_only"]),
        (&"two".into(), &12.into(), &0.into())
    );
    assert_eq!(pair["differences"][0]["p"], 0.00024);
    assert_eq!(pair["differences"][0]["value"], 0.2);
    let reasons = &figures["protocols"][1]["results"];
    assert_eq!(reasons.as_array().unwrap().len(), 1, "the first model tells no reasons");
    assert_eq!(reasons[0]["summary"][3]["value"], 0.42857);
    assert_eq!(figures["goals"][0]["floor"], serde_json::json!([0.7, "met"]));
    assert_eq!(figures["goals"][0]["aim"], serde_json::json!([0.9, "missed"]));
    assert_eq!(figures["goals"][0]["above"], serde_json::json!(["One", "met"]));
    assert_eq!(figures["goals"][1]["floor"], serde_json::json!([0.03, "not_measured"]));

    // The same figures are the records of a run.
    let records = fs::read_to_string(at.join("run/metrics.jsonl")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&records).unwrap();
    assert_eq!(record["metrics"]["people one accuracy"], 0.6);
    let account = fs::read(at.join("run/run.json")).unwrap();
    let account: serde_json::Value = serde_json::from_slice(&account).unwrap();
    assert_eq!(account["parameters"]["model.two"], "0123456789ab");
    assert_eq!(account["ended"]["status"], "FINISHED");
    assert!(at.join("run/models/plots").is_dir() && at.join("run/models.md").is_file());

    let report = fs::read_to_string(at.join("docs/models.md")).unwrap();
    for words in [
        "| Two | 60 | .800 (.682–.882) |",
        "without predictions yet: Three",
        "| Somebody's | macro recall | .500 | a paper |",
        "90 s",
        "0.50 ms / 0.90 ms",
    ] {
        assert!(report.contains(words), "{words} is not in:\n{report}");
    }
    for file in report.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(
            file.starts_with('#') || at.join("docs").join(file).exists(),
            "{file} is not there"
        );
    }
}

#[test]
fn the_same_predictions_give_the_same_bytes_and_others_are_noticed() {
    let (_folder, at) = prepared();
    compare(&at, &[]).unwrap();
    let first = files(&at.join("docs"));
    fs::write(at.join("docs/models/plots/old.svg"), "<svg/>").unwrap();
    let error = compare(&at, &["--check"]).unwrap_err();
    assert!(error.to_string().contains("models/plots/old.svg is not what"), "{error}");
    compare(&at, &[]).unwrap();
    assert!(first == files(&at.join("docs")), "a second run writes other files");
    compare(&at, &["--check"]).unwrap();

    let mut changed = predictions("two");
    changed.rows[59].labels = [0.1, 0.1, 0.8];
    let docs = Folder::at(&at.join("docs"));
    changed.write(&docs.predictions("people", "two")).unwrap();
    let error = compare(&at, &["--check"]).unwrap_err();
    assert!(error.to_string().contains("models.md"), "{error}");
}

#[test]
fn models_that_were_asked_about_different_rows_are_not_compared() {
    let (_folder, at) = prepared();
    let docs = Folder::at(&at.join("docs"));
    let mut fewer = predictions("two");
    fewer.rows.pop();
    fewer.write(&docs.predictions("people", "two")).unwrap();
    let error = compare(&at, &[]).unwrap_err();
    assert!(format!("{error:#}").contains("were asked about different rows"), "{error:#}");
    let mut other = predictions("two");
    other.model.version = "ffffffffffff".to_owned();
    other.write(&docs.predictions("people", "two")).unwrap();
    let error = compare(&at, &[]).unwrap_err();
    assert!(error.to_string().contains("--from-bundles --model two"), "{error}");
}

#[test]
fn a_bundle_is_asked_about_every_row_and_no_text_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let bundle = root().join("models/bilstm");
    let description = DESCRIPTION.replace("/nowhere/one", &bundle.display().to_string());
    fs::write(at.join("comparison.toml"), description).unwrap();
    let tweets = "label\tairline\treason\treason_confidence\ttext\n\
                  positive\tDelta\t\t\t@Delta what a lovely crew, thanks!\n\
                  negative\tDelta\tLate Flight\t1.0\t@Delta three hours late and nobody tells us why\n\
                  neutral\tUnited\t\t\t@united when does boarding start?\n";
    fs::write(at.join("people.tsv"), tweets).unwrap();
    let data = at.display().to_string();
    compare(at, &["--from-bundles", "--data", &data]).unwrap();

    let docs = Folder::at(&at.join("docs"));
    let said = Predictions::read(&docs.predictions("people", "one")).unwrap();
    let golds: Vec<Label> = said.rows.iter().map(|row| row.gold).collect();
    assert_eq!(golds, [Label::Positive, Label::Negative, Label::Neutral]);
    assert!(said.rows[0].labels[2] > 0.5 && said.rows[1].labels[0] > 0.5, "{said:?}");
    assert_eq!(said.rows[1].marks.airline.as_deref(), Some("Delta"));
    let facts = Facts::read(&docs.facts("one")).unwrap();
    assert_eq!(facts.model, said.model);
    assert!(facts.parameters > 8_000_000 && facts.bytes > 17_000_000 && facts.latency.p50_us > 0);
    for (path, content) in files(&at.join("docs")) {
        assert!(!String::from_utf8_lossy(&content).contains("lovely"), "{}", path.display());
    }
    compare(at, &["--check"]).unwrap();

    let error = compare(at, &["--from-bundles", "--data", &data, "--model", "two"]).unwrap_err();
    assert!(error.to_string().contains("/nowhere/two is not there"), "{error}");
    let error = compare(at, &["--from-bundles", "--data", &data, "--model", "ten"]).unwrap_err();
    assert!(error.to_string().contains("no model is called “ten”"), "{error}");
}

/// A new bundle, new predictions, another description or another way to measure: after each of
/// them the report is made again.
#[test]
fn the_committed_report_is_what_the_committed_predictions_give() {
    let mut description = Description::read(&root().join("trainer/comparison.toml")).unwrap();
    for model in &mut description.models {
        model.folder = root().join(&model.folder);
    }
    let folder = Folder::at(&root().join("docs"));
    let files = comparison::produce(&description, &folder).unwrap();
    comparison::check(&description, &folder, &files).unwrap();
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}
