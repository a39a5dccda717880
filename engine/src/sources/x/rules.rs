//! Queries of watches as rules of X.

use std::borrow::Cow;

use domain::{Query, QueryTerm, Watch};

use super::{KnownRule, Rule};

/// By which our rules are known.
pub const TAG: &str = "vigie";
/// The longest name that a handle has.
const MOST_OF_HANDLE: usize = 15;

/// A rule for each query.
pub fn wanted(watches: &[Watch]) -> Vec<Rule> {
    let mut rules: Vec<Rule> =
        watches.iter().map(|watch| Rule { value: value(&watch.query), tag: TAG }).collect();
    rules.sort_by(|one, other| one.value.cmp(&other.value));
    rules.dedup();
    rules
}

/// What is to be added, unless anybody has that rule, and the ids of what is to be deleted: of our rules alone.
pub fn changes(known: &[KnownRule], wanted: &[Rule]) -> (Vec<Rule>, Vec<String>) {
    let is_wanted = |known: &&KnownRule| wanted.iter().any(|rule| rule.value == known.value);
    let is_known = |rule: &&Rule| known.iter().any(|known| known.value == rule.value);
    let add = wanted.iter().filter(|rule| !is_known(rule)).cloned().collect();
    let ours = known.iter().filter(|rule| rule.tag == TAG);
    let delete = ours.filter(|rule| !is_wanted(rule)).map(|rule| rule.id.clone()).collect();
    (add, delete)
}

/// A query in X's words. A word is asked for with the handle and the hashtag of its name, as in a query.
fn value(query: &Query) -> String {
    let alternatives = query.alternatives().map(|terms| {
        let terms: Vec<String> = terms.map(term).collect();
        format!("({})", terms.join(" "))
    });
    alternatives.collect::<Vec<_>>().join(" OR ")
}

fn term(QueryTerm { words, is_excluded }: QueryTerm<'_>) -> String {
    let sign = if is_excluded { "-" } else { "" };
    let asked = match words {
        [word] if can_be_handle(word) => Cow::Owned(format!("({word} OR @{word} OR #{word})")),
        [word] if word.starts_with(['@', '#']) => Cow::Borrowed(word.as_str()),
        words => Cow::Owned(format!("\"{}\"", words.join(" "))),
    };
    format!("{sign}{asked}")
}

fn can_be_handle(word: &str) -> bool {
    word.len() <= MOST_OF_HANDLE
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(query: &str) -> String {
        value(&Query::parse(query).unwrap())
    }

    #[test]
    fn a_query_asks_x_for_what_it_finds_here() {
        assert_eq!(
            of(r#"@United OR "united airlines" -manchester"#),
            r#"(@united) OR ("united airlines" -(manchester OR @manchester OR #manchester))"#
        );
        assert_eq!(of("#delayed retardé"), r##"(#delayed "retardé")"##);
    }

    #[test]
    fn rules_of_others_stay_and_known_ones_are_not_made_again() {
        let rule = |id: &str, value: &str, tag: &str| KnownRule {
            id: id.to_owned(),
            value: value.to_owned(),
            tag: tag.to_owned(),
        };
        let known =
            [rule("1", "(@united)", TAG), rule("2", "(@delta)", TAG), rule("3", "cats", "mine")];
        let wanted =
            ["(@klm)", "(@united)"].map(|value| Rule { value: value.to_owned(), tag: TAG });
        let (add, delete) = changes(&known, &wanted);
        assert_eq!((add, delete), (vec![wanted[0].clone()], vec!["2".to_owned()]));
    }
}
