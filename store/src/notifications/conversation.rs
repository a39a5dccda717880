//! What is asked and answered, once for both databases, as in `streams::conversation`.

use std::cmp::Reverse;

use domain::{
    Channel, ChannelId, Delivery, IncidentAction, IncidentId, Severity, WatchId, WatchRules,
};
use jiff::Timestamp;
use uuid::Uuid;

use super::{rows, statements};
use crate::{StoreError, for_both::for_both, streams::rows::time};

for_both! {
    pub(crate) async fn channels(connection: &mut Connection) -> Result<Vec<Channel>, StoreError> {
        let found = sqlx::query_as(statements::CHANNELS).fetch_all(connection).await?;
        found.into_iter().map(rows::channel).collect()
    }

    pub(crate) async fn put_channel(connection: &mut Connection, channel: &Channel) -> Result<bool, StoreError> {
        let (others,): (i64,) = sqlx::query_as(statements::IS_NAME_TAKEN)
            .bind(channel.name.as_str())
            .bind(channel.id.0)
            .fetch_one(&mut *connection)
            .await?;
        if others > 0 {
            return Ok(false);
        }
        sqlx::query(statements::PUT_CHANNEL)
            .bind(channel.id.0)
            .bind(channel.name.as_str())
            .bind(channel.kind.as_str())
            .bind(channel.address.reveal())
            .bind(channel.secret.as_ref().map(domain::Secret::reveal))
            .bind(serde_json::to_string(&channel.watches).map_err(StoreError::corrupt)?)
            .bind(channel.least_severity.as_str())
            .bind(rows::word(channel.language)?)
            .bind(channel.created_at.as_microsecond())
            .execute(connection)
            .await?;
        Ok(true)
    }

    pub(crate) async fn remove_channel(connection: &mut Connection, id: ChannelId) -> Result<bool, StoreError> {
        let removed = sqlx::query(statements::REMOVE_CHANNEL).bind(id.0).execute(connection).await?;
        Ok(removed.rows_affected() > 0)
    }

    pub(crate) async fn watch_rules(connection: &mut Connection, watch: WatchId) -> Result<WatchRules, StoreError> {
        let found: Option<(String,)> =
            sqlx::query_as(statements::WATCH_RULES).bind(watch.0).fetch_optional(connection).await?;
        match found {
            Some((rules,)) => serde_json::from_str(&rules).map_err(StoreError::corrupt),
            None => Ok(WatchRules::default()),
        }
    }

    pub(crate) async fn put_watch_rules(
        connection: &mut Connection,
        watch: WatchId,
        rules: &WatchRules,
    ) -> Result<bool, StoreError> {
        let kept = sqlx::query(statements::PUT_WATCH_RULES)
            .bind(watch.0)
            .bind(serde_json::to_string(rules).map_err(StoreError::corrupt)?)
            .execute(connection)
            .await?;
        Ok(kept.rows_affected() > 0)
    }

    pub(crate) async fn notified_up_to(connection: &mut Connection) -> Result<Option<u64>, StoreError> {
        let found: Option<(i64,)> =
            sqlx::query_as(statements::NOTIFIED).fetch_optional(connection).await?;
        found.map(|(place,)| u64::try_from(place).map_err(StoreError::corrupt)).transpose()
    }

    pub(crate) async fn plan_deliveries(
        connection: &mut Connection,
        from: Option<u64>,
        to: u64,
        deliveries: &[Delivery],
    ) -> Result<bool, StoreError> {
        let moved = match from {
            None => sqlx::query(statements::BEGIN_NOTIFYING).bind(to.cast_signed()),
            Some(from) => sqlx::query(statements::GO_ON_NOTIFYING)
                .bind(from.cast_signed())
                .bind(to.cast_signed()),
        };
        if moved.execute(&mut *connection).await?.rows_affected() == 0 {
            return Ok(false);
        }
        for delivery in deliveries {
            write(connection, statements::PLAN_DELIVERY, delivery).await?;
        }
        Ok(true)
    }

    pub(crate) async fn settle_delivery(connection: &mut Connection, delivery: &Delivery) -> Result<(), StoreError> {
        write(connection, statements::SETTLE_DELIVERY, delivery).await
    }

    async fn write(
        connection: &mut Connection,
        statement: &'static str,
        delivery: &Delivery,
    ) -> Result<(), StoreError> {
        let trouble = delivery.trouble.as_ref().map(serde_json::to_string).transpose();
        sqlx::query(statement)
            .bind(delivery.id.0)
            .bind(delivery.channel_id.0)
            .bind(delivery.incident_id.map(|id| id.0))
            .bind(rows::word(delivery.event)?)
            .bind(delivery.severity.as_str())
            .bind(delivery.created_at.as_microsecond())
            .bind(delivery.held.map(|(hold, _)| rows::word(hold)).transpose()?)
            .bind(delivery.held.map(|(_, until)| until.as_microsecond()))
            .bind(delivery.due_at.as_microsecond())
            .bind(i64::from(delivery.attempts))
            .bind(delivery.failing_since.map(Timestamp::as_microsecond))
            .bind(trouble.map_err(StoreError::corrupt)?)
            .bind(delivery.outcome.map(|(outcome, _)| rows::word(outcome)).transpose()?)
            .bind(delivery.outcome.map(|(_, at)| at.as_microsecond()))
            .execute(connection)
            .await?;
        Ok(())
    }

    pub(crate) async fn deliveries_about(
        connection: &mut Connection,
        incident: IncidentId,
    ) -> Result<Vec<Delivery>, StoreError> {
        let found =
            sqlx::query_as(statements::DELIVERIES_ABOUT).bind(incident.0).fetch_all(connection).await?;
        found.into_iter().map(rows::delivery).collect()
    }

    pub(crate) async fn newest_alarm(
        connection: &mut Connection,
        channel: ChannelId,
        watch: WatchId,
    ) -> Result<Option<(Timestamp, Severity)>, StoreError> {
        let found: Option<(i64, String)> = sqlx::query_as(statements::NEWEST_ALARM)
            .bind(channel.0)
            .bind(watch.0)
            .fetch_optional(connection)
            .await?;
        found.map(|(at, severity)| Ok((time(at)?, rows::meaning(severity)?))).transpose()
    }

    pub(crate) async fn newest_deliveries(
        connection: &mut Connection,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        let channels: Vec<rows::ChannelRow> =
            sqlx::query_as(statements::CHANNELS).fetch_all(&mut *connection).await?;
        let mut newest = Vec::new();
        for (channel, ..) in channels {
            let mut own: Vec<Delivery> = Vec::new();
            // However often somebody has tested it, its messages are told.
            for (statement, limit) in [(statements::NEWEST_TESTS, 1), (statements::NEWEST_DELIVERIES, limit)] {
                let found = sqlx::query_as(statement)
                    .bind(channel)
                    .bind(i64::from(limit))
                    .fetch_all(&mut *connection)
                    .await?;
                for row in found {
                    own.push(rows::delivery(row)?);
                }
            }
            own.sort_by_key(|delivery| Reverse(delivery.id.0));
            newest.append(&mut own);
        }
        Ok(newest)
    }

    pub(crate) async fn failing_deliveries(connection: &mut Connection) -> Result<Vec<Delivery>, StoreError> {
        let found = sqlx::query_as(statements::FAILING_DELIVERIES).fetch_all(connection).await?;
        found.into_iter().map(rows::delivery).collect()
    }

    pub(crate) async fn claim_deliveries(
        connection: &mut Connection,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        let found = sqlx::query_as(statements::CLAIM_DELIVERIES)
            .bind(now.as_microsecond())
            .bind(until.as_microsecond())
            .bind(i64::from(limit))
            .fetch_all(connection)
            .await?;
        let claimed: Result<Vec<Delivery>, _> = found.into_iter().map(rows::delivery).collect();
        // What is returned by an update has no order.
        claimed.map(|mut claimed| {
            claimed.sort_by_key(|delivery| delivery.id);
            claimed
        })
    }

    pub(crate) async fn next_delivery_due(connection: &mut Connection) -> Result<Option<Timestamp>, StoreError> {
        let (next,): (Option<i64>,) =
            sqlx::query_as(statements::NEXT_DUE).fetch_one(connection).await?;
        next.map(time).transpose()
    }

    pub(crate) async fn severities_since(
        connection: &mut Connection,
        moment: Timestamp,
    ) -> Result<Vec<(WatchId, Severity)>, StoreError> {
        let found: Vec<(Uuid, String)> = sqlx::query_as(statements::INCIDENTS_SINCE)
            .bind(moment.as_microsecond())
            .fetch_all(connection)
            .await?;
        found.into_iter().map(rows::severity).collect()
    }

    pub(crate) async fn incident_actions(
        connection: &mut Connection,
        watch: WatchId,
    ) -> Result<Vec<(IncidentId, IncidentAction)>, StoreError> {
        let found: Vec<(Uuid, String)> =
            sqlx::query_as(statements::INCIDENT_ACTIONS).bind(watch.0).fetch_all(connection).await?;
        found.into_iter().map(rows::action).collect()
    }
}
