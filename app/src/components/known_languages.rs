//! Which languages the models know.

use leptos::prelude::*;

use crate::{erase::Erase, messages::use_words, service};

/// The sentence that says so, once the service has told.
#[component]
pub fn KnownLanguages() -> AnyView {
    let words = use_words();
    let service = service::asked();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let service = service.await.ok();
                service.map(|service| view! {
                    <p class="known-languages quiet">{(words.knows)(&service.languages())}</p>
                })
            })}
        </Transition>
    }
    .erase()
}
