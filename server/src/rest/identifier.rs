//! The `{id}` of a path and the query of a list.

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use domain::{AnalysisId, FileId};
use engine::files::FilesError;

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

/// The id of a file, from the path. What is no id names nothing: 404.
pub struct Named(pub FileId);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let id = path.ok().and_then(|Path(text)| text.parse().ok());
        id.map(Self).ok_or_else(|| Problem::from(FilesError::Unknown))
    }
}
