//! What may be wrong with a wish about accounts.

use domain::AccountName;

/// Why an account or a key is not as somebody wants it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccessError {
    /// Another account has the name.
    #[error("there is an account “{0}” already: choose another name")]
    NameTaken(AccountName),
    /// No account has this id or name.
    #[error("there is no such account")]
    UnknownAccount,
    /// Nobody could administer the service any more.
    #[error("this is the last admin: make another account an admin first")]
    LastAdmin,
    /// Nobody could administer the service.
    #[error("the first account is an admin: give it that role")]
    FirstIsAdmin,
    /// A link that was used, replaced or is too old.
    #[error("this link is of no use any more: ask an admin for a new one")]
    StaleLink,
    /// As many keys as one account has.
    #[error("there are {max} keys, as many as one account has: revoke one first", max = AccessError::MOST_KEYS)]
    TooManyKeys,
    /// A key that ends before it begins.
    #[error("a key expires in the future")]
    Expired,
}

impl AccessError {
    /// The most keys of one account.
    pub const MOST_KEYS: usize = 50;
}
