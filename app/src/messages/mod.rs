//! Everything that the page says, once in each language.
//!
//! A language is one value of [`Words`], so a sentence that is missing does not compile.

mod english;
mod french;

use domain::{DeviceError, Label, Prediction, Reason};
use jiff::civil::DateTime;
use leptos::prelude::*;

pub use english::ENGLISH;
pub use french::FRENCH;

use crate::{ApiError, comparison::ComparedModel, confidence::Confidence, preferences::Theme};

/// All sentences of one language. A function says a sentence about something; a field is named
/// after what it says.
pub struct Words {
    pub product_promise: &'static str,
    pub skip_to_content: &'static str,
    pub pages: &'static str,
    pub page_analyse: &'static str,
    pub page_models: &'static str,
    pub page_watch: &'static str,
    pub page_files: &'static str,
    pub page_review: &'static str,
    pub language: &'static str,
    pub theme: &'static str,
    pub theme_name: fn(Theme) -> &'static str,

    pub service_ready: &'static str,
    pub service_without_store: &'static str,
    pub service_silent: &'static str,
    pub service_busy: &'static str,

    pub analyse_title: &'static str,
    pub tweet: &'static str,
    pub placeholder: &'static str,
    pub count: fn(usize) -> String,
    pub analyse: &'static str,
    pub analysing: &'static str,
    pub submit_by_keyboard: &'static str,
    pub examples: &'static str,
    pub text_cut: &'static str,
    pub knows: fn(&[String]) -> String,

    pub on_device: &'static str,
    pub device_hint: &'static str,
    pub device_loading: &'static str,
    /// So many bytes of so many; of how many is 0 while it is unknown.
    pub device_progress: fn(u64, u64) -> String,
    pub cancel: &'static str,
    /// The languages that its model knows, and whether the browser keeps it.
    pub device_ready: fn(&[String], bool) -> String,
    pub device_error: fn(DeviceError) -> &'static str,
    pub device_without_scripts: &'static str,
    pub let_service_read: &'static str,
    pub read_on_device: &'static str,

    pub verdict: &'static str,
    pub no_verdict_yet: &'static str,
    pub no_verdict_hint: &'static str,
    pub why: &'static str,
    pub why_hide: &'static str,
    pub why_legend: fn(Label) -> String,
    /// What is added to a probability, -1 to 1.
    pub points: fn(f32) -> String,
    /// What is left without words, and how far contributions may be off.
    pub why_base: fn(f32, f32) -> String,
    /// The name of the model that explains, where another gave the verdict.
    pub why_by_other: fn(&str) -> String,
    pub label: fn(Label) -> &'static str,
    pub confidence: fn(Confidence) -> &'static str,
    pub reason: &'static str,
    pub reason_name: fn(Reason) -> &'static str,
    pub announce: fn(&Prediction) -> String,
    pub probabilities: &'static str,
    pub none_known: &'static str,
    pub few_known: fn(f32) -> String,
    /// The text's language, and those that the model knows.
    pub foreign: fn(&str, &[String]) -> String,
    pub not_sure: &'static str,
    pub text_forgotten: &'static str,
    pub model_time: &'static str,
    pub model: &'static str,
    pub id: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,

    pub is_it_right: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub it_is: &'static str,
    pub stored: fn(Label) -> String,
    pub said_by: fn(&str, Label) -> String,
    pub undo: &'static str,
    pub not_stored: &'static str,
    pub try_again: &'static str,

    pub session: &'static str,
    pub session_count: &'static str,
    pub session_confidence: &'static str,

    pub recent: &'static str,
    pub recent_empty: &'static str,
    pub you_agreed: &'static str,
    pub you_said: fn(Label) -> String,
    pub no_feedback: &'static str,
    pub recent_not_sure: &'static str,

    pub models_title: &'static str,
    pub models_promise: &'static str,
    /// What a model reads: texts in these languages; `true` says that it also reads all others.
    pub reads: fn(&[String], bool) -> String,
    pub languages: &'static str,
    pub language_list: fn(&[String]) -> String,
    pub labels: &'static str,
    pub size: &'static str,
    pub megabytes: fn(u64) -> String,
    pub made_on: &'static str,
    pub seed: &'static str,
    pub limits: &'static str,
    pub measured: &'static str,
    pub measure: &'static str,
    pub value: &'static str,
    pub interval_95: &'static str,
    pub interval: fn(&str, &str) -> String,
    pub rows: &'static str,
    pub trained_on: &'static str,
    pub file: &'static str,
    pub made_by: &'static str,

