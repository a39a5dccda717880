//! A row of either database, turned into an [`Analysis`].

use domain::{
    Analysis, AnalysisId, Complaint, Feedback, ModelId, Prediction, Probabilities, Reviewer,
};
use jiff::Timestamp;
use sqlx::{ColumnIndex, Database, Decode, FromRow, Row, Type};
use uuid::Uuid;

use crate::StoreError;

/// An analysis with the feedback in force, as both databases select it.
#[derive(Debug)]
pub(crate) struct AnalysisRow {
    id: Uuid,
    text: Option<String>,
    label: String,
    confidence: f32,
    negative: f32,
    neutral: f32,
    positive: f32,
    known: f32,
    language: Option<String>,
    model_name: String,
    model_version: String,
    created_at: i64,
    duration_us: i64,
    reason: Option<String>,
    reason_confidence: Option<f32>,
    sure: bool,
    feedback_label: Option<String>,
    feedback_reviewer: Option<String>,
    feedback_at: Option<i64>,
}

/// Written out, because the derive lives in a macro crate that builds both drivers a second time.
impl<'r, R, D> FromRow<'r, R> for AnalysisRow
where
    R: Row<Database = D>,
    D: Database,
    &'static str: ColumnIndex<R>,
    Uuid: Decode<'r, D> + Type<D>,
    String: Decode<'r, D> + Type<D>,
    f32: Decode<'r, D> + Type<D>,
    i64: Decode<'r, D> + Type<D>,
    bool: Decode<'r, D> + Type<D>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            text: row.try_get("text")?,
            label: row.try_get("label")?,
            confidence: row.try_get("confidence")?,
            negative: row.try_get("negative")?,
            neutral: row.try_get("neutral")?,
            positive: row.try_get("positive")?,
            known: row.try_get("known")?,
            language: row.try_get("language")?,
            model_name: row.try_get("model_name")?,
            model_version: row.try_get("model_version")?,
            created_at: row.try_get("created_at")?,
            duration_us: row.try_get("duration_us")?,
            reason: row.try_get("reason")?,
            reason_confidence: row.try_get("reason_confidence")?,
            sure: row.try_get("sure")?,
            feedback_label: row.try_get("feedback_label")?,
            feedback_reviewer: row.try_get("feedback_reviewer")?,
            feedback_at: row.try_get("feedback_at")?,
        })
    }
}

impl TryFrom<AnalysisRow> for Analysis {
    type Error = StoreError;

    fn try_from(row: AnalysisRow) -> Result<Self, StoreError> {
        let feedback = match (row.feedback_label, row.feedback_reviewer, row.feedback_at) {
            (Some(label), Some(reviewer), Some(at)) => Some(Feedback {
                label: label.parse().map_err(StoreError::corrupt)?,
                at: timestamp(at)?,
                reviewer: Reviewer::parse(&reviewer).map_err(StoreError::corrupt)?,
            }),
            _ => None,
        };
        let complaint = match (row.reason, row.reason_confidence) {
            (Some(reason), Some(confidence)) => {
                let reason = reason.parse().map_err(StoreError::corrupt)?;
                Some(Complaint { reason, confidence })
            }
            _ => None,
        };
        Ok(Self {
            id: AnalysisId(row.id),
            text: row.text,
            prediction: Prediction {
                label: row.label.parse().map_err(StoreError::corrupt)?,
                confidence: row.confidence,
                probabilities: Probabilities {
                    negative: row.negative,
                    neutral: row.neutral,
                    positive: row.positive,
                },
                known: row.known,
                language: row.language,
                complaint,
                sure: row.sure,
            },
            model: ModelId { name: row.model_name, version: row.model_version },
            created_at: timestamp(row.created_at)?,
            duration_us: row.duration_us.try_into().map_err(StoreError::corrupt)?,
            feedback,
        })
    }
}

fn timestamp(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(StoreError::corrupt)
}
