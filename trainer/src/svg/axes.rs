//! A panel with its two axes.

use super::{Anchor, GRID, MUTED, Scale, Sheet, Stroke, Text};

/// What is written along an axis.
#[derive(Clone, Copy, Debug)]
pub struct Axis<'a> {
    /// What it measures.
    pub title: &'a str,
    /// About how many values are named.
    pub ticks: usize,
    /// How they are written.
    pub format: fn(f64) -> String,
}

/// A panel: `x` from left to right, `y` from its bottom to its top.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Across.
    pub x: Scale,
    /// Upwards: its `from` is the bottom.
    pub y: Scale,
}

impl Frame {
    /// The place of a pair of values.
    #[must_use]
    pub fn at(&self, x: f64, y: f64) -> (f64, f64) {
        (self.x.at(x), self.y.at(y))
    }

    /// Draws grid, values and titles.
    pub fn draw(&self, sheet: &mut Sheet, across: Axis<'_>, upwards: Axis<'_>) {
        let (left, right, bottom, top) = (self.x.from, self.x.to, self.y.from, self.y.to);
        let (grid, small) = (Stroke::plain(GRID, 1.0), Text::PLAIN.sized(11.0).coloured(MUTED));
        for value in self.y.ticks(upwards.ticks) {
            let y = self.y.at(value);
            sheet.line((left, y), (right, y), grid);
            let words = (upwards.format)(value);
            sheet.text((left - 6.0, y + 4.0), &words, small.anchored(Anchor::End));
        }
        for value in self.x.ticks(across.ticks) {
            let x = self.x.at(value);
            sheet.line((x, bottom), (x, top), grid);
            let words = (across.format)(value);
            sheet.text((x, bottom + 15.0), &words, small.anchored(Anchor::Middle));
        }
        let middle = f64::midpoint(left, right);
        sheet.text((middle, bottom + 31.0), across.title, small.anchored(Anchor::Middle));
        if !upwards.title.is_empty() {
            sheet.upright((left - 44.0, f64::midpoint(bottom, top)), upwards.title, small);
        }
    }
}
