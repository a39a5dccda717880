use reqwest::Method;

use crate::support::{Answer, Service};

async fn page(service: &Service, path: &str) -> Answer {
    service.send(service.request(Method::GET, path).header("accept", "text/html")).await
}

#[tokio::test]
async fn the_first_page_answers_at_its_own_path() {
    let service = Service::start().await;
    let page = page(&service, "/").await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.text.contains("<textarea"), "{}", page.text);
}

#[tokio::test]
async fn every_script_of_a_page_carries_the_nonce_of_its_policy() {
    let service = Service::start().await;
    let page = page(&service, "/").await;
    let policy = page.header("content-security-policy");
    let nonce = policy.split_once("'nonce-").unwrap().1.split_once('\'').unwrap().0;
    let scripts: Vec<&str> = page.text.split("<script").skip(1).collect();
    assert!(!scripts.is_empty());
    for script in scripts {
        let tag = script.split_once('>').unwrap().0;
        assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "<script{tag}>");
    }
}

#[tokio::test]
async fn no_two_pages_have_the_same_nonce() {
    let service = Service::start().await;
    let (one, other) = (page(&service, "/").await, page(&service, "/").await);
    assert_ne!(one.header("content-security-policy"), other.header("content-security-policy"));
}

#[tokio::test]
async fn an_unknown_path_is_a_page_that_is_not_found() {
    let service = Service::start().await;
    let page = page(&service, "/nowhere").await;
    assert_eq!(page.status, 404);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.header("content-security-policy").contains("'nonce-"));
}

#[tokio::test]
async fn who_takes_no_page_gets_a_problem() {
    let service = Service::start().await;
    let request = service.request(Method::GET, "/nowhere").header("accept", "application/json");
    service.send(request).await.is_problem(404, "nothing at this address");
}

#[tokio::test]
async fn a_file_of_the_page_comes_with_a_tag_and_is_not_sent_twice() {
    let service = Service::start().await;
    let file = service.get("/pkg/vigie.css").await;
    assert_eq!((file.status, file.text.as_str()), (200, "body { margin: 0 }"));
    assert_eq!(file.header("content-type"), "text/css");
    let request = service.request(Method::GET, "/pkg/vigie.css");
    let again = service.send(request.header("if-none-match", file.header("etag"))).await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
}

#[tokio::test]
async fn a_changed_file_is_sent_again() {
    let service = Service::start().await;
    let tag = service.get("/pkg/vigie.css").await.header("etag").to_owned();
    std::fs::write(service.folder.path().join("site/pkg/vigie.css"), "body { margin: 1em }")
        .unwrap();
    let request = service.request(Method::GET, "/pkg/vigie.css").header("if-none-match", tag);
    assert_eq!(service.send(request).await.text, "body { margin: 1em }");
}

#[tokio::test]
async fn nothing_outside_the_site_is_a_file() {
    let service = Service::start().await;
    for path in ["/%2e%2e/secret.txt", "/pkg/..%2f..%2fsecret.txt", "/pkg/"] {
        let answer = service.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text.contains("not for you"), "{path}");
    }
}

#[tokio::test]
async fn a_verdict_says_its_reason_and_its_doubt_in_the_reader_s_language() {
    let service = Service::start().await;
    let path = format!("/?analysis={}", service.doubtful_complaint().await.id);
    let english = page(&service, &path).await.text;
    for words in ["Late flight", "not sure", "data-notice=\"not-sure\"", "Late flight · Not sure ·"]
    {
        assert!(english.contains(words), "“{words}” is not in {english}");
    }
    let french = page(&service, &format!("{path}&lang=fr")).await.text;
    for words in ["Retard du vol", "pas sûr", "Retard du vol · Pas sûr ·"] {
        assert!(french.contains(words), "“{words}” is not in {french}");
    }
}

#[tokio::test]
async fn a_page_warns_of_a_language_that_no_model_knows_and_says_which_they_know() {
    let (one, two) = (Service::start().await, Service::bilingual().await);
    let french = "le vol est encore en retard, c’est la honte";
    let opened = async |service: &Service, text: &str| {
        let id = service.analyse(text).await["id"].as_str().unwrap().to_owned();
        page(service, &format!("/?analysis={id}")).await.text
    };
    let warned = opened(&one, french).await;
    assert!(warned.contains("This reads like French. The model knows English"), "{warned}");
    assert!(!opened(&two, french).await.contains("This reads like"));
    let german = opened(&two, "ich habe meinen Koffer immer noch nicht").await;
    assert!(german.contains("This reads like German."), "{german}");
    assert!(german.contains("Vigie knows English and French."), "{german}");
    assert!(!opened(&two, "12:30 😡").await.contains("This reads like"));
}

#[tokio::test]
async fn the_models_in_use_are_shown_with_their_cards() {
    let service = Service::bilingual().await;
    let shown = page(&service, "/models").await;
    assert_eq!(shown.status, 200);
    for words in [
        "data-model=\"small\"",
        "data-model=\"small-fr\"",
        "reads texts in English, and all that no other model knows.",
        "reads texts in French.",
        "A small model for tests.",
        "0.812",
        "0.570 to 0.934",
        "1,600",
        "small.train.tsv.gz",
        "It means nothing.",
        "vigie-train export",
    ] {
        assert!(shown.text.contains(words), "“{words}” is not in {}", shown.text);
    }
    let french = page(&service, "/models?lang=fr").await.text;
    for words in ["Vigie connaît l’anglais et le français.", "0,570 à 0,934", "1\u{202f}600"] {
        assert!(french.contains(words), "“{words}” is not in {french}");
    }
}
