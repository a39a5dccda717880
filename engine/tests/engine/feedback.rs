//! A thumb and its undo.

use domain::{AnalysisId, Label, Reviewer};
use uuid::Uuid;

use crate::house::{House, tweet};

#[tokio::test]
async fn feedback_is_answered_and_an_undo_at_once_takes_it_back() {
    let house = House::new().await;
    let id = house.engine.analyse(tweet("thanks")).await.unwrap().id;
    for _ in 0..50 {
        let given = house.engine.give_feedback(id, Label::Negative, Reviewer::local()).await;
        assert_eq!(given.unwrap().unwrap().feedback.unwrap().label, Label::Negative);
        let withdrawn = house.engine.withdraw_feedback(id, Reviewer::local()).await;
        assert_eq!(withdrawn.unwrap().unwrap().feedback, None);
    }
}

#[tokio::test]
async fn feedback_on_an_unknown_analysis_is_none() {
    let house = House::new().await;
    let unknown = AnalysisId(Uuid::now_v7());
    let given = house.engine.give_feedback(unknown, Label::Neutral, Reviewer::local()).await;
    assert_eq!(given.unwrap(), None);
    let withdrawn = house.engine.withdraw_feedback(unknown, Reviewer::local()).await;
    assert_eq!(withdrawn.unwrap(), None);
}
