//! A service in the test's own process, on a port of its own.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use bundle_fixture::SmallBundle;
use domain::{Analysis, AnalysisId, Complaint, ModelId, Prediction, Reason};
use engine::{Engine, EngineConfig, bundles, files::FilesConfig};
use leptos::config::LeptosOptions;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use server::{
    access::AccessMode,
    connections::{self, ConnectionLimits},
    hosts::{AllowedHosts, HostNames},
    limits::Limits,
    router::router,
    site::Site,
    state::AppState,
};
use store::{ConnectOptions, Store};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::Answer;

const LIMITS: Limits = Limits {
    body_bytes: 64 * 1024,
    requests_in_flight: 512,
    request_timeout: Duration::from_secs(10),
    read_timeout: Duration::from_secs(10),
};

const CONNECTIONS: ConnectionLimits = ConnectionLimits {
    at_a_time: 1024,
    headers: Duration::from_secs(10),
    write: Duration::from_secs(10),
    shutdown: Duration::from_secs(10),
};

/// Where only this machine comes in.
fn local() -> AccessMode {
    AccessMode {
        is_loopback: true,
        is_demo: false,
        is_public_https: false,
        proxies: Arc::default(),
    }
}

/// A running service and a client for it.
pub struct Service {
    pub address: SocketAddr,
    pub folder: TempDir,
    client: Client,
    store: Arc<dyn Store>,
    /// What it asks.
    pub engine: Engine,
    stop: CancellationToken,
    serving: JoinHandle<()>,
}

impl Service {
    /// On an empty SQLite database.
    pub async fn start() -> Self {
        Self::with(None, &[], EngineConfig::default(), |_limits, _connections| {}).await
    }

    /// As on an address that others reach.
    pub async fn guarded() -> Self {
        Self::open(None, |mode| mode.is_loopback = false).await
    }

    /// On the database at `url` if there is one, with another say of who may do what.
    pub async fn open(url: Option<&str>, change: impl FnOnce(&mut AccessMode)) -> Self {
        let mut mode = local();
        change(&mut mode);
        let config = EngineConfig::default();
        Self::with_access(url, &[], config, mode, |_limits, _connections| {}).await
    }

    /// With a model for English and one for French.
    pub async fn bilingual() -> Self {
        Self::with(
            None,
            &[SmallBundle::french()],
            EngineConfig::default(),
            |_limits, _connections| {},
        )
        .await
    }

    /// On the database at `url`.
    pub async fn on(url: &str) -> Self {
        Self::with(Some(url), &[], EngineConfig::default(), |_limits, _connections| {}).await
    }

    /// With other limits.
    pub async fn limited(change: impl FnOnce(&mut Limits)) -> Self {
        Self::with(None, &[], EngineConfig::default(), |limits, _connections| change(limits)).await
    }

    /// With another configuration of its engine.
    pub async fn configured(config: EngineConfig) -> Self {
        Self::with(None, &[], config, |_limits, _connections| {}).await
    }

    /// With room for so many tweets at a time.
    pub async fn cramped(max_in_flight: usize) -> Self {
        let config = EngineConfig { max_in_flight, ..EngineConfig::default() };
        Self::with(None, &[], config, |_limits, _connections| {}).await
    }

    /// With other limits of connections.
    pub async fn with_connections(change: impl FnOnce(&mut ConnectionLimits)) -> Self {
        Self::with(None, &[], EngineConfig::default(), |_limits, connections| change(connections))
            .await
    }

    async fn with(
        database_url: Option<&str>,
        others: &[SmallBundle],
        config: EngineConfig,
        change: impl FnOnce(&mut Limits, &mut ConnectionLimits),
    ) -> Self {
        Self::with_access(database_url, others, config, local(), change).await
    }

