//! Channels, what is sent to them, and when a watch keeps quiet.

mod conversation;
mod rows;
mod statements;

use async_trait::async_trait;
use domain::{
    Channel, ChannelId, Delivery, IncidentAction, IncidentId, Severity, WatchId, WatchRules,
};
use jiff::Timestamp;

use crate::StoreError;

pub(crate) use conversation::{postgres, sqlite};

/// What the product asks of a database about notifications.
#[async_trait]
pub trait NotificationStore: Send + Sync {
    /// All channels, by name.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn channels(&self) -> Result<Vec<Channel>, StoreError>;

    /// Keeps a new channel, or what became of a known one; `false` if another has its name.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn put_channel(&self, channel: &Channel) -> Result<bool, StoreError>;

    /// Removes a channel with what was and is to be sent to it; `false` if there is none.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn remove_channel(&self, id: ChannelId) -> Result<bool, StoreError>;

    /// What holds messages about a watch back; nothing does if nobody said so.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn watch_rules(&self, watch: WatchId) -> Result<WatchRules, StoreError>;

    /// Keeps the rules of a watch; `false` if there is no such watch.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn put_watch_rules(&self, watch: WatchId, rules: &WatchRules)
    -> Result<bool, StoreError>;

    /// The change of incidents up to which it was decided who is told; `None` before the first time.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn notified_up_to(&self) -> Result<Option<u64>, StoreError>;

    /// Keeps that it was decided up to `to` who is told, and the messages that come of it: new ones, and
    /// known ones that nobody has tried to send yet. All of it or, if another has decided since `from`, nothing: `false`.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn plan_deliveries(
        &self,
        from: Option<u64>,
        to: u64,
        deliveries: Vec<Delivery>,
    ) -> Result<bool, StoreError>;

    /// All messages about an incident, the oldest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn deliveries_about(&self, incident: IncidentId) -> Result<Vec<Delivery>, StoreError>;

    /// When a channel was last told of an incident of a watch that began or became worse, and how bad it was.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn newest_alarm(
        &self,
        channel: ChannelId,
        watch: WatchId,
    ) -> Result<Option<(Timestamp, Severity)>, StoreError>;

    /// The newest test of each channel, and its newest `limit` messages about incidents, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn newest_deliveries(&self, limit: u32) -> Result<Vec<Delivery>, StoreError>;

    /// Messages under way to a channel whose sending has failed, the longest failing first.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn failing_deliveries(&self) -> Result<Vec<Delivery>, StoreError>;

    /// Up to `limit` messages that are due at `now`, which are now due at `until`: nobody else gets them before. Of
    /// those of one channel about one incident only the first that is under way.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn claim_deliveries(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError>;

    /// When the next message is due.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn next_delivery_due(&self) -> Result<Option<Timestamp>, StoreError>;

    /// Keeps what became of an attempt: all of `delivery` that attempts change. A message that is not known is kept whole.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn settle_delivery(&self, delivery: &Delivery) -> Result<(), StoreError>;

    /// The watch and the severity of each incident that was detected at `moment` or later.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn severities_since(
        &self,
        moment: Timestamp,
    ) -> Result<Vec<(WatchId, Severity)>, StoreError>;

    /// What was done about the incidents of a watch, incident after incident, the oldest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn incident_actions(
        &self,
        watch: WatchId,
    ) -> Result<Vec<(IncidentId, IncidentAction)>, StoreError>;
}