    pub on_this_page: &'static str,
    pub comparison_title: &'static str,
    pub comparison_promise: &'static str,
    pub cards_title: &'static str,
    /// That the figures are of the version that was measured, while this one is in use.
    pub of_other_version: fn(&ComparedModel, &str) -> String,
    /// So many rows, judged by a measure, which follows.
    pub judged_by: fn(u64) -> String,
    /// The model of this title is above all others.
    pub leads: fn(&str) -> String,
    pub nobody_leads: &'static str,
    pub one_tweet: &'static str,
    pub in_use: &'static str,
    pub other_version_in_use: &'static str,
    pub published: &'static str,
    pub charts: &'static str,
    pub chart_kind: fn(&str) -> &'static str,
    pub learning_curves: &'static str,
    /// The titles of what has been described only.
    pub without_results: fn(&[String]) -> String,

    pub not_found_title: &'static str,
    pub not_found_hint: &'static str,

    pub error: fn(&ApiError) -> String,
    pub percent: fn(f32) -> String,
    /// A measured figure, to three decimals.
    pub figure: fn(f64) -> String,
    /// A whole number, its thousands apart.
    pub whole: fn(u64) -> String,
    pub duration: fn(u64) -> String,
    /// A date and time to the minute; `true` says that it is in UTC.
    pub moment: fn(DateTime, bool) -> String,
}

/// The words of the reader's language.
pub fn use_words() -> &'static Words {
    use_context().unwrap_or(&ENGLISH)
}

/// Whole percents of a share, 0 to 1; what is neither nothing nor all does not read as such.
fn whole_percents(share: f32) -> String {
    match share * 100.0 {
        0.0 => "0".to_owned(),
        below if below < 1.0 => "<1".to_owned(),
        above if above > 99.0 && above < 100.0 => ">99".to_owned(),
        percents => format!("{percents:.0}"),
    }
}

/// Percentage points with their sign, a true minus; English and French write them alike.
fn points(share: f32) -> String {
    let sign = if share < 0.0 { '−' } else { '+' };
    format!("{sign}{:.0}\u{a0}points", (share * 100.0).abs().max(1.0))
}

/// A number of things, with `mark` between its thousands.
pub fn thousands(number: u64, mark: char) -> String {
    let digits = number.to_string();
    let mut said = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            said.push(mark);
        }
        said.push(digit);
    }
    said
}

/// Bytes in millions, with one decimal after `mark` where the number is small.
pub fn millions(bytes: u64, mark: char) -> String {
    let tenths = (bytes + 50_000) / 100_000;
    if tenths < 100 {
        format!("{}{mark}{}", tenths / 10, tenths % 10)
    } else {
        ((bytes + 500_000) / 1_000_000).to_string()
    }
}

/// So many bytes of so many in millions, with `mark` before the decimals and `of` between them;
/// nothing while it is not known of how many.
fn progress(bytes: u64, of_bytes: u64, mark: char, of: &str, unit: &str) -> String {
    match of_bytes {
        0 => String::new(),
        all => format!("{} {of} {}\u{a0}{unit}", millions(bytes, mark), millions(all, mark)),
    }
}

