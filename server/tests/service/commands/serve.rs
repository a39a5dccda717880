use std::{
    fs,
    io::ErrorKind,
    net::{TcpListener, TcpStream},
};

use bundle_fixture::SmallBundle;
use tempfile::TempDir;

use crate::support::program::{Program, complaint, run};

#[test]
fn without_a_model_it_does_not_start() {
    let folder = TempDir::new().unwrap();
    let output = run(folder.path(), &["serve", "--listen", "127.0.0.1:0", "--model", "nowhere"]);
    assert!(!output.status.success());
    assert!(
        complaint(&output).contains("no model can be loaded from nowhere: give --model DIR"),
        "{}",
        complaint(&output)
    );
}

#[test]
fn with_a_damaged_model_it_does_not_start() {
    let folder = TempDir::new().unwrap();
    let model = folder.path().join("model");
    SmallBundle::default().write(&model);
    let weights = model.join("model.safetensors");
    let mut bytes = fs::read(&weights).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&weights, bytes).unwrap();
    let output = run(folder.path(), &["serve", "--listen", "127.0.0.1:0", "--model", "model"]);
    assert!(!output.status.success());
    assert!(complaint(&output).contains("model.safetensors"), "{}", complaint(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn a_core_that_is_not_there_is_told() {
    let folder = TempDir::new().unwrap();
    SmallBundle::default().write(&folder.path().join("model"));
    let arguments =
        ["serve", "--listen", "127.0.0.1:0", "--model", "model", "--model-cores", "0,1000"];
    let output = run(folder.path(), &arguments);
    assert!(!output.status.success());
    let complaint = complaint(&output);
    assert!(complaint.contains("core 1000 is none that this process may use: "), "{complaint}");
}

#[test]
fn a_port_in_use_is_told() {
    let folder = TempDir::new().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = run(folder.path(), &["serve", "--listen", &address]);
    assert!(!output.status.success());
    let complaint = complaint(&output);
    assert!(
        complaint.contains(&format!("cannot listen on {address}: is it in use?")),
        "{complaint}"
    );
}

#[test]
fn an_address_of_no_known_database_is_told_without_its_password() {
    let folder = TempDir::new().unwrap();
    SmallBundle::default().write(&folder.path().join("model"));
    let url = "mysql://me:secret@host/db";
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--model", "model", "--database-url", url];
    let output = run(folder.path(), &arguments);
    assert!(!output.status.success());
    let complaint = complaint(&output);
    assert!(complaint.contains("use sqlite://PATH or postgres://"), "{complaint}");
    assert!(!complaint.contains("secret"), "{complaint}");
}

#[cfg(unix)]
#[test]
fn while_it_starts_clients_are_refused_and_it_can_be_stopped() {
    let folder = TempDir::new().unwrap();
    SmallBundle::default().write(&folder.path().join("model"));
    // A database that takes the connection and then says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let database_url = format!("postgres://me@{}/db", silent.local_addr().unwrap());
    let program = Program::start_up(folder.path(), &database_url);
    let (_connection, _) = silent.accept().unwrap();
    let refused = TcpStream::connect(program.address).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    let (status, log) = program.terminate();
    assert!(status.success(), "{log}");
    assert!(log.contains("stopped before it was ready") && !log.contains("ready on"), "{log}");
}
