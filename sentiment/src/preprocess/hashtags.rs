//! `#Hashtags`, which hold words.

use super::characters::{is_letter, is_letter_or_digit, run};
use super::scanner::Place;
use super::tokens::{Tokens, marks};
use super::words;

/// Reads `#` and the words glued to it. `#1` is a number, not a hashtag.
pub(super) fn read(place: Place<'_>, tokens: &mut Tokens) -> Option<usize> {
    let tag = tag(place.rest)?;
    tokens.push(marks::HASHTAG);
    for part in tag.split('_') {
        split_camel_case(part, |word| words::push_plain(word, tokens, Tokens::push_quietly));
    }
    Some(1 + tag.len())
}

/// The hashtag that starts here, without its `#`.
fn tag(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix('#')?;
    let tag = &rest[..run(rest, |c| is_letter_or_digit(c) || c == '_')];
    tag.contains(is_letter).then_some(tag)
}

/// Calls `each` with the words of `LateFlight`, `JFKDelays`, `worstAirlineEVER`.
fn split_camel_case(tag: &str, mut each: impl FnMut(&str)) {
    let mut start = 0;
    let mut characters = tag.char_indices().peekable();
    let mut before: Option<char> = None;
    while let Some((index, c)) = characters.next() {
        let next_is_small = characters.peek().is_some_and(|(_, next)| next.is_lowercase());
        let begins_word = before.is_some_and(|before| {
            c.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && next_is_small))
        });
        if begins_word {
            each(&tag[start..index]);
            start = index;
        }
        before = Some(c);
    }
    if start < tag.len() {
        each(&tag[start..]);
    }
}
