//! Which languages the service's models know.

use leptos::prelude::*;

use crate::{device::Device, erase::Erase, messages::use_words, service};

/// The sentence that says so, once the service has told; the model on the reader's device says it itself.
#[component]
pub fn KnownLanguages() -> AnyView {
    let words = use_words();
    let service = service::asked();
    let device = Device::here();
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let service = service.await.ok();
                service.map(|service| view! {
                    <p class="known-languages quiet" hidden=move || device.is_chosen()>
                        {(words.knows)(&service.languages())}
                    </p>
                })
            })}
        </Transition>
    }
    .erase()
}
