//! Notifications in SQLite, as `streams` there.

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    Channel, ChannelId, Delivery, IncidentAction, IncidentId, Severity, WatchId, WatchRules,
};
use jiff::Timestamp;

use super::SqliteStore;
use crate::{
    StoreError,
    notifications::{NotificationStore, sqlite as ask},
};

#[async_trait]
impl NotificationStore for SqliteStore {
    async fn channels(&self) -> Result<Vec<Channel>, StoreError> {
        self.look_up(|c| Box::pin(ask::channels(c))).await
    }

    async fn put_channel(&self, channel: &Channel) -> Result<bool, StoreError> {
        let channel = Arc::new(channel.clone());
        self.converse(move |c| {
            let channel = Arc::clone(&channel);
            Box::pin(async move { ask::put_channel(c, &channel).await })
        })
        .await
    }

    async fn remove_channel(&self, id: ChannelId) -> Result<bool, StoreError> {
        self.converse(move |c| Box::pin(ask::remove_channel(c, id))).await
    }

    async fn watch_rules(&self, watch: WatchId) -> Result<WatchRules, StoreError> {
        self.look_up(|c| Box::pin(ask::watch_rules(c, watch))).await
    }

    async fn put_watch_rules(
        &self,
        watch: WatchId,
        rules: &WatchRules,
    ) -> Result<bool, StoreError> {
        let rules = Arc::new(rules.clone());
        self.converse(move |c| {
            let rules = Arc::clone(&rules);
            Box::pin(async move { ask::put_watch_rules(c, watch, &rules).await })
        })
        .await
    }

    async fn notified_up_to(&self) -> Result<Option<u64>, StoreError> {
        self.look_up(|c| Box::pin(ask::notified_up_to(c))).await
    }

    async fn plan_deliveries(
        &self,
        from: Option<u64>,
        to: u64,
        deliveries: Vec<Delivery>,
    ) -> Result<bool, StoreError> {
        let deliveries = Arc::new(deliveries);
        self.converse(move |c| {
            let deliveries = Arc::clone(&deliveries);
            Box::pin(async move { ask::plan_deliveries(c, from, to, &deliveries).await })
        })
        .await
    }

    async fn deliveries_about(&self, incident: IncidentId) -> Result<Vec<Delivery>, StoreError> {
        self.look_up(|c| Box::pin(ask::deliveries_about(c, incident))).await
    }

    async fn newest_alarm(
        &self,
        channel: ChannelId,
        watch: WatchId,
    ) -> Result<Option<(Timestamp, Severity)>, StoreError> {
        self.look_up(|c| Box::pin(ask::newest_alarm(c, channel, watch))).await
    }

    async fn newest_deliveries(&self, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        self.look_up(|c| Box::pin(ask::newest_deliveries(c, limit))).await
    }

    async fn failing_deliveries(&self) -> Result<Vec<Delivery>, StoreError> {
        self.look_up(|c| Box::pin(ask::failing_deliveries(c))).await
    }

    async fn claim_deliveries(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        self.converse(move |c| Box::pin(ask::claim_deliveries(c, now, until, limit))).await
    }

    async fn next_delivery_due(&self) -> Result<Option<Timestamp>, StoreError> {
        self.look_up(|c| Box::pin(ask::next_delivery_due(c))).await
    }

    async fn settle_delivery(&self, delivery: &Delivery) -> Result<(), StoreError> {
        let delivery = Arc::new(delivery.clone());
        self.converse(move |c| {
            let delivery = Arc::clone(&delivery);
            Box::pin(async move { ask::settle_delivery(c, &delivery).await })
        })
        .await
    }

    async fn severities_since(
        &self,
        moment: Timestamp,
    ) -> Result<Vec<(WatchId, Severity)>, StoreError> {
        self.look_up(|c| Box::pin(ask::severities_since(c, moment))).await
    }

    async fn incident_actions(
        &self,
        watch: WatchId,
    ) -> Result<Vec<(IncidentId, IncidentAction)>, StoreError> {
        self.look_up(|c| Box::pin(ask::incident_actions(c, watch))).await
    }
}
