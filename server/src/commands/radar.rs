//! `vigie radar`: incidents in a stream of tweets.

use std::{io::IsTerminal, path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Args;
use server::{
    config::ModelFolders,
    predict::PredictError,
    radar::{self, Summary},
};

use super::files::{self, is_stream, progress};

/// The exit code of `--strict` when a line holds no tweet.
const BAD_LINES: u8 = 3;

/// Which stream to watch and where to write what is found.
#[derive(Args)]
pub struct RadarArgs {
    /// Tweets to read, one JSON object a line with `at`, `watch`, `author`, `text` and, where they are known, `label`
    /// and `reason`; also compressed (.gz); - is standard input
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    input: PathBuf,

    /// File to write, one incident a line, compressed if its name ends in .gz; - is standard output
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    output: PathBuf,

    /// Folder of a model's bundle, for tweets without a label or reason; several as for `predict` [default: as there]
    #[arg(long, env = "VIGIE_MODEL", value_name = "DIR", value_delimiter = ',')]
    model: Vec<PathBuf>,

    /// Exit with 3 if a line holds no tweet
    #[arg(long)]
    strict: bool,
}

/// Watches what `args` say.
pub fn run(args: &RadarArgs) -> anyhow::Result<ExitCode> {
    if is_stream(&args.input) && std::io::stdin().is_terminal() {
        anyhow::bail!("give --input FILE, or tweets on standard input");
    }
    let folders = ModelFolders::new(args.model.clone());
    let models = || {
        folders.read().with_context(|| {
            format!(
                "no model can be loaded from {folders}: give --model DIR, or a label in every tweet"
            )
        })
    };
    let progress = progress();
    let input = files::input(&args.input, &progress)?;
    let output = files::output(&args.output)?;
    let done = radar::run(models, input, output, &progress);
    progress.finish_and_clear();
    let summary = match done {
        Ok(summary) => summary,
        // A reader that has seen enough, such as `head`, is no error.
        Err(error) if matches!(error.downcast_ref(), Some(PredictError::ReaderGone)) => {
            return Ok(ExitCode::SUCCESS);
        }
        Err(error) => return Err(error),
    };
    report(&summary);
    if summary.tweets == 0 && summary.bad_lines > 0 {
        anyhow::bail!("none of the {} lines holds a tweet; nothing was written", summary.bad_lines);
    }
    let is_short = args.strict && summary.bad_lines > 0;
    Ok(if is_short { ExitCode::from(BAD_LINES) } else { ExitCode::SUCCESS })
}

fn report(summary: &Summary) {
    let Summary { tweets, bad, bad_lines, too_late, strays, incidents } = summary;
    for (line, reason) in bad {
        eprintln!("line {line}: {reason}");
    }
    let untold = bad_lines - bad.len() as u64;
    if untold > 0 {
        eprintln!("and {untold} more lines that hold no tweet");
    }
    if *too_late > 0 {
        eprintln!(
            "{too_late} tweets came over 6 hours after newer ones and were left out: sort the file by `at`"
        );
    }
    if *strays > 0 {
        eprintln!("{strays} tweets are of a time that no others reach, and were left out");
    }
    if std::io::stderr().is_terminal() {
        eprintln!("{tweets} tweets, {incidents} incidents");
    }
}
