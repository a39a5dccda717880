//! The words that a model knows, and their numbers.

use std::collections::HashMap;

use crate::preprocess::TokenKind;

/// The words of `vocab.txt`: line `n`, counted from 0, is the word with id `n`.
///
/// Ids 0 and 1 are [`Vocabulary::PADDING`] and [`Vocabulary::UNKNOWN`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    words: Vec<String>,
    ids: HashMap<String, u32>,
}

/// A text as a model reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoded {
    /// One id a token, never empty.
    pub ids: Vec<u32>,
    /// Share of the text's words that the vocabulary holds, 0 to 1. Marks and punctuation are not
    /// counted; emoji and emoticons only where there is no word. 0 where there is nothing to
    /// count (`"http://t.co/x !!"`): nothing that carries meaning was known.
    pub known: f32,
}

/// Why a list of words is no vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VocabularyError {
    /// The bytes are not text.
    #[error(
        "the vocabulary is not UTF-8 after byte {valid_up_to}: the file is damaged, export the bundle again"
    )]
    NotUtf8 {
        /// How many bytes are in order.
        valid_up_to: usize,
    },
    /// The first two words are not the special ones.
    #[error(
        "the vocabulary begins with {found:?} instead of {padding:?} and {unknown:?}: export the bundle with vigie-train",
        padding = Vocabulary::PADDING,
        unknown = Vocabulary::UNKNOWN
    )]
    SpecialWords {
        /// The words in their place.
        found: Vec<String>,
    },
    /// A word twice.
    #[error("the vocabulary holds {word:?} twice, on lines {first} and {second}: remove one")]
    Duplicate {
        /// The word.
        word: String,
        /// Its line, from 1.
        first: usize,
        /// Its second line, from 1.
        second: usize,
    },
    /// A word that is empty or holds white space.
    #[error(
        "line {line} of the vocabulary, {word:?}, is empty or holds white space: one word a line"
    )]
    WhiteSpace {
        /// The line.
        word: String,
        /// Its number, from 1.
        line: usize,
    },
    /// More words than ids.
    #[error("the vocabulary holds {words} words: {max} are the most", max = u32::MAX)]
    TooLarge {
        /// How many.
        words: usize,
    },
}

impl Vocabulary {
    /// The word with id 0: fills short rows of a batch.
    pub const PADDING: &str = "<pad>";
    /// The word with id 1: stands for every word that is not in the list.
    pub const UNKNOWN: &str = "<unk>";
    /// The id of [`Vocabulary::PADDING`].
    pub const PADDING_ID: u32 = 0;
    /// The id of [`Vocabulary::UNKNOWN`].
    pub const UNKNOWN_ID: u32 = 1;

    /// Reads `vocab.txt`: UTF-8, one word a line, LF or CR LF.
    ///
    /// # Errors
    /// See [`VocabularyError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, VocabularyError> {
        let text = str::from_utf8(bytes)
            .map_err(|error| VocabularyError::NotUtf8 { valid_up_to: error.valid_up_to() })?;
        Self::from_words(text.lines().map(str::to_owned).collect())
    }

    /// The vocabulary in which `words[n]` has the id `n`.
    ///
    /// # Errors
    /// See [`VocabularyError`].
    pub fn from_words(words: Vec<String>) -> Result<Self, VocabularyError> {
        if u32::try_from(words.len()).is_err() {
            return Err(VocabularyError::TooLarge { words: words.len() });
        }
        if !(words.len() >= 2 && words[0] == Self::PADDING && words[1] == Self::UNKNOWN) {
            return Err(VocabularyError::SpecialWords {
                found: words.into_iter().take(2).collect(),
            });
        }
        let mut ids = HashMap::with_capacity(words.len());
        for (id, word) in (0_u32..).zip(&words) {
            let line = id as usize + 1;
            if word.is_empty() || word.contains(char::is_whitespace) {
                return Err(VocabularyError::WhiteSpace { word: word.clone(), line });
            }
            if let Some(first) = ids.insert(word.clone(), id) {
                return Err(VocabularyError::Duplicate {
                    word: word.clone(),
                    first: first as usize + 1,
                    second: line,
                });
            }
        }
        Ok(Self { words, ids })
    }

    /// The id of `word`, where it is known.
    #[must_use]
    pub fn id(&self, word: &str) -> Option<u32> {
        self.ids.get(word).copied()
    }

    /// The word with this id.
    #[must_use]
    pub fn word(&self, id: u32) -> Option<&str> {
        self.words.get(usize::try_from(id).ok()?).map(String::as_str)
    }

    /// The words in the order of their ids, the two special ones first.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// How many words, the two special ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Never true: the special words are there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The numbers of `tokens`, in order; no token at all reads as one unknown word.
    #[must_use]
    pub fn encode(&self, tokens: &[String]) -> Encoded {
        let mut ids: Vec<u32> =
            tokens.iter().map(|token| self.id(token).unwrap_or(Self::UNKNOWN_ID)).collect();
        if ids.is_empty() {
            ids.push(Self::UNKNOWN_ID);
        }
        let known: Vec<bool> = ids.iter().map(|&id| id != Self::UNKNOWN_ID).collect();
        let known = known_share(tokens, &known);
        Encoded { ids, known }
    }

    /// `vocab.txt`: what [`Vocabulary::parse`] reads.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = self.words.join("\n");
        text.push('\n');
        text.into_bytes()
    }
}

