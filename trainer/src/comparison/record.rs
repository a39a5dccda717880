//! A comparison as a run: its figures as records, its report and charts as files.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Files, Folder, produce};
use crate::{
    bundle_folder,
    tensors::write_atomically,
    tracking::{Account, tracked},
    training::{METRICS, Record},
};

/// Keeps the report that `files` are as the run in `folder`; the same report is the same run.
///
/// # Errors
/// If the folder cannot be written, or `files` lack the figures.
pub fn record(folder: &Path, files: &Files, command: &str) -> Result<()> {
    let figures = files.get(Folder::FIGURES).context("the report has no figures")?;
    let comparison: Value = serde_json::from_slice(figures)?;
    bundle_folder::remove(&folder.join(Folder::PLOTS))?;
    produce::put(folder, files)?;
    write_atomically(&folder.join(METRICS), b"")?;
    let account = Account::new("comparison", figures, versions(&comparison))
        .tagged("mlflow.source.name", "vigie-train compare")
        .tagged("vigie.command", command);
    let account = sums(&comparison).into_iter().fold(account, |account, (protocol, sum)| {
        account.tagged(&format!("vigie.test.{protocol}.sha256"), &sum)
    });
    tracked(folder, account, |_| {
        Record::now(0, metrics(&comparison)).append(&folder.join(METRICS))?;
        Ok(Some(()))
    })?;
    Ok(())
}

/// The version of each model.
fn versions(comparison: &Value) -> BTreeMap<String, String> {
    let version = |model: &Value| {
        let (name, version) = (&model["name"], &model["model"]["version"]);
        Some((format!("model.{}", name.as_str()?), version.as_str()?.to_owned()))
    };
    items(&comparison["models"]).filter_map(version).collect()
}

/// The sum of each protocol's test.
fn sums(comparison: &Value) -> BTreeMap<String, String> {
    let sum = |protocol: &Value| {
        Some((protocol["name"].as_str()?.to_owned(), protocol["sha256"].as_str()?.to_owned()))
    };
    items(&comparison["protocols"]).filter_map(sum).collect()
}

/// Each model's figures of the whole under each protocol.
fn metrics(comparison: &Value) -> BTreeMap<String, f64> {
    let mut metrics = BTreeMap::new();
    for protocol in items(&comparison["protocols"]) {
        for result in items(&protocol["results"]) {
            for named in items(&result["summary"]) {
                let words = [&protocol["name"], &result["model"], &named["measure"]];
                let words: Vec<&str> = words.into_iter().filter_map(Value::as_str).collect();
                if let Some(value) = named["value"].as_f64() {
                    metrics.insert(words.join(" "), value);
                }
            }
        }
    }
    metrics
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
