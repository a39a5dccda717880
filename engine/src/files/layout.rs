//! Layouts: guessed, corrected, and turned into what the readers of tables take.

use std::fs::File;

use domain::{FileEncoding, FileForm, FileLayout, FilePreview, FileProblem, LayoutWish};
use tables::{
    Delimiter, Encoding, ReadError, Shape,
    sniff::{Beginning, Looks, Sample},
};

use super::{FilesError, folder::Folder};

/// So many rows are shown.
const SHOWN: usize = 6;
/// A cell is shown no longer than this.
const SHOWN_CHARS: usize = 300;

/// The beginning of a file under the layout that was wished for.
pub(super) fn preview(folder: &Folder, wish: &LayoutWish) -> Result<FilePreview, FilesError> {
    let sample = Sample::take(File::open(folder.upload())?);
    let sample = sample.map_err(|_broken| FileProblem::Damaged)?;
    if sample.is_blank() {
        return Err(FileProblem::Empty.into());
    }
    let looks = looks(&sample, wish);
    match sample.beginning(looks) {
        Ok(beginning) => Ok(under(looks, &beginning, wish)),
        Err(error) => {
            let problem = match error {
                ReadError::Read(_) => FileProblem::Damaged,
                ReadError::NoHeader | ReadError::BadHeader(_) => FileProblem::NoHeader,
            };
            let layout = layout(looks, Vec::new());
            let problem = Some(problem);
            Ok(FilePreview { layout, rows: Vec::new(), sampled: 0, unreadable: 0, problem })
        }
    }
}

fn looks(sample: &Sample, wish: &LayoutWish) -> Looks {
    let guess = sample.looks();
    let encoding = wish.encoding.map_or(guess.encoding, encoding);
    let guessed = if encoding == guess.encoding { guess.shape } else { sample.shape(encoding) };
    let form = wish.form.unwrap_or_else(|| form(guessed));
    let shape = match (guessed, delimiter(form)) {
        (_, None) => Shape::Objects,
        (Shape::Cells { delimiter, quoted, header }, Some(wished)) => {
            let quoted = if wished == delimiter { quoted } else { is_quoted(wished) };
            Shape::Cells { delimiter: wished, quoted, header: wish.header.unwrap_or(header) }
        }
        (Shape::Objects, Some(delimiter)) => {
            let (quoted, header) = (is_quoted(delimiter), wish.header.unwrap_or(true));
            Shape::Cells { delimiter, quoted, header }
        }
    };
    Looks { encoding, shape }
}

const fn is_quoted(delimiter: Delimiter) -> bool {
    !matches!(delimiter, Delimiter::None | Delimiter::Tab)
}

fn under(looks: Looks, beginning: &Beginning, wish: &LayoutWish) -> FilePreview {
    let columns = beginning.columns.len();
    let there = |column: &usize| *column < columns;
    let date = beginning.date_column();
    let wished = wish.date_column.filter(there);
    let guessed = || date.map(|(column, _)| column);
    let date_column = if wish.no_dates { None } else { wished.or_else(guessed) };
    let told = date_column.is_none_or(|column| beginning.day_comes_first(column));
    let text_column = wish.text_column.filter(there).or_else(|| beginning.text_column());
    let shown = |cells: Vec<String>| {
        cells.into_iter().map(|cell| cell.chars().take(SHOWN_CHARS).collect()).collect()
    };
    let readable = beginning.rows.iter().filter_map(|row| beginning.cells(row));
    FilePreview {
        layout: FileLayout {
            text_column,
            date_column,
            day_first: wish.day_first.unwrap_or(told),
            ..layout(looks, beginning.columns.clone())
        },
        rows: readable.take(SHOWN).map(shown).collect(),
        sampled: beginning.rows.len(),
        unreadable: beginning.rows.iter().filter(|row| row.problem.is_some()).count(),
        problem: text_column.is_none().then_some(FileProblem::NoTextColumn),
    }
}

fn layout(looks: Looks, columns: Vec<String>) -> FileLayout {
    let (quoted, header) = match looks.shape {
        Shape::Cells { quoted, header, .. } => (quoted, header),
        Shape::Objects => (false, false),
    };
    FileLayout {
        form: form(looks.shape),
        encoding: match looks.encoding {
            Encoding::Utf8 => FileEncoding::Utf8,
            Encoding::Windows1252 => FileEncoding::Windows1252,
            Encoding::Utf16Le => FileEncoding::Utf16Le,
            Encoding::Utf16Be => FileEncoding::Utf16Be,
        },
        quoted,
        header,
        columns,
        text_column: None,
        date_column: None,
        day_first: true,
    }
}

/// The shape of a file with this layout.
pub(super) const fn shape(layout: &FileLayout) -> Shape {
    match delimiter(layout.form) {
        None => Shape::Objects,
        Some(delimiter) => Shape::Cells { delimiter, quoted: layout.quoted, header: layout.header },
    }
}

pub(super) const fn encoding(encoding: FileEncoding) -> Encoding {
    match encoding {
        FileEncoding::Utf8 => Encoding::Utf8,
        FileEncoding::Windows1252 => Encoding::Windows1252,
        FileEncoding::Utf16Le => Encoding::Utf16Le,
        FileEncoding::Utf16Be => Encoding::Utf16Be,
    }
}

const fn form(shape: Shape) -> FileForm {
    match shape {
        Shape::Objects => FileForm::Json,
        Shape::Cells { delimiter: Delimiter::Comma, .. } => FileForm::Comma,
        Shape::Cells { delimiter: Delimiter::Semicolon, .. } => FileForm::Semicolon,
        Shape::Cells { delimiter: Delimiter::Tab, .. } => FileForm::Tab,
        Shape::Cells { delimiter: Delimiter::Bar, .. } => FileForm::Bar,
        Shape::Cells { delimiter: Delimiter::None, .. } => FileForm::Lines,
    }
}

const fn delimiter(form: FileForm) -> Option<Delimiter> {
    Some(match form {
        FileForm::Json => return None,
        FileForm::Comma => Delimiter::Comma,
        FileForm::Semicolon => Delimiter::Semicolon,
        FileForm::Tab => Delimiter::Tab,
        FileForm::Bar => Delimiter::Bar,
        FileForm::Lines => Delimiter::None,
    })
}
