//! A reading under way: how far, how fast, what it says so far.

use domain::FileId;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{api::CancelFile, say, shares::Shares, view::FileView};
use crate::erase::Erase;

/// So often the page asks how far it is.
const INTERVAL_MS: &str = "700";

/// The progress.
#[component]
pub fn Progress(
    /// The file as it is.
    view: FileView,
) -> AnyView {
    let words = say();
    let id = view.report.id;
    let (progress, summary) = (view.report.progress, view.summary);
    let said = (words.progress)(&progress);
    view! {
        <section class="under-way" aria-label=words.progress_name data-refresh-ms=INTERVAL_MS>
            <progress max="1" value=progress.share.to_string() aria-label=words.progress_name />
            <p class="said">{said}</p>
            <noscript>
                <p>
                    <a rel="external" href=format!("/files/{id}")>
                        {words.reload}
                    </a>
                </p>
            </noscript>
            <CancelForm id />
        </section>
        {(summary.judged > 0).then(|| view! { <Shares summary id /> })}
    }
    .erase()
}

/// Calls it off.
#[component]
fn CancelForm(
    /// The file.
    id: FileId,
) -> AnyView {
    let words = say();
    view! {
        <form method="post" action=CancelFile::url()>
            <input type="hidden" name="id" value=id.to_string() />
            <button class="button">{words.cancel}</button>
        </form>
    }
    .erase()
}
