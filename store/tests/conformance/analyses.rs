//! An analysis is read back as it was written.

use std::sync::Arc;

use domain::{AnalysisId, Complaint, Label, Prediction, Reason};
use store::{Store, StoreError};
use uuid::Uuid;

use crate::{
    home::{analysis_of, stored},
    on_both,
};

on_both! {
    async fn an_analysis_is_read_back_exactly(store: Arc<dyn Store>) {
        let mut analysis = analysis_of("Où est ma valise ? 😡\n« perdue »");
        analysis.prediction.confidence = 0.123_456_79;
        store.insert_analysis(&analysis).await.unwrap();
        assert_eq!(store.analysis(analysis.id).await.unwrap(), Some(analysis));
    }

    async fn an_unknown_language_and_every_label_are_kept(store: Arc<dyn Store>) {
        for (label, probabilities) in Label::ALL.into_iter().zip([
            [1.0, 0.0, 0.0],
            [0.0, 1.0, 0.0],
            [0.0, 0.0, 1.0],
        ]) {
            let mut analysis = analysis_of("late");
            analysis.prediction = Prediction::new(probabilities.into(), 0.0, None);
            store.insert_analysis(&analysis).await.unwrap();
            let read = store.analysis(analysis.id).await.unwrap().unwrap();
            assert_eq!(read.prediction.label, label);
            assert_eq!(read, analysis);
        }
    }

    async fn every_reason_is_kept_with_its_confidence(store: Arc<dyn Store>) {
        for reason in Reason::ALL {
            let mut analysis = analysis_of("late");
            analysis.prediction.complaint = Some(Complaint { reason, confidence: 0.612_345_7 });
            store.insert_analysis(&analysis).await.unwrap();
            assert_eq!(store.analysis(analysis.id).await.unwrap(), Some(analysis));
        }
    }

    async fn a_verdict_that_is_not_sure_stays_so(store: Arc<dyn Store>) {
        for sure in [true, false] {
            let mut analysis = analysis_of("late");
            analysis.prediction.sure = sure;
            store.insert_analysis(&analysis).await.unwrap();
            assert_eq!(store.analysis(analysis.id).await.unwrap(), Some(analysis));
        }
    }

    async fn a_reason_without_a_complaint_is_refused(store: Arc<dyn Store>) {
        let mut analysis = analysis_of("thanks");
        analysis.prediction = Prediction::new([0.0, 0.0, 1.0].into(), 1.0, None);
        let late = Complaint { reason: Reason::LateFlight, confidence: 0.9 };
        analysis.prediction.complaint = Some(late);
        let refused = store.insert_analysis(&analysis).await;
        assert!(matches!(refused, Err(StoreError::Query(_))), "{refused:?}");
    }

    async fn an_unknown_id_is_no_analysis_and_no_error(store: Arc<dyn Store>) {
        assert_eq!(store.analysis(AnalysisId(Uuid::now_v7())).await.unwrap(), None);
    }

    async fn an_id_is_taken_once(store: Arc<dyn Store>) {
        let analysis = stored(store.as_ref(), "late").await;
        let again = store.insert_analysis(&analysis).await;
        assert!(matches!(again, Err(StoreError::Query(_))), "{again:?}");
    }

    async fn a_store_that_was_closed_says_so(store: Arc<dyn Store>) {
        store.ping().await.unwrap();
        store.close().await;
        let error = store.ping().await.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    }
}
