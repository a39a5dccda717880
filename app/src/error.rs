//! Why a server function could not do what it was asked: codes that are safe to show.
//!
//! The page says them in the reader's language (`messages`); the cause goes to the log.

use domain::{Tweet, TweetError};
use leptos::server_fn::{
    Bytes, Decodes,
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

use crate::file_view::FileTrouble;

/// What the page can tell its reader when something failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ApiError {
    /// No text at all.
    #[error("the text is empty: write 1 to {max} characters", max = Tweet::MAX_CHARS)]
    Empty,
    /// Nothing visible in the text.
    #[error("the text is blank: write at least one visible character")]
    Blank,
    /// More than [`Tweet::MAX_CHARS`] characters.
    #[error("the text has {chars} characters: shorten it to {max}", max = Tweet::MAX_CHARS)]
    TooLong {
        /// How many characters it has.
        chars: usize,
    },
    /// A NUL character.
    #[error("the text holds a NUL character: remove it")]
    Nul,
    /// No analysis has this id.
    #[error("there is no such analysis: choose one from the history")]
    UnknownAnalysis,
    /// Something with a file.
    #[error(transparent)]
    Files(FileTrouble),
    /// Arguments that cannot be read.
    #[error("the request cannot be read: reload the page and try again")]
    Unreadable,
    /// Too many analyses at once.
    #[error("the service is busy: try again in a second")]
    Busy,
    /// The database does not answer; nothing was stored.
    #[error("the database cannot be reached, nothing was stored: try again in a moment")]
    StoreUnavailable,
    /// The service is going down.
    #[error("the service is restarting: try again in a moment")]
    ShuttingDown,
    /// The request got no readable answer; only the browser says this.
    #[error("the service does not answer: check the connection and try again")]
    Unreachable,
    /// Something that the reader cannot change.
    #[error("something went wrong, its cause is in the service's log: try again")]
    Internal,
}

impl From<TweetError> for ApiError {
    fn from(error: TweetError) -> Self {
        match error {
            TweetError::Empty => Self::Empty,
            TweetError::Blank => Self::Blank,
            TweetError::TooLong { chars } => Self::TooLong { chars },
            TweetError::Nul => Self::Nul,
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::Unreadable,
            // An answer that is not ours was written by something between the page and the service.
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Unreachable
            }
            _ => Self::Internal,
        }
    }

    fn de(answer: Bytes) -> Self {
        let ours = JsonEncoding::decode(answer.clone());
        ours.or_else(|_| JsonEncoding::decode(answer).map(Refused::into))
            .unwrap_or(Self::Unreachable)
    }
}

/// The problem details of a request that was refused before it reached a server function.
#[derive(Deserialize)]
struct Refused {
    status: u16,
}

impl From<Refused> for ApiError {
    fn from(Refused { status }: Refused) -> Self {
        match status {
            429 => Self::Busy,
            503 | 504 => Self::ShuttingDown,
            400..500 => Self::Unreadable,
            _ => Self::Internal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(answer: &'static str) -> ApiError {
        ApiError::de(Bytes::from_static(answer.as_bytes()))
    }

    #[test]
    fn an_answer_of_ours_is_read_as_it_was_meant() {
        let error = ApiError::TooLong { chars: 501 };
        assert_eq!(ApiError::de(error.ser()), error);
    }

    #[test]
    fn a_refusal_on_the_way_is_read_by_its_status() {
        assert_eq!(read(r#"{"type":"about:blank","status":429,"title":"Busy"}"#), ApiError::Busy);
        assert_eq!(read(r#"{"status":413}"#), ApiError::Unreadable);
        assert_eq!(read("<html>a proxy's page</html>"), ApiError::Unreachable);
    }
}
