//! The database that the path leads to now.
//!
//! An operator may restore a backup under a running program. Then nothing of the old file is used
//! any more: everything is closed, the new file is opened and its tables are brought up to date,
//! and only then is it read and written.

use std::{mem, sync::Arc};

use tokio::sync::RwLock;

use super::{
    database::{Database, Opening},
    file::{DatabaseFile, Log},
};
use crate::{ConnectOptions, StoreError, connect::within};

#[derive(Debug)]
pub(super) struct CurrentDatabase {
    opening: Opening,
    state: Arc<RwLock<State>>,
}

#[derive(Debug)]
enum State {
    Open(Arc<Database>),
    /// The file was replaced and the new one could not be opened yet; the log of the old one may
    /// lie beside it.
    Replaced(Log),
    Closed,
}

impl CurrentDatabase {
    /// Opens the database, and makes its file if there is none.
    pub(super) async fn open(
        database_url: &str,
        options: &ConnectOptions,
    ) -> Result<Self, StoreError> {
        let opening = Opening::new(database_url, options)?;
        DatabaseFile::create(&opening.connection, database_url, opening.acquire_timeout).await?;
        let database = Arc::new(Database::open(&opening).await?);
        Ok(Self { opening, state: Arc::new(RwLock::new(State::Open(database))) })
    }

    /// The database, opened anew if its file was replaced.
    pub(super) async fn database(&self) -> Result<Arc<Database>, StoreError> {
        match &*self.state.read().await {
            State::Open(database) if database.file.is_in_place() => {
                return Ok(Arc::clone(database));
            }
            State::Open(database) if !database.file.is_replaced() => {
                return Err(StoreError::unavailable("the file of the database is gone"));
            }
            State::Closed => return Err(StoreError::closed()),
            State::Open(_) | State::Replaced(_) => {}
        }
        let adopting = adopt(self.opening.clone(), Arc::clone(&self.state));
        // A task of its own: a request that is given up must not stop it half-way.
        let adopting = tokio::spawn(adopting);
        within(self.opening.operation_timeout, async {
            adopting.await.map_err(StoreError::unavailable)?
        })
        .await
    }

    pub(super) async fn close(&self) {
        let closed = mem::replace(&mut *self.state.write().await, State::Closed);
        if let State::Open(database) = closed {
            database.close().await;
        }
    }
}

/// Closes what was replaced and opens what is there now, unless somebody was faster.
async fn adopt(opening: Opening, state: Arc<RwLock<State>>) -> Result<Arc<Database>, StoreError> {
    // Held until the new file is open: whoever comes meanwhile waits for that.
    let mut state = state.write().await;
    let log = match &*state {
        State::Closed => return Err(StoreError::closed()),
        State::Open(database) if !database.file.is_replaced() => return Ok(Arc::clone(database)),
        State::Open(database) => {
            database.close().await;
            database.log.clone()
        }
        State::Replaced(log) => log.clone(),
    };
    *state = State::Replaced(log.clone());
    if log.is_left() {
        let log = log.path().display();
        return Err(StoreError::unavailable(format!(
            "{log} belongs to the file that was replaced: stop the program that uses it, or remove it"
        )));
    }
    let database = Arc::new(Database::open(&opening).await?);
    tracing::warn!("the file of the database was replaced; the new one is used from now on");
    *state = State::Open(Arc::clone(&database));
    Ok(database)
}
