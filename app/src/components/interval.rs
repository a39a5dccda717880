//! A figure as a place on a line, with its 95 % interval.

use leptos::prelude::*;

use crate::erase::Erase;

/// The stretch of values that drawings beneath each other share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The value at the beginning of the line.
    pub from: f64,
    /// The value at its end.
    pub to: f64,
}

impl Scale {
    /// All shares.
    pub const SHARES: Self = Self { from: 0.0, to: 1.0 };

    /// The twentieths around some shares; all shares if there are none.
    pub fn around(shares: impl Iterator<Item = f64> + Clone) -> Self {
        let lowest = shares.clone().fold(1.0, f64::min);
        let highest = shares.fold(0.0, f64::max);
        // A hundredth on each side keeps the marks off the ends of the line.
        let from = ((lowest - 0.01) * 20.0).floor() / 20.0;
        let to = ((highest + 0.01) * 20.0).ceil() / 20.0;
        if lowest > highest { Self::SHARES } else { Self { from: from.max(0.0), to: to.min(1.0) } }
    }

    /// A place on the line; what lies outside of it is drawn at its end.
    fn place(self, value: f64) -> String {
        let Self { from, to } = self;
        format!("{:.1}%", 100.0 * ((value - from) / (to - from)).clamp(0.0, 1.0))
    }
}

/// The drawing; it says nothing that the numbers beside it do not say.
#[component]
pub fn Interval(
    /// The figure.
    value: f64,
    /// Its interval, where it is known.
    range: Option<(f64, f64)>,
    /// The line.
    scale: Scale,
) -> AnyView {
    let range = range.map(|(low, high)| {
        view! { <line class="range" x1=scale.place(low) x2=scale.place(high) y1="6" y2="6" /> }
    });
    view! {
        <svg class="interval" width="100%" height="12" aria-hidden="true" focusable="false">
            <line class="track" x1="0" x2="100%" y1="6" y2="6" />
            {range}
            <circle cx=scale.place(value) cy="6" r="3" />
        </svg>
    }
    .erase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_holds_all_of_its_shares_within_its_ends() {
        assert_eq!(Scale::around([0.806, 0.83, 0.821].into_iter()), Scale { from: 0.75, to: 0.85 });
        assert_eq!(Scale::around([0.8].into_iter()), Scale { from: 0.75, to: 0.85 });
        assert_eq!(Scale::around([0.0, 1.0].into_iter()), Scale::SHARES);
        assert_eq!(Scale::around(std::iter::empty()), Scale::SHARES);
    }

    #[test]
    fn a_figure_has_its_place_and_none_lies_outside() {
        let scale = Scale { from: 0.5, to: 1.0 };
        let places = [0.4, 0.5, 0.75, 1.0].map(|value| scale.place(value));
        assert_eq!(places, ["0.0%", "0.0%", "50.0%", "100.0%"]);
    }
}
