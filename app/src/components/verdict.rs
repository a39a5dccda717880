//! The verdict on one tweet: what it feels, how sure, why to doubt it, who says so, and is it right?

use domain::{Analysis, AnalysisId};
use leptos::prelude::*;

use super::{ComplaintLine, FeedbackPanel, LabelMark, Notices, ProbabilityBars};
use crate::{
    ApiError, confidence::Confidence, desk::Desk, erase::Erase, messages::use_words, reader,
};

/// Where the verdict will stand, and what it will say.
#[component]
pub fn NoVerdict() -> AnyView {
    let words = use_words();
    view! {
        <div class="no-verdict">
            <p class="headline">{words.no_verdict_yet}</p>
            <p>{words.no_verdict_hint}</p>
        </div>
    }
    .erase()
}

/// The verdict.
#[component]
pub fn Verdict(
    /// The tweet and its verdict.
    analysis: Analysis,
    /// ISO 639-1 codes of the languages that its model knows, if the service told.
    languages: Option<Vec<String>>,
    /// Why a plain form with feedback on it was refused just before.
    feedback_refusal: Option<ApiError>,
    /// What is said aloud, for those who do not see what changed.
    announced: RwSignal<String>,
) -> AnyView {
    let words = use_words();
    let prediction = &analysis.prediction;
    let sure = Confidence::of(prediction);
    let is_new = Desk::here().glance(|visit| visit.latest(analysis.id).is_some());
    let said = (words.announce)(prediction);
    Effect::new(move || {
        announced.set(said.clone());
        // On a narrow screen the verdict stands below the text box.
        if is_new {
            reader::bring_into_view("verdict");
        }
    });

    view! {
        <div class="verdict-card" data-label=prediction.label.as_str() data-analysis=analysis.id.to_string()>
            <p class="headline">
                <LabelMark label=prediction.label />
                " "
                <span class="number">{(words.percent)(prediction.confidence)}</span>
                " "
                <span class="sure" data-sure=prediction.sure.to_string()>{(words.confidence)(sure)}</span>
            </p>
            {prediction.complaint.map(|complaint| view! { <ComplaintLine complaint /> })}
            <Quote text=analysis.text.clone() />
            <Notices prediction=prediction.clone() languages />
            <ProbabilityBars probabilities=prediction.probabilities />
            <FeedbackPanel analysis=analysis.clone() refusal=feedback_refusal />
            <dl class="facts">
                <div>
                    <dt>{words.model_time}</dt>
                    <dd>{(words.duration)(analysis.duration_us)}</dd>
                </div>
                <div>
                    <dt>{words.model}</dt>
                    <dd title=analysis.model.to_string()>
                        {analysis.model.name.clone()} " " <span class="version">{analysis.model.version.clone()}</span>
                    </dd>
                </div>
                <div>
                    <dt>{words.id}</dt>
                    <dd>
                        <CopyableId id=analysis.id />
                    </dd>
                </div>
            </dl>
        </div>
    }
    .erase()
}

/// The text that was read.
#[component]
fn Quote(
    /// It, while it is kept.
    text: Option<String>,
) -> impl IntoView {
    let words = use_words();
    match text {
        Some(text) => view! { <blockquote dir="auto">{text}</blockquote> }.erase(),
        None => view! { <p class="quiet">{words.text_forgotten}</p> }.erase(),
    }
}

/// The id, selected whole by one click, and copied by a button where the browser can.
#[component]
fn CopyableId(
    /// The id.
    id: AnalysisId,
) -> impl IntoView {
    let words = use_words();
    let copied = RwSignal::new(false);
    let copy = move |_| copied.set(reader::copy(&id.to_string()));
    view! {
        <code class="id">{id.to_string()}</code>
        " "
        <button type="button" class="link scripted" on:click=copy>
            {move || if copied.get() { words.copied } else { words.copy }}
        </button>
    }
}
