//! The real program, started, asked and killed.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, ExitStatus, Output, Stdio},
    thread::JoinHandle,
};

use reqwest::{Client, Method};
use serde_json::Value;

use super::Answer;

/// A command without the variables of whoever runs the tests.
pub fn vigie() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vigie"));
    for name in ["DATABASE_URL", "PORT", "LEPTOS_SITE_ROOT", "LEPTOS_OUTPUT_NAME"] {
        command.env_remove(name);
    }
    command
}

/// Runs `vigie` to its end.
pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    vigie().current_dir(folder).args(arguments).output().unwrap()
}

/// What it wrote to standard error.
pub fn complaint(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A running `vigie serve`; killed when dropped.
pub struct Program {
    child: Child,
    pub address: SocketAddr,
    /// Where it tells what it counts, if it was asked to.
    pub metrics: Option<SocketAddr>,
    client: Client,
    log: Option<JoinHandle<String>>,
}

impl Program {
    /// Starts it in `folder` on a free port, with the bundle in `folder/model`, and waits until it is ready.
    pub fn start(folder: &Path, database_url: &str) -> Self {
        Self::start_until("ready on http://", folder, database_url, &[])
    }

    /// The same, and it counts for Prometheus.
    pub fn counted(folder: &Path, database_url: &str) -> Self {
        let metrics = ["--metrics-listen", "127.0.0.1:0"];
        Self::start_until("ready on http://", folder, database_url, &metrics)
    }

    /// The same, but waits only until it has its address.
    pub fn start_up(folder: &Path, database_url: &str) -> Self {
        Self::start_until("starting on http://", folder, database_url, &[])
    }

    fn start_until(words: &str, folder: &Path, database_url: &str, more: &[&str]) -> Self {
        engine::use_ring_for_tls();
        let mut child = vigie()
            .current_dir(folder)
            .args(["serve", "--listen", "127.0.0.1:0", "--model", "model"])
            .args(["--database-url", database_url])
            .args(more)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        let mut lines = log.lines().map(Result::unwrap);
        let mut seen = Vec::new();
        let address = loop {
            let Some(line) = lines.next() else { panic!("it did not start: {seen:#?}") };
            if let Some((_, address)) = line.split_once(words) {
                break address.split_whitespace().next().unwrap().parse().unwrap();
            }
            seen.push(line);
        };
        let metrics = seen.iter().find_map(|line: &String| {
            line.split_once("metrics on http://")?.1.strip_suffix("/metrics")?.parse().ok()
        });
        // Whoever stops reading a pipe stops the writer in the end.
        let log = std::thread::spawn(move || lines.collect::<Vec<_>>().join("\n"));
        Self { child, address, metrics, client: Client::new(), log: Some(log) }
    }

    pub async fn ask(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let mut request = self.client.request(method, format!("http://{}{path}", self.address));
        if let Some(body) = body {
            request = request.json(body);
        }
        Answer::of(request.send().await.unwrap()).await
    }

    /// Sends bytes that are called nothing.
    pub async fn send_bytes(
        &self,
        method: Method,
        path: &str,
        bytes: impl Into<reqwest::Body>,
    ) -> Answer {
        let request = self.client.request(method, format!("http://{}{path}", self.address));
        Answer::of(request.body(bytes).send().await.unwrap()).await
    }

    /// SIGKILL: nothing in the program has a chance to write anything more.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM; gives how it ended and what it had logged.
    #[cfg(unix)]
    pub fn terminate(mut self) -> (ExitStatus, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let status = self.child.wait().unwrap();
        (status, self.log.take().unwrap().join().unwrap())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
