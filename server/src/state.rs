//! What every handler can reach.

use std::{sync::Arc, time::Instant};

use axum::extract::FromRef;
use engine::Engine;
use leptos::config::LeptosOptions;
use tokio_util::sync::CancellationToken;

use crate::{
    access::{AccessMode, Rates},
    hosts::AllowedHosts,
    limits::Limits,
    metrics::Traffic,
    site::Site,
};

/// Shared by all requests; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The use cases.
    pub engine: Engine,
    /// What one request may ask of the service.
    pub limits: Limits,
    /// Whether accounts are needed here.
    pub access: AccessMode,
    /// How often one client may ask.
    pub rates: Rates,
    /// Requests since the start.
    pub traffic: Traffic,
    /// When the service was started.
    pub started: Instant,
    /// Under which names the service answers.
    pub hosts: AllowedHosts,
    /// The files of the page.
    pub site: Arc<Site>,
    /// How the page finds its own files.
    pub leptos: Arc<LeptosOptions>,
    /// Cancelled when the service stops: answers that would never end by themselves end then.
    pub stop: CancellationToken,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        LeptosOptions::clone(&state.leptos)
    }
}
