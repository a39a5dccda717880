//! What numbers a map multiplies.

use std::ops::Range;

use super::{BLOCK, Grid, products};

/// The least step that is told from 0.
const LEAST: f32 = 1e-30;

/// What numbers a map multiplies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Single precision.
    Single,
    /// Whole numbers.
    Whole {
        /// How many of the first inputs, in whole blocks, have 13 bits; the others have 8.
        in_words: usize,
    },
}

/// What the numbers of a block are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Single,
    Words,
    Bytes,
}

/// How many numbers lie in the 32 bits that are multiplied at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    Single = 1,
    Word = 2,
    Byte = 4,
}

impl Precision {
    /// The blocks of so many inputs, by what their numbers are.
    pub fn spans(self, inputs: usize) -> [(Kind, Range<usize>); 2] {
        let blocks = inputs.div_ceil(BLOCK);
        let (first, count) = match self {
            Self::Single => (Kind::Single, blocks),
            Self::Whole { in_words } => (Kind::Words, blocks.min(in_words.div_ceil(BLOCK))),
        };
        [(first, 0..count), (Kind::Bytes, count..blocks)]
    }
}

impl Kind {
    /// How its numbers are kept: without instructions for bytes, they are multiplied as words.
    pub fn width(self) -> Width {
        match self {
            Self::Single => Width::Single,
            Self::Words => Width::Word,
            Self::Bytes if products::has_bytes() => Width::Byte,
            Self::Bytes => Width::Word,
        }
    }

    /// The largest whole number of a weight; the least has its amount. Sums of a block's products
    /// fit into 32 bits.
    pub const fn largest_weight(self) -> f32 {
        match self {
            Self::Single => f32::MAX,
            Self::Words => 4095.0,
            Self::Bytes => 127.0,
        }
    }

    /// What the whole numbers of a block's inputs stand for, which are between these.
    pub fn grid(self, least: f32, most: f32) -> Grid {
        match self {
            // Bytes have no sign.
            Self::Bytes => Grid { step: ((most - least) / 255.0).max(LEAST), least },
            _ => Grid { step: (most.max(-least) / self.largest_weight()).max(LEAST), least: 0.0 },
        }
    }
}

impl Width {
    /// Groups of a block.
    pub const fn groups(self) -> usize {
        BLOCK / self as usize
    }
}
