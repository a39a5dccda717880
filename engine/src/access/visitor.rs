//! Who asks.

use std::sync::Arc;

use domain::{Account, AccountId, Reviewer, Right, Via};

/// Who asks, and what they may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// Their account, if they have one.
    pub account: Option<AccountId>,
    /// Their name in the log of changes.
    pub name: Arc<str>,
    /// What they may do at most; `None` for nothing.
    pub right: Option<Right>,
    /// How they have proved who they are.
    pub via: Via,
}

impl Visitor {
    /// Whoever sits at the machine, where there are no accounts: may do everything.
    #[must_use]
    pub fn local() -> Self {
        Self::without_account(Reviewer::local().as_str(), Some(Right::Administer), Via::Local)
    }

    /// Somebody without a login, who may do what is given to all.
    #[must_use]
    pub fn nobody(right: Option<Right>) -> Self {
        Self::without_account("nobody", right, Via::Nothing)
    }

    fn without_account(name: &str, right: Option<Right>, via: Via) -> Self {
        Self { account: None, name: name.into(), right, via }
    }

    /// Somebody with an account, who may do at most what `right` says too.
    pub(super) fn with_account(account: &Account, right: Right, via: Via) -> Self {
        Self {
            account: Some(account.id),
            name: account.name.as_str().into(),
            right: Some(right.min(account.role.right())),
            via,
        }
    }

    /// Whether they may do it.
    #[must_use]
    pub fn may(&self, right: Right) -> bool {
        self.right.is_some_and(|most| most >= right)
    }

    /// As one who gives feedback: with an account by its name, whatever is `claimed`.
    #[must_use]
    pub fn reviewer(&self, claimed: Option<Reviewer>) -> Reviewer {
        match self.account {
            Some(_) => Reviewer::parse(&self.name).unwrap_or_else(|_| Reviewer::local()),
            None => claimed.unwrap_or_else(Reviewer::local),
        }
    }
}
