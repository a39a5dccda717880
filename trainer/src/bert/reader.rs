//! Text to the ids of its pieces.

use sentiment::models::bert::Pieces;

use crate::training::Reader;

/// Reads as the served model does.
pub struct PieceReader(pub Pieces);

impl Reader for PieceReader {
    fn ids(&self, text: &str) -> Vec<u32> {
        self.0.encode(text).ids
    }
}
