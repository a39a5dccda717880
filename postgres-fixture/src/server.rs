//! The server: made once, started, stopped and killed as often as a test likes.

use std::{
    fs,
    hash::{BuildHasher, RandomState},
    net::{Ipv4Addr, TcpListener},
    ops::RangeInclusive,
    path::{Path, PathBuf},
    process::{self, Command, Output},
    sync::{
        Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicU32, Ordering},
        mpsc::RecvTimeoutError,
    },
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{FixtureError, account::Account, binaries, keeper::Keeper};

const START_LIMIT: Duration = Duration::from_secs(60);
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// Below those that systems lend to clients, so that nobody gets ours while the server is stopped.
const PORTS: RangeInclusive<u16> = 20_000..=31_999;
/// How many ports are tried before we give up.
const PORT_ATTEMPTS: u32 = 20;

/// What the server writes if its port is taken.
const ADDRESS_IN_USE: &str = "Address already in use";

/// A private PostgreSQL server; it stops when this is dropped or the process ends.
#[derive(Debug)]
pub struct PostgresServer {
    programs: PathBuf,
    account: Account,
    port: u16,
    keeper: Mutex<Option<Keeper>>,
    databases: AtomicU32,
    // Last, so that it goes after the server.
    folder: TempDir,
}

impl PostgresServer {
    /// Makes the files of a server and starts it.
    ///
    /// # Errors
    /// See [`FixtureError`].
    pub fn new() -> Result<Self, FixtureError> {
        let programs = binaries::folder()?;
        let folder = tempfile::Builder::new().prefix("vigie-postgres-").tempdir()?;
        let account = Account::choose(folder.path())?;
        account.own(folder.path())?;
        let initdb = programs.join("initdb");
        let mut command = account.command(&initdb);
        command
            .args(["--auth=trust", "--username=vigie", "--encoding=UTF8", "--locale=C"])
            // Of the empty database only; the server itself syncs.
            .arg("--no-sync")
            .arg("-D")
            .arg(folder.path().join("data"))
            .current_dir(folder.path());
        successful(&initdb, command.output()?)?;
        let mut server = Self {
            programs,
            account,
            port: free_port()?,
            keeper: Mutex::new(None),
            databases: AtomicU32::new(0),
            folder,
        };
        for _ in 0..PORT_ATTEMPTS {
            match server.run()? {
                Start::Answers => return Ok(server),
                // Between our look and its start somebody else took the port.
                Start::EndedEarly(log) if log.contains(ADDRESS_IN_USE) => {
                    server.port = free_port()?;
                }
                Start::EndedEarly(log) => return Err(FixtureError::EndedEarly { log }),
            }
        }
        Err(FixtureError::NoPort)
    }

