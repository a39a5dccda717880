//! Text to word pieces.

use tokenizers::{Tokenizer, TruncationParams};

use super::spelling::spell;
use crate::{
    preprocess::{PreprocessConfig, Preprocessor},
    vocabulary::Encoded,
};

/// Reads texts for an encoder: the preprocessing that all families share, then the encoder's own
/// `tokenizer.json`.
pub struct Pieces {
    preprocessor: Preprocessor,
    tokenizer: Tokenizer,
    unknown: Option<u32>,
}

impl Pieces {
    /// From the content of `tokenizer.json`. A text has `limit` pieces at most, those at its
    /// ends included; the rest is cut off.
    ///
    /// # Errors
    /// In a sentence, if it is no tokenizer, or knows more pieces than the `words` of the table.
    pub fn new(
        preprocess: &PreprocessConfig,
        tokenizer: &[u8],
        limit: usize,
        words: usize,
    ) -> Result<Self, String> {
        let failed = |error| format!("tokenizer.json cannot be used: {error}");
        let mut tokenizer = Tokenizer::from_bytes(tokenizer).map_err(failed)?;
        let known = tokenizer.get_vocab(true).into_values().max().unwrap_or(0);
        if known as usize >= words {
            return Err(format!(
                "tokenizer.json knows piece {known} where the encoder has {words}: they are of two encoders"
            ));
        }
        let truncation = TruncationParams { max_length: limit, ..TruncationParams::default() };
        tokenizer.with_truncation(Some(truncation)).map_err(failed)?.with_padding(None);
        // Whatever is not known must become a piece that is.
        tokenizer.encode_fast("\u{e000}", true).map_err(failed)?;
        let unknown = tokenizer.token_to_id("[UNK]");
        Ok(Self { preprocessor: Preprocessor::new(preprocess), tokenizer, unknown })
    }

    /// The id of a piece such as `[MASK]`, if there is one.
    #[must_use]
    pub fn id(&self, piece: &str) -> Option<u32> {
        self.tokenizer.token_to_id(piece)
    }

    /// The pieces of `text`, at least one, and which share of them is known.
    #[must_use]
    pub fn encode(&self, text: &str) -> Encoded {
        let text = spell(&self.preprocessor.words(text));
        // It was tried in `new`: no text makes it fail.
        let encoding = self.tokenizer.encode_fast(text, true).unwrap_or_default();
        let mut ids = encoding.get_ids().to_vec();
        let special = encoding.get_special_tokens_mask();
        let is_unknown = |id| Some(id) == self.unknown;
        let pieces = ids.iter().zip(special).filter(|(_, special)| **special == 0);
        let (mut known, mut all) = (0, 0);
        for (&id, _) in pieces {
            known += usize::from(!is_unknown(id));
            all += 1;
        }
        if ids.is_empty() {
            ids.push(self.unknown.unwrap_or(0));
        }
        Encoded { ids, known: known as f32 / all.max(1) as f32 }
    }
}
