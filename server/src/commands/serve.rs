//! `vigie serve`: the page and the REST interface.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc, time::Instant};

use anyhow::Context;
use clap::ArgMatches;
use domain::{AccountName, Role};
use engine::{AccessError, Engine, EngineConfig, NotifyConfig, bundles};
use leptos::config::{LeptosOptions, get_configuration};
use sentiment::ByLanguage;
use server::{
    access,
    config::{ServeOptions, Settings},
    connections::{self, ConnectionLimits},
    descriptors,
    metrics::{Metrics, Traffic},
    router::router,
    shutdown,
    site::Site,
    state::AppState,
    telemetry,
};
use store::ConnectOptions;
use tokio::net::{TcpListener, TcpSocket};

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 4096;

/// Serves until it is told to stop.
pub fn run(options: ServeOptions, matches: &ArgMatches) -> anyhow::Result<ExitCode> {
    let settings = Settings::resolve(options, matches)?;
    telemetry::start(&settings.log, settings.log_format).with_context(|| {
        format!("“{}” is no log filter: write such as `info` or `warn,vigie=debug`", settings.log)
    })?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(serve(settings));
    // A start that was given up may still read the model or ask for an address: nobody waits for that.
    runtime.shutdown_background();
    served.map(|()| ExitCode::SUCCESS)
}

async fn serve(settings: Settings) -> anyhow::Result<()> {
    let stop = shutdown::on_signal()?;
    let socket = reserve(settings.listen)?;
    let address = socket.local_addr()?;
    tracing::info!("starting on http://{address}");
    let metrics = begin_to_count(&settings).await?;
    let site = check_site(settings.site.clone())?;
    let engine = tokio::select! {
        engine = start_engine(&settings, address) => engine?,
        () = stop.cancelled() => {
            tracing::info!("stopped before it was ready");
            return Ok(());
        }
    };
    open_up(&settings, &engine, address).await?;
    let state = AppState {
        engine: engine.clone(),
        limits: settings.limits,
        access: settings.access.clone(),
        rates: settings.rates.clone(),
        traffic: Traffic::default(),
        started: Instant::now(),
        hosts: settings.hosts.clone(),
        leptos: Arc::new(leptos_options(&settings, site.as_ref())?),
        site: Arc::new(Site::new(site)),
        stop: stop.clone(),
    };
    let listener = socket.listen(BACKLOG).with_context(|| cannot_listen(settings.listen))?;
    let models = engine.models().all().iter().map(|released| released.model.id().to_string());
    let models = models.collect::<Vec<_>>().join(", ");
    tracing::info!(models, "ready on http://{address}");
    let metrics = metrics.map(|(metrics, listener)| {
        tokio::spawn(metrics.serve(listener, engine.clone(), stop.clone()))
    });
    connections::serve(listener, router(state), affordable(settings.connections), stop).await;
    engine.shutdown().await;
    if let Some(served) = metrics {
        // Whoever still reads them is not waited for.
        served.abort();
        if let Ok(Err(error)) = served.await {
            tracing::warn!(%error, "Prometheus was not answered to the end");
        }
    }
    tracing::info!("stopped");
    Ok(())
}

/// Counts for Prometheus if that is asked for; an address that is in use is told before the model is loaded.
async fn begin_to_count(settings: &Settings) -> anyhow::Result<Option<(Metrics, TcpListener)>> {
    let Some(address) = settings.metrics_listen else { return Ok(None) };
    let listener = TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen on {address} for Prometheus: is it in use? Give another address with --metrics-listen")
    })?;
    tracing::info!("metrics on http://{}/metrics", listener.local_addr()?);
    Ok(Some((Metrics::begin()?, listener)))
}

/// `limits` with no more connections than the system lets us have.
fn affordable(limits: ConnectionLimits) -> ConnectionLimits {
    let at_a_time = descriptors::make_room_for(limits.at_a_time);
    if at_a_time < limits.at_a_time {
        let wanted = limits.at_a_time;
        tracing::warn!(at_a_time, wanted, "fewer connections: raise the bound on open files");
    }
    ConnectionLimits { at_a_time, ..limits }
}

/// Takes the address without listening yet: one that is in use is told before the model is loaded, and
/// until the service is ready clients are refused at once rather than left to wait.
fn reserve(address: SocketAddr) -> anyhow::Result<TcpSocket> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // Without it, Unix keeps the address of a service that just stopped; on Windows it would share one in use.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address).with_context(|| cannot_listen(address))?;
    Ok(socket)
}

