//! A reading under way: how far, how fast, what it says so far.

use std::time::Duration;

use domain::{FileId, FileState};
use leptos::{prelude::*, server_fn::ServerFn, task::spawn_local};

use super::shares::Shares;
use crate::{api, api::CancelFile, erase::Erase, file_view::FileView, messages::use_words};

/// So often the page asks how far it is.
const INTERVAL: Duration = Duration::from_millis(700);

/// The progress; `ended` is told when there is no more of it.
#[component]
pub fn Progress(
    /// The file as it was when the page was made.
    view: FileView,
    /// Told once the reading has ended.
    ended: Callback<()>,
) -> AnyView {
    let words = use_words().files;
    let id = view.report.id;
    let report = RwSignal::new(view.report);
    let summary = RwSignal::new(view.summary);
    Effect::new(move || {
        let ask = move || {
            spawn_local(async move {
                let Ok(now) = api::open_file(id, Vec::new()).await else { return };
                let is_over = now.report.state != FileState::Reading;
                report.try_set(now.report);
                summary.try_set(now.summary);
                if is_over {
                    ended.run(());
                }
            });
        };
        if let Ok(interval) = set_interval_with_handle(ask, INTERVAL) {
            on_cleanup(move || interval.clear());
        }
    });
    let share = move || report.with(|report| report.progress.share);
    let said = move || report.with(|report| (words.progress)(&report.progress));
    view! {
        <section class="under-way" aria-label=words.progress_name>
            <progress max="1" prop:value=share value=share().to_string() aria-label=words.progress_name />
            <p class="said">{said}</p>
            <noscript>
                <p>
                    <a href=format!("/files/{id}")>{words.reload}</a>
                </p>
            </noscript>
            <CancelForm id />
        </section>
        {move || summary.with(|summary| {
            (summary.judged > 0).then(|| view! { <Shares summary=summary.clone() id /> })
        })}
    }
    .erase()
}

/// Calls it off.
#[component]
fn CancelForm(
    /// The file.
    id: FileId,
) -> AnyView {
    let words = use_words().files;
    view! {
        <form method="post" action=CancelFile::url()>
            <input type="hidden" name="id" value=id.to_string() />
            <button class="button">{words.cancel}</button>
        </form>
    }
    .erase()
}
