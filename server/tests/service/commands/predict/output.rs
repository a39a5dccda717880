//! Where verdicts go, and in which format.

use std::{
    fs,
    io::{Read, Write},
    process::Stdio,
};

use flate2::{Compression, read::MultiGzDecoder, write::GzEncoder};
use serde_json::json;

use super::{APPENDED, Desk, names, objects, table};
use crate::support::program::{complaint, vigie};

#[test]
fn one_format_becomes_another() {
    let desk = Desk::new();
    desk.put("in.csv", "id,text\n007,good\n");
    let row = &objects(&desk.predict(&["--input", "in.csv", "--format", "jsonl"]))[0];
    assert_eq!((&row["id"], &row["text"]), (&json!("007"), &json!("good")));
    assert!(row["vigie_confidence"].is_f64());
    desk.put(
        "in.jsonl",
        "{\"text\": \"good\"}\n{\"id\": 2, \"text\": \"not good\", \"x\": null}\n",
    );
    let printed = desk.predict(&["--input", "in.jsonl", "--format", "tsv"]);
    assert!(printed.starts_with("text\tid\tx\tvigie_label"), "{printed}");
    assert_eq!(table(&printed)[1][..3], ["not good", "2", ""]);
}

#[test]
fn compressed_files_are_read_and_written() {
    let desk = Desk::new();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(b"text\ngood\n").unwrap();
    desk.put("in.tsv.gz", packed.finish().unwrap());
    desk.predict(&["--input", "in.tsv.gz", "--output", "out.tsv.gz"]);
    let mut text = String::new();
    let packed = fs::File::open(desk.path("out.tsv.gz")).unwrap();
    MultiGzDecoder::new(packed).read_to_string(&mut text).unwrap();
    assert_eq!(table(&text).len(), 1);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let desk = Desk::new();
    desk.put("in.tsv", format!("text\n{}", "good\n".repeat(20_000)));
    let mut child = vigie()
        .current_dir(desk.0.path())
        .args(["predict", "--input", "in.tsv"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(complaint(&output), "");
}

#[test]
fn the_output_is_replaced_only_when_the_run_is_complete() {
    let desk = Desk::new();
    let mut broken_off = GzEncoder::new(Vec::new(), Compression::none());
    broken_off.write_all(format!("text\n{}", "good\n".repeat(3000)).as_bytes()).unwrap();
    let mut broken_off = broken_off.finish().unwrap();
    broken_off.truncate(12_000);
    desk.put("in.csv", broken_off).put("out.csv", "before");
    desk.refuse(&["--input", "in.csv", "--output", "out.csv"]);
    assert_eq!(desk.read("out.csv"), "before");
    assert!(names(desk.0.path()).iter().all(|name| !name.ends_with(".part")));
    desk.put("in.csv", "text\ngood\n");
    desk.predict(&["--input", "in.csv", "--output", "out.csv"]);
    assert!(desk.read("out.csv").starts_with("text,vigie_label"));
}

#[test]
fn a_scored_file_can_be_scored_again_in_place() {
    let desk = Desk::new();
    desk.put("t.tsv", "text\ngood\n");
    desk.predict(&["--input", "t.tsv", "--output", "t.tsv"]);
    let once = desk.read("t.tsv");
    desk.predict(&["--input", "t.tsv", "--output", "t.tsv"]);
    assert_eq!(desk.read("t.tsv"), once);
}

#[test]
fn the_output_has_the_format_of_the_input_whatever_its_name() {
    let desk = Desk::new();
    desk.put("in.tsv", "id\ttext\n1\tgood\n");
    let done = desk.try_predict(&["--input", "in.tsv", "--output", "out.csv"]);
    assert!(complaint(&done).contains("give --format csv for csv"));
    assert!(desk.read("out.csv").starts_with(&format!("id\ttext\t{APPENDED}\n")));
    desk.predict(&["--input", "in.tsv", "--output", "out.jsonl", "--format", "csv"]);
    assert!(desk.read("out.jsonl").starts_with("id,text,vigie_label,"));
}

#[test]
fn what_breaks_the_format_of_the_output_is_replaced() {
    let desk = Desk::new();
    desk.put("in.csv", b"id,text\n\"a\rb\",good\n\xff,bad\n");
    let tsv = desk.try_predict(&["--input", "in.csv", "--format", "tsv"]).stdout;
    assert!(tsv.windows(9).any(|part| part == b"\na b\tgood"));
    assert!(tsv.windows(6).any(|part| part == b"\n\xff\tbad"));
    let rows = objects(&desk.predict(&["--input", "in.csv", "--format", "jsonl"]));
    assert_eq!((&rows[0]["id"], &rows[1]["id"]), (&json!("a\rb"), &json!("\u{fffd}")));
}

#[test]
fn an_output_that_cannot_be_written_is_told() {
    let desk = Desk::new();
    desk.put("in.tsv", "text\ngood\n");
    let complaint = desk.refuse(&["--input", "in.tsv", "--output", "none/out.tsv"]);
    assert!(
        complaint.contains("none/out.tsv cannot be written: there is no folder none"),
        "{complaint}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let desk = Desk::new();
    desk.put("in.tsv", "text\ngood\n");
    for arguments in [&["--input", "in.tsv", "--output", "/dev/full"][..], &["good"]] {
        let mut child = vigie();
        child.current_dir(desk.0.path()).arg("predict").args(arguments);
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = child.stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(
            complaint(&output).matches("No space left").count(),
            1,
            "{}",
            complaint(&output)
        );
    }
}
