//! Addresses without what must not be seen.

use url::Url;

/// `url` with its password and its parameters, which may be signatures, replaced by `***`.
#[must_use]
pub fn hide(url: &str) -> String {
    let Some(mut parsed) = Url::parse(url).ok().filter(|parsed| !parsed.cannot_be_a_base()) else {
        return hide_what_is_no_address(url);
    };
    if parsed.password().is_none() && parsed.query().is_none() {
        return url.to_owned();
    }
    if parsed.password().is_some() && parsed.set_password(Some("***")).is_err() {
        return format!("{}://***", parsed.scheme());
    }
    if parsed.query().is_some() {
        parsed.set_query(Some("***"));
    }
    parsed.to_string()
}

/// `text` with every address in it hidden in the same way.
#[must_use]
pub fn hide_all(text: &str) -> String {
    let is_address = |word: &str| word.contains("://");
    let words = text.split(' ');
    words
        .map(|word| if is_address(word) { hide(word) } else { word.to_owned() })
        .collect::<Vec<_>>()
        .join(" ")
}

fn hide_what_is_no_address(text: &str) -> String {
    match text.split_once("://") {
        _ if !text.contains(['@', '?', '=']) => text.to_owned(),
        Some((scheme, _)) => format!("{scheme}://***"),
        None => "***".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_and_parameters_are_hidden() {
        assert_eq!(hide("postgres://me:secret@host/db"), "postgres://me:***@host/db");
        assert_eq!(hide("https://host/bundle?signature=secret"), "https://host/bundle?***");
    }

    #[test]
    fn what_is_no_address_is_hidden_if_it_may_hold_a_secret() {
        for text in ["postgres://me:se/cret@[bad/db", "me:secret@host/db", "host=h password=secret"]
        {
            assert!(!hide(text).contains("cret"), "{text}");
        }
        assert_eq!(hide("models/bilstm"), "models/bilstm");
    }

    #[test]
    fn addresses_in_a_sentence_are_hidden() {
        let told = hide_all("invalid type: string \"postgres://me:secret@host/db\", expected u16");
        assert_eq!(told, "invalid type: string \"postgres://*** expected u16");
    }

    #[test]
    fn the_rest_stays_as_it_is() {
        assert_eq!(hide("sqlite://vigie.db"), "sqlite://vigie.db");
        assert_eq!(hide("sqlite:vigie.db"), "sqlite:vigie.db");
        assert_eq!(hide("postgres://me@host/db"), "postgres://me@host/db");
    }
}
