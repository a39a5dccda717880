//! A vocabulary and a vector for each of its words.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{BufRead, BufReader},
    path::Path,
};

use anyhow::{Context, Result, bail};
use flate2::read::MultiGzDecoder;
use rand::RngExt;
use sentiment::vocabulary::Vocabulary;

use crate::{
    bilstm::EMBEDDING,
    origin, random,
    tensors::{self, Array, Arrays, Precision, write_atomically},
};

const WORDS: &str = "vocab.txt";
const VECTORS: &str = "vectors.safetensors";
/// Ids of the special words, which no text teaches a vector.
const SPECIAL: usize = 2;

/// Words and their vectors.
#[derive(Clone, Debug)]
pub struct Vectors {
    /// The words.
    pub vocabulary: Vocabulary,
    /// Numbers per word.
    pub dimension: usize,
    /// The vectors, word after word.
    pub values: Vec<f32>,
}

impl Vectors {
    /// Writes `vocab.txt` and `vectors.safetensors` into `folder`.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        origin::remove(folder)?;
        let shape = vec![self.vocabulary.len(), self.dimension];
        let arrays =
            Arrays::from([(EMBEDDING.to_owned(), Array { shape, values: self.values.clone() })]);
        write_atomically(
            &folder.join(VECTORS),
            &tensors::to_bytes(&arrays, "", Precision::Single)?,
        )?;
        write_atomically(&folder.join(WORDS), &self.vocabulary.to_bytes())
    }

    /// Reads what [`Vectors::write`] wrote.
    ///
    /// # Errors
    /// If it is not there or damaged.
    pub fn read(folder: &Path) -> Result<Self> {
        let hint =
            || format!("{} holds no word vectors: run `vigie-train embed` first", folder.display());
        let vocabulary = Vocabulary::parse(&fs::read(folder.join(WORDS)).with_context(hint)?)?;
        let (arrays, _) = tensors::read(&folder.join(VECTORS)).with_context(hint)?;
        Self::from_arrays(vocabulary, &arrays)
    }

    /// The vectors among a network's weights.
    ///
    /// # Errors
    /// If they are missing or do not fit the vocabulary.
    pub fn from_arrays(vocabulary: Vocabulary, arrays: &Arrays) -> Result<Self> {
        let table = arrays.get(EMBEDDING).with_context(|| format!("{EMBEDDING} is missing"))?;
        let &[words, dimension] = table.shape.as_slice() else { bail!("{EMBEDDING} is no table") };
        if words != vocabulary.len() {
            bail!("{words} vectors do not fit a vocabulary of {}", vocabulary.len());
        }
        Ok(Self { vocabulary, dimension, values: table.values.clone() })
    }

    /// Scales all vectors so that their numbers have this standard deviation.
    pub fn scale_to(&mut self, deviation: f32) {
        let learnt = self.values.get(SPECIAL * self.dimension..).unwrap_or_default();
        let squares: f64 = learnt.iter().map(|&value| f64::from(value * value)).sum();
        let now = (squares / learnt.len().max(1) as f64).sqrt() as f32;
        if now > 0.0 {
            self.values.iter_mut().for_each(|value| *value *= deviation / now);
        }
    }
}

/// Vectors from a file in the text format of word2vec (a first line with two numbers) or GloVe
/// (none), plain or gzip'd.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Numbers per word.
    pub dimension: usize,
    /// The vectors of the vocabulary's words, small random ones for those that the file lacks.
    pub values: Vec<f32>,
    /// How many of the words the file has.
    pub found: usize,
}

impl Imported {
    /// Reads the vectors of the words of `vocabulary` from `path`.
    ///
    /// # Errors
    /// If the file cannot be read, a line has another number of numbers than those before, or
    /// one of a word that is needed is not finite.
    pub fn read(path: &Path, vocabulary: &Vocabulary, seed: u64) -> Result<Self> {
        let file =
            File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let packed = path.extension().is_some_and(|extension| extension == "gz");
        let reader: Box<dyn BufRead> = if packed {
            Box::new(BufReader::new(MultiGzDecoder::new(file)))
        } else {
            Box::new(BufReader::new(file))
        };
        Self::parse(reader, vocabulary, seed)
            .with_context(|| format!("{} holds no word vectors", path.display()))
    }

