//! `/`: one tweet, its verdict, and what was read lately.
//!
//! The address says which analysis is open (`?analysis=ID`); the answer to a new text is put on
//! the desk and opened from there, so a submit is one request. What was read on the reader's device
//! has no address, and stands in its place until another analysis is opened.

use domain::{Analysis, AnalysisId, DeviceModel, DeviceVerdict};
use leptos::{
    either::{Either, EitherOf3},
    prelude::*,
};
use leptos_meta::{Meta, Title};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use crate::{
    ApiError, api,
    components::{
        DeviceSwitch, Examples, History, KnownLanguages, NoVerdict, Problem, Question, SessionCard,
        TweetForm, Verdict, VerdictOnDevice,
    },
    desk::Desk,
    device::Device,
    erase::Erase,
    examples,
    messages::use_words,
    reader, service,
};

/// The page.
#[component]
pub fn Analyse() -> AnyView {
    let words = use_words();
    let query = use_query_map();
    let refusal = SharedValue::new(reader::refusal).into_inner();
    let (form_refusal, feedback_refusal) = match refusal {
        Some(refusal) if refusal.text.is_some() => (Some(refusal), None),
        other => (None, other.map(|refusal| refusal.error)),
    };
    let example = query.with_untracked(|query| query.get_str("example").and_then(examples::named));
    let text = RwSignal::new(String::new());
    let filled = RwSignal::new(example.map(str::to_owned));
    let opened = opened_analysis();
    let question = Question::of_address();
    let service = service::asked();
    let device = Device::here();
    let verdict_on_device = Memo::new(move |_| device.with(|course| course.verdict.clone()));
    take_turns(device, verdict_on_device.into());
    let announced = RwSignal::new(String::new());

    view! {
        <Title text=format!("{} · Vigie", words.page_analyse) />
        <Meta name="description" content=words.product_promise />
        <main id="content" class="page analyse" data-page="analyse">
            <section class="ask" aria-labelledby="ask-title">
                <h1 id="ask-title">{words.analyse_title}</h1>
                <TweetForm text filled refusal=form_refusal />
                <DeviceSwitch />
                <KnownLanguages />
            </section>
            <section id="verdict" class="verdict" aria-labelledby="verdict-title">
                <h2 id="verdict-title" class="overline">
                    {words.verdict}
                </h2>
                <Transition>
                    {move || {
                        let feedback_refusal = feedback_refusal.clone();
                        if let Some((verdict, model)) = verdict_on_device.get() {
                            return Either::Left(view! { <VerdictOnDevice verdict model announced /> });
                        }
                        Either::Right(Suspend::new(async move {
                            match opened.await {
                                Ok(Some(analysis)) => {
                                    let service = service.await.ok();
                                    let languages = service.map(|service| service.languages_of(&analysis.model).to_vec());
                                    EitherOf3::A(view! { <Verdict analysis languages question feedback_refusal announced /> })
                                }
                                Ok(None) => EitherOf3::B(view! { <NoVerdict /> }),
                                Err(error) => EitherOf3::C(view! { <Problem error /> }),
                            }
                        }))
                    }}
                </Transition>
                <p class="unseen" role="status" data-announcer>
                    {announced}
                </p>
            </section>
            <Examples filled />
            <SessionCard />
            <History />
        </main>
    }
    .erase()
}

/// Of a verdict given on the device and an analysis that the address names, the newer one is shown.
fn take_turns(device: Device, verdict: Signal<Option<(DeviceVerdict, DeviceModel)>>) {
    let query = use_query_map();
    let named = Memo::new(move |_| query.with(|query| query.get("analysis")));
    let navigate = use_navigate();
    Effect::new(move || {
        if named.get().is_some() {
            device.forget_verdict();
        }
    });
    Effect::new(move || {
        if verdict.with(Option::is_some) && named.get_untracked().is_some() {
            let stay = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate("/", stay);
        }
    });
}

/// The analysis that the address names: from the desk if it lies there, else asked for.
fn opened_analysis() -> Resource<Result<Option<Analysis>, ApiError>> {
    let desk = Desk::here();
    let query = use_query_map();
    let named = Memo::new(move |_| query.with(|query| query.get("analysis")));
    Resource::new(
        move || named.get(),
        move |named| async move {
            let Some(named) = named else { return Ok(None) };
            let id: AnalysisId = named.parse().map_err(|_| ApiError::UnknownAnalysis)?;
            match desk.glance(|visit| visit.latest(id).cloned()) {
                Some(analysis) => Ok(Some(analysis)),
                None => api::open_analysis(id).await.map(Some),
            }
        },
    )
}
