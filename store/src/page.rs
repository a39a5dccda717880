//! A page out of one row more than it holds.

use domain::{Analysis, AnalysisId, Page};
use uuid::Uuid;

use crate::{StoreError, analysis_row::AnalysisRow};

/// The cursor of the first page: no UUIDv7 is greater.
pub(crate) const FROM_THE_NEWEST: AnalysisId = AnalysisId(Uuid::max());

/// How many texts are forgotten in one transaction, so that writers never wait long behind it.
pub(crate) const FORGET_AT_ONCE: u32 = 5_000;

/// The page of `limit` analyses out of `rows`, for which one more was asked: if it came,
/// another page follows.
pub(crate) fn page_of(
    mut rows: Vec<AnalysisRow>,
    limit: u32,
) -> Result<Page<Analysis>, StoreError> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let items = rows.into_iter().map(Analysis::try_from).collect::<Result<Vec<_>, _>>()?;
    let next = if more { items.last().map(|analysis| analysis.id) } else { None };
    Ok(Page { items, next })
}
