//! One object a line.

use serde_json::{Value, json};

use super::{APPENDED, Desk, objects, table};

#[test]
fn jsonl_keeps_fields_in_their_order_and_numbers_in_their_spelling() {
    let desk = Desk::new();
    desk.put("in.jsonl", "{\"z\": 1e400, \"text\": \"good\", \"a\": {\"b\": [1.10]}, \"n\": 12345678901234567890123}\n");
    let printed = desk.predict(&["--input", "in.jsonl"]);
    let start = "{\"z\":1e400,\"text\":\"good\",\"a\":{\"b\": [1.10]},\"n\":12345678901234567890123,\"vigie_label\":";
    assert!(printed.starts_with(start), "{printed}");
    assert!(printed.ends_with("\"vigie_error\":null}\n"), "{printed}");
}

#[test]
fn a_line_that_is_no_object_keeps_its_place_in_jsonl() {
    let desk = Desk::new();
    desk.put(
        "in.jsonl",
        "{\"text\": \"good\"}\n{\"text\":\n[1]\n{\"id\": 4}\n{\"id\": 5, \"text\": 5}\n",
    );
    let rows = objects(&desk.predict(&["--input", "in.jsonl"]));
    assert_eq!(rows.len(), 5);
    for (row, words) in rows[1..].iter().zip([
        "no JSON object",
        "no JSON object",
        "no field “text”",
        "is no string",
    ]) {
        assert_eq!(row["vigie_label"], Value::Null);
        assert!(row["vigie_error"].as_str().unwrap().contains(words), "{row}");
    }
    assert_eq!((&rows[3]["id"], &rows[4]["text"]), (&json!(4), &json!(5)));
}

#[test]
fn half_a_character_is_no_text() {
    let desk = Desk::new();
    desk.put("in.jsonl", "{\"text\": \"\\ud83d\"}\n");
    let printed = desk.predict(&["--input", "in.jsonl"]);
    assert!(printed.contains("the field “text” is no string"), "{printed}");
}

#[test]
fn objects_that_begin_with_a_thousand_bad_ones_are_scored() {
    let desk = Desk::new();
    let bad = "{\n".repeat(1100);
    desk.put("bad.jsonl", &bad).put("in.jsonl", format!("{bad}{{\"text\": \"good\"}}\n"));
    let rows = objects(&desk.predict(&["--input", "bad.jsonl"]));
    assert_eq!(rows.len(), 1100);
    assert!(rows.iter().all(|row| row["vigie_error"].is_string()));
    let rows = objects(&desk.predict(&["--input", "in.jsonl"]));
    assert_eq!(rows[1100]["vigie_error"], Value::Null);
    let printed = desk.predict(&["--input", "in.jsonl", "--format", "tsv"]);
    assert!(printed.starts_with(&format!("text\t{APPENDED}\n")));
    assert_eq!(table(&printed)[1100][0], "good");
}

#[test]
fn the_reason_does_not_repeat_what_the_line_holds() {
    let desk = Desk::new();
    desk.put("in.jsonl", format!("\"{}\"\n", "secret".repeat(1000)));
    let printed = desk.predict(&["--input", "in.jsonl"]);
    assert!(printed.contains("no JSON object but another value") && !printed.contains("secret"));
}

#[test]
fn an_object_that_is_not_utf8_keeps_its_other_fields() {
    let desk = Desk::new();
    desk.put("in.jsonl", b"{\"id\": 7, \"text\": \"caf\xe9\"}\n");
    let row = &objects(&desk.predict(&["--input", "in.jsonl"]))[0];
    assert_eq!((&row["id"], &row["vigie_error"]), (&json!(7), &json!("the row is not UTF-8")));
}
