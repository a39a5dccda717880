//! Pages that the service alone renders: here they are left as they came.

use leptos::prelude::*;

use crate::erase::Erase;

/// The page Watch.
pub fn watch() -> AnyView {
    view! { <main id="content"></main> }.erase()
}
