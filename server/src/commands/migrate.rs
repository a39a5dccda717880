//! `vigie migrate`: the tables without the service, for those who roll out in steps.

use std::process::ExitCode;

use clap::ArgMatches;
use server::{
    config::{ServeOptions, Settings},
    telemetry,
};
use store::ConnectOptions;

/// Brings the tables up to date.
pub fn run(options: ServeOptions, matches: &ArgMatches) -> anyhow::Result<ExitCode> {
    let settings = Settings::resolve(options, matches)?;
    telemetry::start(&settings.log, settings.log_format)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = store::connect(&settings.database_url, &ConnectOptions::default()).await?;
        store.ping().await?;
        store.close().await;
        tracing::info!("the tables are up to date");
        Ok(ExitCode::SUCCESS)
    })
}
