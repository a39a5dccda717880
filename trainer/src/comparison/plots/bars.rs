//! The figure that a protocol is judged by: a bar a model, with its interval, floor and aim, and
//! beneath what others published.

use super::{Chart, GoalResult, ProtocolResult, WIDTH, three};
use crate::svg::{Anchor, GRID, INK, MUTED, Scale, Sheet, Stroke, Text, series, width_of};

/// Room for the names at least, and at most.
const NAMES: (f64, f64) = (150.0, 290.0);
const RIGHT: f64 = 150.0;
const TOP: f64 = 34.0;
const ROW: f64 = 34.0;
const BAR: f64 = 18.0;

pub fn draw(protocol: &ProtocolResult, goals: &[&GoalResult]) -> Option<Chart> {
    let measure = protocol.headline;
    let results: Vec<_> = protocol
        .results
        .iter()
        .filter_map(|result| Some((result, result.figure(measure)?)))
        .collect();
    let published: Vec<_> =
        protocol.published.iter().filter(|figure| figure.measure == measure).collect();
    let rows = results.len() + published.len();
    if results.is_empty() {
        return None;
    }
    let ours = results.iter().map(|(result, _)| result.title.as_str());
    let names = ours.chain(published.iter().map(|figure| figure.model.as_str()));
    let longest = names.map(|name| width_of(name, Text::PLAIN.size)).fold(0.0, f64::max);
    let left = (longest * 1.1 + 24.0).clamp(NAMES.0, NAMES.1);
    let gap = if published.is_empty() { 0.0 } else { 26.0 };
    let bottom = TOP + rows as f64 * ROW + gap;
    let mut sheet = Sheet::new(WIDTH, bottom + 50.0);
    let scale = Scale { low: 0.0, high: 1.0, from: left, to: WIDTH - RIGHT };
    let heading = format!("{}, {} rows", measure.name(), super::super::report::count(protocol.n));
    sheet.text((left, TOP - 14.0), &heading, Text::PLAIN.bold());
    for value in scale.ticks(5) {
        let x = scale.at(value);
        sheet.line((x, TOP - 4.0), (x, bottom), Stroke::plain(GRID, 1.0));
        let small = Text::PLAIN.sized(11.0).coloured(MUTED).anchored(Anchor::Middle);
        sheet.text((x, bottom + 15.0), &format!("{value:.1}"), small);
    }
    for (row, (result, figure)) in results.iter().enumerate() {
        let middle = TOP + (row as f64 + 0.5) * ROW;
        let (low, high) = (scale.at(figure.low), scale.at(figure.high));
        sheet.text((left - 10.0, middle + 4.0), &result.title, Text::PLAIN.anchored(Anchor::End));
        let length = scale.at(figure.value) - left;
        sheet.bar((left, middle - BAR / 2.0), (length, BAR), series(result.index), 0.75);
        let whisker = Stroke::plain(INK, 1.5);
        sheet.line((low, middle), (high, middle), whisker);
        for end in [low, high] {
            sheet.line((end, middle - 4.0), (end, middle + 4.0), whisker);
        }
        let words =
            format!("{} ({} to {})", three(figure.value), three(figure.low), three(figure.high));
        sheet.text((WIDTH - RIGHT + 12.0, middle + 4.0), &words, Text::PLAIN);
        let wanted = goals
            .iter()
            .filter(|goal| goal.model == result.model && goal.measure == measure.name());
        for goal in wanted {
            goal_line(&mut sheet, &scale, middle, goal.floor.map(|floor| floor.0), "");
            goal_line(&mut sheet, &scale, middle, goal.aim.map(|aim| aim.0), "3 2");
        }
    }
    let first = TOP + results.len() as f64 * ROW + gap;
    if !published.is_empty() {
        let muted = Text::PLAIN.coloured(MUTED);
        sheet.text((left, first - 8.0), "Published by others, on other terms", muted);
    }
    for (row, figure) in published.iter().enumerate() {
        let middle = first + (row as f64 + 0.5) * ROW;
        let muted = Text::PLAIN.coloured(MUTED);
        sheet.text((left - 10.0, middle + 4.0), &figure.model, muted.anchored(Anchor::End));
        let length = scale.at(figure.value) - left;
        sheet.outline((left, middle - 6.0), (length, 12.0), Stroke::plain(MUTED, 1.0));
        sheet.text((WIDTH - RIGHT + 12.0, middle + 4.0), &three(figure.value), muted);
    }
    if goals.iter().any(|goal| goal.measure == measure.name() && goal.floor.or(goal.aim).is_some())
    {
        key(&mut sheet, (left, bottom + 38.0));
    }
    let said: Vec<String> = results
        .iter()
        .map(|(result, figure)| {
            format!(
                "{} {:.3} ({:.3} to {:.3})",
                result.title, figure.value, figure.low, figure.high
            )
        })
        .collect();
    Some(Chart {
        title: format!("{}: {} of each model", protocol.title, measure.name()),
        description: format!("Bars with 95 % intervals. {}.", said.join("; ")),
        sheet,
    })
}

fn goal_line(
    sheet: &mut Sheet,
    scale: &Scale,
    middle: f64,
    value: Option<f64>,
    dashes: &'static str,
) {
    if let Some(value) = value {
        let x = scale.at(value);
        let stroke = Stroke { colour: INK, width: 2.0, dashes };
        sheet.line((x, middle - 14.0), (x, middle + 14.0), stroke);
    }
}

fn key(sheet: &mut Sheet, at: (f64, f64)) {
    let (left, y) = at;
    let small = Text::PLAIN.sized(11.0).coloured(MUTED);
    for (x, dashes, words) in [(left, "", "floor"), (left + 60.0, "3 2", "aim")] {
        sheet.line((x, y - 11.0), (x, y + 2.0), Stroke { colour: INK, width: 2.0, dashes });
        sheet.text((x + 8.0, y), words, small);
    }
    sheet.line((left + 110.0, y - 4.0), (left + 134.0, y - 4.0), Stroke::plain(INK, 1.5));
    sheet.text((left + 142.0, y), "95 % interval", small);
}
