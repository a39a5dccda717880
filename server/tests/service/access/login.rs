//! From a link to a password, to a session, to its end.

use domain::{AccountName, Role};
use reqwest::Method;

use super::{PASSWORD, account, cookie, form, page, with_session};
use crate::support::Service;

#[tokio::test]
async fn a_link_gives_a_password_and_a_session_once() {
    let service = Service::guarded().await;
    let access = service.engine.access();
    let name = AccountName::parse("ann").unwrap();
    let made = access.make_account(name, Role::Admin).await.unwrap().unwrap();
    let path = format!("/invitation?token={}", made.token);
    assert!(page(&service, &path, "").await.text.contains("For the account ann"));
    let fields =
        [("token", made.token.as_str()), ("password", PASSWORD), ("again", "another one, longer")];
    let unequal = form(&service, "choose_password", "", &fields).await;
    assert_eq!((unequal.status, unequal.header("location")), (303, path.as_str()));
    let fields = [("token", made.token.as_str()), ("password", PASSWORD), ("again", PASSWORD)];
    let chosen = form(&service, "choose_password", "", &fields).await;
    assert_eq!((chosen.status, chosen.header("location")), (303, "/"));
    let session = cookie(&chosen, "vigie_session").unwrap();
    assert_eq!(page(&service, "/watch", &session).await.status, 200);
    let again = form(&service, "choose_password", "", &fields).await;
    assert!(cookie(&again, "vigie_session").is_none());
}

#[tokio::test]
async fn a_login_leads_back_to_the_page_that_was_asked_for_and_gives_a_new_session() {
    let service = Service::guarded().await;
    let old = account(&service, "ann", Role::Admin).await;
    let asked = page(&service, "/watch?range=day&lang=fr", "").await;
    assert_eq!(asked.status, 303);
    assert_eq!(asked.header("location"), "/login?next=%2Fwatch%3Frange%3Dday%26lang%3Dfr");
    assert!(
        page(&service, asked.header("location"), "")
            .await
            .text
            .contains("/watch?range=day&amp;lang=fr")
    );
    let fields = [("name", "Ann"), ("password", PASSWORD), ("next", "/watch?range=day&lang=fr")];
    // What a stranger put into the browser before is of no use after.
    let logged_in = form(&service, "log_in", "vigie_session=planted", &fields).await;
    assert_eq!(logged_in.header("location"), "/watch?range=day&lang=fr");
    let session = cookie(&logged_in, "vigie_session").unwrap();
    assert!(session != "planted" && session != old);
    let set = logged_in
        .headers
        .get_all("set-cookie")
        .iter()
        .find(|line| line.to_str().unwrap().starts_with("vigie_session="));
    assert!(set.unwrap().to_str().unwrap().contains("HttpOnly; SameSite=Lax"));
    let elsewhere = [("name", "ann"), ("password", PASSWORD), ("next", "//evil.example")];
    assert_eq!(form(&service, "log_in", "", &elsewhere).await.header("location"), "/");
}

#[tokio::test]
async fn whoever_logs_out_is_out() {
    let service = Service::guarded().await;
    let session = account(&service, "ann", Role::Admin).await;
    assert_eq!(page(&service, "/account", &session).await.status, 200);
    let out = form(&service, "log_out", &format!("vigie_session={session}"), &[]).await;
    assert!(out.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(page(&service, "/account", &session).await.status, 303);
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_are_told_alike_and_many_are_slowed_down() {
    let service = Service::guarded().await;
    account(&service, "ann", Role::Admin).await;
    let attempt = async |name: &str| {
        let request = service.request(Method::POST, "/api/fn/log_in");
        let body = format!("name={name}&password=wrong");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        service.send(request.body(body)).await
    };
    let (known, unknown) = (attempt("ann").await, attempt("zoe").await);
    assert_eq!((known.status, &known.text), (401, &unknown.text));
    for _ in 0..4 {
        assert_eq!(attempt("ann").await.status, 401);
    }
    assert_eq!(attempt("ann").await.status, 429);
    // The right password waits as well: else it would be told by the answer.
    let fields = [("name", "ann"), ("password", PASSWORD)];
    let right = form(&service, "log_in", "", &fields).await;
    assert!(cookie(&right, "vigie_session").is_none());
    assert_eq!(attempt("zoe").await.status, 401);
}

#[tokio::test]
async fn what_one_says_is_said_by_one_s_account() {
    let service = Service::guarded().await;
    let session = account(&service, "ann", Role::Admin).await;
    let post = |path: &str, body: serde_json::Value| {
        with_session(service.request(Method::POST, path), &session).json(&body)
    };
    let text = serde_json::json!({ "text": "thanks" });
    let analysis = service.send(post("/api/v1/analyses", text)).await.json();
    let path = format!("/api/v1/analyses/{}/feedback", analysis["id"].as_str().unwrap());
    let said = serde_json::json!({ "label": "negative", "reviewer": "somebody else" });
    let request = with_session(service.request(Method::PUT, &path), &session).json(&said);
    let corrected = service.send(request).await.json();
    assert_eq!(corrected["feedback"]["reviewer"], "ann");
}
