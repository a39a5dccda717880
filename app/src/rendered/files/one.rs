//! One file. The address says how it is to be understood while it waits, and which rows are shown once it was read.

use domain::{FileId, FilePreview, FileState};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    answers,
    layout_form::LayoutForm,
    outcome::Outcome,
    progress::Progress,
    say,
    upload_form::UploadForm,
    view::{Asked, FILTER, FileView, LAYOUT, asked},
};
use crate::{ApiError, components::Problem, erase::Erase, file_trouble::FileTrouble, reader};

/// The page of one file.
pub fn one_file() -> AnyView {
    let words = say();
    let id = use_params_map().with_untracked(|params| params.get("id"));
    let fields = use_query_map().get_untracked();
    let read = |names: &[&str]| asked(names, |name| fields.get(name));
    let (wish, query) = (read(&LAYOUT), read(&FILTER));
    let refused = reader::refusal().map(|refused| view! { <Problem error=refused.error /> });
    let found = Suspend::new(async move {
        match open(id, wish).await {
            Ok(view) => view! { <Stage view query /> }.erase(),
            Err(error) => view! { <Gone error /> }.erase(),
        }
    });
    view! {
        <main id="content" class="page files" data-page="files">
            <p class="way-back">
                <a rel="external" href="/files">
                    {words.all}
                </a>
            </p>
            {refused}
            {found}
            <script type="module" src="/live.js"></script>
        </main>
    }
    .erase()
}

async fn open(id: Option<String>, wish: Asked) -> Result<FileView, ApiError> {
    let id: Option<FileId> = id.and_then(|id| id.parse().ok());
    let id = id.ok_or(ApiError::Files(FileTrouble::Unknown))?;
    answers::ask(move |files| answers::view(files, id, &wish)).await
}

/// The file, by how far it is.
#[component]
fn Stage(
    /// The file.
    view: FileView,
    /// The rows that the address asks for.
    query: Asked,
) -> AnyView {
    let words = say();
    let (id, name, state) = (view.report.id, view.report.name.clone(), view.report.state);
    let stage = match (state, view.preview.clone()) {
        (FileState::Uploading, _) => view! { <UploadForm hint=words.go_on /> }.erase(),
        (FileState::Waiting, Some(Ok(preview))) => view! { <Check id preview /> }.erase(),
        (FileState::Waiting, Some(Err(trouble))) => {
            view! { <Problem error=ApiError::Files(trouble) /> }.erase()
        }
        (FileState::Reading, _) => view! { <Progress view /> }.erase(),
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
    let words = say();
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
    let words = say();
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
