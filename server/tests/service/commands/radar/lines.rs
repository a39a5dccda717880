//! Lines that are none, and files that are none.

use std::fs;

use super::{Desk, jsonl, stream};
use crate::support::program::complaint;

#[test]
fn bad_lines_are_told_with_number_and_reason_and_change_nothing() {
    let desk = Desk::new();
    let good = jsonl(&stream());
    desk.put("good.jsonl", &good);
    let (first, rest) = good.split_once('\n').unwrap();
    let bad = format!(
        "{first}\nsecret\n\n{{\"at\": 5}}\n{{\"at\": \"2015-02-22T11:00:00Z\", \"label\": \"sad\"}}\n{rest}"
    );
    desk.put("bad.jsonl", bad);
    let output = desk.radar(&["--input", "bad.jsonl"]);
    let said = complaint(&output);
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("line 2: the line is no JSON object") && !said.contains("secret"),
        "{said}"
    );
    assert!(said.contains("line 4: the field “at” is no string"), "{said}");
    assert!(said.contains("line 5: the field “label”"), "{said}");
    assert_eq!(output.stdout, desk.radar(&["--input", "good.jsonl"]).stdout);
    assert_eq!(desk.radar(&["--input", "bad.jsonl", "--strict"]).status.code(), Some(3));
}

#[test]
fn many_bad_lines_are_counted() {
    let desk = Desk::new();
    desk.put("in.jsonl", format!("{}{}", "{\n".repeat(500), jsonl(&stream()[..5])));
    let said = complaint(&desk.radar(&["--input", "in.jsonl"]));
    assert_eq!(said.lines().count(), 21, "{said}");
    assert!(said.contains("and 480 more lines"), "{said}");
}

#[test]
fn a_file_without_a_tweet_is_refused_and_an_empty_one_is_quiet() {
    let desk = Desk::new();
    desk.put("out.jsonl", "as it was");
    let binary: Vec<u8> = (0..100_000_u32).map(|number| (number * 7919 % 251) as u8).collect();
    desk.put("in.jsonl", binary);
    let output = desk.radar(&["--input", "in.jsonl", "--output", "out.jsonl"]);
    assert!(!output.status.success());
    assert!(complaint(&output).contains("lines holds a tweet"), "{}", complaint(&output));
    assert_eq!(fs::read_to_string(desk.path("out.jsonl")).unwrap(), "as it was");
    desk.put("empty.jsonl", "");
    assert_eq!(desk.incidents(&["--input", "empty.jsonl", "--output", "out.jsonl"]).len(), 0);
    assert_eq!(fs::read_to_string(desk.path("out.jsonl")).unwrap(), "");
    let output = desk.radar(&["--input", "missing.jsonl"]);
    assert!(complaint(&output).contains("missing.jsonl cannot be opened"));
}

#[test]
fn a_gzip_that_breaks_off_leaves_the_output_alone() {
    let desk = Desk::new();
    let whole = super::gzip(&jsonl(&stream()));
    desk.put("in.jsonl.gz", &whole[..whole.len() / 2]).put("out.jsonl", "as it was");
    let output = desk.radar(&["--input", "in.jsonl.gz", "--output", "out.jsonl"]);
    assert!(!output.status.success());
    assert!(complaint(&output).contains("cannot be read to its end"));
    assert_eq!(fs::read_to_string(desk.path("out.jsonl")).unwrap(), "as it was");
}

#[test]
fn a_line_of_megabytes_is_left_out() {
    let desk = Desk::new();
    let long = format!("{{\"at\": \"{}\"}}\n", "9".repeat(5_000_000));
    desk.put("in.jsonl", format!("{long}{}", jsonl(&stream()[..5])));
    let said = complaint(&desk.radar(&["--input", "in.jsonl"]));
    assert!(said.starts_with("line 1: the row is longer than 1 MiB"), "{said}");
}
