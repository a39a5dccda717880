//! What is neither word nor picture.

use super::characters::run;
use super::scanner::Place;
use super::tokens::Tokens;

/// Reads one sign, or a run of it: `!!!!` is louder than `!`, `!!!!!!!!` is not louder than `!!`.
pub(super) fn read(place: Place<'_>, first: char, tokens: &mut Tokens) -> usize {
    if matches!(first, '!' | '?') {
        return read_emphasis(place.rest, tokens);
    }
    let length = run(place.rest, |c| c == first);
    let is_repeated = length > first.len_utf8();
    match first {
        '.' if is_repeated => tokens.push("..."),
        // A swear word that somebody blotted out.
        '*' if is_repeated => tokens.push("**"),
        _ => tokens.push(&place.rest[..first.len_utf8()]),
    }
    length
}

fn read_emphasis(rest: &str, tokens: &mut Tokens) -> usize {
    let length = run(rest, |c| matches!(c, '!' | '?'));
    let signs = &rest[..length];
    tokens.push(match (signs.contains('?'), signs.contains('!')) {
        (true, true) => "?!",
        (true, false) if length == 1 => "?",
        (true, false) => "??",
        (false, _) if length == 1 => "!",
        (false, _) => "!!",
    });
    length
}