/// What [`Encoded::known`] is for `tokens` of which these are known.
pub(crate) fn known_share(tokens: &[String], known: &[bool]) -> f32 {
    let of_kind = |kind| known_share_of_kind(tokens, known, kind);
    of_kind(TokenKind::Word).or_else(|| of_kind(TokenKind::Picture)).unwrap_or(0.0)
}

/// Share of the tokens of this kind that are known; `None` where there is none of them.
fn known_share_of_kind(tokens: &[String], known: &[bool], kind: TokenKind) -> Option<f32> {
    let (mut those_known, mut all) = (0_u16, 0_u16);
    for (_, &is_known) in tokens.iter().zip(known).filter(|(token, _)| TokenKind::of(token) == kind)
    {
        those_known = those_known.saturating_add(u16::from(is_known));
        all = all.saturating_add(1);
    }
    (all > 0).then(|| f32::from(those_known) / f32::from(all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preprocess::{PreprocessConfig, Preprocessor};

    fn vocabulary(words: &[&str]) -> Result<Vocabulary, VocabularyError> {
        Vocabulary::from_words(
            ["<pad>", "<unk>"].iter().chain(words).map(ToString::to_string).collect(),
        )
    }

    fn known(text: &str) -> f32 {
        let words = Preprocessor::new(&PreprocessConfig::default()).words(text);
        vocabulary(&["<url>", "<user>", "!!", "good", "flight", "😀", ":)"])
            .unwrap()
            .encode(&words)
            .known
    }

    #[test]
    fn a_word_has_the_number_of_its_line() {
        let vocabulary = Vocabulary::parse("<pad>\n<unk>\ngood\nété\n".as_bytes()).unwrap();
        assert_eq!(vocabulary.id("étée"), None);
        assert_eq!(vocabulary.id("été"), Some(3));
        assert_eq!(vocabulary.word(3), Some("été"));
        assert_eq!(vocabulary.len(), 4);
        assert_eq!(Vocabulary::parse(&vocabulary.to_bytes()), Ok(vocabulary));
    }

    #[test]
    fn an_unknown_word_reads_as_one_and_no_token_too() {
        let vocabulary = vocabulary(&["good"]).unwrap();
        assert_eq!(vocabulary.encode(&["good".to_owned(), "qzx".to_owned()]).ids, [2, 1]);
        assert_eq!(vocabulary.encode(&[]), Encoded { ids: vec![1], known: 0.0 });
    }

    #[test]
    fn only_words_count_as_known_unless_there_are_pictures_alone() {
        assert_eq!(known("@someone good flight!! http://t.co/x"), 1.0);
        assert_eq!(known("good qzx, @someone"), 0.5);
        assert_eq!(known("😀 🛸"), 0.5);
        assert_eq!(known(":)"), 1.0);
    }

    #[test]
    fn a_text_without_a_known_word_says_so() {
        for text in ["qzx wvb", "qzx 😀 @someone !!", "http://t.co/x", "!!", "&nbsp;", "飛行機"]
        {
            assert_eq!(known(text), 0.0, "{text}");
        }
    }

    #[test]
    fn a_word_twice_is_refused() {
        let error = vocabulary(&["good", "bad", "good"]).unwrap_err();
        assert_eq!(
            error,
            VocabularyError::Duplicate { word: "good".to_owned(), first: 3, second: 5 }
        );
    }

    #[test]
    fn white_space_in_a_word_and_an_empty_line_are_refused() {
        for word in ["not good", "", "a\u{a0}b", "tab\t"] {
            let error = vocabulary(&["good", word]).unwrap_err();
            assert_eq!(error, VocabularyError::WhiteSpace { word: word.to_owned(), line: 4 });
        }
    }

    #[test]
    fn missing_special_words_are_refused() {
        for bytes in ["", "<pad>\n", "<unk>\n<pad>\ngood\n", "good\nbad\n"] {
            let error = Vocabulary::parse(bytes.as_bytes()).unwrap_err();
            assert!(matches!(error, VocabularyError::SpecialWords { .. }), "{error}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let error = Vocabulary::parse(b"<pad>\n<unk>\n\xff\n").unwrap_err();
        assert_eq!(error, VocabularyError::NotUtf8 { valid_up_to: 12 });
    }
}
