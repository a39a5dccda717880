//! A run that is sent while it goes on, by a thread that its work never waits for.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, channel, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Error, Result};

use super::{Account, Server, Status, account, send};

/// Time between two sendings, at least.
const SEND_EVERY: Duration = Duration::from_secs(5);
/// How long a server that has failed is left alone.
const PAUSE: Duration = Duration::from_secs(30);
/// How long the end of a run waits for what is still being sent.
const END_LIMIT: Duration = Duration::from_secs(10);

/// Whether the end of a run has waited in vain: no later one does.
static HAS_WAITED: AtomicBool = AtomicBool::new(false);

/// Sends a run again and again, if there is a server.
pub struct Tracker(Option<Sending>);

struct Sending {
    nudges: SyncSender<()>,
    ended: Receiver<()>,
    last: Instant,
    trouble: Arc<Trouble>,
}

/// What is said once of a run, by whoever meets it first.
struct Trouble {
    folder: PathBuf,
    is_said: AtomicBool,
}

/// Does `work`, which is the run in `folder`, and keeps account of it. The run has ended when
/// `work` gives something; nothing means that it may go on another time.
///
/// # Errors
/// Those of `work`; or if the account cannot be written. Never because of a server.
pub fn tracked<T>(
    folder: &Path,
    account: Account,
    work: impl FnOnce(&mut Tracker) -> Result<Option<T>>,
) -> Result<Option<T>> {
    account.begin(folder)?;
    let mut tracker = Tracker::start(folder);
    let outcome = work(&mut tracker);
    let status = match &outcome {
        Ok(Some(_)) => Status::Finished,
        Ok(None) => Status::Killed,
        Err(_) => Status::Failed,
    };
    let ended = Account::end(folder, status);
    tracker.finish();
    // Why the work failed is of more use than that it could not be written down.
    let outcome = outcome?;
    ended?;
    Ok(outcome)
}

/// Sends the run in `folder` now, if there are a server and a run; says it if that fails.
pub fn send_if_tracked(folder: &Path) {
    if folder.join(Account::FILE).exists()
        && let Some(server) = server()
        && let Err(error) = send(folder, &server)
    {
        Trouble::new(folder).say(&error);
    }
}

impl Tracker {
    /// Begins to send the run in `folder` to the server of the environment, if there is one.
    #[must_use]
    pub fn start(folder: &Path) -> Self {
        let Some(server) = server() else {
            return Self(None);
        };
        let (nudges, nudged) = sync_channel(1);
        let (end, ended) = channel();
        let trouble = Arc::new(Trouble::new(folder));
        let of_thread = Arc::clone(&trouble);
        thread::spawn(move || {
            send_until_the_end(&server, &nudged, &of_thread);
            // Nobody may be listening any more.
            end.send(()).ok();
        });
        let sending = Sending { nudges, ended, last: Instant::now(), trouble };
        sending.nudge();
        Self(Some(sending))
    }

    /// Says that there is something new in the folder. Never waits.
    pub fn nudge(&mut self) {
        if let Some(sending) = &mut self.0
            && sending.last.elapsed() >= SEND_EVERY
        {
            sending.last = Instant::now();
            sending.nudge();
        }
    }

    /// Lets the rest be sent, and waits for it for ten seconds at most.
    fn finish(self) {
        let Some(Sending { nudges, ended, trouble, .. }) = self.0 else {
            return;
        };
        drop(nudges);
        let has_waited = HAS_WAITED.load(Ordering::Relaxed);
        let limit = if has_waited { Duration::ZERO } else { END_LIMIT };
        if ended.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
            HAS_WAITED.store(true, Ordering::Relaxed);
            trouble.say(&Error::msg("the tracking server is slow"));
        }
    }
}

impl Sending {
    fn nudge(&self) {
        // A nudge that waits already is as good as two.
        let _ = self.nudges.try_send(());
    }
}

impl Trouble {
    fn new(folder: &Path) -> Self {
        // Of a child its parent speaks.
        let is_said = AtomicBool::new(account::parent(folder).is_some());
        Self { folder: folder.to_owned(), is_said }
    }

    fn say(&self, error: &Error) {
        if !self.is_said.swap(true, Ordering::Relaxed) {
            let folder = self.folder.display();
            say(&format!(
                "{error:#}. Nothing is lost: all is in {folder}; what the server lacks is sent by `vigie-train track {folder}`."
            ));
        }
    }
}

/// Sends at every nudge, and once more when no further one can come.
fn send_until_the_end(server: &Server, nudged: &Receiver<()>, trouble: &Trouble) {
    let attempt = || {
        let outcome = send(&trouble.folder, server);
        outcome.err().map(|error| {
            trouble.say(&error);
            Instant::now()
        })
    };
    let mut failed_at: Option<Instant> = None;
    while nudged.recv().is_ok() {
        if failed_at.is_none_or(|at| at.elapsed() >= PAUSE) {
            failed_at = attempt();
        }
    }
    attempt();
}

/// The server of the environment; one whose address is none is said and left alone.
fn server() -> Option<Server> {
    Server::from_environment().unwrap_or_else(|error| {
        say(&format!("Nothing is tracked: {error}."));
        None
    })
}

#[expect(clippy::print_stderr, reason = "a word to who sits at the terminal")]
fn say(sentence: &str) {
    eprintln!("{sentence}");
}
