//! What the radar sees of one tweet.

use domain::Label;
use jiff::Timestamp;

/// A tweet that has been judged. What is not known is left out: without an author or a text the
/// radar cannot tell copies from crowds, and counts every tweet.
#[derive(Clone, Copy, Debug)]
pub struct Observation<'a> {
    /// When it was written.
    pub at: Timestamp,
    /// What it is about, such as a brand; every watch is judged by its own past.
    pub watch: &'a str,
    /// Who wrote it.
    pub author: Option<&'a str>,
    /// Its text; empty if it is not known.
    pub text: &'a str,
    /// How it feels.
    pub label: Label,
    /// What it complains of, in any vocabulary of up to [`crate::REASONS`] words.
    pub reason: Option<&'a str>,
}
