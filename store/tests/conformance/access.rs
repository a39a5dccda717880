//! Accounts, how they prove who they are, and the log of changes.

use std::{slice::from_ref, sync::Arc};

use domain::{
    Account, AccountId, AccountName, ApiKey, ApiKeyId, AuditEntry, AuditId, KeyName, Right, Role,
    Via,
};
use jiff::Timestamp;
use store::{AccountChange, Store, TokenHash};
use uuid::Uuid;

use crate::{home::at, on_both};

const DAY: i64 = 86_400_000_000;
const T: i64 = 1_700_000_000_000_001;

fn account(name: &str, role: Role) -> Account {
    Account {
        id: AccountId(Uuid::now_v7()),
        name: AccountName::parse(name).unwrap(),
        role,
        has_password: false,
        created_at: at(T),
    }
}

async fn made(store: &dyn Store, name: &str, role: Role) -> Account {
    let account = account(name, role);
    assert!(store.make_account(&account).await.unwrap());
    account
}

const fn proof(byte: u8) -> TokenHash {
    [byte; 32]
}

fn key(of: &Account, name: &str) -> ApiKey {
    ApiKey {
        id: ApiKeyId(Uuid::now_v7()),
        account_id: of.id,
        name: KeyName::parse(name).unwrap(),
        right: Right::Work,
        created_at: at(T),
        expires_at: Some(at(T + DAY)),
        used_at: None,
    }
}

