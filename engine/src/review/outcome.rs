//! What comes of review: how far reviewers agree, and rows to learn from.

use domain::{Agreement, ReviewItem, TrainingRow, agreements, training_rows};
use store::ReviewWindow;

use crate::{Engine, EngineError};

/// Items that are read from the store at a time.
const READ: u32 = 1_000;

impl Engine {
    /// How far each two reviewers agree, on analyses and tweets of all watches.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn agreements(&self) -> Result<Vec<Agreement>, EngineError> {
        Ok(agreements(&self.said().await?))
    }

    /// A row for each text on whose label at least the share `least` of its reviewers agree, the newest analyses first,
    /// then the newest tweets. What was forgotten has none.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn training_rows(&self, least: f64) -> Result<Vec<TrainingRow>, EngineError> {
        Ok(training_rows(self.said().await?, least))
    }

    /// Everything of which anything was said: as much as people have labelled.
    async fn said(&self) -> Result<Vec<ReviewItem>, EngineError> {
        let mut all = Vec::new();
        for window in [ReviewWindow::SaidOfAnalyses, ReviewWindow::SaidOfTweets] {
            let mut after = None;
            loop {
                let found = self.store().review_items(window, after, READ).await?;
                let is_end = found.len() < READ as usize;
                after = found.last().map(|item| item.id).or(after);
                all.extend(found);
                if is_end {
                    break;
                }
            }
        }
        Ok(all)
    }
}
