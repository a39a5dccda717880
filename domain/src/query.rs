//! Which tweets belong to a watch.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Words that a tweet must have: `@united OR "united airlines" -manchester`.
///
/// Words beside each other must all occur, `OR` stands between alternatives, a minus before a word
/// excludes, and quotes hold a phrase together. Upper and lower case are the same. A word also finds the
/// handle and the hashtag of its name; `@name` and `#name` find these alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Query {
    text: String,
    alternatives: Vec<Vec<Term>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    words: Vec<String>,
    is_excluded: bool,
}

/// A term of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueryTerm<'a> {
    /// Its words in lower case, in their order; handles and hashtags with their sign.
    pub words: &'a [String],
    /// Whether a tweet must not have them.
    pub is_excluded: bool,
}

/// Why a text is no query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// More than [`Query::MOST_CHARS`] characters.
    #[error("the query has {chars} characters: shorten it to {max}", max = Query::MOST_CHARS)]
    TooLong {
        /// How many.
        chars: usize,
    },
    /// A quote without its end.
    #[error("a quote is opened and not closed: add the second “\"”")]
    OpenQuote,
    /// An alternative that any tweet would fit.
    #[error("between “OR” there must be a word that is not excluded, such as “@united”")]
    NothingAsked,
}

impl Query {
    /// The longest query.
    pub const MOST_CHARS: usize = 500;

    /// Reads a query.
    ///
    /// # Errors
    /// See [`QueryError`].
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let text = text.trim();
        let chars = text.chars().count();
        if chars > Self::MOST_CHARS {
            return Err(QueryError::TooLong { chars });
        }
        let mut alternatives = vec![Vec::new()];
        for part in parts(text)? {
            match part {
                Part::Or => alternatives.push(Vec::new()),
                Part::Term(term) => {
                    if let Some(all) = alternatives.last_mut() {
                        all.push(term);
                    }
                }
            }
        }
        let asks = |all: &Vec<Term>| all.iter().any(|term| !term.is_excluded);
        if !alternatives.iter().all(asks) {
            return Err(QueryError::NothingAsked);
        }
        Ok(Self { text: text.to_owned(), alternatives })
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its alternatives, each with all its terms, for other languages of queries.
    pub fn alternatives(&self) -> impl Iterator<Item = impl Iterator<Item = QueryTerm<'_>>> {
        self.alternatives.iter().map(|all| {
            all.iter().map(|term| QueryTerm { words: &term.words, is_excluded: term.is_excluded })
        })
    }

    /// Whether a tweet of these words belongs to the watch.
    #[must_use]
    pub fn fits(&self, words: &Words) -> bool {
        let fits = |term: &Term| words.have(&term.words) != term.is_excluded;
        self.alternatives.iter().any(|all| all.iter().all(fits))
    }
}

/// A tweet as queries see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// The words of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let is_between = |c: char| !(c.is_alphanumeric() || matches!(c, '@' | '#' | '_'));
        let lower = text.to_lowercase();
        Self(lower.split(is_between).filter(|word| !word.is_empty()).map(str::to_owned).collect())
    }

    fn have(&self, phrase: &[String]) -> bool {
        let is_same = |(word, asked): (&String, &String)| {
            word == asked || word.strip_prefix(['@', '#']) == Some(asked)
        };
        self.0.windows(phrase.len()).any(|window| window.iter().zip(phrase).all(is_same))
    }
}

enum Part {
    Or,
    Term(Term),
}

fn parts(text: &str) -> Result<Vec<Part>, QueryError> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let is_excluded = rest.starts_with('-');
        let asked = rest.strip_prefix('-').unwrap_or(rest);
        let (word, after) = match asked.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or(QueryError::OpenQuote)?,
            None => asked.split_once(char::is_whitespace).unwrap_or((asked, "")),
        };
        if word == "OR" && !is_excluded && !asked.starts_with('"') {
            parts.push(Part::Or);
        } else {
            let Words(words) = Words::of(word);
            if !words.is_empty() {
                parts.push(Part::Term(Term { words, is_excluded }));
            }
        }
        rest = after.trim_start();
    }
    Ok(parts)
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<Query> for String {
    fn from(query: Query) -> Self {
        query.text
    }
}

impl TryFrom<String> for Query {
    type Error = QueryError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(query: &str, text: &str) -> bool {
        Query::parse(query).unwrap().fits(&Words::of(text))
    }

    #[test]
    fn words_beside_each_other_must_all_occur() {
        assert!(fits("united delay", "A DELAY, again, thanks @United"));
        assert!(!fits("united delay", "thanks @united"));
        assert!(!fits("unite", "@united"), "a part of a word is another word");
    }

    #[test]
    fn a_handle_is_found_by_its_name_and_a_name_not_by_its_handle() {
        assert!(fits("united", "so late #united"));
        assert!(fits("@united", "hey @United!"));
        assert!(!fits("@united", "we stood united"));
    }

    #[test]
    fn alternatives_phrases_and_exclusions() {
        let query = r#"@airfrance OR "air france" -paris"#;
        assert!(fits(query, "Air France, merci"));
        assert!(!fits(query, "air in france"));
        assert!(!fits(query, "air france from Paris"));
        assert!(fits(query, "@airfrance from Paris"), "what is excluded is so in its alternative");
    }

    #[test]
    fn what_would_fit_any_tweet_is_no_query() {
        assert_eq!(Query::parse(""), Err(QueryError::NothingAsked));
        assert_eq!(Query::parse("a OR -b"), Err(QueryError::NothingAsked));
        assert_eq!(Query::parse("a OR OR b"), Err(QueryError::NothingAsked));
        assert_eq!(Query::parse("\"air france"), Err(QueryError::OpenQuote));
        assert_eq!(Query::parse(&"a".repeat(501)), Err(QueryError::TooLong { chars: 501 }));
    }

    #[test]
    fn a_query_is_written_as_it_was_read() {
        let query = Query::parse(" @united  OR x ").unwrap();
        let json = serde_json::to_string(&query).unwrap();
        assert_eq!(json, r#""@united  OR x""#);
        assert_eq!(serde_json::from_str::<Query>(&json).unwrap(), query);
    }
}
