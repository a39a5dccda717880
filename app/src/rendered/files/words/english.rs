//! What the pages of files say in English.

use domain::{
    FileEncoding, FileForm, FileProblem, FileProgress, FileState, RowSort, RowTrouble, TableFormat,
    Tweet,
};

use super::{FileWords, left};
use crate::{
    file_trouble::FileTrouble,
    messages::{millions, thousands},
};

/// The pages of files in English.
pub static ENGLISH: FileWords = FileWords {
    page: "Files",
    title: "Read a file of tweets",
    promise: "Give a table of any size: Vigie reads every row and shows how the whole feels, what people complain of, and each row with its verdict.",
    choose: "Drop a file here, or choose one",
    formats: "CSV, TSV, JSON lines or one text a line; also compressed with gzip. Delimiter, encoding and columns are recognised, and you check them before anything is read.",
    columns_hint: "One column holds the texts. A column with dates, if there is one, gives the course in time; all other columns are kept for the export.",
    sample: "Such as:",
    upload: "Upload",
    keep_open: "Keep this page open until the file has arrived. If it breaks off, choose the same file again: it goes on where it stopped.",
    go_on: "This file has not arrived whole. Choose it again, and it goes on where it stopped.",
    all: "Files",
    none_yet: "No files yet. What you upload appears here, and its results stay until the file is deleted.",
    deleted_on: "Will be deleted",
    state_name: |state| match state {
        FileState::Uploading => "Uploading",
        FileState::Waiting => "To be checked",
        FileState::Reading => "Being read",
        FileState::Done => "Read",
        FileState::Cancelled => "Cancelled",
        FileState::Failed => "Failed",
    },
    delete: "Delete",
    check: "Is this right?",
    check_hint: "This is how Vigie understands the beginning of the file. Correct what is wrong, then have it read.",
    form: "Written as",
    form_name: |form| match form {
        FileForm::Comma => "Cells between commas",
        FileForm::Semicolon => "Cells between semicolons",
        FileForm::Tab => "Cells between tabs",
        FileForm::Bar => "Cells between vertical bars",
        FileForm::Lines => "One text a line",
        FileForm::Json => "JSON lines",
    },
    encoding: "Encoding",
    encoding_name: |encoding| match encoding {
        FileEncoding::Utf8 => "UTF-8",
        FileEncoding::Windows1252 => "Windows-1252 (Latin-1)",
        FileEncoding::Utf16Le => "UTF-16, little endian",
        FileEncoding::Utf16Be => "UTF-16, big endian",
    },
    header: "The first row names the columns",
    yes: "Yes",
    no: "No",
    text_column: "Column with the texts",
    date_column: "Column with the dates",
    no_dates: "No dates",
    date_order: "03/04 is",
    day_first: "3 April",
    month_first: "4 March",
    choose_column: "Choose a column",
    preview_again: "Preview again",
    read: "Read the file",
    read_again: "Read it again with other columns",
    sampled: |unreadable, sampled| match unreadable {
        0 => format!("All of the first {sampled} rows can be read."),
        some => format!("{some} of the first {sampled} rows cannot be read."),
    },
    progress: |progress| {
        let FileProgress { judged, unreadable, rows_per_second, seconds_left, .. } = progress;
        let mut said = format!("{} rows read", thousands(judged + unreadable, ','));
        if *rows_per_second > 0 {
            said += &format!(" · {} rows a second", thousands(*rows_per_second, ','));
        }
        if let Some(seconds) = seconds_left {
            said += &format!(" · about {} left", left(*seconds));
        }
        said
    },
    progress_name: "How far it is",
    reload: "Reload to see how far it is",
    cancel: "Cancel",
    outcome: |judged, unreadable| match unreadable {
        0 => format!("{} rows were read.", thousands(judged, ',')),
        some => format!(
            "{} rows were read, {} could not be.",
            thousands(judged, ','),
            thousands(some, ',')
        ),
    },
    shares: "How it feels",
    share: "Share",
    not_sure: "Not sure",
    reasons: "What the negative ones complain of",
    of_negative: "Of the negative",
    timeline: "In time",
    from: "From",
    buckets: |seconds| match seconds {
        3_600 => "by the hour",
        21_600 => "by six hours",
        86_400 => "by the day",
        604_800 => "by the week",
        2_419_200 => "by four weeks",
        _ => "by the year",
    },
    words: "Telling words",
    rows: "Rows",
    any: "All",
    label: "Feeling",
    reason: "Reason",
    certainty: "Certainty",
    sure: "Sure",
    unsure: "Not sure",
    search: "Search",
    until: "Until",
    sort: "Order",
    sort_name: |sort| match sort {
        RowSort::Row => "As in the file",
        RowSort::LeastConfident => "Least confident first",
        RowSort::MostConfident => "Most confident first",
        RowSort::Newest => "Newest first",
        RowSort::Oldest => "Oldest first",
    },
    apply: "Show",
    clear: "Show all",
    found: |total| match total {
        1 => "1 row".to_owned(),
        many => format!("{} rows", thousands(many, ',')),
    },
    none_found: "No row is like that. Leave out a part of the filter.",
    line: "Line",
    date: "Date",
    confidence: "Confidence",
    first_rows: "First rows",
    next_rows: "Next rows",
    export: "Export these rows:",
    format_name: |format| match format {
        TableFormat::Csv => "CSV",
        TableFormat::CsvFrench => "CSV for French Excel",
        TableFormat::Jsonl => "JSON lines",
    },
    unreadable: |total| match total {
        1 => "1 row could not be read".to_owned(),
        many => format!("{} rows could not be read", thousands(many, ',')),
    },
    only_first: |shown| format!("These are the first {shown}."),
    row_trouble: |trouble| match trouble {
        RowTrouble::RowTooLong => "The row is longer than 1 MiB.".to_owned(),
        RowTrouble::Encoding => "The row is not in the encoding of the file.".to_owned(),
        RowTrouble::Width { found, expected } => {
            format!("The row has {found} cells where there are {expected} columns.")
        }
        RowTrouble::Quote => "The row opens a quote and does not close it.".to_owned(),
        RowTrouble::NoObject => "The line is no JSON object.".to_owned(),
        RowTrouble::NoText => "The text is empty.".to_owned(),
        RowTrouble::TextTooLong { chars } => {
            format!("The text has {chars} characters; {max} can be read.", max = Tweet::MAX_CHARS)
        }
        RowTrouble::Nul => "The text holds a NUL character.".to_owned(),
    },
    problem,
    tenths: |share| format!("{:.1}%", 100.0 * share),
    trouble: |trouble| {
        match trouble {
        FileTrouble::Off => "This service keeps no files. Ask whoever operates it to give a folder with --files-dir.".to_owned(),
        FileTrouble::Unknown => "There is no such file. It may have been deleted, or its time was over.".to_owned(),
        FileTrouble::NoRoom { free_bytes } => format!(
            "There is room for {}\u{a0}MB only. Delete files that are no longer needed, or compress this one with gzip.",
            millions(*free_bytes, '.')
        ),
        FileTrouble::NotNow => "The file cannot be read now: it has not arrived whole, or is being read already. Reload the page.".to_owned(),
        FileTrouble::NoSuchColumn => "The file has no such column. Choose one of those in the list.".to_owned(),
        FileTrouble::Disk => "The disk of the service failed or is full; nothing was changed. Try again in a moment.".to_owned(),
        FileTrouble::Problem(found) => problem(*found).to_owned(),
    }
    },
};

const fn problem(problem: FileProblem) -> &'static str {
    match problem {
        FileProblem::Empty => "The file is empty. Choose one with at least one text.",
        FileProblem::NoHeader => {
            "The first row names no columns. Say that it does not, or choose another delimiter or encoding."
        }
        FileProblem::Damaged => {
            "The file breaks off or its compression is damaged. Compress it again and upload it anew."
        }
        FileProblem::NoTextColumn => "No column seems to hold texts. Choose the one that does.",
        FileProblem::QuotaFull => {
            "The room for files is used up; what was read so far is kept. Delete files that are no longer needed, then read this one again."
        }
        FileProblem::Disk => {
            "The service’s disk is full or failed; what was read so far is kept. Read the file again later."
        }
        FileProblem::Model => "The model failed on a text of the file. Please report it.",
    }
}
