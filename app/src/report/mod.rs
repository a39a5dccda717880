//! The committed report of `vigie-train compare`, as the page takes it.
//!
//! It is compiled in, so that what runs needs no `docs` folder; its charts are files of the site.

mod chart;
mod form;
mod leader;

use std::{error::Error, sync::LazyLock};

use domain::ModelId;

use self::{
    chart::chart,
    form::{ModelFacts, ModelSummary, ProtocolResult, Report},
    leader::leader,
};
use crate::{
    ApiError,
    comparison::{Chart, ComparedModel, Comparison, ModelResult, Protocol, Reached, Usage},
};

static REPORT: LazyLock<serde_json::Result<Report>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../docs/models.json")));

/// The report for a page on which the models `in_use` give verdicts.
///
/// # Errors
/// [`ApiError::Internal`] if this was compiled with a report of another form; the cause is logged.
pub fn comparison(in_use: &[ModelId]) -> Result<Comparison, ApiError> {
    match &*REPORT {
        Ok(report) => Ok(reduced(report, in_use)),
        Err(error) => {
            tracing::error!(
                error = error as &dyn Error,
                "the report of the models is not readable"
            );
            Err(ApiError::Internal)
        }
    }
}

fn reduced(report: &Report, in_use: &[ModelId]) -> Comparison {
    let with_results = report.protocols.iter().filter(|protocol| !protocol.results.is_empty());
    Comparison {
        protocols: with_results.map(|result| protocol(report, result, in_use)).collect(),
        models: report.models.iter().map(|facts| model(facts, in_use)).collect(),
        learning_curves: report.models.iter().filter_map(learning_curves).collect(),
        missing: report.missing.clone(),
    }
}

fn model(facts: &ModelFacts, in_use: &[ModelId]) -> ComparedModel {
    let measured = facts.model.clone();
    let mut namesakes = in_use.iter().filter(|id| id.name == measured.name);
    let usage = if in_use.contains(&measured) {
        Usage::InUse
    } else {
        namesakes.next().map_or(Usage::NotInUse, |id| Usage::OtherVersion(id.version.clone()))
    };
    ComparedModel {
        title: facts.title.clone(),
        measured,
        usage,
        bytes: facts.bytes,
        one_text_us: facts.latency.p50_us,
    }
}

fn learning_curves(facts: &ModelFacts) -> Option<Chart> {
    let title = format!("{}: learning curves", facts.title);
    chart("learning", &title, facts.learning_curves.as_deref()?)
}

fn protocol(report: &Report, result: &ProtocolResult, in_use: &[ModelId]) -> Protocol {
    let facts = |name: &str| report.models.iter().find(|facts| facts.name == name);
    let measures = measures(result);
    let leaders: Vec<Option<&str>> =
        measures.iter().map(|measure| leader(result, measure)).collect();
    let row = |summary: &ModelSummary| {
        let figures = measures.iter().zip(&leaders).map(|(measure, leader)| {
            let figure = summary.summary.iter().find(|figure| figure.measure == *measure)?;
            let leads = *leader == Some(summary.model.as_str());
            Some(Reached { value: figure.value, low: figure.low, high: figure.high, leads })
        });
        let model = model(facts(&summary.model)?, in_use);
        Some(ModelResult { model, figures: figures.collect() })
    };
    let charts = result.plots.iter().filter_map(|plot| chart(&plot.kind, &plot.title, &plot.file));
    let leader = leaders.first().copied().flatten();
    Protocol {
        name: result.name.clone(),
        title: result.title.clone(),
        description: plain(&result.description),
        rows: result.n,
        results: result.results.iter().filter_map(row).collect(),
        leader: leader.and_then(facts).map(|facts| facts.title.clone()),
        measures,
        published: result.published.clone(),
        charts: charts.collect(),
    }
}

/// What the protocol is judged by, then the other measures in their order.
fn measures(result: &ProtocolResult) -> Vec<String> {
    let summaries = result.results.first().map(|model| &model.summary);
    let others = summaries.into_iter().flatten().map(|figure| &figure.measure);
    let others = others.filter(|measure| **measure != result.headline);
    [&result.headline].into_iter().chain(others).cloned().collect()
}

/// Without the marks by which Markdown emphasises words.
fn plain(text: &str) -> String {
    text.trim().replace(['*', '`'], "")
}

#[cfg(test)]
mod tests;
