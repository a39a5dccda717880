//! What the models reach under one protocol.

use super::{count, details, line, three, with_interval, words};
use crate::comparison::{
    Summary,
    results::{Comparison, Pair, ProtocolResult},
};

/// Shares of the rows for which the table names the accuracy.
const COVERAGES: [f64; 5] = [1.0, 0.9, 0.8, 0.7, 0.5];

pub fn section(comparison: &Comparison, protocol: &ProtocolResult) -> String {
    let mut text = format!("## {}\n\n{}\n\n", protocol.title, protocol.description.trim());
    line(
        &mut text,
        format_args!(
            "{} rows of `{}` (SHA-256 `{}…`). Judged by {}.\n",
            count(protocol.n),
            protocol.file,
            protocol.sha256.get(..12).unwrap_or(&protocol.sha256),
            protocol.headline.name()
        ),
    );
    summary(&mut text, protocol);
    plot(&mut text, protocol, "bars");
    published(&mut text, protocol);
    pairs(&mut text, comparison, protocol);
    classes(&mut text, protocol);
    coverage(&mut text, protocol);
    details(&mut text, "Confusion matrices, ROC curves, reliability, error slices", |text| {
        ["confusion", "roc", "reliability", "coverage", "slices"]
            .iter()
            .for_each(|kind| plot(text, protocol, kind));
    });
    text
}

fn summary(text: &mut String, protocol: &ProtocolResult) {
    let names = Summary::ALL.map(Summary::name);
    line(text, format_args!("| model | n | {} |", names.join(" | ")));
    line(text, format_args!("|---|---|{}", "---|".repeat(names.len())));
    for result in &protocol.results {
        let cells: Vec<String> =
            result.summary.iter().map(|named| with_interval(named.figure)).collect();
        line(
            text,
            format_args!("| {} | {} | {} |", result.title, count(protocol.n), cells.join(" | ")),
        );
    }
    text.push('\n');
}

fn plot(text: &mut String, protocol: &ProtocolResult, kind: &str) {
    if let Some(plot) = protocol.plots.iter().find(|plot| plot.kind == kind) {
        line(text, format_args!("![{}]({})\n", plot.title, plot.file));
    }
}

fn published(text: &mut String, protocol: &ProtocolResult) {
    if protocol.published.is_empty() {
        return;
    }
    text.push_str("Published by others. **Not ours, and not under our terms**; for context only:\n\n| model | figure | value | source | what is not the same |\n|---|---|---|---|---|\n");
    for figure in &protocol.published {
        line(
            text,
            format_args!(
                "| {} | {} | {} | {} | {} |",
                figure.model,
                figure.measure.name(),
                three(figure.value),
                figure.source,
                figure.note
            ),
        );
    }
    text.push('\n');
}

fn pairs(text: &mut String, comparison: &Comparison, protocol: &ProtocolResult) {
    if protocol.pairs.is_empty() {
        return;
    }
    details(text, "Every two models on the same rows", |text| {
        text.push_str("The first's figure less the second's. *p* is McNemar's mid-p for accuracy and the bootstrap's for macro F1, not corrected for the number of pairs.\n\n\
                       | first | second | only the first right | only the second | accuracy | p | macro recall | macro F1 | p |\n|---|---|---|---|---|---|---|---|---|\n");
        for pair in &protocol.pairs {
            pair_row(text, comparison, pair);
        }
        text.push('\n');
    });
}

fn pair_row(text: &mut String, comparison: &Comparison, pair: &Pair) {
    let title = |name: &str| {
        let model = comparison.models.iter().find(|model| model.name == name);
        model.map_or_else(|| name.to_owned(), |model| model.title.clone())
    };
    let difference = |measure| {
        pair.of(measure).map_or_else(String::new, |difference| {
            format!(
                "{} ({} to {})",
                signed(difference.value),
                signed(difference.low),
                signed(difference.high)
            )
        })
    };
    let p = |measure| pair.of(measure).map_or_else(String::new, |difference| chance(difference.p));
    line(
        text,
        format_args!(
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            title(&pair.first),
            title(&pair.second),
            count(pair.first_only),
            count(pair.second_only),
            difference(Summary::Accuracy),
            p(Summary::Accuracy),
            difference(Summary::MacroRecall),
            difference(Summary::MacroF1),
            p(Summary::MacroF1),
        ),
    );
}

fn classes(text: &mut String, protocol: &ProtocolResult) {
    details(text, "Precision, recall and F1 of each class", |text| {
        text.push_str(
            "| model | class | rows | precision | recall | F1 |\n|---|---|---|---|---|---|\n",
        );
        for result in &protocol.results {
            for class in &result.classes {
                line(
                    text,
                    format_args!(
                        "| {} | {} | {} | {} | {} | {} |",
                        result.title,
                        words(class.class),
                        count(class.recall.n),
                        with_interval(class.precision),
                        with_interval(class.recall),
                        with_interval(class.f1)
                    ),
                );
            }
        }
        text.push('\n');
    });
}

fn coverage(text: &mut String, protocol: &ProtocolResult) {
    details(text, "Accuracy where the least sure rows get no answer", |text| {
        let heads: Vec<String> =
            COVERAGES.iter().map(|share| format!("{:.0} % of rows", share * 100.0)).collect();
        line(text, format_args!("| model | {} | those it calls sure |", heads.join(" | ")));
        line(text, format_args!("|---|{}---|", "---|".repeat(heads.len())));
        for result in &protocol.results {
            let cells: Vec<String> = COVERAGES
                .iter()
                .filter_map(|share| {
                    result.coverage.iter().find(|point| (point.coverage - share).abs() < 1e-9)
                })
                .map(|point| {
                    format!(
                        "{}, from confidence {}",
                        with_interval(point.accuracy),
                        three(point.confidence)
                    )
                })
                .collect();
            let sure = result.sure.map_or_else(
                || "all".to_owned(),
                |point| {
                    let share = point.coverage * 100.0;
                    format!("{share:.1} % of rows: {}", with_interval(point.accuracy))
                },
            );
            line(text, format_args!("| {} | {} | {sure} |", result.title, cells.join(" | ")));
        }
        text.push('\n');
    });
}

fn signed(value: f64) -> String {
    if value < 0.0 { three(value).replace('-', "−") } else { format!("+{}", three(value)) }
}

fn chance(p: f64) -> String {
    if p < 0.001 { "< .001".to_owned() } else { three(p) }
}
