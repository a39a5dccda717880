//! What every store promises, shown on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod access;
mod analyses;
mod backup;
mod durability;
mod feedback;
mod home;
mod notifications;
mod outage;
mod pages;
mod review;
mod streams;
mod texts;
mod writers;

/// Makes two tests of one: `NAME::on_sqlite` and `NAME::on_postgres`.
macro_rules! on_both {
    ($(async fn $name:ident($store:ident: Arc<dyn Store>) $body:block)+) => {$(
        mod $name {
            use super::*;

            async fn check($store: Arc<dyn Store>) $body

            #[tokio::test]
            async fn on_sqlite() {
                let home = crate::home::Home::sqlite();
                check(home.store().await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                let home = crate::home::Home::postgres();
                check(home.store().await).await;
            }
        }
    )+};
}

pub(crate) use on_both;
