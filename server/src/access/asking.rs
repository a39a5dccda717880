//! Who asks, for handlers.

use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};
use domain::{AccountId, Reviewer, Via};
use engine::Visitor;

use crate::problem::Problem;

/// Who asks, as [`super::guard`] has found out.
pub struct Asking(pub Visitor);

impl<S: Sync> FromRequestParts<S> for Asking {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let visitor = parts.extensions.get::<Visitor>().cloned();
        Ok(Self(visitor.unwrap_or_else(|| Visitor::nobody(None))))
    }
}

impl Asking {
    /// The one who gives feedback: with an account that one, else whom the request names, or who sits at the machine.
    ///
    /// # Errors
    /// If `claimed` is no name.
    pub fn reviewer(&self, claimed: Option<&str>) -> Result<Reviewer, Problem> {
        let claimed = claimed.map(Reviewer::parse).transpose();
        Ok(self.0.reviewer(claimed.map_err(|error| Problem::value(&error))?))
    }

    /// # Errors
    /// If a program asks with a key, or nobody is logged in.
    pub fn must_be_a_person(&self) -> Result<(), Problem> {
        if self.0.via == Via::Session { Ok(()) } else { Err(Problem::not_allowed()) }
    }

    /// Their account.
    ///
    /// # Errors
    /// If they have none.
    pub fn account(&self) -> Result<AccountId, Problem> {
        self.0.account.ok_or_else(Problem::no_account)
    }
}
