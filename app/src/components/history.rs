//! What was read lately, by everyone, newest first.

use domain::{Analysis, Prediction};
use leptos::{either::Either, prelude::*};

use super::{LabelMark, Problem};
use crate::{
    ApiError, api,
    desk::Desk,
    erase::Erase,
    messages::{Words, use_words},
    moment::Moment,
    you::You,
};

/// How many the list shows.
const SHOWN: u32 = 20;

/// The list: asked for once, when the page is made; then the answers on the desk go before it.
#[component]
pub fn History() -> AnyView {
    let words = use_words();
    let loaded = OnceResource::new(api::list_recent(SHOWN));
    view! {
        <section class="history" aria-labelledby="history-title">
            <h2 id="history-title" class="overline">
                {words.recent}
            </h2>
            <Transition>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(loaded) => Either::Left(view! { <Recent loaded /> }),
                        Err(error) => Either::Right(view! { <UnknownPast error /> }),
                    }
                })}
            </Transition>
        </section>
    }
    .erase()
}

/// The analyses that were `loaded`, after those of this visit.
#[component]
fn Recent(
    /// Newest first.
    loaded: Vec<Analysis>,
) -> AnyView {
    let words = use_words();
    let desk = Desk::here();
    let recent = Memo::new(move |_| desk.with(|visit| visit.recent(&loaded, SHOWN as usize)));
    let is_empty = move || recent.with(Vec::is_empty);
    view! {
        <Show when=is_empty>
            <p class="quiet">{words.recent_empty}</p>
        </Show>
        <ol>
            <For
                each=move || recent.get()
                key=|analysis| (analysis.id, analysis.feedback.as_ref().map(|said| said.label))
                let:analysis
            >
                <Row analysis />
            </For>
        </ol>
    }
    .erase()
}

/// The visit's own analyses, when those before it cannot be read.
#[component]
fn UnknownPast(
    /// Why.
    error: ApiError,
) -> impl IntoView {
    view! {
        <Problem error />
        <Recent loaded=vec![] />
    }
}

/// One analysis; its text opens it.
#[component]
fn Row(
    /// The analysis.
    analysis: Analysis,
) -> AnyView {
    let words = use_words();
    let said = said_of(words, &You::here(), &analysis);
    let text = analysis.text.unwrap_or_else(|| words.text_forgotten.to_owned());
    view! {
        <li data-analysis=analysis.id.to_string()>
            <LabelMark label=analysis.prediction.label />
            <span class="number">{(words.percent)(analysis.prediction.confidence)}</span>
            <a href=format!("/?analysis={}", analysis.id) dir="auto">
                {text}
            </a>
            <span class="said">{said}</span>
            <Moment at=analysis.created_at />
        </li>
    }
    .erase()
}

/// What there is to say beside the label: the reason, the doubt, the feedback.
fn said_of(words: &Words, you: &You, analysis: &Analysis) -> String {
    let Prediction { complaint, sure, .. } = &analysis.prediction;
    let reason = complaint.map(|complaint| (words.reason_name)(complaint.reason).to_owned());
    let doubt = (!sure).then(|| words.recent_not_sure.to_owned());
    let said = [reason, doubt, Some(feedback_in(words, you, analysis))];
    said.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn feedback_in(words: &Words, you: &You, analysis: &Analysis) -> String {
    match (&analysis.feedback, analysis.agreed()) {
        (Some(feedback), _) if !you.are(&feedback.reviewer) => {
            (words.said_by)(feedback.reviewer.as_str(), feedback.label)
        }
        (Some(feedback), Some(false)) => (words.you_said)(feedback.label),
        (Some(_), _) => words.you_agreed.to_owned(),
        (None, _) => words.no_feedback.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::{AnalysisId, Complaint, ModelId, Reason};
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::messages::{ENGLISH, FRENCH};

    fn analysis(prediction: Prediction) -> Analysis {
        Analysis {
            id: AnalysisId(Uuid::nil()),
            text: None,
            prediction,
            model: ModelId { name: "bilstm".to_owned(), version: "0".to_owned() },
            created_at: Timestamp::UNIX_EPOCH,
            duration_us: 1,
            feedback: None,
        }
    }

    #[test]
    fn reason_and_doubt_stand_before_the_feedback() {
        let you = You(domain::Reviewer::local());
        let late = Complaint { reason: Reason::LateFlight, confidence: 0.6 };
        let verdict = Prediction::new([0.5, 0.3, 0.2].into(), 1.0, None);
        let doubtful = analysis(verdict.clone().complaining_of(Some(late)).sure_from(0.6));
        assert_eq!(said_of(&ENGLISH, &you, &doubtful), "Late flight · Not sure · Not checked");
        assert_eq!(said_of(&FRENCH, &you, &doubtful), "Retard du vol · Pas sûr · Non vérifié");
        assert_eq!(said_of(&ENGLISH, &you, &analysis(verdict)), "Not checked");
    }
}
