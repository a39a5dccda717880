//! The command line of Vigie.

mod commands;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

/// Vigie reads what people tweet about an airline and tells how each tweet feels.
#[derive(Parser)]
#[command(name = "vigie", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the page and the REST interface
    Serve(Box<server::config::ServeOptions>),
    /// Score one text, or every row of a file
    Predict(commands::predict::PredictArgs),
    /// Find incidents in a stream of tweets
    Radar(commands::radar::RadarArgs),
    /// Send a file of tweets to a running Vigie, at once or as fast as they were written
    Ingest(commands::ingest::IngestArgs),
    /// Keep accounts: who may log in, and what they may do
    Account(commands::account::AccountArgs),
    /// Bring the tables of the database up to date and stop
    Migrate(Box<server::config::ServeOptions>),
    /// Write all that the database holds into a file, while the service goes on
    Backup(Box<commands::backup::BackupArgs>),
    /// Fill a database with what such a file holds
    Restore(Box<commands::restore::RestoreArgs>),
    /// Copy one database into another one
    #[command(subcommand)]
    Db(commands::database::DatabaseCommand),
    /// Print the effective settings of `serve`, and where each is from
    Config(Box<server::config::ServeOptions>),
    /// Print the OpenAPI description of the REST interface
    Openapi,
}

fn main() -> ExitCode {
    server::telemetry::log_panics_without_their_message();
    let matches = Cli::command().get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let options = matches.subcommand().map_or(&matches, |(_, options)| options);
    let done = match cli.command {
        Command::Serve(given) => commands::serve::run(*given, options),
        Command::Predict(given) => commands::predict::run(&given),
        Command::Radar(given) => commands::radar::run(&given),
        Command::Ingest(given) => commands::ingest::run(&given),
        Command::Account(given) => commands::account::run(&given, options),
        Command::Migrate(given) => commands::migrate::run(*given, options),
        Command::Backup(given) => commands::backup::run(*given, options),
        Command::Restore(given) => commands::restore::run(*given, options),
        Command::Db(command) => commands::database::run(&command),
        Command::Config(given) => commands::config::run(*given, options),
        Command::Openapi => commands::openapi::run(),
    };
    done.unwrap_or_else(|error| {
        eprintln!("vigie: {error:#}");
        ExitCode::FAILURE
    })
}
