//! A running `vigie` for whoever needs one, stopped when it is dropped.

use std::env;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::build;
use crate::workspace::Workspace;

/// The development build takes its time to read the model.
const LONGEST_START: Duration = Duration::from_secs(60);

/// The program on a free port, with an empty database.
pub struct Server {
    child: Child,
    address: SocketAddr,
    log: PathBuf,
    /// Holds the database; removed with the server.
    _folder: TempDir,
}

impl Server {
    /// Starts the build of a profile's folder, and returns when the server says that it is ready.
    ///
    /// # Errors
    /// With its log, when it stops or is not ready in time.
    pub fn start(workspace: &Workspace, profile: &str) -> Result<Self> {
        Self::start_with(workspace, profile, &[])
    }

    /// The same with more arguments of `vigie serve`.
    ///
    /// # Errors
    /// Those of [`Server::start`].
    pub fn start_with(workspace: &Workspace, profile: &str, arguments: &[&str]) -> Result<Self> {
        let folder = tempfile::tempdir().context("cannot make a folder for the database")?;
        let log = workspace.target.join(format!("{profile}-server.log"));
        let address = free_address()?;
        let mut vigie = Command::new(build::binary(workspace, profile));
        for (name, _) in env::vars() {
            // The settings of whoever runs this are not meant.
            if name.starts_with("VIGIE_")
                || name.starts_with("LEPTOS_")
                || name == "DATABASE_URL"
                || name == "PORT"
            {
                vigie.env_remove(name);
            }
        }
        vigie
            // Where the bundled models are found.
            .current_dir(&workspace.root)
            .args(["serve", "--listen", &address.to_string()])
            .args([
                "--database-url",
                &format!("sqlite://{}", folder.path().join("vigie.db").display()),
            ])
            .arg("--site")
            .arg(workspace.site())
            .args(arguments);
        let output =
            File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let child = vigie
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()
            .context("cannot start vigie")?;
        let mut server = Self { child, address, log, _folder: folder };
        let ready = wait_until_ready(&mut server.child, address);
        ready.with_context(|| format!("vigie did not start:\n{}", server.log()))?;
        Ok(server)
    }

    /// Where its pages are.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same as an address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it said so far.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only for a process that has ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A port that was free a moment ago.
pub fn free_address() -> Result<SocketAddr> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?)
}

/// Returns when the service that `child` is says at `address` that it is ready.
///
/// # Errors
/// When it stops or is not ready in time.
pub fn wait_until_ready(child: &mut Child, address: SocketAddr) -> Result<()> {
    let start = Instant::now();
    while !is_ready(address) {
        if let Some(status) = child.try_wait()? {
            bail!("it stopped ({status})");
        }
        if start.elapsed() > LONGEST_START {
            bail!("it was not ready after {} s", LONGEST_START.as_secs());
        }
        // Short, because starts are measured by it.
        thread::sleep(Duration::from_millis(2));
    }
    Ok(())
}

fn is_ready(address: SocketAddr) -> bool {
    ask(address, "/health/ready").is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

/// What the service at `address` answers at `path`.
///
/// # Errors
/// When it does not answer 200.
pub fn get(address: SocketAddr, path: &str) -> Result<String> {
    let answer = ask(address, path)?;
    let (head, body) = answer.split_once("\r\n\r\n").context("the answer broke off")?;
    anyhow::ensure!(head.starts_with("HTTP/1.1 200"), "{head}");
    Ok(body.to_owned())
}

/// What the service at `address` answers to JSON that is sent to `path`.
///
/// # Errors
/// When it refuses it.
pub fn send(address: SocketAddr, method: &str, path: &str, json: &str) -> Result<String> {
    let length = json.len();
    let answer = exchange(
        address,
        &format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{json}"
        ),
    )?;
    let (head, body) = answer.split_once("\r\n\r\n").context("the answer broke off")?;
    anyhow::ensure!(head.starts_with("HTTP/1.1 20"), "{head}\n{body}");
    Ok(body.to_owned())
}

fn ask(address: SocketAddr, path: &str) -> std::io::Result<String> {
    exchange(
        address,
        &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"),
    )
}

fn exchange(address: SocketAddr, request: &str) -> std::io::Result<String> {
    let mut connection = TcpStream::connect(address)?;
    connection.set_read_timeout(Some(Duration::from_secs(5)))?;
    connection.write_all(request.as_bytes())?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer)?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers one request on a free port.
    fn answering(answer: &'static str) -> SocketAddr {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            let (mut connection, _) = listener.accept().unwrap();
            // Closing with part of a request unread would reset the connection.
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                connection.read_exact(&mut byte).unwrap();
                request.extend(byte);
            }
            connection.write_all(answer.as_bytes()).unwrap();
        });
        address
    }

    #[test]
    fn only_a_200_is_ready() {
        assert!(is_ready(answering("HTTP/1.1 200 OK\r\n\r\n")));
        assert!(!is_ready(answering("HTTP/1.1 503 Service Unavailable\r\n\r\n")));
        assert!(!is_ready(free_address().unwrap()));
    }
}
