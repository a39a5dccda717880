//! Invariant 8: tweet text is never logged.
//!
//! A log macro names no variable that holds the words of a person, and a span takes arguments only by name.

use std::fs;

use anyhow::Result;

use super::{log_words, none};
use crate::workspace::Workspace;

/// What a tweet's text is called in this repository, and what prints it with the rest.
const TEXTS: [&str; 8] =
    ["text", "texts", "tweet", "tweets", "analysis", "analyses", "form", "body"];
/// Of these a method may be called that does not give the text away: `analysis.id`.
const RECORDS: [&str; 2] = ["analysis", "analyses"];

pub fn check(workspace: &Workspace) -> Result<()> {
    let mut findings = vec![];
    for file in workspace.files()? {
        if file.extension().is_none_or(|extension| extension != "rs") || file.starts_with("xtask") {
            continue;
        }
        let source = fs::read_to_string(workspace.root.join(&file))?;
        for log in log_words::calls(&source) {
            if let Some(word) = log.words.iter().find(|word| gives_text_away(word)) {
                findings.push(format!(
                    "{}:{}: {}! is given `{word}`",
                    file.display(),
                    log.line,
                    log.name
                ));
            }
        }
        for (index, line) in source.lines().enumerate() {
            if line.contains("instrument")
                && line.trim_start().starts_with("#[")
                && !line.contains("skip_all")
            {
                findings.push(format!(
                    "{}:{}: #[instrument] without skip_all",
                    file.display(),
                    index + 1
                ));
            }
        }
    }
    none(&findings)
}

/// Whether a name as `analysis.id` stands for a text.
fn gives_text_away(name: &str) -> bool {
    let mut parts = name.split('.');
    let (first, last) = (parts.next().unwrap_or(name), parts.next_back());
    match last {
        None => TEXTS.contains(&first),
        Some(last) => TEXTS.contains(&last) || TEXTS.contains(&first) && !RECORDS.contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_under_all_its_names() {
        for name in ["text", "analysis", "analysis.text", "tweet.as_str", "self.tweet"] {
            assert!(gives_text_away(name), "{name}");
        }
    }

    #[test]
    fn ids_and_counts_may_be_logged() {
        for name in ["analysis.id", "id", "text_chars", "self.model"] {
            assert!(!gives_text_away(name), "{name}");
        }
    }
}
