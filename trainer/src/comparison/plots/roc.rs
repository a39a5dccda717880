//! ROC curves: a panel a class, a line a model.

use super::{Chart, ProtocolResult, WIDTH, panels::Panels, percent, three};
use crate::{
    comparison::Summary,
    svg::{Axis, Frame, MUTED, Scale, Sheet, Stroke, Text, legend},
};

pub fn draw(protocol: &ProtocolResult) -> Option<Chart> {
    let curves = protocol.results.first()?.roc.len();
    let names: Vec<String> = if curves == 1 {
        vec!["positive against negative".to_owned()]
    } else {
        protocol
            .classes
            .iter()
            .map(|name| format!("{} against the rest", name.replace('_', " ")))
            .collect()
    };
    let columns = curves.clamp(1, 3);
    let side = if curves == 1 { 300.0 } else { 186.0 };
    let panels = Panels { side, left: 54.0, top: 34.0, gap: 56.0, line: 76.0, columns };
    let key = panels.height(curves) + 16.0;
    let entries: Vec<(usize, String)> = protocol
        .results
        .iter()
        .map(|result| {
            let area = result.figure(Summary::Auc).map_or(0.5, |figure| figure.value);
            (result.index, format!("{}, AUC {}", result.title, three(area)))
        })
        .collect();
    let lines = legend(&mut Sheet::new(WIDTH, 0.0), (54.0, key), WIDTH - 74.0, &entries);
    let mut sheet = Sheet::new(WIDTH, key + lines);
    for (curve, name) in names.iter().enumerate() {
        let (left, top) = panels.corner(curve);
        let frame = Frame {
            x: Scale { low: 0.0, high: 1.0, from: left, to: left + side },
            y: Scale { low: 0.0, high: 1.0, from: top + side, to: top },
        };
        sheet.text((left, top - 12.0), name, Text::PLAIN.bold());
        let across = Axis { title: "false positive rate", ticks: 2, format: percent };
        frame.draw(&mut sheet, across, Axis { title: title_of_first(curve, columns), ..across });
        let chance = Stroke { colour: MUTED, width: 1.0, dashes: "3 3" };
        sheet.line(frame.at(0.0, 0.0), frame.at(1.0, 1.0), chance);
        for result in &protocol.results {
            let points = result.roc.get(curve).map_or(&[] as &[_], Vec::as_slice);
            let places: Vec<(f64, f64)> = points.iter().map(|&(x, y)| frame.at(x, y)).collect();
            sheet.path(&places, Stroke { width: 1.7, ..Stroke::series(result.index) });
        }
    }
    legend(&mut sheet, (54.0, key), WIDTH - 74.0, &entries);
    let areas: Vec<String> = entries.into_iter().map(|(_, words)| words).collect();
    Some(Chart {
        title: format!("{}: ROC curves", protocol.title),
        description: format!("True against false positive rate. {}.", areas.join("; ")),
        sheet,
    })
}

const fn title_of_first(index: usize, columns: usize) -> &'static str {
    if index.is_multiple_of(columns) { "true positive rate" } else { "" }
}
