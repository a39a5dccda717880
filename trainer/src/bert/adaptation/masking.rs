//! Rows with some of their pieces hidden (Devlin et al. 2019).

use anyhow::{Context, Result};
use rand::{Rng, RngExt};
use sentiment::models::bert::Pieces;

/// Hides pieces.
#[derive(Clone, Debug)]
pub struct Masking {
    /// What stands for a hidden piece.
    mask: u32,
    /// Pieces that say nothing of a text, and are never hidden.
    kept: Vec<u32>,
    /// How many pieces there are.
    words: u32,
    /// Share of the pieces that is to be guessed.
    share: f64,
}

/// Rows, and what is to be guessed of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Masked {
    /// The rows' pieces.
    pub rows: Vec<Vec<u32>>,
    /// Which of them are to be guessed, counted over all rows.
    pub places: Vec<usize>,
    /// What they were.
    pub wanted: Vec<u32>,
}

impl Masking {
    /// Of the pieces of an encoder with `words` of them.
    ///
    /// # Errors
    /// If it has no piece that stands for a hidden one.
    pub fn new(pieces: &Pieces, words: usize, share: f64) -> Result<Self> {
        let mask = pieces.id("[MASK]").context(
            "its tokenizer.json has no [MASK]: only an encoder that learnt to guess words can be adapted",
        )?;
        let kept = ["[CLS]", "[SEP]", "[PAD]", "[UNK]"];
        let kept = kept.into_iter().filter_map(|piece| pieces.id(piece)).collect();
        Ok(Self { mask, kept, words: u32::try_from(words)?, share })
    }

    /// Chooses the pieces to guess. Of ten, eight are hidden, one is replaced by any piece, and one
    /// stays, so that every piece has to be understood.
    pub fn mask(&self, rows: &[&[u32]], random: &mut impl Rng) -> Masked {
        let mut masked = Masked { rows: Vec::new(), places: Vec::new(), wanted: Vec::new() };
        let mut place = 0;
        for row in rows {
            let seen = row.iter().map(|&piece| {
                place += 1;
                if self.kept.contains(&piece) || !random.random_bool(self.share) {
                    return piece;
                }
                masked.places.push(place - 1);
                masked.wanted.push(piece);
                match random.random_range(0..10) {
                    0 => random.random_range(0..self.words),
                    1 => piece,
                    _ => self.mask,
                }
            });
            let seen = seen.collect();
            masked.rows.push(seen);
        }
        masked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random;

    #[test]
    fn a_share_of_the_pieces_is_to_be_guessed_and_most_are_hidden() {
        let masking = Masking { mask: 4, kept: vec![2, 3], words: 1000, share: 0.15 };
        let row: Vec<u32> = [2].into_iter().chain(100..198).chain([3]).collect();
        let rows = vec![row.as_slice(); 100];
        let masked = masking.mask(&rows, &mut random::stream(1, "test", 0));
        let (all, seen) = (rows.concat(), masked.rows.concat());
        assert!((1300..1650).contains(&masked.places.len()), "{}", masked.places.len());
        for (&place, &wanted) in masked.places.iter().zip(&masked.wanted) {
            assert_eq!(all[place], wanted);
            assert!(wanted >= 100);
        }
        let hidden = masked.places.iter().filter(|&&place| seen[place] == 4).count();
        let share = hidden as f64 / masked.places.len() as f64;
        assert!((0.75..0.85).contains(&share), "{share}");
        // What is not to be guessed is as it was.
        let changed = (0..all.len()).filter(|&place| all[place] != seen[place]);
        assert!(changed.into_iter().all(|place| masked.places.contains(&place)));
    }
}
