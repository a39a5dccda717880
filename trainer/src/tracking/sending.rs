//! Brings the server to what a run's folder says.

use std::{
    fs::{self, OpenOptions, TryLockError},
    path::Path,
};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::{
    Account, Server, account, artefacts, mlflow, release,
    sent::{RemoteRun, Sent},
};
use crate::training::{METRICS, records};

/// Held while a run is being sent.
const LOCK: &str = ".sending";

/// Sends of the run in `folder` what `server` lacks. What a call has sent is remembered piece by
/// piece, and sending something twice changes nothing, so that it may be broken off at any point. A
/// run that the server has lost, or that somebody has deleted there, is sent anew.
///
/// # Errors
/// If `folder` holds no run, it is being sent already, or the server does not take it.
pub fn send(folder: &Path, server: &Server) -> Result<()> {
    let account = Account::read(folder)?.with_context(|| {
        format!(
            "{} holds no {}: it is no run, or one of an older vigie-train",
            folder.display(),
            Account::FILE
        )
    })?;
    let lock = OpenOptions::new().create(true).append(true).open(folder.join(LOCK))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => bail!("{} is being sent already", folder.display()),
        Err(TryLockError::Error(error)) => return Err(error.into()),
    }
    let mut sent = Sent::read(folder, &account, server);
    if let Some(run) = &sent.run
        && !mlflow::has(server, run)?
    {
        sent = Sent::nothing(&account, server);
    }
    bring(folder, &account, server, sent)
}

/// Sends what `sent` lacks, the end last.
fn bring(folder: &Path, account: &Account, server: &Server, mut sent: Sent) -> Result<()> {
    let run = known(folder, account, server, &mut sent)?;
    describe(folder, account, server, &run, &mut sent)?;
    let records = records(&folder.join(METRICS))?;
    let first = sent.records.min(records.len());
    mlflow::record(server, &run, &records[first..], |count| {
        sent.records = first + count;
        sent.write(folder)
    })?;
    files(folder, server, &run, &mut sent)?;
    release::send(folder, server, &run, &records, &mut sent)?;
    if sent.ended != account.ended {
        mlflow::end(server, &run, account.ended)?;
        sent.ended = account.ended;
        sent.write(folder)?;
    }
    Ok(())
}

/// The run on the server.
fn known(folder: &Path, account: &Account, server: &Server, sent: &mut Sent) -> Result<RemoteRun> {
    if let Some(run) = &sent.run {
        return Ok(run.clone());
    }
    let parent = match account::parent(folder) {
        None => None,
        Some(parent) => {
            let account = Account::read(&parent)?
                .with_context(|| format!("{} is gone", parent.join(Account::FILE).display()))?;
            Some(mlflow::run(server, &account, None)?.id)
        }
    };
    let run = mlflow::run(server, account, parent.as_deref())?;
    sent.run = Some(run.clone());
    sent.write(folder)?;
    Ok(run)
}

fn describe(
    folder: &Path,
    account: &Account,
    server: &Server,
    run: &RemoteRun,
    sent: &mut Sent,
) -> Result<()> {
    let sum = sum(&serde_json::to_vec(&(&account.parameters, &account.tags))?);
    if sent.described != sum {
        mlflow::describe(server, run, account)?;
        sent.described = sum;
        sent.write(folder)?;
    }
    Ok(())
}

fn files(folder: &Path, server: &Server, run: &RemoteRun, sent: &mut Sent) -> Result<()> {
    for name in artefacts::all(folder)? {
        let path = folder.join(&name);
        let content =
            fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let sum = sum(&content);
        if sent.artefacts.get(&name) != Some(&sum) {
            mlflow::file(server, run, &name, content)?;
            sent.artefacts.insert(name, sum);
            sent.write(folder)?;
        }
    }
    Ok(())
}

fn sum(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))
}
