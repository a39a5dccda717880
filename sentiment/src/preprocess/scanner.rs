//! One walk over the text: at each place the first rule that fits takes its part.

use super::characters::is_letter_or_digit;
use super::handles::Brands;
use super::tokens::Tokens;
use super::{emoji, emoticons, handles, hashtags, links, numbers, punctuation, words};

/// Where the walk stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'t> {
    /// The character before, which was read already.
    pub(super) before: Option<char>,
    /// What is left to read, never empty.
    pub(super) rest: &'t str,
}

/// Reads `text`, which is in normal form, until it ends or `tokens` is full.
pub(super) fn scan(text: &str, brands: &Brands, tokens: &mut Tokens) {
    let mut position = 0;
    while let Some(first) = text[position..].chars().next()
        && !tokens.is_full()
    {
        let place = Place { before: text[..position].chars().next_back(), rest: &text[position..] };
        position += if first.is_whitespace() || joins_words(place, first) {
            first.len_utf8()
        } else {
            read(place, first, brands, tokens)
        };
    }
}

/// Reads the token at `place`; says how many bytes it took, at least one.
fn read(place: Place<'_>, first: char, brands: &Brands, tokens: &mut Tokens) -> usize {
    links::read(place, tokens)
        .or_else(|| handles::read(place, brands, tokens))
        .or_else(|| hashtags::read(place, tokens))
        .or_else(|| emoticons::read(place, tokens))
        .or_else(|| numbers::read(place, tokens))
        .or_else(|| words::read(place, tokens))
        .or_else(|| emoji::read(place, tokens))
        .unwrap_or_else(|| punctuation::read(place, first, tokens))
}

/// The hyphen of `on-time`, the underscore of `on_time`.
fn joins_words(place: Place<'_>, first: char) -> bool {
    matches!(first, '-' | '_')
        && place.before.is_some_and(is_letter_or_digit)
        && place.rest[1..].chars().next().is_some_and(is_letter_or_digit)
}
