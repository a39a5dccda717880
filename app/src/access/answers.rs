//! What the pages are made of, and what their forms do.

use domain::{
    Account, AccountId, AccountName, ApiKey, ApiKeyId, AuditEntry, AuditId, KeyName, Right, Role,
    Via,
};
use engine::{AccessError, LoginRefusal, Password, PasswordError};
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::told_once::ToldOnce;
use crate::{
    ApiError,
    access_trouble::AccessTrouble,
    arrival::{arrival, session_of, visitor},
    serving::{self, engine, told},
};

/// Entries of the log of changes on a page.
pub const SHOWN: u32 = 50;

/// See [`super::api::log_in`].
pub async fn log_in(name: &str, password: &str) -> Result<(), ApiError> {
    let engine = engine()?;
    let access = engine.access();
    serving::note_subject(name);
    let opened = access.log_in(name, password, arrival().address).await.map_err(told)?;
    let (_, token) = opened?;
    remember(&token);
    Ok(())
}

/// See [`super::api::log_out`].
pub async fn log_out() -> Result<(), ApiError> {
    let arrival = arrival();
    let request = use_context::<axum::http::request::Parts>();
    let token = request.as_ref().and_then(|request| session_of(&request.headers, &arrival));
    if let Some(token) = token {
        engine()?.access().log_out(token).await.map_err(told)?;
    }
    if let Some(response) = use_context::<ResponseOptions>() {
        serving::set_cookie(&response, &arrival.no_session_cookie());
    }
    Ok(())
}

/// Whose password is chosen with a link.
pub async fn invited(token: &str) -> Result<Account, ApiError> {
    let account = engine()?.access().invited(token).await.map_err(told)?;
    account.ok_or_else(|| AccessTrouble::StaleLink.into())
}

/// See [`super::api::choose_password`].
pub async fn choose_password(token: &str, password: &str, again: &str) -> Result<(), ApiError> {
    let name = invited(token).await?.name;
    serving::note_subject(name.as_str());
    let password = parse(password, again, &name)?;
    let chosen = engine()?.access().choose_password(token, password).await.map_err(told)?;
    let (_, session) = chosen?;
    remember(&session);
    Ok(())
}

/// See [`super::api::change_password`].
pub async fn change_password(current: &str, password: &str, again: &str) -> Result<(), ApiError> {
    let engine = engine()?;
    let (access, name) = (engine.access(), own_name()?);
    serving::note_subject(name.as_str());
    let password = parse(password, again, &name)?;
    let opened = access.log_in(name.as_str(), current, arrival().address).await.map_err(told)?;
    let (account, _) = opened?;
    let token = access.invite(account.id).await.map_err(told)??;
    let (_, session) = access.choose_password(&token, password).await.map_err(told)??;
    remember(&session);
    Ok(())
}

fn parse(password: &str, again: &str, name: &AccountName) -> Result<Password, ApiError> {
    if password != again {
        return Err(AccessTrouble::Unequal.into());
    }
    Ok(Password::parse(password, name)?)
}

/// The browser is logged in from now on.
fn remember(token: &str) {
    if let Some(response) = use_context::<ResponseOptions>() {
        serving::set_cookie(&response, &arrival().session_cookie(token));
    }
}

fn own_name() -> Result<AccountName, ApiError> {
    let visitor = visitor();
    let is_one = visitor.account.is_some();
    let name = AccountName::parse(&visitor.name).ok().filter(|_| is_one);
    name.ok_or_else(|| AccessTrouble::NoAccount.into())
}

fn own_account() -> Result<AccountId, ApiError> {
    visitor().account.ok_or_else(|| AccessTrouble::NoAccount.into())
}

/// The keys of whoever asks; none without an account.
pub async fn own_keys() -> Result<Vec<ApiKey>, ApiError> {
    let Some(account) = visitor().account else { return Ok(Vec::new()) };
    engine()?.access().keys_of(account).await.map_err(told)
}

/// See [`super::api::make_key`].
pub async fn make_key(name: &str, right: Right, days: &str) -> Result<(), ApiError> {
    let name = KeyName::parse(name).map_err(|_| AccessTrouble::KeyName)?;
    let expires_at = expiry(days)?;
    let engine = engine()?;
    serving::note_subject(name.as_str());
    // A key that makes keys would be a way around its own right and end.
    must_be_a_person()?;
    let made = engine.access().make_key(own_account()?, name, right, expires_at);
    let made = made.await.map_err(told)??;
    ToldOnce::Key { secret: made.secret, name: made.key.name.to_string() }.tell();
    Ok(())
}

