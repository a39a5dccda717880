//! Files that commands read and write; `-` is a standard stream.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use server::predict::{self, Input, Output, PredictError};

/// What is read, while `progress` counts its bytes.
pub fn input(path: &Path, progress: &ProgressBar) -> Result<Input, PredictError> {
    if is_stream(path) {
        Input::new(io::stdin()).map_err(PredictError::Read)
    } else {
        predict::open(path, progress)
    }
}

/// What is written. If the run is interrupted no unfinished file stays behind.
pub fn output(path: &Path) -> anyhow::Result<Output> {
    let output = if is_stream(path) {
        Output::stream(io::stdout())
    } else {
        Output::file(path).with_context(|| format!("{} cannot be written", path.display()))?
    };
    remove_when_interrupted(output.pending_path().map(Path::to_owned))?;
    Ok(output)
}

pub fn is_stream(path: &Path) -> bool {
    path == Path::new("-")
}

/// On standard error, and only if that is a terminal.
pub fn progress() -> ProgressBar {
    let progress = ProgressBar::no_length();
    let template = "{spinner} {msg} {bar:30} {bytes}/{total_bytes}, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        progress.set_style(style);
    }
    progress.enable_steady_tick(Duration::from_millis(200));
    progress
}

/// An interrupted run leaves no unfinished file behind.
fn remove_when_interrupted(pending: Option<PathBuf>) -> anyhow::Result<()> {
    let Some(pending) = pending else { return Ok(()) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let stop = runtime.block_on(async { server::shutdown::on_signal() })?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        runtime.block_on(stop.cancelled());
        drop(std::fs::remove_file(pending));
        std::process::exit(130);
    })?;
    Ok(())
}
