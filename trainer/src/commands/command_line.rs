//! A command as it can be given again, for the card of the model.

use std::{env, path::Path};

/// A command of `vigie-train` with its arguments, those by default too.
pub struct CommandLine(String);

impl CommandLine {
    /// The command called `name`.
    pub fn new(name: &str) -> Self {
        Self(format!("vigie-train {name}"))
    }

    /// With this option.
    pub fn option(self, name: &str, value: &str) -> Self {
        Self(format!("{} {name} {}", self.0, quoted(value)))
    }

    /// With a path, as it lies from the working directory; of any other only its name, since the
    /// card is public and the machine's folders are not.
    pub fn path(self, name: &str, path: &Path) -> Self {
        let here = env::current_dir().unwrap_or_default();
        self.option(name, &shown(path, &here))
    }

    /// As one line.
    pub fn finish(self) -> String {
        self.0
    }
}

fn shown(path: &Path, here: &Path) -> String {
    let name = || path.file_name().map_or(path, Path::new);
    let shown = match path.strip_prefix(here) {
        Ok(below) => below,
        Err(_) if path.is_absolute() => name(),
        Err(_) => path,
    };
    if shown.as_os_str().is_empty() { ".".to_owned() } else { shown.display().to_string() }
}

/// As a shell reads it back.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/=:+,@%".contains(c);
    if !value.is_empty() && value.chars().all(plain) {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_folder_of_the_machine_is_shown() {
        let here = Path::new("/home/kim/vigie");
        let shown = |path| shown(Path::new(path), here);
        assert_eq!(shown("/home/kim/vigie/runs/a"), "runs/a");
        assert_eq!(shown("/home/kim/recipes/toy.toml"), "toy.toml");
        assert_eq!(shown("runs/a"), "runs/a");
        assert_eq!(shown("/home/kim/vigie"), ".");
    }

    #[test]
    fn a_shell_reads_the_same_words() {
        let line = CommandLine::new("embed").option("--embeddings", "kim's file.txt").finish();
        assert_eq!(line, r"vigie-train embed --embeddings 'kim'\''s file.txt'");
    }
}
