//! A database of the version before is brought up to date with all that it holds.
//!
//! `of-version-6.backup` has rows in every table of the first six migrations. It is restored into tables of that version,
//! which then take the steps that came later, as those of a service do that is started by a newer program.

use std::path::Path;

use domain::PageRequest;
use store::backup::{backup, restore};

use super::{dump, file};
use crate::home::Home;

async fn is_brought_up_to_date(home: Home) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/of-version-6.backup");
    let before = restore(&path, &home.url, false).await.unwrap();
    assert_eq!(before.tables.len(), 16);
    let after = dump::of(&home.url).await;
    for (table, rows) in &before.tables {
        assert!(*rows > 0, "{table}");
        assert_eq!(after[table].len() as u64, *rows, "{table}");
    }
    let store = home.store().await;
    let page = store.analyses(PageRequest::newest(200)).await.unwrap();
    assert!(page.items.iter().any(|analysis| analysis.prediction.complaint.is_some()));
    assert_eq!(store.watches().await.unwrap()[0].name.as_str(), "United");
    assert_eq!(store.incidents(None, 9).await.unwrap()[0].entries.len(), 1);
    assert_eq!(store.newest_deliveries(9).await.unwrap().len(), 2);
    assert!(store.source_progress("bluesky").await.unwrap().is_some());
    store.close().await;
    // And what it is now can be backed up.
    let (_folder, path) = file();
    let (now, _bytes) = backup(&home.url, &path).await.unwrap();
    assert!(now.rows() >= before.rows());
}

#[tokio::test]
async fn sqlite_of_the_version_before_is_brought_up_to_date() {
    is_brought_up_to_date(Home::sqlite()).await;
}

#[tokio::test]
async fn postgres_of_the_version_before_is_brought_up_to_date() {
    is_brought_up_to_date(Home::postgres()).await;
}