/// Things with commas between them, and `and` before the last one.
fn listed(things: &[String], and: &str) -> String {
    match things {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

/// A duration: its number, with `mark` before the decimals, and its unit.
fn duration(duration_us: u64, mark: char) -> String {
    let tenth = |of: u64| {
        let tenths = (duration_us * 10 + of / 2) / of;
        format!("{}{mark}{}", tenths / 10, tenths % 10)
    };
    let (number, unit) = match duration_us {
        0..1_000 => (duration_us.to_string(), "µs"),
        1_000..10_000 => (tenth(1_000), "ms"),
        10_000..1_000_000 => ((duration_us / 1_000).to_string(), "ms"),
        _ => (tenth(1_000_000), "s"),
    };
    format!("{number}\u{a0}{unit}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::Complaint;

    use super::*;

    #[test]
    fn a_share_that_is_not_all_never_reads_as_all() {
        let cases = [(0.0, "0"), (0.004, "<1"), (0.5, "50"), (0.9996, ">99"), (1.0, "100")];
        for (share, expected) in cases {
            assert_eq!(whole_percents(share), expected);
        }
    }

    #[test]
    fn durations_are_said_in_the_unit_that_fits() {
        assert_eq!((ENGLISH.duration)(420), "420\u{a0}µs");
        assert_eq!((ENGLISH.duration)(1_250), "1.3\u{a0}ms");
        assert_eq!((FRENCH.duration)(1_240), "1,2\u{a0}ms");
        assert_eq!((FRENCH.duration)(52_000), "52\u{a0}ms");
    }

    #[test]
    fn numbers_are_written_as_each_language_does() {
        assert_eq!((ENGLISH.whole)(12_284), "12,284");
        assert_eq!((FRENCH.whole)(1_600_000), "1\u{202f}600\u{202f}000");
        assert_eq!((ENGLISH.whole)(999), "999");
        assert_eq!((FRENCH.figure)(0.8209), "0,821");
        assert_eq!((ENGLISH.megabytes)(16_949_999), "17\u{a0}MB");
        assert_eq!((FRENCH.megabytes)(4_250_000), "4,3\u{a0}Mo");
    }

    #[test]
    fn languages_are_listed_with_their_articles() {
        let known = ["en", "de", "fr"].map(str::to_owned);
        assert_eq!((ENGLISH.knows)(&known), "Vigie knows English, German and French.");
        assert_eq!((FRENCH.knows)(&known[1..]), "Vigie connaît l’allemand et le français.");
        assert_eq!((FRENCH.knows)(&known[..1]), "Vigie connaît l’anglais.");
    }

    #[test]
    fn a_foreign_text_is_said_with_what_the_model_knows() {
        let english = ["en".to_owned()];
        assert!(
            (ENGLISH.foreign)("de", &english).contains("like German. The model knows English:")
        );
        assert!(
            (FRENCH.foreign)("de", &english).contains("en allemand. Le modèle connaît l’anglais")
        );
    }

    #[test]
    fn the_shown_limit_is_the_one_that_decides() {
        let limit = domain::Tweet::MAX_CHARS.to_string();
        for words in [&ENGLISH, &FRENCH] {
            assert!((words.error)(&ApiError::TooLong { chars: 501 }).contains(&limit));
            assert!((words.count)(7).contains(&limit));
            assert!(words.placeholder.contains(&limit) && words.placeholder.contains('\n'));
        }
    }

    #[test]
    fn what_is_announced_says_label_confidence_doubt_and_reason() {
        let late = Complaint { reason: Reason::LateFlight, confidence: 0.9 };
        let verdict = Prediction::new([0.5, 0.3, 0.2].into(), 1.0, None);
        let doubtful = verdict.clone().complaining_of(Some(late)).sure_from(0.6);
        let said = "Verdict: Negative, 50%, not sure, reason: Late flight";
        assert_eq!((ENGLISH.announce)(&doubtful), said);
        let said = "Verdict\u{a0}: Négatif, 50\u{a0}%, pas sûr, motif\u{a0}: Retard du vol";
        assert_eq!((FRENCH.announce)(&doubtful), said);
        assert_eq!((ENGLISH.announce)(&verdict), "Verdict: Negative, 50%, low confidence");
    }

    #[test]
    fn what_comes_is_said_in_the_unit_of_the_whole() {
        assert_eq!((ENGLISH.device_progress)(3_100_000, 5_900_000), "3.1 of 5.9\u{a0}MB");
        assert_eq!((FRENCH.device_progress)(3_100_000, 5_900_000), "3,1 sur 5,9\u{a0}Mo");
        assert_eq!((ENGLISH.device_progress)(0, 0), "");
    }

    #[test]
    fn no_two_reasons_have_the_same_name() {
        for words in [&ENGLISH, &FRENCH] {
            let names: BTreeSet<&str> = Reason::ALL.into_iter().map(words.reason_name).collect();
            assert_eq!(names.len(), Reason::ALL.len());
        }
    }

    #[test]
    fn french_puts_a_space_that_does_not_break_before_high_punctuation() {
        let sentences = [
            FRENCH.comparison_promise,
            FRENCH.device_hint,
            FRENCH.is_it_right,
            FRENCH.models_promise,
            FRENCH.none_known,
            FRENCH.not_stored,
            FRENCH.not_sure,
            FRENCH.published,
            FRENCH.read_on_device,
            FRENCH.reason,
        ];
        let said = [(FRENCH.error)(&ApiError::StoreUnavailable), (FRENCH.percent)(0.5)];
        for sentence in sentences.into_iter().chain(said.iter().map(String::as_str)) {
            for (before, mark) in sentence.chars().zip(sentence.chars().skip(1)) {
                let spaced = matches!(mark, '?' | '!' | ';' | ':' | '%');
                assert!(!spaced || matches!(before, '\u{a0}' | '\u{202f}'), "{sentence}");
            }
        }
    }
}
