//! Which delimiter parts the cells, and whether the first row names the columns.

use super::{columns, widths};
use crate::{Delimiter, Fields, ReadError, Row, RowReader, Shape};

/// So many rows decide.
const ROWS: usize = 100;

type Opened = Result<Box<dyn RowReader>, ReadError>;

/// The shape of what `open` reads as the shape that it is given.
pub fn of(open: impl Fn(Shape) -> Opened) -> Shape {
    if holds_objects(&open) {
        return Shape::Objects;
    }
    let shape = |delimiter, quoted| Shape::Cells { delimiter, quoted, header: false };
    let candidates = Delimiter::PARTING.map(|delimiter| shape(delimiter, true));
    let best = candidates
        .into_iter()
        .filter_map(|shape| Some((agreement(&open, shape)?, shape)))
        .max_by(|((first, _), _), ((second, _), _)| first.total_cmp(second));
    // Commas are in prose too: most rows have to agree, unless a well-known name says that these are cells.
    let shape = match best {
        Some(((share, _), shape))
            if share > 0.9
                || (share > 0.5 && columns::hold_known_name(&first_row(&open, shape))) =>
        {
            shape
        }
        _ => shape(Delimiter::None, false),
    };
    with_header(&open, without_needless_quotes(&open, shape))
}

fn holds_objects(open: &impl Fn(Shape) -> Opened) -> bool {
    let Ok(mut reader) = open(Shape::Objects) else { return false };
    let first = std::iter::from_fn(|| reader.next().ok().flatten()).take(ROWS);
    let (good, all) = first.fold((0, 0), |(good, all), row: Row| {
        let is_object = matches!(&row.fields, Fields::Object(object) if !object.0.is_empty());
        (good + u32::from(is_object), all + 1)
    });
    good > 0 && 2 * good > all
}

/// The share of rows that are as wide as the first one, a little more for wider ones, and the width; none of a single column.
fn agreement(open: &impl Fn(Shape) -> Opened, shape: Shape) -> Option<(f64, usize)> {
    let widths = widths(open(shape).ok()?.as_mut(), ROWS).ok()?;
    let first = *widths.first()?;
    let agree = widths.iter().filter(|width| **width == first).count();
    let share = agree as f64 / widths.len() as f64;
    // One row alone agrees with itself: the more columns, the likelier.
    (first > 1).then(|| (share + 0.001 * first.min(100) as f64, first))
}

/// Tab-separated values mostly come without quoting; then a quote is a character like any other.
fn without_needless_quotes(open: &impl Fn(Shape) -> Opened, shape: Shape) -> Shape {
    let Shape::Cells { delimiter: Delimiter::Tab, header, .. } = shape else { return shape };
    let plain = Shape::Cells { delimiter: Delimiter::Tab, quoted: false, header };
    match (agreement(open, plain), agreement(open, shape)) {
        (Some((plain_share, _)), Some((share, _))) if plain_share >= share => plain,
        _ => shape,
    }
}

fn with_header(open: &impl Fn(Shape) -> Opened, shape: Shape) -> Shape {
    let Shape::Cells { delimiter, quoted, .. } = shape else { return shape };
    let header = columns::are_names(&first_row(open, shape));
    Shape::Cells { delimiter, quoted, header }
}

/// The cells of the first row, whether it names the columns or not.
fn first_row(open: &impl Fn(Shape) -> Opened, shape: Shape) -> Vec<String> {
    let shape = match shape {
        Shape::Cells { delimiter, quoted, .. } => Shape::Cells { delimiter, quoted, header: false },
        Shape::Objects => shape,
    };
    let first = open(shape).ok().and_then(|mut reader| reader.next().ok().flatten());
    first.map(|row| row.cells(&[])).unwrap_or_default()
}