on_both! {
    async fn a_name_is_one_account_s(store: Arc<dyn Store>) {
        assert!(!store.has_accounts().await.unwrap());
        let ann = made(&*store, "ann", Role::Admin).await;
        assert!(!store.make_account(&account("ANN", Role::Viewer)).await.unwrap());
        assert!(store.has_accounts().await.unwrap());
        assert_eq!(store.accounts().await.unwrap(), from_ref(&ann));
        let login = store.login(&ann.name).await.unwrap().unwrap();
        assert_eq!((login.account, login.password_hash), (ann, None));
    }

    async fn the_last_admin_stays_one(store: Arc<dyn Store>) {
        let ann = made(&*store, "ann", Role::Admin).await;
        let bob = made(&*store, "bob", Role::Analyst).await;
        assert_eq!(store.remove_account(ann.id).await.unwrap(), AccountChange::LastAdmin);
        assert_eq!(store.change_role(ann.id, Role::Viewer).await.unwrap(), AccountChange::LastAdmin);
        assert_eq!(store.change_role(ann.id, Role::Admin).await.unwrap(), AccountChange::Done);
        assert_eq!(store.change_role(bob.id, Role::Admin).await.unwrap(), AccountChange::Done);
        // An admin who cannot log in yet is none.
        assert_eq!(store.remove_account(ann.id).await.unwrap(), AccountChange::LastAdmin);
        assert!(store.invite(bob.id, proof(1), at(T + DAY)).await.unwrap());
        store.redeem(proof(1), "hash", at(T)).await.unwrap().unwrap();
        assert_eq!(store.remove_account(ann.id).await.unwrap(), AccountChange::Done);
        assert_eq!(store.remove_account(ann.id).await.unwrap(), AccountChange::Unknown);
        assert_eq!(store.accounts().await.unwrap().len(), 1);
    }

    async fn a_link_is_of_use_once_until_it_ends_and_until_there_is_another(store: Arc<dyn Store>) {
        let ann = made(&*store, "ann", Role::Admin).await;
        let (now, end) = (at(T), at(T + DAY));
        assert!(!store.invite(AccountId(Uuid::now_v7()), proof(9), end).await.unwrap());
        assert!(store.invite(ann.id, proof(1), end).await.unwrap());
        assert!(store.invite(ann.id, proof(2), end).await.unwrap());
        assert_eq!(store.redeem(proof(1), "hash", now).await.unwrap(), None);
        assert_eq!(store.redeem(proof(2), "hash", end).await.unwrap(), None);
        assert_eq!(store.invited(proof(2), now).await.unwrap().unwrap().id, ann.id);
        let redeemed = store.redeem(proof(2), "hash", now).await.unwrap().unwrap();
        assert!(redeemed.has_password);
        assert_eq!(store.redeem(proof(2), "other", now).await.unwrap(), None);
        let login = store.login(&ann.name).await.unwrap().unwrap();
        assert_eq!(login.password_hash.as_deref(), Some("hash"));
    }

    async fn a_new_password_ends_every_session(store: Arc<dyn Store>) {
        let ann = made(&*store, "ann", Role::Admin).await;
        assert!(store.open_session(proof(1), ann.id, at(T)).await.unwrap());
        store.see_session(proof(1), at(T + 5)).await.unwrap();
        store.see_session(proof(1), at(T + 3)).await.unwrap();
        let session = store.session(proof(1)).await.unwrap().unwrap();
        assert_eq!((session.account.id, session.created_at, session.seen_at), (ann.id, at(T), at(T + 5)));
        assert!(store.invite(ann.id, proof(7), at(T + DAY)).await.unwrap());
        store.redeem(proof(7), "hash", at(T)).await.unwrap().unwrap();
        assert_eq!(store.session(proof(1)).await.unwrap(), None);
        assert!(!store.close_session(proof(1)).await.unwrap());
    }

    async fn what_belongs_to_an_account_goes_with_it(store: Arc<dyn Store>) {
        made(&*store, "ann", Role::Admin).await;
        let bob = made(&*store, "bob", Role::Analyst).await;
        assert!(store.open_session(proof(1), bob.id, at(T)).await.unwrap());
        assert!(store.make_key(&key(&bob, "export"), proof(2)).await.unwrap());
        assert!(store.invite(bob.id, proof(3), at(T + DAY)).await.unwrap());
        assert_eq!(store.remove_account(bob.id).await.unwrap(), AccountChange::Done);
        assert_eq!(store.session(proof(1)).await.unwrap(), None);
        assert_eq!(store.key(proof(2)).await.unwrap(), None);
        assert_eq!(store.invited(proof(3), at(T)).await.unwrap(), None);
        assert!(!store.open_session(proof(4), bob.id, at(T)).await.unwrap());
        assert!(!store.make_key(&key(&bob, "export"), proof(5)).await.unwrap());
    }

    async fn a_key_is_read_as_it_was_made_and_revoked_by_its_owner_alone(store: Arc<dyn Store>) {
        let ann = made(&*store, "ann", Role::Admin).await;
        let bob = made(&*store, "bob", Role::Analyst).await;
        let (export, ingest) = (key(&bob, "export"), key(&bob, "ingest"));
        assert!(store.make_key(&export, proof(1)).await.unwrap());
        assert!(store.make_key(&ingest, proof(2)).await.unwrap());
        assert_eq!(store.keys_of(bob.id).await.unwrap(), [export.clone(), ingest]);
        assert_eq!(store.key(proof(1)).await.unwrap(), Some((bob.clone(), export.clone())));
        store.use_key(export.id, at(T + 9)).await.unwrap();
        let (_, used) = store.key(proof(1)).await.unwrap().unwrap();
        assert_eq!(used.used_at, Some(at(T + 9)));
        assert!(!store.revoke_key(export.id, ann.id).await.unwrap());
        assert!(store.revoke_key(export.id, bob.id).await.unwrap());
        assert_eq!(store.key(proof(1)).await.unwrap(), None);
    }

    async fn failures_are_counted_until_they_are_forgotten(store: Arc<dyn Store>) {
        let long_ago = at(T - DAY);
        for count in 1..=3 {
            let noted = store.note_login_failure("login ann", at(T + count), long_ago).await.unwrap();
            assert_eq!(i64::from(noted), count);
        }
        let failures = store.login_failures("login ann").await.unwrap().unwrap();
        assert_eq!((failures.count, failures.last_at), (3, at(T + 3)));
        assert_eq!(store.login_failures("login bob").await.unwrap(), None);
        store.note_login_failure("login ann", at(T + 2 * DAY), at(T + DAY)).await.unwrap();
        assert_eq!(store.login_failures("login ann").await.unwrap().unwrap().count, 1);
        store.take_back_login_failure("login ann").await.unwrap();
        assert_eq!(store.login_failures("login ann").await.unwrap().unwrap().count, 0);
        store.forget_login_failures("login ann").await.unwrap();
        assert_eq!(store.login_failures("login ann").await.unwrap(), None);
    }

    async fn what_is_stale_is_forgotten_and_nothing_else(store: Arc<dyn Store>) {
        let ann = made(&*store, "ann", Role::Admin).await;
        assert!(store.open_session(proof(1), ann.id, at(T)).await.unwrap());
        assert!(store.open_session(proof(2), ann.id, at(T + DAY)).await.unwrap());
        assert!(store.invite(ann.id, proof(3), at(T + DAY)).await.unwrap());
        store.note_login_failure("login ann", at(T), Timestamp::MIN).await.unwrap();
        store.forget_stale_logins(at(T + DAY), at(T + 1)).await.unwrap();
        assert_eq!(store.session(proof(1)).await.unwrap(), None);
        assert!(store.session(proof(2)).await.unwrap().is_some());
        assert_eq!(store.invited(proof(3), at(T)).await.unwrap(), None);
        assert_eq!(store.login_failures("login ann").await.unwrap(), None);
    }

    async fn the_log_of_changes_is_read_from_its_end(store: Arc<dyn Store>) {
        let entry = |micros: i64| AuditEntry {
            id: AuditId(Uuid::now_v7()),
            at: at(T + micros),
            actor: "ann".to_owned(),
            via: Via::Session,
            action: "DELETE /api/v1/watches/{id}".to_owned(),
            subject: "/api/v1/watches/1".to_owned(),
            status: 204,
            request_id: "r1".to_owned(),
        };
        let entries: Vec<AuditEntry> = (0..3).map(entry).collect();
        for entry in &entries {
            store.append_audit(entry).await.unwrap();
        }
        let newest = store.audit_log(None, 2).await.unwrap();
        assert_eq!(newest, [entries[2].clone(), entries[1].clone()]);
        let before = store.audit_log(Some(entries[1].id), 2).await.unwrap();
        assert_eq!(before, [entries[0].clone()]);
    }
}
