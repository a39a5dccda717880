//! The thumbs: up confirms the verdict, down asks for the right label, and both can be undone.

use domain::{Analysis, AnalysisId, Feedback, Label};
use leptos::{either::Either, ev::SubmitEvent, html::Div, prelude::*, server_fn::ServerFn};

use super::{
    LabelMark, Problem,
    icons::{ThumbDown, ThumbUp},
};
use crate::{
    ApiError,
    api::{self, GiveFeedback, WithdrawFeedback},
    desk::Desk,
    erase::Erase,
    messages::use_words,
    you::You,
};

/// What a press of a button says of an analysis: its right label, or nothing any more.
type Said = (AnalysisId, Option<Label>);

/// What was said of the verdict, and the buttons that say it.
#[component]
pub fn FeedbackPanel(
    /// The analysis as it was opened; later answers come from the desk.
    analysis: Analysis,
    /// Why a plain form was refused just before.
    refusal: Option<ApiError>,
) -> AnyView {
    let desk = Desk::here();
    let (id, verdict, opened) = (analysis.id, analysis.prediction.label, analysis.feedback);
    let panel = NodeRef::<Div>::new();
    let say = Action::new(move |said: &Said| {
        let (id, label) = *said;
        async move {
            let answer = match label {
                Some(label) => api::give_feedback(id, label).await,
                None => api::withdraw_feedback(id).await,
            };
            desk.corrected(&answer);
            // The pressed button goes away with a good answer: the focus stays where it was.
            if let (Ok(_), Some(panel)) = (&answer, panel.get_untracked()) {
                _ = panel.focus();
            }
            answer.map(drop).map_err(|error| (error, label))
        }
    });
    let feedback = Memo::new(move |_| {
        let known = desk.with(|visit| visit.latest(id).map(|latest| latest.feedback.clone()));
        known.unwrap_or_else(|| opened.clone())
    });
    // Only what this reader said can be undone here; what another said leaves the thumbs.
    let you = You::here();
    let buttons = move || match feedback.get() {
        Some(feedback) if you.are(&feedback.reviewer) => {
            Either::Left(view! { <Stored id feedback say /> })
        }
        other => Either::Right(view! {
            {other.map(|feedback| view! { <StoredByOther feedback /> })}
            <Thumbs id verdict say />
        }),
    };
    let failure = move || match say.value().get() {
        Some(Err((error, label))) => Some((error, Some(label))),
        Some(Ok(())) => None,
        None => refusal.clone().map(|error| (error, None)),
    };
    view! {
        <div class="feedback" node_ref=panel tabindex="-1" aria-busy=move || say.pending().get().to_string()>
            {buttons}
            {move || failure().map(|(error, again)| view! { <NotStored id error again say /> })}
        </div>
    }
    .erase()
}

/// Nothing was said yet: up, or down and what it really is.
#[component]
fn Thumbs(
    /// What it is about.
    id: AnalysisId,
    /// The label of the verdict.
    verdict: Label,
    /// Says it.
    say: Action<Said, Result<(), (ApiError, Option<Label>)>>,
) -> AnyView {
    let words = use_words();
    let other = |label| view! { <Choice id label say><LabelMark label /></Choice> };
    view! {
        <p class="question">{words.is_it_right}</p>
        <Choice id label=verdict say>
            <ThumbUp />
            <span>{words.yes}</span>
        </Choice>
        <details>
            <summary class="button">
                <ThumbDown />
                <span>{words.no}</span>
            </summary>
            <div class="choices">
                <p class="question">{words.it_is}</p>
                {Label::ALL.into_iter().filter(|label| *label != verdict).map(other).collect_view()}
            </div>
        </details>
    }
    .erase()
}

/// A button that says one label, as a form of its own.
#[component]
fn Choice(
    /// What it is about.
    id: AnalysisId,
    /// What the button says.
    label: Label,
    /// Says it.
    say: Action<Said, Result<(), (ApiError, Option<Label>)>>,
    /// What stands on the button.
    children: Children,
) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !say.pending().get_untracked() {
            say.dispatch((id, Some(label)));
        }
    };
    view! {
        <form method="post" action=GiveFeedback::url() on:submit=submit>
            <input type="hidden" name="id" value=id.to_string() />
            <button name="label" value=label.as_str() class="button">
                {children()}
            </button>
        </form>
    }
    .erase()
}

/// What was said, and how to take it back.
#[component]
fn Stored(
    /// What it is about.
    id: AnalysisId,
    /// What was said.
    feedback: Feedback,
    /// Takes it back.
    say: Action<Said, Result<(), (ApiError, Option<Label>)>>,
) -> AnyView {
    let words = use_words();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !say.pending().get_untracked() {
            say.dispatch((id, None));
        }
    };
    view! {
        <p class="stored" role="status">
            {(words.stored)(feedback.label)}
        </p>
        <form method="post" action=WithdrawFeedback::url() on:submit=submit>
            <input type="hidden" name="id" value=id.to_string() />
            <button class="link">{words.undo}</button>
        </form>
    }
    .erase()
}

/// What another reader said.
#[component]
fn StoredByOther(
    /// What was said.
    feedback: Feedback,
) -> AnyView {
    let words = use_words();
    view! { <p class="stored">{(words.said_by)(feedback.reviewer.as_str(), feedback.label)}</p> }
        .erase()
}

/// The answer did not reach the database; it can be sent again.
#[component]
fn NotStored(
    /// What it is about.
    id: AnalysisId,
    /// Why.
    error: ApiError,
    /// What was said, if it can be said again at once.
    again: Option<Option<Label>>,
    /// Says it.
    say: Action<Said, Result<(), (ApiError, Option<Label>)>>,
) -> AnyView {
    let words = use_words();
    let retry = again.map(|label| {
        let press = move |_| _ = say.dispatch((id, label));
        view! {
            <button type="button" class="link" on:click=press>
                {words.try_again}
            </button>
        }
    });
    view! {
        <div class="not-stored">
            <strong>{words.not_stored}</strong>
            <Problem error />
            {retry}
        </div>
    }
    .erase()
}
