//! Headers, and which column holds the text.

use super::{Desk, table};

#[test]
fn which_column_holds_the_text_is_asked_with_a_list() {
    let desk = Desk::new();
    desk.put("in.tsv", "id\ttweet\n1\tgood\n");
    assert!(desk.refuse(&["--input", "in.tsv"]).contains("one of: id, tweet"));
    assert!(
        desk.refuse(&["--input", "in.tsv", "--text-column", "texte"])
            .contains("the columns are: id, tweet")
    );
    assert_eq!(table(&desk.predict(&["--input", "in.tsv", "--text-column", "tweet"])).len(), 1);
}

#[test]
fn a_missing_file_and_an_empty_one_are_told() {
    let desk = Desk::new();
    desk.put("empty.tsv", "").put("empty.jsonl", "");
    assert!(desk.refuse(&["--input", "none.tsv"]).contains("none.tsv cannot be opened"));
    assert!(
        desk.refuse(&["--input", "empty.tsv"]).contains("its first line has to name the columns")
    );
    assert_eq!(desk.predict(&["--input", "empty.jsonl"]), "");
}

#[test]
fn a_header_alone_is_a_table_without_rows() {
    let desk = Desk::new();
    for (name, content) in [("in.tsv", "text\n"), ("in.csv", "text"), ("in.csv", "text\r\n")] {
        desk.put(name, content);
        let printed = desk.predict(&["--input", name, "--strict"]);
        assert!(printed.starts_with("text"), "{printed}");
        assert_eq!(printed.lines().count(), 1);
    }
}

#[test]
fn a_first_line_that_names_no_columns_is_told() {
    let desk = Desk::new();
    desk.put("blank.tsv", "\ngood\n")
        .put("blank.csv", "\r\ngood\r\n")
        .put("old-mac.csv", "text\rgood\rbad\r")
        .put("binary.tsv", b"\x7fELF\x02\x01\x01\0\0\0\n\0")
        .put("utf16.csv", b"\xff\xfet\0e\0x\0t\0\n\0")
        .put("open.csv", "\"text\ngood\n")
        .put("long.tsv", "a".repeat(2_000_000))
        .put("empty.csv", "");
    for (name, words) in [
        ("blank.tsv", "but it is blank"),
        ("blank.csv", "but it is blank"),
        ("old-mac.csv", "control characters"),
        ("binary.tsv", "control characters"),
        ("utf16.csv", "control characters"),
        ("open.csv", "opens a quote"),
        ("long.tsv", "longer than 1 MiB"),
        ("empty.csv", "the input is empty"),
    ] {
        let complaint = desk.refuse(&["--input", name]);
        assert!(complaint.contains(words), "{name}: {complaint}");
    }
}

#[test]
fn columns_of_the_same_name_are_kept_where_the_format_can() {
    let desk = Desk::new();
    desk.put("ids.tsv", "id\tid\ttext\n1\t2\tgood\n").put("texts.tsv", "text\ttext\na\tb\n");
    assert_eq!(table(&desk.predict(&["--input", "ids.tsv"]))[0][..3], ["1", "2", "good"]);
    let complaint = desk.refuse(&["--input", "ids.tsv", "--format", "jsonl"]);
    assert!(complaint.contains("several columns are called “id”"), "{complaint}");
    let complaint = desk.refuse(&["--input", "texts.tsv"]);
    assert!(complaint.contains("several columns are called “text”"), "{complaint}");
}
