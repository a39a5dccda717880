//! Learning curves as an SVG of two panels: the loss by step, the figures on validation by step.

use std::fmt::Write;

use super::Record;

const WIDTH: f64 = 760.0;
const PANEL: f64 = 220.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 200.0;
const TOP: f64 = 40.0;
const GAP: f64 = 60.0;
/// Okabe and Ito's colours, which colour-blind readers tell apart; each line also has its name.
const COLOURS: [&str; 7] =
    ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#555555"];

struct Line {
    name: String,
    points: Vec<(f64, f64)>,
}

/// The curves of these records.
#[must_use]
pub fn draw(records: &[Record]) -> String {
    let height = TOP + 2.0 * PANEL + 2.0 * GAP;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"Learning curves\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    panel(
        &mut svg,
        TOP,
        "Loss",
        &[line(records, "train loss", "train"), line(records, "epoch loss", "mean of the epoch")],
    );
    let mut names: Vec<&String> = records.iter().flat_map(|record| record.metrics.keys()).collect();
    names.retain(|name| name.starts_with("validation "));
    names.sort();
    names.dedup();
    let lines: Vec<Line> = names
        .iter()
        .map(|name| line(records, name, name.trim_start_matches("validation ")))
        .collect();
    panel(&mut svg, TOP + PANEL + GAP, "Validation", &lines);
    svg.push_str("</svg>\n");
    svg
}

fn line(records: &[Record], metric: &str, name: &str) -> Line {
    let points = records
        .iter()
        .filter_map(|record| Some((record.step as f64, *record.metrics.get(metric)?)));
    Line { name: name.to_owned(), points: points.collect() }
}

fn panel(svg: &mut String, top: f64, title: &str, lines: &[Line]) {
    let points = || lines.iter().flat_map(|line| line.points.iter());
    let last_step = points().map(|p| p.0).fold(1.0, f64::max);
    let (low, high) = points()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), p| (low.min(p.1), high.max(p.1)));
    if low > high {
        return;
    }
    let range = (high - low).max(1e-9);
    let x = |step: f64| LEFT + step / last_step * (WIDTH - LEFT - RIGHT);
    let y = |value: f64| top + PANEL - (value - low) / range * PANEL;
    let (right, bottom) = (WIDTH - RIGHT, top + PANEL);
    write_to(
        svg,
        format_args!(
            "<text x=\"{LEFT}\" y=\"{}\" font-weight=\"bold\">{title}</text>\n",
            top - 12.0
        ),
    );
    for share in [0.0, 0.5, 1.0] {
        let (value, at) = (low + share * range, y(low + share * range));
        write_to(
            svg,
            format_args!(
                "<line x1=\"{LEFT}\" y1=\"{at:.1}\" x2=\"{right}\" y2=\"{at:.1}\" stroke=\"#ddd\"/><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{value:.3}</text>\n",
                LEFT - 6.0,
                at + 4.0
            ),
        );
    }
    write_to(
        svg,
        format_args!(
            "<text x=\"{LEFT}\" y=\"{0}\">0</text><text x=\"{right}\" y=\"{0}\" text-anchor=\"end\">step {last_step}</text>\n",
            bottom + 18.0
        ),
    );
    let mut labels: Vec<(f64, usize)> = lines
        .iter()
        .enumerate()
        .filter_map(|(k, line)| Some((y(line.points.last()?.1), k)))
        .collect();
    labels.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut free_from = top;
    for (at, index) in labels {
        let (line, colour) = (&lines[index], COLOURS[index % COLOURS.len()]);
        let path: Vec<String> =
            line.points.iter().map(|&(s, v)| format!("{:.1},{:.1}", x(s), y(v))).collect();
        let label_at = at.max(free_from);
        free_from = label_at + 14.0;
        let value = line.points.last().map_or(0.0, |point| point.1);
        write_to(
            svg,
            format_args!(
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\"/><text x=\"{}\" y=\"{:.1}\" fill=\"{colour}\">{} {value:.3}</text>\n",
                path.join(" "),
                right + 6.0,
                label_at + 4.0,
                line.name
            ),
        );
    }
}

/// Writing to a string cannot fail.
fn write_to(svg: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = svg.write_fmt(arguments);
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