    /// One server for all tests of the program that do not stop it.
    ///
    /// # Errors
    /// See [`FixtureError`].
    pub fn shared() -> Result<&'static Self, FixtureError> {
        static SERVER: OnceLock<PostgresServer> = OnceLock::new();
        static MAKING: Mutex<()> = Mutex::new(());
        let _making = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
        match SERVER.get() {
            Some(server) => Ok(server),
            None => {
                let server = Self::new()?;
                Ok(SERVER.get_or_init(|| server))
            }
        }
    }

    /// The address of the database that every server has.
    #[must_use]
    pub fn url(&self) -> String {
        self.url_of("postgres")
    }

    /// Makes an empty database and answers its address.
    ///
    /// # Errors
    /// If the server is stopped.
    pub fn create_database(&self) -> Result<String, FixtureError> {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.sql(&self.url(), &format!("CREATE DATABASE {name}"))?;
        Ok(self.url_of(&name))
    }

    /// Runs `statement` on the database at `url` and answers what `psql` prints, without headings.
    ///
    /// # Errors
    /// If the server is stopped or refuses the statement.
    pub fn sql(&self, url: &str, statement: &str) -> Result<String, FixtureError> {
        let psql = self.programs.join("psql");
        let mut command = Command::new(&psql);
        command.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]);
        command.args(["--set=ON_ERROR_STOP=1", "--command", statement, url]);
        Ok(successful(&psql, command.output()?)?.trim().to_owned())
    }

    /// Starts the server, if it is not running, and waits until it answers.
    ///
    /// # Errors
    /// If it does not start.
    pub fn start(&self) -> Result<(), FixtureError> {
        if self.keeper().is_some() {
            return Ok(());
        }
        let begin = Instant::now();
        loop {
            match self.run()? {
                Start::Answers => return Ok(()),
                // After a kill the orphans of the old server hold its memory until they notice,
                // and the new one refuses to start beside them.
                Start::EndedEarly(_) if begin.elapsed() < START_LIMIT => {
                    thread::sleep(BETWEEN_LOOKS);
                }
                Start::EndedEarly(log) => return Err(FixtureError::EndedEarly { log }),
            }
        }
    }

    /// Runs the server, and waits until it answers or ends.
    fn run(&self) -> Result<Start, FixtureError> {
        let said_before = self.log().len();
        let shell = self.account.command("/bin/sh");
        let postgres = self.programs.join("postgres");
        let (keeper, ended) = Keeper::start(shell, &postgres, &self.data(), self.port)?;
        *self.keeper() = Some(keeper);
        let begin = Instant::now();
        while begin.elapsed() < START_LIMIT {
            if self.answers() {
                return Ok(Start::Answers);
            }
            if ended.recv_timeout(BETWEEN_LOOKS) != Err(RecvTimeoutError::Timeout) {
                self.stop()?;
                let log = self.log();
                return Ok(Start::EndedEarly(
                    log.get(said_before..).unwrap_or_default().to_owned(),
                ));
            }
        }
        Err(FixtureError::NotStarted { seconds: START_LIMIT.as_secs(), log: self.log() })
    }

    /// Whether this server answers, and not another one that took its port.
    fn answers(&self) -> bool {
        let folder = self.sql(&self.url(), "SHOW data_directory");
        folder.is_ok_and(|folder| Path::new(&folder) == self.data())
    }

    fn log(&self) -> String {
        fs::read_to_string(self.data().with_extension("log")).unwrap_or_default()
    }

    /// Stops the server as an operator does: its clients are disconnected, nothing is lost.
    ///
    /// # Errors
    /// If the system does not let us.
    pub fn stop(&self) -> Result<(), FixtureError> {
        match self.keeper().take() {
            Some(keeper) => Ok(keeper.stop()?),
            None => Ok(()),
        }
    }

    /// Kills the server with SIGKILL, as a crash or the kernel does.
    ///
    /// # Errors
    /// If it is not running, or the system does not let us.
    pub fn kill(&self) -> Result<(), FixtureError> {
        let lines = fs::read_to_string(self.data().join("postmaster.pid"))?;
        let process = lines.lines().next().unwrap_or_default();
        let kill = Path::new("kill");
        successful(kill, Command::new(kill).args(["-KILL", process]).output()?)?;
        self.stop()
    }

    fn url_of(&self, database: &str) -> String {
        format!("postgres://vigie@127.0.0.1:{}/{database}", self.port)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn keeper(&self) -> MutexGuard<'_, Option<Keeper>> {
        self.keeper.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        // Nobody is left to tell; the keeper stops the server in any case.
        drop(self.stop());
    }
}

/// How a start went.
enum Start {
    Answers,
    /// What the server wrote before it ended.
    EndedEarly(String),
}

/// A port that is free now.
fn free_port() -> Result<u16, FixtureError> {
    // Where the search begins differs between programs that start at the same time.
    let seed = RandomState::new().hash_one(process::id());
    let width = u64::from(PORTS.end() - PORTS.start());
    let first = PORTS.start() + u16::try_from(seed % width).unwrap_or_default();
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    let mut ports = (first..=*PORTS.end()).chain(*PORTS.start()..first);
    ports.find(is_free).ok_or(FixtureError::NoPort)
}

fn successful(program: &Path, output: Output) -> Result<String, FixtureError> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() {
        return Ok(text(&output.stdout));
    }
    let output = text(&output.stderr) + &text(&output.stdout);
    Err(FixtureError::Program { program: program.to_owned(), output })
}
