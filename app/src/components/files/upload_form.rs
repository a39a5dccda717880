//! Where a file is dropped or chosen, and how far it has come.

use leptos::{ev::SubmitEvent, html::Input, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;

use crate::{
    ApiError,
    components::Problem,
    erase::Erase,
    messages::use_words,
    upload::{self, Sent},
};

/// The form. Without scripts it sends the file whole.
#[component]
pub fn UploadForm(
    /// What the form is for.
    hint: &'static str,
    /// Told once the file has arrived, where that does not change the address.
    #[prop(optional)]
    arrived: Option<Callback<()>>,
) -> AnyView {
    let words = use_words().files;
    let input = NodeRef::<Input>::new();
    let sent = RwSignal::new(None::<Sent>);
    let failure = RwSignal::new(None::<ApiError>);
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        let chosen = input.get_untracked().and_then(|input| input.files());
        let Some(file) = chosen.and_then(|files| files.get(0)) else { return };
        event.prevent_default();
        if sent.get_untracked().is_some() {
            return;
        }
        failure.set(None);
        sent.set(Some(Sent::default()));
        let navigate = navigate.clone();
        spawn_local(async move {
            match upload::send(file, move |now| sent.set(Some(now))).await {
                Ok(id) => {
                    navigate(&format!("/files/{id}"), Default::default());
                    if let Some(arrived) = arrived {
                        arrived.run(());
                    }
                }
                Err(error) => failure.set(Some(error)),
            }
            sent.set(None);
        });
    };
    view! {
        <form
            class="upload"
            method="post"
            action="/files"
            enctype="multipart/form-data"
            on:submit=submit
            aria-busy=move || sent.get().is_some().to_string()
        >
            <label for="file">{words.choose}</label>
            <input
                id="file"
                type="file"
                name="file"
                required
                node_ref=input
                accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,.gz,text/csv,text/plain"
                aria-describedby="file-hint"
            />
            <p id="file-hint" class="quiet">
                {hint}
            </p>
            <button class="button primary" disabled=move || sent.get().is_some()>
                {words.upload}
            </button>
            {move || sent.get().map(|sent| view! { <Sending sent /> })}
            {move || failure.get().map(|error| view! { <Problem error /> })}
        </form>
    }
    .erase()
}

/// How far it is.
#[component]
fn Sending(
    /// What has arrived.
    sent: Sent,
) -> AnyView {
    let words = use_words().files;
    let Sent { bytes, of_bytes, bytes_per_second } = sent;
    view! {
        <div class="under-way">
            <progress max=of_bytes.max(1).to_string() value=bytes.to_string() aria-label=words.progress_name />
            <p>{(words.sending)(bytes, of_bytes, bytes_per_second)}</p>
            <p class="quiet">{words.keep_open}</p>
        </div>
    }
    .erase()
}
