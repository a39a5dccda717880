//! What each word adds.

use serde_json::{Value, json};

use super::{APPENDED, Desk, objects, table};

#[test]
fn every_format_has_the_words_with_their_contributions() {
    let desk = Desk::new();
    desk.put("in.jsonl", "{\"text\": \"late again, \\\"sorry\\\"\"}\n{\"text\": \"\"}\n");
    let rows = objects(&desk.predict(&["--input", "in.jsonl", "--explain"]));
    let words = rows[0]["vigie_words"].as_array().unwrap();
    let said: Vec<&Value> = words.iter().map(|word| &word[0]).collect();
    assert_eq!(said, [&json!("late"), &json!("again,"), &json!("\"sorry\"")]);
    assert!(words.iter().all(|word| word[1].is_f64()), "{words:?}");
    assert_eq!(rows[1]["vigie_words"], Value::Null);

    let printed = desk.predict(&["--input", "in.jsonl", "--explain", "--format", "tsv"]);
    assert_eq!(printed.lines().next().unwrap(), format!("text\t{APPENDED}\tvigie_words"));
    let cell: Value = serde_json::from_str(table(&printed)[0].last().unwrap()).unwrap();
    assert_eq!(&cell, &rows[0]["vigie_words"]);
    let printed = desk.predict(&["--input", "in.jsonl", "--explain", "--format", "csv"]);
    assert!(printed.lines().nth(1).unwrap().contains("\"[[\"\"late\"\","), "{printed}");
}

#[test]
fn what_an_earlier_run_said_of_words_is_replaced_or_dropped() {
    let desk = Desk::new();
    desk.put("in.tsv", "text\tvigie_words\nlate again\told\n");
    assert!(!desk.predict(&["--input", "in.tsv"]).contains("vigie_words"));
    let printed = desk.predict(&["--input", "in.tsv", "--explain"]);
    assert!(printed.contains("[[\"late\",") && !printed.contains("old"), "{printed}");
}

#[test]
fn of_one_text_the_telling_phrases_are_said() {
    let desk = Desk::new();
    let said = desk.predict(&["not good at all", "--explain"]);
    assert!(said.lines().skip(1).any(|line| line.contains(" %  ")), "{said}");
    assert_eq!(desk.predict(&["not good at all"]).lines().count(), 1);
}
