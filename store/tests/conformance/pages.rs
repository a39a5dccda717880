//! The history, a page at a time.

use std::sync::Arc;

use domain::{AnalysisId, Label, PageRequest};
use store::Store;

use crate::{
    home::{entry, stored},
    on_both,
};

on_both! {
    async fn an_empty_history_is_one_empty_page(store: Arc<dyn Store>) {
        let page = store.analyses(PageRequest::newest(10)).await.unwrap();
        assert!(page.items.is_empty());
        assert_eq!(page.next, None);
    }

    async fn pages_follow_each_other_without_gap_or_repetition(store: Arc<dyn Store>) {
        let mut expected: Vec<AnalysisId> = Vec::new();
        for n in 0..7 {
            expected.push(stored(store.as_ref(), &format!("tweet {n}")).await.id);
        }
        expected.reverse();
        let mut request = PageRequest::newest(3);
        let mut read = Vec::new();
        let mut lengths = Vec::new();
        loop {
            let page = store.analyses(request).await.unwrap();
            lengths.push(page.items.len());
            read.extend(page.items.iter().map(|analysis| analysis.id));
            match page.next {
                Some(next) => request = request.before(next),
                None => break,
            }
        }
        assert_eq!(read, expected);
        assert_eq!(lengths, [3, 3, 1]);
    }

    async fn a_page_that_is_exactly_full_is_the_last(store: Arc<dyn Store>) {
        stored(store.as_ref(), "one").await;
        stored(store.as_ref(), "two").await;
        let page = store.analyses(PageRequest::newest(2)).await.unwrap();
        assert_eq!((page.items.len(), page.next), (2, None));
    }

    async fn what_arrives_while_one_reads_moves_no_page(store: Arc<dyn Store>) {
        let old = stored(store.as_ref(), "old").await;
        stored(store.as_ref(), "new").await;
        let first = store.analyses(PageRequest::newest(1)).await.unwrap();
        stored(store.as_ref(), "newest").await;
        let second = PageRequest::newest(1).before(first.next.unwrap());
        assert_eq!(store.analyses(second).await.unwrap().items, [old]);
    }

    async fn the_history_shows_the_feedback_of_each(store: Arc<dyn Store>) {
        let first = stored(store.as_ref(), "first").await;
        stored(store.as_ref(), "second").await;
        store.append_feedback(&entry(&first, "zoe", Label::Neutral, 1)).await.unwrap();
        let page = store.analyses(PageRequest::newest(10)).await.unwrap();
        let labels: Vec<_> =
            page.items.iter().map(|analysis| analysis.feedback.as_ref().map(|f| f.label)).collect();
        assert_eq!(labels, [None, Some(Label::Neutral)]);
    }
}
