//! Local mode, accounts, and demonstrations.

use std::process::Stdio;

use bundle_fixture::SmallBundle;
use domain::{Role, Via};
use reqwest::Method;
use serde_json::json;
use tempfile::TempDir;

use super::{account, form, page};
use crate::support::{
    Service,
    program::{complaint, run, vigie},
};

#[tokio::test]
async fn on_this_machine_nobody_needs_a_login_until_there_is_an_account() {
    let service = Service::start().await;
    let first = page(&service, "/", "").await;
    assert!(first.status == 200 && first.text.contains("data-mode=\"local\""));
    // An analyst alone could never let anybody else in.
    let fields = [("name", "bob"), ("role", "analyst")];
    assert_eq!(form(&service, "make_account", "", &fields).await.header("location"), "/accounts");
    let fields = [("name", "ann"), ("role", "admin")];
    let made = form(&service, "make_account", "", &fields).await;
    assert!(made.header("location").starts_with("/invitation?token="), "{}", made.text);
    assert_eq!(page(&service, "/", "").await.status, 303);
    assert_eq!(page(&service, made.header("location"), "").await.status, 200);
}

#[tokio::test]
async fn in_a_demonstration_everybody_tries_texts_and_changes_nothing() {
    let service =
        Service::open(None, |mode| (mode.is_loopback, mode.is_demo) = (false, true)).await;
    assert!(page(&service, "/", "").await.text.contains("data-mode=\"demo\""));
    let analysis = service.analyse("thanks").await;
    let path = format!("/api/v1/analyses/{}/feedback", analysis["id"].as_str().unwrap());
    assert_eq!(service.put(&path, &json!({ "label": "negative" })).await.status, 401);
    assert_eq!(service.post("/api/v1/watches", &json!({})).await.status, 401);
    assert_eq!(service.get("/api/v1/accounts").await.status, 401);
    let session = account(&service, "ann", Role::Admin).await;
    assert_eq!(page(&service, "/accounts", &session).await.status, 200);
}

#[tokio::test]
async fn behind_a_proxy_the_client_s_own_address_counts_and_its_https() {
    let service = Service::open(None, |mode| {
        mode.is_loopback = false;
        mode.proxies = std::sync::Arc::new("127.0.0.1".parse().unwrap());
    })
    .await;
    account(&service, "ann", Role::Admin).await;
    let attempt = async |client: &str, password: &str| {
        let request = service
            .request(Method::POST, "/api/fn/log_in")
            .header("x-forwarded-for", client)
            .header("x-forwarded-proto", "https")
            .header("content-type", "application/x-www-form-urlencoded");
        service.send(request.body(format!("name=ann&password={password}"))).await
    };
    for _ in 0..6 {
        attempt("198.51.100.1", "wrong").await;
    }
    assert_eq!(attempt("198.51.100.1", "wrong").await.status, 429);
    let right = attempt("198.51.100.2", &super::PASSWORD.replace(' ', "+")).await;
    let set = right.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(set.starts_with("__Host-vigie_session=") && set.ends_with("Secure"), "{set}");
}

#[test]
fn without_an_account_nobody_serves_the_world() {
    let folder = TempDir::new().unwrap();
    SmallBundle::default().write(&folder.path().join("model"));
    let serve = ["serve", "--listen", "0.0.0.0:0", "--model", "model"];
    let refused = run(folder.path(), &serve);
    assert!(!refused.status.success());
    assert!(complaint(&refused).contains("vigie account add NAME --role admin"));
}

#[test]
fn the_command_line_keeps_accounts() {
    let folder = TempDir::new().unwrap();
    let said = |arguments: &[&str]| {
        let output = run(folder.path(), arguments);
        (
            output.status.success(),
            String::from_utf8(output.stdout.clone()).unwrap(),
            complaint(&output),
        )
    };
    let (_, _, told) = said(&["account", "add", "bob", "--role", "analyst"]);
    assert!(told.contains("the first account is an admin"), "{told}");
    let public = ["--public-url", "https://vigie.example"];
    let (done, link, _) =
        said(&[&["account", "add", "Ann", "--role", "admin"][..], &public].concat());
    assert!(done && link.contains("https://vigie.example/invitation?token="), "{link}");
    assert!(said(&["account", "add", "bob", "--role", "viewer"]).0);
    assert!(said(&["account", "role", "bob", "analyst"]).0);
    assert_eq!(
        said(&["account", "list"]).1,
        "ann: admin, has no password yet\nbob: analyst, has no password yet\n"
    );
    assert!(said(&["account", "remove", "ann"]).2.contains("the last admin"));
    assert!(said(&["account", "remove", "bob"]).0);
    assert!(said(&["account", "link", "bob"]).2.contains("there is no such account"));
    assert!(
        said(&["account", "add", "eve", "--role", "root"]).2.contains("viewer, analyst or admin")
    );
}

#[tokio::test]
async fn the_first_admin_is_made_at_the_start_and_noted() {
    let folder = TempDir::new().unwrap();
    SmallBundle::default().write(&folder.path().join("model"));
    let mut child = vigie()
        .current_dir(folder.path())
        .args(["serve", "--listen", "0.0.0.0:0", "--model", "model"])
        .env("VIGIE_FIRST_ADMIN", "ann")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let log = std::io::BufReader::new(child.stderr.take().unwrap());
    let link = std::io::BufRead::lines(log)
        .map(Result::unwrap)
        .find(|line| line.contains("/invitation?token="));
    assert!(link.is_some());
    child.kill().unwrap();
    child.wait().unwrap();
    let url = format!("sqlite://{}", folder.path().join("vigie.db").display());
    let service = Service::open(Some(&url), |_mode| {}).await;
    let changes = service.engine.access().changes(None, 10).await.unwrap();
    assert_eq!((changes.len(), changes[0].via), (1, Via::Command));
}
