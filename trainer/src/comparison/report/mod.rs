//! `docs/models.md`: the comparison for people.

mod behaviour;
mod costs;
mod goals;
mod method;
mod protocol;

use std::fmt::Write;

use super::results::{Comparison, Figure};

/// The report's text.
#[must_use]
pub fn write(comparison: &Comparison) -> String {
    let mut text = String::from(HEAD);
    text.push_str(&costs::section(comparison));
    text.push_str(&goals::section(comparison));
    for result in &comparison.protocols {
        text.push_str(&protocol::section(comparison, result));
    }
    text.push_str(&behaviour::section(comparison));
    text.push_str(&learning_curves(comparison));
    text.push_str(method::SECTION);
    text
}

const HEAD: &str = "# The models, compared

Every figure on this page is made by one command from what the models said of each test row:

```sh
vigie-train compare                              # this page, models.json and the charts, from docs/models
vigie-train compare --check                      # whether they are what the predictions give
vigie-train compare --from-bundles --data DIR    # asks the bundles again; needs the test files
```

What was said lies in [`models/predictions`](models/predictions): row number, label, marks and probabilities, without any text; the
head of each file names the model's version and the SHA-256 of the test file. No test row was trained or chosen on. A figure is followed
by its 95 % interval; [how the figures are made](#how-the-figures-are-made) says how. Do not edit this page: change `trainer/comparison.toml` or
the models, and run the command.

";

fn learning_curves(comparison: &Comparison) -> String {
    let curves: Vec<(&str, &String)> = comparison
        .models
        .iter()
        .filter_map(|model| Some((model.title.as_str(), model.learning_curves.as_ref()?)))
        .collect();
    if curves.is_empty() {
        return String::new();
    }
    let mut text = String::from(
        "## Learning curves\n\nLoss and validation figures by step of the training, from its records in `models/runs`.\n\n",
    );
    for (title, file) in curves {
        line(&mut text, format_args!("![{title}: learning curves]({file})\n"));
    }
    text
}

/// A whole number with its thousands apart.
#[must_use]
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A share with three digits, without the zero before the point.
fn three(value: f64) -> String {
    let text = format!("{value:.3}");
    text.replacen("0.", ".", 1)
}

/// A figure and its interval.
fn with_interval(figure: Figure) -> String {
    format!("{} ({}–{})", three(figure.value), three(figure.low), three(figure.high))
}

/// A class as people write it.
fn words(name: &str) -> String {
    name.replace('_', " ")
}

/// A part that opens at a click.
fn details(text: &mut String, title: &str, write: impl FnOnce(&mut String)) {
    line(text, format_args!("<details><summary>{title}</summary>\n"));
    write(text);
    text.push_str("</details>\n\n");
}

/// Appends a line.
fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        assert_eq!([count(7), count(1234), count(12_284_000)], ["7", "1,234", "12,284,000"]);
        assert_eq!([three(0.8126), three(1.0), three(-0.02)], [".813", "1.000", "-.020"]);
    }
}
