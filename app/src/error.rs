//! Why a server function could not do what it was asked: codes that are safe to show.
//!
//! The page says them in the reader's language (`messages`); the cause goes to the log.

use domain::{Note, Query, QueryError, Tweet, TweetError, WatchName};
use leptos::server_fn::{
    Bytes, Decodes,
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

use crate::{
    access_trouble::AccessTrouble, channel_trouble::ChannelTrouble, file_trouble::FileTrouble,
    review_trouble::ReviewTrouble,
};

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
    /// No watch has this id.
    #[error("there is no such watch: choose one from the list")]
    UnknownWatch,
    /// No incident has this id.
    #[error("there is no such incident: reload the page")]
    UnknownIncident,
    /// No name of a watch.
    #[error("the name of a watch has 1 to {max} characters", max = WatchName::MOST_CHARS)]
    WatchName,
    /// Another watch has the name.
    #[error("another watch has this name: choose another one")]
    WatchNameTaken,
    /// As many watches as there can be.
    #[error("there are as many watches as one service follows: remove one first")]
    TooManyWatches,
    /// More than [`Query::MOST_CHARS`] characters.
    #[error("the query has {chars} characters: shorten it to {max}", max = Query::MOST_CHARS)]
    QueryTooLong {
        /// How many characters it has.
        chars: usize,
    },
    /// A quote without its end.
    #[error("a quote in the query is not closed: add the second one")]
    OpenQuote,
    /// A query that any tweet would fit.
    #[error("the query asks for nothing: write a word that is not excluded, such as @united")]
    NothingAsked,
    /// Words that are no note and no name.
    #[error("the field is empty or too long: write 1 to {max} characters", max = Note::MOST_CHARS)]
    Note,
    /// Something with a file.
    #[error(transparent)]
    Files(FileTrouble),
    /// Something with review.
    #[error(transparent)]
    Review(ReviewTrouble),
    /// Something with a channel or the rules of a watch.
    #[error(transparent)]
    Channels(ChannelTrouble),
    /// Something with logins, accounts or keys.
    #[error(transparent)]
    Access(AccessTrouble),
    /// Nobody is logged in.
    #[error("nobody is logged in: reload the page to log in")]
    NoLogin,
    /// Whoever asks may not do this.
    #[error("your account may not do this: ask an admin")]
    NotAllowed,
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

impl From<QueryError> for ApiError {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::TooLong { chars } => Self::QueryTooLong { chars },
            QueryError::OpenQuote => Self::OpenQuote,
            QueryError::NothingAsked => Self::NothingAsked,
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
            401 => Self::NoLogin,
            403 => Self::NotAllowed,
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