    async fn with_access(
        database_url: Option<&str>,
        others: &[SmallBundle],
        config: EngineConfig,
        access: AccessMode,
        change: impl FnOnce(&mut Limits, &mut ConnectionLimits),
    ) -> Self {
        engine::use_ring_for_tls();
        let (mut limits, mut connections) = (LIMITS, CONNECTIONS);
        change(&mut limits, &mut connections);
        let folder = TempDir::new().unwrap();
        let files = config.files.clone().unwrap_or_else(|| FilesConfig {
            folder: folder.path().join("files"),
            quota_bytes: 1 << 24,
            retention: Duration::from_secs(3600),
        });
        let config = EngineConfig { files: Some(files), ..config };
        let sqlite = format!("sqlite://{}", folder.path().join("vigie.db").display());
        let (engine, store) =
            start_engine(folder.path(), others, config, database_url.unwrap_or(&sqlite)).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let state = AppState {
            engine: engine.clone(),
            access,
            rates: server::access::Rates::default(),
            traffic: server::metrics::Traffic::default(),
            started: std::time::Instant::now(),
            limits,
            hosts: AllowedHosts::new(address.ip(), HostNames::default()),
            site: Arc::new(Site::new(Some(site(folder.path())))),
            leptos: Arc::new(LeptosOptions::builder().output_name("vigie").build()),
            stop: stop.clone(),
        };
        let (until, asked) = (stop.clone(), engine.clone());
        let serving = tokio::spawn(async move {
            connections::serve(listener, router(state), connections, until).await;
            engine.shutdown().await;
        });
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { address, folder, client, store, engine: asked, stop, serving }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("http://{}{path}", self.address))
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::of(request.send().await.unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::PUT, path).json(body)).await
    }

    /// Posts bytes that are called JSON.
    pub async fn post_bytes(&self, path: &str, bytes: impl Into<reqwest::Body>) -> Answer {
        let request = self.request(Method::POST, path).header("content-type", "application/json");
        self.send(request.body(bytes)).await
    }

    /// The form that a page without scripts posts.
    pub fn plain_form(&self, text: &str) -> RequestBuilder {
        self.request(Method::POST, "/api/fn/analyse")
            .header("accept", "text/html,application/xhtml+xml,*/*;q=0.8")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("text={text}"))
    }

    /// Uploads `content` in two parts and gives the file.
    pub async fn upload(&self, name: &str, content: impl AsRef<[u8]>) -> Value {
        let content = content.as_ref();
        let announced = json!({ "name": name, "bytes": content.len() });
        let created = self.post("/api/v1/files", &announced).await;
        assert_eq!(created.status, 201, "{}", created.text);
        let content_path = format!("{}/content", created.header("location"));
        let (first, second) = content.split_at(content.len() / 2);
        self.part(&content_path, 0, first).await;
        let whole = self.part(&content_path, first.len(), second).await;
        assert_eq!(whole.status, 200, "{}", whole.text);
        whole.json()
    }

    /// Sends a part of a file.
    pub async fn part(&self, path: &str, offset: usize, part: &[u8]) -> Answer {
        let request = self.request(Method::PATCH, &format!("{path}?offset={offset}"));
        self.send(request.body(part.to_vec())).await
    }

    /// Has a file read as it seems to be laid out but for `wish`, and gives its path when its reading has ended.
    pub async fn read_file(&self, name: &str, content: impl AsRef<[u8]>, wish: Value) -> String {
        let file = self.upload(name, content).await;
        let path = format!("/api/v1/files/{}", file["id"].as_str().unwrap());
        let begun = self.post(&format!("{path}/reading"), &wish).await;
        assert_eq!(begun.status, 202, "{}", begun.text);
        self.until_read(&path).await;
        path
    }

    /// Asks until the reading of a file has ended.
    pub async fn until_read(&self, path: &str) -> Value {
        loop {
            let file = self.get(path).await.json();
            if file["state"] != "reading" {
                return file;
            }
        }
    }

    /// Analyses `text` and gives the stored analysis.
    pub async fn analyse(&self, text: &str) -> Value {
        let answer = self.post("/api/v1/analyses", &json!({ "text": text })).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()
    }

    /// Puts a complaint of which its model was not sure into the database.
    pub async fn doubtful_complaint(&self) -> Analysis {
        let late = Complaint { reason: Reason::LateFlight, confidence: 0.75 };
        let prediction = Prediction::new([0.45, 0.35, 0.2].into(), 1.0, Some("en".to_owned()))
            .complaining_of(Some(late))
            .sure_from(0.6);
        let analysis = Analysis {
            id: AnalysisId(Uuid::now_v7()),
            text: Some("late, again?".to_owned()),
            prediction,
            model: ModelId { name: "small".to_owned(), version: "0123456789ab".to_owned() },
            created_at: jiff::Timestamp::UNIX_EPOCH,
            duration_us: 1,
            feedback: None,
        };
        self.store.insert_analysis(&analysis).await.unwrap();
        analysis
    }

    /// Asks it to stop, without waiting.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    /// Waits until it has stopped.
    pub async fn stopped(self) {
        self.stop.cancel();
        self.serving.await.unwrap();
    }
}

async fn start_engine(
    folder: &Path,
    others: &[SmallBundle],
    config: EngineConfig,
    database_url: &str,
) -> (Engine, Arc<dyn Store>) {
    let model = folder.join("model");
    SmallBundle::default().write(&model);
    let other = |bundle: &SmallBundle| {
        let folder = folder.join(&bundle.name);
        bundle.write(&folder);
        folder
    };
    let others: Vec<_> = others.iter().map(other).collect();
    let models = bundles::read_all(&model, &others).unwrap();
    let store = store::connect(database_url, &ConnectOptions::default()).await.unwrap();
    let engine = Engine::start(models, Arc::clone(&store), config).unwrap();
    (engine, store)
}

fn site(folder: &Path) -> std::path::PathBuf {
    let site = folder.join("site");
    std::fs::create_dir_all(site.join("pkg")).unwrap();
    std::fs::write(site.join("pkg/vigie.css"), "body { margin: 0 }").unwrap();
    std::fs::write(folder.join("secret.txt"), "not for you").unwrap();
    site
}
