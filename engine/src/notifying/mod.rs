//! Notifications: people are told of incidents, in channels that they choose.
//!
//! What is to be told follows from the changes of incidents, place after place (`planning`), and is kept as
//! messages; what is due is sent (`sending`) until its receiver has taken it. Both are steps of a [`Notifier`], to which
//! time and chance are given, so that a step can be made as often and whenever one likes.

mod backoff;
mod channels;
mod email;
mod holding;
mod mail_server;
mod message;
mod planning;
mod precision;
mod rules;
mod sending;
mod signature;
mod slack;
mod transport;
mod webhook;
mod words;

use std::{error::Error, sync::Arc, time::Duration};

use store::{Store, StoreError};
use tokio::{sync::watch, time::timeout};
use tokio_util::sync::CancellationToken;

use crate::clock;

pub use channels::{ChannelError, ChannelWish};
pub use holding::moment_in;
pub use mail_server::{MailServer, MailServerError};
pub use precision::Precision;
pub use signature::sign;
use transport::Transport;

/// How long to wait for a change: a message may become due, and another program may have written.
const PAUSE: Duration = Duration::from_secs(1);

/// What messages are made and sent with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotifyConfig {
    /// Where people find this service, without a slash at its end.
    pub public_url: String,
    /// The server that takes mails; there are none if `None`.
    pub mail: Option<MailServer>,
}

impl Default for NotifyConfig {
    fn default() -> Self {
        Self { public_url: "http://127.0.0.1:3000".to_owned(), mail: None }
    }
}

/// Decides who is told of what, and tells them.
pub struct Notifier {
    store: Arc<dyn Store>,
    transport: Transport,
    pub(crate) public_url: String,
}

impl Notifier {
    /// One that works on `store`.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, config: NotifyConfig) -> Self {
        let NotifyConfig { public_url, mail } = config;
        Self { store, transport: Transport::new(mail), public_url }
    }

    /// Everything that there is to do now, or what was begun of it before `stop`.
    async fn step(&self, stop: &CancellationToken) -> Result<(), StoreError> {
        while !stop.is_cancelled() && self.plan(clock::now()).await? {}
        while !stop.is_cancelled() && self.send_due(clock::now(), rand::random::<f64>).await? > 0 {}
        Ok(())
    }
}

/// Decides and tells until `stop`. What is being sent then is finished, so that it is not sent again.
pub(crate) async fn keep_notifying(
    notifier: Arc<Notifier>,
    mut changes: watch::Receiver<u64>,
    stop: CancellationToken,
) {
    let mut is_failing = false;
    while !stop.is_cancelled() {
        match notifier.step(&stop).await {
            Ok(()) => is_failing = false,
            Err(error) => {
                if !is_failing {
                    tracing::warn!(
                        error = &error as &dyn Error,
                        "nobody can be told of incidents; it goes on when the database does"
                    );
                }
                is_failing = true;
            }
        }
        tokio::select! {
            () = stop.cancelled() => {}
            // Whether there was a change or not, something may be due.
            _ = timeout(PAUSE, changes.changed()) => {}
        }
    }
}
