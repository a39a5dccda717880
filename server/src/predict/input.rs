//! The file that rows come from.

use std::{fs::File, path::Path};

use indicatif::ProgressBar;
use tables::Input;

use super::PredictError;

/// The file at `path`; `progress` counts the bytes that are read of it.
///
/// # Errors
/// If it cannot be opened or its first bytes cannot be read.
pub fn open(path: &Path, progress: &ProgressBar) -> Result<Input, PredictError> {
    let open = || {
        let file = File::open(path)?;
        progress.set_length(file.metadata()?.len());
        Input::new(progress.wrap_read(file))
    };
    open().map_err(|source| PredictError::Open { path: path.to_owned(), source })
}
