//! Which class was taken for which: a table a model, each row of it summing to 100 %.

use super::{Chart, ProtocolResult, WIDTH, panels::Panels};
use crate::svg::{Anchor, GRID, MUTED, PAPER, Sheet, Stroke, Text, series, width_of};

/// Few classes have their counts in the cells too.
const FEW: usize = 3;

pub fn draw(protocol: &ProtocolResult) -> Option<Chart> {
    let classes: Vec<String> = protocol.classes.iter().map(|name| name.replace('_', " ")).collect();
    let longest = classes.iter().map(|name| width_of(name, 11.0)).fold(0.0, f64::max);
    let is_small = classes.len() <= FEW;
    let gap = longest + 30.0;
    let side = if is_small { 66.0 * classes.len() as f64 } else { 42.0 * classes.len() as f64 };
    let columns = (((WIDTH - 20.0) / (side + gap)) as usize).max(1);
    let line = if is_small { 70.0 } else { 150.0 };
    let panels = Panels { side, left: gap, top: 54.0, gap, line, columns };
    let tail = if is_small { 0.0 } else { 80.0 };
    let mut sheet = Sheet::new(WIDTH, panels.height(protocol.results.len()) + tail);
    sheet.text(
        (20.0, 20.0),
        "Rows: what it is. Columns: what was said.",
        Text::PLAIN.coloured(MUTED),
    );
    for (index, result) in protocol.results.iter().enumerate() {
        let corner = panels.corner(index);
        sheet.text((corner.0, corner.1 - 12.0), &result.title, Text::PLAIN.bold());
        table(&mut sheet, corner, side, &classes, &result.confusion);
    }
    let right: Vec<String> = protocol
        .results
        .iter()
        .flat_map(|result| {
            result.classes.iter().map(|class| {
                let share = class.recall.value * 100.0;
                format!("{}, {}: {share:.0} % found", result.title, class.class.replace('_', " "))
            })
        })
        .collect();
    Some(Chart {
        title: format!("{}: confusion matrices", protocol.title),
        description: format!("Share of each class's rows by what was said. {}.", right.join("; ")),
        sheet,
    })
}

fn table(
    sheet: &mut Sheet,
    corner: (f64, f64),
    side: f64,
    classes: &[String],
    counts: &[Vec<u64>],
) {
    let cell = side / classes.len() as f64;
    let (left, top) = corner;
    for (gold, row) in counts.iter().enumerate() {
        let y = top + gold as f64 * cell;
        let all: u64 = row.iter().sum();
        let small = Text::PLAIN.sized(11.0).anchored(Anchor::End);
        sheet.text((left - 8.0, y + cell / 2.0 + 4.0), &classes[gold], small);
        for (said, &count) in row.iter().enumerate() {
            let x = left + said as f64 * cell;
            let share = if all == 0 { 0.0 } else { count as f64 / all as f64 };
            sheet.bar((x, y), (cell, cell), series(0), share * 0.6);
            sheet.outline((x, y), (cell, cell), Stroke::plain(PAPER, 2.0));
            numbers(sheet, (x + cell / 2.0, y + cell / 2.0), share, count, classes.len());
        }
    }
    sheet.outline(corner, (side, side), Stroke::plain(GRID, 1.0));
    for (said, name) in classes.iter().enumerate() {
        let x = left + (said as f64 + 0.5) * cell;
        let small = Text::PLAIN.sized(11.0).coloured(MUTED);
        if classes.len() <= FEW {
            sheet.text((x, top + side + 16.0), name, small.anchored(Anchor::Middle));
        } else {
            sheet.hanging((x + 4.0, top + side + 8.0), name, small);
        }
    }
}

fn numbers(sheet: &mut Sheet, middle: (f64, f64), share: f64, count: u64, classes: usize) {
    let text = Text::PLAIN.anchored(Anchor::Middle);
    let (x, y) = middle;
    if classes <= FEW {
        sheet.text((x, y), &format!("{:.0} %", share * 100.0), text.bold());
        sheet.text((x, y + 15.0), &super::super::report::count(count), text.sized(11.0));
    } else if count > 0 {
        sheet.text((x, y + 4.0), &format!("{:.0}", share * 100.0), text.sized(11.0));
    }
}
