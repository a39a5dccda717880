//! What each model is and costs.

use super::{count, details, line, with_interval};
use crate::{
    comparison::results::{Comparison, Figure, ModelFacts},
    metrics::Interval,
};

pub fn section(comparison: &Comparison) -> String {
    let mut text = String::from(
        "## The models\n\n| model | version | languages | parameters | on disk | trained in | one tweet, p50 / p99 |\n|---|---|---|---|---|---|---|\n",
    );
    for model in &comparison.models {
        row(&mut text, model);
    }
    text.push('\n');
    for model in &comparison.models {
        line(&mut text, format_args!("- **{}**: {}", model.title, model.facts.description));
    }
    if !comparison.missing.is_empty() {
        line(
            &mut text,
            format_args!(
                "\nDescribed, but without predictions yet: {}.",
                comparison.missing.join("; ")
            ),
        );
    }
    latency(&mut text, comparison);
    cards(&mut text, comparison);
    text
}

/// What the cards say that this page does not measure.
fn cards(text: &mut String, comparison: &Comparison) {
    let others = |model: &ModelFacts| {
        let is_elsewhere = |name: &str| name.contains(" test ") || name.starts_with("behaviour ");
        let metrics = model.facts.card.iter().filter(|metric| !is_elsewhere(&metric.name));
        metrics.cloned().collect::<Vec<_>>()
    };
    if comparison.models.iter().all(|model| others(model).is_empty()) {
        return;
    }
    details(text, "What the cards say beside the tests", |text| {
        text.push_str(
            "Copied from each bundle's `card.json`. Validation rows were not learnt from, but models were chosen by them: they flatter.\n\n\
             | model | figure | value | n |\n|---|---|---|---|\n",
        );
        for model in &comparison.models {
            for metric in others(model) {
                let interval = Interval { low: metric.low, high: metric.high };
                let figure = with_interval(Figure::new(metric.value, interval, metric.n));
                let (title, name, n) = (&model.title, &metric.name, count(metric.n));
                line(text, format_args!("| {title} | {name} | {figure} | {n} |"));
            }
        }
        text.push('\n');
    });
}

fn row(text: &mut String, model: &ModelFacts) {
    let facts = &model.facts;
    line(
        text,
        format_args!(
            "| {} | `{}@{}` | {} | {} | {:.1} MB | {} | {} / {} |",
            model.title,
            facts.model.name,
            facts.model.version,
            facts.languages.join(", "),
            count(facts.parameters),
            facts.bytes as f64 / 1e6,
            facts.training_seconds.map_or_else(|| "not recorded".to_owned(), duration),
            milliseconds(facts.latency.p50_us),
            milliseconds(facts.latency.p99_us),
        ),
    );
}

fn latency(text: &mut String, comparison: &Comparison) {
    line(
        text,
        format_args!(
            "\n*Trained in* is the time spent in training steps, as the bundle's card has it, on the machine that trained it. *One tweet* is the time of \
             one text alone on one thread, from text to probabilities, without network or database:\n"
        ),
    );
    let mut said: Vec<(String, Vec<&str>)> = Vec::new();
    for model in &comparison.models {
        let of = &model.facts.latency;
        let words = format!(
            "{} texts of the tests, the median of {} calls of each, on one of {} cores of {}{}",
            of.texts,
            of.calls,
            of.cores,
            of.machine,
            if of.build == "release" { "" } else { " (a test build, not what users run)" }
        );
        match said.iter_mut().find(|(known, _)| *known == words) {
            Some((_, models)) => models.push(&model.title),
            None => said.push((words, vec![&model.title])),
        }
    }
    for (words, models) in said {
        line(text, format_args!("- {}: {words}", models.join(", ")));
    }
    text.push('\n');
}

fn milliseconds(us: u64) -> String {
    let ms = us as f64 / 1000.0;
    if ms < 10.0 { format!("{ms:.2} ms") } else { format!("{ms:.0} ms") }
}

fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 100.0 => format!("{s:.0} s"),
        s if s < 5400.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3600.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_in_the_unit_that_people_would_use() {
        assert_eq!(
            [duration(13.2), duration(1804.0), duration(15_600.0)],
            ["13 s", "30 min", "4.3 h"]
        );
        assert_eq!([milliseconds(432), milliseconds(21_400)], ["0.43 ms", "21 ms"]);
    }
}
