//! Whether a confidence of 80 % is right 80 % of the time: a panel a model.

use super::{Chart, ProtocolResult, WIDTH, panels::Panels, percent, three};
use crate::{
    comparison::{Summary, results::ModelResult},
    svg::{Axis, Frame, MUTED, Scale, Sheet, Stroke, Text, series},
};

const SIDE: f64 = 186.0;

pub fn draw(protocol: &ProtocolResult) -> Option<Chart> {
    let panels = Panels { side: SIDE, left: 54.0, top: 50.0, gap: 56.0, line: 90.0, columns: 3 };
    let mut sheet = Sheet::new(WIDTH, panels.height(protocol.results.len()));
    let words =
        "Dots: how often a confidence is right, with 95 % interval. Bars: how many rows have it.";
    sheet.text((54.0, 18.0), words, Text::PLAIN.coloured(MUTED));
    for (index, result) in protocol.results.iter().enumerate() {
        panel(&mut sheet, panels.corner(index), result, index % 3 == 0);
    }
    let errors: Vec<String> = protocol.results.iter().map(named_error).collect();
    Some(Chart {
        title: format!("{}: reliability diagrams", protocol.title),
        description: format!("Accuracy by confidence in 15 bins. {}.", errors.join("; ")),
        sheet,
    })
}

fn named_error(result: &ModelResult) -> String {
    let error = result.figure(Summary::CalibrationError).map_or(0.0, |figure| figure.value);
    format!("{}, ECE {}", result.title, three(error))
}

fn panel(sheet: &mut Sheet, corner: (f64, f64), result: &ModelResult, is_first: bool) {
    let (left, top) = corner;
    let frame = Frame {
        x: Scale { low: 0.0, high: 1.0, from: left, to: left + SIDE },
        y: Scale { low: 0.0, high: 1.0, from: top + SIDE, to: top },
    };
    sheet.text((left, top - 10.0), &named_error(result), Text::PLAIN.bold());
    let title = if is_first { "right" } else { "" };
    let across = Axis { title: "confidence", ticks: 2, format: percent };
    frame.draw(sheet, across, Axis { title, ..across });
    let all: u64 = result.reliability.iter().map(|bin| bin.accuracy.n).sum();
    for bin in &result.reliability {
        let height = SIDE * bin.accuracy.n as f64 / all.max(1) as f64;
        let (x, width) = (frame.x.at(bin.from), frame.x.at(bin.to) - frame.x.at(bin.from));
        let bar = (x + 1.0, top + SIDE - height);
        sheet.bar(bar, (width - 2.0, height), MUTED, 0.3);
    }
    let even = Stroke { colour: MUTED, width: 1.0, dashes: "3 3" };
    sheet.line(frame.at(0.0, 0.0), frame.at(1.0, 1.0), even);
    for bin in &result.reliability {
        let (low, high) = (bin.accuracy.low, bin.accuracy.high);
        let stroke = Stroke::plain(series(result.index), 1.3);
        sheet.line(frame.at(bin.confidence, low), frame.at(bin.confidence, high), stroke);
        sheet.mark(frame.at(bin.confidence, bin.accuracy.value), result.index);
    }
}
