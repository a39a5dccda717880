//! Emoticons and emoji whose feeling is plain.

/// Glad, fond, thankful.
const POSITIVE: [&str; 56] = [
    ":)", ";)", ":d", ":')", "xd", "<3", "^_^", ":*", ":p", ":3", "😀", "😃", "😄", "😁", "😆",
    "😅", "😂", "🤣", "😊", "😇", "🙂", "😉", "😌", "😍", "🥰", "😘", "😗", "😙", "😚", "😋", "😎",
    "🤩", "🥳", "🤗", "👍", "👏", "🙌", "🙏", "💪", "✌", "👌", "🎉", "🎊", "✨", "🌟", "⭐", "❤",
    "🧡", "💛", "💚", "💙", "💜", "💕", "💖", "😻", "☺",
];

/// Sad, angry, disgusted.
const NEGATIVE: [&str; 52] = [
    ":(", ":'(", ">:(", ":/", ":|", ":s", ":@", "</3", "-_-", "t_t", "😞", "😔", "😟", "😕", "🙁",
    "☹", "😣", "😖", "😫", "😩", "🥺", "😢", "😭", "😤", "😠", "😡", "🤬", "😱", "😨", "😰", "😥",
    "😓", "😒", "🙄", "😑", "😐", "😬", "🤢", "🤮", "😷", "💔", "👎", "🖕", "😾", "🤦", "😪", "😧",
    "😦", "😮", "💩", "👿", "😈",
];

/// Whether `token` is a picture of a good feeling.
pub(super) fn is_positive(token: &str) -> bool {
    POSITIVE.contains(&token)
}

/// Whether `token` is a picture of a bad feeling.
pub(super) fn is_negative(token: &str) -> bool {
    NEGATIVE.contains(&token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preprocess::{PreprocessConfig, Preprocessor};

    #[test]
    fn every_picture_is_one_token_as_it_is_read() {
        let preprocessor = Preprocessor::new(&PreprocessConfig::default());
        for picture in POSITIVE.iter().chain(&NEGATIVE) {
            assert_eq!(preprocessor.words(picture), [*picture]);
        }
    }

    #[test]
    fn no_picture_is_of_both_feelings() {
        assert!(POSITIVE.iter().all(|picture| !is_negative(picture)));
    }
}
