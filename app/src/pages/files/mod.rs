//! `/files`: a file is given here, and all files are listed.

mod one;

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use crate::{
    api,
    components::{
        Problem,
        files::{FileList, UploadForm},
    },
    erase::Erase,
    messages::use_words,
    reader,
};

pub use one::OneFile;

/// A few rows as a file may have them.
const SAMPLE: &str = "created_at;text\n24/02/2015 11:35;\"@skyhopper two hours late, again\"\n24/02/2015 11:52;Merci à l’équipage du vol 442 !";

/// The page.
#[component]
pub fn Files() -> AnyView {
    let all_words = use_words();
    let words = all_words.files;
    let files = OnceResource::new(api::list_files());
    let refused = SharedValue::new(reader::refusal).into_inner();
    view! {
        <Title text=format!("{} · Vigie", words.page) />
        <Meta name="description" content=words.promise />
        <main id="content" class="page files" data-page="files">
            <section class="give" aria-labelledby="give-title">
                <h1 id="give-title">{words.title}</h1>
                <p>{words.promise}</p>
                {refused.map(|refused| view! { <Problem error=refused.error /> })}
                <UploadForm hint=words.formats />
                <p class="quiet">{words.columns_hint} " " {words.sample}</p>
                <pre class="sample">{SAMPLE}</pre>
            </section>
            <section aria-labelledby="all-title">
                <h2 id="all-title" class="overline">
                    {words.all}
                </h2>
                <Transition>
                    {move || Suspend::new(async move {
                        match files.await {
                            Ok(files) => view! { <FileList files /> }.erase(),
                            Err(error) => view! { <Problem error /> }.erase(),
                        }
                    })}
                </Transition>
            </section>
        </main>
    }
    .erase()
}
