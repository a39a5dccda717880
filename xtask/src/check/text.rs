//! Invariant 7: only `Tweet::parse` decides what text is accepted.
//!
//! Elsewhere the limit may be shown, but not compared with; nor may the browser be told to cut the text
//! (`maxlength` counts UTF-16 units, so it would cut emoji short of the limit).

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::none;
use crate::workspace::Workspace;

const DECIDES: &str = "domain/src/tweet.rs";
const COMPARISONS: [&str; 6] = [" < ", " > ", " <= ", " >= ", " == ", " != "];

pub fn check(workspace: &Workspace) -> Result<()> {
    let mut findings = vec![];
    for file in workspace.files()? {
        // A crate's own tests may try the limit; xtask only speaks about it.
        let is_checked = file.extension().is_some_and(|extension| extension == "rs")
            && file != Path::new(DECIDES)
            && !file.starts_with("xtask")
            && !file.components().any(|part| part.as_os_str() == "tests");
        if is_checked {
            let source = fs::read_to_string(workspace.root.join(&file))?;
            findings.extend(
                decisions(&source)
                    .map(|(line, words)| format!("{}:{line}: {words}", file.display())),
            );
        }
    }
    none(&findings)
}

/// The lines outside of tests that decide, with their numbers.
fn decisions(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let code = source.lines().enumerate().take_while(|(_, line)| line.trim() != "#[cfg(test)]");
    code.filter(|(_, line)| {
        let compares = line.contains("MAX_CHARS")
            && COMPARISONS.iter().any(|comparison| line.contains(comparison));
        compares || line.contains("maxlength=")
    })
    .map(|(index, line)| (index + 1, line.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decides(source: &str) -> bool {
        decisions(source).next().is_some()
    }

    #[test]
    fn a_second_judge_is_found() {
        assert!(decides("if text.chars().count() > Tweet::MAX_CHARS {"));
        assert!(decides("<textarea maxlength=500></textarea>"));
    }

    #[test]
    fn showing_the_limit_is_allowed() {
        assert!(!decides("<p>{count} \"/\" {Tweet::MAX_CHARS}</p>"));
        assert!(!decides("#[cfg(test)]\nmod tests { assert!(count > Tweet::MAX_CHARS) }"));
    }
}
