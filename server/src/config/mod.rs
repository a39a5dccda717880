//! What the service is told: by flags, else by variables, else by a file, else by default.

mod access;
mod bounded;
mod core_numbers;
mod file;
mod files;
mod models;
mod notify;
mod options;
mod places;
mod secrets;
mod sources;
mod streams;

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use clap::ArgMatches;
use engine::{MailServer, SourcesConfig, files::FilesConfig};
use url::Url;

pub use bounded::{
    Bounded, Bytes, Count, Days, Entries, Gibibytes, Milliseconds, OutOfBounds, Threads,
};
pub use core_numbers::{CoreNumbers, NoCores};
pub use file::ConfigError;
pub use models::ModelFolders;
pub use options::ServeOptions;
pub use places::default_site;
pub use secrets::hide as hide_secrets;
pub use sources::{Origin, Setting};

use sources::Sources;

use crate::{
    access::{AccessMode, Rates},
    connections::ConnectionLimits,
    hosts::AllowedHosts,
    limits::Limits,
    telemetry::LogFormat,
};

/// The effective settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Under which names.
    pub hosts: AllowedHosts,
    /// The database; may hold a password.
    pub database_url: String,
    /// The folders of the models' bundles.
    pub models: ModelFolders,
    /// Where to get the first bundle from when its folder lacks it; may hold a password.
    pub model_url: Option<Url>,
    /// The folder of the page's files, if there is one.
    pub site: Option<PathBuf>,
    /// How long texts are kept; for ever if `None`.
    pub text_retention: Option<Duration>,
    /// The most texts that wait for the model at a time.
    pub analyses_in_flight: usize,
    /// How many threads read.
    pub model_threads: usize,
    /// On which cores they run; on any if there are none.
    pub model_cores: Vec<usize>,
    /// The most verdicts that are kept; none if 0.
    pub cache_entries: u64,
    /// Where files of texts are kept, and for how long.
    pub files: FilesConfig,
    /// Where people find the service, without a slash at its end; where it listens if `None`.
    pub public_url: Option<String>,
    /// Whether accounts are needed, and who is believed about whom they ask for.
    pub access: AccessMode,
    /// How often one client may ask.
    pub rates: Rates,
    /// Who is made an admin when there is no account.
    pub first_admin: Option<String>,
    /// The server that takes mails.
    pub mail: Option<MailServer>,
    /// What tweets come from by themselves.
    pub streams: SourcesConfig,
    /// What one request may ask.
    pub limits: Limits,
    /// What connections may ask.
    pub connections: ConnectionLimits,
    /// Where Prometheus finds what is counted.
    pub metrics_listen: Option<SocketAddr>,
    /// Which lines the log has.
    pub log: String,
    /// How they look.
    pub log_format: LogFormat,
    /// All of this in words, with where it is from.
    pub report: Vec<Setting>,
}

impl Settings {
    /// Joins what the command line and the environment say, in `options`, with the file that they name.
    /// `matches` tells flags from variables.
    ///
    /// # Errors
    /// If the file or a value cannot be used.
    pub fn resolve(options: ServeOptions, matches: &ArgMatches) -> Result<Self, ConfigError> {
        let file =
            options.config.as_deref().map_or_else(|| Ok(ServeOptions::default()), file::read)?;
        let mut sources = Sources::new(matches, options, file);
        let listen = listen(&mut sources);
        let hosts = sources.take_optional("allowed_hosts", |o| o.allowed_hosts.clone());
        let database_url = sources.take_secret(
            "database_url",
            |o| o.database_url.clone(),
            Some("sqlite://vigie.db"),
        );
        let models = models(&mut sources);
        let site = sources.take_path("site", |o| o.site.clone(), default_site);
        let model_url = model_url(&mut sources)?;
        let days = sources.take_optional("text_retention_days", |o| o.text_retention_days);
        let database_url = database_url.unwrap_or_default();
        let files = files::take(&mut sources, &database_url);
        let public_url = notify::public_url(&mut sources)?;
        let access = access::take(&mut sources, listen, public_url.as_deref());
        let rates = access::rates(&mut sources);
        let first_admin = sources.take_optional("first_admin", |o| o.first_admin.clone());
        let mail = notify::mail(&mut sources)?;
        let streams = streams::take(&mut sources)?;
        let limits = limits(&mut sources);
        Ok(Self {
            listen,
            hosts: AllowedHosts::new(listen.ip(), hosts.unwrap_or_default()),
            database_url,
            models,
            model_url,
            site,
            text_retention: days.map(Days::duration),
            analyses_in_flight: sources
                .take("analyses_in_flight", |o| o.analyses_in_flight, Count::of::<256>())
                .as_usize(),
            model_threads: sources
                .take("model_threads", |o| o.model_threads, Threads::of::<1>())
                .as_usize(),
            model_cores: sources
                .take_optional("model_cores", |o| o.model_cores.clone())
                .map_or_else(Vec::new, CoreNumbers::into_vec),
            cache_entries: sources
                .take("cache_entries", |o| o.cache_entries, Entries::of::<16_384>())
                .as_usize() as u64,
            files,
            public_url,
            access,
            rates,
            first_admin,
            mail,
            streams,
            limits,
            connections: connections(&mut sources, limits.read_timeout),
            metrics_listen: sources.take_optional("metrics_listen", |o| o.metrics_listen),
            log: sources.take("log", |o| o.log.clone(), "info".to_owned()),
            log_format: sources.take("log_format", |o| o.log_format, LogFormat::Plain),
            report: sources.report,
        })
    }
}

