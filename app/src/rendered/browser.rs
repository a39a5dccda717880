//! Pages that the service alone renders: here they are left as they came.

use leptos::prelude::*;

use crate::{
    access_trouble::AccessTrouble, channel_trouble::ChannelTrouble, erase::Erase,
    file_trouble::FileTrouble, preferences::Language, review_trouble::ReviewTrouble,
};

/// The page Watch.
pub fn watch() -> AnyView {
    as_it_came()
}

/// The page of channels.
pub fn channels() -> AnyView {
    as_it_came()
}

/// Nobody asks here: only the service speaks of channels.
pub fn said_of_a_channel(_language: Language, _trouble: &ChannelTrouble) -> String {
    String::new()
}

/// The page of all files.
pub fn files() -> AnyView {
    as_it_came()
}

/// The page of one file.
pub fn one_file() -> AnyView {
    as_it_came()
}

/// The page Review.
pub fn review() -> AnyView {
    as_it_came()
}

/// Nobody asks here: only the service speaks of files.
pub fn said_of_a_file(_language: Language, _trouble: &FileTrouble) -> String {
    String::new()
}

/// Nobody asks here: only the service speaks of review.
pub fn said_of_review(_language: Language, _trouble: &ReviewTrouble) -> String {
    String::new()
}

/// Nobody asks here: only the service speaks of accounts.
pub fn said_of_access(_language: Language, _trouble: &AccessTrouble) -> String {
    String::new()
}

fn as_it_came() -> AnyView {
    view! { <main id="content"></main> }.erase()
}
