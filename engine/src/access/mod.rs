//! Who may do what: accounts, how people and programs prove who they are, and the log of what was changed.
//!
//! Of every proof (the link with which a password is chosen, a session's cookie, a program's key) the store has the
//! SHA-256 alone, and of passwords Argon2id: who reads the database cannot log in with what they find.

mod accounts;
mod audit;
mod error;
mod keys;
mod login;
mod password;
mod proofs;
mod throttle;
mod token;
mod visitor;

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use domain::Via;
use jiff::Timestamp;
use moka::future::Cache;
use store::{Store, TokenHash};
use tokio::{sync::Semaphore, time::MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use crate::{EngineError, clock};

pub use accounts::NewAccount;
pub use error::AccessError;
pub use keys::NewKey;
pub use login::{LoginRefusal, SESSION_SILENCE};
pub use password::{Password, PasswordError};
pub use visitor::Visitor;

/// Passwords that are worked on at a time: each takes 19 MiB and a core for some hundredths of a second.
const PASSWORDS_AT_ONCE: usize = 2;
/// So long a proof is believed without asking the store: what another process changes of an account holds here
/// after that time, what this one changes at once.
const BELIEVED: Duration = Duration::from_secs(5);
/// The most proofs that are believed at a time.
const MOST_BELIEVED: u64 = 10_000;
/// While there is no account it is looked so often whether there is one.
const LOOK_AGAIN: Duration = Duration::from_secs(2);
/// What is stale is forgotten so often.
const FORGETTING: Duration = Duration::from_secs(3600);

/// Accounts and proofs, in a store.
pub struct Access {
    store: Arc<dyn Store>,
    /// By how it is shown: a key is no session.
    believed: Cache<(Via, TokenHash), Visitor>,
    passwords: Arc<Semaphore>,
    is_anybody: AtomicBool,
    asked_at: Mutex<Option<Instant>>,
}

impl Access {
    /// Those in `store`.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        let believed = Cache::builder().max_capacity(MOST_BELIEVED).time_to_live(BELIEVED).build();
        Self {
            store,
            believed,
            passwords: Arc::new(Semaphore::new(PASSWORDS_AT_ONCE)),
            is_anybody: AtomicBool::new(false),
            asked_at: Mutex::new(None),
        }
    }

    /// Whether there is any account. Once there is one there always will be: the last admin cannot be removed. While the store
    /// is away it is as it was; before anything is known that is an error.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn has_accounts(&self) -> Result<bool, EngineError> {
        if self.is_anybody.load(Ordering::Acquire) {
            return Ok(true);
        }
        let asked_at = *self.asked_at.lock().unwrap_or_else(PoisonError::into_inner);
        if asked_at.is_some_and(|at| at.elapsed() < LOOK_AGAIN) {
            return Ok(false);
        }
        match self.store.has_accounts().await {
            Ok(is_anybody) => {
                // One may have been made since that was asked.
                let is_anybody = is_anybody || self.is_anybody.load(Ordering::Acquire);
                if is_anybody {
                    self.is_anybody.store(true, Ordering::Release);
                }
                self.note_asked();
                Ok(is_anybody)
            }
            Err(_) if asked_at.is_some() => {
                self.note_asked();
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn note_asked(&self) {
        *self.asked_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }
}

/// Forgets, until it is told to stop, sessions of which nothing was heard, links past their time and old failed logins.
pub(crate) async fn keep_forgetting(store: Arc<dyn Store>, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(FORGETTING);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        let now = clock::now();
        let silent_since = now.checked_sub(SESSION_SILENCE).unwrap_or(Timestamp::MIN);
        if let Err(error) = store.forget_stale_logins(now, silent_since).await {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "could not forget stale logins; the next attempt will");
        }
    }
}
