//! The switch that lets tweets be read on the reader's own device, and how its model is.

use domain::{DeviceModel, Progress};
use leptos::{
    ev::{Event, MouseEvent},
    html::Input,
    prelude::*,
};

use crate::{
    device::{Device, State},
    erase::Erase,
    messages::use_words,
    preferences::Place,
};

/// The switch, what it means, and what came of it.
#[component]
pub fn DeviceSwitch() -> AnyView {
    let words = use_words();
    let device = Device::here();
    let switch = NodeRef::<Input>::new();
    let state = Memo::new(move |_| device.with(|course| course.state.clone()));
    // Chosen in an earlier visit, it is wanted as soon as the page is live.
    Effect::new(move || {
        if device.is_chosen() {
            device.start();
        }
    });
    let switched = move |event: Event| {
        let place = if event_target_checked(&event) { Place::Device } else { Place::Service };
        device.choose(place);
    };
    let cancel = move |_: MouseEvent| {
        device.choose(Place::Service);
        // The pressed button goes away.
        _ = switch.get_untracked().map(|switch| switch.focus());
    };
    let said = move || match state.get() {
        _ if !device.is_chosen() => words.device_hint.to_owned(),
        State::Ready(DeviceModel { languages, is_kept, .. }) => {
            (words.device_ready)(&languages, is_kept)
        }
        State::Absent | State::Loading(_) | State::Failed(_) => String::new(),
    };
    let progress = Memo::new(move |_| match state.get() {
        State::Loading(progress) if device.is_chosen() => Some(progress),
        _ => None,
    });
    let failed = move || match state.get() {
        State::Failed(error) if device.is_chosen() => Some(view! {
            <p class="problem" role="alert">
                {(words.device_error)(error)}
            </p>
            <button type="button" class="link" on:click=move |_| device.start()>
                {words.try_again}
            </button>
        }),
        _ => None,
    };
    let without_scripts = if device.is_chosen_now() {
        format!(
            r#"<p class="notice">{} <a href="/?place={}">{}</a></p>"#,
            words.device_without_scripts,
            Place::Service.name(),
            words.let_service_read
        )
    } else {
        String::new()
    };
    view! {
        <div class="device scripted" data-state=move || state.with(State::name)>
            <label class="switch">
                <input
                    type="checkbox"
                    role="switch"
                    autocomplete="off"
                    aria-describedby="device-said"
                    checked=device.is_chosen_now()
                    prop:checked=move || device.is_chosen()
                    node_ref=switch
                    on:change=switched
                />
                <span>{words.on_device}</span>
            </label>
            <p id="device-said" class="quiet" role="status">
                {said}
            </p>
            <Show when=move || progress.with(Option::is_some)>
                <Coming progress cancel />
            </Show>
            {failed}
        </div>
        <noscript inner_html=without_scripts />
    }
    .erase()
}

/// The model on its way.
#[component]
fn Coming(
    /// How much of it is here, while it comes.
    progress: Memo<Option<Progress>>,
    /// Gives it up.
    cancel: impl Fn(MouseEvent) + 'static,
) -> AnyView {
    let words = use_words();
    let come = move || progress.get().unwrap_or_default();
    let share = move || {
        let Progress { bytes, of_bytes } = come();
        (of_bytes > 0).then(|| (bytes * 100 / of_bytes).to_string())
    };
    let said = move || {
        let Progress { bytes, of_bytes } = come();
        (words.device_progress)(bytes, of_bytes)
    };
    view! {
        <p class="coming">
            <progress aria-label=words.device_loading max="100" value=share />
            <span class="number quiet">{said}</span>
            <button type="button" class="link" on:click=cancel>
                {words.cancel}
            </button>
        </p>
    }
    .erase()
}
