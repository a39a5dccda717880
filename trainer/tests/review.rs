//! What people labelled on the page Review is a source like any other: the file is what the service exports
//! (`server/tests/service/api/v1/review.rs`).

use std::{fs, path::Path};

use domain::Label;
use trainer::{
    data::{SourceFile, import::Format, prepare},
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
name = "review"
file = "review.tsv"
kind = "human"
validation = 0.1

[[test]]
name = "people"
file = "people.test.tsv"
kind = "human"

[embed]

[train]

[bilstm]
"#;

#[test]
fn the_export_is_read_as_rows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/review.tsv");
    let rows = Format::Tsv.rows(&SourceFile::read(&path, Format::Tsv).unwrap()).unwrap();
    let labels: Vec<_> = rows.iter().map(|row| row.label).collect();
    assert_eq!(
        labels,
        [Label::Negative, Label::Neutral, Label::Positive, Label::Negative].map(Some)
    );
    assert_eq!(rows[2].text, "landed early, thanks");
}

#[test]
fn the_export_is_prepared_as_a_source() {
    let folder = tempfile::tempdir().unwrap();
    let export = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/review.tsv");
    fs::copy(export, folder.path().join("review.tsv")).unwrap();
    fs::write(folder.path().join("people.test.tsv"), "label\ttext\nneutral\tso it goes\n").unwrap();
    let prepared = prepare(&Recipe::parse(RECIPE).unwrap(), folder.path()).unwrap();
    let source = &prepared.report.sources[0];
    assert_eq!((source.rows, source.in_tests), (4, 1), "a text of a test is not learnt from");
    assert_eq!(prepared.train.len() + prepared.validation.len(), 3);
}
