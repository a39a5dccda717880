//! Small drawings, all on a grid of 16 by 16, drawn in the colour of the text around them.
//! They say nothing on their own: a word stands beside each or names it.

use domain::Label;
use leptos::prelude::*;

use crate::preferences::Theme;

/// A drawing made of one line.
#[component]
fn Line(
    /// The path of the line.
    path: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d=path fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
    }
}

/// A thumb up.
#[component]
pub fn ThumbUp() -> impl IntoView {
    view! {
        <Line path="M2 7h2.5v6.5H2zM4.5 7.2 7.4 2c1 0 1.7.7 1.7 1.7L8.7 6.2h3.6c.9 0 1.5.8 1.3 1.6l-1.1 4.5c-.2.7-.8 1.2-1.5 1.2H4.5" />
    }
}

/// A thumb down.
#[component]
pub fn ThumbDown() -> impl IntoView {
    view! {
        <Line path="M14 9h-2.5V2.5H14zM11.5 8.8 8.6 14c-1 0-1.7-.7-1.7-1.7l.4-2.5H3.7c-.9 0-1.5-.8-1.3-1.6l1.1-4.5c.2-.7.8-1.2 1.5-1.2h6.5" />
    }
}

/// The sign of a label: minus, equals, plus.
#[component]
pub fn Sign(
    /// The label.
    label: Label,
) -> impl IntoView {
    let strokes = match label {
        Label::Negative => "M4.5 8h7",
        Label::Neutral => "M4.5 6.3h7M4.5 9.7h7",
        Label::Positive => "M4.5 8h7M8 4.5v7",
    };
    view! {
        <svg class="sign" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <circle cx="8" cy="8" r="8" />
            <path d=strokes fill="none" stroke-width="1.8" stroke-linecap="round" />
        </svg>
    }
}

/// A theme: half and half, a sun, a moon.
#[component]
pub fn ThemeIcon(
    /// The theme.
    theme: Theme,
) -> impl IntoView {
    let path = match theme {
        Theme::System => "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2M8 2v12M10 2.4v11.2M12 3.6v8.8",
        Theme::Light => {
            "M8 5a3 3 0 1 0 0 6 3 3 0 1 0 0-6M8 1v1M8 14v1M1 8h1M14 8h1M3 3l.7.7M12.3 12.3l.7.7M3 13l.7-.7M12.3 3.7l.7-.7"
        }
        Theme::Dark => "M13.5 9.8A6 6 0 1 1 6.2 2.5a5 5 0 0 0 7.3 7.3z",
    };
    view! { <Line path /> }
}

/// The lookout in the crow's nest, with a spyglass.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="7 2 25 30" width="24" height="28" aria-hidden="true" focusable="false">
            <path d="M16 23v8" stroke="currentColor" stroke-width="3" stroke-linecap="round" />
            <path d="M8 17h16l-2 6.5H10z" fill="currentColor" />
            <circle cx="12.5" cy="10" r="4.5" fill="currentColor" />
            <path d="M18 8.2 28.5 3.5l2 4.8L19.3 11.6z" fill="currentColor" />
        </svg>
    }
}
