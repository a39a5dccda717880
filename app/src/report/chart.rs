//! The charts of the report: where the site has them and how large they are.

use crate::{CHARTS, comparison::Chart};

/// File name, width and height in pixels of each; made by `build.rs`.
const SIZES: &[(&str, u32, u32)] = include!(concat!(env!("OUT_DIR"), "/chart_sizes.rs"));

/// The chart in `file`, a path of the report; `None` where there was no such file when this was compiled.
pub fn chart(kind: &str, title: &str, file: &str) -> Option<Chart> {
    let name = file.rsplit('/').next()?;
    let &(_, width, height) = SIZES.iter().find(|(known, ..)| *known == name)?;
    let (kind, title) = (kind.to_owned(), title.to_owned());
    Some(Chart { kind, title, path: format!("{CHARTS}/{name}"), width, height })
}
