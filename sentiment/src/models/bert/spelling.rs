//! Tokens as an encoder may have met them: it was trained on books and web pages, not on tweets.

/// The text of `tokens`, which [`crate::preprocess::Preprocessor`] made: marks become words and
/// emoji their English names, which a vocabulary of word pieces holds.
pub(super) fn spell(tokens: &[String]) -> String {
    let mut text = String::new();
    for token in tokens {
        let spelled = spelled(token);
        if !spelled.is_empty() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(spelled);
        }
    }
    text
}

fn spelled(token: &str) -> &str {
    match token {
        "<url>" => "http",
        "<email>" => "email",
        "<user>" => "@user",
        "<brand>" => "@airline",
        "<hashtag>" => "#",
        "<num>" => "0",
        "<flight>" => "flight",
        // The word before, or after, says it: "soo", and capitals are not told apart.
        "<elong>" | "<shout>" => "",
        _ if token.is_ascii() => token,
        _ => emojis::get(token).map_or(token, emojis::Emoji::name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preprocess::{PreprocessConfig, Preprocessor};

    #[test]
    fn marks_and_emoji_become_words() {
        let config = PreprocessConfig {
            brand_token: false,
            brands: vec!["united".to_owned()],
            ..PreprocessConfig::default()
        };
        let words = Preprocessor::new(&config)
            .words("@United sooo GOOD 😂 @me #LateFlight http://t.co/x :-)");
        let spelled = spell(&words);
        assert_eq!(spelled, "@united soo good face with tears of joy @user # late flight http :)");
    }
}
