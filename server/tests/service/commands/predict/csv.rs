//! Quotes, and what becomes of rows whose quotes are wrong.

use serde_json::Value;

use super::{APPENDED, Desk, objects, table};

/// The text and the reason of each row of `csv`.
fn scored(csv: impl AsRef<[u8]>) -> Vec<(String, String)> {
    let desk = Desk::new();
    desk.put("in.csv", csv);
    let printed = desk.predict(&["--input", "in.csv", "--format", "jsonl"]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    objects(&printed).iter().map(|row| (text(&row["text"]), text(&row["vigie_error"]))).collect()
}

#[track_caller]
fn assert_scored(csv: &str, rows: &[(&str, &str)]) {
    let found = scored(csv);
    assert_eq!(found.len(), rows.len(), "{found:?}");
    for ((cell, error), (wanted, words)) in found.iter().zip(rows) {
        assert_eq!(cell, wanted);
        let is_told = error.contains(words) && error.is_empty() == words.is_empty();
        assert!(is_told, "“{error}” is not “{words}”");
    }
}

#[test]
fn an_empty_line_keeps_its_place() {
    assert_scored("text\ngood\n\nbad", &[("good", ""), ("", "empty"), ("bad", "")]);
    assert_scored("text\r\n\r\nbad\r\n", &[("", "empty"), ("bad", "")]);
    assert_scored("text,id\n\ngood,1\n", &[("", "1 columns where"), ("good", "")]);
    assert_scored("text\ngood\n\n", &[("good", ""), ("", "empty")]);
}

#[test]
fn an_empty_line_within_quotes_is_no_row() {
    assert_scored("text,id\r\n\"a\r\n\r\nb\",1\r\n", &[("a\r\n\r\nb", "")]);
}

#[test]
fn an_unclosed_quote_spoils_its_own_row_alone() {
    assert_scored(
        "text,id\ngood,1\n\"late,2\nbad,3\n\"fine, thanks\",4\n\"a\nb\",5\n",
        &[
            ("good", ""),
            ("late,2", "opens a quote and does not close it"),
            ("bad", ""),
            ("fine, thanks", ""),
            ("a\nb", ""),
        ],
    );
}

#[test]
fn a_quote_that_the_end_of_the_input_leaves_open_gives_its_lines_back() {
    assert_scored(
        "text\n\"late\ngood\n\nbad\n",
        &[("late", "the input ends before"), ("good", ""), ("", "empty"), ("bad", "")],
    );
    assert_scored("text\n\"late", &[("late", "the input ends before")]);
}

#[test]
fn a_quote_that_nothing_closes_in_a_long_file_gives_its_lines_back() {
    let rows = scored(format!("text\n\"late\n{}", "good\n".repeat(12_000)));
    assert_eq!(rows.len(), 12_001);
    assert!(rows[0].1.contains("does not close it"));
    assert!(rows[1..].iter().all(|(_, error)| error.is_empty()));
}

#[test]
fn a_row_of_many_lines_that_is_too_long_does_not_end_the_run() {
    let line = "a".repeat(600_000);
    let rows = scored(format!("text\n\"{line}\n{line}\n{line}\"\ngood\n"));
    assert_eq!(rows.len(), 4);
    assert!(rows[0].1.contains("does not close it"));
    assert_eq!(rows[3], ("good".to_owned(), String::new()));
}

#[test]
fn each_line_of_a_file_of_open_quotes_is_a_row() {
    // Each line opens a quote, and all that follow would be within it.
    let rows = scored(format!("text\n{}", "a\",\"b\n".repeat(30_000)));
    assert_eq!(rows.len(), 30_000);
    assert!(rows.iter().all(|(_, error)| error.contains("opens a quote")));
}

#[test]
fn csv_keeps_quotes_commas_and_line_breaks() {
    let desk = Desk::new();
    desk.put("in.csv", "id,text,note\n1,\"late,\nagain\",\"say \"\"hi\"\"\"\n");
    let printed = desk.predict(&["--input", "in.csv"]);
    let mut reader = csv::Reader::from_reader(printed.as_bytes());
    let row = reader.records().next().unwrap().unwrap();
    assert_eq!(row.iter().take(3).collect::<Vec<_>>(), ["1", "late,\nagain", "say \"hi\""]);
    assert_eq!(row.len(), 3 + APPENDED.split('\t').count());
}

#[test]
fn a_line_break_in_a_cell_becomes_a_space_in_tsv() {
    let desk = Desk::new();
    desk.put("in.csv", "text\n\"late\t\nagain\"\n");
    let printed = desk.predict(&["--input", "in.csv", "--format", "tsv"]);
    assert_eq!(table(&printed)[0][0], "late  again");
}
