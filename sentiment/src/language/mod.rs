//! The language of a text: a guess that would rather say nothing than be wrong.

mod common_words;

use std::sync::LazyLock;

use whatlang::{Detector, Lang};

use crate::preprocess::normal_form;
use common_words::Votes;

/// Tells apart the languages that share a script. Not for Latin letters: the thirty-seven languages
/// that it knows there take milliseconds and win short texts by chance.
static TRIGRAMS: LazyLock<Detector> =
    LazyLock::new(|| Detector::with_allowlist(CODES.map(|(language, _)| language).to_vec()));

/// The languages of other scripts than Latin and Arabic, with their ISO 639-1 codes.
const CODES: [(Lang, &str); 26] = [
    (Lang::Heb, "he"),
    (Lang::Rus, "ru"),
    (Lang::Ukr, "uk"),
    (Lang::Bul, "bg"),
    (Lang::Srp, "sr"),
    (Lang::Hin, "hi"),
    (Lang::Mar, "mr"),
    (Lang::Nep, "ne"),
    (Lang::Cmn, "zh"),
    (Lang::Jpn, "ja"),
    (Lang::Kor, "ko"),
    (Lang::Ell, "el"),
    (Lang::Tha, "th"),
    (Lang::Ben, "bn"),
    (Lang::Tam, "ta"),
    (Lang::Tel, "te"),
    (Lang::Guj, "gu"),
    (Lang::Pan, "pa"),
    (Lang::Kan, "kn"),
    (Lang::Mal, "ml"),
    (Lang::Mya, "my"),
    (Lang::Khm, "km"),
    (Lang::Sin, "si"),
    (Lang::Amh, "am"),
    (Lang::Kat, "ka"),
    (Lang::Hye, "hy"),
];

/// ISO 639-1 code of the language of `text`, or `None` where it has too few words or cannot be
/// told reliably. Handles, addresses, hashtags and emoji are not looked at.
#[must_use]
pub fn detect(text: &str) -> Option<&'static str> {
    let text = normal_form(text);
    let mut votes = Votes::default();
    let mut prose = String::with_capacity(text.len());
    let (mut latin, mut other) = (0_usize, 0_usize);
    for chunk in text.split_whitespace().filter(|chunk| is_prose(chunk)) {
        for word in
            chunk.split(|c: char| !c.is_alphabetic() && !is_mark(c)).filter(|word| !word.is_empty())
        {
            let start = prose.len();
            prose.extend(word.chars().flat_map(char::to_lowercase));
            if word.starts_with(is_latin) {
                latin += word.len();
                votes.add(&prose[start..]);
            } else {
                other += word.chars().count();
            }
            prose.push(' ');
        }
    }
    if latin >= other {
        return votes.winner();
    }
    by_letters(&prose).or_else(|| by_trigrams(&prose))
}

fn by_trigrams(prose: &str) -> Option<&'static str> {
    let found = TRIGRAMS.detect(prose).filter(whatlang::Info::is_reliable)?;
    CODES.iter().find(|(language, _)| *language == found.lang()).map(|(_, code)| *code)
}

/// Tells languages of one script by the letters that only one of them has: surer than trigrams,
/// which shrink from dialects and short texts.
fn by_letters(prose: &str) -> Option<&'static str> {
    let has = |letters: &[char]| prose.contains(letters);
    match prose.chars().next()? {
        '\u{600}'..='\u{6ff}' if has(&['ٹ', 'ڈ', 'ڑ', 'ں', 'ے', 'ہ']) => Some("ur"),
        '\u{600}'..='\u{6ff}' if has(&['پ', 'چ', 'ژ', 'گ', 'ک', 'ی']) => Some("fa"),
        '\u{600}'..='\u{6ff}' => Some("ar"),
        '\u{400}'..='\u{45f}' if has(&['ў', 'ј', 'ѓ', 'ќ']) => None,
        '\u{400}'..='\u{45f}' if has(&['і', 'ї', 'є', 'ґ']) => Some("uk"),
        '\u{400}'..='\u{45f}' if has(&['ы', 'э', 'ё']) => Some("ru"),
        _ => None,
    }
}

fn is_prose(chunk: &str) -> bool {
    let bare = chunk.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@' && c != '#');
    !bare.starts_with(['@', '#'])
        && !bare.starts_with("http")
        && !bare.starts_with("www.")
        && bare != "RT"
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Vowel signs and the like, which belong to the letter before them.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::detect;

    #[test]
    fn a_short_tweet_tells_its_language() {
        for (language, text) in [
            ("en", "@united you lost my bag again and nobody is helping"),
            ("en", "Thank you for the great flight!"),
            ("fr", "@airfrance mon vol est encore en retard, c’est la honte"),
            ("fr", "Merci à toute l'équipe pour ce voyage"),
            ("es", "@iberia mi vuelo está muy retrasado y no hay nadie"),
            ("de", "@lufthansa ich habe meinen Koffer immer noch nicht"),
            ("it", "Il mio volo è in ritardo e non c'è nessuno"),
            ("pt", "Meu voo está atrasado e não tem ninguém aqui"),
            ("nl", "Mijn koffer is niet aangekomen en ik ben boos"),
            ("tr", "Bavulum kayıp ve çok kötü bir gün"),
            ("hi", "मेरी उड़ान में बहुत देर हो गई है और कोई मदद नहीं"),
            ("hi", "yeh flight bahut late hai yaar, kya kare"),
            ("ar", "الرحلة متأخرة جدا ولا أحد يساعد"),
            ("ru", "Рейс снова задержали, мы ждём уже три часа"),
            ("zh", "我的航班又延误了"),
            ("ja", "飛行機がまた遅れています"),
            ("ko", "비행기가 또 늦었어요"),
        ] {
            assert_eq!(detect(text), Some(language), "{text}");
        }
    }

    #[test]
    fn too_little_text_has_no_language() {
        for text in ["", "ok", "😀😀", "12:30 $5", "!!!", "qzx wvb", "Delta JFK", "no no"] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn handles_addresses_and_hashtags_say_nothing() {
        assert_eq!(detect("@the_and_you http://this.is.it/the/and #TheWorstOfAll #and #you"), None);
        assert_eq!(
            detect("RT @you_are: #TheBest Le vol est encore en retard et je suis là"),
            Some("fr")
        );
    }

    #[test]
    fn a_text_of_two_languages_in_equal_parts_has_none() {
        assert_eq!(detect("you are the und ich bin nicht"), None);
    }
}
