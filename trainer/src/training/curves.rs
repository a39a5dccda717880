//! Learning curves as an SVG of two panels: the loss by step, the figures on validation by step.

use super::Record;
use crate::svg::{Axis, Frame, Scale, Sheet, Stroke, Text, spread};

const WIDTH: f64 = 760.0;
const PANEL: f64 = 200.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 230.0;
const TOP: f64 = 36.0;
const GAP: f64 = 66.0;

/// How the names of figures end that linear learners minimise.
pub const OBJECTIVE: &str = " objective";

struct Line {
    name: String,
    points: Vec<(f64, f64)>,
}

/// The curves of these records.
#[must_use]
pub fn draw(records: &[Record]) -> String {
    let mut sheet = Sheet::new(WIDTH, TOP + 2.0 * PANEL + 2.0 * GAP - 20.0);
    let mut names: Vec<&String> = records.iter().flat_map(|record| record.metrics.keys()).collect();
    names.sort();
    names.dedup();
    let mut loss = vec![
        line(records, "train loss", "train"),
        line(records, "epoch loss", "mean of the epoch"),
    ];
    // Those of linear learners.
    let objectives = names.iter().filter(|name| name.ends_with(OBJECTIVE));
    loss.extend(objectives.map(|name| line(records, name, name.trim_end_matches(OBJECTIVE))));
    panel(&mut sheet, TOP, "Loss", &loss);
    names.retain(|name| name.starts_with("validation "));
    let lines: Vec<Line> = names
        .iter()
        .map(|name| line(records, name, name.trim_start_matches("validation ")))
        .collect();
    panel(&mut sheet, TOP + PANEL + GAP, "Validation", &lines);
    let last: Vec<String> = lines
        .iter()
        .filter_map(|line| Some(format!("{} {:.3}", line.name, line.points.last()?.1)))
        .collect();
    let description = format!(
        "Loss and validation figures by training step. Last validation figures: {}.",
        last.join(", ")
    );
    sheet.finish("learning-curves", "Learning curves", &description)
}

fn line(records: &[Record], metric: &str, name: &str) -> Line {
    let points = records
        .iter()
        .filter_map(|record| Some((record.step as f64, *record.metrics.get(metric)?)));
    Line { name: name.to_owned(), points: points.collect() }
}

fn panel(sheet: &mut Sheet, top: f64, title: &str, lines: &[Line]) {
    let points = || lines.iter().flat_map(|line| line.points.iter());
    if points().next().is_none() {
        return;
    }
    let last_step = points().map(|point| point.0).fold(1.0, f64::max);
    let right = WIDTH - RIGHT;
    let frame = Frame {
        x: Scale { low: 0.0, high: last_step, from: LEFT, to: right },
        y: Scale::around(points().map(|point| point.1), top + PANEL, top),
    };
    sheet.text((LEFT, top - 12.0), title, Text::PLAIN.bold());
    let across = Axis { title: "step", ticks: 5, format: |step| format!("{step}") };
    frame.draw(sheet, across, Axis { title: "", ticks: 5, format: |value| format!("{value:.2}") });
    let ends: Vec<(usize, (f64, f64))> = lines
        .iter()
        .enumerate()
        .filter_map(|(index, line)| Some((index, *line.points.last()?)))
        .collect();
    let wanted: Vec<f64> = ends.iter().map(|(_, point)| frame.y.at(point.1)).collect();
    for ((index, (_, value)), y) in ends.into_iter().zip(spread(&wanted, top, 15.0)) {
        let places: Vec<(f64, f64)> =
            lines[index].points.iter().map(|&(step, value)| frame.at(step, value)).collect();
        sheet.path(&places, Stroke { width: 1.5, ..Stroke::series(index) });
        sheet.line((right + 8.0, y), (right + 28.0, y), Stroke::series(index));
        let words = format!("{} {value:.3}", lines[index].name);
        sheet.text((right + 34.0, y + 4.0), &words, Text::PLAIN.sized(11.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_its_line_and_its_name() {
        let record = |step, metrics: &[(&str, f64)]| Record {
            step,
            at_ms: 0,
            metrics: metrics.iter().map(|&(name, value)| (name.to_owned(), value)).collect(),
        };
        let records = [
            record(10, &[("train loss", 1.0)]),
            record(20, &[("train loss", 0.5), ("validation airline macro F1", 0.75)]),
        ];
        let svg = draw(&records);
        assert_eq!(svg.matches("<polyline").count(), 2);
        assert!(svg.contains("airline macro F1 0.750") && svg.contains("train 0.500"));
        assert!(!svg.contains("NaN"));
    }

    #[test]
    fn no_records_give_an_empty_sheet() {
        assert!(!draw(&[]).contains("<polyline"));
    }
}
