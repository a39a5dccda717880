//! Rows by filter and order, found by one pass over the verdicts: memory does not grow with the file.

use std::{collections::BinaryHeap, io, str::FromStr};

use domain::{FileRow, FileRows, RowQuery, RowSort};

use super::{
    FilesError,
    folder::Folder,
    journal::{Rows, Verdicts},
    record::Record,
};

/// Rows that a filter lets through, in the order of the file.
pub(super) struct Matches<'a> {
    verdicts: Verdicts,
    rows: Rows,
    filter: Filter<'a>,
    text_cell: usize,
    index: u64,
}

struct Filter<'a> {
    query: &'a RowQuery,
    /// What is searched for, in lower case.
    search: Option<String>,
}

impl<'a> Matches<'a> {
    pub(super) fn new(folder: &Folder, text_cell: usize, query: &'a RowQuery) -> io::Result<Self> {
        let search = query.search.as_deref().map(str::trim).filter(|search| !search.is_empty());
        let filter = Filter { query, search: search.map(str::to_lowercase) };
        let (verdicts, rows) = (Verdicts::open(folder)?, Rows::open(folder)?);
        Ok(Self { verdicts, rows, filter, text_cell, index: 0 })
    }

    fn is_match(&mut self, record: &Record) -> io::Result<bool> {
        if !self.filter.lets_through(record) {
            return Ok(false);
        }
        let Some(search) = &self.filter.search else { return Ok(true) };
        let cells = self.rows.cells(record)?;
        Ok(cells.get(self.text_cell).is_some_and(|text| text.to_lowercase().contains(search)))
    }
}

impl Iterator for Matches<'_> {
    /// The number of the row, from 0, and its verdict.
    type Item = io::Result<(u64, Record)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let record = match self.verdicts.next()? {
                Ok(record) => record,
                Err(error) => return Some(Err(error)),
            };
            let index = self.index;
            self.index += 1;
            match self.is_match(&record) {
                Ok(false) => {}
                Ok(true) => return Some(Ok((index, record))),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Filter<'_> {
    fn lets_through(&self, record: &Record) -> bool {
        let RowQuery { label, reason, sure, from, until, .. } = self.query;
        label.is_none_or(|label| record.label == label)
            && reason.is_none_or(|reason| record.reason == Some(reason))
            && sure.is_none_or(|sure| record.sure == sure)
            && from.is_none_or(|from| record.at.is_some_and(|at| at >= from))
            && until.is_none_or(|until| record.at.is_some_and(|at| at < until))
    }
}

/// The place of a row in an order; equal keys are in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    key: u64,
    index: u64,
}

impl Place {
    fn of(index: u64, record: &Record, sort: RowSort) -> Self {
        // To a millionth, more than anyone is shown.
        let confidence = (f64::from(record.confidence()) * 1e6) as u64;
        let since_year_zero = record.at.map(|at| at.as_millisecond().wrapping_sub(i64::MIN) as u64);
        let key = match sort {
            RowSort::Row => 0,
            RowSort::LeastConfident => confidence,
            RowSort::MostConfident => u64::MAX - confidence,
            RowSort::Oldest => since_year_zero.unwrap_or(u64::MAX),
            RowSort::Newest => since_year_zero.map_or(u64::MAX, |at| u64::MAX - 1 - at),
        };
        Self { key, index }
    }

    fn written(self) -> String {
        format!("{:x}-{:x}", self.key, self.index)
    }
}

impl FromStr for Place {
    type Err = FilesError;

    fn from_str(text: &str) -> Result<Self, FilesError> {
        let read = |number| u64::from_str_radix(number, 16).map_err(|_| FilesError::NoPlace);
        let (key, index) = text.split_once('-').ok_or(FilesError::NoPlace)?;
        Ok(Self { key: read(key)?, index: read(index)? })
    }
}

/// The first `limit` rows that `query` asks for.
pub(super) fn page(
    folder: &Folder,
    text_cell: usize,
    query: &RowQuery,
    limit: usize,
) -> Result<FileRows, FilesError> {
    let after = query.after.as_deref().map(Place::from_str).transpose()?;
    let (mut total, mut found) = (0, BinaryHeap::with_capacity(limit + 2));
    for found_row in Matches::new(folder, text_cell, query)? {
        let (index, record) = found_row?;
        total += 1;
        let place = Place::of(index, &record, query.sort);
        let is_behind = after.is_none_or(|after| place > after);
        let is_among = found.len() <= limit
            || found.peek().is_some_and(|(last, _): &(Place, Shown)| place < *last);
        if is_behind && is_among {
            found.push((place, Shown(record)));
            if found.len() > limit + 1 {
                found.pop();
            }
        }
    }
    let mut found = found.into_sorted_vec();
    let has_more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| has_more).map(|(place, _)| place.written());
    let mut rows = Rows::open(folder)?;
    let rows = found.iter().map(|(_, Shown(record))| row(&mut rows, record, text_cell));
    Ok(FileRows { total, rows: rows.collect::<io::Result<_>>()?, next })
}

/// Rides along in the heap without a say in its order: places differ.
struct Shown(Record);

impl PartialEq for Shown {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Eq for Shown {}

impl PartialOrd for Shown {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Shown {
    fn cmp(&self, _other: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

fn row(rows: &mut Rows, record: &Record, text_cell: usize) -> io::Result<FileRow> {
    let cells = rows.cells(record)?;
    Ok(FileRow {
        line: record.line,
        text: cells.get(text_cell).copied().unwrap_or_default().to_owned(),
        label: record.label,
        confidence: record.confidence(),
        sure: record.sure,
        reason: record.reason,
        at: record.at,
    })
}
