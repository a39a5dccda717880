//! What operators see: the rules of alerts by their own unit tests, and each query of the boards asked of a real Prometheus
//! beside a Vigie that has something to count.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::build;
use crate::command;
use crate::server::{Server, free_address, get, send};
use crate::workspace::Workspace;

/// Prometheus has asked twice by then, many times over.
const LONGEST: Duration = Duration::from_secs(90);
/// What stands for the boards' own stretch of time.
const STRETCH: &str = "1m";

/// Runs all of it, unless another filter is asked for.
///
/// # Errors
/// When a rule is none, an alert fires otherwise than it should, or a query of a board has no answer.
pub fn test(workspace: &Workspace, filter: Option<&str>) -> Result<()> {
    if filter.is_some_and(|filter| !"observed".contains(filter)) {
        return Ok(());
    }
    let folder = workspace.root.join("deploy/prometheus");
    for arguments in [["check", "config", "prometheus.yml"], ["test", "rules", "rules.test.yml"]] {
        command::run(Command::new("promtool").current_dir(&folder).args(arguments))?;
    }
    let metrics = free_address()?;
    let listen = ["--metrics-listen", &metrics.to_string()];
    let server = Server::start_with(workspace, build::DEVELOPMENT, &listen)?;
    use_it(server.address(), 0)?;
    let prometheus = Prometheus::start(&folder, metrics)?;
    let board = fs::read_to_string(workspace.root.join("deploy/grafana/dashboards/vigie.json"))?;
    let board: Value = serde_json::from_str(&board).context("the board is no JSON")?;
    let mut unanswered = queries(&board);
    ensure!(unanswered.len() > 20, "the board has {} queries", unanswered.len());
    let start = Instant::now();
    let mut round = 0;
    while !unanswered.is_empty() && start.elapsed() < LONGEST {
        round += 1;
        // What happens between two looks of Prometheus is what it tells a rate of.
        use_it(server.address(), round)?;
        thread::sleep(Duration::from_secs(1));
        unanswered.retain(|query| !prometheus.answers(query));
    }
    ensure!(unanswered.is_empty(), "no answer to: {}", unanswered.join("\n"));
    Ok(())
}

/// Texts that are corrected, one that came before and others that nobody has read yet, and a tweet of a stream.
fn use_it(address: SocketAddr, round: u32) -> Result<()> {
    for text in ["late again", "thanks for the great flight", "when does it leave?", "late again"] {
        let said = format!(r#"{{"text": "{text} {round}"}}"#);
        let answer = send(address, "POST", "/api/v1/analyses", &said)?;
        let made: Value = serde_json::from_str(&answer)?;
        let id = made["id"].as_str().context("an analysis has an id")?;
        let path = format!("/api/v1/analyses/{id}/feedback");
        send(address, "PUT", &path, r#"{"label": "negative"}"#)?;
    }
    send(address, "POST", "/api/v1/tweets", r#"{"at": "2026-01-01T00:00:00Z", "text": "late"}"#)?;
    Ok(())
}

/// All expressions of a board.
fn queries(board: &Value) -> Vec<String> {
    let panels = board["panels"].as_array().into_iter().flatten();
    let targets = panels.flat_map(|panel| panel["targets"].as_array().into_iter().flatten());
    let queries = targets.filter_map(|target| target["expr"].as_str());
    queries.map(|query| query.replace("$__rate_interval", STRETCH)).collect()
}

/// A Prometheus that asks a Vigie each second; stopped when it is dropped.
struct Prometheus {
    child: Child,
    address: SocketAddr,
    _folder: tempfile::TempDir,
}

impl Prometheus {
    fn start(rules: &Path, metrics: SocketAddr) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let config = folder.path().join("prometheus.yml");
        let rules = rules.join("rules.yml");
        let text = format!(
            "global: {{ scrape_interval: 1s, evaluation_interval: 1s }}\nrule_files: [{rules:?}]\nscrape_configs:\n  - job_name: vigie\n    \
             static_configs: [{{ targets: [\"{metrics}\"] }}]\n"
        );
        fs::write(&config, text)?;
        let address = free_address()?;
        let child = Command::new("prometheus")
            .arg(format!("--config.file={}", config.display()))
            .arg(format!("--storage.tsdb.path={}", folder.path().join("data").display()))
            .arg(format!("--web.listen-address={address}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start prometheus")?;
        Ok(Self { child, address, _folder: folder })
    }

    /// Whether it has a number for this: in how many series, which fits into one piece of an answer.
    fn answers(&self, query: &str) -> bool {
        let counted = format!("count(({query}) >= 0)");
        let escaped: String = counted.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let answer = get(self.address, &format!("/api/v1/query?query={escaped}"));
        let answer = answer.ok().and_then(|answer| serde_json::from_str::<Value>(&answer).ok());
        let found = answer.and_then(|answer| answer["data"]["result"].as_array().map(Vec::len));
        found.is_some_and(|series| series > 0)
    }
}

impl Drop for Prometheus {
    fn drop(&mut self) {
        // Both fail only for a process that has ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_has_a_stretch_of_time() {
        let board = serde_json::json!({
            "panels": [{ "targets": [{ "expr": "rate(a[$__rate_interval])" }] }, { "title": "words" }]
        });
        assert_eq!(queries(&board), ["rate(a[1m])"]);
    }
}
