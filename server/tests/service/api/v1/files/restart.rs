//! A reading that is broken off in the middle goes on, and every row is there once.

use bundle_fixture::SmallBundle;
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::program::Program;

const ROWS: usize = 150_000;

/// Every tenth row cannot be read.
fn table() -> String {
    let row = |number: usize| match number % 10 {
        0 => format!("{number},\n"),
        _ => format!("{number},the flight {number} was late\n"),
    };
    let rows: String = (0..ROWS).map(row).collect();
    format!("id,text\n{rows}")
}

async fn ask(program: &Program, path: &str) -> Value {
    program.ask(Method::GET, path, None).await.json()
}

#[tokio::test]
async fn a_kill_in_the_middle_loses_no_row_and_doubles_none() {
    let folder = TempDir::new().unwrap();
    SmallBundle::default().write(&folder.path().join("model"));
    let mut program = Program::start(folder.path(), "sqlite://kept.db");
    let table = table();
    let announced = json!({ "name": "a.csv", "bytes": table.len() });
    let created = program.ask(Method::POST, "/api/v1/files", Some(&announced)).await;
    let path = created.header("location").to_owned();
    let sent = program.send_bytes(Method::PATCH, &format!("{path}/content?offset=0"), table).await;
    assert_eq!(sent.json()["state"], "waiting", "{}", sent.text);
    program.ask(Method::POST, &format!("{path}/reading"), Some(&json!({}))).await;
    for part in 1..3 {
        // So much is durable and not all.
        while ask(&program, &format!("{path}/rows?limit=1")).await["total"] == 0 {}
        let progress = ask(&program, &path).await["progress"]["judged"].as_u64().unwrap();
        assert!(progress < ROWS as u64 * 9 / 10, "run {part} was not broken off in the middle");
        program.kill();
        program = Program::start(folder.path(), "sqlite://kept.db");
        assert_eq!(ask(&program, &path).await["state"], "reading");
    }
    let file = loop {
        let file = ask(&program, &path).await;
        if file["state"] != "reading" {
            break file;
        }
    };
    assert_eq!(file["state"], "done");
    let export = program.ask(Method::GET, &format!("{path}/export"), None).await.text;
    let ids =
        export.lines().skip(1).map(|row| row.split(',').next().unwrap().parse::<usize>().unwrap());
    assert!(ids.eq((0..ROWS).filter(|number| number % 10 != 0)));
    assert_eq!(file["progress"]["judged"], ROWS * 9 / 10);
    assert_eq!(file["progress"]["unreadable"], ROWS / 10);
    assert_eq!(ask(&program, &format!("{path}/summary")).await["judged"], ROWS * 9 / 10);
}
