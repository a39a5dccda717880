//! The verdict on one tweet: what it feels, how sure, why to doubt it, who says so, and is it right?

use domain::{Analysis, AnalysisId, DeviceModel, DeviceVerdict, ModelId, Prediction};
use leptos::prelude::*;

use super::{ComplaintLine, FeedbackPanel, LabelMark, Notices, ProbabilityBars, Question, Why};
use crate::{
    ApiError, confidence::Confidence, desk::Desk, erase::Erase, messages::use_words,
    preferences::Place, reader,
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
    /// Whether its reasons are asked for.
    question: Question,
    /// Why a plain form with feedback on it was refused just before.
    feedback_refusal: Option<ApiError>,
    /// What is said aloud, for those who do not see what changed.
    announced: RwSignal<String>,
) -> AnyView {
    let words = use_words();
    let prediction = analysis.prediction.clone();
    let label = prediction.label.as_str();
    let is_new = Desk::here().glance(|visit| visit.latest(analysis.id).is_some());
    announce(&prediction, announced, is_new);
    let read = analysis.clone();
    view! {
        <div class="verdict-card" data-label=label data-analysis=analysis.id.to_string()>
            <Said prediction languages>
                <Why analysis=read question />
            </Said>
            <FeedbackPanel analysis=analysis.clone() refusal=feedback_refusal />
            <dl class="facts">
                <Made duration_us=analysis.duration_us model=analysis.model />
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

/// A verdict that was given on the reader's device: nobody else knows of it, so it has no id, and no
/// correction of it would be stored.
#[component]
pub fn VerdictOnDevice(
    /// The tweet and its verdict.
    verdict: DeviceVerdict,
    /// Who gave it.
    model: DeviceModel,
    /// What is said aloud, for those who do not see what changed.
    announced: RwSignal<String>,
) -> AnyView {
    let words = use_words();
    let DeviceVerdict { tweet, prediction, duration_us } = verdict;
    let label = prediction.label.as_str();
    announce(&prediction, announced, true);
    view! {
        <div class="verdict-card" data-label=label data-place=Place::Device.name()>
            <Said prediction languages=Some(model.languages)>
                <Quote text=Some(tweet.into()) />
            </Said>
            <p class="read-here">{words.read_on_device}</p>
            <dl class="facts">
                <Made duration_us model=model.id />
            </dl>
        </div>
    }
    .erase()
}

/// What a model says of a text, whoever it is and wherever.
#[component]
fn Said(
    /// The verdict.
    prediction: Prediction,
    /// ISO 639-1 codes of the languages that the model knows, if that is known.
    languages: Option<Vec<String>>,
    /// The text.
    children: Children,
) -> impl IntoView {
    let words = use_words();
    let sure = Confidence::of(&prediction);
    view! {
        <p class="headline">
            <LabelMark label=prediction.label />
            " "
            <span class="number">{(words.percent)(prediction.confidence)}</span>
            " "
            <span class="sure" data-sure=prediction.sure.to_string()>{(words.confidence)(sure)}</span>
        </p>
        {prediction.complaint.map(|complaint| view! { <ComplaintLine complaint /> })}
        {children()}
        <Notices prediction=prediction.clone() languages />
        <ProbabilityBars probabilities=prediction.probabilities />
    }
}

/// How long it took, and who did it.
#[component]
fn Made(
    /// In microseconds.
    duration_us: u64,
    /// The model.
    model: ModelId,
) -> impl IntoView {
    let words = use_words();
    let title = model.to_string();
    view! {
        <div>
            <dt>{words.model_time}</dt>
            <dd>{(words.duration)(duration_us)}</dd>
        </div>
        <div>
            <dt>{words.model}</dt>
            <dd title=title>
                {model.name} " " <span class="version">{model.version}</span>
            </dd>
        </div>
    }
}

/// Says the verdict aloud, and shows one that is new where it is out of sight.
fn announce(prediction: &Prediction, announced: RwSignal<String>, is_new: bool) {
    let said = (use_words().announce)(prediction);
    Effect::new(move || {
        announced.set(said.clone());
        // On a narrow screen the verdict stands below the text box.
        if is_new {
            reader::bring_into_view("verdict");
        }
    });
}

/// The text that was read.
#[component]
pub fn Quote(
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
