//! The log of changes.

use domain::{AuditEntry, AuditId, Via};
use uuid::Uuid;

use super::{Access, Visitor};
use crate::{EngineError, clock};

impl Access {
    /// Appends that `visitor` did `action` to `subject`, and how that was answered.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn note_change(
        &self,
        visitor: &Visitor,
        action: String,
        subject: String,
        status: u16,
        request_id: String,
    ) -> Result<(), EngineError> {
        let (actor, via) = (visitor.name.to_string(), visitor.via);
        self.append(AuditEntry {
            id: AuditId(Uuid::now_v7()),
            at: clock::now(),
            actor,
            via,
            action,
            subject,
            status,
            request_id,
        })
        .await
    }

    /// Appends what was done at the command line.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn note_command(&self, action: &str, subject: &str) -> Result<(), EngineError> {
        self.append(AuditEntry {
            id: AuditId(Uuid::now_v7()),
            at: clock::now(),
            actor: "command line".to_owned(),
            via: Via::Command,
            action: action.to_owned(),
            subject: subject.to_owned(),
            status: 200,
            request_id: String::new(),
        })
        .await
    }

    /// Up to `limit` entries before `before`, newest first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn changes(
        &self,
        before: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, EngineError> {
        Ok(self.store.audit_log(before, limit).await?)
    }

    async fn append(&self, entry: AuditEntry) -> Result<(), EngineError> {
        Ok(self.store.append_audit(&entry).await?)
    }
}
