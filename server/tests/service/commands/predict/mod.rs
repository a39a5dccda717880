//! `vigie predict` as people run it.

mod columns;
mod csv;
mod explain;
mod jsonl;
mod languages;
mod output;
mod tsv;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Output, Stdio},
};

use bundle_fixture::SmallBundle;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::program::{complaint, vigie};

const APPENDED: &str = "vigie_label\tvigie_confidence\tvigie_negative\tvigie_neutral\tvigie_positive\tvigie_known\tvigie_language\tvigie_sure\tvigie_reason\tvigie_error";

/// A folder with a model, where `vigie predict` is run.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        SmallBundle::default().write(&folder.path().join("models/bilstm"));
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        fs::write(self.path(name), content).unwrap();
        self
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn try_predict(&self, arguments: &[&str]) -> Output {
        vigie()
            .current_dir(self.0.path())
            .arg("predict")
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// Runs to success and gives what came on standard output.
    #[track_caller]
    fn predict(&self, arguments: &[&str]) -> String {
        let output = self.try_predict(arguments);
        assert!(output.status.success(), "{}", complaint(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The complaint of a run that fails.
    #[track_caller]
    fn refuse(&self, arguments: &[&str]) -> String {
        let output = self.try_predict(arguments);
        assert!(!output.status.success());
        complaint(&output)
    }
}

/// The cells of a printed table, without the header.
fn table(text: &str) -> Vec<Vec<&str>> {
    text.lines().skip(1).map(|line| line.split('\t').collect()).collect()
}

fn objects(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_text_that_is_accepted_gets_a_verdict() {
    let desk = Desk::new();
    let texts = [
        "😡",
        "👨‍👩‍👧",
        "飛行機が遅れた",
        "طيران",
        "?!",
        "zxqv wrtk",
        "@united",
        "http://x.y",
        "1",
        "\u{1F600}\u{FE0F}",
    ];
    desk.put("in.tsv", format!("text\n{}\n", texts.join("\n")));
    let printed = desk.predict(&["--input", "in.tsv", "--strict"]);
    assert_eq!(table(&printed).len(), texts.len());
    for row in table(&printed) {
        assert!(["negative", "neutral", "positive"].contains(&row[1]), "{row:?}");
    }
}

#[test]
fn more_rows_than_go_through_at_once_keep_their_order() {
    let desk = Desk::new();
    let rows: String = (0..3000).map(|row| format!("{row}\tgood {row}\n")).collect();
    desk.put("in.tsv", format!("id\ttext\n{rows}"));
    let printed = desk.predict(&["--input", "in.tsv"]);
    let ids: Vec<usize> = table(&printed).iter().map(|row| row[0].parse().unwrap()).collect();
    assert!(ids.into_iter().eq(0..3000));
}

#[test]
fn rows_come_and_go_through_pipes() {
    let desk = Desk::new();
    let mut child = vigie()
        .current_dir(desk.0.path())
        .args(["predict", "--input-format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"\xef\xbb\xbf{\"text\": \"good\"}\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(objects(&String::from_utf8(output.stdout).unwrap())[0]["vigie_error"], Value::Null);
}

#[test]
fn a_format_that_cannot_be_told_is_asked_for() {
    let desk = Desk::new();
    desk.put("in.dat", "text\ngood\n");
    assert!(desk.refuse(&["--input", "in.dat"]).contains("give --input-format tsv, csv or jsonl"));
    assert_eq!(table(&desk.predict(&["--input", "in.dat", "--input-format", "tsv"])).len(), 1);
}

#[test]
fn one_text_is_answered_in_words_or_as_a_row() {
    let desk = Desk::new();
    let words = desk.predict(&["the flight was late"]);
    assert!(
        words.contains("negative ") && words.contains("100.0 % of its words are known"),
        "{words}"
    );
    let row = &objects(&desk.predict(&["not good", "--format", "jsonl"]))[0];
    assert_eq!((&row["text"], &row["vigie_error"]), (&json!("not good"), &Value::Null));
    assert!(desk.predict(&["zxqv"]).contains("only 0.0 % of its words are known"));
    assert!(desk.refuse(&[" "]).contains("the text is blank"));
}

#[test]
fn a_byte_order_mark_and_line_ends_of_windows_are_no_part_of_the_cells() {
    let desk = Desk::new();
    desk.put("in.tsv", "\u{feff}text\tid\r\ngood\t1\r\n")
        .put("in.csv", "\u{feff}text,id\r\n\"good\",1\r\n")
        .put("in.jsonl", "\u{feff}{\"text\":\"good\",\"id\":1}\r\n");
    let tsv = desk.predict(&["--input", "in.tsv", "--strict"]);
    assert_eq!(tsv, desk.predict(&["--input", "in.csv", "--strict", "--format", "tsv"]));
    assert_eq!(tsv, desk.predict(&["--input", "in.jsonl", "--strict", "--format", "tsv"]));
    assert!(tsv.starts_with("text\tid\tvigie_label"));
    assert!(!tsv.contains(['\r', '\u{feff}']));
}

#[test]
fn a_row_that_is_too_long_keeps_its_place_in_every_format() {
    let desk = Desk::new();
    let long = "a".repeat(2_000_000);
    desk.put("in.tsv", format!("text\ngood\n{long}\nbad\n"))
        .put("in.csv", format!("text\ngood\n{long}\nbad\n"))
        .put("in.jsonl", format!("{{\"text\":\"good\"}}\n{long}\n{{\"text\":\"bad\"}}\n"));
    for name in ["in.tsv", "in.csv", "in.jsonl"] {
        let rows = objects(&desk.predict(&["--input", name, "--format", "jsonl"]));
        assert_eq!(rows.len(), 3, "{name}");
        assert_eq!(rows[1]["vigie_error"], "the row is longer than 1 MiB");
        assert_eq!((&rows[0]["text"], &rows[2]["text"]), (&json!("good"), &json!("bad")));
    }
}

#[test]
fn nothing_on_standard_input_tells_its_format() {
    let complaint = Desk::new().refuse(&["--input", "-"]);
    assert!(complaint.contains("the format of standard input cannot be told"), "{complaint}");
    assert!(complaint.contains("give --input-format"), "{complaint}");
}

#[test]
fn a_text_of_nothing_is_told() {
    assert!(Desk::new().refuse(&[""]).contains("the text is empty: write 1 to 500 characters"));
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn a_reason_and_a_doubt_have_their_columns() {
    let desk = Desk::new();
    SmallBundle::doubtful().write(&desk.path("doubtful"));
    desk.put("in.tsv", "text\nthe flight was late\nthanks\nnot good\nlate\nthe flight\ngood\n");
    let arguments = ["--input", "in.tsv", "--format", "jsonl", "--model", "doubtful"];
    let rows = objects(&desk.predict(&arguments));
    assert!(rows.iter().all(|row| row["vigie_sure"] == false));
    for row in &rows {
        assert_eq!(row["vigie_label"], "negative");
        assert!(row["vigie_reason"].as_str().unwrap().parse::<domain::Reason>().is_ok(), "{row}");
    }
    let sure = objects(&desk.predict(&["--input", "in.tsv", "--format", "jsonl"]));
    assert!(sure.iter().all(|row| row["vigie_sure"] == true && row["vigie_reason"].is_null()));
}
