//! The text that was read and, when asked, which of its words the verdict comes from.

use domain::{Analysis, AnalysisId, Explanation, ModelId, Share};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Problem, Quote};
use crate::{ApiError, api, erase::Erase, messages::use_words};

/// The field of the address that asks.
const ASKED: &str = "why";
/// Phrases that are named.
const NAMED: usize = 3;
/// Contributions from which on an underline is thicker.
const THICKER: [f32; 2] = [0.08, 0.2];

/// Whether the address asks why, and the answer; it lives as long as the page.
#[derive(Clone, Copy)]
pub struct Question {
    is_asked: Memo<bool>,
    explained: Resource<Option<Result<Explanation, ApiError>>>,
}

impl Question {
    /// About the analysis that the address names.
    pub fn of_address() -> Self {
        let query = use_query_map();
        let is_asked = Memo::new(move |_| query.with(|query| query.get(ASKED).is_some()));
        let named = Memo::new(move |_| {
            query.with(|query| query.get("analysis").filter(|_| query.get(ASKED).is_some()))
        });
        let explained = Resource::new(
            move || named.get(),
            move |named| async move {
                let id: AnalysisId = named?.parse().ok()?;
                Some(api::explain(id).await)
            },
        );
        Self { is_asked, explained }
    }
}

/// The text, with a link that asks why, or with the answer.
#[component]
pub fn Why(
    /// The tweet and its verdict.
    analysis: Analysis,
    /// Whether the address asks, and the answer.
    question: Question,
) -> AnyView {
    let Analysis { id, text, model, .. } = analysis;
    let Some(text) = text else { return view! { <Quote text=None /> }.erase() };
    let Question { is_asked, explained } = question;
    view! {
        <div class="why" data-asked=move || is_asked.get().to_string()>
            <Transition fallback={
                let text = text.clone();
                move || view! { <Quote text=Some(text.clone()) /> }
            }>
                {move || {
                    let (text, model) = (text.clone(), model.clone());
                    Suspend::new(async move {
                        match explained.await {
                            Some(Ok(explanation)) => view! { <Explained explanation text model /> }.erase(),
                            Some(Err(error)) => {
                                view! {
                                    <Quote text=Some(text) />
                                    <Problem error />
                                }
                                    .erase()
                            }
                            None => view! { <Quote text=Some(text) /> }.erase(),
                        }
                    })
                }}
            </Transition>
            <Ask id is_asked=is_asked.into() />
        </div>
    }
    .erase()
}

/// The link that asks, or takes the question back.
#[component]
fn Ask(
    /// Of which verdict.
    id: AnalysisId,
    /// Whether it was asked.
    is_asked: Signal<bool>,
) -> impl IntoView {
    let words = use_words();
    let href = move || {
        if is_asked.get() {
            format!("/?analysis={id}")
        } else {
            format!("/?analysis={id}&{ASKED}=asked")
        }
    };
    view! {
        <p>
            <a class="ask-why" href=href data-noscroll="">
                {move || if is_asked.get() { words.why_hide } else { words.why }}
            </a>
        </p>
    }
}

/// The words underlined by what they add, and the phrases that tell most.
#[component]
fn Explained(
    /// What each word adds.
    explanation: Explanation,
    /// The text that was explained.
    text: String,
    /// The model that gave the verdict.
    model: ModelId,
) -> impl IntoView {
    let words = use_words();
    let Explanation { label, base, error, .. } = explanation;
    let named = explanation.phrases().into_iter().take(NAMED).map(|phrase| {
        view! {
            <li>
                <span class="number">{(words.points)(phrase.contribution)}</span>
                " "
                <q dir="auto">{phrase.of(&text).to_owned()}</q>
            </li>
        }
    });
    let named = named.collect_view();
    let other = explanation.model;
    let other = (other != model).then(|| (words.why_by_other)(&other.to_string()));
    view! {
        <blockquote dir="auto">{marked(&text, &explanation.words)}</blockquote>
        <p class="quiet">{(words.why_legend)(label)}</p>
        <ul class="phrases">{named}</ul>
        <p class="quiet">{(words.why_base)(base, error)}</p>
        {other.map(|other| view! { <p class="notice">{other}</p> })}
    }
}

/// `text` with a mark around each of the words that say something.
fn marked(text: &str, shares: &[Share]) -> impl IntoView + use<> {
    let mut parts = Vec::with_capacity(2 * shares.len() + 1);
    let mut end = 0;
    let between =
        |start: u32, end: u32| Share { start, end, contribution: 0.0 }.of(text).to_owned();
    for share in shares {
        parts.push(between(end, share.start).erase());
        let word = share.of(text).to_owned();
        let part = match thickness(*share) {
            0 => word.erase(),
            thickness => view! { <span data-speaks=speaks(*share) data-thickness=thickness.to_string()>{word}</span> }.erase(),
        };
        parts.push(part);
        end = share.end;
    }
    parts.push(between(end, u32::MAX).erase());
    parts.collect_view()
}

/// For the label or against it.
fn speaks(share: Share) -> &'static str {
    if share.contribution > 0.0 { "for" } else { "against" }
}

/// Of the underline; 0 is none.
fn thickness(share: Share) -> usize {
    match share.contribution.abs() {
        small if small < Explanation::LEAST => 0,
        size => 1 + THICKER.iter().filter(|from| size >= **from).count(),
    }
}
