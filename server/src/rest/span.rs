//! Which time is asked about.

use domain::Span;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::problem::Problem;

/// A stretch of time, the newest day if nothing is said.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SpanQuery {
    /// The first moment, RFC 3339; a day before `to` if it is left out.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// The first moment that is no more in it, RFC 3339; a minute after the newest tweet if it is left out.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<Timestamp>,
}

impl SpanQuery {
    /// The span, given when the newest tweet came.
    ///
    /// # Errors
    /// A problem if it ends before it begins.
    pub fn resolve(&self, newest: Option<Timestamp>) -> Result<Span, Problem> {
        let minute = SignedDuration::from_mins(1);
        let newest = || newest.unwrap_or_else(Timestamp::now).checked_add(minute);
        let to = self.to.unwrap_or_else(|| newest().unwrap_or(Timestamp::MAX));
        let day = || to.checked_sub(SignedDuration::from_hours(24));
        let from = self.from.unwrap_or_else(|| day().unwrap_or(Timestamp::MIN));
        if from >= to {
            return Err(Problem::unreadable("“from” must be before “to”."));
        }
        Ok(Span { from, to })
    }
}
