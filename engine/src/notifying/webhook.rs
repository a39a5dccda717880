//! Webhooks in the shape of Alertmanager's, version 4: <https://prometheus.io/docs/alerting/latest/configuration/#webhook_config>.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::message::Message;

/// What Alertmanager says of the end of what goes on.
const NO_END: &str = "0001-01-01T00:00:00Z";

/// The body for the receiver of this name.
pub fn body(message: &Message, receiver: &str) -> Value {
    let status = if message.is_over { "resolved" } else { "firing" };
    let labels: BTreeMap<&str, &str> =
        message.labels.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let annotations = json!({ "summary": message.title, "description": message.lines.join("\n") });
    let group = json!({ "alertname": "bad_buzz", "incident": message.key });
    let alert = json!({
        "status": status,
        "labels": labels,
        "annotations": annotations,
        "startsAt": message.begins_at.to_string(),
        "endsAt": message.ends_at.map_or_else(|| NO_END.to_owned(), |at| at.to_string()),
        "generatorURL": message.link,
        "fingerprint": hex(&Sha256::digest(&message.key)[..8]),
    });
    json!({
        "version": "4",
        "groupKey": format!("{{}}:{{alertname=\"bad_buzz\", incident=\"{}\"}}", message.key),
        "truncatedAlerts": 0,
        "status": status,
        "receiver": receiver,
        "groupLabels": group,
        "commonLabels": labels,
        "commonAnnotations": annotations,
        "externalURL": message.home,
        "alerts": [alert],
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
