//! Words: contractions, elisions, words with digits in them.

use super::characters::{is_boundary, is_digit, is_letter, is_letter_or_digit, is_unspaced, run};
use super::scanner::Place;
use super::tokens::{Tokens, marks};

/// What French and Italian write before an apostrophe and a vowel.
const ELIDED: [&str; 22] = [
    "l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu",
    "dell", "all", "nell", "sull", "dall", "un", "quell", "quest",
];

/// Words that are one with their `'s`; elsewhere it marks a possessive and is a token of its own.
const WITH_IS: [&str; 14] = [
    "it", "that", "what", "he", "she", "there", "here", "who", "let", "how", "where", "when",
    "why", "one",
];

/// Reads one word, or one character of a script without spaces.
pub(super) fn read(place: Place<'_>, tokens: &mut Tokens) -> Option<usize> {
    let rest = place.rest;
    let first = rest.chars().next().filter(|first| is_letter(*first))?;
    if is_unspaced(first) {
        let base = first.len_utf8();
        let length = base + run(&rest[base..], |c| is_letter(c) && !c.is_alphabetic());
        tokens.push_quietly(&rest[..length]);
        return Some(length);
    }
    if let Some(length) = slashed_abbreviation(rest) {
        tokens.push_word(&rest[..length]);
        return Some(length);
    }
    let length = length(rest);
    push_apostrophes(&rest[..length], tokens);
    Some(length)
}

/// `w/o`, `b/c`, `n/a`: a letter, a slash, a letter.
fn slashed_abbreviation(rest: &str) -> Option<usize> {
    let mut characters = rest.chars();
    let abbreviates = characters.next()?.is_ascii_alphabetic()
        && characters.next()? == '/'
        && characters.next()?.is_ascii_alphabetic()
        && is_boundary(characters.next());
    abbreviates.then_some(3)
}

/// Letters, digits, and apostrophes between letters.
fn length(rest: &str) -> usize {
    let mut end = 0;
    let mut characters = rest.char_indices().peekable();
    while let Some((index, c)) = characters.next() {
        let belongs = if c == '\'' {
            characters.peek().is_some_and(|(_, next)| is_letter(*next) && !is_unspaced(*next))
        } else {
            is_letter_or_digit(c) && !is_unspaced(c)
        };
        if !belongs {
            break;
        }
        end = index + c.len_utf8();
    }
    end
}

/// Splits elisions and possessives off; keeps contractions whole.
fn push_apostrophes(word: &str, tokens: &mut Tokens) {
    let mut word = word;
    while let Some((before, after)) = word.split_once('\'') {
        if !(is_one_of(&ELIDED, before) && after.starts_with(opens_after_elision)) {
            break;
        }
        tokens.push_word(&word[..=before.len()]);
        word = after;
    }
    match word
        .len()
        .checked_sub(2)
        .filter(|at| word.is_char_boundary(*at))
        .map(|at| word.split_at(at))
    {
        Some((owner, possessive))
            if possessive.eq_ignore_ascii_case("'s") && !is_one_of(&WITH_IS, owner) =>
        {
            push_plain(owner, tokens, Tokens::push_word);
            tokens.push("'s");
        }
        _ => push_plain(word, tokens, Tokens::push_word),
    }
}

/// Pushes a word that holds no elision. Single digits belong to it (`gr8`, `b4`, `mp3`); two and
/// more are a number (`a320`), or with two letters before them a flight (`UA1234`).
pub(super) fn push_plain(word: &str, tokens: &mut Tokens, push: fn(&mut Tokens, &str)) {
    if !has_number(word) {
        return push(tokens, word);
    }
    if is_flight(word) {
        return tokens.push(marks::FLIGHT);
    }
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let length = if is_digit(first) {
            tokens.push(marks::NUMBER);
            run(rest, is_digit)
        } else {
            let length = run(rest, |c| !is_digit(c));
            push(tokens, &rest[..length]);
            length
        };
        rest = &rest[length..];
    }
}

/// Two digits in a row, or a digit at the start.
fn has_number(word: &str) -> bool {
    let mut before_is_digit = true;
    word.chars().any(|c| {
        let number = before_is_digit && is_digit(c);
        before_is_digit = is_digit(c);
        number
    })
}

/// Two letters and two to four digits.
fn is_flight(word: &str) -> bool {
    let bytes = word.as_bytes();
    (4..=6).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_alphabetic)
        && bytes[2..].iter().all(u8::is_ascii_digit)
}

fn opens_after_elision(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'h' | 'i' | 'o' | 'u' | 'y') || !c.is_ascii()
}

fn is_one_of(list: &[&str], word: &str) -> bool {
    list.iter().any(|entry| entry.eq_ignore_ascii_case(word))
}
