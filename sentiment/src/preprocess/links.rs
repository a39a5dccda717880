//! Web addresses and mail addresses, with or without their `https://`.

use super::characters::{is_boundary, is_emoji, run};
use super::scanner::Place;
use super::tokens::{Tokens, marks};

/// Ends that make an address of `name.end`.
const CERTAIN_ENDS: [&str; 9] = ["com", "net", "org", "edu", "gov", "info", "fr", "uk", "de"];

pub(super) fn read(place: Place<'_>, tokens: &mut Tokens) -> Option<usize> {
    if let Some(length) = with_prefix(place.rest) {
        tokens.push(marks::URL);
        return Some(length);
    }
    // A run of name characters is looked at from its first character alone: linear time.
    if place.before.is_some_and(|c| is_name(c) || c == '@') {
        return None;
    }
    let name = name_run(place.rest);
    let after = &place.rest[name.len()..];
    if name.is_empty() {
        return None;
    }
    if let Some(host) = after.strip_prefix('@').map(name_run).map(|host| host.trim_end_matches('.'))
        && is_host(host)
    {
        tokens.push(marks::EMAIL);
        return Some(name.len() + 1 + host.len());
    }
    let host = name.trim_end_matches('.');
    let has_path = host.len() == name.len() && after.starts_with('/');
    if !is_host(host) || !(has_path || has_certain_end(host)) {
        return None;
    }
    tokens.push(marks::URL);
    Some(if has_path { until_space(place.rest) } else { host.len() })
}

/// `http…`, `www.…`, and the bare `http` that public data sets leave of an address.
fn with_prefix(rest: &str) -> Option<usize> {
    let starts_with = |prefix: &str| {
        rest.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    if starts_with("http://") || starts_with("https://") || starts_with("www.") {
        return Some(until_space(rest));
    }
    ["https", "http"]
        .into_iter()
        .find(|bare| starts_with(bare) && is_boundary(rest[bare.len()..].chars().next()))
        .map(str::len)
}

fn until_space(rest: &str) -> usize {
    rest.find(|c: char| c.is_whitespace() || is_emoji(c) || matches!(c, '"' | '<' | '>'))
        .unwrap_or(rest.len())
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+')
}

fn name_run(text: &str) -> &str {
    &text[..run(text, is_name)]
}

/// Two labels or more, the last one of two letters or more.
fn is_host(host: &str) -> bool {
    host.rsplit_once('.').is_some_and(|(labels, end)| {
        end.len() >= 2
            && end.bytes().all(|byte| byte.is_ascii_alphabetic())
            && labels.split('.').all(|label| !label.is_empty())
    })
}

fn has_certain_end(host: &str) -> bool {
    host.rsplit_once('.').is_some_and(|(_, end)| {
        CERTAIN_ENDS.iter().any(|certain| certain.eq_ignore_ascii_case(end))
    })
}
