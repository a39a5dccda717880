//! Emoji: one picture, one token.

use super::characters::{ZERO_WIDTH_JOINER, is_emoji, is_regional_indicator};
use super::scanner::Place;
use super::tokens::Tokens;

/// How many of the same emoji in a row are kept: more than one is stronger, twenty are not more so.
const KEPT_REPEATS: usize = 2;

/// Reads a run of the same emoji. Skin tones and variation selectors are gone already; of joined
/// pictures the sex is dropped (`🤷‍♀️` = `🤷`), others stay one token (`👨‍👩‍👧`).
pub(super) fn read(place: Place<'_>, tokens: &mut Tokens) -> Option<usize> {
    let (picture, mut length) = picture(place.rest)?;
    let written = &place.rest[..length];
    let mut times = 1;
    while place.rest[length..].starts_with(written) {
        length += written.len();
        times += 1;
    }
    for _ in 0..times.min(KEPT_REPEATS) {
        tokens.push(&picture);
    }
    Some(length)
}

/// The picture at the start of `rest`, and how many bytes it was written with.
fn picture(rest: &str) -> Option<(String, usize)> {
    let mut characters = rest.chars().peekable();
    let first = characters.next().filter(|first| is_emoji(*first))?;
    let mut picture = String::from(first);
    let mut length = first.len_utf8();
    if is_regional_indicator(first)
        && let Some(second) = characters.next_if(|second| is_regional_indicator(*second))
    {
        picture.push(second);
        return Some((picture, length + second.len_utf8()));
    }
    while characters.next_if_eq(&ZERO_WIDTH_JOINER).is_some() {
        length += ZERO_WIDTH_JOINER.len_utf8();
        let Some(joined) = characters.next_if(|joined| is_emoji(*joined)) else { break };
        length += joined.len_utf8();
        if !matches!(joined, '♀' | '♂') {
            picture.push(ZERO_WIDTH_JOINER);
            picture.push(joined);
        }
    }
    Some((picture, length))
}
