//! Where a login leads on to: a path of this site and nothing else, whatever the address says.

/// The path, if it is one of this site; the first page otherwise. What browsers read as another host begins with two slashes
/// or backslashes.
pub fn path(next: &str) -> &str {
    let is_path = next.starts_with('/') && !next[1..].starts_with(['/', '\\']);
    let is_plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_path && is_plain { next } else { "/" }
}

/// The login, which leads on to `next`.
pub fn login(next: &str) -> String {
    match path(next) {
        "/" => "/login".to_owned(),
        next => format!(
            "/login?next={}",
            next.replace('%', "%25").replace('&', "%26").replace('+', "%2B").replace('#', "%23")
        ),
    }
}

/// A token as it can be in an address, whatever was sent as one.
pub fn plain(token: &str) -> String {
    token.chars().filter(|char| char.is_ascii_alphanumeric() || "-_".contains(*char)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_another_site() {
        for bad in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\\b",
            "/a\r\nb: c",
            "/é",
        ] {
            assert_eq!(path(bad), "/", "{bad}");
        }
        assert_eq!(path("/watch?id=1&lang=fr#incident-2"), "/watch?id=1&lang=fr#incident-2");
        assert_eq!(login("/watch?a=1&b=2"), "/login?next=/watch?a=1%26b=2");
    }
}
