//! `vigie predict`: one text, or every row of a file.

use std::{
    io::{self, IsTerminal, Write},
    num::NonZero,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::Args;
use domain::{Complaint, Label, Prediction, Tweet};
use indicatif::ProgressBar;
use sentiment::{ByLanguage, models::Judged};
use server::{
    config::ModelFolders,
    predict::{self, Format, Input, Named, Output, Plan, PredictError, Summary},
};

use super::files::{self, is_stream, progress};

/// The exit code of `--strict` when a row has no verdict.
const ROWS_WITHOUT_VERDICT: u8 = 3;

/// What to score and where to put it.
#[derive(Args)]
pub struct PredictArgs {
    /// One text to score, instead of a file
    #[arg(conflicts_with_all = ["input", "output", "text_column", "input_format", "strict"])]
    text: Option<String>,

    /// Folder of a model's bundle; several, with commas or by repeating it, each read the texts of their languages
    /// and the first all others [default: models/bilstm in the working directory, else beside the executable, with
    /// the BiLSTMs beside it for other languages]
    #[arg(long, env = "VIGIE_MODEL", value_name = "DIR", value_delimiter = ',')]
    model: Vec<PathBuf>,

    /// File to read, also compressed (.gz); - is standard input
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    input: PathBuf,

    /// File to write, compressed if its name ends in .gz; - is standard output
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    output: PathBuf,

    /// Column that holds the text [default: text, else the only one]
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,

    /// Format of the output, whatever its name [default: as the input]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,

    /// Format of the input [default: from its name]
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<Format>,

    /// Also say what each word adds to the verdict: in the column vigie_words, as JSON; of a single text, which
    /// phrases tell most. About a hundred times the work
    #[arg(long)]
    explain: bool,

    /// Threads that score [default: as many as there are cores]
    #[arg(long, env = "VIGIE_PREDICT_THREADS", value_name = "N")]
    threads: Option<NonZero<usize>>,

    /// Exit with 3 if a row could not be read
    #[arg(long)]
    strict: bool,
}

/// Scores what `args` say.
pub fn run(args: &PredictArgs) -> anyhow::Result<ExitCode> {
    let folders = ModelFolders::new(args.model.clone());
    let models = || {
        folders
            .read()
            .with_context(|| format!("no model can be loaded from {folders}: give --model DIR"))
    };
    match &args.text {
        Some(text) => {
            let tweet = Tweet::parse(text)?;
            one(&models()?, &tweet, args)
        }
        None => file(models, args),
    }
}

/// One text: a line for people, or a row of the format that was asked for.
fn one(models: &ByLanguage, tweet: &Tweet, args: &PredictArgs) -> anyhow::Result<ExitCode> {
    let Some(output_format) = args.format else {
        let judged = models.predict(&[tweet.as_str()])?.pop();
        let Judged { prediction, .. } = judged.context("the model gave no verdict")?;
        let mut said = in_words(&prediction);
        if args.explain {
            let explanation = models.explain(tweet.as_str(), || true)?;
            for phrase in explanation.phrases() {
                let points = 100.0 * phrase.contribution;
                said.push_str(&format!("\n{points:+6.1} %  {}", phrase.of(tweet.as_str())));
            }
        }
        return quietly(writeln!(io::stdout(), "{said}").map_err(PredictError::from));
    };
    let plan = Plan {
        input_format: Format::Jsonl,
        output_format,
        text_column: None,
        explains: args.explain,
        threads: NonZero::<usize>::MIN,
    };
    let row = serde_json::json!({ "text": tweet.as_str() }).to_string();
    let output = Output::stream(io::stdout());
    let input = Input::new(io::Cursor::new(row))?;
    quietly(predict::run(models, &plan, input, output, &ProgressBar::hidden()))
}

fn in_words(prediction: &Prediction) -> String {
    let percent = |share: f32| format!("{:.1} %", 100.0 * share);
    let shares =
        Label::ALL.map(|label| format!("{label} {}", percent(prediction.probabilities.of(label))));
    let known = match prediction.known {
        known if known < Prediction::FEW_KNOWN => {
            format!("only {} of its words are known: do not rely on it", percent(known))
        }
        known => format!("{} of its words are known", percent(known)),
    };
    let (label, confidence) = (prediction.label, percent(prediction.confidence));
    let doubt = if prediction.sure { "" } else { ", not sure" };
    let reason = prediction.complaint.map(|Complaint { reason, confidence }| {
        format!("; reason {reason} {}", percent(confidence))
    });
    let reason = reason.unwrap_or_default();
    format!("{label} {confidence}{doubt} ({}; {known}{reason})", shares.join(", "))
}

fn file(
    models: impl Fn() -> anyhow::Result<ByLanguage>,
    args: &PredictArgs,
) -> anyhow::Result<ExitCode> {
    let plan = plan(args)?;
    let models = models()?;
    let progress = progress();
    let input = files::input(&args.input, &progress)?;
    let output = files::output(&args.output)?;
    let done = predict::run(&models, &plan, input, output, &progress);
    progress.finish_and_clear();
    let summary = match done {
        Ok(summary) => summary,
        Err(error) => return quietly(Err::<(), _>(error)),
    };
    report(summary);
    let told = named(&args.output).filter(|told| *told != plan.output_format);
    if let (Some(told), None) = (told, args.format) {
        let (output, written) = (args.output.display(), plan.output_format);
        eprintln!("{output} holds {written} as the input does; give --format {told} for {told}");
    }
    let is_short = args.strict && summary.without_verdict > 0;
    Ok(if is_short { ExitCode::from(ROWS_WITHOUT_VERDICT) } else { ExitCode::SUCCESS })
}

fn plan(args: &PredictArgs) -> anyhow::Result<Plan> {
    if is_stream(&args.input) && io::stdin().is_terminal() {
        anyhow::bail!("give a text, or --input FILE, or rows on standard input");
    }
    let shown =
        if is_stream(&args.input) { "standard input".into() } else { args.input.to_string_lossy() };
    let input_format = args.input_format.or_else(|| named(&args.input));
    let input_format =
        input_format.ok_or_else(|| PredictError::UnknownFormat(shown.into_owned()))?;
    let output_format = args.format.unwrap_or(input_format);
    let threads = args.threads.unwrap_or_else(Plan::all_cores);
    let text_column = args.text_column.clone();
    Ok(Plan { input_format, output_format, text_column, explains: args.explain, threads })
}

/// The format that the name of a file tells.
fn named(path: &Path) -> Option<Format> {
    if is_stream(path) { None } else { Named::of(path).format }
}

fn report(summary: Summary) {
    let Summary { rows, without_verdict, cut } = summary;
    if io::stderr().is_terminal() || without_verdict > 0 {
        eprintln!("{rows} rows, {without_verdict} of them without a verdict (see vigie_error)");
    }
    if cut > 0 {
        eprintln!(
            "{cut} rows have fields that the first rows lack; they are left out: use --format jsonl to keep them"
        );
    }
}

/// A reader that has seen enough, such as `head`, is no error.
fn quietly<T>(done: Result<T, PredictError>) -> anyhow::Result<ExitCode> {
    match done {
        Ok(_) | Err(PredictError::ReaderGone) => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use domain::Reason;

    use super::*;

    #[test]
    fn doubt_and_reason_are_said_in_words() {
        let late = Complaint { reason: Reason::LateFlight, confidence: 0.6 };
        let verdict = Prediction::new([0.5, 0.25, 0.25].into(), 1.0, None);
        assert_eq!(
            in_words(&verdict.clone().complaining_of(Some(late)).sure_from(0.6)),
            "negative 50.0 %, not sure (negative 50.0 %, neutral 25.0 %, positive 25.0 %; \
             100.0 % of its words are known; reason late_flight 60.0 %)"
        );
        assert!(in_words(&verdict).starts_with("negative 50.0 % (negative"));
    }
}
