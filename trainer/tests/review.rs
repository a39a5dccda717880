//! What people labelled on the page Review is a source like any other: the file is what the service exports
//! (`server/tests/service/api/v1/review.rs`).

use std::path::Path;

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
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let prepared = prepare(&Recipe::parse(RECIPE).unwrap(), &tests).unwrap();
    assert_eq!((prepared.train.len(), prepared.report.sources[0].rows), (4, 4));
}
