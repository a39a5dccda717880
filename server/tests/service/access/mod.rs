//! Who may do what, asked as browsers and programs ask.

mod audit;
mod login;
mod modes;
mod routes;

use domain::{AccountName, KeyName, Right, Role};
use engine::Password;
use reqwest::{Method, RequestBuilder};

use crate::support::{Answer, Service};

const PASSWORD: &str = "the gate opens at nine";

/// Makes an account with [`PASSWORD`], and gives the token of its session.
async fn account(service: &Service, name: &str, role: Role) -> String {
    let access = service.engine.access();
    let name = AccountName::parse(name).unwrap();
    let made = access.make_account(name.clone(), role).await.unwrap().unwrap();
    let password = Password::parse(PASSWORD, &name).unwrap();
    access.choose_password(&made.token, password).await.unwrap().unwrap().1
}

/// Makes a key of an account.
async fn key(service: &Service, owner: &str, right: Right) -> String {
    let access = service.engine.access();
    let name = AccountName::parse(owner).unwrap();
    let id = access.account_named(&name).await.unwrap().unwrap().id;
    let name = KeyName::parse("test").unwrap();
    access.make_key(id, name, right, None).await.unwrap().unwrap().secret
}

/// Posts a form as a page without scripts does.
async fn form(service: &Service, function: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(fields);
    let request = service
        .request(Method::POST, &format!("/api/fn/{function}"))
        .header("accept", "text/html,application/xhtml+xml,*/*;q=0.8")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", cookie)
        .body(body.finish());
    service.send(request).await
}

fn with_session(request: RequestBuilder, token: &str) -> RequestBuilder {
    request.header("cookie", format!("vigie_session={token}"))
}

/// Loads a page as a browser does.
async fn page(service: &Service, path: &str, session: &str) -> Answer {
    let request = service.request(Method::GET, path).header("accept", "text/html");
    service.send(with_session(request, session)).await
}

/// The value of a cookie that an answer sets.
fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let start = format!("{name}=");
    let set = answer.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    let values = set.filter_map(|line| line.strip_prefix(&start)?.split(';').next());
    values.map(str::to_owned).find(|value| !value.is_empty())
}
