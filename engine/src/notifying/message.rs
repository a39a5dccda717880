//! What a message says, whatever is spoken in its channel. It holds no tweets: these stay where their retention is kept,
//! and the link leads to them.

use domain::{
    Channel, Delivery, DeliveryId, Event, Incident, IncidentEntry, IncidentFile, IncidentState,
    Severity, Tongue, Watch, WatchRules,
};
use jiff::Timestamp;
use uuid::Uuid;

use super::words::{self, Words};
use crate::clock;

/// Fresh words that are told.
const MOST_TERMS: usize = 5;

/// A message.
#[derive(Clone, Debug)]
pub struct Message {
    /// The same at each attempt.
    pub id: DeliveryId,
    /// The same for all messages about an incident.
    pub key: String,
    /// Whether it tells of an end.
    pub is_over: bool,
    /// One line.
    pub title: String,
    /// What there is to know.
    pub lines: Vec<String>,
    /// What the link is called.
    pub open: &'static str,
    /// Where there is more.
    pub link: String,
    /// Where the service is.
    pub home: String,
    /// What it is about, for programs.
    pub labels: Vec<(&'static str, String)>,
    pub begins_at: Timestamp,
    pub ends_at: Option<Timestamp>,
}

impl Message {
    /// One that says that the channel works.
    pub fn test(language: Tongue, home: &str) -> Self {
        let words = words::of(language);
        let now = clock::now();
        Self {
            id: DeliveryId(Uuid::now_v7()),
            key: "test".to_owned(),
            is_over: false,
            title: words.test_title.to_owned(),
            lines: vec![words.test_line.to_owned()],
            open: words.open,
            link: format!("{home}/watch/channels"),
            home: home.to_owned(),
            labels: vec![
                ("alertname", "test".to_owned()),
                ("severity", Severity::Low.as_str().to_owned()),
            ],
            begins_at: now,
            ends_at: None,
        }
    }

    /// What `delivery` tells at `now` of the incident in `file`.
    pub fn about(
        delivery: &Delivery,
        file: &IncidentFile,
        watch: &Watch,
        rules: &WatchRules,
        channel: &Channel,
        home: &str,
        now: Timestamp,
    ) -> Self {
        let words = words::of(channel.language);
        let cause = cause(words, file);
        let is_over = delivery.event == Event::Ended;
        let severity = (words.severity)(delivery.severity);
        let mut subject = (words.subject)(watch.name.as_str(), &cause);
        if watch.is_simulated {
            subject = format!("{subject} ({})", words.simulated);
        }
        let title = match delivery.event {
            Event::Ended => (words.ended)(&subject),
            Event::Worsened => (words.worsened)(severity, &subject),
            Event::Opened | Event::Test => format!("[{severity}] {subject}"),
        };
        let incident = &file.incident;
        let labels = [
            ("alertname", "bad_buzz"),
            ("watch", watch.name.as_str()),
            ("severity", delivery.severity.as_str()),
            ("cause", &incident.cause),
            ("incident", &file.id.to_string()),
        ];
        Self {
            id: delivery.id,
            key: file.id.to_string(),
            is_over,
            title,
            lines: lines(words, delivery, file, rules, now),
            open: words.open,
            link: format!("{home}/watch?watch={}#incident-{}", watch.id, file.id),
            home: home.to_owned(),
            labels: labels.map(|(name, value)| (name, value.to_owned())).into(),
            begins_at: incident.started_at,
            ends_at: is_over.then(|| ended_at(file, delivery.created_at)),
        }
    }
}

/// When the radar says so, else when somebody closed it.
fn ended_at(file: &IncidentFile, noticed_at: Timestamp) -> Timestamp {
    let closed = file.entries.last().map_or(noticed_at, |IncidentEntry { at, .. }| *at);
    file.incident.ended_at.unwrap_or(closed)
}

fn lines(
    words: &Words,
    delivery: &Delivery,
    file: &IncidentFile,
    rules: &WatchRules,
    now: Timestamp,
) -> Vec<String> {
    let incident = &file.incident;
    let mut lines = vec![
        (words.extent)(incident.negatives, incident.expected, incident.ratio),
        (words.times)(incident.started_at, incident.detected_at),
    ];
    if !incident.terms.is_empty() {
        let terms: Vec<_> = incident.terms.iter().take(MOST_TERMS).map(String::as_str).collect();
        lines.push((words.terms)(&terms.join(", ")));
    }
    if let Some(campaign) = rules.campaign(incident.detected_at) {
        lines.push((words.campaign)(campaign.name.trim()));
    }
    match (delivery.event, file.state(now)) {
        (Event::Ended, IncidentState::Dismissed) => lines.push(words.dismissed.to_owned()),
        (Event::Ended, IncidentState::Resolved) => lines.push(words.resolved.to_owned()),
        (Event::Ended, _) => lines.push((words.over_since)(ended_at(file, delivery.created_at))),
        _ => {}
    }
    lines
}

fn cause(words: &Words, file: &IncidentFile) -> String {
    let cause = &file.incident.cause;
    match cause.parse() {
        Ok(reason) => (words.reason)(reason).to_owned(),
        Err(_) if cause == Incident::UNKNOWN_CAUSE => words.no_cause.to_owned(),
        Err(_) => format!("“{cause}”"),
    }
}