impl Settings {
    /// Where people find the service: its public address, else where it listens, which may be told by `address`. One that stands for all of
    /// this machine's is told as its own.
    #[must_use]
    pub fn public_url_or(&self, address: SocketAddr) -> String {
        let here = || match address.ip().is_unspecified() {
            true => format!("http://localhost:{}", address.port()),
            false => format!("http://{address}"),
        };
        self.public_url.clone().unwrap_or_else(here)
    }
}

/// The address, with the port in its place unless the address goes before it: a PORT in the
/// environment is no reason to overrule an address given by hand.
fn listen(sources: &mut Sources<'_>) -> SocketAddr {
    let (listen, origin) = sources.find("listen", |o| o.listen);
    let mut listen = listen.unwrap_or_else(|| (Ipv4Addr::LOCALHOST, 3000).into());
    let (port, port_origin) = sources.find("port", |o| o.port);
    if let Some(port) = port.filter(|_| port_origin <= origin) {
        listen.set_port(port);
    }
    sources.note("listen", Some(listen.to_string()), origin.min(port_origin));
    listen
}

fn models(sources: &mut Sources<'_>) -> ModelFolders {
    let (given, origin) = sources.find("model", |o| o.model.clone());
    let models = ModelFolders::new(given.unwrap_or_default());
    sources.note("model", Some(models.to_string()), origin);
    models
}

fn model_url(sources: &mut Sources<'_>) -> Result<Option<Url>, ConfigError> {
    let url = sources.take_secret("model_url", |o| o.model_url.clone(), None);
    let parsed = url.as_deref().map(Url::parse).transpose();
    parsed.map_err(|source| ConfigError::ModelUrl {
        url: secrets::hide(&url.unwrap_or_default()),
        source,
    })
}

fn limits(sources: &mut Sources<'_>) -> Limits {
    let body = sources.take("body_limit_bytes", |o| o.body_limit_bytes, Bytes::of::<65_536>());
    let requests = sources.take("requests_in_flight", |o| o.requests_in_flight, Count::of::<512>());
    let whole = sources.take("request_timeout_ms", |o| o.request_timeout_ms, TEN_SECONDS);
    let read = sources.take("read_timeout_ms", |o| o.read_timeout_ms, TEN_SECONDS);
    Limits {
        body_bytes: body.as_usize(),
        requests_in_flight: requests.as_usize(),
        request_timeout: whole.duration(),
        read_timeout: read.duration(),
    }
}

fn connections(sources: &mut Sources<'_>, headers: Duration) -> ConnectionLimits {
    let at_a_time = sources.take("connections", |o| o.connections, Count::of::<4096>());
    let write = sources.take("write_timeout_ms", |o| o.write_timeout_ms, TEN_SECONDS);
    let shutdown = sources.take("shutdown_timeout_ms", |o| o.shutdown_timeout_ms, TEN_SECONDS);
    ConnectionLimits {
        at_a_time: at_a_time.as_usize(),
        headers,
        write: write.duration(),
        shutdown: shutdown.duration(),
    }
}

const TEN_SECONDS: Milliseconds = Milliseconds::of::<10_000>();
