//! The features that a model knows, and how rare each is.

use super::{Counted, Counts, ngrams::token_name};

/// Upper halves of names.
const UPPER: usize = 1 << 16;

/// Steps of the inverse document frequency, which is kept in 8 bits: up to 15.9.
const RARITY_STEPS: f32 = 16.0;

/// Features by name, numbered in ascending order of their names.
///
/// A name is 32 bits. The upper 16 say where to look, the lower 16 are kept: two bytes a feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureTable {
    /// For each upper half the number of the first feature with it, and of the one after the last.
    starts: Vec<u32>,
    lowers: Vec<u16>,
    rarities: Vec<u8>,
}

/// A text's features: numbers in ascending order, each with its weight in the text. After the
/// table's features come the [`super::CUES`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Which.
    pub features: Vec<u32>,
    /// How much of each.
    pub values: Vec<f32>,
}

impl FeatureTable {
    /// A table of features that come in `frequency` of `rows` texts each, `(name, frequency)` in
    /// ascending order of names.
    #[must_use]
    pub fn new(features: &[(u32, u32)], rows: u32) -> Self {
        let mut counts = vec![0_u16; UPPER];
        for (name, _) in features {
            counts[(name >> 16) as usize] += 1;
        }
        Self {
            starts: starts(&counts),
            lowers: features.iter().map(|(name, _)| (name & 0xffff) as u16).collect(),
            rarities: features.iter().map(|&(_, frequency)| rarity(frequency, rows)).collect(),
        }
    }

    /// The table whose parts are these: how many names have each upper half, the lower halves and
    /// the rarities of all in order.
    ///
    /// # Errors
    /// If they are not those of a table.
    pub fn from_parts(
        counts: &[u16],
        lowers: Vec<u16>,
        rarities: Vec<u8>,
    ) -> Result<Self, &'static str> {
        if counts.len() != UPPER {
            return Err("there must be one count for each upper half of a name");
        }
        let starts = starts(counts);
        if starts[UPPER] as usize != lowers.len() || lowers.len() != rarities.len() {
            return Err("the counts of features do not add up to their number");
        }
        let ascends = |range: &[u32]| {
            lowers[range[0] as usize..range[1] as usize].windows(2).all(|pair| pair[0] < pair[1])
        };
        if !starts.windows(2).all(ascends) {
            return Err("the features are not in ascending order");
        }
        Ok(Self { starts, lowers, rarities })
    }

    /// How many names have each upper half.
    #[must_use]
    pub fn counts(&self) -> Vec<u16> {
        self.starts.windows(2).map(|pair| (pair[1] - pair[0]) as u16).collect()
    }

    /// The lower halves of all names, in order.
    #[must_use]
    pub fn lowers(&self) -> &[u16] {
        &self.lowers
    }

    /// The rarities in 8 bits, in order.
    #[must_use]
    pub fn rarities(&self) -> &[u8] {
        &self.rarities
    }

    /// How many features, without the cues.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lowers.len()
    }

    /// Whether it knows nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lowers.is_empty()
    }

    /// The number of the feature called `name`, if it is known.
    #[must_use]
    pub fn number(&self, name: u32) -> Option<usize> {
        let upper = (name >> 16) as usize;
        let (from, to) = (self.starts[upper] as usize, self.starts[upper + 1] as usize);
        let found = self.lowers[from..to].binary_search(&((name & 0xffff) as u16));
        found.ok().map(|at| from + at)
    }

    /// Whether the token `token` alone is a feature.
    #[must_use]
    pub fn knows(&self, token: &str) -> bool {
        self.number(token_name(token)).is_some()
    }

    /// The row of a text: (1 + ln count) · idf, each block of length 1 (Salton and Buckley
    /// 1988), and the cues as they are.
    #[must_use]
    pub fn row(&self, text: &Counted) -> Row {
        let mut cells = self.block(&text.words);
        cells.extend(self.block(&text.characters));
        cells.sort_unstable_by_key(|(feature, _)| *feature);
        let cues = (self.len() as u32..).zip(text.cues).filter(|(_, value)| *value != 0.0);
        let (features, values) = cells.into_iter().chain(cues).unzip();
        Row { features, values }
    }

    fn block(&self, counts: &Counts) -> Vec<(u32, f32)> {
        let known = counts.iter().filter_map(|&(name, count)| {
            let number = self.number(name)?;
            let idf = f32::from(self.rarities[number]) / RARITY_STEPS;
            Some((number as u32, (1.0 + f32::from(count).ln()) * idf))
        });
        let mut cells: Vec<(u32, f32)> = known.collect();
        let length = cells.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
        cells.iter_mut().for_each(|(_, value)| *value /= length);
        cells
    }
}

