//! The flags, variables and file keys of `vigie serve`: one list for all three.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;
use serde::Deserialize;

use super::{
    Bytes, CoreNumbers, Count, Days, Entries, Gibibytes, Milliseconds, Threads,
    models::comma_separated,
};
use crate::{access::TrustedProxies, hosts::HostNames, telemetry::LogFormat};

/// What may be said; whatever is not said has a default.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServeOptions {
    /// TOML file that holds any of the other options, such as `listen = "0.0.0.0:3000"`
    #[arg(long, env = "VIGIE_CONFIG", value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,

    /// Address to listen on [default: 127.0.0.1:3000]
    #[arg(long, env = "VIGIE_LISTEN", value_name = "HOST:PORT")]
    pub listen: Option<SocketAddr>,

    /// Port to listen on, instead of that of --listen; the variable yields to a --listen flag
    #[arg(long, env = "PORT")]
    pub port: Option<u16>,

    /// Host names to answer to besides localhost, such as `vigie.example,10.0.0.7`
    /// [default: none on a loopback address, any on others]
    #[arg(long, env = "VIGIE_ALLOWED_HOSTS", value_name = "NAMES")]
    pub allowed_hosts: Option<HostNames>,

    /// sqlite://PATH or postgres://USER@HOST/NAME [default: sqlite://vigie.db in the working directory]
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,

    /// Folder of a model's bundle; several, with commas or by repeating it, each read the texts of their languages
    /// and the first all others [default: models/bilstm in the working directory, else beside the executable, with
    /// the BiLSTMs beside it for other languages]
    #[arg(long, env = "VIGIE_MODEL", value_name = "DIR", value_delimiter = ',')]
    #[serde(deserialize_with = "comma_separated")]
    pub model: Option<Vec<PathBuf>>,

    /// Where to download the first bundle from when its folder lacks files: https, gs, s3 or file
    #[arg(long, env = "VIGIE_MODEL_URL", hide_env_values = true, value_name = "URL")]
    pub model_url: Option<String>,

    /// Folder of the page's files [default: LEPTOS_SITE_ROOT, else `site` beside the executable or beside its folder]
    #[arg(long, env = "VIGIE_SITE", value_name = "DIR")]
    pub site: Option<PathBuf>,

    /// Erase texts that are older than this; verdicts and feedback stay [default: never]
    #[arg(long, env = "VIGIE_TEXT_RETENTION_DAYS", value_name = "DAYS")]
    pub text_retention_days: Option<Days>,

    /// Folder of uploaded files and what was read of them; one service at a time uses it
    /// [default: vigie-files beside the SQLite database, else in the working directory]
    #[arg(long, env = "VIGIE_FILES_DIR", value_name = "DIR")]
    pub files_dir: Option<PathBuf>,

    /// Room that all files may take together, in GiB [default: 20]
    #[arg(long, env = "VIGIE_FILES_QUOTA_GIB", value_name = "GIB")]
    pub files_quota_gib: Option<Gibibytes>,

    /// Delete files this long after their upload [default: 30]
    #[arg(long, env = "VIGIE_FILES_RETENTION_DAYS", value_name = "DAYS")]
    pub files_retention_days: Option<Days>,

    /// Where people find this service, for the links in messages, such as `https://vigie.example`
    /// [default: http:// and the address that it listens on]
    #[arg(long, env = "VIGIE_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,

    /// Let everybody look around and try texts, and change nothing, without an account
    #[arg(long, env = "VIGIE_DEMO", value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    pub demo: Option<bool>,

    /// Name of the admin who is made, with a link to choose a password that is printed, when there is no account yet
    #[arg(long, env = "VIGIE_FIRST_ADMIN", value_name = "NAME")]
    pub first_admin: Option<String>,

    /// Networks of proxies that are believed about whom they ask for, such as `10.0.0.0/8,127.0.0.1` [default: none]
    #[arg(long, env = "VIGIE_TRUSTED_PROXIES", value_name = "NETWORKS")]
    pub trusted_proxies: Option<TrustedProxies>,

    /// Requests that one account, or one address without one, may send in a minute; 0 for any number. Whoever sits at a machine
    /// without accounts is not counted [default: 1200]
    #[arg(long, env = "VIGIE_REQUESTS_PER_MINUTE", value_name = "N")]
    pub requests_per_minute: Option<Entries>,

    /// Server that takes mails about incidents: smtps://USER:PASSWORD@HOST, smtp://HOST, or smtp://…?tls=required
    /// [default: no mails are sent]
    #[arg(long, env = "VIGIE_SMTP_URL", hide_env_values = true, value_name = "URL")]
    pub smtp_url: Option<String>,

    /// Whom mails are from [default: vigie@localhost]
    #[arg(long, env = "VIGIE_SMTP_FROM", value_name = "ADDRESS")]
    pub smtp_from: Option<String>,

    /// Follow Bluesky through this Jetstream server, such as
    /// `wss://jetstream2.us-east.bsky.network/subscribe` [default: it is not followed]
    #[arg(long, env = "VIGIE_BLUESKY", hide_env_values = true, value_name = "URL")]
    pub bluesky: Option<String>,

    /// Follow X's filtered stream with this bearer token; better by the variable or a file, which others cannot read
    /// [default: it is not followed]
    #[arg(long, env = "VIGIE_X_BEARER_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    pub x_bearer_token: Option<String>,

    /// Tweets that X may give in a calendar month, for each is paid for [default: 10000]
    #[arg(long, env = "VIGIE_X_MONTHLY_READS", value_name = "N")]
    pub x_monthly_reads: Option<Entries>,

    /// Where X's interface is [default: https://api.x.com]
    #[arg(long, env = "VIGIE_X_URL", hide_env_values = true, value_name = "URL")]
    pub x_url: Option<String>,

    /// Largest body of a request, in bytes [default: 65536]
    #[arg(long, env = "VIGIE_BODY_LIMIT_BYTES", value_name = "BYTES")]
    pub body_limit_bytes: Option<Bytes>,

    /// Most requests at a time; further ones are answered 429 [default: 512]
    #[arg(long, env = "VIGIE_REQUESTS_IN_FLIGHT", value_name = "N")]
    pub requests_in_flight: Option<Count>,

    /// Most texts in the model's queue; further ones are answered 429 [default: 256]
    #[arg(long, env = "VIGIE_ANALYSES_IN_FLIGHT", value_name = "N")]
    pub analyses_in_flight: Option<Count>,

    /// Threads that read texts; all share the models [default: 1]
    #[arg(long, env = "VIGIE_MODEL_THREADS", value_name = "N")]
    pub model_threads: Option<Threads>,

    /// Cores that these threads run on, such as `2,3` (Linux) [default: any]
    #[arg(long, env = "VIGIE_MODEL_CORES", value_name = "CORES")]
    pub model_cores: Option<CoreNumbers>,

    /// Most verdicts kept for texts that come again, half a kilobyte each; 0 keeps none [default: 16384]
    #[arg(long, env = "VIGIE_CACHE_ENTRIES", value_name = "N")]
    pub cache_entries: Option<Entries>,

    /// An answer that takes longer is given up, in milliseconds [default: 10000]
    #[arg(long, env = "VIGIE_REQUEST_TIMEOUT_MS", value_name = "MS")]
    pub request_timeout_ms: Option<Milliseconds>,

    /// A client that pauses longer within a request is cut off, in milliseconds [default: 10000]
    #[arg(long, env = "VIGIE_READ_TIMEOUT_MS", value_name = "MS")]
    pub read_timeout_ms: Option<Milliseconds>,

    /// Most connections at a time; further ones wait to be accepted [default: 4096]
    #[arg(long, env = "VIGIE_CONNECTIONS", value_name = "N")]
    pub connections: Option<Count>,

    /// A client that leaves an answer unread for longer is cut off, in milliseconds [default: 10000]
    #[arg(long, env = "VIGIE_WRITE_TIMEOUT_MS", value_name = "MS")]
    pub write_timeout_ms: Option<Milliseconds>,

    /// How long requests in flight may go on after SIGTERM, in milliseconds [default: 10000]
    #[arg(long, env = "VIGIE_SHUTDOWN_TIMEOUT_MS", value_name = "MS")]
    pub shutdown_timeout_ms: Option<Milliseconds>,

    /// Address at which Prometheus finds what is counted, under /metrics, such as `127.0.0.1:9464` [default: none]
    #[arg(long, env = "VIGIE_METRICS_LISTEN", value_name = "HOST:PORT")]
    pub metrics_listen: Option<SocketAddr>,

    /// What to log, such as `warn` or `info,vigie=debug` [default: info]
    #[arg(long, env = "VIGIE_LOG", value_name = "FILTER")]
    pub log: Option<String>,

    /// How to log [default: plain]
    #[arg(long, env = "VIGIE_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,
}
