//! Items in their orders, what was said of them, and acts that are undone as a whole.

use std::sync::Arc;

use domain::{
    Analysis, FeedbackId, Label, Query, ReviewAct, ReviewActId, ReviewItem, ReviewItemId,
    ReviewSource, Reviewer, StreamTweet, Watch, WatchId, WatchName,
};
use store::{ReviewWindow, Store};
use uuid::Uuid;

use crate::{
    home::{Home, analysis_of, at, entry, stored},
    on_both,
};

const UNCERTAIN: ReviewWindow = ReviewWindow::Uncertain(ReviewSource::Analyses);
const NEWEST: ReviewWindow = ReviewWindow::Newest(ReviewSource::Analyses);

fn reviewer(name: &str) -> Reviewer {
    Reviewer::parse(name).unwrap()
}

fn id_of(analysis: &Analysis) -> ReviewItemId {
    ReviewItemId::Analysis(analysis.id)
}

async fn sure(store: &dyn Store, text: &str, confidence: f32) -> ReviewItemId {
    let mut analysis = analysis_of(text);
    analysis.prediction.confidence = confidence;
    store.insert_analysis(&analysis).await.unwrap();
    id_of(&analysis)
}

async fn say(
    store: &dyn Store,
    who: &str,
    label: Option<Label>,
    micros: i64,
    items: &[ReviewItemId],
) -> ReviewAct {
    let act = ReviewAct {
        id: ReviewActId(Uuid::now_v7()),
        reviewer: reviewer(who),
        label,
        items: items.len() as u64,
        at: at(micros),
    };
    let named = items.iter().map(|item| (FeedbackId(Uuid::now_v7()), *item)).collect();
    assert_eq!(store.append_to_act(&act, named).await.unwrap(), act.items);
    act
}

/// All items of a window, read two at a time.
async fn all(store: &dyn Store, window: ReviewWindow) -> Vec<ReviewItem> {
    let (mut items, mut after) = (Vec::new(), None);
    loop {
        let found = store.review_items(window, after, 2).await.unwrap();
        let is_end = found.len() < 2;
        after = found.last().map(|item| item.id);
        items.extend(found);
        if is_end {
            return items;
        }
    }
}

fn ids(items: &[ReviewItem]) -> Vec<ReviewItemId> {
    items.iter().map(|item| item.id).collect()
}

async fn watch_with(store: &dyn Store, name: &str, confidences: &[f32]) -> WatchId {
    let watch = Watch {
        id: WatchId(Uuid::now_v7()),
        name: WatchName::parse(name).unwrap(),
        query: Query::parse("@united").unwrap(),
        is_simulated: false,
        created_at: at(1),
    };
    assert!(store.put_watch(&watch).await.unwrap());
    let tweet = |(number, confidence): (usize, &f32)| StreamTweet {
        watch_id: watch.id,
        source: "test".to_owned(),
        source_id: number.to_string(),
        at: at(number as i64),
        author: None,
        text: Some(format!("{name} {number}")),
        label: Label::Neutral,
        confidence: *confidence,
        reason: None,
        received_at: at(number as i64),
    };
    store.append_tweets(confidences.iter().enumerate().map(tweet).collect()).await.unwrap();
    watch.id
}

fn texts(items: &[ReviewItem]) -> Vec<&str> {
    items.iter().map(|item| item.text.as_deref().unwrap_or_default()).collect()
}

