//! What was acknowledged is there after a kill.

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    sync::Arc,
};

use domain::{Label, PageRequest};
use postgres_fixture::PostgresServer;
use store::{ConnectOptions, connect};

use crate::home::{Home, entry, stored};

/// Set in the process that is to be killed.
const URL: &str = "VIGIE_TEST_DATABASE_URL_OF_THE_KILLED";

/// This test starts its own program a second time, which stores, acknowledges and is killed.
#[tokio::test]
async fn feedback_in_sqlite_survives_the_kill_of_its_process() {
    if let Ok(url) = env::var(URL) {
        let store = connect(&url, &ConnectOptions::default()).await.unwrap();
        let analysis = stored(store.as_ref(), "late").await;
        store.append_feedback(&entry(&analysis, "zoe", Label::Neutral, 1)).await.unwrap();
        println!("\nacknowledged {}", analysis.id);
        std::future::pending::<()>().await;
    }
    let home = Home::sqlite();
    for _ in 0..5 {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "--nocapture"])
            .arg("durability::feedback_in_sqlite_survives_the_kill_of_its_process")
            .env(URL, &home.url)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let id = lines
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("acknowledged ").map(str::to_owned));
        child.kill().unwrap();
        child.wait().unwrap();
        let store = home.store().await;
        let read = store.analysis(id.unwrap().parse().unwrap()).await.unwrap().unwrap();
        assert_eq!(read.feedback.unwrap().label, Label::Neutral);
    }
    let page = home.store().await.analyses(PageRequest::newest(200)).await.unwrap();
    assert_eq!(page.items.len(), 5);
}

/// The same in a crowd, whose writes share their transactions: killed amid it, after the hundredth
/// acknowledgement.
#[tokio::test]
async fn what_was_acknowledged_to_a_crowd_survives_the_kill_of_its_process() {
    if let Ok(url) = env::var(URL) {
        let store = connect(&url, &ConnectOptions::default()).await.unwrap();
        for _ in 0..32 {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                loop {
                    let analysis = stored(store.as_ref(), "late").await;
                    let entry = entry(&analysis, "zoe", Label::Neutral, 1);
                    store.append_feedback(&entry).await.unwrap();
                    println!("\nacknowledged {}", analysis.id);
                }
            });
        }
        std::future::pending::<()>().await;
    }
    let home = Home::sqlite();
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "--nocapture"])
        .arg("durability::what_was_acknowledged_to_a_crowd_survives_the_kill_of_its_process")
        .env(URL, &home.url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let id = |line: String| line.strip_prefix("acknowledged ").map(str::to_owned);
    let mut acknowledged: Vec<_> = lines.by_ref().filter_map(id).take(100).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    // The last line may have been cut.
    acknowledged.extend(lines.filter_map(id).filter(|id| id.len() == 36));
    let store = home.store().await;
    for id in acknowledged {
        let read = store.analysis(id.parse().unwrap()).await.unwrap().unwrap();
        assert_eq!(read.feedback.unwrap().label, Label::Neutral);
    }
}

#[tokio::test]
async fn feedback_in_postgres_survives_the_kill_of_the_server() {
    let server = PostgresServer::new().unwrap_or_else(|error| panic!("{error}"));
    let url = server.create_database().unwrap();
    let store = connect(&url, &ConnectOptions::default()).await.unwrap();
    for _ in 0..3 {
        let analysis = stored(store.as_ref(), "late").await;
        store.append_feedback(&entry(&analysis, "zoe", Label::Neutral, 1)).await.unwrap();
        server.kill().unwrap();
        server.start().unwrap();
        let read = store.analysis(analysis.id).await.unwrap().unwrap();
        assert_eq!(read.feedback.unwrap().label, Label::Neutral);
    }
}
