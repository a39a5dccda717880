//! The commit of the working directory, if git knows one.

use std::{
    collections::BTreeMap,
    process::{Command, Stdio},
};

/// As tags: MLflow's own for the commit, and whether files differ from it.
pub fn tags() -> BTreeMap<String, String> {
    let mut git = Command::new("git");
    git.args(["describe", "--always", "--abbrev=40", "--dirty", "--exclude=*"]);
    let output = git.stdin(Stdio::null()).stderr(Stdio::null()).output();
    match output {
        Ok(output) if output.status.success() => of(String::from_utf8_lossy(&output.stdout).trim()),
        _ => BTreeMap::new(),
    }
}

fn of(described: &str) -> BTreeMap<String, String> {
    let commit = described.strip_suffix("-dirty");
    BTreeMap::from([
        ("mlflow.source.git.commit".to_owned(), commit.unwrap_or(described).to_owned()),
        ("vigie.files_differ_from_commit".to_owned(), commit.is_some().to_string()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_files_are_no_part_of_the_commit() {
        let tags = of("0123456789abcdef-dirty");
        assert_eq!(tags["mlflow.source.git.commit"], "0123456789abcdef");
        assert_eq!(tags["vigie.files_differ_from_commit"], "true");
        assert_eq!(of("0123")["vigie.files_differ_from_commit"], "false");
    }
}
