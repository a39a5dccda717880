//! What a negative tweet complains of.

use domain::Complaint;
use leptos::prelude::*;

use crate::{erase::Erase, messages::use_words};

/// The reason in words, and how sure it is.
#[component]
pub fn ComplaintLine(
    /// The reason and its confidence.
    complaint: Complaint,
) -> AnyView {
    let words = use_words();
    view! {
        <p class="complaint" data-reason=complaint.reason.as_str()>
            <span class="quiet">{words.reason}</span>
            " "
            <span>{(words.reason_name)(complaint.reason)}</span>
            " "
            <span class="number quiet">{(words.percent)(complaint.confidence)}</span>
        </p>
    }
    .erase()
}
