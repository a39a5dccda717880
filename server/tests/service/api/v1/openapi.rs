use crate::support::Service;

/// `cargo run -p server -- openapi > docs/openapi.json` makes the file anew.
#[test]
fn the_description_is_the_one_in_the_documents() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    let made = server::rest::description().unwrap();
    assert!(
        kept == made,
        "docs/openapi.json differs: if the change is meant, run `cargo run -p server -- openapi > docs/openapi.json`"
    );
}

#[tokio::test]
async fn the_service_answers_its_description() {
    let service = Service::start().await;
    let answer = service.get("/api/v1/openapi.json").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    assert_eq!(answer.text, server::rest::description().unwrap());
}

#[tokio::test]
async fn every_described_address_exists() {
    let service = Service::start().await;
    let description = service.get("/api/v1/openapi.json").await.json();
    for (path, operations) in description["paths"].as_object().unwrap() {
        let path = path.replace("{id}", "0190b3a5-0000-7000-8000-000000000000");
        for method in operations.as_object().unwrap().keys() {
            let method = method.to_uppercase().parse().unwrap();
            let answer = service.request(method, &path).send().await.unwrap();
            assert_ne!(answer.status(), 405, "{path}");
            // An answer that is no refusal may be one that never ends.
            if answer.status() == 404 {
                let text = answer.text().await.unwrap();
                assert!(!text.contains("no-such-address"), "{path}: {text}");
            }
        }
    }
}