fn must_be_a_person() -> Result<(), ApiError> {
    if visitor().via == Via::Session { Ok(()) } else { Err(AccessTrouble::NoAccount.into()) }
}

fn expiry(days: &str) -> Result<Option<Timestamp>, ApiError> {
    if days.trim().is_empty() {
        return Ok(None);
    }
    let days = days.trim().parse().ok().filter(|days| (1..=3650).contains(days));
    let days: i64 = days.ok_or(AccessTrouble::KeyDays)?;
    Ok(Timestamp::now().checked_add(SignedDuration::from_hours(24 * days)).ok())
}

/// See [`super::api::revoke_key`].
pub async fn revoke_key(id: ApiKeyId) -> Result<(), ApiError> {
    serving::note_subject(&id.to_string());
    must_be_a_person()?;
    engine()?.access().revoke_key(id, own_account()?).await.map_err(told)?;
    Ok(())
}

/// All accounts, by name, and a page of the log of changes.
pub async fn accounts(
    before: Option<AuditId>,
) -> Result<(Vec<Account>, Vec<AuditEntry>), ApiError> {
    let engine = engine()?;
    let accounts = engine.access().accounts().await.map_err(told)?;
    let changes = engine.access().changes(before, SHOWN).await.map_err(told)?;
    Ok((accounts, changes))
}

/// See [`super::api::make_account`]. Where nobody had an account, whoever made the first one chooses its password now: gives the way there.
pub async fn make_account(name: &str, role: Role) -> Result<Option<String>, ApiError> {
    let name = AccountName::parse(name).map_err(|_| AccessTrouble::Name)?;
    let is_first = visitor().account.is_none();
    serving::note_subject(&format!("{name} {role}"));
    let made = engine()?.access().make_account(name, role).await.map_err(told)??;
    let path = link(&made.token);
    if is_first {
        return Ok(Some(path));
    }
    ToldOnce::Link { path, name: made.account.name.to_string() }.tell();
    Ok(None)
}

/// See [`super::api::renew_link`].
pub async fn renew_link(id: AccountId) -> Result<(), ApiError> {
    let engine = engine()?;
    let accounts = engine.access().accounts().await.map_err(told)?;
    let account = accounts.into_iter().find(|account| account.id == id);
    let name = account.ok_or(AccessTrouble::Unknown)?.name.to_string();
    serving::note_subject(&name);
    let token = engine.access().invite(id).await.map_err(told)??;
    ToldOnce::Link { path: link(&token), name }.tell();
    Ok(())
}

/// Where people find the service, without a slash at its end.
pub fn public_url() -> String {
    engine().map(|engine| engine.public_url().to_owned()).unwrap_or_default()
}

/// The path of the page where a password is chosen.
fn link(token: &str) -> String {
    format!("/invitation?token={token}")
}

/// See [`super::api::change_role`].
pub async fn change_role(id: AccountId, role: Role) -> Result<(), ApiError> {
    serving::note_subject(&format!("{id} {role}"));
    Ok(engine()?.access().change_role(id, role).await.map_err(told)??)
}

/// See [`super::api::remove_account`].
pub async fn remove_account(id: AccountId) -> Result<(), ApiError> {
    serving::note_subject(&id.to_string());
    Ok(engine()?.access().remove_account(id).await.map_err(told)??)
}

impl From<LoginRefusal> for ApiError {
    fn from(refusal: LoginRefusal) -> Self {
        Self::Access(match refusal {
            LoginRefusal::Wrong => AccessTrouble::Wrong,
            LoginRefusal::TooOften { wait_s } => AccessTrouble::TooOften { wait_s },
        })
    }
}

impl From<PasswordError> for ApiError {
    fn from(error: PasswordError) -> Self {
        Self::Access(match error {
            PasswordError::Length => AccessTrouble::PasswordLength,
            PasswordError::Obvious => AccessTrouble::PasswordObvious,
        })
    }
}

impl From<AccessError> for ApiError {
    fn from(error: AccessError) -> Self {
        Self::Access(match error {
            AccessError::NameTaken(_) => AccessTrouble::NameTaken,
            AccessError::UnknownAccount => AccessTrouble::Unknown,
            AccessError::LastAdmin => AccessTrouble::LastAdmin,
            AccessError::FirstIsAdmin => AccessTrouble::FirstIsAdmin,
            AccessError::StaleLink => AccessTrouble::StaleLink,
            AccessError::TooManyKeys => AccessTrouble::TooManyKeys,
            AccessError::Expired => AccessTrouble::KeyDays,
        })
    }
}
