//! What holds for every text.

use domain::Tweet;
use proptest::prelude::*;

use super::{PreprocessConfig, Preprocessor, entities};

fn preprocessor() -> Preprocessor {
    let brands = vec!["united".to_owned()];
    Preprocessor::new(&PreprocessConfig { brands, ..PreprocessConfig::default() })
}

/// Texts in which the rules meet each other.
fn tweet_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[a-zA-Zéß'’#@_.:;/&<>()!?0-9-]{1,12}",
        proptest::sample::select(vec![
            " ",
            "http://",
            "@United",
            "#Fail",
            "&amp;lt;3",
            ":-)",
            "👍🏽",
            "🤷\u{200d}♀️",
            "İ",
            "ﷺ",
            "\u{200d}",
            "🇫🇷",
            "नहीं",
            "飛行機",
            "ﬁ",
            "ǅ",
            "\u{301}",
            "&nbsp;",
            "🅰",
            "ZZZZ",
            "'",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 1..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_accepted_text_has_clean_tokens(text in prop_oneof![any::<String>(), tweet_like()]) {
        let words = preprocessor().words(&text);
        prop_assert_eq!(&words, &preprocessor().words(&text));
        prop_assert!(words.len() <= 64);
        if Tweet::parse(&text).is_ok() {
            prop_assert!(!words.is_empty());
        }
        for word in words {
            prop_assert!(!word.is_empty());
            prop_assert!(!word.contains(char::is_whitespace), "{:?}", word);
            prop_assert!(word.chars().all(|c| c.to_lowercase().eq([c])), "{:?}", word);
        }
    }

    #[test]
    fn a_mark_cannot_be_forged(text in "[a-z][a-z<>/ ]{0,40}") {
        let forged = preprocessor().words(&text).into_iter().any(|word| word.starts_with('<') && word.ends_with('>') && word != "<elong>");
        prop_assert!(!forged);
    }

    #[test]
    fn decoding_decoded_text_changes_nothing(text in "[a-zé &;<>]{0,40}") {
        let once = entities::decode(&text).into_owned();
        prop_assert_eq!(entities::decode(&once), once.as_str());
    }

    #[test]
    fn encoding_twice_is_undone(text in "[a-zé <>\"'!]{0,40}") {
        let encode = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        let encoded = encode(&encode(&text));
        prop_assert_eq!(entities::decode(&encoded), text.as_str());
    }
}

#[test]
fn a_hostile_text_of_100_000_characters_is_read() {
    let pieces = [
        "a",
        "'",
        "l'",
        "a.",
        "a-",
        "#",
        "#A",
        "@",
        "(:",
        ":-",
        "👨\u{200d}",
        "&amp;",
        "&",
        "ﷺ",
        "http",
        "飛",
        "1,",
        "!?",
        "_",
        "aA",
        "<3",
        "^_",
    ];
    let preprocessor = Preprocessor::new(&PreprocessConfig {
        max_tokens: usize::MAX,
        ..PreprocessConfig::default()
    });
    for piece in pieces {
        let text: String = piece.chars().cycle().take(Tweet::MAX_CHARS).collect();
        let long = text.repeat(200);
        assert!(!preprocessor.words(&long).is_empty(), "{piece:?}");
    }
}
