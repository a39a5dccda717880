//! JSON bodies, read strictly, with a sentence for each way in which they can be wrong.

use std::{error::Error, iter::successors};

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header},
};
use http_body_util::LengthLimitError;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use tower_http::timeout::TimeoutError;

use crate::{problem::Problem, state::AppState};

/// A JSON body. Fields that `T` does not name are ignored.
pub struct Json<T>(pub T);

/// A JSON body for clients of the reference, to whom every error of validation is 422.
pub struct ReferenceJson<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let is_json = is_json(request.headers());
        let bytes = bytes(request, state).await?;
        if !is_json {
            return Err(Problem::content_type());
        }
        parse(&bytes).map(Self)
    }
}

impl<T: DeserializeOwned> FromRequest<AppState> for ReferenceJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let bytes = bytes(request, state).await?;
        parse(&bytes)
            .map(Self)
            .map_err(|problem| problem.with_status(StatusCode::UNPROCESSABLE_ENTITY))
    }
}

/// The content type without its parameters, in lower case; empty if there is none.
pub fn media_type(headers: &HeaderMap) -> String {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = content_type.and_then(|value| value.split(';').next()).unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

fn is_json(headers: &HeaderMap) -> bool {
    let essence = media_type(headers);
    essence == "application/json"
        || essence.starts_with("application/") && essence.ends_with("+json")
}

async fn bytes(request: Request, state: &AppState) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejection| {
        if is_caused_by::<LengthLimitError>(&rejection) {
            Problem::too_large(state.limits.body_bytes)
        } else if is_caused_by::<TimeoutError>(&rejection) {
            Problem::body_timeout()
        } else {
            Problem::broken_body()
        }
    })
}

fn is_caused_by<E: Error + 'static>(error: &(dyn Error + 'static)) -> bool {
    successors(Some(error), |&error| error.source()).any(<dyn Error>::is::<E>)
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        Problem::unreadable(format!("The body is not UTF-8 (byte {at}): send text in UTF-8."))
    })?;
    serde_json::from_str(text).map_err(|error| match error.classify() {
        Category::Data => Problem::shape(&error),
        Category::Syntax | Category::Eof | Category::Io => {
            Problem::unreadable(format!("The body is not valid JSON: {error}."))
        }
    })
}
