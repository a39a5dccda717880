//! Which items a reviewer is shown: the store gives items in their order, and here is looked which of them fit.

use domain::{ReviewFilter, ReviewItem, ReviewItemId, ReviewOrder, ReviewSource, Reviewer};
use store::ReviewWindow;

use crate::{Engine, EngineError};

/// Items that are read from the store at a time, first and later.
const FIRST_READ: u32 = 100;
const READ: u32 = 1_000;
/// Items that are looked at for one page, and for all that fit a filter.
const LOOKED_AT: usize = 20_000;
const LOOKED_AT_FOR_ALL: usize = 200_000;

/// A part of a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewPage {
    /// In the order of the queue.
    pub items: Vec<ReviewItem>,
    /// After which item to go on; `None` at the end. A page with fewer items than were asked for may have one too: then so many
    /// did not fit that the rest is looked at with the next page.
    pub next: Option<ReviewItemId>,
}

/// What one act can be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewable {
    /// In the order of the queue, at most [`Engine::MOST_REVIEWED`].
    pub items: Vec<ReviewItemId>,
    /// Whether there may be more.
    pub more: bool,
}

impl Engine {
    /// The first `limit` items that fit `filter`, for `reviewer`.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn review_queue(
        &self,
        filter: &ReviewFilter,
        reviewer: &Reviewer,
        limit: usize,
    ) -> Result<ReviewPage, EngineError> {
        self.look_through(filter, reviewer, limit, LOOKED_AT).await
    }

    /// All items that fit `filter`, for `reviewer`, as far as one act can be about them.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn reviewable(
        &self,
        filter: &ReviewFilter,
        reviewer: &Reviewer,
    ) -> Result<Reviewable, EngineError> {
        let most = Self::MOST_REVIEWED;
        let page = self.look_through(filter, reviewer, most, LOOKED_AT_FOR_ALL).await?;
        let items = page.items.into_iter().map(|item| item.id).collect();
        Ok(Reviewable { items, more: page.next.is_some() })
    }

    async fn look_through(
        &self,
        filter: &ReviewFilter,
        reviewer: &Reviewer,
        limit: usize,
        most: usize,
    ) -> Result<ReviewPage, EngineError> {
        let window = window(filter);
        let (mut items, mut after) = (Vec::new(), filter.after);
        let (mut looked_at, mut read) = (0, FIRST_READ);
        while looked_at < most {
            let found = self.store().review_items(window, after, read).await?;
            let is_end = found.len() < read as usize;
            looked_at += found.len();
            for item in found {
                if items.len() == limit {
                    return Ok(ReviewPage { next: after, items });
                }
                after = Some(item.id);
                if is_of(filter.source, &item) && filter.fits(&item, reviewer) {
                    items.push(item);
                }
            }
            if is_end {
                return Ok(ReviewPage { items, next: None });
            }
            read = READ;
        }
        Ok(ReviewPage { items, next: after })
    }
}

fn window(filter: &ReviewFilter) -> ReviewWindow {
    match (filter.order, filter.source) {
        (ReviewOrder::Uncertain, source) => ReviewWindow::Uncertain(source),
        (ReviewOrder::Newest, source) => ReviewWindow::Newest(source),
        (ReviewOrder::Disputed, ReviewSource::Analyses) => ReviewWindow::SaidOfAnalyses,
        (ReviewOrder::Disputed, ReviewSource::Watch(_)) => ReviewWindow::SaidOfTweets,
    }
}

/// What was said of tweets is kept for all watches together.
fn is_of(source: ReviewSource, item: &ReviewItem) -> bool {
    match source {
        ReviewSource::Analyses => item.watch_id.is_none(),
        ReviewSource::Watch(id) => item.watch_id == Some(id),
    }
}
