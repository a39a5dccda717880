use reqwest::Method;
use serde_json::{Value, json};

use crate::support::Service;

#[tokio::test]
async fn a_text_gets_a_verdict_that_can_be_read_again() {
    let service = Service::start().await;
    let answer = service.post("/api/v1/analyses", &json!({ "text": "the flight was late!" })).await;
    assert_eq!(answer.status, 201);
    let made = answer.json();
    assert_eq!(
        answer.header("location"),
        format!("/api/v1/analyses/{}", made["id"].as_str().unwrap())
    );
    assert_eq!(service.get(answer.header("location")).await.json(), made);
}

#[tokio::test]
async fn a_verdict_has_every_field_and_probabilities_that_sum_to_one() {
    let service = Service::start().await;
    let made = service.analyse("the flight was late!").await;
    let names: Vec<&str> = made.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = [
        "id",
        "text",
        "label",
        "confidence",
        "probabilities",
        "sure",
        "complaint",
        "known",
        "model",
        "model_version",
        "language",
        "created_at",
        "duration_us",
        "feedback",
    ];
    expected.sort_unstable();
    let mut sorted = names;
    sorted.sort_unstable();
    assert_eq!(sorted, expected);
    let shares = &made["probabilities"];
    let of = |label: &str| shares[label].as_f64().unwrap();
    assert!((of("negative") + of("neutral") + of("positive") - 1.0).abs() < 1e-5);
    assert!(
        (of(made["label"].as_str().unwrap()) - made["confidence"].as_f64().unwrap()).abs() < 1e-9
    );
    assert_eq!(made["text"], "the flight was late!");
    assert_eq!(made["feedback"], Value::Null);
    assert!(made["created_at"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
    assert!(made["duration_us"].is_u64());
}

#[tokio::test]
async fn unknown_fields_are_ignored() {
    let service = Service::start().await;
    let body = json!({ "text": "thanks", "campaign": "summer" });
    assert_eq!(service.post("/api/v1/analyses", &body).await.status, 201);
}

#[tokio::test]
async fn five_hundred_characters_are_a_text_whatever_their_bytes() {
    let service = Service::start().await;
    service.analyse(&"😡".repeat(500)).await;
}

#[tokio::test]
async fn an_empty_text_is_refused() {
    let service = Service::start().await;
    let answer = service.post("/api/v1/analyses", &json!({ "text": "" })).await;
    answer.is_problem(422, "The text is empty: write 1 to 500 characters");
}

#[tokio::test]
async fn a_blank_text_is_refused() {
    let service = Service::start().await;
    let answer = service.post("/api/v1/analyses", &json!({ "text": " \n\u{200b}" })).await;
    answer.is_problem(422, "The text is blank");
}

#[tokio::test]
async fn a_text_of_501_characters_is_refused() {
    let service = Service::start().await;
    let answer = service.post("/api/v1/analyses", &json!({ "text": "é".repeat(501) })).await;
    answer.is_problem(422, "The text has 501 characters: shorten it to 500");
}

#[tokio::test]
async fn a_nul_is_refused() {
    let service = Service::start().await;
    service.post("/api/v1/analyses", &json!({ "text": "a\0b" })).await.is_problem(422, "NUL");
}

#[tokio::test]
async fn a_body_without_a_text_is_refused() {
    let service = Service::start().await;
    for body in [json!({}), json!({ "text": null }), json!({ "text": 5 }), json!([]), json!("text")]
    {
        service.post("/api/v1/analyses", &body).await.is_problem(422, "not of the shape");
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused() {
    let service = Service::start().await;
    for body in ["", "{", "{\"text\": \"a\"", "text=a", "{'text': 'a'}"] {
        service.post_bytes("/api/v1/analyses", body).await.is_problem(400, "not valid JSON");
    }
}

#[tokio::test]
async fn a_body_that_is_no_utf_8_is_refused() {
    let service = Service::start().await;
    let body = b"{\"text\": \"caf\xe9\"}".to_vec();
    service.post_bytes("/api/v1/analyses", body).await.is_problem(400, "not UTF-8 (byte 13)");
}

#[tokio::test]
async fn a_lone_surrogate_is_refused() {
    let service = Service::start().await;
    let answer = service.post_bytes("/api/v1/analyses", r#"{"text": "\ud83d"}"#).await;
    answer.is_problem(400, "not valid JSON");
}

#[tokio::test]
async fn another_content_type_is_refused() {
    let service = Service::start().await;
    let form = service.request(Method::POST, "/api/v1/analyses");
    let form = form.header("content-type", "application/x-www-form-urlencoded").body("text=a");
    service.send(form).await.is_problem(415, "content-type: application/json");
    let untyped = service.request(Method::POST, "/api/v1/analyses").body("{\"text\": \"a\"}");
    service.send(untyped).await.is_problem(415, "content-type: application/json");
}

#[tokio::test]
async fn an_unknown_id_is_not_found() {
    let service = Service::start().await;
    let answer = service.get("/api/v1/analyses/0190b3a5-0000-7000-8000-000000000000").await;
    answer.is_problem(404, "no analysis “0190b3a5-0000-7000-8000-000000000000”");
}

#[tokio::test]
async fn what_is_no_id_is_not_found() {
    let service = Service::start().await;
    service.get("/api/v1/analyses/1").await.is_problem(404, "no analysis “1”");
    service.get("/api/v1/analyses/%ff").await.is_problem(404, "no analysis");
}

#[tokio::test]
async fn the_list_goes_from_the_newest_to_the_oldest_page_by_page() {
    let service = Service::start().await;
    let mut ids = Vec::new();
    for text in ["one", "two", "three"] {
        ids.push(service.analyse(text).await["id"].clone());
    }
    let first = service.get("/api/v1/analyses?limit=2").await.json();
    assert_eq!([&first["items"][0]["id"], &first["items"][1]["id"]], [&ids[2], &ids[1]]);
    let next = first["next"].as_str().unwrap();
    let last = service.get(&format!("/api/v1/analyses?limit=2&before={next}")).await.json();
    assert_eq!(last["items"].as_array().unwrap().len(), 1);
    assert_eq!(last["items"][0]["id"], ids[0]);
    assert_eq!(last["next"], Value::Null);
}

#[tokio::test]
async fn a_list_of_nothing_is_empty() {
    let service = Service::start().await;
    assert_eq!(service.get("/api/v1/analyses").await.json(), json!({ "items": [], "next": null }));
}

#[tokio::test]
async fn a_page_has_1_to_200_items() {
    let service = Service::start().await;
    for limit in ["0", "201"] {
        let answer = service.get(&format!("/api/v1/analyses?limit={limit}")).await;
        answer.is_problem(400, "Ask for 1 to 200 analyses");
    }
    service.get("/api/v1/analyses?limit=many").await.is_problem(400, "The query cannot be read");
    service.get("/api/v1/analyses?before=1").await.is_problem(400, "The query cannot be read");
}

#[tokio::test]
async fn other_methods_are_refused_with_those_that_are_taken() {
    let service = Service::start().await;
    let answer = service.send(service.request(Method::PUT, "/api/v1/analyses")).await;
    answer.is_problem(405, "does not take this method");
    let allowed = answer.header("allow");
    assert!(allowed.contains("GET") && allowed.contains("POST"), "{allowed}");
}

#[tokio::test]
async fn an_unknown_address_is_a_problem_and_no_page() {
    let service = Service::start().await;
    for path in ["/api", "/api/", "/api/v1/nothing", "/api/v2", "/health/other"] {
        service.get(path).await.is_problem(404, "nothing at this address");
    }
}

#[tokio::test]
async fn a_verdict_names_the_model_of_its_language() {
    let service = Service::bilingual().await;
    let english = service.analyse("the flight was late and nobody is helping").await;
    let french = service.analyse("le vol est encore en retard, c’est la honte").await;
    assert_eq!((&english["model"], &english["language"]), (&json!("small"), &json!("en")));
    assert_eq!((&french["model"], &french["language"]), (&json!("small-fr"), &json!("fr")));
}

#[tokio::test]
async fn a_reason_and_a_doubt_are_answered_as_they_are_stored() {
    let service = Service::start().await;
    let analysis = service.doubtful_complaint().await;
    let read = service.get(&format!("/api/v1/analyses/{}", analysis.id)).await.json();
    assert_eq!(read["sure"], false);
    assert_eq!(read["complaint"]["reason"], "late_flight");
    assert!((read["complaint"]["confidence"].as_f64().unwrap() - 0.75).abs() < 1e-6);
}
