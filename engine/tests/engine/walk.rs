//! The walk of one tweet.

use std::time::Duration;

use domain::{AnalysisId, PageRequest};
use engine::forget_old_texts;
use uuid::Uuid;

use crate::house::{House, model, tweet};

#[tokio::test]
async fn the_answer_is_what_was_stored() {
    let house = House::new().await;
    let answer = house.engine.analyse(tweet("the flight was late")).await.unwrap();
    assert_eq!(house.store.analysis(answer.id).await.unwrap(), Some(answer.clone()));
    assert_eq!(house.engine.analysis(answer.id).await.unwrap(), Some(answer));
}

#[tokio::test]
async fn an_analysis_says_text_model_and_verdict() {
    let house = House::new().await;
    let answer = house.engine.analyse(tweet("the flight was late")).await.unwrap();
    assert_eq!(answer.text.as_deref(), Some("the flight was late"));
    assert_eq!(&answer.model, model().model.id());
    assert_eq!(answer.prediction, model().model.predict(&["the flight was late"]).unwrap()[0]);
    assert_eq!(answer.id.0.get_version_num(), 7);
    assert_eq!(answer.feedback, None);
}

#[tokio::test]
async fn later_analyses_come_first_in_the_history() {
    let house = House::new().await;
    let mut made = Vec::new();
    for n in 0..20 {
        made.push(house.engine.analyse(tweet(&format!("flight {n}"))).await.unwrap().id);
    }
    made.reverse();
    let page = house.engine.history(PageRequest::newest(50)).await.unwrap();
    assert_eq!(page.items.iter().map(|analysis| analysis.id).collect::<Vec<_>>(), made);
}

#[tokio::test]
async fn an_unknown_id_is_no_error() {
    let house = House::new().await;
    assert_eq!(house.engine.analysis(AnalysisId(Uuid::now_v7())).await.unwrap(), None);
}

#[tokio::test]
async fn the_newest_analysis_of_a_text_is_found() {
    let house = House::new().await;
    house.engine.analyse(tweet("thanks")).await.unwrap();
    let newest = house.engine.analyse(tweet("thanks")).await.unwrap();
    assert_eq!(house.engine.newest_analysis_of(&tweet("thanks")).await.unwrap(), Some(newest));
}

#[tokio::test]
async fn texts_past_their_time_are_forgotten() {
    let house = House::new().await;
    let analysis = house.engine.analyse(tweet("thanks")).await.unwrap();
    let retention = Duration::from_secs(60);
    let soon = analysis.created_at + Duration::from_secs(60);
    let later = analysis.created_at + Duration::from_secs(61);
    assert_eq!(forget_old_texts(house.store.as_ref(), retention, soon).await.unwrap(), 0);
    assert_eq!(forget_old_texts(house.store.as_ref(), retention, later).await.unwrap(), 1);
    assert_eq!(house.engine.analysis(analysis.id).await.unwrap().unwrap().text, None);
}
