//! Small charts as SVG: a sheet to draw on, scales, axes and a legend.
//!
//! A chart says what it shows in `<title>` and `<desc>`, names every line in words, and is
//! readable in the light and in the dark: it paints its own paper and follows
//! `prefers-color-scheme`. The same calls give the same bytes.

mod axes;
mod labels;
mod palette;
mod scale;
mod sheet;

pub use axes::{Axis, Frame};
pub use labels::{legend, spread};
pub use palette::{Colour, GRID, INK, MUTED, PAPER, series};
pub use scale::Scale;
pub use sheet::{Anchor, Sheet, Stroke, Text, width_of};
