//! A store with a watch and channels, a notifier on it, and a clock that tests set.

use std::sync::Arc;

use domain::{
    Address, Channel, ChannelId, ChannelKind, ChannelName, Delivery, Incident, IncidentId, Query,
    Secret, Severity, Tongue, Watch, WatchId, WatchName,
};
use engine::{MailServer, NotifyConfig, notifying::Notifier};
use jiff::{SignedDuration, Timestamp};
use store::{ConnectOptions, Store, connect};
use tempfile::TempDir;
use uuid::Uuid;

pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

pub struct Desk {
    pub store: Arc<dyn Store>,
    pub notifier: Notifier,
    pub watch: Watch,
    folder: TempDir,
}

/// Minutes after noon of a winter's day.
pub fn at(minutes: i64) -> Timestamp {
    let noon: Timestamp = "2026-01-15T12:00:00Z".parse().unwrap();
    noon.checked_add(SignedDuration::from_mins(minutes)).unwrap()
}

pub fn config() -> NotifyConfig {
    NotifyConfig { public_url: "https://vigie.example".to_owned(), mail: None }
}

pub fn new_watch(name: &str, is_simulated: bool) -> Watch {
    Watch {
        id: WatchId(Uuid::now_v7()),
        name: WatchName::parse(name).unwrap(),
        query: Query::parse("united").unwrap(),
        is_simulated,
        created_at: at(0),
    }
}

pub fn channel(kind: ChannelKind, address: &str) -> Channel {
    Channel {
        id: ChannelId(Uuid::now_v7()),
        name: ChannelName::parse(&format!("desk {}", Uuid::now_v7())).unwrap(),
        kind,
        address: Address(address.to_owned()),
        secret: (kind == ChannelKind::Webhook).then(|| Secret::parse(SECRET).unwrap()),
        watches: Vec::new(),
        least_severity: Severity::Low,
        language: Tongue::English,
        created_at: at(0),
    }
}

impl Desk {
    /// With these channels, from a moment before the first incident.
    pub async fn new(channels: &[Channel]) -> Self {
        Self::with(config(), channels).await
    }

    pub async fn with_mail(address: std::net::SocketAddr, channels: &[Channel]) -> Self {
        let from = "Vigie <vigie@example.org>";
        let mail = Some(MailServer::parse(&format!("smtp://{address}"), from).unwrap());
        Self::with(NotifyConfig { mail, ..config() }, channels).await
    }

    async fn with(config: NotifyConfig, channels: &[Channel]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder).await;
        let watch = new_watch("United", false);
        assert!(store.put_watch(&watch).await.unwrap());
        for channel in channels {
            assert!(store.put_channel(channel).await.unwrap());
        }
        let notifier = Notifier::new(Arc::clone(&store), config);
        notifier.plan(at(0)).await.unwrap();
        Self { store, notifier, watch, folder }
    }

    /// Another program on the same database.
    pub async fn other(&self) -> Notifier {
        Notifier::new(open(&self.folder).await, config())
    }

    /// Keeps what the radar says of an incident of the watch that was detected then.
    pub async fn record(
        &self,
        detected: i64,
        severity: Severity,
        ended: Option<i64>,
    ) -> IncidentId {
        self.record_of(&self.watch, detected, severity, ended).await
    }

    pub async fn record_of(
        &self,
        watch: &Watch,
        detected: i64,
        severity: Severity,
        ended: Option<i64>,
    ) -> IncidentId {
        let incident = Incident {
            watch: watch.name.to_string(),
            started_at: at(detected - 20),
            detected_at: at(detected),
            peak_at: at(detected),
            cause: "late_flight".to_owned(),
            severity,
            confidence: 0.9,
            ended_at: ended.map(at),
            terms: vec!["snow <b>".to_owned()],
            evidence: 9.0,
            ratio: 3.25,
            volume: 40,
            negatives: 30,
            expected: 9.2,
            tweets: Vec::new(),
        };
        let id = IncidentId(Uuid::now_v7());
        self.store.record_incident(id, watch.id, &incident).await.unwrap();
        let known = self.store.incidents(Some(watch.id), 200).await.unwrap();
        known.iter().find(|file| file.incident.detected_at == at(detected)).unwrap().id
    }

    /// Decides and sends everything that there is at `minutes`.
    pub async fn step(&self, minutes: i64) {
        self.step_at(at(minutes)).await;
    }

    pub async fn step_at(&self, now: Timestamp) {
        while self.notifier.plan(now).await.unwrap() {}
        while self.notifier.send_due(now, || 0.5).await.unwrap() > 0 {}
    }

    /// What channels were and are to be told of an incident.
    pub async fn about(&self, incident: IncidentId) -> Vec<Delivery> {
        self.store.deliveries_about(incident).await.unwrap()
    }
}

async fn open(folder: &TempDir) -> Arc<dyn Store> {
    let url = format!("sqlite://{}", folder.path().join("vigie.db").display());
    connect(&url, &ConnectOptions::default()).await.unwrap()
}
