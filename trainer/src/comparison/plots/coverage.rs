//! What is gained where the least sure rows get no answer.

use super::{Chart, ProtocolResult, WIDTH, percent, three};
use crate::svg::{Axis, Frame, Scale, Sheet, Stroke, legend};

const LEFT: f64 = 60.0;
const TOP: f64 = 20.0;
const HEIGHT: f64 = 240.0;

pub fn draw(protocol: &ProtocolResult) -> Option<Chart> {
    let points = || protocol.results.iter().flat_map(|result| &result.coverage);
    points().next()?;
    let frame = Frame {
        x: Scale { low: 0.0, high: 1.0, from: LEFT, to: WIDTH - 30.0 },
        y: Scale::around(points().map(|point| point.accuracy.value), TOP + HEIGHT, TOP),
    };
    let entries: Vec<(usize, String)> =
        protocol.results.iter().map(|result| (result.index, result.title.clone())).collect();
    let key = TOP + HEIGHT + 58.0;
    let lines = legend(&mut Sheet::new(WIDTH, 0.0), (LEFT, key), WIDTH - 90.0, &entries);
    let mut sheet = Sheet::new(WIDTH, key + lines);
    let across =
        Axis { title: "rows that get an answer, the surest first", ticks: 5, format: percent };
    frame.draw(&mut sheet, across, Axis { title: "accuracy", ticks: 5, format: two });
    for result in &protocol.results {
        let line =
            result.coverage.iter().map(|point| frame.at(point.coverage, point.accuracy.value));
        sheet.path(&line.collect::<Vec<_>>(), Stroke::series(result.index));
        for point in result.coverage.iter().filter(|point| is_named(point.coverage)) {
            sheet.mark(frame.at(point.coverage, point.accuracy.value), result.index);
        }
    }
    legend(&mut sheet, (LEFT, key), WIDTH - 90.0, &entries);
    let said: Vec<String> = protocol
        .results
        .iter()
        .flat_map(|result| {
            let points = result.coverage.iter().filter(|point| is_named(point.coverage));
            points.map(|point| {
                format!(
                    "{} at {} {}",
                    result.title,
                    percent(point.coverage),
                    three(point.accuracy.value)
                )
            })
        })
        .collect();
    Some(Chart {
        title: format!("{}: accuracy by coverage", protocol.title),
        description: format!("{}.", said.join("; ")),
        sheet,
    })
}

fn two(value: f64) -> String {
    format!("{value:.2}")
}

/// At every fifth of the rows.
fn is_named(coverage: f64) -> bool {
    (coverage * 5.0).fract() < 1e-9
}
