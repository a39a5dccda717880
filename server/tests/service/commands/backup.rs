use std::{fs, path::Path, process::Output};

use bundle_fixture::SmallBundle;
use reqwest::Method;
use serde_json::json;
use tempfile::TempDir;

use crate::support::program::{Program, complaint, run};

/// A database file in `folder` with one analysis, made by a service that still runs.
async fn serving(folder: &Path) -> (Program, String) {
    SmallBundle::default().write(&folder.join("model"));
    let program = Program::start(folder, "sqlite://vigie.db");
    let late = json!({ "text": "late again" });
    let made = program.ask(Method::POST, "/api/v1/analyses", Some(&late)).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    (program, format!("/api/v1/analyses/{id}"))
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", complaint(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[tokio::test]
async fn a_running_service_is_backed_up_and_its_backup_served() {
    let folder = TempDir::new().unwrap();
    let (program, path) = serving(folder.path()).await;
    let backup = run(folder.path(), &["backup", "daily", "--database-url", "sqlite://vigie.db"]);
    assert!(said(&backup).contains("tables in daily, "), "{}", said(&backup));

    let in_use = ["restore", "daily", "--replace", "--database-url", "sqlite://vigie.db"];
    let refused = run(folder.path(), &in_use);
    assert!(!refused.status.success());
    assert!(
        complaint(&refused).contains("another program uses the database"),
        "{}",
        complaint(&refused)
    );
    assert_eq!(program.ask(Method::GET, &path, None).await.status, 200);
    program.kill();

    let restored = run(folder.path(), &["restore", "daily", "--database-url", "sqlite://new.db"]);
    assert!(said(&restored).contains("restored and compared"), "{}", said(&restored));
    let program = Program::start(folder.path(), "sqlite://new.db");
    let read = program.ask(Method::GET, &path, None).await;
    assert_eq!((read.status, &read.json()["text"]), (200, &json!("late again")));
    // What a service was killed on can be replaced: its log is folded in before.
    said(&run(folder.path(), &in_use));
}

#[tokio::test]
async fn a_database_is_copied_into_another() {
    let folder = TempDir::new().unwrap();
    let (program, path) = serving(folder.path()).await;
    let copy = ["db", "copy", "--from", "sqlite://vigie.db", "--to", "sqlite://new.db"];
    assert!(said(&run(folder.path(), &copy)).contains("copied and compared"));
    program.kill();
    let again = run(folder.path(), &copy);
    assert!(complaint(&again).contains("give --replace"), "{}", complaint(&again));
    let program = Program::start(folder.path(), "sqlite://new.db");
    assert_eq!(program.ask(Method::GET, &path, None).await.status, 200);
}

#[test]
fn a_file_that_is_no_backup_is_told() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("notes.txt"), "late").unwrap();
    let output = run(folder.path(), &["restore", "notes.txt"]);
    assert!(!output.status.success());
    assert!(
        complaint(&output).contains("“notes.txt” is no backup of Vigie"),
        "{}",
        complaint(&output)
    );
    assert!(!folder.path().join("vigie.db").exists());
}

#[cfg(unix)]
#[test]
fn a_backup_that_is_interrupted_leaves_nothing() {
    use std::{io::Write, net::TcpListener, process::Command};

    let folder = TempDir::new().unwrap();
    // A database that takes the connection and then says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("postgres://me@{}/db", silent.local_addr().unwrap());
    fs::File::create(folder.path().join("daily")).unwrap().write_all(b"the one before").unwrap();
    let child = crate::support::program::vigie()
        .current_dir(folder.path())
        .args(["backup", "daily", "--database-url", &url])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let (_connection, _) = silent.accept().unwrap();
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert!(!output.status.success());
    assert!(complaint(&output).contains("interrupted"), "{}", complaint(&output));
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["daily"]);
    assert_eq!(fs::read(folder.path().join("daily")).unwrap(), b"the one before");
}
