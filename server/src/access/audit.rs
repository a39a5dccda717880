//! What goes into the log of changes.

use axum::{
    extract::Request,
    http::{Method, StatusCode},
};
use domain::{Right, Via};
use engine::{Engine, Visitor};

use super::Needed;
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
            Needed::Right(right) => right >= Right::Work || route.contains("key"),
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

    /// Appends it. A log that cannot be written takes nothing back: the change is done.
    pub async fn append(self, engine: &Engine, visitor: &Visitor, status: StatusCode) {
        let Self { action, subject, request_id } = self;
        let noted = engine.access().note_change(
            visitor,
            action,
            subject,
            status.as_u16(),
            request_id.clone(),
        );
        if let Err(error) = noted.await {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, request_id, "a change could not be noted in the log of changes");
        }
    }
}
