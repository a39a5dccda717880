use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use super::TABLE;
use crate::support::Service;

async fn layout(name: &str, content: impl AsRef<[u8]>) -> Value {
    let service = Service::start().await;
    let file = service.upload(name, content).await;
    let path = format!("/api/v1/files/{}/preview", file["id"].as_str().unwrap());
    let preview = service.get(&path).await;
    assert_eq!(preview.status, 200, "{}", preview.text);
    preview.json()
}

fn gzip(content: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn delimiter_encoding_and_columns_are_seen() {
    let preview = layout("a.csv", TABLE).await;
    assert_eq!(
        preview["layout"],
        json!({
            "form": "semicolon", "encoding": "utf8", "quoted": true, "header": true,
            "columns": ["id", "created_at", "text", "note"],
            "text_column": 2, "date_column": 1, "day_first": true
        })
    );
    assert_eq!(preview["rows"][0], json!(["1", "24/02/2015 11:35", "late flight; again", "=1+1"]));
    assert_eq!(preview["problem"], Value::Null);
}

#[tokio::test]
async fn every_form_is_seen_also_compressed() {
    for (content, form, text_column) in [
        ("id\ttext\n1\tlate \"again\n2\tgood\n", "tab", 1),
        ("{\"id\": 1, \"text\": \"late\"}\n{\"text\": \"good\"}\n", "json", 1),
        ("late, again\nthanks, a good flight\nnot good\n", "lines", 0),
        ("text|id\nlate, again|1\ngood|2\n", "bar", 0),
        ("\"4\",\"Mon Apr 06 22:19:45 PDT 2009\",\"the flight was late, again\"\n", "comma", 2),
    ] {
        for bytes in [content.as_bytes().to_vec(), gzip(content)] {
            let layout = layout("upload", bytes).await["layout"].clone();
            assert_eq!(
                (&layout["form"], &layout["text_column"]),
                (&json!(form), &json!(text_column))
            );
        }
    }
}

#[tokio::test]
async fn encodings_of_spreadsheets_are_seen_and_read() {
    let text = "text;id\nretardé à Orly;1\n";
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let utf_16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), "utf8"),
        (latin, "windows1252"),
        (utf_16(u16::to_le_bytes), "utf16_le"),
        (utf_16(u16::to_be_bytes), "utf16_be"),
    ] {
        let service = Service::start().await;
        let path = service.read_file("a.csv", bytes, json!({})).await;
        let file = service.get(&path).await.json();
        assert_eq!(file["layout"]["encoding"], encoding);
        let rows = service.get(&format!("{path}/rows")).await.json();
        assert_eq!(rows["rows"][0]["text"], "retardé à Orly");
    }
}

#[tokio::test]
async fn what_was_guessed_can_be_corrected_and_the_file_read_again() {
    let service = Service::start().await;
    let path = service.read_file("a.csv", TABLE, json!({})).await;
    let wished = "form=semicolon&text_column=3&date_column=none&header=false";
    let preview = service.get(&format!("{path}/preview?{wished}")).await.json();
    assert_eq!(preview["layout"]["columns"][3], "column 4");
    assert_eq!(preview["layout"]["date_column"], Value::Null);
    let again = service.post(&format!("{path}/reading"), &json!({ "text_column": 3 })).await;
    assert_eq!(again.status, 202, "{}", again.text);
    service.until_read(&path).await;
    let rows = service.get(&format!("{path}/rows")).await.json();
    assert_eq!((&rows["total"], &rows["rows"][0]["text"]), (&json!(5), &json!("=1+1")));
}
