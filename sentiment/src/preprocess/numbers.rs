//! Numbers, times, dates, scores.

use super::characters::is_digit;
use super::scanner::Place;
use super::tokens::{Tokens, marks};

/// Reads `12`, `1,200.50`, `7:30`, `2/17`, `2-3` as one number; a unit or a sign after it is left.
pub(super) fn read(place: Place<'_>, tokens: &mut Tokens) -> Option<usize> {
    let length = length(place.rest);
    if length == 0 {
        return None;
    }
    tokens.push(marks::NUMBER);
    Some(length)
}

fn length(rest: &str) -> usize {
    let mut end = 0;
    let mut characters = rest.char_indices().peekable();
    while let Some((index, c)) = characters.next() {
        let joins = matches!(c, '.' | ',' | ':' | '/' | '-')
            && index > 0
            && characters.peek().is_some_and(|(_, next)| is_digit(*next));
        if !is_digit(c) && !joins {
            break;
        }
        end = index + c.len_utf8();
    }
    end
}
