//! That no window is sorted or read as a whole: both databases are asked how they would find it.

use postgres_fixture::PostgresServer;
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};

use super::statements::{
    NEWEST_ANALYSES, NEWEST_TWEETS, SAID_OF_ANALYSES, SAID_OF_TWEETS, UNCERTAIN_ANALYSES,
    UNCERTAIN_TWEETS, Window,
};
use crate::{ConnectOptions, connect};

/// Each window with the index that it is found by, and values for its parameters.
const WINDOWS: [(&Window, &str, &[&str]); 6] = [
    (&UNCERTAIN_ANALYSES, "analyses_with_text_by_confidence", &["0.5", ID, "9"]),
    (&NEWEST_ANALYSES, "analyses", &[ID, "9"]),
    (&SAID_OF_ANALYSES, "feedback_by_analysis", &[ID, "9"]),
    (&UNCERTAIN_TWEETS, "stream_tweets_with_text_by_confidence", &[ID, "0.5", "2500", "9"]),
    (&NEWEST_TWEETS, "stream_tweets_by_time", &[ID, "2500", "2500", "9"]),
    (&SAID_OF_TWEETS, "stream_feedback_by_place", &["2500", "9"]),
];

const TWEETS: &str = "INSERT INTO stream_tweets (watch_id, source, source_id, at, text, label, confidence, received_at)";

const ID: &str = "'0190b3a5-0000-7000-8000-000000000000'";

/// The question how `statement` would be answered with these values, which are not bound: a plan depends on them.
fn question(explain: &str, statement: &str, values: &[&str]) -> AssertSqlSafe<String> {
    let filled = values.iter().enumerate().fold(statement.to_owned(), |filled, (place, value)| {
        filled.replace(&format!("${}", place + 1), value)
    });
    AssertSqlSafe(format!("{explain} {filled}"))
}

#[tokio::test]
async fn sqlite_finds_each_window_by_its_index() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("vigie.db");
    let store =
        connect(&format!("sqlite://{}", file.display()), &ConnectOptions::default()).await.unwrap();
    let options = SqliteConnectOptions::new().filename(&file);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    for (window, index, values) in WINDOWS {
        for statement in [window.items, window.log] {
            let rows = sqlx::query(question("EXPLAIN QUERY PLAN", statement, values));
            let rows = rows.fetch_all(&mut connection).await.unwrap();
            let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
            let plan = plan.join("\n");
            assert!(plan.contains(index), "{statement}\n{plan}");
            let scans =
                plan.lines().any(|line| line.starts_with("SCAN") && !line.contains("INDEX"));
            assert!(!scans, "{statement}\n{plan}");
        }
        let rows = sqlx::query(question("EXPLAIN QUERY PLAN", window.items, values));
        let rows = rows.fetch_all(&mut connection).await.unwrap();
        let sorts =
            rows.iter().any(|row| row.get::<String, _>("detail").contains("TEMP B-TREE FOR ORDER"));
        assert!(!sorts, "{}", window.items);
    }
    store.close().await;
}

#[tokio::test]
async fn postgres_finds_each_window_by_its_index() {
    let server = PostgresServer::shared().unwrap_or_else(|error| panic!("{error}"));
    let url = server.create_database().unwrap();
    let store = connect(&url, &ConnectOptions::default()).await.unwrap();
    let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
    for statement in [
        format!("INSERT INTO watches VALUES ({ID}, 'united', '@united', FALSE, 1)"),
        format!(
            "{TWEETS} SELECT {ID}, 'test', n::TEXT, n, 'text', 'neutral', n / 5000.0, n FROM generate_series(1, 5000) AS n"
        ),
        "ANALYZE".to_owned(),
        // The other tables are empty, so that reading them as a whole would be best.
        "SET enable_seqscan = off".to_owned(),
        "SET enable_bitmapscan = off".to_owned(),
    ] {
        sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
    }
    for (window, index, values) in WINDOWS {
        let rows = sqlx::query(question("EXPLAIN", window.items, values));
        let rows = rows.fetch_all(&mut connection).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        let plan = plan.join("\n");
        assert!(plan.contains(index) && !plan.contains("Seq Scan"), "{}\n{plan}", window.items);
    }
    store.close().await;
}
