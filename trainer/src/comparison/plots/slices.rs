//! Accuracy by kind of text: a row a kind, a dot with its interval a model.

use super::{Chart, ProtocolResult, WIDTH, three};
use crate::{
    comparison::results::Slice,
    svg::{Anchor, GRID, MUTED, Scale, Sheet, Stroke, Text, legend, series},
};

const LEFT: f64 = 190.0;
const RIGHT: f64 = 80.0;
const TOP: f64 = 30.0;
const HEADING: f64 = 26.0;
const LINE: f64 = 13.0;

/// The rows of one kind, with what each model reaches on them.
struct Kind<'a> {
    group: &'static str,
    name: &'a str,
    slices: Vec<(usize, &'a Slice)>,
}

pub fn draw(protocol: &ProtocolResult) -> Option<Chart> {
    let kinds = kinds(protocol);
    if kinds.is_empty() {
        return None;
    }
    let height_of = |kind: &Kind<'_>| (kind.slices.len() as f64 * LINE).max(20.0) + 6.0;
    let is_new = |k: usize| k == 0 || kinds[k - 1].group != kinds[k].group;
    let headings = (0..kinds.len()).filter(|&k| is_new(k)).count() as f64;
    let bottom = TOP + kinds.iter().map(height_of).sum::<f64>() + headings * HEADING;
    let entries: Vec<(usize, String)> =
        protocol.results.iter().map(|result| (result.index, result.title.clone())).collect();
    let key = bottom + 54.0;
    let lines = legend(&mut Sheet::new(WIDTH, 0.0), (LEFT, key), WIDTH - LEFT - 20.0, &entries);
    let mut sheet = Sheet::new(WIDTH, key + lines);
    let ends = || kinds.iter().flat_map(|kind| &kind.slices).map(|(_, slice)| slice.accuracy);
    let values = ends().map(|figure| figure.low).chain(ends().map(|figure| figure.high));
    let scale = Scale::around(values, LEFT, WIDTH - RIGHT);
    axis(&mut sheet, &scale, bottom);

    let mut y = TOP;
    for (k, kind) in kinds.iter().enumerate() {
        if is_new(k) {
            sheet.text((20.0, y + 17.0), kind.group, Text::PLAIN.bold());
            y += HEADING;
        }
        row(&mut sheet, &scale, y, height_of(kind), kind);
        y += height_of(kind);
    }
    legend(&mut sheet, (LEFT, key), WIDTH - LEFT - 20.0, &entries);
    let said: Vec<String> = protocol
        .results
        .iter()
        .flat_map(|result| {
            result.slices.iter().map(|slice| {
                format!(
                    "{}, {} {}: {}",
                    result.title,
                    slice.group,
                    slice.name,
                    three(slice.accuracy.value)
                )
            })
        })
        .collect();
    Some(Chart {
        title: format!("{}: accuracy by kind of text", protocol.title),
        description: format!("Dots with 95 % intervals. {}.", said.join("; ")),
        sheet,
    })
}

/// Every kind that a model has, in the order of the first that has it.
fn kinds(protocol: &ProtocolResult) -> Vec<Kind<'_>> {
    let mut kinds: Vec<Kind<'_>> = Vec::new();
    for result in &protocol.results {
        for slice in &result.slices {
            let same = |kind: &&mut Kind<'_>| kind.group == slice.group && kind.name == slice.name;
            match kinds.iter_mut().find(same) {
                Some(kind) => kind.slices.push((result.index, slice)),
                None => kinds.push(Kind {
                    group: slice.group,
                    name: &slice.name,
                    slices: vec![(result.index, slice)],
                }),
            }
        }
    }
    let mut groups: Vec<&str> = kinds.iter().map(|kind| kind.group).collect();
    groups.dedup();
    kinds.sort_by_key(|kind| groups.iter().position(|group| *group == kind.group));
    kinds
}

fn axis(sheet: &mut Sheet, scale: &Scale, bottom: f64) {
    let small = Text::PLAIN.sized(11.0).coloured(MUTED);
    for value in scale.ticks(6) {
        let x = scale.at(value);
        sheet.line((x, TOP), (x, bottom), Stroke::plain(GRID, 1.0));
        sheet.text((x, bottom + 15.0), &format!("{value:.2}"), small.anchored(Anchor::Middle));
    }
    let middle = f64::midpoint(scale.from, scale.to);
    sheet.text((middle, bottom + 31.0), "accuracy", small.anchored(Anchor::Middle));
    sheet.text((WIDTH - 10.0, TOP - 10.0), "rows", small.anchored(Anchor::End));
}

fn row(sheet: &mut Sheet, scale: &Scale, top: f64, height: f64, kind: &Kind<'_>) {
    let middle = top + height / 2.0;
    sheet.text((LEFT - 10.0, middle + 4.0), kind.name, Text::PLAIN.anchored(Anchor::End));
    let first = middle - (kind.slices.len() as f64 - 1.0) * LINE / 2.0;
    for (place, (index, slice)) in kind.slices.iter().enumerate() {
        let y = first + place as f64 * LINE;
        let (low, high) = (scale.at(slice.accuracy.low), scale.at(slice.accuracy.high));
        sheet.line((low, y), (high, y), Stroke::plain(series(*index), 1.5));
        sheet.mark((scale.at(slice.accuracy.value), y), *index);
    }
    let rows: Vec<u64> = kind.slices.iter().map(|(_, slice)| slice.accuracy.n).collect();
    let (least, most) =
        (rows.iter().min().copied().unwrap_or(0), rows.iter().max().copied().unwrap_or(0));
    let words = if least == most {
        super::super::report::count(least)
    } else {
        format!("{least}–{most}")
    };
    let small = Text::PLAIN.sized(11.0).coloured(MUTED);
    sheet.text((WIDTH - 10.0, middle + 4.0), &words, small.anchored(Anchor::End));
}
