//! Which accounts there are, and how one gets a password.

use std::{sync::atomic::Ordering, time::Duration};

use domain::{Account, AccountId, AccountName, Role};
use store::AccountChange;
use uuid::Uuid;

use super::{Access, AccessError, Password, token};
use crate::{EngineError, clock};

/// A link with which a password is chosen is of use for so long.
const LINK_LIFE: Duration = Duration::from_secs(72 * 3600);

/// An account that was just made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The account.
    pub account: Account,
    /// What is in the link with which its password is chosen, once.
    pub token: String,
}

impl Access {
    /// All accounts, by name.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn accounts(&self) -> Result<Vec<Account>, EngineError> {
        Ok(self.store.accounts().await?)
    }

    /// The account of that name.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn account_named(&self, name: &AccountName) -> Result<Option<Account>, EngineError> {
        Ok(self.store.login(name).await?.map(|login| login.account))
    }

    /// Makes an account; the first one is an admin. Nobody can log in with it before a password was chosen.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn make_account(
        &self,
        name: AccountName,
        role: Role,
    ) -> Result<Result<NewAccount, AccessError>, EngineError> {
        if role != Role::Admin && !self.store.has_accounts().await? {
            return Ok(Err(AccessError::FirstIsAdmin));
        }
        let id = AccountId(Uuid::now_v7());
        let account = Account { id, name, role, has_password: false, created_at: clock::now() };
        if !self.store.make_account(&account).await? {
            return Ok(Err(AccessError::NameTaken(account.name)));
        }
        self.is_anybody.store(true, Ordering::Release);
        let token = self.invite(id).await?;
        Ok(token.map(|token| NewAccount { account, token }))
    }

    /// Makes a new link with which the account's password is chosen; an earlier one is of no more use.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn invite(&self, id: AccountId) -> Result<Result<String, AccessError>, EngineError> {
        let token = token::random();
        let expires_at = clock::now() + LINK_LIFE;
        let is_kept = self.store.invite(id, token::hash(&token), expires_at).await?;
        Ok(if is_kept { Ok(token) } else { Err(AccessError::UnknownAccount) })
    }

    /// The account whose password is chosen with this link.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn invited(&self, token: &str) -> Result<Option<Account>, EngineError> {
        Ok(self.store.invited(token::hash(token), clock::now()).await?)
    }

    /// Keeps the password that was chosen with a link, once, and logs its owner in. Other sessions of the account end.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn choose_password(
        &self,
        token: &str,
        password: Password,
    ) -> Result<Result<(Account, String), AccessError>, EngineError> {
        if self.invited(token).await?.is_none() {
            return Ok(Err(AccessError::StaleLink));
        }
        let kept = self.hashed(password).await?;
        let account = self.store.redeem(token::hash(token), &kept, clock::now()).await?;
        self.believed.invalidate_all();
        let Some(account) = account else { return Ok(Err(AccessError::StaleLink)) };
        let session = self.open_session(&account).await?;
        Ok(session.map(|session| (account, session)).ok_or(AccessError::StaleLink))
    }

    /// Gives an account another role: here at once, elsewhere within seconds.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn change_role(
        &self,
        id: AccountId,
        role: Role,
    ) -> Result<Result<(), AccessError>, EngineError> {
        let change = self.store.change_role(id, role).await?;
        self.believed.invalidate_all();
        Ok(done(change))
    }

    /// Removes an account with its sessions and keys. What it has said of texts stays.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn remove_account(
        &self,
        id: AccountId,
    ) -> Result<Result<(), AccessError>, EngineError> {
        let change = self.store.remove_account(id).await?;
        self.believed.invalidate_all();
        Ok(done(change))
    }
}

fn done(change: AccountChange) -> Result<(), AccessError> {
    match change {
        AccountChange::Done => Ok(()),
        AccountChange::Unknown => Err(AccessError::UnknownAccount),
        AccountChange::LastAdmin => Err(AccessError::LastAdmin),
    }
}
