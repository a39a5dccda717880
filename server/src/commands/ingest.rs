//! `vigie ingest`: a file of tweets, sent to a running Vigie as if they came now.

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use clap::Args;
use server::{
    config::Count,
    ingest::{self, Plan, Speed, Summary},
};
use url::Url;

use super::files::{self, is_stream, progress};

/// The exit code of `--strict` when a line holds no tweet that was taken.
const BAD_LINES: u8 = 3;

/// Which tweets to send where, and how fast.
#[derive(Args)]
pub struct IngestArgs {
    /// Tweets, one JSON object a line as for `POST /api/v1/tweets`; also compressed (.gz); - is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    input: PathBuf,

    /// The Vigie that they are sent to
    #[arg(long, env = "VIGIE_URL", value_name = "URL", default_value = "http://127.0.0.1:3000")]
    to: Url,

    /// How fast: `max`, or so many times as fast as they were written, such as `1x` or `60x`
    #[arg(long, value_name = "SPEED", default_value = "max")]
    speed: Speed,

    /// How long to keep trying while Vigie cannot be reached or is busy, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "60")]
    patience: Count,

    /// Exit with 3 if a line holds no tweet that was taken
    #[arg(long)]
    strict: bool,
}

/// Sends what `args` say.
pub fn run(args: &IngestArgs) -> anyhow::Result<ExitCode> {
    if is_stream(&args.input) && io::stdin().is_terminal() {
        anyhow::bail!("give a FILE, or tweets on standard input");
    }
    let progress = progress();
    let input = files::input(&args.input, &progress)?;
    let patience = Duration::from_secs(args.patience.as_usize() as u64);
    let plan = Plan { to: args.to.clone(), speed: args.speed, patience };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (summary, ended) = runtime.block_on(ingest::run(&plan, input, &progress));
    progress.finish_and_clear();
    report(&summary);
    ended?;
    let is_short = args.strict && summary.bad_lines > 0;
    Ok(if is_short { ExitCode::from(BAD_LINES) } else { ExitCode::SUCCESS })
}

fn report(summary: &Summary) {
    let Summary { stored, known, unwatched, bad, bad_lines } = summary;
    for (line, reason) in bad {
        eprintln!("line {line}: {reason}");
    }
    let untold = bad_lines - bad.len() as u64;
    if untold > 0 {
        eprintln!("and {untold} more lines that hold no tweet that was taken");
    }
    let said = format!(
        "{stored} stored, {known} known before, {unwatched} that no watch asks for, {bad_lines} refused"
    );
    // Whoever reads no more of it wants to know no more.
    drop(writeln!(io::stdout(), "{said}"));
}
