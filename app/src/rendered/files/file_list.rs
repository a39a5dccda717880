//! All files, with what can be done with each.

use domain::{FileReport, FileState};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{api::DeleteFile, say};
use crate::{erase::Erase, messages::use_words, moment::Moment};

/// The list; what teaches if there is none.
#[component]
pub fn FileList(
    /// The newest first.
    files: Vec<FileReport>,
) -> AnyView {
    let words = say();
    if files.is_empty() {
        return view! { <p class="quiet">{words.none_yet}</p> }.erase();
    }
    view! {
        <ul class="file-list">
            {files.into_iter().map(|file| view! { <Row file /> }).collect_view()}
        </ul>
    }
    .erase()
}

/// One file; its name opens it.
#[component]
fn Row(
    /// The file.
    file: FileReport,
) -> AnyView {
    let all_words = use_words();
    let words = say();
    let FileReport { id, name, state, progress, created_at, expires_at, uploaded_bytes, .. } = file;
    let rows = progress.judged + progress.unreadable;
    let said = match state {
        FileState::Uploading | FileState::Waiting => (all_words.megabytes)(uploaded_bytes),
        _ => (words.outcome)(progress.judged, progress.unreadable),
    };
    let share = (state == FileState::Reading && rows > 0)
        .then(|| (all_words.percent)(progress.share as f32));
    let delete_name = format!("{} {name}", words.delete);
    view! {
        <li data-state=format!("{state:?}").to_lowercase()>
            <a rel="external" href=format!("/files/{id}") dir="auto">
                {name}
            </a>
            <span class="file-state">{(words.state_name)(state)} {share.map(|share| format!(" {share}"))}</span>
            <span class="quiet">{said}</span>
            <span class="quiet times">
                <Moment at=created_at />
                " · "
                {words.deleted_on}
                " "
                <Moment at=expires_at />
            </span>
            <form method="post" action=DeleteFile::url()>
                <input type="hidden" name="id" value=id.to_string() />
                <button class="link" aria-label=delete_name>
                    {words.delete}
                </button>
            </form>
        </li>
    }
    .erase()
}
