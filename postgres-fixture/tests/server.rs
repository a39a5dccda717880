//! The server of the tests does what tests need of it.

use std::{
    collections::BTreeSet,
    env,
    io::{BufRead, BufReader},
    net::TcpStream,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use postgres_fixture::PostgresServer;

/// Set in the process that is to be killed.
const TO_BE_KILLED: &str = "VIGIE_TEST_IS_TO_BE_KILLED";

#[test]
fn what_was_committed_survives_a_kill() {
    let server = PostgresServer::new().unwrap();
    let url = server.create_database().unwrap();
    server.sql(&url, "CREATE TABLE t (n int); INSERT INTO t VALUES (7)").unwrap();
    server.kill().unwrap();
    assert!(server.sql(&url, "SELECT 1").is_err(), "the killed server still answers");
    server.start().unwrap();
    assert_eq!(server.sql(&url, "SELECT n FROM t").unwrap(), "7");
}

#[test]
fn a_server_is_back_after_every_one_of_many_kills() {
    let server = PostgresServer::new().unwrap();
    let url = server.create_database().unwrap();
    server.sql(&url, "CREATE TABLE t (n int)").unwrap();
    for n in 1..=5 {
        server.sql(&url, &format!("INSERT INTO t VALUES ({n})")).unwrap();
        server.kill().unwrap();
        server.start().unwrap();
        assert_eq!(server.sql(&url, "SELECT count(*) FROM t").unwrap(), n.to_string());
    }
}

#[test]
fn servers_that_are_made_at_once_do_not_take_each_other_s_port() {
    let make = || thread::spawn(|| PostgresServer::new().unwrap());
    let servers: Vec<_> =
        [make(), make(), make()].into_iter().map(thread::JoinHandle::join).collect();
    let folders: BTreeSet<_> = servers
        .iter()
        .map(|server| server.as_ref().unwrap())
        .map(|server| server.sql(&server.url(), "SHOW data_directory").unwrap())
        .collect();
    assert_eq!(folders.len(), 3);
}

#[test]
fn every_database_is_a_new_one() {
    let server = PostgresServer::shared().unwrap();
    let (one, other) = (server.create_database().unwrap(), server.create_database().unwrap());
    server.sql(&one, "CREATE TABLE t (n int)").unwrap();
    assert!(server.sql(&other, "SELECT n FROM t").is_err());
}

#[test]
fn the_server_syncs_what_it_commits() {
    let server = PostgresServer::shared().unwrap();
    assert_eq!(server.sql(&server.url(), "SHOW fsync").unwrap(), "on");
}

/// This test starts its own program a second time, which starts a server and is killed.
#[test]
fn a_server_goes_with_its_process_even_if_that_is_killed() {
    if env::var_os(TO_BE_KILLED).is_some() {
        let server = PostgresServer::new().unwrap();
        println!("\nat {}", server.url().replace("postgres://vigie@", "").replace("/postgres", ""));
        loop {
            thread::park();
        }
    }
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "a_server_goes_with_its_process_even_if_that_is_killed"])
        .env(TO_BE_KILLED, "yes")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let address = { lines }.find_map(|line| line.strip_prefix("at ").map(str::to_owned)).unwrap();
    TcpStream::connect(&address).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let begin = Instant::now();
    while TcpStream::connect(&address).is_ok() {
        assert!(begin.elapsed() < Duration::from_secs(30), "the server outlives its process");
        thread::yield_now();
    }
}
