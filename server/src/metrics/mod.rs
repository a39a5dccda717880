//! What is counted, as Prometheus reads it, on an address of its own: it is for those who run the service, and not on the
//! one that everybody reaches.

mod requests;
mod snapshot;

use std::time::Duration;

use anyhow::Context;
use axum::{Router, extract::State, http::header, routing::get};
use engine::Engine;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use metrics_process::Collector;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub use requests::{Traffic, count};

/// The media type of Prometheus' text.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";
/// Histograms are folded at least so often, whether anybody asks or not.
const UPKEEP: Duration = Duration::from_secs(5);

/// Bounds of times, in seconds: from what a verdict takes to what is given up.
const SECONDS: [f64; 14] =
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0];
const SHARES: [f64; 8] = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0];
const TEXTS: [f64; 8] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 256.0];

/// The numbers of this process.
#[derive(Clone)]
pub struct Metrics {
    handle: PrometheusHandle,
    process: Collector,
}

impl Metrics {
    /// Begins to count; a process does so once.
    ///
    /// # Errors
    /// If it counts already.
    pub fn begin() -> anyhow::Result<Self> {
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
            .set_buckets_for_metric(Matcher::Suffix("_confidence".to_owned()), &SHARES)?
            .set_buckets_for_metric(Matcher::Suffix("_texts".to_owned()), &TEXTS)?
            .build_recorder();
        let handle = recorder.handle();
        metrics::set_global_recorder(recorder)
            .map_err(|_| anyhow::anyhow!("the numbers of this process are counted already"))?;
        requests::describe();
        snapshot::describe();
        let process = Collector::default();
        process.describe();
        Ok(Self { handle, process })
    }

    /// Answers `/metrics` at `listener` until `stop`.
    ///
    /// # Errors
    /// If the system takes the listener away.
    pub async fn serve(
        self,
        listener: TcpListener,
        engine: Engine,
        stop: CancellationToken,
    ) -> anyhow::Result<()> {
        let upkeep = self.handle.clone();
        let routes = Router::new().route("/metrics", get(show)).with_state((self, engine));
        let until = stop.clone();
        let served = axum::serve(listener, routes).with_graceful_shutdown(until.cancelled_owned());
        let folding = async {
            let mut ticks = tokio::time::interval(UPKEEP);
            while stop.run_until_cancelled(ticks.tick()).await.is_some() {
                upkeep.run_upkeep();
            }
        };
        let (served, ()) = tokio::join!(served.into_future(), folding);
        served.context("the address of the metrics is lost")
    }
}

async fn show(
    State((metrics, engine)): State<(Metrics, Engine)>,
) -> ([(header::HeaderName, &'static str); 1], String) {
    snapshot::take(&engine).await;
    metrics.process.collect();
    ([(header::CONTENT_TYPE, TEXT)], metrics.handle.render())
}