on_both! {
    async fn the_least_sure_comes_first_and_pages_skip_none(store: Arc<dyn Store>) {
        let store = store.as_ref();
        for (text, confidence) in [("c", 0.7), ("a", 0.4), ("b", 0.55), ("c2", 0.7), ("d", 0.9)] {
            sure(store, text, confidence).await;
        }
        let found = all(store, UNCERTAIN).await;
        assert_eq!(texts(&found), ["a", "b", "c", "c2", "d"]);
        assert_eq!(found[1].confidence, 0.55);
        assert_eq!(texts(&all(store, NEWEST).await), ["d", "c2", "b", "a", "c"]);
        let unknown = Some(ReviewItemId::Tweet(5));
        assert_eq!(store.review_items(UNCERTAIN, unknown, 1).await.unwrap(), found[..1]);
    }

    async fn what_was_said_comes_with_its_item_the_oldest_first(store: Arc<dyn Store>) {
        let store = store.as_ref();
        let analysis = stored(store, "late").await;
        stored(store, "nothing was said of this").await;
        store.append_feedback(&entry(&analysis, "ann", Label::Positive, 5)).await.unwrap();
        let act = say(store, "bob", Some(Label::Neutral), 3, &[id_of(&analysis)]).await;
        let found = all(store, ReviewWindow::SaidOfAnalyses).await;
        assert_eq!(ids(&found), [id_of(&analysis)]);
        let log: Vec<_> = found[0].log.iter().map(|said| (said.reviewer.as_str(), said.label, said.act)).collect();
        assert_eq!(log, [("bob", Some(Label::Neutral), Some(act.id)), ("ann", Some(Label::Positive), None)]);
        assert_eq!((found[0].log[0].at, found[0].log[0].undone), (at(3), false));
    }

    async fn an_act_s_label_is_in_force_and_its_undo_restores_exactly_what_was(store: Arc<dyn Store>) {
        let store = store.as_ref();
        let (late, fine) = (stored(store, "late").await, stored(store, "fine").await);
        store.append_feedback(&entry(&late, "ann", Label::Positive, 1)).await.unwrap();
        store.append_feedback(&entry(&late, "bob", Label::Neutral, 2)).await.unwrap();
        let before = [store.analysis(late.id).await.unwrap(), store.analysis(fine.id).await.unwrap()];
        let act = say(store, "ann", Some(Label::Negative), 3, &[id_of(&late), id_of(&fine)]).await;
        let label = store.analysis(late.id).await.unwrap().unwrap().feedback.unwrap().label;
        assert_eq!(label, Label::Negative);
        assert_eq!(store.newest_act(&act.reviewer).await.unwrap().as_ref(), Some(&act));
        assert!(store.undo_act(act.id, &act.reviewer, at(4)).await.unwrap());
        assert!(store.undo_act(act.id, &act.reviewer, at(5)).await.unwrap(), "once more changes nothing");
        let after = [store.analysis(late.id).await.unwrap(), store.analysis(fine.id).await.unwrap()];
        assert_eq!(after, before);
        assert_eq!(store.newest_act(&act.reviewer).await.unwrap(), None);
        let log = &all(store, ReviewWindow::SaidOfAnalyses).await[0].log;
        assert_eq!(log.iter().map(|said| said.undone).collect::<Vec<_>>(), [true], "the log keeps it");
    }

    async fn each_reviewer_undoes_only_their_own_acts_the_newest_first(store: Arc<dyn Store>) {
        let store = store.as_ref();
        let late = id_of(&stored(store, "late").await);
        let first = say(store, "ann", Some(Label::Negative), 1, &[late]).await;
        let second = say(store, "ann", None, 2, &[late]).await;
        let (ann, bob) = (reviewer("ann"), reviewer("bob"));
        assert!(!store.undo_act(second.id, &bob, at(3)).await.unwrap());
        assert!(!store.undo_act(ReviewActId(Uuid::now_v7()), &ann, at(3)).await.unwrap());
        assert_eq!(store.newest_act(&bob).await.unwrap(), None);
        assert_eq!(store.newest_act(&ann).await.unwrap().unwrap().id, second.id);
        assert!(store.undo_act(second.id, &ann, at(3)).await.unwrap());
        assert_eq!(store.newest_act(&ann).await.unwrap().unwrap().id, first.id);
    }

    async fn an_act_that_is_appended_to_again_is_the_same_act(store: Arc<dyn Store>) {
        let store = store.as_ref();
        let (late, fine) = (stored(store, "late").await, stored(store, "fine").await);
        let act = say(store, "ann", Some(Label::Negative), 1, &[id_of(&late)]).await;
        let unknown = ReviewItemId::Analysis(analysis_of("never stored").id);
        let rest = [id_of(&fine), unknown, ReviewItemId::Tweet(77)];
        let rest = rest.map(|item| (FeedbackId(Uuid::now_v7()), item)).to_vec();
        assert_eq!(store.append_to_act(&act, rest).await.unwrap(), 1);
        store.undo_act(act.id, &act.reviewer, at(2)).await.unwrap();
        for analysis in [late, fine] {
            assert_eq!(store.analysis(analysis.id).await.unwrap().unwrap().feedback, None);
        }
    }

    async fn tweets_of_a_watch_have_their_orders_and_their_log(store: Arc<dyn Store>) {
        let store = store.as_ref();
        let united = watch_with(store, "united", &[0.9, 0.4, 1.0, 0.4]).await;
        let other = watch_with(store, "other", &[0.1]).await;
        let source = ReviewSource::Watch(united);
        let uncertain = all(store, ReviewWindow::Uncertain(source)).await;
        assert_eq!(texts(&uncertain), ["united 1", "united 3", "united 0", "united 2"]);
        let newest = all(store, ReviewWindow::Newest(source)).await;
        assert_eq!(texts(&newest), ["united 3", "united 2", "united 1", "united 0"]);
        assert!(all(store, ReviewWindow::SaidOfTweets).await.is_empty());
        let foreign = all(store, ReviewWindow::Newest(ReviewSource::Watch(other))).await[0].id;
        let act = say(store, "ann", Some(Label::Negative), 9, &[uncertain[0].id, foreign]).await;
        let said = all(store, ReviewWindow::SaidOfTweets).await;
        assert_eq!(ids(&said), [foreign, uncertain[0].id]);
        assert_eq!((said[1].watch_id, said[1].log[0].act), (Some(united), Some(act.id)));
        assert_eq!(all(store, ReviewWindow::Uncertain(source)).await[0].log, said[1].log);
    }

    async fn what_was_said_of_a_tweet_goes_with_its_watch(store: Arc<dyn Store>) {
        let store = store.as_ref();
        let united = watch_with(store, "united", &[0.5]).await;
        let source = ReviewSource::Watch(united);
        let tweet = all(store, ReviewWindow::Newest(source)).await[0].id;
        say(store, "ann", Some(Label::Negative), 9, &[tweet]).await;
        assert!(store.remove_watch(united).await.unwrap());
        assert!(all(store, ReviewWindow::SaidOfTweets).await.is_empty());
    }

    async fn a_forgotten_text_is_not_queued_and_what_was_said_of_it_stays(store: Arc<dyn Store>) {
        let store = store.as_ref();
        let late = id_of(&stored(store, "late").await);
        let united = watch_with(store, "united", &[0.5]).await;
        say(store, "ann", Some(Label::Negative), 9, &[late]).await;
        let later = analysis_of("x").created_at.checked_add(jiff::SignedDuration::from_secs(1)).unwrap();
        store.forget_texts_before(later).await.unwrap();
        store.forget_stream_texts_before(later).await.unwrap();
        for source in [ReviewSource::Analyses, ReviewSource::Watch(united)] {
            for window in [ReviewWindow::Uncertain(source), ReviewWindow::Newest(source)] {
                assert!(all(store, window).await.is_empty(), "{window:?}");
            }
        }
        let said = all(store, ReviewWindow::SaidOfAnalyses).await;
        assert_eq!((said[0].text.as_deref(), said[0].log.len()), (None, 1));
    }
}

#[tokio::test]
async fn postgres_refuses_to_change_what_was_said_of_a_tweet() {
    let home = Home::postgres();
    let store = home.store().await;
    watch_with(store.as_ref(), "united", &[0.5]).await;
    let server = postgres_fixture::PostgresServer::shared().unwrap();
    let error = server.sql(&home.url, "UPDATE stream_feedback SET label = NULL").unwrap_err();
    assert!(error.to_string().contains("append-only"), "{error}");
}
