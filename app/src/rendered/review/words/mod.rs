//! What the page Review says.

mod english;
mod french;

use domain::ReviewOrder;

use crate::review_trouble::ReviewTrouble;

pub use english::ENGLISH;
pub use french::FRENCH;

/// All sentences of the page Review in one language, as [`crate::messages::Words`].
pub struct ReviewWords {
    pub title: &'static str,
    pub promise: &'static str,
    pub queue: &'static str,
    pub outcome: &'static str,
    pub reviewer: &'static str,
    pub change_reviewer: &'static str,
    pub source: &'static str,
    pub analyses: &'static str,
    pub order: &'static str,
    pub order_name: fn(ReviewOrder) -> &'static str,
    pub verdict: &'static str,
    pub any: &'static str,
    pub search: &'static str,
    pub seen_too: &'static str,
    pub show: &'static str,
    pub whole: &'static str,
    pub whole_hint: &'static str,
    /// So many texts, and what is to be said of them; nothing if they are to be skipped.
    pub ask: fn(usize, Option<&str>) -> String,
    pub confirm: fn(usize, &str) -> String,
    pub only_first: fn(usize) -> String,
    pub can_be_undone: &'static str,
    pub cancel: &'static str,
    /// So many texts, and what was said of them.
    pub done: fn(u64, &str) -> String,
    pub undo: &'static str,
    pub undone: &'static str,
    pub withdrawn: &'static str,
    pub skip: &'static str,
    pub skipped: &'static str,
    pub selected: &'static str,
    pub select: &'static str,
    pub model_says: &'static str,
    /// So many things were said.
    pub log: fn(usize) -> String,
    pub empty: &'static str,
    pub none_yet: &'static str,
    pub first: &'static str,
    pub next: &'static str,
    pub keys: &'static str,
    pub keys_hint: &'static str,
    pub keys_where: &'static str,
    pub keys_on: &'static str,
    /// Keys, with spaces between, and what they do.
    pub key_names: &'static [(&'static str, &'static str)],
    pub agreement: &'static str,
    pub kappa_hint: &'static str,
    pub no_pairs: &'static str,
    pub reviewers: &'static str,
    pub texts: &'static str,
    pub same: &'static str,
    /// κ and the ends of its interval.
    pub kappa_with_interval: fn(f64, f64, f64) -> String,
    pub too_few: fn(u64) -> String,
    pub one_label: &'static str,
    pub export: &'static str,
    pub export_hint: &'static str,
    /// Of those that nobody disputes, that two of three agree on, that more than others agree on.
    pub share_names: [&'static str; 3],
    pub recipe_hint: &'static str,
    pub trouble: fn(&ReviewTrouble) -> String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_many_are_said_apart() {
        assert_eq!((ENGLISH.done)(1, "Negative"), "1 text: Negative");
        assert_eq!((ENGLISH.done)(12, "Negative"), "12 texts: Negative");
        assert_eq!((ENGLISH.ask)(2, None), "Skip 2 texts?");
        assert_eq!((FRENCH.ask)(1, Some("Négatif")), "Noter 1 texte «\u{a0}Négatif\u{a0}»\u{a0}?");
    }

    #[test]
    fn kappa_is_said_with_its_interval() {
        assert_eq!((ENGLISH.kappa_with_interval)(0.4, 0.151, 0.649), "0.40 (0.15 to 0.65)");
        assert_eq!((FRENCH.kappa_with_interval)(0.4, -0.151, 0.649), "0,40 (-0,15 à 0,65)");
    }

    #[test]
    fn every_key_is_told_in_both_languages() {
        let keys =
            |words: &ReviewWords| words.key_names.iter().map(|(keys, _)| *keys).collect::<Vec<_>>();
        assert_eq!(keys(&ENGLISH).len(), keys(&FRENCH).len());
        for key in ["J", "K", "1", "2", "3", "0", "U", "X", "?"] {
            assert!(
                keys(&ENGLISH).iter().any(|keys| keys.split(' ').any(|one| one == key)),
                "{key}"
            );
        }
    }
}
