//! What follows for whom from the changes of incidents.

use std::collections::{HashMap, hash_map::Entry};

use domain::{
    Channel, ChannelId, Delivery, DeliveryId, Event, IncidentFile, IncidentState, Outcome,
    Severity, Watch, WatchId, WatchRules,
};
use jiff::{SignedDuration, Timestamp};
use store::StoreError;
use uuid::Uuid;

use super::{Notifier, holding::Matter};

/// Incidents that are looked at together.
const BATCH: u32 = 100;
/// What was detected longer ago is no news: tweets may be told long after they were written.
const NEWS: SignedDuration = SignedDuration::from_hours(24);

/// When people were last told of a watch, and how bad it was.
type Alarms = HashMap<(ChannelId, WatchId), Option<(Timestamp, Severity)>>;

impl Notifier {
    /// Decides at `now` what follows from the next changes of incidents, and keeps it; `true` if there may be more.
    /// As long as there are no channels nothing is decided.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn plan(&self, now: Timestamp) -> Result<bool, StoreError> {
        let from = self.store.notified_up_to().await?;
        let newest = self.store.newest_incident_change().await?;
        // After a backup has taken the place of the database its changes are behind.
        let Some(place) = from.filter(|place| *place <= newest) else {
            self.store.plan_deliveries(from, newest, Vec::new()).await?;
            return Ok(false);
        };
        if place == newest {
            return Ok(false);
        }
        let channels = self.store.channels().await?;
        if channels.is_empty() {
            return Ok(false);
        }
        let changed = self.store.incidents_changed_after(place, BATCH).await?;
        let to = changed.last().map_or(newest, |(place, _)| *place);
        let deliveries = self.follow(&changed, &channels, now).await?;
        self.store.plan_deliveries(from, to, deliveries).await?;
        Ok(to < newest)
    }

    async fn follow(
        &self,
        changed: &[(u64, IncidentFile)],
        channels: &[Channel],
        now: Timestamp,
    ) -> Result<Vec<Delivery>, StoreError> {
        let watches = self.store.watches().await?;
        let (mut deliveries, mut alarms) = (Vec::new(), Alarms::new());
        for (_, file) in changed {
            // Its watch may be gone by now.
            let Some(watch) = watches.iter().find(|watch| watch.id == file.watch_id) else {
                continue;
            };
            let rules = self.store.watch_rules(watch.id).await?;
            let past = self.store.deliveries_about(file.id).await?;
            for channel in channels {
                let key = (channel.id, watch.id);
                let newest_alarm = match alarms.entry(key) {
                    Entry::Occupied(known) => *known.get(),
                    Entry::Vacant(unknown) => {
                        *unknown.insert(self.store.newest_alarm(channel.id, watch.id).await?)
                    }
                };
                let past =
                    past.iter().filter(|delivery| delivery.channel_id == channel.id).collect();
                let case = Case { file, watch, channel, rules: &rules, past, newest_alarm, now };
                let follows = case.decide();
                if let Some(alarm) = follows
                    .iter()
                    .find(|delivery| delivery.is_alarm() && delivery.outcome.is_none())
                {
                    alarms.insert(key, Some((alarm.told_at(), alarm.severity)));
                }
                deliveries.extend(follows);
            }
        }
        Ok(deliveries)
    }
}

/// An incident before a channel.
#[derive(Clone, Debug)]
struct Case<'a> {
    file: &'a IncidentFile,
    watch: &'a Watch,
    channel: &'a Channel,
    rules: &'a WatchRules,
    /// What the channel was and is to be told of the incident, the oldest first.
    past: Vec<&'a Delivery>,
    newest_alarm: Option<(Timestamp, Severity)>,
    now: Timestamp,
}

impl Case<'_> {
    /// The messages that are new or no more what they were.
    fn decide(&self) -> Vec<Delivery> {
        let severity = self.file.incident.severity;
        let counts = |delivery: &&&Delivery| {
            !matches!(delivery.outcome, Some((Outcome::Dropped, _)))
                && delivery.event != Event::Test
        };
        let last = self.past.iter().rev().find(counts).copied();
        let is_over = self.file.is_over(self.now);
        if let Some(end) =
            last.filter(|last| last.event == Event::Ended && last.is_held() && !is_over)
        {
            return self.without(end);
        }
        let alarm = last.filter(|last| last.is_alarm());
        match (alarm, is_over) {
            (Some(_), true) => self.end(),
            (None, true) => Vec::new(),
            (_, false) if !self.is_wanted() => Vec::new(),
            (None, false) => vec![self.message(Event::Opened)],
            (Some(alarm), false) if severity <= alarm.severity => Vec::new(),
            (Some(alarm), false) if alarm.is_held() => vec![self.revised(alarm)],
            (Some(_), false) => vec![self.message(Event::Worsened)],
        }
    }

    /// An end that waits is none when the incident goes on: it is dropped, and it is as if it had never been.
    fn without(&self, end: &Delivery) -> Vec<Delivery> {
        let dropped = Delivery { outcome: Some((Outcome::Dropped, self.now)), ..end.clone() };
        let past = self.past.iter().copied().filter(|past| past.id != end.id).collect();
        let mut follows = vec![dropped];
        follows.extend(Case { past, ..self.clone() }.decide());
        follows
    }

    /// Whether the channel is for what the incident is now.
    fn is_wanted(&self) -> bool {
        let Self { file, watch, channel, .. } = self;
        let is_of_its_watches = match channel.watches.as_slice() {
            [] => !watch.is_simulated,
            watches => watches.contains(&watch.id),
        };
        is_of_its_watches
            && file.incident.severity >= channel.least_severity
            && file.state(self.now) != IncidentState::Snoozed
            && self.now.duration_since(file.incident.detected_at) < NEWS
    }

    /// What waits is dropped; who was told of the incident is told of its end.
    fn end(&self) -> Vec<Delivery> {
        let since_end = self.past.iter().rev().take_while(|past| past.event != Event::Ended);
        let (held, told): (Vec<&Delivery>, Vec<&Delivery>) = since_end
            .copied()
            .filter(|past| past.is_alarm() && !matches!(past.outcome, Some((Outcome::Dropped, _))))
            .partition(|past| past.is_held());
        let dropped = held
            .into_iter()
            .map(|held| Delivery { outcome: Some((Outcome::Dropped, self.now)), ..held.clone() });
        let end = (!told.is_empty()).then(|| self.message(Event::Ended));
        dropped.chain(end).collect()
    }

    fn message(&self, event: Event) -> Delivery {
        let held = self.matter(event).held(self.now);
        Delivery {
            id: DeliveryId(Uuid::now_v7()),
            channel_id: self.channel.id,
            incident_id: Some(self.file.id),
            event,
            severity: self.file.incident.severity,
            created_at: self.now,
            held,
            due_at: held.map_or(self.now, |(_, until)| until),
            attempts: 0,
            failing_since: None,
            trouble: None,
            outcome: None,
        }
    }

    /// A message that waits, about what has become worse meanwhile: it may not have to wait any longer.
    fn revised(&self, held: &Delivery) -> Delivery {
        let wait = self.matter(held.event).held(self.now);
        Delivery {
            severity: self.file.incident.severity,
            held: wait,
            due_at: wait.map_or(self.now, |(_, until)| until),
            ..held.clone()
        }
    }

    fn matter(&self, event: Event) -> Matter<'_> {
        Matter {
            rules: self.rules,
            event,
            severity: self.file.incident.severity,
            newest_alarm: self.newest_alarm,
        }
    }
}
