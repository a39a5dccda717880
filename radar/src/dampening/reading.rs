//! A text as words, of which only hashes and places are kept.

/// A word of a text.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Of its letters in lower case; all digits are one.
    pub hash: u64,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// The words of a text without what copies differ in: mentions, links, marks, upper case, digits.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// In their order.
    pub words: Vec<Word>,
    /// Whether it says that it repeats another's text.
    pub is_retweet: bool,
}

/// The end of what is read: no tweet is longer.
const LONGEST_WORDS: usize = 120;

impl Reading {
    /// Reads `text` in place of what was read before.
    pub fn read(&mut self, text: &str) {
        self.words.clear();
        self.is_retweet = false;
        for piece in text.split_whitespace() {
            if self.words.len() >= LONGEST_WORDS {
                break;
            }
            if piece == "RT" && self.words.is_empty() {
                self.is_retweet = true;
            } else if !piece.starts_with('@')
                && !piece.starts_with("http://")
                && !piece.starts_with("https://")
            {
                let start = piece.as_ptr() as usize - text.as_ptr() as usize;
                self.split(piece, start);
            }
        }
    }

    /// Adds the words of `piece`, which holds no white space.
    fn split(&mut self, piece: &str, offset: usize) {
        let mut open: Option<Word> = None;
        for (place, c) in piece.char_indices() {
            if is_of_word(c) {
                let word = open.get_or_insert(Word { hash: SEED, start: offset + place, end: 0 });
                word.hash = hash_char(word.hash, c);
                word.end = offset + place + c.len_utf8();
            } else if c != '\'' && c != '’' {
                self.words.extend(open.take().map(Word::mixed));
            }
        }
        self.words.extend(open.map(Word::mixed));
    }
}

impl Word {
    fn mixed(self) -> Self {
        Self { hash: mix(self.hash), ..self }
    }
}

/// Letters, digits and what stands for a word of its own, such as emoji; no marks.
fn is_of_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        !matches!(c, '\u{2000}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}')
    }
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn hash_char(hash: u64, c: char) -> u64 {
    let c = if c.is_ascii_digit() { '0' } else { c };
    if c.is_ascii() {
        step(hash, u32::from(c.to_ascii_lowercase()))
    } else {
        c.to_lowercase().fold(hash, |hash, c| step(hash, u32::from(c)))
    }
}

/// FNV-1a, a character at a time.
const fn step(hash: u64, value: u32) -> u64 {
    (hash ^ value as u64).wrapping_mul(0x0100_0000_01b3)
}

/// Spreads the bits of `value` (the finaliser of splitmix64).
pub const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// Of any characters, as they are.
pub fn hash(text: &str) -> u64 {
    mix(text.bytes().fold(SEED, |hash, byte| step(hash, u32::from(byte))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<u64> {
        let mut reading = Reading::default();
        reading.read(text);
        reading.words.iter().map(|word| word.hash).collect()
    }

    #[test]
    fn what_copies_differ_in_is_not_read() {
        let plain = words("flight 12 is late again");
        assert_eq!(words("RT @united: Flight 47 is LATE, again!! https://t.co/x"), plain);
        assert_ne!(words("flight 12 is on time again"), plain);
        assert_eq!(words("don’t"), words("dont"));
    }

    #[test]
    fn a_word_knows_its_place() {
        let mut reading = Reading::default();
        let text = "@united été, wifi";
        reading.read(text);
        let shown: Vec<&str> =
            reading.words.iter().map(|word| &text[word.start..word.end]).collect();
        assert_eq!(shown, ["été", "wifi"]);
    }

    #[test]
    fn a_retweet_says_so() {
        let mut reading = Reading::default();
        reading.read("RT @a: late");
        assert!(reading.is_retweet);
        reading.read("the RT was late");
        assert!(!reading.is_retweet);
    }
}
