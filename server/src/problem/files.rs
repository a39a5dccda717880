//! What can go wrong with files.

use std::error::Error;

use axum::http::StatusCode;
use engine::files::FilesError;
use tower_http::timeout::TimeoutError;

use super::{Problem, chain, sentence};

impl Problem {
    /// The form holds no file: 400.
    #[must_use]
    pub fn no_form() -> Self {
        Self::unreadable("The form holds no file: choose one and send the form again.")
    }

    /// A body that did not come to its end: 408 if it paused, else 400.
    #[must_use]
    pub fn broken_off(error: &(dyn Error + 'static)) -> Self {
        let mut causes = std::iter::successors(Some(error), |&error| error.source());
        if causes.any(<dyn Error>::is::<TimeoutError>) {
            Self::body_timeout()
        } else {
            Self::broken_body()
        }
    }
}

impl From<FilesError> for Problem {
    /// Logs the cause where it is ours, once: here.
    fn from(error: FilesError) -> Self {
        let (status, slug, title) = match &error {
            FilesError::Off => (StatusCode::SERVICE_UNAVAILABLE, "no-files", "No files"),
            FilesError::Unknown => (StatusCode::NOT_FOUND, "no-such-file", "No such file"),
            FilesError::QuotaFull { .. } => {
                (StatusCode::INSUFFICIENT_STORAGE, "quota", "No room for files")
            }
            FilesError::WrongOffset { .. } => (StatusCode::CONFLICT, "offset", "Wrong offset"),
            FilesError::TooManyBytes => {
                (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Body too large")
            }
            FilesError::Busy | FilesError::NotNow => (StatusCode::CONFLICT, "not-now", "Not now"),
            FilesError::NoSuchColumn | FilesError::NoPlace | FilesError::Problem(_) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "unacceptable-file", "Unacceptable file")
            }
            FilesError::Disk(_) => {
                tracing::error!(cause = %chain(&error), "the files failed");
                (StatusCode::SERVICE_UNAVAILABLE, "disk", "Disk failed")
            }
        };
        Self::new(status, slug, title, sentence(&error))
    }
}
