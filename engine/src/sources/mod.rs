//! Where tweets come from by themselves: each source is a connection that is kept, whatever happens, and what comes
//! through it goes the way of all tweets of streams ([`Engine::take_in`]).

mod bluesky;
mod follow;
mod progress;
mod reports;
mod x;

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use domain::{SourceReport, Watch};
use futures::stream::BoxStream;
use tokio::runtime::Handle;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use url::Url;

use crate::{Engine, Incoming, watching::Watching};
use reports::Report;

/// Which sources are followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourcesConfig {
    /// The Jetstream server through which Bluesky is read, such as
    /// `wss://jetstream2.us-east.bsky.network/subscribe`.
    pub bluesky: Option<Url>,
    /// X's filtered stream.
    pub x: Option<XConfig>,
}

/// How X is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XConfig {
    /// Where its interface is, such as `https://api.x.com`.
    pub url: Url,
    /// What proves who asks.
    pub token: Token,
    /// The most tweets that it may give in a calendar month (UTC), for each of them is paid for.
    pub monthly_reads: u64,
}

/// A secret; it is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(pub String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Something that tweets come from by themselves.
#[async_trait]
trait Source: Send {
    /// As its tweets name it.
    fn name(&self) -> &'static str;

    /// The most tweets that may be read in a month.
    fn monthly_reads(&self) -> Option<u64> {
        None
    }

    /// Makes it give what these watches ask for. Called before it is first connected to, and when they change.
    /// Gives what it does not take of that, for who has to mend it.
    async fn ask_for(&mut self, _watches: &[Watch]) -> Result<Option<String>, SourceError> {
        Ok(None)
    }

    /// Connects, to go on where `cursor` says; from now on if it says nothing.
    async fn connect(&mut self, cursor: Option<&str>) -> Result<Connection, SourceError>;
}

/// What comes through a connection, until it breaks.
type Connection = BoxStream<'static, Result<Piece, SourceError>>;

/// One message of a source.
#[derive(Clone, Debug, Default, PartialEq)]
struct Piece {
    /// The tweet in it, if there is one.
    tweet: Option<Incoming>,
    /// Where to go on after it, if the source can be asked for that.
    cursor: Option<String>,
    /// Whether it is none that is understood.
    is_garbled: bool,
}

/// Why a source cannot be followed now. The sentences hold nothing of tweets and no secret.
#[derive(Debug, thiserror::Error)]
enum SourceError {
    #[error("it cannot be reached: {0}")]
    Unreachable(String),
    #[error("it refuses us with {status}{detail}")]
    Refused { status: u16, detail: String },
    #[error("it has closed the connection")]
    Closed,
    #[error("nothing has come for a minute")]
    Silent,
    #[error("it sends more than fits into a message")]
    TooLong,
}

impl SourceError {
    /// Whether asking again soon would only annoy: what it refuses does not change within seconds.
    const fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused { .. })
    }
}

/// All sources that are followed, and how they are doing.
pub(crate) struct Sources(Vec<Arc<Report>>);

impl Sources {
    /// Follows what `config` names until `stop`.
    pub fn start(
        config: SourcesConfig,
        watching: &Arc<Watching>,
        tasks: &TaskTracker,
        runtime: &Handle,
        stop: &CancellationToken,
    ) -> Self {
        crate::use_ring_for_tls();
        let bluesky = config.bluesky.map(|url| Box::new(bluesky::Bluesky::new(url)) as Box<_>);
        let x = config.x.map(|config| Box::new(x::X::new(config)) as Box<dyn Source>);
        let sources: Vec<Box<dyn Source>> = bluesky.into_iter().chain(x).collect();
        let reports = sources.into_iter().map(|source| {
            let report = Arc::new(Report::new(source.name(), source.monthly_reads()));
            let watching = Arc::clone(watching);
            let following = follow::follow(source, watching, Arc::clone(&report), stop.clone());
            tasks.spawn_on(following, runtime);
            report
        });
        Self(reports.collect())
    }
}

impl Engine {
    /// How the sources are doing that tweets come from by themselves.
    #[must_use]
    pub fn sources(&self) -> Vec<SourceReport> {
        self.followed().0.iter().map(|report| report.now()).collect()
    }
}
