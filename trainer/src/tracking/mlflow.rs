//! The calls of MLflow's REST API that we use, each within its limits
//! (<https://mlflow.org/docs/latest/rest-api.html>).

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use super::{Account, Ending, Server, ServerError, parameters, sent::RemoteRun};
use crate::training::Record;

/// Figures in one call at most.
const MAX_METRICS: usize = 1000;
/// Parameters in one call at most, and tags.
const MAX_DESCRIPTIONS: usize = 100;
/// What MLflow says of something that is not there.
const ABSENT: &str = "RESOURCE_DOES_NOT_EXIST";
/// What it says of a name that it does not know, such as an alias that nobody has.
const UNKNOWN: &str = "INVALID_PARAMETER_VALUE";
/// What it says of something that is there already.
const PRESENT: &str = "RESOURCE_ALREADY_EXISTS";
/// The tag by which a run is found again.
const KEY: &str = "vigie.key";

type Result<T> = std::result::Result<T, ServerError>;

/// Held while a run is looked for and made: a search and its trials are sent by threads of their
/// own, and of two that look for the same run at once neither would find it.
static MAKING: Mutex<()> = Mutex::new(());

/// The run of `account`, made if it is not there; a child of the run `parent` if there is one.
pub fn run(server: &Server, account: &Account, parent: Option<&str>) -> Result<RemoteRun> {
    let _making = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    let experiment = experiment(server)?;
    let path = "mlflow/runs/search";
    let filter = format!("tags.`{KEY}` = '{}'", account.key);
    let found = server.post(path, &json!({"experiment_ids": [experiment], "filter": filter}))?;
    if found["runs"][0].is_object() {
        return remote(path, &found["runs"][0]);
    }
    let mut tags = vec![json!({"key": KEY, "value": account.key})];
    tags.extend(parent.map(|run| json!({"key": "mlflow.parentRunId", "value": run})));
    let path = "mlflow/runs/create";
    let made = server.post(
        path,
        &json!({
            "experiment_id": experiment,
            "run_name": account.name,
            "start_time": account.started_at_ms,
            "tags": tags,
        }),
    )?;
    remote(path, &made["run"])
}

/// Whether the server has `run`: it may have lost it, or somebody may have deleted it there.
pub fn has(server: &Server, run: &RemoteRun) -> Result<bool> {
    let found = if_there(server.get("mlflow/runs/get", &[("run_id", &run.id)]))?;
    Ok(found.is_some_and(|found| found["run"]["info"]["lifecycle_stage"] == "active"))
}

/// Nothing where the server answers that there is no such thing.
fn if_there(answer: Result<Value>) -> Result<Option<Value>> {
    match answer {
        Err(error) if error.is(ABSENT) || error.is(UNKNOWN) => Ok(None),
        answer => answer.map(Some),
    }
}

fn remote(path: &str, run: &Value) -> Result<RemoteRun> {
    let id = text(path, &run["info"]["run_id"], "run_id")?;
    let artefacts = text(path, &run["info"]["artifact_uri"], "artifact_uri")?;
    Ok(RemoteRun { id, artefacts })
}

/// The id of the server's experiment, made if it is not there.
fn experiment(server: &Server) -> Result<String> {
    let name = server.experiment();
    let path = "mlflow/experiments/get-by-name";
    match server.get(path, &[("experiment_name", name)]) {
        Ok(found) => text(path, &found["experiment"]["experiment_id"], "experiment_id"),
        Err(error) if error.is(ABSENT) => {
            let path = "mlflow/experiments/create";
            let made = server.post(path, &json!({"name": name}))?;
            text(path, &made["experiment_id"], "experiment_id")
        }
        Err(error) => Err(error),
    }
}

/// Gives a run its parameters and tags. Giving the same again changes nothing.
pub fn describe(server: &Server, run: &RemoteRun, account: &Account) -> Result<()> {
    let pair = |(name, value): (&String, &String)| json!({"key": parameters::name(name), "value": parameters::value(value)});
    let parameters: Vec<Value> = account.parameters.iter().map(pair).collect();
    let tags: Vec<Value> = account.tags.iter().map(pair).collect();
    for (kind, pairs) in [("params", parameters), ("tags", tags)] {
        for some in pairs.chunks(MAX_DESCRIPTIONS) {
            server.post("mlflow/runs/log-batch", &json!({"run_id": run.id, kind: some}))?;
        }
    }
    Ok(())
}

/// Gives a run the figures of `records`, of which `done` is told how many are there, now and
/// then. Giving the same again changes nothing.
pub fn record(
    server: &Server,
    run: &RemoteRun,
    records: &[Record],
    mut done: impl FnMut(usize) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut batch: Vec<Value> = Vec::new();
    for (index, record) in records.iter().enumerate() {
        let metrics = record.metrics.iter().map(|(name, &value)| {
            json!({
                "key": parameters::name(name),
                "value": number(value),
                "timestamp": record.at_ms,
                "step": record.step,
            })
        });
        batch.extend(metrics);
        let next = records.get(index + 1).map_or(MAX_METRICS, |record| record.metrics.len());
        if batch.len() + next > MAX_METRICS {
            for some in std::mem::take(&mut batch).chunks(MAX_METRICS) {
                let content = json!({"run_id": run.id, "metrics": some});
                server.post("mlflow/runs/log-batch", &content)?;
            }
            done(index + 1)?;
        }
    }
    Ok(())
}

