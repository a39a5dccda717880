//! Where a file is dropped or chosen, and how far it has come.

use leptos::prelude::*;

use super::say;
use crate::{ApiError, erase::Erase, messages::use_words};

/// The form. `live.js` sends the file in slices and shows how far it is; without scripts it is sent whole.
#[component]
pub fn UploadForm(
    /// What the form is for.
    hint: &'static str,
) -> AnyView {
    let words = say();
    let failed = (use_words().error)(&ApiError::Unreachable);
    view! {
        <form class="upload" method="post" action="/files" enctype="multipart/form-data">
            <label for="file">{words.choose}</label>
            <input
                id="file"
                type="file"
                name="file"
                required
                accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,.gz,text/csv,text/plain"
                aria-describedby="file-hint"
            />
            <p id="file-hint" class="quiet">
                {hint}
            </p>
            <button class="button primary">{words.upload}</button>
            <div class="under-way" hidden>
                <progress max="1" value="0" aria-label=words.progress_name />
                <p class="said"></p>
                <p class="quiet">{words.keep_open}</p>
            </div>
            <p class="problem" role="alert" hidden>
                {failed}
            </p>
        </form>
    }
    .erase()
}
