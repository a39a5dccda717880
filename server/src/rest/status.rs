//! `/api/v1/status`: what the service has done since its start, in numbers.

use axum::{Json, extract::State};
use domain::Label;
use serde::Serialize;
use utoipa::ToSchema;

use crate::state::AppState;

/// What the service has done since its start. Prometheus reads more of it (`--metrics-listen`).
#[derive(Serialize, ToSchema)]
pub struct Status {
    /// The version of the program.
    version: &'static str,
    /// Seconds since the start.
    uptime_s: u64,
    /// Name and version of every model, the default first.
    models: Vec<String>,
    /// `ok`, or what is wrong with the database.
    store: String,
    requests: RequestCounts,
    analyses: AnalysisCounts,
    feedback: FeedbackCounts,
    /// Incidents that go on.
    incidents_open: usize,
}

/// Requests of all kinds.
#[derive(Serialize, ToSchema)]
pub struct RequestCounts {
    total: u64,
    /// Those that the service failed to answer (5xx).
    failed: u64,
    /// Those that it told to come back (429).
    refused: u64,
}

/// Texts that were read and stored.
#[derive(Serialize, ToSchema)]
pub struct AnalysisCounts {
    total: u64,
    negative: u64,
    neutral: u64,
    positive: u64,
    /// Those whose verdict was not sure.
    unsure: u64,
    /// Those under way now.
    in_flight: usize,
}

/// What people said of verdicts.
#[derive(Serialize, ToSchema)]
pub struct FeedbackCounts {
    agreed: u64,
    disagreed: u64,
    withdrawn: u64,
    /// The share that agreed, 0 to 1; null before anybody said anything.
    #[schema(required)]
    agreement: Option<f64>,
}

/// What the service has done since its start
#[utoipa::path(get, path = "/api/v1/status", tag = "service", responses((status = 200, body = Status)))]
pub async fn show(State(state): State<AppState>) -> Json<Status> {
    let readiness = state.engine.readiness().await;
    let done = state.engine.done();
    let [total, failed, refused] = state.traffic.seen();
    let of = |label: Label| {
        let place = Label::ALL.iter().position(|other| *other == label);
        place.and_then(|place| done.labels.get(place)).copied().unwrap_or(0)
    };
    Json(Status {
        version: env!("CARGO_PKG_VERSION"),
        uptime_s: state.started.elapsed().as_secs(),
        models: readiness.models.iter().map(ToString::to_string).collect(),
        store: readiness.store.err().unwrap_or_else(|| "ok".to_owned()),
        requests: RequestCounts { total, failed, refused },
        analyses: AnalysisCounts {
            total: done.analyses(),
            negative: of(Label::Negative),
            neutral: of(Label::Neutral),
            positive: of(Label::Positive),
            unsure: done.unsure,
            in_flight: state.engine.under_way().0,
        },
        feedback: FeedbackCounts {
            agreed: done.agreed,
            disagreed: done.disagreed,
            withdrawn: done.withdrawn,
            agreement: done.agreement(),
        },
        incidents_open: state.engine.radar_now().0,
    })
}