/// JSON has no infinities; MLflow takes their names.
fn number(value: f64) -> Value {
    match value {
        value if value.is_finite() => json!(value),
        value if value.is_nan() => json!("NaN"),
        value => json!(if value > 0.0 { "Infinity" } else { "-Infinity" }),
    }
}

/// Says how a run has ended, or that it goes on.
pub fn end(server: &Server, run: &RemoteRun, ended: Option<Ending>) -> Result<()> {
    let content = match ended {
        Some(Ending { at_ms, status }) => {
            json!({"run_id": run.id, "status": status, "end_time": at_ms})
        }
        None => json!({"run_id": run.id, "status": "RUNNING"}),
    };
    server.post("mlflow/runs/update", &content).map(drop)
}

/// Puts a file to a run's files, through the server.
pub fn file(server: &Server, run: &RemoteRun, name: &str, content: Vec<u8>) -> anyhow::Result<()> {
    let Some(below) = run.artefacts.strip_prefix("mlflow-artifacts:/") else {
        anyhow::bail!(
            "the tracking server keeps files at {}, where only its own clients can put them: start it with --serve-artifacts, and without --default-artifact-root",
            run.artefacts
        )
    };
    let path = format!("mlflow-artifacts/artifacts/{}/{name}", below.trim_start_matches('/'));
    Ok(server.put(&path, content)?)
}

/// A version of a registered model.
pub struct Version<'a> {
    /// The model's name.
    pub model: &'a str,
    /// The bundle's version.
    pub bundle: &'a str,
    /// When it was made, RFC 3339 in UTC.
    pub created_at: &'a str,
    /// Where its files lie.
    pub source: String,
}

const BUNDLE: &str = "vigie.bundle_version";
const CREATED: &str = "vigie.created_at";

/// Registers a version, and gives it `alias` unless a newer one has it. Answers its number.
/// Registering the same again changes nothing.
pub fn register(
    server: &Server,
    run: &RemoteRun,
    version: &Version<'_>,
    alias: &str,
) -> Result<String> {
    let Version { model, bundle, created_at, source } = version;
    match server.post("mlflow/registered-models/create", &json!({"name": model})) {
        Err(error) if !error.is(PRESENT) => return Err(error),
        _ => {}
    }
    let filter = format!("name = '{model}' and run_id = '{}'", run.id);
    let found = server.get("mlflow/model-versions/search", &[("filter", &filter)])?;
    let mut known = found["model_versions"].as_array().into_iter().flatten();
    let known = known.find(|known| tag(known, BUNDLE) == Some(bundle));
    let path = "mlflow/model-versions/create";
    let number = if let Some(known) = known {
        text(path, &known["version"], "version")?
    } else {
        let tags = [(BUNDLE, bundle), (CREATED, created_at)]
            .map(|(key, value)| json!({"key": key, "value": value}));
        let content = json!({"name": model, "source": source, "run_id": run.id, "tags": tags});
        text(path, &server.post(path, &content)?["model_version"]["version"], "version")?
    };
    let path = "mlflow/registered-models/alias";
    let holder = if_there(server.get(path, &[("name", model), ("alias", alias)]))?;
    let is_newer = holder.is_some_and(|holder| {
        tag(&holder["model_version"], CREATED).is_some_and(|holder| holder > *created_at)
    });
    if !is_newer {
        server.post(path, &json!({"name": model, "alias": alias, "version": number}))?;
    }
    Ok(number)
}

fn tag<'a>(version: &'a Value, name: &str) -> Option<&'a str> {
    let tags = version["tags"].as_array()?;
    tags.iter().find(|tag| tag["key"] == name)?["value"].as_str()
}

fn text(path: &str, value: &Value, field: &'static str) -> Result<String> {
    let text = value.as_str().map(str::to_owned);
    text.ok_or_else(|| ServerError::Answer { path: path.to_owned(), field })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_servers_word_that_nobody_is_there_means_that() {
        let refused = |status, code: &str| ServerError::Refused {
            server: String::new(),
            path: String::new(),
            status,
            code: code.to_owned(),
            message: String::new(),
        };
        assert_eq!(if_there(Ok(json!(1))).unwrap(), Some(json!(1)));
        for (status, code) in [(404, ABSENT), (400, UNKNOWN)] {
            assert_eq!(if_there(Err(refused(status, code))).unwrap(), None);
        }
        assert!(if_there(Err(refused(403, "PERMISSION_DENIED"))).is_err());
        assert!(if_there(Err(refused(502, ""))).is_err());
    }

    #[test]
    fn numbers_without_a_digit_keep_their_names() {
        assert_eq!(number(0.5), json!(0.5));
        assert_eq!(number(f64::NAN), json!("NaN"));
        assert_eq!(number(f64::NEG_INFINITY), json!("-Infinity"));
    }
}
