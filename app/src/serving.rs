//! What server functions need of the server: the engine, and answers that also suit a plain form.
//!
//! A page where scripts are off posts the same forms to the same functions, but cannot read
//! their answers: it is sent on to a page that shows them. What was refused travels there in a
//! cookie of one minute rather than in the address, because addresses end up in logs.

use std::error::Error;

use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{Analysis, AnalysisId};
use engine::{Engine, EngineError};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::{
    ApiError, SERVER_FUNCTIONS, access_trouble::AccessTrouble, arrival,
    channel_trouble::ChannelTrouble, file_trouble::FileTrouble, refusal::Refusal,
    review_trouble::ReviewTrouble, service::ServingModel,
};

/// The header with the status that a plain form was refused with, for the log of changes; it goes no further.
pub const REFUSED_WITH: &str = "x-vigie-refused-with";

/// The header with what something was done to, likewise.
pub const SUBJECT: &str = "x-vigie-subject";

/// The cookie that carries a refused form to the page.
const REFUSED: &str = "refused";

/// The most bytes of text that fit in one cookie (4,096 bytes, as base64, with the error).
const KEPT_TEXT_BYTES: usize = 2_900;

/// The engine that the server provides.
pub fn engine() -> Result<Engine, ApiError> {
    use_context().ok_or(ApiError::Internal)
}

/// The models that answer.
pub fn models(engine: &Engine) -> Vec<ServingModel> {
    let models = engine.models().all().iter().map(|released| ServingModel {
        id: released.model.id().clone(),
        languages: released.languages.clone(),
    });
    models.collect()
}

/// What the page may say of an engine's error; its cause is logged here.
pub fn told(error: EngineError) -> ApiError {
    let told = match &error {
        EngineError::Busy => return ApiError::Busy,
        EngineError::ShuttingDown => return ApiError::ShuttingDown,
        EngineError::StoreUnavailable(_) => ApiError::StoreUnavailable,
        EngineError::Store(_)
        | EngineError::Model(_)
        | EngineError::ModelBroke
        | EngineError::Start(_) => ApiError::Internal,
    };
    tracing::error!(error = &error as &dyn Error, "a server function failed");
    told
}

/// What a form was about, and so where a plain form goes on when it is refused.
pub enum Form {
    /// The text box with this text.
    Text(String),
    /// This analysis.
    About(AnalysisId),
}

/// Answers with `answer`: as it is with its status to a script, by a redirect to a plain form.
pub fn reply(answer: Result<Analysis, ApiError>, form: Form) -> Result<Analysis, ApiError> {
    let (Some(request), Some(response)) =
        (use_context::<Parts>(), use_context::<ResponseOptions>())
    else {
        return answer;
    };
    if is_plain_form(&request) {
        let place = match (&answer, &form) {
            (Ok(Analysis { id, .. }), _) | (Err(_), Form::About(id)) => format!("/?analysis={id}"),
            (Err(_), Form::Text(_)) => "/".to_owned(),
        };
        if let Err(error) = &answer {
            set_cookie(&response, &refused(error, form));
            note_refusal(&response, error);
        }
        response.set_status(StatusCode::SEE_OTHER);
        insert(&response, header::LOCATION, &place);
    } else if let Err(error) = &answer {
        response.set_status(status(error));
        if *error == ApiError::Busy {
            insert(&response, header::RETRY_AFTER, "1");
        }
    }
    answer
}

/// Answers a form about something else than a text: with its status to a script, by a redirect to `place` to a plain form.
pub fn lead<T>(answer: Result<T, ApiError>, place: &str) -> Result<T, ApiError> {
    let (Some(request), Some(response)) =
        (use_context::<Parts>(), use_context::<ResponseOptions>())
    else {
        return answer;
    };
    if is_plain_form(&request) {
        if let Err(error) = &answer {
            let refusal = Refusal { error: error.clone(), text: None, is_cut: false };
            set_cookie(&response, &kept(&refusal));
            note_refusal(&response, error);
        }
        response.set_status(StatusCode::SEE_OTHER);
        insert(&response, header::LOCATION, place);
    } else if let Err(error) = &answer {
        response.set_status(status(error));
    }
    answer
}

/// The answer of a function that no form calls, with its status. While a page is rendered the same
/// functions are called directly: then the status is the page's own.
pub fn answer<T>(answer: Result<T, ApiError>) -> Result<T, ApiError> {
    let request = use_context::<Parts>();
    let is_asked = request.is_some_and(|request| request.uri.path().starts_with(SERVER_FUNCTIONS));
    if let (Err(error), true, Some(response)) =
        (&answer, is_asked, use_context::<ResponseOptions>())
    {
        response.set_status(status(error));
    }
    answer
}

/// The refused form that the request brings; the browser is told to forget it.
pub fn take_refusal() -> Option<Refusal> {
    let (request, response) = (use_context::<Parts>()?, use_context::<ResponseOptions>()?);
    let json = BASE64_URL_SAFE_NO_PAD.decode(cookie(&request, REFUSED)?).ok()?;
    set_cookie(&response, &format!("{REFUSED}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"));
    serde_json::from_slice(&json).ok()
}

/// The value of a cookie.
pub fn cookie<'a>(request: &'a Parts, name: &str) -> Option<&'a str> {
    arrival::cookie(&request.headers, name)
}

/// Adds a cookie to the answer.
pub fn set_cookie(response: &ResponseOptions, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.append_header(header::SET_COOKIE, value);
    }
}

/// Says in the log of changes what something was done to.
pub fn note_subject(subject: &str) {
    if let Some(response) = use_context::<ResponseOptions>() {
        insert(&response, header::HeaderName::from_static(SUBJECT), subject);
    }
}