/// Where the features of each upper half begin, and where the last ones end.
fn starts(counts: &[u16]) -> Vec<u32> {
    let mut sum = 0;
    let ends = counts.iter().map(|&count| {
        sum += u32::from(count);
        sum
    });
    [0].into_iter().chain(ends).collect()
}

/// Inverse document frequency, ln((1 + rows) / (1 + frequency)) + 1, in steps of 1/16. What is
/// trained on is this rounded number, so that nothing changes when it is released.
fn rarity(frequency: u32, rows: u32) -> u8 {
    let idf = ((1.0 + f64::from(rows)) / (1.0 + f64::from(frequency))).ln() + 1.0;
    (idf as f32 * RARITY_STEPS).round().clamp(1.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEATURES: [(u32, u32); 4] =
        [(0x0000_0005, 100), (0x0001_0005, 1), (0x0001_0007, 10), (0xffff_ffff, 50)];

    fn text(words: Counts, characters: Counts) -> Counted {
        Counted { words, characters, ..Counted::default() }
    }

    #[test]
    fn a_feature_is_found_by_its_whole_name() {
        let table = FeatureTable::new(&FEATURES, 100);
        for (number, (name, _)) in FEATURES.iter().enumerate() {
            assert_eq!(table.number(*name), Some(number));
        }
        for name in [0, 0x0002_0005, 0x0001_0006, 0xffff_0005] {
            assert_eq!(table.number(name), None);
        }
    }

    #[test]
    fn a_table_comes_back_from_its_parts() {
        let table = FeatureTable::new(&FEATURES, 100);
        let parts = (table.counts(), table.lowers().to_vec(), table.rarities().to_vec());
        assert_eq!(FeatureTable::from_parts(&parts.0, parts.1, parts.2), Ok(table));
    }

    #[test]
    fn parts_of_no_table_are_refused() {
        let table = FeatureTable::new(&FEATURES, 100);
        let (counts, lowers, rarities) =
            (table.counts(), table.lowers().to_vec(), table.rarities().to_vec());
        let mut unordered = lowers.clone();
        unordered.swap(1, 2);
        assert!(FeatureTable::from_parts(&counts, unordered, rarities.clone()).is_err());
        assert!(FeatureTable::from_parts(&counts[1..], lowers.clone(), rarities.clone()).is_err());
        assert!(FeatureTable::from_parts(&counts, lowers[1..].to_vec(), rarities).is_err());
    }

    #[test]
    fn rare_features_weigh_more_and_each_block_has_length_one() {
        let table = FeatureTable::new(&FEATURES, 100);
        let row = table.row(&text(vec![(5, 1), (0x0001_0005, 1)], vec![(0x0001_0007, 3), (9, 1)]));
        assert_eq!(row.features, [0, 1, 2]);
        assert!(row.values[1] > 4.0 * row.values[0]);
        assert!((row.values[0].hypot(row.values[1]) - 1.0).abs() < 1e-6);
        assert!((row.values[2] - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_text_without_a_known_feature_has_an_empty_row() {
        let table = FeatureTable::new(&FEATURES, 100);
        assert_eq!(table.row(&text(vec![(1, 1)], Vec::new())), Row::default());
    }

    #[test]
    fn cues_come_after_the_features() {
        let mut text = text(vec![(5, 1)], Vec::new());
        text.cues[2] = 0.5;
        let row = FeatureTable::new(&FEATURES, 100).row(&text);
        assert_eq!((row.features, row.values), (vec![0, 4 + 2], vec![1.0, 0.5]));
    }
}