fn cannot_listen(address: SocketAddr) -> String {
    format!("cannot listen on {address}: is it in use? Give another address with --listen")
}

async fn start_engine(settings: &Settings, address: SocketAddr) -> anyhow::Result<Engine> {
    let options = ConnectOptions::default();
    let store = async {
        let store = store::connect(&settings.database_url, &options).await;
        store.context("the database cannot be used")
    };
    let (models, store) = tokio::try_join!(load_models(settings), store)?;
    let defaults = EngineConfig::default();
    let config = EngineConfig {
        max_in_flight: settings.analyses_in_flight,
        model_threads: settings.model_threads,
        model_cores: settings.model_cores.clone(),
        cache_entries: settings.cache_entries,
        text_retention: settings.text_retention,
        files: Some(settings.files.clone()),
        notify: notify(settings, address),
        sources: settings.streams.clone(),
        ..defaults
    };
    Ok(Engine::start(models, store, config)?)
}

/// Without a public address, links lead to where the service listens.
fn notify(settings: &Settings, address: SocketAddr) -> NotifyConfig {
    NotifyConfig { public_url: settings.public_url_or(address), mail: settings.mail.clone() }
}

/// Makes the first admin if that is asked for, and refuses to be open to everybody who reaches it.
async fn open_up(settings: &Settings, engine: &Engine, address: SocketAddr) -> anyhow::Result<()> {
    let access = engine.access();
    if !settings.access.is_loopback && settings.access.proxies.is_empty() {
        tracing::info!(
            "no proxy is trusted: behind one, all its clients count as one (--trusted-proxies)"
        );
    }
    // Who listens to this machine alone does not wait for a database that is away.
    if settings.access.is_loopback && settings.first_admin.is_none() {
        return Ok(());
    }
    let mut has_accounts = access.has_accounts().await.context("accounts cannot be looked up")?;
    if let Some(name) = settings.first_admin.as_deref().filter(|_| !has_accounts) {
        let name = AccountName::parse(name).context("--first-admin (VIGIE_FIRST_ADMIN)")?;
        match access.make_account(name, Role::Admin).await? {
            Ok(made) => {
                let link = access::invitation(engine.public_url(), &made.token);
                let name = made.account.name;
                let noted = access.note_command("account add", &format!("{name} admin")).await;
                // Whoever reads what the service writes at its start can be the first admin: they start it.
                eprintln!("{name} chooses a password here, once, within three days:\n{link}");
                noted?;
            }
            // Another process that starts now was faster.
            Err(AccessError::NameTaken(_)) => {}
            Err(error) => return Err(error.into()),
        }
        has_accounts = true;
    }
    Ok(settings.access.check(address, has_accounts)?)
}

/// There is no service without a model: what cannot be loaded ends the start.
async fn load_models(settings: &Settings) -> anyhow::Result<ByLanguage> {
    let folders = settings.models.clone();
    if let Some(url) = &settings.model_url {
        bundles::download(url, folders.first()).await.context("the model cannot be downloaded")?;
    }
    let loaded = tokio::task::spawn_blocking(move || folders.read()).await?;
    loaded.with_context(|| {
        let folders = &settings.models;
        format!(
            "no model can be loaded from {folders}: give --model DIR, or --model-url to download one"
        )
    })
}

/// A folder that was asked for must be there; without one, the page has no style and no script.
fn check_site(site: Option<PathBuf>) -> anyhow::Result<Option<PathBuf>> {
    match &site {
        Some(folder) if !folder.is_dir() => {
            anyhow::bail!(
                "there is no folder {} with the page's files: give --site DIR",
                folder.display()
            )
        }
        Some(_) => {}
        None => tracing::warn!(
            "the page's files are not found, it will be plain: build them with `cargo xtask build`, or give --site DIR"
        ),
    }
    Ok(site)
}

/// What LEPTOS_ variables say counts, as `cargo leptos watch` sets them; without them, our own names.
fn leptos_options(settings: &Settings, site: Option<&PathBuf>) -> anyhow::Result<LeptosOptions> {
    let mut options = if std::env::var_os("LEPTOS_OUTPUT_NAME").is_some() {
        get_configuration(None)?.leptos_options
    } else {
        LeptosOptions::builder().output_name("vigie").build()
    };
    options.site_addr = settings.listen;
    if let Some(site) = site {
        options.site_root = site.to_string_lossy().into();
    }
    Ok(options)
}
