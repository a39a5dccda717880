//! Texts are found again, and forgotten.

use std::sync::Arc;

use domain::{Analysis, Label};
use store::Store;

use crate::{
    home::{analysis_of, at, entry, stored, tweet},
    on_both,
};

on_both! {
    async fn the_newest_analysis_of_a_text_is_found(store: Arc<dyn Store>) {
        stored(store.as_ref(), "same").await;
        stored(store.as_ref(), "other").await;
        let newest = stored(store.as_ref(), "same").await;
        stored(store.as_ref(), "Same").await;
        assert_eq!(store.newest_analysis_of(&tweet("same")).await.unwrap(), Some(newest));
        assert_eq!(store.newest_analysis_of(&tweet("nobody wrote this")).await.unwrap(), None);
    }

    async fn a_found_analysis_has_its_feedback(store: Arc<dyn Store>) {
        let analysis = stored(store.as_ref(), "same").await;
        let now = store.append_feedback(&entry(&analysis, "zoe", Label::Neutral, 1)).await.unwrap();
        assert_eq!(store.newest_analysis_of(&tweet("same")).await.unwrap(), now);
    }

    async fn the_longest_text_is_found(store: Arc<dyn Store>) {
        let text = "😡".repeat(500);
        let analysis = stored(store.as_ref(), &text).await;
        assert_eq!(store.newest_analysis_of(&tweet(&text)).await.unwrap(), Some(analysis));
    }

    async fn texts_of_before_are_forgotten_and_verdicts_stay(store: Arc<dyn Store>) {
        let made_at = |micros| Analysis { created_at: at(micros), ..analysis_of("same") };
        let (old, new) = (made_at(999), made_at(1_000));
        store.insert_analysis(&old).await.unwrap();
        store.insert_analysis(&new).await.unwrap();
        let entry = entry(&old, "zoe", Label::Neutral, 1);
        let commented = store.append_feedback(&entry).await.unwrap().unwrap();

        assert_eq!(store.forget_texts_before(at(1_000)).await.unwrap(), 1);
        let forgotten = Analysis { text: None, ..commented };
        assert_eq!(store.analysis(old.id).await.unwrap(), Some(forgotten));
        assert_eq!(store.analysis(new.id).await.unwrap(), Some(new.clone()));
        assert_eq!(store.newest_analysis_of(&tweet("same")).await.unwrap(), Some(new));
        assert_eq!(store.forget_texts_before(at(1_000)).await.unwrap(), 0, "nothing is left to forget");
    }

    async fn a_forgotten_text_is_not_found(store: Arc<dyn Store>) {
        stored(store.as_ref(), "same").await;
        assert_eq!(store.forget_texts_before(at(2_000_000_000_000_000)).await.unwrap(), 1);
        assert_eq!(store.newest_analysis_of(&tweet("same")).await.unwrap(), None);
    }
}
