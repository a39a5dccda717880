use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, Service};

async fn post_from(service: &Service, headers: &[(&str, &str)]) -> Answer {
    let mut request = service.request(Method::POST, "/api/v1/analyses");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    service.send(request.json(&json!({ "text": "thanks" }))).await
}

#[tokio::test]
async fn a_program_and_our_own_page_may_change_things() {
    let service = Service::start().await;
    assert_eq!(post_from(&service, &[]).await.status, 201);
    let origin = format!("http://{}", service.address);
    let own = [("origin", origin.as_str()), ("sec-fetch-site", "same-origin")];
    assert_eq!(post_from(&service, &own).await.status, 201);
}

#[tokio::test]
async fn a_page_of_another_site_may_not() {
    let service = Service::start().await;
    for headers in [
        [("origin", "https://evil.example")],
        [("origin", "null")],
        [("sec-fetch-site", "cross-site")],
    ] {
        post_from(&service, &headers).await.is_problem(403, "Pages of other sites");
    }
    assert_eq!(service.get("/api/v1/analyses").await.json()["items"], json!([]));
}

#[tokio::test]
async fn every_answer_forbids_what_it_does_not_need() {
    let service = Service::start().await;
    for path in [
        "/",
        "/api/v1",
        "/api/docs/",
        "/health",
        "/nowhere",
        "/pkg/vigie.css",
        "/api/v1/analyses/1",
    ] {
        let answer = service.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_given_request_id_comes_back() {
    let service = Service::start().await;
    let request = service.request(Method::GET, "/api/v1/nothing").header("x-request-id", "trace-7");
    let answer = service.send(request).await;
    assert_eq!(answer.header("x-request-id"), "trace-7");
    answer.is_problem(404, "nothing at this address");
}

#[tokio::test]
async fn a_name_that_another_site_gave_our_address_is_refused() {
    let service = Service::start().await;
    for (method, path) in [(Method::GET, "/"), (Method::GET, "/api/v1"), (Method::POST, "/predict")]
    {
        let request = service.request(method, path).header("host", "evil.example:3000");
        service.send(request).await.is_problem(421, "VIGIE_ALLOWED_HOSTS");
    }
    for path in ["/health/live", "/health/ready", "/health"] {
        let request = service.request(Method::GET, path).header("host", "10.0.0.7:3000");
        assert_eq!(service.send(request).await.status, 200, "{path}");
    }
    let request = service.request(Method::GET, "/api/v1").header("host", "localhost:3000");
    assert_eq!(service.send(request).await.status, 200);
}

#[tokio::test]
async fn a_plain_form_is_refused_with_a_page() {
    let service = Service::start().await;
    let form = service.plain_form("thanks").header("origin", "https://evil.example");
    let answer = service.send(form).await;
    assert_eq!(answer.status, 403);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert!(answer.text.contains("<p>Pages of other sites may not change"), "{}", answer.text);
    assert!(answer.text.contains(answer.header("x-request-id")), "{}", answer.text);
}
