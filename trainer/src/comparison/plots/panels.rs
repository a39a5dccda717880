//! Square panels side by side, so many a line.

/// Where panels lie.
#[derive(Clone, Copy, Debug)]
pub struct Panels {
    /// Side of a panel.
    pub side: f64,
    /// From the left edge to the first panel, for the words of its axis.
    pub left: f64,
    /// From the top edge to the first panel, for the headings.
    pub top: f64,
    /// Between panels, across.
    pub gap: f64,
    /// Between panels, downwards, with the words of the lower one.
    pub line: f64,
    /// How many a line.
    pub columns: usize,
}

impl Panels {
    /// The upper left corner of a panel.
    pub fn corner(&self, index: usize) -> (f64, f64) {
        let (column, line) = (index % self.columns, index / self.columns);
        let across = self.left + column as f64 * (self.side + self.gap);
        (across, self.top + line as f64 * (self.side + self.line))
    }

    /// The height of a sheet of `count` panels, with room for the words under the last line.
    pub fn height(&self, count: usize) -> f64 {
        let lines = count.div_ceil(self.columns) as f64;
        self.top + lines * (self.side + self.line) - self.line + 46.0
    }
}
