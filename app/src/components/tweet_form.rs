//! The text box: one submit is one request, and what cannot be read is said before it is sent.

use domain::{Tweet, TweetError};
use leptos::{
    ev::{KeyboardEvent, MouseEvent, SubmitEvent},
    html::{Form, Textarea},
    prelude::*,
    server_fn::ServerFn,
};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::Problem;
use crate::{
    ApiError,
    api::{self, Analyse},
    desk::Desk,
    device::Device,
    erase::Erase,
    messages::use_words,
    refusal::Refusal,
};

/// The form.
#[component]
pub fn TweetForm(
    /// What is in the box.
    text: RwSignal<String>,
    /// What the box is to be filled with.
    filled: RwSignal<Option<String>>,
    /// The same form, refused just before.
    refusal: Option<Refusal>,
) -> AnyView {
    let words = use_words();
    let desk = Desk::here();
    let device = Device::here();
    let navigate = use_navigate();
    let form = NodeRef::<Form>::new();
    let text_box = NodeRef::<Textarea>::new();

    let analyse = Action::new(move |text: &String| {
        let (text, navigate) = (text.clone(), navigate.clone());
        async move {
            let answer = api::analyse(text).await;
            desk.analysed(&answer);
            answer.map(|analysis| {
                let stay = NavigateOptions { scroll: false, ..NavigateOptions::default() };
                navigate(&format!("/?analysis={}", analysis.id), stay);
            })
        }
    });
    // A refused text is said at once when it is too long, else when it is sent.
    let refused = RwSignal::new(refusal.as_ref().map(|refusal| refusal.error.clone()));
    let too_long = move || {
        let read = text.with(|text| Tweet::parse(text));
        read.err().filter(|error| matches!(error, TweetError::TooLong { .. })).map(ApiError::from)
    };
    let failed = move || analyse.value().get().and_then(Result::err);
    let problem = move || too_long().or_else(|| refused.get()).or_else(failed);

    let typed = move |new: String| {
        text.set(new);
        refused.set(None);
        analyse.value().set(None);
    };
    let is_reading = Memo::new(move |_| {
        analyse.pending().get() || device.with(|course| course.waiting.is_some())
    });
    let read = move || {
        if is_reading.get_untracked() {
            return;
        }
        let text = text.get_untracked();
        match Tweet::parse(&text) {
            Ok(tweet) if device.is_chosen_now() => device.read(tweet),
            Ok(_) => _ = analyse.dispatch(text),
            Err(error) => refused.set(Some(error.into())),
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        read();
    };
    // Where texts stay on the device the button submits nothing, also before the page is live or
    // when its code has failed.
    let kind = move || if device.is_chosen() { "button" } else { "submit" };
    let press = move |_: MouseEvent| {
        if device.is_chosen_now() {
            read();
        }
    };
    let submit_by_key = move |key: KeyboardEvent| {
        if key.key() == "Enter" && (key.ctrl_key() || key.meta_key()) {
            key.prevent_default();
            _ = form.get_untracked().map(|form| form.request_submit());
        }
    };
    // What was typed before the page was taken over is in the box alone.
    Effect::new(move || {
        if let Some(text_box) = text_box.get() {
            text.set(text_box.value());
        }
    });
    Effect::new(move |_| {
        if let (Some(text), Some(text_box)) = (filled.get(), text_box.get_untracked()) {
            text_box.set_value(&text);
            typed(text);
        }
    });

    let is_cut = refusal.as_ref().is_some_and(|refusal| refusal.is_cut);
    let kept = refusal.and_then(|refusal| refusal.text);
    let content = kept.or_else(|| filled.get_untracked()).unwrap_or_default();
    view! {
        <form
            class="tweet-form"
            method="post"
            action=Analyse::url()
            node_ref=form
            on:submit=submit
            aria-busy=move || is_reading.get().to_string()
        >
            <label for="text" class="unseen">
                {words.tweet}
            </label>
            <textarea
                id="text"
                name="text"
                rows="5"
                dir="auto"
                autocomplete="off"
                placeholder=words.placeholder
                aria-describedby="text-count text-problem"
                aria-invalid=move || problem().is_some().to_string()
                node_ref=text_box
                on:input:target=move |event| typed(event.target().value())
                on:keydown=submit_by_key
                inner_html=as_content(&content)
            />
            <div class="submit-row">
                <p id="text-count" class="count" data-over=move || too_long().is_some().to_string()>
                    {move || (words.count)(text.with(|text| Tweet::count(text)))}
                </p>
                <kbd class="scripted">{words.submit_by_keyboard}</kbd>
                <button class="button primary" type=kind on:click=press>
                    {move || if is_reading.get() { words.analysing } else { words.analyse }}
                </button>
            </div>
            <div id="text-problem">
                {move || problem().map(|error| view! { <Problem error /> })}
                {is_cut.then(|| view! { <p class="notice">{words.text_cut}</p> })}
            </div>
        </form>
    }
    .erase()
}

/// `text` as the content of a text box in HTML, which swallows one line break at its beginning.
fn as_content(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_leave_its_box() {
        assert_eq!(as_content("</textarea><b>&lt;"), "\n&lt;/textarea>&lt;b>&amp;lt;");
    }
}
