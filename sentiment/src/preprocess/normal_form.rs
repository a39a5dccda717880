//! One way to write each character, before anything is read.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::characters::{ZERO_WIDTH_JOINER, is_emoji};
use super::entities;

/// `text` with entities decoded, in Unicode NFKC, with plain quotes and dashes, and without
/// characters that draw nothing (a joiner between emoji stays).
pub(crate) fn normal_form(text: &str) -> Cow<'_, str> {
    let decoded = entities::decode(text);
    if decoded.is_ascii() && !decoded.contains(is_rewritten_ascii) {
        return decoded;
    }
    // Before NFKC, which would turn a loose accent into a space and `™` into letters.
    let plain = rewrite(&decoded);
    if is_nfkc_quick(plain.chars()) == IsNormalized::Yes {
        return Cow::Owned(plain);
    }
    Cow::Owned(plain.nfkc().collect())
}

fn is_rewritten_ascii(c: char) -> bool {
    c == '`' || c.is_ascii_control()
}

fn rewrite(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut after_emoji = false;
    for c in text.chars() {
        let c = match c {
            '`' | '´' | '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' => '\'',
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
            '‐'..='―' => '-',
            '⁄' => '/',
            '©' | '®' | '™' => ' ',
            // "¯\_(ツ)_/¯": its arms.
            '¯' => '-',
            ZERO_WIDTH_JOINER if after_emoji => c,
            c if draws_nothing(c) => continue,
            c if c.is_control() => ' ',
            c => c,
        };
        after_emoji = is_emoji(c);
        plain.push(c);
    }
    plain
}

/// Format characters, the choice between text and picture, skin tones, keycaps, flag tags.
fn draws_nothing(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{20e3}' | '\u{e0020}'..='\u{e007f}')
}
