//! The page Review on the server: what it is made of, and what its forms do.

use domain::{
    Agreement, ReviewAct, ReviewActId, ReviewFilter, ReviewItemId, ReviewSource, Reviewer, Watch,
};
use engine::{ReviewPage, Reviewable};

use super::{
    address::{Say, address},
    who,
};
use crate::{
    ApiError,
    review_trouble::ReviewTrouble,
    serving,
    serving::{engine, told},
};

/// Texts that are shown.
const SHOWN: usize = 50;

/// A reviewer's texts, and what they did last.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// Who reviews.
    pub reviewer: Reviewer,
    /// Where texts may come from, by name.
    pub watches: Vec<Watch>,
    /// Which texts are asked for.
    pub filter: ReviewFilter,
    /// Those that are shown.
    pub page: ReviewPage,
    /// What an undo takes back.
    pub act: Option<ReviewAct>,
    /// What is to be said of all texts of the filter, once that is confirmed.
    pub apply: Option<(Say, Reviewable)>,
}

/// The texts of `filter` for whoever asks.
pub async fn work(filter: ReviewFilter, apply: Option<Say>) -> Result<Work, ApiError> {
    let (engine, reviewer) = (engine()?, who::reviewer());
    let watches = engine.watches().await.map_err(told)?.to_vec();
    if let ReviewSource::Watch(id) = filter.source
        && !watches.iter().any(|watch| watch.id == id)
    {
        return Err(ApiError::UnknownWatch);
    }
    let page = engine.review_queue(&filter, &reviewer, SHOWN).await.map_err(told)?;
    let act = engine.newest_act(&reviewer).await.map_err(told)?;
    let apply = match apply {
        None => None,
        Some(say) => {
            let found = engine.reviewable(&whole(&filter), &reviewer).await.map_err(told)?;
            Some((say, found))
        }
    };
    Ok(Work { reviewer, watches, filter, page, act, apply })
}

/// How far reviewers agree.
pub async fn agreements() -> Result<Vec<Agreement>, ApiError> {
    engine()?.agreements().await.map_err(told)
}

/// See [`super::api::label_items`].
pub async fn label(one: Option<&str>, say: Option<&str>, items: &[String]) -> Result<(), ApiError> {
    let (say, items) = match one {
        Some(one) => {
            let (say, item) = one.split_once(' ').ok_or(ApiError::Unreadable)?;
            (say, vec![item])
        }
        None => {
            let items = items.iter().map(String::as_str).collect();
            (say.ok_or(ApiError::Unreadable)?, items)
        }
    };
    if items.is_empty() {
        return Err(ReviewTrouble::Nothing.into());
    }
    let items: Result<Vec<ReviewItemId>, _> = items.into_iter().map(str::parse).collect();
    record(named(say)?, &items.map_err(|_unknown| ApiError::Unreadable)?).await
}

/// See [`super::api::label_all`].
pub async fn label_all(say: &str, count: usize, filter: &ReviewFilter) -> Result<(), ApiError> {
    let (engine, reviewer) = (engine()?, who::reviewer());
    let found = engine.reviewable(&whole(filter), &reviewer).await.map_err(told)?;
    if found.items.len() != count {
        return Err(ReviewTrouble::Changed { now: found.items.len() }.into());
    }
    record(named(say)?, &found.items).await
}

/// See [`super::api::undo_act`].
pub async fn undo(act: ReviewActId) -> Result<(), ApiError> {
    let undone = engine()?.undo_act(act, &who::reviewer()).await.map_err(told)?;
    if undone { Ok(()) } else { Err(ReviewTrouble::UnknownAct.into()) }
}

/// Answers a form; a plain one leads back to the texts that it came from.
pub fn reply(answer: Result<(), ApiError>, filter: &ReviewFilter) -> Result<(), ApiError> {
    serving::lead(answer, &address(filter))
}

async fn record(Say(label): Say, items: &[ReviewItemId]) -> Result<(), ApiError> {
    engine()?.review(items, label, who::reviewer()).await.map(drop).map_err(told)
}

fn named(say: &str) -> Result<Say, ApiError> {
    Say::named(say).ok_or(ApiError::Unreadable)
}

/// All texts of a filter, from the first on.
fn whole(filter: &ReviewFilter) -> ReviewFilter {
    ReviewFilter { after: None, ..filter.clone() }
}
