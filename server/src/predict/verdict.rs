//! What becomes of one row.

use domain::Prediction;

/// A verdict, or why there is none.
pub type Verdict = Result<Judgement, String>;

/// What the models say of a row.
#[derive(Debug)]
pub struct Judgement {
    /// The verdict.
    pub prediction: Prediction,
    /// What each word adds to it, where that was asked for.
    pub words: Option<String>,
}
