//! Sources and tests in, training and validation rows out, with an account of every row.

use std::{collections::HashSet, path::Path};

use anyhow::{Result, ensure};
use domain::Label;

use super::{
    Cause, Example, Fingerprint, GivenCause, GivenReason, Prepared, Report, Row, SourceReport,
    TestReport, reading,
    selection::{Candidate, Use, select},
};
use crate::{
    behaviour::Suite,
    recipe::{Reasons, Recipe},
};

/// Reads the recipe's files below `data` and its lessons, and sorts their rows.
///
/// # Errors
/// If a file is missing, not of its form, or lacks the labels that it is to have.
pub fn prepare(recipe: &Recipe, data: &Path) -> Result<Prepared> {
    let suite = Suite::released()?;
    let mut guarded: HashSet<Fingerprint> = suite.fingerprints();
    let mut tests = Vec::new();
    for test in &recipe.tests {
        let (rows, sha256) = reading::read(&test.file, test.format, data, recipe.seed)?;
        guarded.extend(rows.iter().map(|row| Fingerprint::of(&row.text)));
        let (name, file_name) = (test.name.clone(), test.file.clone());
        tests.push(TestReport {
            name,
            file: file_name,
            format: test.format,
            sha256,
            rows: rows.len() as u64,
        });
    }

    let mut sources = Vec::new();
    let mut all: Vec<(usize, usize, Row)> = Vec::new();
    for (index, source) in recipe.sources.iter().enumerate() {
        let (rows, sha256) = reading::read(&source.file, source.format, data, recipe.seed)?;
        let numbered = rows.into_iter().enumerate();
        let mut rows: Vec<(usize, Row)> =
            numbered.filter(|(_, row)| source.part.has(row)).collect();
        if source.kind.is_none() {
            rows.iter_mut().for_each(|(_, row)| row.label = None);
        } else {
            ensure!(
                rows.iter().all(|(_, row)| row.label.is_some()),
                "{} has no column `label`: leave out the kind of source “{}”, so that it is learnt from teachers alone, or choose another file",
                source.file,
                source.name
            );
        }
        sources.push(SourceReport {
            name: source.name.clone(),
            file: source.file.clone(),
            format: source.format,
            part: source.part,
            reasons: source.reasons,
            kind: source.kind,
            share: source.validation,
            sha256,
            rows: rows.len() as u64,
            train: 0,
            validation: 0,
            duplicates: 0,
            conflicts: 0,
            in_tests: 0,
        });
        all.extend(rows.into_iter().map(|(number, row)| (index, number, row)));
    }

    let candidates: Vec<Candidate<'_>> = all
        .iter()
        .map(|(source, _, row)| {
            let source = &recipe.sources[*source];
            Candidate { row, kind: source.kind, validation: source.validation }
        })
        .collect();
    let uses = select(&candidates, &guarded);

    let (mut train, mut validation) = (Vec::new(), Vec::new());
    for ((source, number, row), used) in all.into_iter().zip(uses) {
        let cause = cause(recipe.sources[source].reasons, &row);
        let report = &mut sources[source];
        let example = Example {
            source: report.name.clone(),
            row: number as u64,
            label: row.label,
            cause,
            text: row.text,
        };
        match used {
            Use::Train => {
                report.train += 1;
                train.push(example);
            }
            Use::Validate => {
                report.validation += 1;
                validation.push(example);
            }
            Use::Duplicate => report.duplicates += 1,
            Use::Conflict => report.conflicts += 1,
            Use::InTest => report.in_tests += 1,
        }
    }
    let rows_sha256 = Prepared::sum(&train, &validation)?;
    Ok(Prepared {
        train,
        validation,
        report: Report { sources, tests, cases_sha256: suite.sha256(), rows_sha256 },
    })
}

/// What `row` teaches of reasons, in a source that knows this of them.
fn cause(reasons: Reasons, row: &Row) -> Option<GivenCause> {
    match reasons {
        _ if row.label != Some(Label::Negative) => None,
        Reasons::Unknown => None,
        Reasons::Column => row.reason.map(|GivenReason { reason, confidence }| GivenCause {
            cause: Cause::Reason(reason),
            confidence,
        }),
        Reasons::None => Some(GivenCause { cause: Cause::None, confidence: 1.0 }),
    }
}
