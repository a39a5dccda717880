//! Every route that there is, asked without rights.

use std::collections::BTreeSet;

use domain::{Right, Role};
use leptos::server_fn::axum::server_fn_paths;
use reqwest::{Method, StatusCode};
use serde_json::Value;
use server::access::{Needed, needed};

use super::{account, key};
use crate::support::{Service, raw};

/// What is open to everybody, written down once more: a change of this list is meant.
const PUBLIC: [&str; 10] = [
    "GET /api/v1/openapi.json",
    "GET /health",
    "GET /health/live",
    "GET /health/ready",
    "GET /invitation",
    "GET /login",
    "POST /api/fn/choose_password",
    "POST /api/fn/log_in",
    "POST /api/fn/log_out",
    "GET /api/docs/",
];

/// All routes: of REST, of pages, and of server functions, as the router is made from them.
async fn routes(service: &Service) -> BTreeSet<(String, String)> {
    let description = service.get("/api/v1/openapi.json").await.json();
    let paths = description["paths"].as_object().unwrap();
    let rest = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys();
        methods.map(|method| (method.to_uppercase(), path.clone())).collect::<Vec<_>>()
    });
    let pages = leptos_axum::generate_route_list(app::App)
        .into_iter()
        .chain(leptos_axum::generate_route_list(app::AccessSite))
        .map(|page| ("GET".to_owned(), page.path().to_owned()));
    let functions = server_fn_paths().map(|(path, method)| (method.to_string(), path.to_owned()));
    rest.chain(pages).chain(functions).collect()
}

/// The route with an id that nothing has.
fn address(route: &str) -> String {
    route.replace("{id}", "01890000-0000-7000-8000-000000000000")
}

async fn status(service: &Service, method: &str, route: &str, key: Option<&str>) -> StatusCode {
    let method: Method = method.parse().unwrap();
    let mut request = service.request(method.clone(), &address(route));
    if let Some(key) = key {
        request = request.bearer_auth(key);
    }
    if method != Method::GET {
        request = request.json(&Value::Null);
    }
    request.send().await.unwrap().status()
}

#[tokio::test]
async fn nobody_without_a_login_is_answered_but_where_it_is_said() {
    let service = Service::guarded().await;
    account(&service, "ann", Role::Admin).await;
    let routes = routes(&service).await;
    assert!(routes.len() > 80, "{}", routes.len());
    for (method, route) in &routes {
        let name = format!("{method} {route}");
        let answer = status(&service, method, route, None).await;
        let is_public = PUBLIC.contains(&name.as_str());
        assert_eq!(answer != StatusCode::UNAUTHORIZED, is_public, "{name}: {answer}");
    }
    for public in PUBLIC {
        let (method, route) = public.split_once(' ').unwrap();
        assert_ne!(status(&service, method, route, None).await, StatusCode::UNAUTHORIZED);
    }
}

/// What the pages' router would read as one of its routes, and ours does not.
const MISSPELT: [&str; 7] = [
    "/watch/",
    "/review/",
    "/files/01890000-0000-7000-8000-000000000000/",
    "//watch",
    "/nowhere/%2e%2e/watch",
    "/./?analysis=01890000-0000-7000-8000-000000000000",
    "/nowhere",
];

#[tokio::test]
async fn no_spelling_of_an_address_is_a_way_around() {
    let service = Service::guarded().await;
    account(&service, "ann", Role::Admin).await;
    let head = "\r\nhost: localhost\r\naccept: text/html\r\nconnection: close\r\n\r\n";
    for path in MISSPELT {
        // As it is: a client would tidy it up.
        let request = format!("GET {path} HTTP/1.1{head}");
        let answer = raw::rest(raw::send(service.address, &request).await).await;
        assert!(answer.starts_with("HTTP/1.1 303"), "{path}: {answer}");
        assert!(!answer.contains("data-page"), "{path}");
    }
}

#[tokio::test]
async fn a_key_may_do_what_it_was_made_for_and_no_more() {
    let service = Service::guarded().await;
    account(&service, "ann", Role::Admin).await;
    for right in Right::ALL {
        let key = key(&service, "ann", right).await;
        for (method, route) in routes(&service).await {
            let Needed::Right(least) = needed(&method.parse().unwrap(), &route) else { continue };
            // A stream of news does not end; that it is answered is seen by its status.
            let answer = status(&service, &method, &route, Some(&key)).await;
            let is_forbidden = answer == StatusCode::FORBIDDEN;
            // Some things only a person may do.
            let is_for_people = route.contains("key");
            assert!(
                is_forbidden == (right < least) || is_for_people && is_forbidden,
                "{method} {route} with {right}: {answer}"
            );
        }
    }
}

#[tokio::test]
async fn a_key_may_never_do_more_than_its_owner() {
    let service = Service::guarded().await;
    account(&service, "ann", Role::Admin).await;
    account(&service, "bob", Role::Viewer).await;
    let key = key(&service, "bob", Right::Administer).await;
    assert_eq!(status(&service, "GET", "/api/v1/watches", Some(&key)).await, 200);
    assert_eq!(status(&service, "POST", "/api/v1/watches", Some(&key)).await, 403);
    assert_eq!(status(&service, "GET", "/api/v1/accounts", Some(&key)).await, 403);
    // A key that makes keys would outlive its own end.
    let wish = serde_json::json!({ "name": "another", "right": "administer" });
    let made = service.request(Method::POST, "/api/v1/keys").bearer_auth(&key).json(&wish);
    service.send(made).await.is_problem(403, "may not do this");
}

#[tokio::test]
async fn a_key_that_is_none_is_told_so_even_where_nobody_needs_one() {
    let service = Service::start().await;
    assert_eq!(status(&service, "GET", "/api/v1/watches", Some("vigie_nonsense")).await, 401);
    assert_eq!(status(&service, "GET", "/api/v1/watches", None).await, 200);
}