fn note_refusal(response: &ResponseOptions, error: &ApiError) {
    insert(response, header::HeaderName::from_static(REFUSED_WITH), status(error).as_str());
}

/// Adds a header to the answer, in place of others of its name.
pub fn insert(response: &ResponseOptions, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.insert_header(name, value);
    }
}

fn is_plain_form(request: &Parts) -> bool {
    let accepted = request.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

fn refused(error: &ApiError, form: Form) -> String {
    let mut refusal = Refusal { error: error.clone(), text: None, is_cut: false };
    if let Form::Text(mut text) = form {
        refusal.is_cut = text.len() > KEPT_TEXT_BYTES;
        text.truncate(text.floor_char_boundary(KEPT_TEXT_BYTES));
        refusal.text = Some(text);
    }
    kept(&refusal)
}

/// The cookie of a refusal.
fn kept(refusal: &Refusal) -> String {
    let value = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(refusal).unwrap_or_default());
    format!("{REFUSED}={value}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax")
}

fn status(error: &ApiError) -> StatusCode {
    match error {
        ApiError::Empty | ApiError::Blank | ApiError::TooLong { .. } | ApiError::Nul => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        ApiError::WatchName
        | ApiError::QueryTooLong { .. }
        | ApiError::OpenQuote
        | ApiError::NothingAsked
        | ApiError::Note => StatusCode::UNPROCESSABLE_ENTITY,
        ApiError::WatchNameTaken | ApiError::TooManyWatches => StatusCode::CONFLICT,
        ApiError::Unreadable => StatusCode::BAD_REQUEST,
        ApiError::UnknownAnalysis
        | ApiError::UnknownWatch
        | ApiError::UnknownIncident
        | ApiError::Channels(ChannelTrouble::Unknown)
        | ApiError::Files(FileTrouble::Unknown) => StatusCode::NOT_FOUND,
        ApiError::Channels(ChannelTrouble::NameTaken | ChannelTrouble::TooMany) => {
            StatusCode::CONFLICT
        }
        ApiError::Channels(_) => StatusCode::UNPROCESSABLE_ENTITY,
        ApiError::Files(FileTrouble::NotNow) => StatusCode::CONFLICT,
        ApiError::Files(FileTrouble::NoRoom { .. }) => StatusCode::INSUFFICIENT_STORAGE,
        ApiError::Files(FileTrouble::Off | FileTrouble::Disk) => StatusCode::SERVICE_UNAVAILABLE,
        ApiError::Review(ReviewTrouble::Changed { .. }) => StatusCode::CONFLICT,
        ApiError::Review(ReviewTrouble::UnknownAct) => StatusCode::NOT_FOUND,
        ApiError::Review(ReviewTrouble::Name | ReviewTrouble::Nothing) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        ApiError::Files(FileTrouble::NoSuchColumn | FileTrouble::Problem(_)) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        ApiError::Access(AccessTrouble::Wrong) | ApiError::NoLogin => StatusCode::UNAUTHORIZED,
        ApiError::Access(AccessTrouble::NoAccount) | ApiError::NotAllowed => StatusCode::FORBIDDEN,
        ApiError::Access(AccessTrouble::TooOften { .. }) | ApiError::Busy => {
            StatusCode::TOO_MANY_REQUESTS
        }
        ApiError::Access(AccessTrouble::Unknown) => StatusCode::NOT_FOUND,
        ApiError::Access(
            AccessTrouble::NameTaken | AccessTrouble::LastAdmin | AccessTrouble::TooManyKeys,
        ) => StatusCode::CONFLICT,
        ApiError::Access(_) => StatusCode::UNPROCESSABLE_ENTITY,
        ApiError::StoreUnavailable | ApiError::ShuttingDown => StatusCode::SERVICE_UNAVAILABLE,
        ApiError::Unreachable | ApiError::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use domain::Tweet;

    use super::*;

    fn request(headers: &[(header::HeaderName, &str)]) -> Parts {
        let mut request = Request::builder();
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn the_longest_tweet_and_one_character_more_fit_in_a_cookie() {
        for character in ["a", "é", "€", "😡", "\n", "\""] {
            let text = character.repeat(Tweet::MAX_CHARS + 1);
            let cookie = refused(&ApiError::TooLong { chars: 501 }, Form::Text(text.clone()));
            let pair = cookie.split(';').next().unwrap();
            assert!(pair.len() <= 4_096, "{} bytes", pair.len());
            let json = BASE64_URL_SAFE_NO_PAD.decode(pair.split_once('=').unwrap().1).unwrap();
            let refusal: Refusal = serde_json::from_slice(&json).unwrap();
            assert_eq!(refusal.text, Some(text));
        }
    }

    #[test]
    fn a_far_too_long_text_is_cut_between_characters() {
        let cookie = refused(&ApiError::Busy, Form::Text("a😡".repeat(5_000)));
        assert!(cookie.split(';').next().unwrap().len() <= 4_096);
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let request = request(&[(header::COOKIE, "a=1; lang=fr"), (header::COOKIE, "theme=dark")]);
        assert_eq!(cookie(&request, "lang"), Some("fr"));
        assert_eq!(cookie(&request, "theme"), Some("dark"));
        assert_eq!(cookie(&request, "ang"), None);
    }

    #[test]
    fn only_a_browser_s_own_form_counts_as_plain() {
        assert!(is_plain_form(&request(&[(header::ACCEPT, "text/html,application/xml;q=0.9")])));
        assert!(!is_plain_form(&request(&[(header::ACCEPT, "application/json")])));
        assert!(!is_plain_form(&request(&[])));
    }
}
