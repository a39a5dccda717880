//! Which watches there are.

use std::sync::Arc;

use domain::{Query, Watch, WatchId, WatchName};
use store::StoreError;
use uuid::Uuid;

use super::Watching;
use crate::{Engine, EngineError, clock};

/// Why there is no such watch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WatchError {
    /// Another one has the name.
    #[error("there is a watch “{0}” already: choose another name")]
    NameTaken(WatchName),
    /// As many as one service can follow.
    #[error("there are {max} watches, as many as one service follows: remove one first", max = WatchError::MOST)]
    TooMany,
}

impl WatchError {
    /// A megabyte of memory each.
    pub const MOST: usize = 200;
}

impl Engine {
    /// All watches, by name.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn watches(&self) -> Result<Arc<Vec<Watch>>, EngineError> {
        Ok(self.watching().refresh().await?)
    }

    /// One watch; `None` if there is none of that id.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn watch(&self, id: WatchId) -> Result<Option<Watch>, EngineError> {
        Ok(self.watches().await?.iter().find(|watch| watch.id == id).cloned())
    }

    /// Makes a watch of the tweets that fit `query`; those that came before it was made are not in it.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn make_watch(
        &self,
        name: WatchName,
        query: Query,
    ) -> Result<Result<Watch, WatchError>, EngineError> {
        self.watching().make(name, query, false).await
    }

    /// Gives a watch another name and query; `None` if there is none of that id.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn change_watch(
        &self,
        id: WatchId,
        name: WatchName,
        query: Query,
    ) -> Result<Option<Result<Watch, WatchError>>, EngineError> {
        let Some(known) = self.watch(id).await? else { return Ok(None) };
        let changed = Watch { name, query, ..known };
        Ok(Some(self.watching().put(changed).await?))
    }

    /// Removes a watch with its tweets and incidents; `false` if there is none.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn remove_watch(&self, id: WatchId) -> Result<bool, EngineError> {
        let removed = self.watching().store.remove_watch(id).await?;
        self.watching().refresh().await?;
        Ok(removed)
    }
}

impl Watching {
    pub(super) async fn make(
        &self,
        name: WatchName,
        query: Query,
        is_simulated: bool,
    ) -> Result<Result<Watch, WatchError>, EngineError> {
        if self.refresh().await?.len() >= WatchError::MOST {
            return Ok(Err(WatchError::TooMany));
        }
        let id = WatchId(Uuid::now_v7());
        self.put(Watch { id, name, query, is_simulated, created_at: clock::now() }).await
    }

    async fn put(&self, watch: Watch) -> Result<Result<Watch, WatchError>, EngineError> {
        if !self.store.put_watch(&watch).await? {
            return Ok(Err(WatchError::NameTaken(watch.name)));
        }
        self.refresh().await?;
        Ok(Ok(watch))
    }

    /// Reads all watches: another program may have changed them.
    pub(crate) async fn refresh(&self) -> Result<Arc<Vec<Watch>>, StoreError> {
        let watches = Arc::new(self.store.watches().await?);
        self.watches.send_if_modified(|known| {
            let is_new = *known != watches;
            known.clone_from(&watches);
            is_new
        });
        Ok(watches)
    }
}
