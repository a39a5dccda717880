//! What goes into the log of changes.

use axum::{
    extract::Request,
    http::{HeaderValue, Method},
    response::Response,
};
use domain::{Right, Via};
use engine::{Engine, Visitor};

use super::{Needed, needed::is_of_one_s_own};
use crate::request_id::RequestId;

/// A change that is to be noted once it is answered.
pub struct Note {
    action: String,
    subject: String,
    request_id: String,
}

impl Note {
    /// `None` for what changes nothing. Texts that are read are noted nowhere else than among the analyses, which say when.
    pub fn of(request: &Request, route: &str, needed: Needed, visitor: &Visitor) -> Option<Self> {
        let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
        let is_noted = match needed {
            Needed::NotEvenAsked => false,
            Needed::Nothing => true,
            Needed::Right(right) => right >= Right::Work || is_of_one_s_own(route),
        };
        // What is refused to somebody unknown is in the log of requests; here it would only be noise.
        let is_nobody = visitor.via == Via::Nothing && needed != Needed::Nothing;
        if !changes || !is_noted || is_nobody {
            return None;
        }
        let id = request.extensions().get::<RequestId>();
        Some(Self {
            action: format!("{} {route}", request.method()),
            subject: request.uri().path().to_owned(),
            request_id: id.map_or("", RequestId::as_str).to_owned(),
        })
    }

    /// Appends it, with what the handler says of it in headers that go no further, and gives the answer on. A log that cannot be written
    /// takes nothing back: the change is done.
    pub async fn append(
        self,
        engine: &Engine,
        visitor: &Visitor,
        mut response: Response,
    ) -> Response {
        let Self { action, mut subject, request_id } = self;
        let said = |value: HeaderValue| value.to_str().ok().map(str::to_owned);
        if let Some(told) = response.headers_mut().remove(app::SUBJECT).and_then(said) {
            subject = told;
        }
        // A plain form is led to a page, whether it was refused or not.
        let refused = response.headers_mut().remove(app::REFUSED_WITH).and_then(said);
        let refused = refused.and_then(|status| status.parse().ok());
        let status = refused.unwrap_or(response.status().as_u16());
        // Anybody can fail to log in, any number of times: that is counted elsewhere.
        if visitor.via == Via::Nothing && status >= 400 {
            return response;
        }
        let noted =
            engine.access().note_change(visitor, action, subject, status, request_id.clone());
        if let Err(error) = noted.await {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, request_id, "a change could not be noted in the log of changes");
        }
        response
    }
}
