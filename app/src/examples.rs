//! Six tweets to try, written for this page.

/// The examples, in the order of the page; `/?example=1` is the first.
pub const EXAMPLES: [&str; 6] = [
    "@skyhopper 3 hours on the tarmac and not one word from the crew. Never again 😡",
    "Lost my suitcase AGAIN. Your baggage desk has been “looking into it” since Tuesday.",
    "Huge thanks to the crew of flight 482 for finding my daughter's teddy bear ❤️",
    "Smooth flight, kind staff, landed 20 minutes early. Not bad at all!",
    "Is the 6:40 to Boston still leaving from terminal B?",
    "Great, another cancelled flight. Just what I needed this week.",
];

/// The example that the query of a link names, counted from 1.
pub fn named(number: &str) -> Option<&'static str> {
    let place = number.parse::<usize>().ok()?.checked_sub(1)?;
    EXAMPLES.get(place).copied()
}

#[cfg(test)]
mod tests {
    use domain::Tweet;

    use super::*;

    #[test]
    fn every_example_is_a_tweet() {
        for example in EXAMPLES {
            assert!(Tweet::parse(example).is_ok());
        }
    }

    #[test]
    fn examples_are_named_from_one() {
        assert_eq!(named("1"), Some(EXAMPLES[0]));
        assert_eq!(named("6"), Some(EXAMPLES[5]));
        for wrong in ["0", "7", "-1", "", "one"] {
            assert_eq!(named(wrong), None);
        }
    }
}
