//! What is due is sent, until its receiver has taken it or there is no more hope.

use std::time::Duration;

use domain::{Channel, Delivery, Outcome, Watch};
use futures::{StreamExt, stream};
use jiff::Timestamp;
use store::StoreError;

use super::{
    Notifier,
    backoff::{is_hopeless, next_attempt},
    message::Message,
    transport::Failure,
};

/// Messages that are sent at the same time.
const AT_ONCE: u32 = 16;
/// How long whoever sends a message has it for itself: longer than an attempt takes.
const LEASE: Duration = Duration::from_secs(60);

impl Notifier {
    /// Sends what is due at `now`, some of it if that is much, and says how many messages that were. `chance`, from 0 to 1, spreads
    /// further attempts.
    ///
    /// # Errors
    /// Those of the store; what was sent and not recorded is sent again after a minute, under the same name.
    pub async fn send_due(
        &self,
        now: Timestamp,
        chance: impl Fn() -> f64,
    ) -> Result<usize, StoreError> {
        if self.store.next_delivery_due().await?.is_none_or(|due| now < due) {
            return Ok(0);
        }
        let until = now.checked_add(LEASE).unwrap_or(Timestamp::MAX);
        let due = self.store.claim_deliveries(now, until, AT_ONCE).await?;
        let count = due.len();
        let (channels, watches) = (self.store.channels().await?, self.store.watches().await?);
        let attempts = due.into_iter().map(|delivery| {
            let (channels, watches, chance) = (&channels, &watches, chance());
            async move { self.attempt(delivery, channels, watches, now, chance).await }
        });
        let mut attempts = stream::iter(attempts).buffer_unordered(AT_ONCE as usize);
        let mut result = Ok(count);
        while let Some(attempt) = attempts.next().await {
            // The others have been sent all the same, and want to be recorded.
            if let Err(error) = attempt {
                result = Err(error);
            }
        }
        result
    }

    async fn attempt(
        &self,
        delivery: Delivery,
        channels: &[Channel],
        watches: &[Watch],
        now: Timestamp,
        chance: f64,
    ) -> Result<(), StoreError> {
        let channel = channels.iter().find(|channel| channel.id == delivery.channel_id);
        let Some((channel, id)) = channel.zip(delivery.incident_id) else { return Ok(()) };
        // What is gone by now took its messages along.
        let Some(file) = self.store.incident(id).await? else { return Ok(()) };
        let Some(watch) = watches.iter().find(|watch| watch.id == file.watch_id) else {
            return Ok(());
        };
        let settled = if delivery.is_held() && delivery.is_alarm() && file.is_over(now) {
            Delivery { outcome: Some((Outcome::Dropped, now)), ..delivery }
        } else {
            let rules = self.store.watch_rules(watch.id).await?;
            let message =
                Message::about(&delivery, &file, watch, &rules, channel, &self.public_url, now);
            let sent = self.transport.send(channel, &message, now).await;
            after(delivery, sent, now, chance)
        };
        if let (None, Some(trouble)) = (settled.outcome, &settled.trouble)
            && settled.attempts == 1
        {
            tracing::warn!(channel = %channel.id, %trouble, "a message was not taken; it is tried again");
        }
        self.store.settle_delivery(&settled).await
    }
}

/// The message after an attempt.
pub(super) fn after(
    delivery: Delivery,
    sent: Result<(), Failure>,
    now: Timestamp,
    chance: f64,
) -> Delivery {
    let attempts = delivery.attempts.saturating_add(1);
    let Err(Failure { trouble, retry_after }) = sent else {
        let outcome = Some((Outcome::Delivered, now));
        return Delivery { attempts, outcome, trouble: None, ..delivery };
    };
    let failing_since = delivery.failing_since.unwrap_or(now);
    let outcome = is_hopeless(failing_since, now).then_some((Outcome::GivenUp, now));
    Delivery {
        attempts,
        due_at: next_attempt(attempts, now, chance, retry_after),
        failing_since: Some(failing_since),
        trouble: Some(trouble),
        outcome,
        ..delivery
    }
}
