//! Colours that colour-blind readers tell apart, in the light and in the dark.

use std::fmt::Write;

/// A colour on white paper and its counterpart on dark paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// On white.
    pub light: &'static str,
    /// On dark.
    pub dark: &'static str,
}

/// Behind everything.
pub const PAPER: Colour = Colour { light: "#ffffff", dark: "#11161d" };
/// Words and figures.
pub const INK: Colour = Colour { light: "#1f2630", dark: "#e4e9f0" };
/// Words of less weight, and what is not ours.
pub const MUTED: Colour = Colour { light: "#5a6472", dark: "#9aa6b5" };
/// Lines of the grid.
pub const GRID: Colour = Colour { light: "#d9dee5", dark: "#2d3641" };

/// Okabe and Ito's hues, darkened on white so that each has a contrast of at least 3 to 1.
const SERIES: [Colour; 7] = [
    Colour { light: "#0072b2", dark: "#56b4e9" },
    Colour { light: "#d04f00", dark: "#f28c46" },
    Colour { light: "#00795a", dark: "#2fc79b" },
    Colour { light: "#a8487f", dark: "#e39cc6" },
    Colour { light: "#8f6400", dark: "#f0c24b" },
    Colour { light: "#4b2e83", dark: "#b9a3f0" },
    Colour { light: "#7a3b2e", dark: "#d9a090" },
];

/// The colour of the line or bar with this index.
#[must_use]
pub const fn series(index: usize) -> Colour {
    SERIES[index % SERIES.len()]
}

/// Rules that exchange every colour for its counterpart where the reader wants a dark page. The
/// light ones are plain attributes, so that a viewer that knows no style sheets shows them.
pub(super) fn dark_style() -> String {
    let mut rules = String::from("<style>@media (prefers-color-scheme:dark){");
    for Colour { light, dark } in [PAPER, INK, MUTED, GRID].into_iter().chain(SERIES) {
        // Writing to a string cannot fail.
        let _ =
            write!(rules, "[fill=\"{light}\"]{{fill:{dark}}}[stroke=\"{light}\"]{{stroke:{dark}}}");
    }
    rules.push_str("}</style>");
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2) of `#rrggbb`.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn lines_stand_out_from_their_paper_and_words_more_so() {
        for (colour, least) in
            SERIES.into_iter().map(|colour| (colour, 3.0)).chain([(INK, 7.0), (MUTED, 4.5)])
        {
            assert!(contrast(colour.light, PAPER.light) >= least, "{colour:?} on white");
            assert!(contrast(colour.dark, PAPER.dark) >= least, "{colour:?} on dark");
        }
    }

    #[test]
    fn every_colour_has_its_own_counterpart() {
        let style = dark_style();
        for colour in SERIES {
            assert_eq!(style.matches(colour.light).count(), 2, "{colour:?}");
        }
    }
}
