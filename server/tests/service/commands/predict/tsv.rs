//! Tables without quotes.

use super::{APPENDED, Desk, table};

#[test]
fn a_table_keeps_its_columns_and_gets_the_verdict_s() {
    let desk = Desk::new();
    desk.put("in.tsv", "id\ttext\tlang\n1\tthe flight was late\ten\n2\tthanks!\ten\n");
    let printed = desk.predict(&["--input", "in.tsv"]);
    assert_eq!(printed.lines().next().unwrap(), format!("id\ttext\tlang\t{APPENDED}"));
    let rows = table(&printed);
    assert_eq!(rows[0][..3], ["1", "the flight was late", "en"]);
    assert_eq!(rows[1][..3], ["2", "thanks!", "en"]);
    for row in rows {
        let numbers: Vec<f64> = row[4..9].iter().map(|cell| cell.parse().unwrap()).collect();
        assert!((numbers[1] + numbers[2] + numbers[3] - 1.0).abs() < 1e-5);
        let place =
            ["negative", "neutral", "positive"].iter().position(|label| *label == row[3]).unwrap();
        assert_eq!(numbers[0], numbers[1 + place]);
        assert_eq!((row[10], row.last()), ("true", Some(&"")));
    }
}

#[test]
fn quotes_are_characters_like_others_in_tsv() {
    let desk = Desk::new();
    desk.put("in.tsv", "text\n\"late\n\"\"not\"\" good\"\n");
    let printed = desk.predict(&["--input", "in.tsv"]);
    let rows = table(&printed);
    assert_eq!((rows[0][0], rows[1][0]), ("\"late", "\"\"not\"\" good\""));
}

#[test]
fn a_bad_row_keeps_its_place_and_says_why() {
    let desk = Desk::new();
    let long = "a".repeat(501);
    let mut input =
        format!("id\ttext\n1\tgood\n2\n3\tnot\tgood\n4\t\n5\t \n6\t{long}\n").into_bytes();
    input.extend_from_slice(b"7\tcaf\xe9\n\n9\tthanks\n");
    desk.put("in.tsv", input);
    let printed = desk.try_predict(&["--input", "in.tsv"]).stdout;
    let printed = String::from_utf8_lossy(&printed);
    let rows = table(&printed);
    let errors: Vec<&str> = rows.iter().filter_map(|row| row.last().copied()).collect();
    assert_eq!(rows.len(), 9);
    for (error, words) in errors.iter().zip([
        "",
        "1 columns where the header has 2",
        "3 columns where the header has 2",
        "empty",
        "blank",
        "501 characters",
        "not UTF-8",
        "1 columns",
        "",
    ]) {
        assert!(
            error.contains(words) && error.is_empty() == words.is_empty(),
            "“{error}” is not “{words}”"
        );
    }
    for row in &rows[1..8] {
        assert_eq!(row[2..11], [""; 9]);
    }
    assert_eq!((rows[0][0], rows[8][0]), ("1", "9"));
}

#[test]
fn bad_rows_are_no_failure_unless_they_should_be() {
    let desk = Desk::new();
    desk.put("in.tsv", "text\ngood\n\n");
    assert_eq!(desk.try_predict(&["--input", "in.tsv"]).status.code(), Some(0));
    let strict = desk.try_predict(&["--input", "in.tsv", "--strict"]);
    assert_eq!(strict.status.code(), Some(3));
    assert_eq!(table(&String::from_utf8(strict.stdout).unwrap()).len(), 2);
    desk.put("fine.tsv", "text\ngood\n");
    assert_eq!(desk.try_predict(&["--input", "fine.tsv", "--strict"]).status.code(), Some(0));
}

#[test]
fn cells_of_a_tsv_go_out_in_the_bytes_that_came_in() {
    let desk = Desk::new();
    desk.put("in.tsv", b"caf\xe9\ttext\na\rb\tgood\n\xff\xfe\tbad\n");
    let output = desk.try_predict(&["--input", "in.tsv"]);
    let lines: Vec<&[u8]> = output.stdout.split(|byte| *byte == b'\n').collect();
    assert!(lines[0].starts_with(b"caf\xe9\ttext\tvigie_label"));
    assert!(lines[1].starts_with(b"a\rb\tgood\t"));
    assert!(lines[2].starts_with(b"\xff\xfe\tbad\t"));
    assert!(lines[2].ends_with(b"the row is not UTF-8"));
}