    fn parse(reader: impl BufRead, vocabulary: &Vocabulary, seed: u64) -> Result<Self> {
        let mut dimension = 0;
        let mut found: HashMap<u32, Vec<f32>> = HashMap::new();
        for (index, line) in reader.lines().enumerate() {
            let line = line.with_context(|| format!("line {}", index + 1))?;
            let cells: Vec<&str> = line.split_whitespace().collect();
            if index == 0 && cells.len() == 2 {
                continue;
            }
            if dimension == 0 {
                dimension = cells.len().saturating_sub(1);
            }
            if dimension == 0 || cells.len() <= dimension {
                bail!(
                    "line {} has {} numbers where {dimension} are expected",
                    index + 1,
                    cells.len().saturating_sub(1)
                );
            }
            let (word, numbers) = cells.split_at(cells.len() - dimension);
            let &[word] = word else { continue };
            if let Some(id) = vocabulary.id(word) {
                let vector = vector(numbers).with_context(|| format!("line {}", index + 1))?;
                found.insert(id, vector);
            }
        }
        if dimension == 0 {
            bail!("the file is empty");
        }
        let mut random = random::stream(seed, "words without a vector", 0);
        let mut values = vec![0.0; SPECIAL * dimension];
        for id in SPECIAL as u32..vocabulary.len() as u32 {
            match found.get(&id) {
                Some(vector) => values.extend(vector),
                None => values.extend((0..dimension).map(|_| random.random_range(-0.1_f32..0.1))),
            }
        }
        Ok(Self { dimension, values, found: found.len() })
    }
}

fn vector(cells: &[&str]) -> Result<Vec<f32>> {
    let number = |cell: &&str| match cell.parse::<f32>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => bail!("“{cell}” is no finite number"),
    };
    cells.iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        Vocabulary::from_words(["<pad>", "<unk>", "late", "great"].map(str::to_owned).to_vec())
            .unwrap()
    }

    #[test]
    fn both_text_formats_are_read_and_what_is_missing_is_counted() {
        for text in ["1 2\ngreat 0.5 -1.5\nother 1 1\n", "great 0.5 -1.5\nother 1 1\n"] {
            let imported = Imported::parse(text.as_bytes(), &vocabulary(), 1).unwrap();
            assert_eq!((imported.dimension, imported.found), (2, 1));
            assert_eq!(imported.values[6..], [0.5, -1.5]);
            assert_eq!(imported.values[..4], [0.0; 4]);
            assert!(imported.values[4..6].iter().all(|&v| v != 0.0 && v.abs() <= 0.1));
        }
    }

    #[test]
    fn a_short_line_is_named() {
        let error =
            Imported::parse("great 1 2 3\nlate 1 2\n".as_bytes(), &vocabulary(), 1).unwrap_err();
        assert!(error.to_string().contains("line 2 has 2 numbers where 3"), "{error}");
    }

    #[test]
    fn a_number_that_is_not_finite_is_refused_by_its_line() {
        for cell in ["NaN", "inf", "1e99", "x"] {
            let text = format!("late 1 2\ngreat 1 {cell}\n");
            let error = Imported::parse(text.as_bytes(), &vocabulary(), 1).unwrap_err();
            let said = format!("{error:#}");
            assert!(said.contains("line 2") && said.contains(cell), "{said}");
        }
    }

    #[test]
    fn vectors_come_back_from_their_folder_and_scale() {
        let folder = tempfile::tempdir().unwrap();
        let values = vec![0.0, 0.0, 0.0, 0.0, 3.0, -3.0, 3.0, 3.0];
        Vectors { vocabulary: vocabulary(), dimension: 2, values: values.clone() }
            .write(folder.path())
            .unwrap();
        let mut vectors = Vectors::read(folder.path()).unwrap();
        assert_eq!(vectors.values, values);
        vectors.scale_to(0.2);
        assert!((vectors.values[4] - 0.2).abs() < 1e-6);
    }
}
