use serde_json::{Value, json};

use super::TABLE;
use crate::support::Service;

#[tokio::test]
async fn rows_that_cannot_be_read_are_told_with_line_and_reason_and_the_others_are_read() {
    let service = Service::start().await;
    let long_line = "a".repeat(10 * 1024 * 1024);
    let content = [
        "id,text\n1,good\n2\n3,\n4,".as_bytes(),
        "x".repeat(501).as_bytes(),
        b"\n5,caf\xe9\n6,\"late\n7,thanks\n8,",
        long_line.as_bytes(),
        b"\n\n9,late\n",
    ]
    .concat();
    let path = service.read_file("a.csv", content, json!({ "encoding": "utf8" })).await;
    let file = service.get(&path).await.json();
    assert_eq!((&file["state"], &file["progress"]["judged"]), (&json!("done"), &json!(3)));
    let unreadable = service.get(&format!("{path}/unreadable")).await.json();
    assert_eq!(
        unreadable,
        json!({ "total": 6, "rows": [
            { "line": 3, "trouble": { "kind": "width", "found": 1, "expected": 2 } },
            { "line": 4, "trouble": { "kind": "no_text" } },
            { "line": 5, "trouble": { "kind": "text_too_long", "chars": 501 } },
            { "line": 6, "trouble": { "kind": "encoding" } },
            { "line": 7, "trouble": { "kind": "quote" } },
            { "line": 9, "trouble": { "kind": "row_too_long" } },
        ]})
    );
    let behind = service.get(&format!("{path}/unreadable?skip=5&limit=1")).await.json();
    assert_eq!(behind["rows"][0]["line"], 9);
}

#[tokio::test]
async fn a_file_without_texts_is_answered_with_a_sentence_and_stays() {
    let service = Service::start().await;
    let file = service.upload("a.csv", "id,n\n1,2\n3,4\n").await;
    let path = format!("/api/v1/files/{}", file["id"].as_str().unwrap());
    let preview = service.get(&format!("{path}/preview")).await.json();
    assert_eq!(preview["problem"], "no_text_column");
    let reading = format!("{path}/reading");
    service.post(&reading, &json!({})).await.is_problem(422, "choose the one that does");
    service.post(&reading, &json!({ "text_column": 7 })).await.is_problem(422, "column");
    assert_eq!(service.get(&path).await.json()["state"], "waiting");
    assert_eq!(service.post(&reading, &json!({ "text_column": 1 })).await.status, 202);
}

#[tokio::test]
async fn what_is_blank_or_damaged_is_told() {
    let service = Service::start().await;
    let mut broken = vec![0x1f, 0x8b, 8, 0];
    broken.extend(b"this is no gzip at all");
    for (content, words) in [(b" \n\n".to_vec(), "is empty"), (broken, "compression is damaged")] {
        let file = service.upload("a.gz", content).await;
        let path = format!("/api/v1/files/{}/preview", file["id"].as_str().unwrap());
        service.get(&path).await.is_problem(422, words);
    }
}

#[tokio::test]
async fn nothing_is_found_under_what_is_no_id_and_values_that_mean_nothing_are_told() {
    let service = Service::start().await;
    service.get("/api/v1/files/none").await.is_problem(404, "There is no such file");
    let path = service.read_file("a.csv", TABLE, json!({})).await;
    let rows = format!("{path}/rows");
    service.get(&format!("{rows}?label=angry")).await.is_problem(422, "“angry” means nothing");
    service.get(&format!("{rows}?after=x")).await.is_problem(422, "is not understood");
    service.get(&format!("{rows}?limit=201")).await.is_problem(400, "1 to 200 rows");
    let export = format!("{path}/export?format=xlsx");
    service.get(&export).await.is_problem(422, "“xlsx” is no format");
    assert_eq!(service.get(&rows).await.json()["next"], Value::Null);
}
