//! A real MLflow server: private, on a free port of the loopback address, and gone when the test
//! program is gone, however that ends.
//!
//! As in `postgres-fixture` a small shell holds the reading end of a pipe. When the pipe closes,
//! it stops the server and removes its files.

use std::{
    env, fs,
    io::Read,
    net::TcpListener,
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    thread,
    time::{Duration, Instant},
};

use reqwest::blocking::Client;
use serde_json::Value;

/// Where `cargo xtask test` says that the program lies.
const PROGRAM: &str = "VIGIE_TEST_MLFLOW";
/// It reads a great deal of Python before it answers: half a minute where nothing else runs, and
/// many times that on a machine that has other work.
const START_LIMIT: Duration = Duration::from_secs(600);
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);
const PORT_ATTEMPTS: u32 = 3;

const KEEPER: &str = r#"
folder=$1
shift
{ "$@" </dev/null >"$folder/log" 2>&1; echo ended; } &
read -r line
trap '' TERM
kill -TERM 0
wait
rm -rf "$folder"
"#;

/// A private MLflow server.
pub struct MlflowServer {
    /// Its address.
    pub url: String,
    client: Client,
    // Its standard input closes with it, or with our process.
    _keeper: Child,
}

impl MlflowServer {
    /// One server for all tests of the program; none, and a word on the terminal, where no
    /// program is named.
    #[expect(clippy::print_stdout, reason = "who runs the tests must know what was left out")]
    pub fn shared() -> Option<&'static Self> {
        static SERVER: OnceLock<Option<MlflowServer>> = OnceLock::new();
        let server = SERVER.get_or_init(|| {
            let program = PathBuf::from(env::var_os(PROGRAM)?);
            let start = |_| MlflowServer::start(&program);
            Some((0..PORT_ATTEMPTS).find_map(start).expect("MLflow found no free port"))
        });
        if server.is_none() {
            println!("skipped: {PROGRAM} names no mlflow; `cargo xtask test` installs one");
        }
        server.as_ref()
    }

    /// Nothing if it ends at once, as where its port was taken meanwhile.
    fn start(program: &PathBuf) -> Option<Self> {
        let folder = tempfile::Builder::new().prefix("vigie-mlflow-").tempdir().unwrap().keep();
        let port = free_port();
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", KEEPER, "mlflow-keeper"]).arg(&folder).arg(program).arg("server");
        shell.args(["--host", "127.0.0.1", "--port", &port.to_string(), "--workers", "1"]);
        shell.arg("--backend-store-uri").arg(format!("sqlite:///{}/mlflow.db", folder.display()));
        shell.arg("--artifacts-destination").arg(folder.join("artefacts"));
        shell
            .env("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false")
            .env("MLFLOW_DISABLE_TELEMETRY", "true")
            .current_dir(&folder)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut keeper = shell.spawn().unwrap();
        let ended = end_of(&mut keeper);
        let url = format!("http://127.0.0.1:{port}");
        // An error says that a provider was chosen before, which is all that is wanted.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::builder().no_proxy().build().unwrap();
        let begin = Instant::now();
        while begin.elapsed() < START_LIMIT {
            let answer = client.get(format!("{url}/health")).send();
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Some(Self { url, client, _keeper: keeper });
            }
            if ended.recv_timeout(BETWEEN_LOOKS) != Err(RecvTimeoutError::Timeout) {
                let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
                assert!(log.contains("in use"), "MLflow ended as soon as it was started: {log}");
                return None;
            }
        }
        let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
        panic!("MLflow did not start within {START_LIMIT:?}: {log}");
    }

    /// What it answers to a question.
    pub fn get(&self, path: &str, query: &[(&str, &str)]) -> Value {
        serde_json::from_slice(&self.bytes(path, query)).unwrap()
    }

    /// What it answers to what it is given.
    pub fn post(&self, path: &str, content: &Value) -> Value {
        let address = format!("{}/api/2.0/{path}", self.url);
        self.client.post(address).json(content).send().unwrap().json().unwrap()
    }

    /// The same of a question as it comes.
    pub fn bytes(&self, path: &str, query: &[(&str, &str)]) -> Vec<u8> {
        let mut url = reqwest::Url::parse(&format!("{}/api/2.0/{path}", self.url)).unwrap();
        url.query_pairs_mut().extend_pairs(query);
        self.client.get(url).send().unwrap().bytes().unwrap().to_vec()
    }

    /// The runs of an experiment, newest first.
    pub fn runs(&self, experiment: &str) -> Vec<Value> {
        let path = "mlflow/experiments/get-by-name";
        let found = self.get(path, &[("experiment_name", experiment)]);
        let id = found["experiment"]["experiment_id"].as_str().unwrap();
        let wanted = serde_json::json!({"experiment_ids": [id]});
        let mut found = self.post("mlflow/runs/search", &wanted);
        match found["runs"].take() {
            Value::Array(runs) => runs,
            _ => Vec::new(),
        }
    }

    /// The values of a figure of a run, by step.
    pub fn history(&self, run: &Value, metric: &str) -> Vec<(u64, f64)> {
        let id = run["info"]["run_id"].as_str().unwrap();
        let query = [("run_id", id), ("metric_key", metric)];
        let found = self.get("mlflow/metrics/get-history", &query);
        let points = found["metrics"].as_array().cloned().unwrap_or_default();
        let point =
            |point: &Value| (point["step"].as_u64().unwrap_or(0), point["value"].as_f64().unwrap());
        points.iter().map(point).collect()
    }

    /// The paths of a run's files below `folder`.
    pub fn files(&self, run: &Value, folder: &str) -> Vec<String> {
        let id = run["info"]["run_id"].as_str().unwrap();
        let found = self.get("mlflow/artifacts/list", &[("run_id", id), ("path", folder)]);
        let files = found["files"].as_array().cloned().unwrap_or_default();
        files.iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect()
    }
}

/// A parameter or tag of a run.
pub fn word<'a>(run: &'a Value, kind: &str, key: &str) -> &'a str {
    let pairs = run["data"][kind].as_array().unwrap();
    let found = pairs.iter().find(|pair| pair["key"] == key);
    found.unwrap_or_else(|| panic!("{key} is none of the {kind}"))["value"].as_str().unwrap()
}

/// Gets word, or is cut off, when the server has ended.
fn end_of(keeper: &mut Child) -> Receiver<()> {
    let (ended, receiver) = channel();
    let mut stdout = keeper.stdout.take().unwrap();
    thread::spawn(move || {
        drop(stdout.read(&mut [0]));
        ended.send(()).ok();
    });
    receiver
}

/// A port that is free now.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
