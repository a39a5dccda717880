//! The file that `--config` names.

use std::{
    ops::Range,
    path::{Path, PathBuf},
};

use engine::MailServerError;

use super::{ServeOptions, secrets};

/// Why the settings cannot be used. No sentence shows a password.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is not there or cannot be read.
    #[error("the configuration {} cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is no TOML, names a setting that there is not, or has a value that means nothing.
    #[error(
        "the configuration {} is not understood at line {line}, column {column}: {reason}",
        path.display()
    )]
    NotUnderstood {
        /// The file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// Which character of the line, from 1.
        column: usize,
        /// What is wrong there. The line itself, which may hold a password, is left out.
        reason: String,
    },
    /// `public_url` is no address of the web.
    #[error(
        "the public address of the service is not understood: write such as https://vigie.example with --public-url"
    )]
    PublicUrl,
    /// With these settings no mail can be sent.
    #[error("mails cannot be sent (--smtp-url, --smtp-from)")]
    Mail(#[from] MailServerError),
    /// An address of a source of tweets is none.
    #[error("{url} is no address of a source: give one such as {example} with --{option}")]
    SourceUrl {
        /// What was given, without secrets.
        url: String,
        /// What it is given by.
        option: &'static str,
        /// One that can be given.
        example: &'static str,
    },
    /// `model_url` is no address.
    #[error("the model's address {url} is not understood: give another with --model-url")]
    ModelUrl {
        /// What was given, without secrets.
        url: String,
        /// Why it is none.
        source: url::ParseError,
    },
}

/// The options that the file at `path` gives.
///
/// # Errors
/// [`ConfigError::Unreadable`] and [`ConfigError::NotUnderstood`].
pub fn read(path: &Path) -> Result<ServeOptions, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
    toml::from_str(&text).map_err(|error| not_understood(path, &text, &error))
}

fn not_understood(path: &Path, text: &str, error: &toml::de::Error) -> ConfigError {
    let start = error.span().as_ref().map_or(0, |Range { start, .. }| *start);
    let before = text.get(..start).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or(before);
    ConfigError::NotUnderstood {
        path: path.to_owned(),
        line: before.matches('\n').count() + 1,
        column: line.chars().count() + 1,
        reason: secrets::hide_all(error.message()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let error = toml::from_str::<ServeOptions>(text).unwrap_err();
        not_understood(Path::new("vigie.toml"), text, &error).to_string()
    }

    #[test]
    fn a_number_out_of_bounds_is_told_with_its_place() {
        assert_eq!(
            told("log = \"info\"\ntext_retention_days = 0\n"),
            "the configuration vigie.toml is not understood at line 2, column 23: \
             write a whole number from 1 to 36500"
        );
    }

    #[test]
    fn nothing_of_a_line_that_may_hold_a_password_is_told() {
        for text in [
            "database_url = \"postgres://me:secret@host/db",
            "database_url = \"postgres://me:secret@host/db\" x",
            "database_url = postgres://me:secret@host/db",
            "port = \"postgres://me:secret@host/db\"",
            "listen = \"postgres://me:secret@host/db\"",
            "databse_url = \"postgres://me:secret@host/db\"",
        ] {
            let told = told(text);
            assert!(told.contains("line 1, column"), "{told}");
            assert!(!told.contains("secret"), "{told}");
        }
    }
}
