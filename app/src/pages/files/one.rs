//! `/files/ID`: one file, from its upload to what came of it.
//!
//! The address says how the file is to be understood while it waits, and which rows are shown once it was read.

use domain::{FileId, FilePreview, FileState};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::{
    ApiError, api,
    components::{
        Problem,
        files::{LayoutForm, Outcome, Progress, UploadForm},
    },
    erase::Erase,
    file_view::{Asked, FILTER, FileTrouble, FileView, LAYOUT, asked},
    messages::use_words,
    reader,
};

/// The page.
#[component]
pub fn OneFile() -> AnyView {
    let words = use_words().files;
    let (params, fields) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id")));
    let read = move |names: &'static [&str]| {
        Memo::new(move |_| fields.with(|fields| asked(names, |name| fields.get(name))))
    };
    let (wish, query) = (read(&LAYOUT), read(&FILTER));
    let times = RwSignal::new(0_u32);
    let opened = Resource::new(
        move || (id.get(), wish.get(), times.get()),
        |(id, wish, _)| async move {
            let id: Option<FileId> = id.and_then(|id| id.parse().ok());
            let id = id.ok_or(ApiError::Files(FileTrouble::Unknown))?;
            api::open_file(id, wish).await
        },
    );
    let refused = SharedValue::new(reader::refusal).into_inner();
    let ended = Callback::new(move |()| times.update(|times| *times += 1));
    view! {
        <main id="content" class="page files" data-page="files">
            <p class="way-back">
                <a href="/files">{words.all}</a>
            </p>
            {refused.map(|refused| view! { <Problem error=refused.error /> })}
            <Transition>
                {move || Suspend::new(async move {
                    match opened.await {
                        Ok(view) => view! { <Stage view query ended /> }.erase(),
                        Err(error) => view! { <Gone error /> }.erase(),
                    }
                })}
            </Transition>
        </main>
    }
    .erase()
}

/// The file, by how far it is.
#[component]
fn Stage(
    /// The file.
    view: FileView,
    /// The rows that the address asks for.
    query: Memo<Asked>,
    /// Told once the reading has ended.
    ended: Callback<()>,
) -> AnyView {
    let words = use_words().files;
    let (id, name, state) = (view.report.id, view.report.name.clone(), view.report.state);
    let stage = match (state, view.preview.clone()) {
        (FileState::Uploading, _) => {
            view! { <UploadForm hint=words.go_on arrived=ended /> }.erase()
        }
        (FileState::Waiting, Some(Ok(preview))) => view! { <Check id preview /> }.erase(),
        (FileState::Waiting, Some(Err(trouble))) => {
            view! { <Problem error=ApiError::Files(trouble) /> }.erase()
        }
        (FileState::Reading, _) => view! { <Progress view ended /> }.erase(),
        _ => view! { <Outcome view query /> }.erase(),
    };
    view! {
        <Title text=format!("{name} · Vigie") />
        <h1 dir="auto">{name}</h1>
        {stage}
    }
    .erase()
}

/// A file that waits to be read.
#[component]
fn Check(
    /// The file.
    id: FileId,
    /// Its beginning.
    preview: FilePreview,
) -> AnyView {
    let words = use_words().files;
    view! {
        <section class="check" aria-labelledby="check-title">
            <h2 id="check-title">{words.check}</h2>
            <p>{words.check_hint}</p>
            <LayoutForm id preview action=words.read />
        </section>
    }
    .erase()
}

/// No file to show.
#[component]
fn Gone(
    /// Why.
    error: ApiError,
) -> AnyView {
    let words = use_words().files;
    if error == ApiError::Files(FileTrouble::Unknown) {
        reader::page_not_found();
    }
    view! {
        <Title text=format!("{} · Vigie", words.page) />
        <h1>{words.page}</h1>
        <Problem error />
    }
    .erase()
}
