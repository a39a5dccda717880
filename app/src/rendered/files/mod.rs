//! `/files`: a file is given here, and all files are listed. `/files/ID`: one file, from its upload to what came of it.

mod answers;
mod api;
mod file_list;
mod filter_form;
mod layout_form;
mod one;
mod outcome;
mod progress;
mod row_table;
mod shares;
mod telling_words;
mod timeline;
mod unreadable_rows;
mod upload_form;
mod view;
mod words;

use engine::files::Files;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use crate::{
    components::Problem, erase::Erase, file_trouble::FileTrouble, preferences::Language, reader,
};
use file_list::FileList;
use upload_form::UploadForm;
use words::FileWords;

pub use layout_form::Choice;
pub use one::one_file;

/// A few rows as a file may have them.
const SAMPLE: &str = "created_at;text\n24/02/2015 11:35;\"@skyhopper two hours late, again\"\n24/02/2015 11:52;Merci à l’équipage du vol 442 !";

/// The page of all files.
pub fn files() -> AnyView {
    let words = say();
    let refused = reader::refusal().map(|refused| view! { <Problem error=refused.error /> });
    let list = Suspend::new(async move {
        match answers::ask(Files::list).await {
            Ok(files) => view! { <FileList files /> }.erase(),
            Err(error) => view! { <Problem error /> }.erase(),
        }
    });
    view! {
        <Title text=format!("{} · Vigie", words.page) />
        <Meta name="description" content=words.promise />
        <main id="content" class="page files" data-page="files">
            <section class="give" aria-labelledby="give-title">
                <h1 id="give-title">{words.title}</h1>
                <p>{words.promise}</p>
                {refused}
                <UploadForm hint=words.formats />
                <p class="quiet">{words.columns_hint} " " {words.sample}</p>
                <pre class="sample">{SAMPLE}</pre>
            </section>
            <section aria-labelledby="all-title">
                <h2 id="all-title" class="overline">
                    {words.all}
                </h2>
                {list}
            </section>
            <script type="module" src="/live.js"></script>
        </main>
    }
    .erase()
}

/// What is said of a file in `language`.
pub fn said_of_a_file(language: Language, trouble: &FileTrouble) -> String {
    (words(language).trouble)(trouble)
}

/// What the pages say, in the reader's language.
fn say() -> &'static FileWords {
    words(reader::preferences().language)
}

const fn words(language: Language) -> &'static FileWords {
    match language {
        Language::English => &words::ENGLISH,
        Language::French => &words::FRENCH,
    }
}
