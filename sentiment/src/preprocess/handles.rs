//! `@handles`.

use super::characters::is_letter_or_digit;
use super::scanner::Place;
use super::tokens::{Tokens, marks};

/// The handles that a bundle knows by name.
#[derive(Clone, Debug)]
pub(super) struct Brands {
    handles: Vec<String>,
    are_masked: bool,
}

impl Brands {
    pub(super) fn new(handles: &[String], are_masked: bool) -> Self {
        let handles = handles
            .iter()
            .map(|handle| handle.trim_start_matches('@').to_ascii_lowercase())
            .collect();
        Self { handles, are_masked }
    }

    fn contains(&self, handle: &str) -> bool {
        self.handles.iter().any(|brand| brand.eq_ignore_ascii_case(handle))
    }
}

/// Reads `@name`. An `@` inside a word, as in `me@home`, is none.
pub(super) fn read(place: Place<'_>, brands: &Brands, tokens: &mut Tokens) -> Option<usize> {
    let name = name(place)?;
    if !brands.contains(name) {
        tokens.push(marks::USER);
    } else if brands.are_masked {
        tokens.push(marks::BRAND);
    } else {
        tokens.push_owned(format!("@{}", name.to_ascii_lowercase()));
    }
    Some(1 + name.len())
}

/// The name of the handle that starts here.
fn name(place: Place<'_>) -> Option<&str> {
    let rest = place.rest.strip_prefix('@')?;
    if place.before.is_some_and(is_letter_or_digit) {
        return None;
    }
    let length =
        rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    (length > 0).then(|| &rest[..length])
}
