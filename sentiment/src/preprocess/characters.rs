//! What kind of character is it?

use unicode_normalization::char::is_combining_mark;

/// Joins emoji into one picture.
pub(super) const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// A letter, or a mark on one.
pub(super) fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphabetic()
    } else {
        (c.is_alphabetic() && !is_emoji(c)) || is_combining_mark(c)
    }
}

/// A digit of any script.
pub(super) fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { c.is_numeric() && !is_emoji(c) }
}

/// A letter or a digit.
pub(super) fn is_letter_or_digit(c: char) -> bool {
    is_letter(c) || is_digit(c)
}

/// A letter of a script that writes no spaces between words: Thai, Lao, Burmese, Khmer, kana, Han.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        && is_letter(c)
}

/// A pictograph: emoji, and the arrows, stars and hearts that people use as such.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}')
}

/// One half of a flag.
pub(super) fn is_regional_indicator(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// The length in bytes of the longest start of `text` whose characters all pass `test`.
pub(super) fn run(text: &str, test: impl Fn(char) -> bool) -> usize {
    text.find(|c| !test(c)).unwrap_or(text.len())
}

/// True where a word could not go on: at the end of a text or before no letter and no digit.
pub(super) fn is_boundary(next: Option<char>) -> bool {
    next.is_none_or(|c| !is_letter_or_digit(c))
}
