//! Hand-written tweets, easily told apart.

use std::fmt::Write;

/// What people say, by label.
pub const PEOPLE: [(&str, &str); 3] = [
    ("negative", "awful delay and rude staff at"),
    ("neutral", "what time does boarding start at"),
    ("positive", "lovely crew and great service at"),
];

/// Six of each kind in each place.
pub fn tweets(places: &[&str], kinds: &[(&str, &str)]) -> String {
    let mut text = String::from("label\ttext\n");
    for place in places {
        for n in 0..6 {
            for (label, words) in kinds {
                let tail = "x".repeat(n);
                writeln!(text, "{label}\t@Delta {words} {place} {tail}").unwrap();
            }
        }
    }
    text
}
