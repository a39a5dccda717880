//! The `{id}` of a path.

use std::str::FromStr;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use domain::{
    AccountId, AnalysisId, ApiKeyId, ChannelId, FileId, IncidentId, ReviewActId, WatchId,
};
use engine::{AccessError, files::FilesError};

use crate::problem::Problem;

/// The id in a path. What is no id names nothing: 404.
pub struct Named<T>(pub T);

/// What can be named in a path.
pub trait Nameable: FromStr {
    /// That there is none of this id.
    fn unknown(id: &str) -> Problem;
}

impl Nameable for AnalysisId {
    fn unknown(id: &str) -> Problem {
        Problem::no_analysis(id)
    }
}

impl Nameable for FileId {
    fn unknown(_id: &str) -> Problem {
        FilesError::Unknown.into()
    }
}

impl Nameable for AccountId {
    fn unknown(_id: &str) -> Problem {
        AccessError::UnknownAccount.into()
    }
}

impl Nameable for ApiKeyId {
    fn unknown(id: &str) -> Problem {
        Problem::nothing_named("key", id)
    }
}

impl Nameable for ChannelId {
    fn unknown(id: &str) -> Problem {
        Problem::nothing_named("channel", id)
    }
}

impl Nameable for IncidentId {
    fn unknown(id: &str) -> Problem {
        Problem::nothing_named("incident", id)
    }
}

impl Nameable for ReviewActId {
    fn unknown(id: &str) -> Problem {
        Problem::nothing_named("act", id)
    }
}

impl Nameable for WatchId {
    fn unknown(id: &str) -> Problem {
        Problem::nothing_named("watch", id)
    }
}

impl<S: Send + Sync, T: Nameable> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let Path(text) = path.map_err(|_not_utf8| T::unknown("?"))?;
        text.parse().map(Self).map_err(|_no_id| T::unknown(&text))
    }
}
