//! The behaviour suite: a column a model.

use sentiment::bundle::Metric;

use super::{line, with_interval};
use crate::{
    comparison::results::{Comparison, Figure, ModelFacts},
    metrics::Interval,
};

pub fn section(comparison: &Comparison) -> String {
    let models: Vec<&ModelFacts> =
        comparison.models.iter().filter(|model| !model.facts.behaviour.is_empty()).collect();
    if models.is_empty() {
        return String::new();
    }
    let mut text = String::from(
        "## Behaviour suite\n\nHand-written cases in `trainer/behaviour`, none of which may be trained on: the share passed, by capability, by kind of case and in all. \
         Each model is asked the cases in the languages that it claims. `vigie-train behave --failures` shows what a bundle gets wrong.\n\n",
    );
    let titles: Vec<&str> = models.iter().map(|model| model.title.as_str()).collect();
    line(&mut text, format_args!("| | {} |", titles.join(" | ")));
    line(&mut text, format_args!("|---|{}", "---|".repeat(models.len())));
    for name in names(&models) {
        let cells: Vec<String> = models.iter().map(|model| cell(model, name)).collect();
        let words = name.trim_start_matches("behaviour ").trim_end_matches("pass rate").trim();
        let words = if words.is_empty() { "**all**" } else { words };
        line(&mut text, format_args!("| {words} | {} |", cells.join(" | ")));
    }
    text.push('\n');
    text
}

/// The figures that any model has; those of all cases last.
fn names<'a>(models: &[&'a ModelFacts]) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for metric in models.iter().flat_map(|model| &model.facts.behaviour) {
        if !names.contains(&metric.name.as_str()) {
            names.push(&metric.name);
        }
    }
    names.sort_by_key(|name| *name == "behaviour pass rate");
    names
}

fn cell(model: &ModelFacts, name: &str) -> String {
    let metric = model.facts.behaviour.iter().find(|metric| metric.name == name);
    metric.map_or_else(String::new, |Metric { value, low, high, n, .. }| {
        let figure = Figure::new(*value, Interval { low: *low, high: *high }, *n);
        format!("{}, n {n}", with_interval(figure))
    })
}
