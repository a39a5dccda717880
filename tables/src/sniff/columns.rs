//! Which columns hold texts and dates, told from their names and their cells.

use std::collections::HashSet;

use crate::Dates;

/// Names of columns with texts, the likeliest first.
const TEXT: [&str; 17] = [
    "text",
    "tweet",
    "tweet_text",
    "full_text",
    "texte",
    "tweets",
    "content",
    "contenu",
    "message",
    "body",
    "corps",
    "comment",
    "commentaire",
    "review",
    "avis",
    "verbatim",
    "sentence",
];

/// Names of columns with dates, the likeliest first.
const DATE: [&str; 12] = [
    "created_at",
    "tweet_created",
    "date",
    "datetime",
    "timestamp",
    "posted_at",
    "published_at",
    "time",
    "heure",
    "created",
    "jour",
    "day",
];

/// The column that holds the texts.
pub fn text(names: &[String], rows: &[Vec<String>]) -> Option<usize> {
    if names.len() == 1 {
        return Some(0);
    }
    named(names, &TEXT).or_else(|| {
        let prose = |column: usize| prose(rows, column);
        let best =
            (0..names.len()).max_by(|first, second| prose(*first).total_cmp(&prose(*second)));
        best.filter(|column| prose(*column) >= 2.0)
    })
}

/// The column that holds the dates, and whether the day comes first in it.
pub fn date(names: &[String], rows: &[Vec<String>]) -> Option<(usize, bool)> {
    let named = named(names, &DATE);
    let mut columns = named.into_iter().chain(0..names.len());
    let column = columns.find(|column| {
        let is_named = named == Some(*column);
        share_of_dates(rows, *column, is_named) >= 0.8
    })?;
    Some((column, day_comes_first(rows, column)))
}

/// Whether the day comes before the month: yes, unless the second number of a date cannot be a month.
pub fn day_comes_first(rows: &[Vec<String>], column: usize) -> bool {
    let numbers = |cell: &String| -> Option<(u32, u32)> {
        let mut numbers = cell.trim().split(['/', '-', '.']);
        Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    };
    let dates = rows.iter().filter_map(|row| row.get(column).and_then(numbers));
    !dates.into_iter().any(|(first, second)| first <= 12 && second > 12)
}

/// Whether these cells can be the names of columns: each there once, short, and no value.
pub fn are_names(cells: &[String]) -> bool {
    let mut seen = HashSet::new();
    hold_known_name(cells)
        || (cells.len() > 1
            && cells.iter().all(|cell| {
                let cell = cell.trim();
                let is_value = cell.is_empty()
                    || cell.chars().count() > 40
                    || cell.parse::<f64>().is_ok()
                    || cell.split_whitespace().count() > 4
                    || cell.starts_with(['@', '#'])
                    || Dates::new(true).read(cell).is_some();
                !is_value && seen.insert(cell.to_owned())
            }))
}

/// Whether one of these cells is what a column of texts or dates is often called.
pub fn hold_known_name(cells: &[String]) -> bool {
    cells.iter().any(|cell| {
        let name = plain(cell);
        TEXT.contains(&name.as_str()) || DATE.contains(&name.as_str())
    })
}

fn named(names: &[String], known: &[&str]) -> Option<usize> {
    known.iter().find_map(|known| names.iter().position(|name| plain(name) == *known))
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

/// How much a column reads like prose: spaces between words of letters, on average.
fn prose(rows: &[Vec<String>], column: usize) -> f64 {
    let words = |row: &Vec<String>| -> usize {
        let cell = row.get(column).map(String::as_str).unwrap_or_default();
        cell.split_whitespace().filter(|word| word.chars().all(|c| !c.is_numeric())).count()
    };
    rows.iter().map(words).sum::<usize>() as f64 / rows.len().max(1) as f64
}

/// The share of a column's filled cells that are dates. A bare number is one only where the column's name says so.
fn share_of_dates(rows: &[Vec<String>], column: usize, is_named: bool) -> f64 {
    let filled =
        rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.trim().is_empty());
    let (mut first, mut second) = (Dates::new(true), Dates::new(false));
    let (dates, all) = filled.fold((0, 0), |(dates, all), cell| {
        let is_number = cell.trim().bytes().all(|byte| byte.is_ascii_digit());
        let is_date =
            (is_named || !is_number) && (first.read(cell).is_some() || second.read(cell).is_some());
        (dates + u32::from(is_date), all + 1)
    });
    if all == 0 { 0.0 } else { f64::from(dates) / f64::from(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(cells: &[&str]) -> Vec<String> {
        cells.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_text_is_told_by_its_name_else_by_its_words() {
        let rows = [strings(&["1", "late again, no word from the crew", "AA"])];
        assert_eq!(text(&strings(&["id", "note", "Text"]), &rows), Some(2));
        assert_eq!(text(&strings(&["id", "note", "airline"]), &rows), Some(1));
        assert_eq!(text(&strings(&["id", "n", "airline"]), &[strings(&["1", "2", "AA"])]), None);
    }

    #[test]
    fn dates_are_told_by_their_cells() {
        let rows = [strings(&["17", "24/02/2015"]), strings(&["18", "03/04/2015"])];
        assert_eq!(date(&strings(&["id", "when"]), &rows), Some((1, true)));
        let american = [strings(&["02/24/2015"])];
        assert_eq!(date(&strings(&["when"]), &american), Some((0, false)));
        assert_eq!(date(&strings(&["id"]), &[strings(&["1424806552"])]), None);
    }

    #[test]
    fn names_are_short_and_no_values() {
        assert!(are_names(&strings(&["id", "airline", "note"])));
        assert!(are_names(&strings(&["TEXT"])));
        assert!(!are_names(&strings(&["4", "Mon Apr 06 22:19:45 PDT 2009", "late again"])));
        assert!(!are_names(&strings(&["late again"])));
    }
}
