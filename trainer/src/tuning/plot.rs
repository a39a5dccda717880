//! The search as a chart: what every trial has reached, rung by rung.

use super::{Ledger, RungUnit, Space, report};
use crate::svg::{Axis, Frame, MUTED, Scale, Sheet, Stroke, Text, legend};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 64.0;
const TOP: f64 = 64.0;
const BOTTOM: f64 = 360.0;

/// Draws it: all trials muted, the best and the recipe's own settings in colours.
#[must_use]
pub fn draw(space: &Space, ledger: &Ledger) -> String {
    let mut sheet = Sheet::new(WIDTH, HEIGHT);
    let scores: Vec<Vec<f64>> = ledger
        .scores()
        .into_iter()
        .map(|scores| scores.into_iter().filter(|score| score.is_finite()).collect())
        .collect();
    let last = space.rungs.last().copied().unwrap_or(1.0);
    let frame = Frame {
        x: Scale { low: 0.0, high: last, from: LEFT, to: WIDTH - 24.0 },
        y: Scale::around(scores.iter().flatten().copied(), BOTTOM, TOP),
    };
    let title = match space.unit {
        RungUnit::RowShares => "share of the rows",
        RungUnit::Epochs => "epochs",
    };
    let across =
        Axis { title, ticks: 5, format: |value| format!("{}", (value * 100.0).round() / 100.0) };
    frame.draw(
        &mut sheet,
        across,
        Axis { title: "", ticks: 5, format: |value| format!("{value:.3}") },
    );
    sheet.text((LEFT, 22.0), "Score on validation by rung", Text::PLAIN.bold());
    let places = |trial: usize| -> Vec<(f64, f64)> {
        space
            .rungs
            .iter()
            .zip(&scores[trial])
            .map(|(&rung, &score)| frame.at(rung, score))
            .collect()
    };
    for trial in 0..scores.len() {
        let muted = Stroke::plain(MUTED, 1.0);
        sheet.path(&places(trial), muted);
        for (x, y) in places(trial) {
            sheet.line((x - 4.0, y), (x + 4.0, y), muted);
        }
    }
    let winner = ledger.winner();
    let mut names = Vec::new();
    for (index, trial, words) in
        [(0, winner, "the best"), (1, Some(0), "the recipe's own settings")]
    {
        let Some(trial) = trial.filter(|&trial| scores.get(trial).is_some_and(|s| !s.is_empty()))
        else {
            continue;
        };
        sheet.path(&places(trial), Stroke::series(index));
        places(trial).into_iter().for_each(|place| sheet.mark(place, index));
        names.push((index, format!("trial {trial}: {words}")));
    }
    legend(&mut sheet, (LEFT, 46.0), WIDTH - LEFT, &names);
    let found = winner.and_then(|trial| {
        let rung = scores[trial].len().checked_sub(1)?;
        Some(format!(
            " The best is trial {trial}, {:.4} at {}.",
            scores[trial][rung],
            report::at(space, rung)
        ))
    });
    let description = format!(
        "What {} trials of a search reach on validation rows, rung by rung.{}",
        scores.len(),
        found.unwrap_or_default()
    );
    sheet.finish("search", "Search", &description)
}
