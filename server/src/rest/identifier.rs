//! The `{id}` of a path and the query of a list.

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use domain::{AnalysisId, FileId, IncidentId, WatchId};

use crate::problem::Problem;

/// The id of an analysis, from the path. What is no id names nothing: 404.
pub struct Identifier(pub AnalysisId);

impl<S: Send + Sync> FromRequestParts<S> for Identifier {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let Path(text) = path.map_err(|_not_utf8| Problem::no_analysis("?"))?;
        text.parse().map(Self).map_err(|_no_uuid| Problem::no_analysis(&text))
    }
}

/// The id in a path of something else: each kind has its own problem.
pub struct Named<T>(pub T);

/// What can be named in a path.
pub trait Nameable: std::str::FromStr {
    /// What it is called in a sentence.
    const WHAT: &str;
}

impl Nameable for WatchId {
    const WHAT: &str = "watch";
}

impl Nameable for FileId {
    const WHAT: &str = "file";
}

impl Nameable for IncidentId {
    const WHAT: &str = "incident";
}

impl<S: Send + Sync, T: Nameable> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let Path(text) = path.map_err(|_not_utf8| Problem::nothing_named(T::WHAT, "?"))?;
        text.parse().map(Self).map_err(|_no_id| Problem::nothing_named(T::WHAT, &text))
    }
}
